//! [`TimeFormat`]: how the times of a file are written.

use super::digits::{clock, digits};
use crate::{
    Error,
    text::{TextError, clip},
    usage::UsageError,
};
use jiff::{Timestamp, civil::DateTime, fmt::strtime, tz::TimeZone};

/// The form in which the times of a CSV file are written.
///
/// ```
/// use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat};
///
/// let file = "Zeit;Bytes\n31.12.2024 23:50:00;7\n31.12.2024 23:55:00;5\n";
/// let layout = CsvLayout::new()
///     .separator(b';')
///     .time("Zeit", TimeFormat::Pattern("%d.%m.%Y %H:%M:%S"))
///     .value("Bytes", CsvUnit::Bytes);
/// let series = layout.read(file.as_bytes(), GapPolicy::Fail)?;
/// assert_eq!(series.start().to_string(), "2024-12-31T23:50:00Z");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeFormat<'a> {
    /// `2025-01-01T00:00:00Z`, `2025-01-01 05:00:00+05:00`: an instant with its offset.
    Rfc3339,
    /// `2025-01-01T00:00:00` or `2025-01-01 00:00`: a local time, in the
    /// [zone](crate::CsvLayout::zone) of the layout.
    ///
    /// An hour that clocks show twice is resolved by the order of the rows: a time that would not come
    /// after the row before it is the second pass.
    Wall,
    /// Seconds since 1970-01-01T00:00:00Z, with a fraction or without.
    UnixSeconds,
    /// Milliseconds since 1970-01-01T00:00:00Z, with a fraction or without.
    UnixMillis,
    /// A pattern of [`jiff::fmt::strtime`], such as `%d.%m.%Y %H:%M:%S`: a local time in the zone of
    /// the layout, unless the pattern has an offset.
    Pattern(&'a str),
    /// A date and a time of day in two columns: the name of the column of the time, and the pattern of
    /// the two with a space between them.
    DateAndTime(&'a str, &'a str),
}

/// A format that owns its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    Rfc3339,
    Wall,
    UnixSeconds,
    UnixMillis,
    Pattern(String),
}

/// Reads times, one after another.
#[derive(Debug)]
pub(super) struct Times<'a> {
    format: &'a Format,
    zone: &'a TimeZone,
    /// The date that was read last, as it was written with the byte after it, and its first second
    /// since 1970 in UTC. The next row is mostly of the same day.
    date: ([u8; 11], i64),
}

#[expect(clippy::arithmetic_side_effects, reason = "digits of a date, and seconds of a day")]
impl<'a> Times<'a> {
    pub(super) fn new(format: &'a Format, zone: &'a TimeZone) -> Self {
        Self { format, zone, date: ([0; 11], 0) }
    }

    /// Reads a time; `last` is that of the row before, which tells the two passes of an hour apart.
    pub(super) fn read(&mut self, text: &str, last: Option<Timestamp>) -> Result<Timestamp, Error> {
        match self.format {
            Format::Rfc3339 => self.rfc3339(text),
            Format::Wall => {
                let read = |text: &str| text.parse::<DateTime>().ok();
                let wall = read(text).filter(|_| !text.contains('['));
                let wall = wall.ok_or_else(|| {
                    if text.parse::<Timestamp>().is_ok() {
                        return UsageError::TimeWithOffset { text: clip(text) }.into();
                    }
                    self.not_a(text, "2025-01-01 00:00:00")
                })?;
                let at = self.local(text, wall, last)?;
                Ok(at.checked_add(leap(text, &wall, read))?)
            }
            Format::UnixSeconds => self.unix(text, 1_000_000_000),
            Format::UnixMillis => self.unix(text, 1_000_000),
            Format::Pattern(pattern) => {
                let refused = || match looks_like_unix(text) {
                    Some(format) => UsageError::LooksLikeUnix { text: clip(text), format },
                    None => UsageError::TimePattern { text: clip(text), pattern: pattern.clone() },
                };
                let read = |text: &str| {
                    let read = strtime::parse(pattern, text).ok()?;
                    match (read.offset(), read.to_datetime()) {
                        (Some(_), _) => read.to_timestamp().ok().map(Read::Instant),
                        (None, Ok(wall)) => Some(Read::Wall(wall)),
                        (None, Err(_)) => None,
                    }
                };
                let found = read(text).ok_or_else(|| Error::from(refused()))?;
                let at = match found {
                    Read::Instant(at) => at,
                    Read::Wall(wall) => self.local(text, wall, last)?,
                };
                Ok(at.checked_add(leap(text, &found, read))?)
            }
        }
    }

    /// Reads the plainest form of a time, without looking at it as text, or returns `None` for another.
    pub(super) fn plain(&mut self, text: &[u8]) -> Option<Timestamp> {
        match self.format {
            Format::Rfc3339 => self.instant(text),
            Format::UnixSeconds => {
                let second = digits(text).filter(|_| text.len() <= 10)?;
                Timestamp::from_second(i64::try_from(second).ok()?).ok()
            }
            _ => None,
        }
    }

    /// Reads `2025-01-01T00:00:00Z` and `2025-01-01 05:00:00+05:00` fast, or returns `None` for any
    /// other text.
    #[inline]
    fn instant(&mut self, text: &[u8]) -> Option<Timestamp> {
        let (date, rest) = text.split_first_chunk::<11>()?;
        let (time, offset) = rest.split_first_chunk::<8>()?;
        if *date != self.date.0 {
            self.date = (*date, midnight(date)?);
        }
        let of_day = clock(*time)?;
        let ahead = match *offset {
            [b'Z'] => 0,
            [sign @ (b'+' | b'-'), h, hour, b':', m, minute] => {
                let ahead = clock([h, hour, b':', m, minute, b':', b'0', b'0'])?;
                if sign == b'+' { ahead } else { -ahead }
            }
            _ => return None,
        };
        Timestamp::from_second(self.date.1 + of_day - ahead).ok()
    }

