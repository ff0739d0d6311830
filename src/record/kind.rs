//! The list of kinds: the one place that names them all.

use std::sync::LazyLock;

use crate::record::kinds::agency::Agency;
use crate::record::kinds::answer::Answer;
use crate::record::kinds::contact::Contact;
use crate::record::kinds::document::Document;
use crate::record::kinds::page::Page;
use crate::record::kinds::procedure::Procedure;
use crate::record::kinds::report::Report;
use crate::record::kinds::statistics::Statistics;
use crate::record::kinds::update::Update;
use crate::record::published::{self, Around};
use crate::record::read::{Tree, findings_of, full_shape_of};
use crate::record::reader::{Fields, Findings, Reader};
use crate::record::shape::{Label, Shape};
use crate::record::value::Referable;
use crate::source::{FileId, Snapshot};

/// What a kind adds to the keys that every record has.
pub trait Kind: Referable + Sized + Send + Sync + 'static {
    /// The description of its own keys.
    fn shape() -> &'static Shape;
    /// All keys: those that every record has, its own, and the body.
    fn full_shape() -> &'static Shape;
    /// Reads its own keys.
    fn take(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Self;
    /// What one record can have wrong by itself, beyond its shape.
    fn check(&self, reader: &mut Reader<'_>, fields: &Fields<'_>);
    /// Adds its own published fields.
    fn publish_into(&self, fields: &mut published::Fields, around: &mut dyn Around);
    /// What people call a record by, where the kind has such a key: its key and its text.
    fn natural_key(&self) -> Option<(&'static str, &crate::record::value::Text)>;
}

/// Lists the kinds: `Type variant folder vi en, natural key, check`.
macro_rules! kinds {
    ($($ty:ident $folder:literal $vi:literal $en:literal $natural:expr, $check:expr;)*) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum KindName { $(
            #[doc = concat!("Records in `content/", $folder, "/`.")]
            $ty,
        )* }

        impl KindName {
            /// Every kind.
            pub const ALL: &'static [KindName] = &[$(KindName::$ty,)*];

            /// Its word in references and commands.
            pub fn word(self) -> &'static str {
                match self { $(KindName::$ty => <$ty as Referable>::WORD,)* }
            }

            /// Its folder under `content/`.
            pub fn folder(self) -> &'static str {
                match self { $(KindName::$ty => $folder,)* }
            }

            /// What a person calls one.
            pub fn label(self) -> Label {
                match self { $(KindName::$ty => Label { vi: $vi, en: $en },)* }
            }

            /// The description of its own keys.
            pub fn shape(self) -> &'static Shape {
                match self { $(KindName::$ty => <$ty as Kind>::shape(),)* }
            }

            /// Reads a tree for what is wrong with it alone.
            pub fn read_findings(self, snapshot: &Snapshot, tree: &Tree, file: FileId) -> Findings {
                match self { $(KindName::$ty => findings_of::<$ty>(snapshot, tree, file),)* }
            }
        }

        $(impl Kind for $ty {
            fn shape() -> &'static Shape {
                $ty::shape()
            }

            fn full_shape() -> &'static Shape {
                static SHAPE: LazyLock<Shape> = LazyLock::new(|| full_shape_of($ty::shape()));
                &SHAPE
            }

            fn take(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Self {
                $ty::take(fields, reader)
            }

            fn check(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) {
                let check: fn(&$ty, &mut Reader<'_>, &Fields<'_>) = $check;
                check(self, reader, fields);
            }

            fn publish_into(&self, fields: &mut published::Fields, around: &mut dyn Around) {
                $ty::publish_into(self, fields, around);
            }

            fn natural_key(&self) -> Option<(&'static str, &crate::record::value::Text)> {
                let natural: fn(&$ty) -> Option<(&'static str, &crate::record::value::Text)> = $natural;
                natural(self)
            }
        })*
    };
}

kinds! {
    Agency "agencies" "cơ quan" "agency" |_| None, |_, _, _| {};
    Answer "answers" "câu trả lời" "answer" |_| None, |answer, reader, fields| answer.check(reader, fields.place);
    Contact "contacts" "đầu mối" "contact" |_| None, Contact::check;
    Document "documents" "văn bản" "document" |document| Some(("symbol", &document.symbol)), Document::check;
    Page "pages" "trang" "page" |_| None, |_, _, _| {};
    Procedure "procedures" "thủ tục" "procedure" |procedure| Some(("code", &procedure.code)), |procedure, reader, fields| procedure.check(reader, fields.place);
    Report "reports" "báo cáo" "report" |_| None, |_, _, _| {};
    Statistics "statistics" "thống kê" "statistics" |_| None, |_, _, _| {};
    Update "updates" "thông báo" "update" |_| None, |update, reader, fields| update.check(reader, fields.place);
}

impl KindName {
    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<KindName> {
        KindName::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The kind whose records are in this folder under `content/`.
    pub fn from_folder(folder: &str) -> Option<KindName> {
        KindName::ALL.iter().copied().find(|kind| kind.folder() == folder)
    }
}
