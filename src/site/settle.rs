//! The last word on levels: `checks` in `site.yaml`, and `allow` in a record.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::common::Allowance;
use crate::record::kind::KindName;
use crate::say;
use crate::site::Site;

/// Applies changed levels and allowances, and puts the faults into order.
pub fn settle(site: &Site, mut faults: Vec<Diagnostic>) -> Diagnostics {
    let allowances = Allowances::of(site);
    faults.extend(allowances.expired(site));
    let kept = faults.into_iter().filter_map(|mut fault| {
        if fault.code.group().is_adjustable() {
            fault.level = site.config.level(fault.code)?;
        }
        (!allowances.silence(&fault, site)).then_some(fault)
    });
    Diagnostics::new(kept.collect())
}

/// The allowances of all records, by the record's name.
struct Allowances<'a>(HashMap<String, &'a [Allowance]>);

impl<'a> Allowances<'a> {
    fn of(site: &'a Site) -> Self {
        let mut all = HashMap::new();
        for kind in KindName::ALL {
            let table = site.table(*kind);
            let outlines = (0..table.count()).map(|index| table.outline(index));
            let allowing = outlines.filter(|outline| !outline.common.allow.is_empty());
            all.extend(
                allowing.map(|outline| (format!("{}:{}", kind.word(), outline.id), outline.common.allow.as_slice())),
            );
        }
        Allowances(all)
    }

    fn silence(&self, fault: &Diagnostic, site: &Site) -> bool {
        let allowed = fault.record.as_ref().and_then(|record| self.0.get(record));
        let covers = |allowance: &Allowance| allowance.check.code == fault.code && allowance.until >= site.as_of;
        fault.code.group().is_adjustable() && allowed.is_some_and(|list| list.iter().any(covers))
    }

    fn expired(&self, site: &Site) -> Vec<Diagnostic> {
        let all = self.0.iter().flat_map(|(record, list)| list.iter().map(move |allowance| (record, allowance)));
        let past = all.filter(|(_, allowance)| allowance.until < site.as_of);
        past.map(|(record, allowance)| {
            let (check, until) = (allowance.check.code, allowance.until);
            let message =
                say!("cho phép `{check}` đã hết hạn ngày {until}", "the allowance for `{check}` ended on {until}");
            let help = say!(
                "sửa điều mà kiểm tra nêu, hoặc gia hạn với lý do",
                "mend what the check tells, or extend it with a reason"
            );
            let fault = Diagnostic::new(Code::AllowanceExpired, allowance.check.place, message).help(help);
            Diagnostic { record: Some(record.clone()), ..fault }
        })
        .collect()
    }
}
