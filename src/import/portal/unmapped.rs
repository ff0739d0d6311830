//! What the content model has no key for, counted by the portal's own keys: nothing is left out in silence.
//!
//! It walks the raw JSON, so a key that the portal adds tomorrow is counted too.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::portal::json::{items, object, text};
use crate::import::text::is_mended;

/// How often each key had a value that is not published, and each character was mended.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// By the portal's key, such as `detail.note`.
    pub keys: BTreeMap<String, usize>,
    /// By character, such as `U+200E`.
    pub characters: BTreeMap<String, usize>,
}

impl Unmapped {
    /// What one procedure has beyond its record.
    pub fn of(procedure: &Value) -> Unmapped {
        let mut unmapped = Unmapped::default();
        unmapped.walk(procedure, &mut String::new());
        for (key, same) in mirrors(object(procedure, "detail")) {
            if same {
                unmapped.keys.remove(key);
            }
        }
        unmapped
    }

    /// Adds what another has.
    pub fn add(&mut self, other: Unmapped) {
        other.keys.into_iter().for_each(|(key, count)| *self.keys.entry(key).or_default() += count);
        other.characters.into_iter().for_each(|(c, count)| *self.characters.entry(c).or_default() += count);
    }

    fn walk(&mut self, value: &Value, path: &mut String) {
        let length = path.len();
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    path.push_str(if length == 0 { "" } else { "." });
                    path.push_str(key);
                    self.walk(value, path);
                    path.truncate(length);
                }
            }
            Value::Array(items) => {
                path.push_str("[]");
                items.iter().for_each(|item| self.walk(item, path));
                path.truncate(length);
            }
            leaf => self.leaf(leaf, path),
        }
    }

    fn leaf(&mut self, leaf: &Value, path: &str) {
        let says = match leaf {
            Value::String(text) => {
                text.chars().filter(|&c| is_mended(c)).for_each(|c| {
                    *self.characters.entry(format!("U+{:04X}", u32::from(c))).or_default() += 1;
                });
                !text.trim().is_empty()
            }
            Value::Bool(yes) => *yes,
            Value::Number(number) => number.as_f64() != Some(0.0),
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        if says && !MAPPED.contains(&path) {
            *self.keys.entry(path.to_owned()).or_default() += 1;
        }
    }
}

/// Keys that repeat another one, and whether they really do.
fn mirrors(detail: &Value) -> Vec<(&'static str, bool)> {
    let names = |key: &str| items(detail, key).iter().map(|item| text(item, "name")).collect::<Vec<_>>().join(", ");
    let issuer = text(object(object(detail, "procedureProposal"), "issuingAgency"), "name");
    let field = items(detail, "categoriesDetails").first().map_or("", |field| text(field, "name"));
    // An agency's text is used where no agency is listed.
    let listed = |key: &str, text_key: &str| items(detail, key).is_empty() || names(key) == text(detail, text_key);
    vec![
        ("detail.codeNotation", text(detail, "codeNotation") == text(detail, "code")),
        ("detail.description", text(detail, "description") == text(detail, "requirementsAndConditions")),
        ("detail.departmentPromulgateName", text(detail, "departmentPromulgateName") == issuer),
        ("detail.category.name", text(object(detail, "category"), "name") == field),
        ("detail.executingAgencies", listed("departmentsExecuting", "executingAgencies")),
        ("detail.delegatedAgencies", listed("departmentsAuthority", "delegatedAgencies")),
        ("detail.coordinatingAgencies", listed("departmentsCoordinating", "coordinatingAgencies")),
        ("detail.authorizedAgencies", names("departmentsAuthorized") == text(detail, "authorizedAgencies")),
    ]
}

/// The keys that the mapping reads.
const MAPPED: &[&str] = &[
    "code",
    "name",
    "detail.code",
    "detail.name",
    "detail.updatedAt",
    "detail.categoriesDetails[].name",
    "detail.isInternal",
    "detail.isFullProcess",
    "detail.isMinistry",
    "detail.isProvince",
    "detail.isWard",
    "detail.isOtherAgency",
    "detail.subjectTypesDetails[].name",
    "detail.departmentsExecuting[].name",
    "detail.departmentsExecuting[].code",
    "detail.departmentsAuthority[].name",
    "detail.departmentsAuthority[].code",
    "detail.departmentsCoordinating[].name",
    "detail.departmentsCoordinating[].code",
    "detail.unitGroupsExecuting[].name",
    "detail.unitGroupsAuthority[].name",
    "detail.unitGroupsCoordinating[].name",
    "detail.dossierReceivingAddresses",
    "detail.procedureProposal.proposalNumber",
    "detail.procedureProposal.decisionDate",
    "detail.procedureProposal.issuingAgency.name",
    "detail.executionMethods[].submissionMethod",
    "detail.executionMethods[].processingTime",
    "detail.executionMethods[].processingTimeUnit",
    "detail.executionMethods[].description",
    "detail.executionMethods[].fees[].type",
    "detail.executionMethods[].fees[].value",
    "detail.executionMethods[].fees[].description",
    "detail.executionMethods[].fees[].currencyName",
    "detail.executionMethods[].fees[].currency.code",
    "detail.executionSteps[].name",
    "detail.executionSteps[].description",
    "detail.executionCases[].name",
    "detail.executionCases[].profileComponents[].name",
    "detail.executionCases[].profileComponents[].originalQty",
    "detail.executionCases[].profileComponents[].copyQty",
    "detail.executionCases[].profileComponents[].attachments[].fileName",
    "detail.resultsDetails[].name",
    "detail.returningMethods[].value[]",
    "detail.requirementsAndConditions",
    "detail.legalBasisesDetails[].code",
    "detail.legalBasisesDetails[].name",
    "detail.keywords",
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_without_a_key_are_counted_and_mirrors_are_not() {
        let procedure = json!({"id": "x", "code": "1.000001", "detail": {
            "note": "a\u{200e}b", "description": "x", "requirementsAndConditions": "x", "isVertical": false,
            "tomorrow": [{"new": 1}, {"new": 0}], "executionSteps": [{"description": "y"}]}});
        let unmapped = Unmapped::of(&procedure);
        assert_eq!(
            unmapped.keys.into_iter().collect::<Vec<_>>(),
            [("detail.note".to_owned(), 1), ("detail.tomorrow[].new".to_owned(), 1), ("id".to_owned(), 1)]
        );
        assert_eq!(unmapped.characters.get("U+200E"), Some(&1));
    }
}
