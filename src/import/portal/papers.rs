//! What to bring and what one gets: dossiers by case, forms by name, results with their delivery.

use serde_json::Value;

use crate::import::draft::Draft;
use crate::import::portal::json::{int, items, text};
use crate::import::portal::remark::{Reason, Remark};
use crate::import::text::{line, name};

/// The dossiers, and the forms that found no place beside a paper (a paper has one form).
pub fn dossiers(detail: &Value, remarks: &mut Vec<Remark>) -> (Vec<Draft>, Vec<Draft>) {
    let mut forms: Vec<Draft> = Vec::new();
    let mut dossiers = Vec::new();
    for case in items(detail, "executionCases") {
        let papers = items(case, "profileComponents").iter();
        let documents: Vec<Draft> = papers.filter_map(|paper| document(paper, &mut forms, remarks)).collect();
        let case = name(text(case, "name")).map(|case| case.trim_end_matches([':', ' ']).to_owned());
        if !documents.is_empty() {
            dossiers.push(Draft::map([("case", case.map(Draft::Text)), ("documents", Some(Draft::List(documents)))]));
        } else if let Some(case) = case {
            remarks.push(Remark { reason: Reason::EmptyCase, value: case });
        }
    }
    (dossiers, forms)
}

fn document(paper: &Value, forms: &mut Vec<Draft>, remarks: &mut Vec<Remark>) -> Option<Draft> {
    let mut titles = items(paper, "attachments").iter().filter_map(|file| form(text(file, "fileName")));
    let first = titles.next();
    for more in titles {
        if !forms.contains(&more) {
            forms.push(more);
        }
    }
    let title = first.as_ref().and_then(|form| match form {
        Draft::Map(entries) => entries.iter().find_map(|(_, title)| match title {
            Draft::Text(title) => Some(title.clone()),
            _ => None,
        }),
        _ => None,
    });
    let Some(name) = name(text(paper, "name")).or(title) else {
        remarks.push(Remark { reason: Reason::NamelessPaper, value: line(text(paper, "code")) });
        return None;
    };
    let count = |key: &str| int(paper, key).filter(|count| *count > 0).map(Draft::Int);
    Some(Draft::map([
        ("name", Some(Draft::Text(name))),
        ("originals", count("originalQty")),
        ("copies", count("copyQty")),
        ("form", first),
    ]))
}

/// A form by its file's name: the portal gives no address for the file itself.
fn form(file: &str) -> Option<Draft> {
    const ENDINGS: &[&str] = &["doc", "docx", "pdf", "xls", "xlsx", "zip", "rar", "rtf", "odt", "jpg", "png"];
    let file = line(file);
    let stem = file.rsplit_once('.').filter(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()));
    let title = stem.map_or(file.as_str(), |(stem, _)| stem).trim_end_matches(['.', ' ']);
    (!title.is_empty()).then(|| Draft::map([("title", Some(Draft::text(title)))]))
}

/// The results, each with the ways in which the portal says results are returned.
pub fn results(detail: &Value) -> Vec<Draft> {
    let delivery = delivery(detail);
    let mut results: Vec<Draft> = Vec::new();
    for name in items(detail, "resultsDetails").iter().filter_map(|result| name(text(result, "name"))) {
        let result = Draft::map([
            ("name", Some(Draft::Text(name))),
            ("delivery", (!delivery.is_empty()).then(|| Draft::texts(delivery.iter().copied()))),
        ]);
        if !results.contains(&result) {
            results.push(result);
        }
    }
    results
}

fn delivery(detail: &Value) -> Vec<&'static str> {
    const WAYS: [(&str, &str); 3] = [("AT_SUBMISSION_PLACE", "direct"), ("ONLINE", "online"), ("AT_HOME", "postal")];
    let said = |way: &str| {
        items(detail, "returningMethods")
            .iter()
            .any(|by| items(by, "value").iter().any(|value| value.as_str() == Some(way)))
    };
    WAYS.into_iter().filter(|(way, _)| said(way)).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::yaml;

    #[test]
    fn papers_by_case_with_their_forms() {
        let detail = json!({"executionCases": [
            {"name": "* Giấy tờ phải nộp:", "profileComponents": [
                {"name": "- Đơn;", "originalQty": 1, "copyQty": 0, "attachments": [{"fileName": "Mẫu 1..docx"}, {"fileName": "Mẫu 2.pdf"}]},
                {"name": "", "code": "KQ.1", "originalQty": 0, "copyQty": 0, "attachments": []}]},
            {"name": "Trống", "profileComponents": []}]});
        let mut remarks = Vec::new();
        let (dossiers, forms) = dossiers(&detail, &mut remarks);
        assert_eq!(
            yaml::block("dossiers", &Draft::List(dossiers)),
            "dossiers:\n  - case: Giấy tờ phải nộp\n    documents:\n      - name: Đơn\n        originals: 1\n        form:\n          title: Mẫu 1\n"
        );
        assert_eq!(yaml::block("forms", &Draft::List(forms)), "forms:\n  - title: Mẫu 2\n");
        assert_eq!(remarks.iter().map(|r| r.reason).collect::<Vec<_>>(), [Reason::NamelessPaper, Reason::EmptyCase]);
    }

    #[test]
    fn results_with_their_delivery() {
        let detail = json!({"resultsDetails": [{"name": "+ Giấy phép."}, {"name": "Không"}],
            "returningMethods": [{"type": "ONLINE", "value": ["AT_HOME", "ONLINE"]}]});
        assert_eq!(
            yaml::block("results", &Draft::List(results(&detail))),
            "results:\n  - name: Giấy phép.\n    delivery:\n      - online\n      - postal\n"
        );
    }
}
