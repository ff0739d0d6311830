//! Where the site is.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::diagnostic::Language;
use crate::say;
use crate::source::FileId;
use crate::syntax::yaml::{self, Value};

const CONFIG: [&str; 2] = ["content/site.yaml", "content/site.yml"];

/// The site's root: the folder asked for, or the nearest one upward that holds `content/site.yaml`.
///
/// # Errors
/// Where there is no site.
pub fn find(asked: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(root) = asked {
        return if has_config(root) { Ok(root.to_owned()) } else { Err(no_site(root, "")) };
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let found = here.ancestors().find(|folder| has_config(folder)).map(Path::to_owned);
    found.ok_or_else(|| no_site(&here, " và các thư mục phía trên"))
}

fn has_config(folder: &Path) -> bool {
    // A pipe or a link to nothing counts: it is told at its place.
    CONFIG.iter().any(|config| folder.join(config).symlink_metadata().is_ok_and(|found| !found.is_dir()))
}

fn no_site(folder: &Path, also: &str) -> Failure {
    let folder = folder.display();
    let upward = if also.is_empty() { "" } else { " and the folders above it" };
    Failure::usage(say!(
        "không có content/site.yaml trong {folder}{also}\n  = gợi ý: tạo trang mới bằng `minhbach init TÊN`, hoặc chỉ thư mục bằng `--root`",
        "there is no content/site.yaml in {folder}{upward}\n  = help: make a new site with `minhbach init NAME`, or name its folder with `--root`"
    ))
}

/// A configuration's text, as far as one can be long: what is longer is refused when the site is read.
fn start_of(path: &Path) -> io::Result<String> {
    const LONGEST: u64 = 1 << 20;
    let mut text = String::new();
    // Opening a pipe would wait for whoever writes to it.
    if !path.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// The first language of the site, as far as the program speaks it; Vietnamese where there is no site.
pub fn site_language(asked: Option<&Path>) -> Language {
    let first = find(asked).ok().and_then(|root| {
        let text = CONFIG.iter().find_map(|config| start_of(&root.join(config)).ok())?;
        let config = yaml::parse(FileId::new(0), &text).ok()?;
        match &config.get("languages")?.value {
            Value::List(languages) => languages.first()?.text().map(str::to_owned),
            _ => None,
        }
    });
    if first.is_none_or(|language| language == "vi") { Language::Vi } else { Language::En }
}
