//! One procedure of the portal to what its record will hold: pure, and without a look at any other procedure.
//!
//! Documents, agencies and places are only mentioned here; which records they become is decided over all procedures.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::import::draft::Draft;
use crate::import::markdown::markdown;
use crate::import::portal::json::{flag, int, items, object, text};
use crate::import::portal::places::{Place, places};
use crate::import::portal::remark::{Reason, Rejection, Remark};
use crate::import::portal::unmapped::Unmapped;
use crate::import::portal::{channels, papers, steps, symbol};
use crate::import::text::{Said, clean, line, said, stated, without_bullet};
use crate::value::code;
use crate::value::date::Date;

/// What a procedure's record will hold.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Its code, trimmed.
    pub code: String,
    /// When the portal last changed it, in milliseconds.
    pub updated_at: i64,
    /// The keys that refer to no other record.
    pub keys: Vec<(&'static str, Option<Draft>)>,
    /// Its agencies: executing, competent, coordinating.
    pub agencies: [Vec<Agency>; 3],
    /// The decision that published it.
    pub decision: Option<Mention>,
    /// The documents that it rests on.
    pub legal_basis: Vec<Mention>,
    /// Where dossiers are received.
    pub places: Vec<Place>,
    /// What could not be done as the portal has it.
    pub remarks: Vec<Remark>,
    /// What has no key in the content model.
    pub unmapped: Unmapped,
}

/// An agency as a procedure names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its name.
    pub title: String,
    /// Its code, where it is one of the state's electronic codes such as `H27`.
    pub code: Option<String>,
}

/// A document as a procedure names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its symbol.
    pub symbol: String,
    /// Its name; for a publishing decision none.
    pub title: Option<String>,
    /// Its day, where that is certain.
    pub issued_on: Option<Date>,
    /// The agency that published the procedure: the issuer of its decision, and a hint at whose local documents it cites.
    pub publisher: String,
}

/// Maps one procedure.
///
/// # Errors
/// Where it has no valid code or lacks what every procedure has to have.
pub fn map(portal: &Value) -> Result<Procedure, Rejection> {
    let detail = portal.get("detail").filter(|detail| detail.is_object()).ok_or(Rejection::NoProcedure)?;
    let code = [text(detail, "code"), text(portal, "code")].into_iter().map(line).find(|code| !code.is_empty());
    let code = code.ok_or(Rejection::NoProcedure)?;
    code::prefix(&code).ok_or_else(|| Rejection::InvalidCode(code.clone()))?;
    let mut remarks = Vec::new();
    let (places, leftover) = places(text(detail, "dossierReceivingAddresses"));
    let keys = keys(portal, detail, leftover.as_deref(), &mut remarks);
    if let Some(key) = ["title", "field", "channels", "steps"].into_iter().find(|key| !has(&keys, key)) {
        return Err(Rejection::Missing(key));
    }
    Ok(Procedure {
        updated_at: int(detail, "updatedAt").unwrap_or(0),
        agencies: [
            agencies(detail, ["departmentsExecuting", "unitGroupsExecuting", "executingAgencies"]),
            agencies(detail, ["departmentsAuthority", "unitGroupsAuthority", "delegatedAgencies"]),
            agencies(detail, ["departmentsCoordinating", "unitGroupsCoordinating", "coordinatingAgencies"]),
        ],
        decision: decision(detail, &mut remarks),
        legal_basis: legal_basis(detail, &mut remarks),
        keys: [vec![("code", Some(Draft::text(&code)))], keys].concat(),
        code,
        places,
        remarks,
        unmapped: Unmapped::of(portal),
    })
}

