//! Makes templates small once, when a theme is loaded, so that pages come out small for nothing.
//!
//! The templates must not rely on spaces between inline elements directly inside `div`, `section`, `main`, `nav`,
//! `article` or `body`, and a condition stands inside a quoted value or around an element: a test compares the pages.

/// A template made small.
#[cfg(feature = "minify")]
pub fn minified(template: &str) -> String {
    let mut options = minify_html::Cfg::new();
    options.preserve_brace_template_syntax = true;
    options.keep_closing_tags = true;
    options.keep_html_and_head_opening_tags = true;
    let small = minify_html::minify(template.as_bytes(), &options);
    String::from_utf8(small).unwrap_or_else(|_| template.to_owned())
}

/// A template as it is: this program was built without the feature.
#[cfg(not(feature = "minify"))]
pub fn minified(template: &str) -> String {
    template.to_owned()
}
