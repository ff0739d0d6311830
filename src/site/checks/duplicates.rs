//! `duplicate-code` and `duplicate-symbol`: two records with one identity.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::document::Document;
use crate::record::value::Text;
use crate::say;
use crate::site::Site;

/// Procedures with the same code.
pub fn codes(site: &Site) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, &Text> = HashMap::new();
    let mut faults = Vec::new();
    for record in site.procedures.all().iter().filter(|record| record.is_sound(&["code"])) {
        let code: &Text = &record.content.data.code;
        match first.get(&**code) {
            None => {
                first.insert(code, code);
            }
            Some(other) => {
                let shown: &str = code;
                let message = say!("mã `{shown}` đã có ở thủ tục khác", "the code `{shown}` is another procedure's");
                let fault = Diagnostic::new(Code::DuplicateCode, code.place, message)
                    .related(other.place, say!("mã này ở đây", "the same code is here"));
                faults.push(Diagnostic { record: Some(record.name()), ..fault });
            }
        }
    }
    faults
}

/// Documents that agree in symbol, date and issuer, as far as both have them.
pub fn symbols(site: &Site) -> Vec<Diagnostic> {
    let mut by_symbol: HashMap<&str, Vec<&Record<Document>>> = HashMap::new();
    let mut faults = Vec::new();
    for record in site.documents.all().iter().filter(|record| record.is_sound(&["symbol"])) {
        let symbol: &Text = &record.content.data.symbol;
        let earlier = by_symbol.entry(symbol).or_default();
        if let Some(other) = earlier.iter().find(|other| same_identity(&other.content.data, &record.content.data)) {
            let shown: &str = symbol;
            let message = say!("văn bản `{shown}` đã có bản ghi khác", "the document `{shown}` has another record");
            let help = say!(
                "gộp hai bản ghi; nếu là hai văn bản khác nhau thì ghi rõ ngày và cơ quan ban hành",
                "merge the two; if they differ, give the date and issuer of both"
            );
            let fault = Diagnostic::new(Code::DuplicateSymbol, symbol.place, message)
                .help(help)
                .related(other.content.data.symbol.place, say!("bản ghi kia ở đây", "the other record is here"));
            faults.push(Diagnostic { record: Some(record.name()), ..fault });
        }
        earlier.push(record);
    }
    faults
}

fn same_identity(a: &Document, b: &Document) -> bool {
    fn agree<T>(a: Option<T>, b: Option<T>, same: impl Fn(&T, &T) -> bool) -> bool {
        a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| same(a, b))
    }
    let issuer = |document: &Document| document.issuer.as_ref().map(|issuer| crate::value::slug(issuer));
    agree(a.issued_on, b.issued_on, |a, b| a == b) && agree(issuer(a), issuer(b), |a, b| a == b)
}
