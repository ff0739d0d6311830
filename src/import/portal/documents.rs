//! Which documents the procedures mention, over all of them: one record for each, however often and variously it is named.
//!
//! A symbol is one document, unless publishing decisions of one symbol have different days or issuers, or provinces cite a local
//! symbol (every province numbers its own) under different names.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::draft::{Draft, Kind, Record};
use crate::import::portal::procedure::{Mention, Procedure};
use crate::import::portal::symbol;
use crate::value::date::Date;
use crate::value::slug;

/// All documents, in the order of their symbols.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents.
    pub all: Vec<Document>,
    by_symbol: BTreeMap<String, Vec<usize>>,
    /// Local symbols under which provinces cite different documents.
    split: BTreeSet<String>,
}

/// One document, of all that is said about it.
#[derive(Debug, Default)]
pub struct Document {
    /// Its symbol.
    pub symbol: String,
    /// Its day, where a decision has it.
    issued_on: Option<Date>,
    /// Its issuer, where it takes one to tell it from others.
    issuer: Option<String>,
    /// The agency whose procedures it publishes.
    publisher: Option<String>,
    /// Its names, and how often each is used.
    titles: BTreeMap<String, usize>,
    /// Days told behind its symbol.
    days: BTreeSet<Date>,
}

impl Documents {
    /// The documents that procedures mention.
    pub fn of<'a>(procedures: impl Iterator<Item = &'a Procedure> + Clone) -> Documents {
        let decisions = procedures.clone().filter_map(|procedure| procedure.decision.as_ref());
        let cited = procedures.flat_map(|procedure| &procedure.legal_basis);
        let mut documents = Documents { split: split(cited.clone()), ..Documents::default() };
        let mut mentions: Vec<&Mention> = decisions.chain(cited).collect();
        // Those that tell most come first, so that the others find them; the rest is for the same order every time.
        mentions.sort_by(|a, b| documents.rank(a).cmp(&documents.rank(b)));
        for mention in mentions {
            documents.add(mention);
        }
        documents
    }

    /// The document that is meant; none where it may be one of several.
    pub fn find(&self, mention: &Mention) -> Option<usize> {
        let (issuer, issued_on) = self.identity(mention);
        let fitting = |&&at: &&usize| self.all[at].fits(issuer.as_deref(), issued_on);
        let fits: Vec<usize> = self.by_symbol.get(&mention.symbol)?.iter().filter(fitting).copied().collect();
        let own = |&&at: &&usize| self.all[at].publisher.as_deref() == Some(mention.publisher.as_str());
        match fits[..] {
            [only] => Some(only),
            _ => {
                let mut own = fits.iter().filter(own);
                own.next().filter(|_| own.next().is_none()).copied()
            }
        }
    }

    fn rank<'a>(&self, mention: &'a Mention) -> (&'a str, bool, bool, Option<Date>, &'a str, Option<&'a str>) {
        let (issuer, issued_on) = self.identity(mention);
        let (symbol, title) = (mention.symbol.as_str(), mention.title.as_deref());
        (symbol, issued_on.is_none(), issuer.is_none(), issued_on, mention.publisher.as_str(), title)
    }

    /// What tells a mentioned document from others of its symbol.
    fn identity(&self, mention: &Mention) -> (Option<String>, Option<Date>) {
        match &mention.title {
            None => (Some(in_full(&mention.publisher)), mention.issued_on),
            Some(_) if self.split.contains(&mention.symbol) => (local_issuer(mention), None),
            Some(_) => (None, None),
        }
    }

    fn add(&mut self, mention: &Mention) {
        let (issuer, issued_on) = self.identity(mention);
        let several = self.by_symbol.get(&mention.symbol).is_some_and(|all| all.len() > 1);
        let at = match self.find(mention) {
            Some(at) => at,
            // A bare symbol that several documents have is none of them for certain, and no new one.
            None if several && issuer.is_none() && issued_on.is_none() => return,
            None => {
                self.all.push(Document { symbol: mention.symbol.clone(), ..Document::default() });
                self.by_symbol.entry(mention.symbol.clone()).or_default().push(self.all.len() - 1);
                self.all.len() - 1
            }
        };
        let document = &mut self.all[at];
        document.issuer = document.issuer.take().or(issuer);
        document.issued_on = document.issued_on.or(issued_on);
        match &mention.title {
            Some(title) => *document.titles.entry(title.clone()).or_default() += 1,
            None => document.publisher = Some(mention.publisher.clone()),
        }
        document.days.extend(mention.issued_on);
    }

    /// Whether a symbol belongs to one of these documents only.
    pub fn is_single(&self, symbol: &str) -> bool {
        self.by_symbol.get(symbol).is_none_or(|all| all.len() < 2)
    }
}

