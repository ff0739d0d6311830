//! From days and times of the site's own zone to instants, as feeds and calendars write them.

use jiff::ZonedDateTime;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::site::Site;
use crate::value::date::Date;

/// An instant: the time of a day in the site's zone.
pub struct Moment(ZonedDateTime);

impl Moment {
    /// The time `07:30` of a day.
    pub fn at(site: &Site, day: Date, time: &str) -> Self {
        let part = |text: Option<&str>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
        let (hour, minute) = (part(time.get(0..2)), part(time.get(3..5)));
        Moment::of(site, day, Time::new(hour, minute, 0, 0).unwrap_or_default())
    }

    /// The beginning of a day.
    pub fn start(site: &Site, day: Date) -> Self {
        Moment::of(site, day, Time::default())
    }

    /// The end of a day.
    pub fn end(site: &Site, day: Date) -> Self {
        Moment::of(site, day, Time::constant(23, 59, 59, 0))
    }

    fn of(site: &Site, day: Date, time: Time) -> Self {
        let zone = TimeZone::get(site.config.time_zone()).unwrap_or(TimeZone::UTC);
        let civil = day.civil().to_datetime(time);
        let zoned = zone.to_ambiguous_zoned_datetime(civil).compatible();
        Moment(zoned.unwrap_or_else(|_| ZonedDateTime::new(jiff::Timestamp::UNIX_EPOCH, TimeZone::UTC)))
    }

    /// `2026-10-05T07:30:00+07:00`
    pub fn rfc3339(&self) -> String {
        let offset = self.0.offset().seconds() / 60;
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        format!("{}{sign}{hours:02}:{minutes:02}", self.0.strftime("%Y-%m-%dT%H:%M:%S"))
    }

    /// `20261005T003000Z`: the same instant in UTC, which every calendar understands without a table of zones.
    pub fn utc_basic(&self) -> String {
        self.0.with_time_zone(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// `2026-10-05T00:30:00Z`
    pub fn utc(&self) -> String {
        self.0.with_time_zone(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}
