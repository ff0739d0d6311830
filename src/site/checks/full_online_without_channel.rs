//! `full-online-without-channel`: a procedure says that all of it is done online, and no channel is online.
//!
//! People look for a button that is not there. Either the level or the channels are wrong.
//!
//! Triggers: `online_level: full` with the one channel `method: direct`. Does not: the same with a channel `method: online`.

use crate::diagnostic::{Code, Diagnostic};
use crate::record::kinds::procedure::{Method, OnlineLevel};
use crate::say;
use crate::site::Site;
use crate::site::checks::{in_use, told};

pub fn check(site: &Site) -> Vec<Diagnostic> {
    let sound = in_use(site).filter(|record| record.is_sound(&["online_level", "channels"]));
    let full = sound.filter(|record| record.content.data.online_level == OnlineLevel::Full);
    let offline = full.filter(|record| record.content.data.channels.iter().all(|way| way.method != Method::Online));
    offline
        .map(|record| {
            let message = say!(
                "ghi là trực tuyến toàn trình nhưng không có kênh nào là `online`",
                "called fully online, but no channel is `online`"
            );
            let help = say!(
                "thêm một kênh `method: online` vào `channels`, hoặc sửa `online_level`",
                "add a channel `method: online` to `channels`, or change `online_level`"
            );
            let fault =
                Diagnostic::new(Code::FullOnlineWithoutChannel, record.place("online_level"), message).help(help);
            told(record, fault.related(record.place("channels"), say!("các kênh ở đây", "the channels are here")))
        })
        .collect()
}