/// The local symbols that procedures of different provinces cite under different names.
fn split<'a>(cited: impl Iterator<Item = &'a Mention>) -> BTreeSet<String> {
    let mut uses: BTreeMap<&str, BTreeSet<(&str, String)>> = BTreeMap::new();
    for mention in cited.filter(|mention| symbol::is_local(&mention.symbol)) {
        if let (Some(area), Some(title)) = (area(&mention.publisher), &mention.title) {
            uses.entry(&mention.symbol).or_default().insert((area, slug(title)));
        }
    }
    let differ = |uses: &BTreeSet<(&str, String)>| {
        let areas: BTreeSet<&str> = uses.iter().map(|(area, _)| *area).collect();
        let titles: BTreeSet<&str> = uses.iter().map(|(_, title)| title.as_str()).collect();
        areas.len() > 1 && titles.len() > 1
    };
    uses.into_iter().filter(|(_, uses)| differ(uses)).map(|(symbol, _)| symbol.to_owned()).collect()
}

/// The province in an agency's name: `tỉnh Hà Tĩnh` of `UBND tỉnh Hà Tĩnh`.
fn area(agency: &str) -> Option<&str> {
    ["tỉnh ", "Tỉnh ", "thành phố ", "Thành phố "].iter().find_map(|word| agency.find(word).map(|at| &agency[at..]))
}

fn local_issuer(mention: &Mention) -> Option<String> {
    let body = if mention.symbol.contains("HĐND") { "Hội đồng nhân dân" } else { "Ủy ban nhân dân" };
    area(&mention.publisher).map(|area| format!("{body} {area}"))
}

fn in_full(agency: &str) -> String {
    match agency.strip_prefix("UBND ") {
        Some(area) => format!("Ủy ban nhân dân {area}"),
        None => agency.to_owned(),
    }
}

impl Document {
    fn fits(&self, issuer: Option<&str>, issued_on: Option<Date>) -> bool {
        let same_issuer = self.issuer.as_deref().zip(issuer).is_none_or(|(a, b)| slug(a) == slug(b));
        let same_day = self.issued_on.zip(issued_on).is_none_or(|(a, b)| a == b);
        same_issuer && same_day
    }

    /// The record; `single`: no other document has its symbol.
    pub fn record(&self, single: bool) -> Record {
        let title = self.title();
        let by_symbol = symbol::issuer(&self.symbol).map(str::to_owned);
        let issuer = if single { by_symbol.or_else(|| self.issuer.clone()) } else { self.issuer.clone().or(by_symbol) };
        let issuer = issuer.filter(|issuer| !issuer.is_empty());
        let told = || self.days.first().copied().filter(|_| self.days.len() == 1);
        Record::new(
            Kind::Document,
            [
                ("symbol", Some(Draft::text(&self.symbol))),
                ("type", symbol::kind(&self.symbol, &title).map(Draft::text)),
                ("issuer", issuer.map(Draft::Text)),
                ("title", Some(Draft::Text(title))),
                ("issued_on", self.issued_on.or_else(told).map(Draft::Date)),
            ],
        )
    }

    /// The name that is used most; of those the longest. A publishing decision has none in the portal.
    fn title(&self) -> String {
        let best = self.titles.iter().max_by_key(|(title, uses)| (**uses, title.chars().count()));
        best.map_or_else(|| self.decision_title(), |(title, _)| title.clone())
    }

