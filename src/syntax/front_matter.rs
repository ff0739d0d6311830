//! Splits `ID.md` into its YAML front matter and the Markdown below it.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::source::{FileId, Span};

/// Where the two parts of a text are, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences.
    pub yaml: Range<usize>,
    /// The Markdown below the second fence.
    pub body: Range<usize>,
}

/// Splits a text at its `---` fences: the first on the first line, the second on a line of its own.
///
/// # Errors
/// `front-matter`, where a fence is missing.
pub fn split(file: FileId, text: &str) -> Result<Parts, Box<Diagnostic>> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[mark..].lines().next().unwrap_or("").trim_end();
    let fence = Span::new(file, mark, mark + first.len());
    if first != "---" {
        let message = say!("tệp `.md` phải mở đầu bằng dòng `---`", "a `.md` record starts with a line `---`");
        let help = say!(
            "viết `---`, các khóa (như `title: …`), rồi `---`, sau đó mới đến nội dung",
            "write `---`, the keys (such as `title: …`), `---`, and then the text"
        );
        return Err(Box::new(Diagnostic::new(Code::FrontMatter, fence, message).help(help)));
    }
    let start = line_end(text, 0);
    let mut at = start;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == "---" {
            return Ok(Parts { yaml: start..at, body: end..text.len() });
        }
        at = end;
    }
    let message = say!("phần đầu không có dòng `---` kết thúc", "the front matter has no closing line `---`");
    Err(Box::new(Diagnostic::new(Code::FrontMatter, fence, message)))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i + 1)
}
