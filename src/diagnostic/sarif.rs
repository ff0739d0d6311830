//! Faults as SARIF 2.1.0, which GitHub's code scanning and most editors read.

use serde_json::{Value, json};

use crate::diagnostic::place::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Language, Level, Message, fingerprint};
use crate::source::{Snapshot, Span};

/// Where the schema is published; readers know a log by it and by its version.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name and version of how fingerprints are made; another way gets another name.
const FINGERPRINT: &str = "minhbachIdentity/v1";

/// What a code means, for those who read a log without the program.
pub struct Rule {
    /// What it finds, in a sentence.
    pub finds: Message,
    /// Why that matters.
    pub why: Message,
    /// How to mend it.
    pub mend: Message,
}

/// The log. `base` is the site's folder in the repository, empty or with `/` at its end; `rule` says what a code means.
pub fn render(
    diagnostics: &Diagnostics,
    snapshot: &Snapshot,
    language: Language,
    base: &str,
    rule: &dyn Fn(Code) -> Rule,
) -> String {
    let writer = Writer { snapshot, language, base };
    let prints = fingerprint::all(diagnostics, snapshot);
    let results: Vec<Value> =
        diagnostics.iter().zip(prints).map(|(fault, print)| writer.result(fault, &print)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "minhbach",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": match language { Language::Vi => "vi", Language::En => "en" },
                "rules": Code::ALL.iter().map(|code| described(*code, &rule(*code), language)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": writer.said("Gốc của kho", "The root of the repository")}}},
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).expect("the log holds only texts and numbers")
}

fn described(code: Code, rule: &Rule, language: Language) -> Value {
    let change = match (code.group().is_adjustable(), language) {
        (true, Language::Vi) => "Mức của lỗi này đổi được bằng `checks` trong site.yaml, hoặc `allow` ở từng bản ghi.",
        (true, Language::En) => {
            "Its level can be changed with `checks` in site.yaml, or silenced in a record with `allow`."
        }
        (false, Language::Vi) => "Mức của lỗi này không đổi được.",
        (false, Language::En) => "Its level cannot be changed.",
    };
    json!({
        "id": code.name(),
        "name": pascal_case(code.name()),
        "shortDescription": {"text": rule.finds.get(language)},
        "fullDescription": {"text": format!("{} {}", rule.finds.get(language), rule.why.get(language))},
        "help": {"text": format!("{} {change}", rule.mend.get(language))},
        "defaultConfiguration": {"level": code.level().name()},
        "properties": {"tags": [tag(code.group())], "problem.severity": code.level().name()},
    })
}

struct Writer<'a> {
    snapshot: &'a Snapshot,
    language: Language,
    base: &'a str,
}

impl Writer<'_> {
    fn said<'b>(&self, vi: &'b str, en: &'b str) -> &'b str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    fn result(&self, fault: &Diagnostic, print: &str) -> Value {
        let message = fault.message.get(self.language);
        let help = fault.help.as_ref().map(|help| format!("\n{}", help.get(self.language))).unwrap_or_default();
        let mut location = json!({"physicalLocation": self.physical(fault.place)});
        if let Some(record) = &fault.record {
            location["logicalLocations"] = json!([{"fullyQualifiedName": record, "kind": "resource"}]);
        }
        let mut result = json!({
            "ruleId": fault.code.name(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == fault.code),
            "level": match fault.level { Level::Error => "error", Level::Warning => "warning" },
            "message": {"text": format!("{message}{help}")},
            "locations": [location],
            "partialFingerprints": {FINGERPRINT: print},
        });
        if !fault.related.is_empty() {
            let related = |(id, related): (usize, &crate::diagnostic::Related)| {
                json!({"id": id, "message": {"text": related.message.get(self.language)},
                    "physicalLocation": self.physical(related.place)})
            };
            result["relatedLocations"] = fault.related.iter().enumerate().map(related).collect();
        }
        result
    }

    fn physical(&self, span: Span) -> Value {
        let Place { file, line, column, end_line, end_column } = Place::of(self.snapshot, span);
        json!({
            "artifactLocation": {"uri": uri(&format!("{}{file}", self.base)), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        })
    }
}

/// The path as a relative URI: everything but unreserved ASCII and `/` is escaped.
fn uri(path: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(escaped).collect()
}

fn pascal_case(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}

fn tag(group: Group) -> &'static str {
    match group {
        Group::Syntax => "syntax",
        Group::Reference => "reference",
        Group::Theme => "theme",
        Group::Procedure => "procedure",
        Group::Statistics => "statistics",
        Group::Report => "report",
        Group::Contact => "contact",
        Group::Privacy => "privacy",
        Group::Freshness => "freshness",
    }
}
