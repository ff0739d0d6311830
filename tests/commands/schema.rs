//! `schema`. What an editor makes of the schemas is in `tests/editor/`.

use serde_json::Value;

use super::site::{Site, call};

fn printed(site: &Site, arguments: &[&str]) -> Value {
    let called = site.run(arguments);
    assert_eq!(called.status, 0, "{}", called.text());
    serde_json::from_str(&called.out).unwrap()
}

#[test]
fn a_schema_knows_keys_words_forms_and_the_records_of_the_site() {
    let schema = printed(&Site::base(), &["schema", "procedure"]);
    assert!(schema["required"].as_array().unwrap().contains(&"code".into()), "{}", schema["required"]);
    assert_eq!(schema["properties"]["online_level"]["enum"], serde_json::json!(["full", "partial", "none"]));
    assert!(schema["properties"]["code"]["pattern"].as_str().unwrap().contains(r"\d{6}"));
    let description = schema["properties"]["code"]["description"].as_str().unwrap();
    assert!(description.contains("Mã thủ tục") && description.contains("Procedure code"), "{description}");
    let documents = &schema["definitions"]["document"];
    assert_eq!(documents["enum"], serde_json::json!(["luat-mau", "01/2025/QH15"]));
    assert_eq!(documents["enumDescriptions"][0], "Về các thủ tục mẫu");
}

#[test]
fn an_overlay_takes_texts_only_and_requires_nothing() {
    let schema = printed(&Site::base(), &["schema", "procedure", "--overlay"]);
    assert!(schema["properties"]["title"].is_object());
    assert!(schema["properties"]["code"].is_null() && schema["required"].is_null());
}

#[test]
fn without_a_kind_all_are_listed_also_outside_a_site() {
    let called = call(&["schema"]);
    for word in ["site", "procedure", "contact", "statistics"] {
        assert!(called.out.lines().any(|line| line.starts_with(word)), "{}", called.out);
    }
    assert_eq!(call(&["schema", "contact"]).status, 0);
    assert_eq!(call(&["schema", "--write"]).status, 2);
}

#[test]
fn laid_down_they_leave_the_settings_and_the_site_as_they_were() {
    let site = Site::base();
    let settings = "{\n  // của Văn phòng\n  \"editor.wordWrap\": \"on\",\n}\n";
    site.write(".vscode/settings.json", settings);
    let content = site.read("content/procedures/mau.yaml");
    assert_eq!(site.run(&["schema", "--write"]).status, 0);
    let merged = site.read(".vscode/settings.json");
    assert!(merged.contains("// của Văn phòng") && merged.contains("\"editor.wordWrap\": \"on\","), "{merged}");
    assert!(merged.contains("./.minhbach/schema/procedure.json"), "{merged}");
    assert!(site.has(".minhbach/schema/site.json") && site.has(".minhbach/schema/document.overlay.json"));
    assert_eq!(site.read("content/procedures/mau.yaml"), content);
    site.run(&["schema", "--write"]);
    assert_eq!(site.read(".vscode/settings.json"), merged);
    assert_eq!(site.codes(&[]), Vec::<String>::new());
}