    fn decision_title(&self) -> String {
        let kind = symbol::kind(&self.symbol, "").unwrap_or("Văn bản");
        let by = self.publisher.as_deref().filter(|publisher| !publisher.is_empty());
        let by = by.map(|publisher| format!(" của {}", in_full(publisher))).unwrap_or_default();
        format!("{kind} số {}{by} công bố thủ tục hành chính", self.symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::portal::unmapped::Unmapped;
    use crate::import::yaml;

    fn mention(symbol: &str, title: Option<&str>, day: Option<&str>, publisher: &str) -> Mention {
        let issued_on = day.and_then(Date::parse);
        Mention { symbol: symbol.into(), title: title.map(str::to_owned), issued_on, publisher: publisher.into() }
    }

    fn documents(decisions: &[Mention], cited: &[Mention]) -> Documents {
        let procedure = |decision: Option<&Mention>, legal_basis: &[Mention]| Procedure {
            code: String::new(),
            updated_at: 0,
            keys: Vec::new(),
            agencies: [Vec::new(), Vec::new(), Vec::new()],
            decision: decision.cloned(),
            legal_basis: legal_basis.to_vec(),
            places: Vec::new(),
            remarks: Vec::new(),
            unmapped: Unmapped::default(),
        };
        let mut all: Vec<Procedure> = decisions.iter().map(|decision| procedure(Some(decision), &[])).collect();
        all.push(procedure(None, cited));
        Documents::of(all.iter())
    }

    #[test]
    fn a_document_is_one_however_it_is_named() {
        let all = documents(
            &[],
            &[
                mention("16/2017/QH14", Some("Luật 16/2017/QH14"), None, "A"),
                mention("16/2017/QH14", Some("Luật Lâm nghiệp"), None, "B"),
                mention("16/2017/QH14", Some("Luật Lâm nghiệp"), Some("2017-11-15"), "C"),
            ],
        );
        assert_eq!(all.all.len(), 1);
        assert_eq!(
            yaml::record(&all.all[0].record(true)),
            "symbol: 16/2017/QH14\ntype: Luật\nissuer: Quốc hội\ntitle: Luật Lâm nghiệp\nissued_on: 2017-11-15\n"
        );
    }

    #[test]
    fn decisions_of_one_symbol_differ_by_day_and_issuer() {
        let decisions = [
            mention("2096/QĐ-UBND", None, Some("2025-08-07"), "UBND tỉnh Lai Châu"),
            mention("2096/QĐ-UBND", None, Some("2025-08-19"), "UBND tỉnh Hà Tĩnh"),
            mention("2096/QĐ-UBND", None, None, "UBND tỉnh Hà Tĩnh"),
        ];
        let all = documents(&decisions, &[]);
        assert_eq!(all.all.len(), 2);
        assert_eq!(all.find(&decisions[1]), all.find(&decisions[2]));
        assert_ne!(all.find(&decisions[0]), all.find(&decisions[1]));
        let elsewhere = mention("2096/QĐ-UBND", Some("x"), None, "UBND tỉnh Cà Mau");
        assert_eq!(all.find(&elsewhere), None);
    }

    #[test]
    fn provinces_may_have_one_symbol_for_different_documents() {
        let cited = [
            mention("35/2025/NQ-HĐND", Some("Mức thu phí"), None, "UBND tỉnh Đồng Tháp"),
            mention("35/2025/NQ-HĐND", Some("Hỗ trợ đổi mới"), None, "UBND Thành phố Hà Nội"),
        ];
        let all = documents(&[], &cited);
        let issuers: Vec<_> = all.all.iter().map(|document| document.issuer.clone().unwrap_or_default()).collect();
        assert_eq!(issuers, ["Hội đồng nhân dân Thành phố Hà Nội", "Hội đồng nhân dân tỉnh Đồng Tháp"]);
        let same = [
            mention("18/2026/QĐ-UBND", Some("Về đất đai"), None, "UBND tỉnh Đồng Tháp"),
            mention("18/2026/QĐ-UBND", Some("Về đất đai"), None, "UBND Thành phố Đồng Nai"),
        ];
        assert_eq!(documents(&[], &same).all.len(), 1);
    }
}
