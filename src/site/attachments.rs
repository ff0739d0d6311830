//! Files under `content/files/`: which may be published, and whether those that records name are there.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Message};
use crate::record::read::irregular_fault;
use crate::record::reader::bidi;
use crate::record::suggest;
use crate::say;
use crate::site::svg;
use crate::source::{Body, FileId, Snapshot, Span};
use crate::value::text::{is_bidi_control, is_stray_control};

/// The types of files that may be published.
const TYPES: &[&str] =
    &["pdf", "doc", "docx", "xls", "xlsx", "ods", "odt", "csv", "txt", "zip", "png", "jpg", "jpeg", "webp", "svg"];

/// The attachments by path with their sizes, and what is wrong with them.
pub fn attachments(snapshot: &Snapshot, files: &[FileId]) -> (BTreeMap<String, u64>, Vec<Diagnostic>) {
    let mut sizes = BTreeMap::new();
    let mut faults = Vec::new();
    for &id in files {
        let file = snapshot.file(id);
        let path = file.path.below("content/files").unwrap_or_default();
        let (size, of_body) = match &file.body {
            Body::Irregular(irregular) => (0, Some(irregular_fault(id, *irregular, file))),
            Body::Attachment(size) => (*size, too_large(id, path, *size)),
            Body::Bytes(bytes) => (bytes.len() as u64, not_a_picture(id, path, bytes)),
        };
        sizes.insert(path.to_owned(), size);
        let of_body = of_body.map(|fault| Diagnostic { code: Code::ForbiddenFile, ..fault });
        let of_name = || hidden(id, path).or_else(|| forbidden(path).map(|message| told(id, message)));
        // One fault a file: what is no file needs no better name.
        faults.extend(match file.body {
            Body::Irregular(_) => of_body,
            _ => of_name().or(of_body),
        });
    }
    (sizes, faults)
}

fn told(id: FileId, message: Message) -> Diagnostic {
    Diagnostic::new(Code::ForbiddenFile, Span::top(id), message)
}

/// Whether a path may be published as far as its name says.
pub fn is_allowed(path: &str) -> bool {
    forbidden(path).is_none()
}

/// Signs in a name that nobody sees: with one that turns the direction of text, `fdp.exe` shows itself as another type.
fn hidden(id: FileId, path: &str) -> Option<Diagnostic> {
    if let Some(c) = path.chars().find(|c| is_bidi_control(*c)) {
        return Some(Diagnostic { help: Some(renamed()), ..bidi(Span::top(id), c) });
    }
    let code = u32::from(path.chars().find(|c| is_stray_control(*c))?);
    let message = say!(
        "tên tệp hoặc thư mục có ký tự ẩn U+{code:04X}",
        "the name of the file or folder holds an invisible character U+{code:04X}"
    );
    Some(told(id, message).help(renamed()))
}

fn renamed() -> Message {
    say!("gõ lại tên tệp hoặc thư mục", "type the name of the file or folder again")
}

fn not_a_picture(id: FileId, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let is_svg = path.to_lowercase().ends_with(".svg");
    is_svg.then(|| svg::objection(path, bytes)).flatten().map(|message| told(id, message))
}

/// The largest attachment that is published, in bytes: nobody downloads more from an agency's page, and a sparse file of terabytes would
/// fill the disk.
pub const MAX_SIZE: u64 = 1 << 30;

fn too_large(id: FileId, path: &str, size: u64) -> Option<Diagnostic> {
    let (mib, most) = (size >> 20, MAX_SIZE >> 20);
    let message = say!(
        "`{path}` lớn {mib} MiB; chỉ đăng tệp đến {most} MiB",
        "`{path}` has {mib} MiB; at most {most} MiB are published"
    );
    (size > MAX_SIZE).then(|| told(id, message))
}

/// What Windows keeps for devices, whatever ending follows: a repository with such a name cannot be checked out there.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether Windows has no file of this name.
fn is_windows_hostile(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device = DEVICES.contains(&stem.as_str())
        || numbered.is_some_and(|number| number.len() == 1 && matches!(number.as_bytes()[0], b'1'..=b'9'));
    device
        || name.ends_with(['.', ' '])
        || name.contains(['<', '>', '"', '|', '?', '*'])
        || name.contains(char::is_control)
}

/// Why a path must not be published, if it must not.
fn forbidden(path: &str) -> Option<Message> {
    if path.split('/').any(|part| part == ".." || part == "." || part.is_empty()) || path.contains(['\\', '\0', ':']) {
        return Some(say!("đường dẫn `{path}` ra ngoài content/files", "the path `{path}` leaves content/files"));
    }
    if let Some(part) = path.split('/').find(|part| is_windows_hostile(part)) {
        return Some(say!(
            "Windows không nhận tên `{part}`; hãy đổi tên tệp hoặc thư mục",
            "Windows takes no name `{part}`; rename the file or folder"
        ));
    }
    let ending = path.rsplit('/').next()?.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if ending.as_deref().is_some_and(|ending| TYPES.contains(&ending)) {
        return None;
    }
    let all = TYPES.join(", ");
    Some(say!(
        "loại tệp của `{path}` không được đăng; chỉ đăng: {all}",
        "files like `{path}` are not published; allowed are: {all}"
    ))
}

/// What is wrong with a file that a record names at `place`.
pub fn named(path: &str, place: Span, attachments: &BTreeMap<String, u64>) -> Option<Diagnostic> {
    if attachments.contains_key(path) {
        return None;
    }
    if let Some(message) = forbidden(path) {
        return Some(Diagnostic::new(Code::ForbiddenFile, place, message));
    }
    let help = suggest::nearest(path, attachments.keys().map(String::as_str)).map(suggest::did_you_mean);
    let message = say!("không có tệp `{path}` trong content/files", "there is no file `{path}` in content/files");
    Some(Diagnostic::new(Code::MissingFile, place, message).maybe_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert!(
            ["../a.pdf", "a/../../b.pdf", "/a.pdf", "c:\\a.pdf", "a.exe", "a", "a.pdf.exe"]
                .iter()
                .all(|path| forbidden(path).is_some())
        );
        assert!(forbidden("mau/Mẫu 01.DOCX").is_none());
    }
}
