//! The search page. Searching is the script's work; without it the page is a way to everything that can be found.
//!
//! A small site is listed whole. A large one has a link to the list of each field and kind, and for each letter to the part of
//! the list of procedures where it begins, so that the page stays light whatever the site holds.

use serde::Serialize;

use crate::plan::fields::in_order;
use crate::plan::{List, PER_PAGE, Source};
use crate::record::kind::KindName;
use crate::record::kinds::procedure::Status;
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::words::{Link, Words};

/// Up to this many records are listed whole.
const LISTED: usize = 300;

#[derive(Debug, Serialize)]
struct SearchView {
    /// The page's heading, the label `search.heading`.
    heading: Words,
    /// The page itself, to which the form leads.
    action: String,
    /// What the script reads first.
    index: String,
    /// The letters with which procedures in use begin, in the order of their list; may be empty.
    letters: Vec<Letter>,
    /// Procedures, by field of work.
    fields: Vec<Group>,
    /// Records of other kinds, by kind; only kinds that have some.
    kinds: Vec<Group>,
}

/// Where procedures that begin with a letter stand.
#[derive(Debug, Serialize)]
struct Letter {
    /// A capital without its tone, such as `Ê`, or a digit.
    letter: String,
    /// The page of the list of procedures on which it begins.
    href: String,
}

/// Records that belong together: a link to all of them, and on a small site each of them.
#[derive(Debug, Serialize)]
struct Group {
    /// The list of all of them.
    link: Link,
    /// How many they are.
    count: String,
    /// Each of them; empty on a site with more than 300 records.
    records: Vec<Link>,
}

/// The search page.
pub fn view(lens: &Lens<'_>) -> Made {
    let heading = Words::own(lens.label("search.heading"));
    let action = lens.href(&Source::Search);
    let view = SearchView {
        heading: heading.clone(),
        index: format!("{action}index.json"),
        action,
        letters: letters(lens),
        fields: fields(lens),
        kinds: kinds(lens),
    };
    let description = Words::own(lens.label("search.description"));
    Made::new("search.html", "search", heading, &view).described(Some(&description))
}

/// The lists of kinds that have pages of their own; procedures are listed by field.
const KINDS: [KindName; 5] =
    [KindName::Document, KindName::Answer, KindName::Update, KindName::Report, KindName::Statistics];

fn is_small(lens: &Lens<'_>) -> bool {
    let kinds = KINDS.iter().chain([&KindName::Procedure]);
    kinds.map(|kind| lens.list(&List::Kind(*kind)).len()).sum::<usize>() <= LISTED
}

fn fields(lens: &Lens<'_>) -> Vec<Group> {
    let group = |field: &crate::plan::Field| {
        let list = List::Field(field.slug.clone());
        group(lens, &list, KindName::Procedure, lens.field(field))
    };
    in_order(lens.plan().fields(), lens.code).into_iter().filter_map(group).collect()
}

fn kinds(lens: &Lens<'_>) -> Vec<Group> {
    let title = |kind: KindName| Words::own(lens.label(&format!("nav.{}", kind.word())));
    let mut groups: Vec<Group> =
        KINDS.iter().filter_map(|kind| group(lens, &List::Kind(*kind), *kind, title(*kind))).collect();
    let contacts: Vec<Link> =
        lens.published_of(KindName::Contact).filter_map(|record| lens.link(KindName::Contact, record.id)).collect();
    if !contacts.is_empty() {
        groups.push(Group {
            link: Link { href: Some(lens.href(&Source::Contacts)), title: title(KindName::Contact) },
            count: lens.language.number(i64::try_from(contacts.len()).unwrap_or(i64::MAX)),
            records: if is_small(lens) { contacts } else { Vec::new() },
        });
    }
    groups
}

fn group(lens: &Lens<'_>, list: &List, kind: KindName, title: Words) -> Option<Group> {
    let ids = lens.list(list);
    let link = Link { href: Some(lens.href(&Source::List(list.clone(), 1))), title };
    let listed = if is_small(lens) { ids } else { &[] };
    let records = listed.iter().filter_map(|id| lens.link(kind, id)).collect();
    let count = lens.language.number(i64::try_from(ids.len()).unwrap_or(i64::MAX));
    (!ids.is_empty()).then_some(Group { link, count, records })
}

/// The letters with which the names of procedures in use begin, each with the part of their list where it begins.
fn letters(lens: &Lens<'_>) -> Vec<Letter> {
    let list = List::Kind(KindName::Procedure);
    let mut letters: Vec<Letter> = Vec::new();
    for (index, id) in lens.list(&list).iter().enumerate() {
        let Some(record) = lens.procedures().get(id) else { continue };
        let data = &record.content.data;
        if data.status() == Status::Abolished || data.internal == Some(true) {
            break;
        }
        // The list is in the order of the default language.
        let name = data.plain_title.as_ref().unwrap_or(&record.content.common.title);
        let Some(letter) = name.chars().find(|letter| letter.is_alphanumeric()).map(capital) else { continue };
        if letters.iter().all(|other| other.letter != letter) {
            letters.push(Letter { letter, href: lens.href(&Source::List(list.clone(), index / PER_PAGE + 1)) });
        }
    }
    letters
}

/// A capital without its tone, which the alphabet does not count: `ế` stands under `Ê`.
fn capital(letter: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    let tone = |mark: &char| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    std::iter::once(letter).nfd().filter(|mark| !tone(mark)).nfc().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_letter_stands_in_the_alphabet_without_its_tone() {
        assert_eq!(['ế', 'đ', 'á', 'Ữ', 'c', '7'].map(capital), ["Ê", "Đ", "A", "Ư", "C", "7"]);
    }
}
