//! The `statistics` record of a period.

use std::fmt::Write;
use std::path::Path;

use crate::import::draft::Draft;
use crate::import::yaml::block;
use crate::inbox::error::Error;
use crate::inbox::period::Named;
use crate::inbox::record::NewFile;
use crate::inbox::stats::Figures;
use crate::record::kinds::contact::ContactType;
use crate::render::guest;
use crate::say;
use crate::site::Site;
use crate::value::date::Date;

/// What only a person can say where nothing came in.
#[derive(Debug, Clone, Default)]
pub struct Zero {
    /// When somebody looked.
    pub confirmed_on: Option<Date>,
    /// Where: contacts' IDs. The site's online contacts where none is named.
    pub channels: Vec<String>,
}

/// The files of the record: itself, and an overlay for each further language of the site.
///
/// # Errors
/// Where nothing came in and nobody has confirmed it.
pub fn files(site: &Site, period: &Named, figures: &Figures, zero: &Zero) -> Result<Vec<NewFile>, Error> {
    let languages = site.config.languages();
    let title = |language: &str| block("title", &Draft::text(title(language, period)));
    let path = |ending: &str| format!("content/statistics/hop-thu-{}.{ending}", period.name);
    let record =
        title(languages[0]) + &figures_of(period, figures) + &zero_report(site, figures, zero)? + &source(figures);
    let overlays = languages[1..]
        .iter()
        .map(|language| NewFile { path: path(&format!("{language}.yaml")), text: title(language) });
    Ok(std::iter::once(NewFile { path: path("yaml"), text: record }).chain(overlays).collect())
}

/// Refuses to write over what people wrote.
///
/// # Errors
/// Where the record is there, and does not come from the inbox.
pub fn may_write(root: &Path, files: &[NewFile]) -> Result<(), Error> {
    let path = root.join(&files[0].path);
    match std::fs::read_to_string(&path) {
        Ok(text) if !text.lines().any(|line| line == "source: inbox") => {
            let path = &files[0].path;
            Err(Error::Refused(say!(
                "{path} đã có và không do hộp thư ghi; đổi tên hoặc xóa tệp ấy trước",
                "{path} is there and was not written by the inbox; rename or remove it first"
            )))
        }
        _ => Ok(()),
    }
}

fn title(language: &str, period: &Named) -> String {
    let words = guest::period(language, period.start, period.end);
    match language {
        "vi" => format!("Phản ánh, kiến nghị qua hộp thư góp ý, {words}"),
        _ => format!("Feedback through the inbox, {words}"),
    }
}

fn figures_of(period: &Named, figures: &Figures) -> String {
    let Figures { opening, received, resolved_on_time, resolved_late, refused, transferred, .. } = figures;
    let (start, end) = (period.start, period.end);
    let mut text = format!("period:\n  start: {start}\n  end: {end}\ncategory: feedback\n");
    let mut line = |key: &str, number: i64| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{key}: {number}");
    };
    line("opening", *opening);
    line("received", *received);
    line("resolved_on_time", *resolved_on_time);
    line("resolved_late", *resolved_late);
    line("refused", *refused);
    line("transferred", *transferred);
    line("withdrawn_by_sender", figures.withdrawn_by_sender);
    line("closing", figures.closing);
    text + &breakdowns(figures) + &format!("answers_published: {}\n", figures.answers_published)
}

fn breakdowns(figures: &Figures) -> String {
    if figures.received == 0 {
        return String::new();
    }
    let Figures { regulation, conduct, other, received, .. } = figures;
    let mut text = format!(
        "by_class:\n  regulation: {regulation}\n  conduct: {conduct}\n  other: {other}\nby_channel:\n  online: {received}\n"
    );
    if !figures.by_procedure.is_empty() {
        text += "by_procedure:\n";
        for (code, count) in &figures.by_procedure {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  \"{code}\": {count}");
        }
    }
    text
}

fn zero_report(site: &Site, figures: &Figures, zero: &Zero) -> Result<String, Error> {
    if figures.received > 0 {
        return Ok(String::new());
    }
    let online = site.contacts.iter().filter(|record| record.content.data.r#type == ContactType::Online);
    let channels: Vec<String> =
        if zero.channels.is_empty() { online.map(|record| record.id.clone()).collect() } else { zero.channels.clone() };
    let (Some(day), false) = (zero.confirmed_on, channels.is_empty()) else {
        return Err(Error::Refused(say!(
            "kỳ này không nhận được gì: cần người xác nhận, `--confirmed-on NGÀY` và `--channel ĐẦU-MỐI`",
            "nothing came in: somebody must confirm it, `--confirmed-on DATE` and `--channel CONTACT`"
        )));
    };
    let channels: String = channels.iter().map(|channel| format!("    - {channel}\n")).collect();
    Ok(format!("zero_report:\n  confirmed_on: {day}\n  channels_checked:\n{channels}"))
}

fn source(figures: &Figures) -> String {
    format!("source: inbox\ninbox_digest: {}\n", figures.digest)
}

/// Leaves out the procedures that the site does not know: people type codes of their own.
pub fn known_only(site: &Site, figures: &mut Figures) {
    use crate::record::kind::KindName;
    figures.by_procedure.retain(|code, _| site.published_id(KindName::Procedure, code).is_some());
}