fn has(keys: &[(&'static str, Option<Draft>)], key: &str) -> bool {
    keys.iter().any(|(name, value)| *name == key && value.is_some())
}

fn keys(
    portal: &Value,
    detail: &Value,
    places: Option<&str>,
    remarks: &mut Vec<Remark>,
) -> Vec<(&'static str, Option<Draft>)> {
    let title = [text(detail, "name"), text(portal, "name")].into_iter().find_map(stated);
    let (dossiers, forms) = papers::dossiers(detail, remarks);
    let internal = flag(detail, "isInternal") || text(detail, "type") == "STANDARD_INTERNAL";
    vec![
        ("title", title.map(Draft::Text)),
        ("field", field(detail, remarks)),
        ("internal", internal.then_some(Draft::Bool(true))),
        ("levels", Draft::list(levels(detail))),
        ("applicants", Draft::list(applicants(detail))),
        ("online_level", Some(Draft::text(online_level(detail)))),
        ("channels", Draft::list(channels::channels(detail, places, remarks))),
        ("steps", Draft::list(steps::steps(detail))),
        ("dossiers", Draft::list(dossiers)),
        ("results", Draft::list(papers::results(detail))),
        ("requirements", requirements(detail)),
        ("forms", Draft::list(forms)),
        ("keywords", Draft::list(keywords(detail))),
    ]
}

fn field(detail: &Value, remarks: &mut Vec<Remark>) -> Option<Draft> {
    let mut fields = items(detail, "categoriesDetails").iter().filter_map(|field| stated(text(field, "name")));
    let first = fields.next();
    remarks.extend(fields.map(|value| Remark { reason: Reason::SecondField, value }));
    first.map(Draft::Text)
}

fn levels(detail: &Value) -> Vec<Draft> {
    const LEVELS: [(&str, &str); 4] =
        [("isMinistry", "central"), ("isProvince", "province"), ("isWard", "commune"), ("isOtherAgency", "other")];
    LEVELS.into_iter().filter(|(key, _)| flag(detail, key)).map(|(_, level)| Draft::text(level)).collect()
}

fn applicants(detail: &Value) -> Vec<Draft> {
    let mut names: Vec<Draft> = Vec::new();
    for name in items(detail, "subjectTypesDetails").iter().filter_map(|subject| stated(text(subject, "name"))) {
        let name = Draft::Text(name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn online_level(detail: &Value) -> &'static str {
    match (flag(detail, "isFullProcess"), channels::has_online(detail)) {
        (true, _) => "full",
        (false, true) => "partial",
        (false, false) => "none",
    }
}

fn requirements(detail: &Value) -> Option<Draft> {
    let text = [text(detail, "requirementsAndConditions"), text(detail, "description")];
    let text = text.into_iter().find(|text| !text.trim().is_empty())?;
    match said(&clean(text)) {
        Said::Nothing => None,
        Said::None => Some(Draft::text("none")),
        Said::Text(text) => Some(Draft::Text(markdown(&text))),
    }
}

fn keywords(detail: &Value) -> Vec<Draft> {
    let text = clean(text(detail, "keywords"));
    text.split(['\n', ';']).filter_map(stated).map(Draft::Text).collect()
}

/// The agencies of two lists (the second may hold nulls), or of a text where both are empty.
fn agencies(detail: &Value, [departments, groups, words]: [&str; 3]) -> Vec<Agency> {
    let mut agencies: Vec<Agency> = Vec::new();
    for item in items(detail, departments).iter().chain(items(detail, groups)) {
        let Some(title) = stated(text(item, "name")) else { continue };
        let code = Some(line(text(item, "code"))).filter(|code| is_electronic_code(code));
        if !agencies.iter().any(|agency| agency.title == title) {
            agencies.push(Agency { title, code });
        }
    }
    if agencies.is_empty() {
        agencies.extend(stated(text(detail, words)).map(|title| Agency { title, code: None }));
    }
    agencies
}

/// Whether a code is one of Quyết định 20/2020/QĐ-TTg, as in the suffix of a procedure's code: `H27`, `G04.12`.
fn is_electronic_code(code: &str) -> bool {
    let mut parts = code.split('.');
    let head = parts.next().unwrap_or("");
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    head.starts_with(|c: char| c.is_ascii_uppercase())
        && digits(&head[1..], 2..=2)
        && parts.all(|part| digits(part, 2..=3))
}

fn publisher(detail: &Value) -> String {
    let issuer = line(text(object(object(detail, "procedureProposal"), "issuingAgency"), "name"));
    if issuer.is_empty() { line(text(detail, "departmentPromulgateName")) } else { issuer }
}

fn decision(detail: &Value, remarks: &mut Vec<Remark>) -> Option<Mention> {
    let proposal = object(detail, "procedureProposal");
    let number = text(proposal, "proposalNumber");
    stated(number)?;
    match symbol::read(number) {
        Ok(symbol) => Some(Mention {
            symbol,
            title: None,
            issued_on: int(proposal, "decisionDate").and_then(day),
            publisher: publisher(detail),
        }),
        Err(_) => {
            remarks.push(Remark { reason: Reason::NoDecision, value: line(number) });
            None
        }
    }
}

/// The day of a moment in Việt Nam: the portal writes a day as 17:00 UTC of the day before, or as 00:00 UTC.
fn day(milliseconds: i64) -> Option<Date> {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").ok()?;
    let moment = Timestamp::from_millisecond(milliseconds).ok()?;
    let day = moment.to_zoned_datetime(zone).date();
    Date::new(day.year(), day.month(), day.day())
}

fn legal_basis(detail: &Value, remarks: &mut Vec<Remark>) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for basis in items(detail, "legalBasisesDetails") {
        let (field, name) = (text(basis, "code"), text(basis, "name"));
        match symbol::read(field) {
            Ok(symbol) if mentions.iter().any(|mention| mention.symbol == symbol) => {}
            Ok(symbol) => mentions.push(mention(symbol, field, name, publisher(detail))),
            Err(reason) => remarks.push(Remark { reason, value: format!("{}: {}", line(field), line(name)) }),
        }
    }
    mentions
}

fn mention(symbol: String, field: &str, name: &str, publisher: String) -> Mention {
    let name = line(name);
    let name = without_bullet(&name).trim_matches([' ', '"', '“', '”']);
    let name = name.trim_end_matches([';', '.', ',', ' ']);
    let title = if name.is_empty() { line(field) } else { name.to_owned() };
    let issued_on = [line(field).as_str(), name].into_iter().find_map(|text| symbol::day_behind(&symbol, text));
    Mention { symbol, title: Some(title), issued_on, publisher }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn portal(code: &str) -> Value {
        json!({"code": code, "name": "Cấp  giấy\nphép", "detail": {
            "code": code, "name": "Cấp  giấy\nphép", "categoriesDetails": [{"name": "Rượu"}],
            "executionMethods": [{"submissionMethod": "DIRECT"}], "executionSteps": [{"name": "", "description": "Nộp"}]}})
    }

    fn with(key: &str, value: Value) -> Procedure {
        let mut portal = portal("1.000001");
        portal["detail"][key] = value;
        map(&portal).unwrap()
    }

    fn value<'a>(procedure: &'a Procedure, key: &str) -> Option<&'a Draft> {
        procedure.keys.iter().find(|(name, _)| *name == key).and_then(|(_, value)| value.as_ref())
    }

    #[test]
    fn codes_are_trimmed_and_must_then_be_codes() {
        assert_eq!(map(&portal(" 1.014325")).unwrap().code, "1.014325");
        for code in ["1.014955-Xoa", "1.0133611"] {
            assert_eq!(map(&portal(code)).unwrap_err(), Rejection::InvalidCode(code.into()));
        }
        assert_eq!(map(&json!({"code": "1.000001"})).unwrap_err(), Rejection::NoProcedure);
        assert_eq!(map(&json!([1])).unwrap_err(), Rejection::NoProcedure);
    }

    #[test]
    fn a_procedure_without_steps_is_not_imported() {
        let mut portal = portal("1.000001");
        portal["detail"]["executionSteps"] = json!([]);
        assert_eq!(map(&portal).unwrap_err(), Rejection::Missing("steps"));
    }

    #[test]
    fn white_space_in_names_is_single_and_names_stay_long() {
        assert_eq!(value(&with("note", json!("")), "title"), Some(&Draft::text("Cấp giấy phép")));
        let long = "x".repeat(1192);
        assert_eq!(value(&with("name", json!(long)), "title"), Some(&Draft::text(long)));
    }

    #[test]
    fn none_is_a_statement_and_nothing_is_not() {
        let requirements = |text: &str| value(&with("requirementsAndConditions", json!(text)), "requirements").cloned();
        assert_eq!(requirements("Không có."), Some(Draft::text("none")));
        assert_eq!(requirements("……"), Some(Draft::text("none")));
        assert_eq!(requirements(""), None);
        assert_eq!(requirements("* Có: a < b"), Some(Draft::text("\\* Có: a < b")));
    }

    #[test]
    fn days_are_those_in_viet_nam() {
        // 2026-05-05 00:00 and 07:00 in Việt Nam.
        for milliseconds in [1_777_914_000_000_i64, 1_777_939_200_000] {
            let proposal = json!({"proposalNumber": "1040/QĐ-BCT", "decisionDate": milliseconds, "issuingAgency": {"name": "Bộ Công Thương"}});
            let decision = with("procedureProposal", proposal).decision.unwrap();
            assert_eq!(decision.issued_on, Date::parse("2026-05-05"), "{milliseconds}");
        }
    }

    #[test]
    fn several_agencies_in_either_list_and_nulls_between_them() {
        let mut portal = portal("1.000001");
        portal["detail"]["departmentsExecuting"] =
            json!([{"name": "Sở Công Thương", "code": "H27.05"}, {"name": "Sở Y tế", "code": "BNG-D"}]);
        portal["detail"]["unitGroupsExecuting"] = json!([null, {"name": "Ủy ban nhân dân cấp xã"}]);
        let [executing, ..] = map(&portal).unwrap().agencies;
        let executing: Vec<_> = executing.iter().map(|a| (a.title.as_str(), a.code.as_deref())).collect();
        assert_eq!(
            executing,
            [("Sở Công Thương", Some("H27.05")), ("Sở Y tế", None), ("Ủy ban nhân dân cấp xã", None)]
        );
    }

    #[test]
    fn legal_basis_without_a_symbol_is_told() {
        let procedure = with(
            "legalBasisesDetails",
            json!([
            {"code": "Luật Thú y 2015", "name": "Luật Thú y"},
            {"code": " 84/2015/QH13 ", "name": "- Luật An toàn;"},
            {"code": "Luật số 84/2015/QH13", "name": "Luật An toàn"}]),
        );
        assert_eq!(procedure.legal_basis.len(), 1);
        assert_eq!(procedure.legal_basis[0].title.as_deref(), Some("Luật An toàn"));
        assert_eq!(
            procedure.remarks,
            [Remark { reason: Reason::NoSymbol, value: "Luật Thú y 2015: Luật Thú y".into() }]
        );
    }

    #[test]
    fn internal_and_online() {
        assert_eq!(value(&with("type", json!("STANDARD_INTERNAL")), "internal"), Some(&Draft::Bool(true)));
        assert_eq!(value(&with("isFullProcess", json!(true)), "online_level"), Some(&Draft::text("full")));
        assert_eq!(value(&with("x", json!(0)), "online_level"), Some(&Draft::text("none")));
    }
}