    fn rfc3339(&self, text: &str) -> Result<Timestamp, Error> {
        let read = |text: &str| text.parse::<Timestamp>().ok();
        if let Some(at) = read(text) {
            return Ok(at.checked_add(leap(text, &at, read))?);
        }
        if text.parse::<DateTime>().is_ok() {
            return Err(UsageError::TimeWithoutOffset { text: clip(text) }.into());
        }
        Err(self.not_a(text, "2025-01-01T00:00:00Z"))
    }

    fn unix(&self, text: &str, unit: i128) -> Result<Timestamp, Error> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let read = || {
            let number = whole.strip_prefix('-').unwrap_or(whole);
            if number.is_empty() || !digits(number) || !digits(fraction) || fraction.len() > 18 {
                return None;
            }
            let whole: i128 = whole.parse().ok()?;
            let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
            let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
            let part = if text.starts_with('-') { -part } else { part };
            let nanoseconds = whole.checked_mul(unit)? + part * unit / scale;
            Timestamp::from_nanosecond(nanoseconds).ok()
        };
        let looks_like = looks_like_unix(text);
        let (own, example) = match unit {
            1_000_000 => ("UnixMillis", "1735689600000"),
            _ => ("UnixSeconds", "1735689600"),
        };
        match (read(), looks_like) {
            // Seconds that are taken for milliseconds are times in 1970, without a word.
            (_, Some(format)) if format != own => {
                Err(UsageError::LooksLikeUnix { text: clip(text), format }.into())
            }
            (Some(at), _) => Ok(at),
            (None, _) => Err(self.not_a(text, example)),
        }
    }

    fn local(
        &self,
        text: &str,
        wall: DateTime,
        last: Option<Timestamp>,
    ) -> Result<Timestamp, Error> {
        let ambiguous = self.zone.to_ambiguous_timestamp(wall);
        let zone = || self.zone.iana_name().unwrap_or("the zone").to_owned();
        let refused = || Error::from(TextError::LocalTime { text: clip(text), zone: zone() });
        match ambiguous.offset() {
            jiff::tz::AmbiguousOffset::Unambiguous { .. } => Ok(ambiguous.compatible()?),
            jiff::tz::AmbiguousOffset::Fold { .. } => {
                let last = last.ok_or_else(refused)?;
                let [first, second] = [ambiguous.earlier()?, ambiguous.later()?];
                Ok(if first > last { first } else { second })
            }
            jiff::tz::AmbiguousOffset::Gap { .. } => Err(refused()),
        }
    }

    /// Returns the error for a text that is not a time, which names the format that would read it.
    fn not_a(&self, text: &str, example: &'static str) -> Error {
        let is_number = matches!(self.format, Format::UnixSeconds | Format::UnixMillis);
        if !is_number && let Some(format) = looks_like_unix(text) {
            return UsageError::LooksLikeUnix { text: clip(text), format }.into();
        }
        if is_number && text.parse::<Timestamp>().is_ok() {
            return UsageError::LooksLikeText { text: clip(text), format: "Rfc3339" }.into();
        }
        if is_number && text.parse::<DateTime>().is_ok() {
            return UsageError::LooksLikeText { text: clip(text), format: "Wall" }.into();
        }
        TextError::Invalid { what: "time", text: clip(text), example }.into()
    }
}

/// Returns the first second of a date that is followed by a `T` or a space, in UTC.
fn midnight(text: &[u8; 11]) -> Option<i64> {
    let [date @ .., b'T' | b' '] = text else { return None };
    let date: jiff::civil::Date = str::from_utf8(date).ok()?.parse().ok()?;
    Some(TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_second())
}

/// What a pattern reads: an instant, or a local time.
#[derive(PartialEq)]
enum Read {
    Instant(Timestamp),
    Wall(DateTime),
}

/// Returns one second if `text` is in a leap second, else zero.
///
/// `jiff` reads second 60 as second 59. The text is in a leap second if it reads the same with one `60`
/// in it made `59`: of no other part of a time do both mean the same.
fn leap<T: PartialEq>(
    text: &str,
    found: &T,
    read: impl Fn(&str) -> Option<T>,
) -> jiff::SignedDuration {
    let is_leap = text.match_indices("60").any(|(place, sixty)| {
        let (before, after) = text.split_at(place);
        let after = after.strip_prefix(sixty).unwrap_or(after);
        read(&format!("{before}59{after}")).as_ref() == Some(found)
    });
    jiff::SignedDuration::from_secs(i64::from(is_leap))
}

/// Returns the format of a number that looks like a time since 1970.
fn looks_like_unix(text: &str) -> Option<&'static str> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole.len() {
        9 | 10 => Some("UnixSeconds"),
        12 | 13 => Some("UnixMillis"),
        _ => None,
    }
}

impl TimeFormat<'_> {
    /// Returns the format that owns its texts, and the column of the time of day, if it is another.
    pub(super) fn owned(self) -> (Format, Option<String>) {
        match self {
            Self::Rfc3339 => (Format::Rfc3339, None),
            Self::Wall => (Format::Wall, None),
            Self::UnixSeconds => (Format::UnixSeconds, None),
            Self::UnixMillis => (Format::UnixMillis, None),
            Self::Pattern(pattern) => (Format::Pattern(pattern.to_owned()), None),
            Self::DateAndTime(column, pattern) => {
                (Format::Pattern(pattern.to_owned()), Some(column.to_owned()))
            }
        }
    }
}
