//! Files under `content/files/`: which may be published, and whether those that records name are there.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::read::irregular_fault;
use crate::record::suggest;
use crate::say;
use crate::source::{Body, FileId, Snapshot, Span};

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
        let size = match &file.body {
            Body::Irregular(irregular) => {
                faults.push(Diagnostic { code: Code::ForbiddenFile, ..irregular_fault(id, *irregular, file) });
                0
            }
            Body::Attachment(size) => *size,
            Body::Bytes(bytes) => bytes.len() as u64,
        };
        sizes.insert(path.to_owned(), size);
        faults.extend(
            forbidden(path)
                .or_else(|| active_svg(snapshot, id, path))
                .map(|message| Diagnostic::new(Code::ForbiddenFile, Span::top(id), message)),
        );
    }
    (sizes, faults)
}

/// Why a path must not be published, if it must not.
fn forbidden(path: &str) -> Option<crate::diagnostic::Message> {
    if path.split('/').any(|part| part == ".." || part == "." || part.is_empty()) || path.contains(['\\', '\0', ':']) {
        return Some(say!("đường dẫn `{path}` ra ngoài content/files", "the path `{path}` leaves content/files"));
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

/// Why an SVG is more than a picture, if it is.
fn active_svg(snapshot: &Snapshot, id: FileId, path: &str) -> Option<crate::diagnostic::Message> {
    if !path.to_lowercase().ends_with(".svg") {
        return None;
    }
    let text = String::from_utf8_lossy(snapshot.bytes(id)).to_lowercase();
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let marks = [
        "<script",
        "javascript:",
        "<foreignobject",
        "<!entity",
        "<iframe",
        "<embed",
        "<object",
        "data:text/html",
        "&#",
        "<!doctype",
        "<?xml-stylesheet",
        "@import",
    ];
    let handler = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).any(is_handler);
    let elsewhere = ["href=\"http", "href='http", "href=\"//", "href='//", "url(http", "url(//"]
        .iter()
        .any(|mark| compact.contains(mark));
    let active = marks.iter().any(|mark| compact.contains(mark)) || handler || elsewhere;
    active.then(|| {
        say!(
            "ảnh SVG `{path}` có mã chạy được hoặc tải từ nơi khác",
            "the SVG `{path}` holds script or loads from elsewhere"
        )
    })
}

fn is_handler(word: &str) -> bool {
    let name = word.split('=').next().unwrap_or("");
    word.contains('=') && name.len() > 3 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_alphabetic())
        || name.len() > 3
            && name == word
            && name.starts_with("on")
            && ["onload", "onerror", "onclick", "onmouseover", "onfocus", "onbegin"].contains(&name)
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

    fn svg(text: &str) -> bool {
        let snapshot = Snapshot::from_texts([("content/files/a.svg", text)]);
        let (id, _) = snapshot.find("content/files/a.svg").unwrap();
        active_svg(&snapshot, id, "a.svg").is_some()
    }

    #[test]
    fn a_picture_is_a_picture() {
        assert!(!svg(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0\" stroke=\"only\"/></svg>"
        ));
    }

    #[test]
    fn script_in_a_picture_is_found() {
        for bad in [
            "<svg><script/></svg>",
            "<svg onload=alert(1)>",
            "<svg\nonload = \"x\">",
            "<a href=\" javascript:x\">",
            "<svg><a xlink:href='//x'/></svg>",
        ] {
            assert!(svg(bad), "{bad}");
        }
    }

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
