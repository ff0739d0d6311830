//! What the inbox knows of the site: its look, its languages, its working days. Read once, when the inbox starts.

use std::path::Path;

use jiff::tz::TimeZone;

use crate::disk;
use crate::inbox::error::Error;
use crate::inbox::working_days;
use crate::plan::Plan;
use crate::record::config::Hook;
use crate::record::kinds::answer::Topic;
use crate::record::kinds::contact::ContactType;
use crate::render::guest::Guest;
use crate::render::theme::Theme;
use crate::say;
use crate::site::{self, Day, Options, Site};
use crate::source::Snapshot;
use crate::value::date::Date;

/// How many working days an answer may take where no contact of the site says it.
const RESPONSE_DAYS: u16 = 10;

/// How long feedback is kept where the site does not say it, in months.
const RETENTION_MONTHS: i64 = 24;

/// The site as the inbox sees it.
pub struct Agency {
    /// The look of its pages.
    pub pages: Guest,
    /// The topics that the form offers.
    pub topics: Vec<Topic>,
    /// The language of those who name none.
    pub language: String,
    /// Whether people reach the inbox by https, so that its cookies are for https only.
    pub secure: bool,
    /// The calendar.
    pub calendar: Calendar,
}

/// The site's days.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    holidays: Vec<Date>,
    response_days: u16,
    retention_months: i64,
}

impl Agency {
    /// Reads the site in a folder.
    ///
    /// # Errors
    /// Where it cannot be read, or its configuration or theme is unsound.
    pub fn read(root: &Path, now: i64) -> Result<Self, Error> {
        let snapshot = snapshot(root)?;
        let site = site_of(&snapshot, now)?;
        let theme = Theme::load(&snapshot, site.config.theme()).map_err(|_| unsound())?;
        let (plan, _) = Plan::new(&site, &theme.names(), &snapshot);
        let feedback = site.config.feedback.as_ref();
        let endpoint = feedback.filter(|feedback| feedback.hook() == Hook::Inbox).and_then(|f| f.endpoint.as_ref());
        Ok(Agency {
            topics: site.config.topics(),
            language: site.config.default_language().to_owned(),
            secure: endpoint.is_some_and(|endpoint| endpoint.starts_with("https:")),
            calendar: Calendar::of(&site),
            pages: Guest::new(&site, plan, theme),
        })
    }

    /// The language to answer in.
    pub fn language<'a>(&'a self, asked: &'a str) -> &'a str {
        if self.pages.speaks(asked) { asked } else { &self.language }
    }
}

/// The site's files.
///
/// # Errors
/// Where they cannot be read.
pub fn snapshot(root: &Path) -> Result<Snapshot, Error> {
    disk::snapshot::read(root).map_err(|error| Error::Disk(error.message()))
}

/// The site, for the day of a moment.
///
/// # Errors
/// Where its configuration is unsound.
pub fn site_of(snapshot: &Snapshot, now: i64) -> Result<Site, Error> {
    let options = Options { as_of: Day::At(now), ..Options::default() };
    site::load(snapshot, &options).site.ok_or_else(unsound)
}

fn unsound() -> Error {
    Error::Refused(say!(
        "cấu hình hoặc giao diện của trang có lỗi; xem `minhbach check`",
        "the site's configuration or theme has errors; see `minhbach check`"
    ))
}

impl Calendar {
    /// A site's.
    pub fn of(site: &Site) -> Self {
        let online = site.contacts.iter().map(|record| &record.content.data);
        let mut days = online.filter(|contact| contact.r#type == ContactType::Online);
        let response =
            days.find_map(|contact| contact.response_days.as_ref().and_then(|days| u16::try_from(**days).ok()));
        let retention = site.config.feedback.as_ref().and_then(|feedback| feedback.retention_months.as_ref());
        Calendar {
            zone: TimeZone::get(site.config.time_zone()).unwrap_or(TimeZone::UTC),
            holidays: site.config.holidays.clone(),
            response_days: response.unwrap_or(RESPONSE_DAYS),
            retention_months: retention.map_or(RETENTION_MONTHS, |months| **months),
        }
    }

    /// The site's day at a moment in seconds.
    pub fn day(&self, now: i64) -> Date {
        let moment = jiff::Timestamp::from_second(now).unwrap_or_default();
        Date::from_civil(moment.to_zoned_datetime(self.zone.clone()).date())
    }

    /// The day by which what comes on a day is to be answered.
    pub fn due(&self, day: Date) -> Date {
        working_days::after(day, self.response_days, &self.holidays)
    }

    /// What was closed before this day is kept no longer.
    pub fn kept_since(&self, today: Date) -> Date {
        today.plus_months(-self.retention_months)
    }
}
