//! `field-spelling`: one field of work, spelled in several ways. Also `invalid-value` for a field that is none of the site's.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::record::suggest;
use crate::record::value::Text;
use crate::say;
use crate::site::Site;
use crate::value::slug;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let named = || site.procedures.all().iter().filter(|record| record.is_sound(&["field"]));
    let mut slugs: HashMap<&str, String> = HashMap::new();
    named().map(|record| &record.content.data.field).for_each(|field| {
        slugs.entry(field).or_insert_with(|| slug(field));
    });
    let fields = Fields {
        site,
        chosen: chosen_spellings(site, &slugs, named().map(|record| &record.content.data.field)),
        slugs,
    };
    let fault =
        |record: &crate::record::Record<_>, fault: Diagnostic| Diagnostic { record: Some(record.name()), ..fault };
    named().filter_map(|record| fields.fault(&record.content.data.field).map(|found| fault(record, found))).collect()
}

/// How fields of work are spelled.
struct Fields<'a> {
    site: &'a Site,
    /// The spelling to be used, by slug.
    chosen: BTreeMap<String, String>,
    /// The slug of every spelling.
    slugs: HashMap<&'a str, String>,
}

/// The spelling of each field, by its slug: the site's own, else the one that most records use.
fn chosen_spellings<'a>(
    site: &Site,
    slugs: &HashMap<&str, String>,
    fields: impl Iterator<Item = &'a Text>,
) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for field in fields {
        *counts.entry(&slugs[&**field as &str]).or_default().entry(field).or_default() += 1;
    }
    let most = |spellings: BTreeMap<&str, usize>| {
        spellings
            .into_iter()
            .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
            .map(|(name, _)| name.to_owned())
    };
    let mut chosen: BTreeMap<String, String> =
        counts.into_iter().filter_map(|(slug, spellings)| Some((slug.to_owned(), most(spellings)?))).collect();
    chosen.extend(site.config.fields.iter().map(|field| (slug(&field.name), field.name.to_string())));
    chosen
}

impl Fields<'_> {
    fn fault(&self, field: &Text) -> Option<Diagnostic> {
        let Fields { site, chosen, slugs } = self;
        let shown: &str = field;
        let slug = &slugs[shown];
        if !site.config.fields.is_empty()
            && !site.config.fields.iter().any(|known| crate::value::slug(&known.name) == *slug)
        {
            let names = || site.config.fields.iter().map(|known| &*known.name);
            let all = suggest::listed(names());
            let help = suggest::nearest(field, names())
                .map_or_else(|| say!("các lĩnh vực: {all}", "the fields are: {all}"), suggest::did_you_mean);
            let message = say!(
                "`{shown}` không phải là lĩnh vực trong site.yaml",
                "`{shown}` is none of the fields in site.yaml"
            );
            return Some(Diagnostic::new(Code::InvalidValue, field.place, message).help(help));
        }
        let usual = chosen.get(slug).filter(|usual| usual.as_str() != shown)?;
        let message = say!("lĩnh vực này thường viết là `{usual}`", "this field is usually written `{usual}`");
        Some(Diagnostic::new(Code::FieldSpelling, field.place, message).help(suggest::did_you_mean(usual)))
    }
}
