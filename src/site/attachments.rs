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
            Body::Attachment(size) => {
                faults.extend(too_large(id, path, *size));
                *size
            }
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

/// The largest attachment that is published, in bytes: nobody downloads more from an agency's page, and a sparse file of terabytes would
/// fill the disk.
pub const MAX_SIZE: u64 = 1 << 30;

fn too_large(id: FileId, path: &str, size: u64) -> Option<Diagnostic> {
    let (mib, most) = (size >> 20, MAX_SIZE >> 20);
    let message = say!(
        "`{path}` lớn {mib} MiB; chỉ đăng tệp đến {most} MiB",
        "`{path}` has {mib} MiB; at most {most} MiB are published"
    );
    (size > MAX_SIZE).then(|| Diagnostic::new(Code::ForbiddenFile, Span::top(id), message))
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
fn forbidden(path: &str) -> Option<crate::diagnostic::Message> {
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

/// Why an SVG is more than a picture, if it is.
fn active_svg(snapshot: &Snapshot, id: FileId, path: &str) -> Option<crate::diagnostic::Message> {
    if !path.to_lowercase().ends_with(".svg") {
        return None;
    }
    // In UTF-16 there is a NUL beside each letter.
    let text = String::from_utf8_lossy(snapshot.bytes(id)).replace('\0', "").to_lowercase();
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
        "data:image/svg",
        ":script",
        "&#",
        "<!doctype",
        "<?xml-stylesheet",
        "@import",
    ];
    let handler = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).any(is_handler);
    let elsewhere = ["href=", "url(", "to=", "from=", "values=", "src="].iter().any(|before| {
        compact.split(before).skip(1).any(|behind| {
            let address = behind.trim_start_matches(['"', '\'']);
            let address = address.strip_prefix("&quot;").or_else(|| address.strip_prefix("&apos;")).unwrap_or(address);
            address.starts_with("http") || address.starts_with("//")
        })
    });
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
