//! `online-channel-without-url`: a way to submit online that leads nowhere. A channel without its own `url` takes the portal's
//! address from `site.yaml`; this tells those where there is neither.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::Record;
use crate::record::kinds::procedure::{Method, Procedure, Status};
use crate::say;
use crate::site::Site;

pub fn check(site: &Site) -> Vec<Diagnostic> {
    if site.config.portal.as_ref().is_some_and(|portal| portal.procedure_url.is_some()) {
        return Vec::new();
    }
    site.procedures.all().iter().filter(|record| takes_dossiers(record)).flat_map(dead_ends).collect()
}

/// Whether anybody can still submit. An abolished or withdrawn procedure keeps its page only to say that it is gone.
fn takes_dossiers(record: &Record<Procedure>) -> bool {
    record.is_sound(&["status"])
        && record.content.data.status() != Status::Abolished
        && record.content.common.withdrawn.is_none()
}

fn dead_ends(record: &Record<Procedure>) -> Vec<Diagnostic> {
    let channels = record.content.data.channels.iter();
    let dead = channels.filter(|channel| channel.method == Method::Online && channel.url.is_none());
    dead.map(|channel| {
        let message = say!("kênh trực tuyến không có địa chỉ nộp", "the online channel has no address to submit at");
        let help = say!(
            "thêm `url: https://…` cho kênh này, hoặc `portal.procedure_url` trong site.yaml cho mọi thủ tục",
            "add `url: https://…` to the channel, or `portal.procedure_url` in site.yaml for all procedures"
        );
        let fault = Diagnostic::new(Code::OnlineChannelWithoutUrl, channel.place, message).help(help);
        Diagnostic { record: Some(record.name()), ..fault }
    })
    .collect()
}
