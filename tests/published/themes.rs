//! The second theme of the repository: an example of a theme of one's own, laid over the default one.

use minhbach::source::{Body, Snapshot};

use super::{Published, SAMPLE, options, sample};

#[test]
fn a_small_theme_overrides_what_it_has_and_leaves_all_else() {
    let site = Published::of(&with_theme(&sample(), "toi-gian"), &options());
    let style = site.files.keys().find(|path| path.starts_with("assets/style.")).unwrap();
    assert!(site.text(style).contains("max-width:46rem"), "its own style sheet");
    assert!(site.text("gioi-thieu/index.html").contains("in được trên giấy A4"), "its own template and label");
    assert!(site.text("en/gioi-thieu/index.html").contains("prints on A4 paper"), "its own label in English");
    let other = |site: &Published| site.text("404.html").replace(&style_of(site), "");
    assert_eq!(other(&site), other(&SAMPLE), "what it does not override is the default theme's");
}

/// The published name of the style sheet.
fn style_of(site: &Published) -> String {
    site.files.keys().find(|path| path.starts_with("assets/style.")).unwrap().clone()
}

/// A site that uses another theme.
fn with_theme(site: &Snapshot, theme: &str) -> Snapshot {
    let mut files: Vec<_> = site.files().map(|(_, file)| file.clone()).collect();
    for file in files.iter_mut().filter(|file| file.path.as_str() == "content/site.yaml") {
        let Body::Bytes(bytes) = &file.body else { panic!("site.yaml is no text") };
        file.body = Body::Bytes(format!("{}theme: {theme}\n", std::str::from_utf8(bytes).unwrap()).as_bytes().into());
    }
    Snapshot::new(files)
}
