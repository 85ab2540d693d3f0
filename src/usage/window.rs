//! [`Window`]: local times of day, on some days of the week.

use crate::{
    Error,
    text::{TextError, clip},
    usage::{UsageSeries, series::LeftOut},
};
use core::{fmt, str::FromStr};
use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

/// A window of local times: the hours of the day and the days of the week that a contract counts.
///
/// The start is part of the window and the end is not. A window whose end is not after its start goes
/// on over midnight. Days are the local dates of the slots themselves: the hours after midnight
/// of the night from Friday to Saturday are on Saturday.
///
/// ```
/// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::{Timestamp, tz::TimeZone}, usage::Window};
/// use core::time::Duration;
///
/// let nights: Window = "22:00 to 06:00".parse()?;
/// let week_nights = nights.on("Mon to Fri")?;
/// assert_eq!(week_nights.to_string(), "22:00 to 06:00 on Mon to Fri");
///
/// let start: Timestamp = "2025-01-06T00:00:00Z".parse()?; // a Monday
/// let rates = (0..24).map(DataRate::from_mbps); // hour by hour
/// let day = UsageSeries::from_rates(start, Duration::from_secs(3_600), rates)?;
/// let night = day.within(&week_nights, &TimeZone::UTC)?;
/// assert_eq!(night.known(), 8); // 0 to 5 and 22 and 23
/// assert_eq!(night.percentile(Percentile::P95), DataRate::from_mbps(23));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Text
///
/// Two times of day, and days of three letters if not all: `22:00 to 06:00`,
/// `00:00 to 24:00 on Sat, Sun`, `08:00 to 20:00 on Mon to Fri`. A range of days may go on over Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// Minutes of the day, from 0 to 1439.
    from: u16,
    /// Minutes of the day, from 1 to 1440.
    to: u16,
    /// One bit for each day, the lowest for Monday.
    days: u8,
}

const DAY: u16 = 24 * 60;
const ALL_DAYS: u8 = 0b111_1111;
const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Window {
    /// Returns the window on the given days of the week only.
    ///
    /// # Errors
    ///
    /// [`TextError::Invalid`] for a text that is not days.
    ///
    /// ```
    /// use bandwidth_cost::usage::Window;
    ///
    /// let nights: Window = "22:00 to 06:00".parse()?;
    /// assert_eq!(nights.on("Sat, Sun")?.to_string(), "22:00 to 06:00 on Sat, Sun");
    /// assert_eq!(
    ///     nights.on("weekends").unwrap_err().to_string(),
    ///     "invalid list of days `weekends`: expected a list of days such as Mon to Fri or Sat, Sun",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn on(self, days: &str) -> Result<Self, Error> {
        Ok(Self { days: read_days(days)?, ..self })
    }

    /// Returns whether a local time on a local date is in the window.
    pub(crate) fn contains(self, date: Date, time: Time) -> bool {
        let is_day = self.days >> day_of(date.weekday()) & 1 == 1;
        is_day && self.has_time(time)
    }

    fn has_time(self, time: Time) -> bool {
        let hour = u16::from(time.hour().unsigned_abs());
        let minute =
            hour.saturating_mul(60).saturating_add(u16::from(time.minute().unsigned_abs()));
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

impl UsageSeries {
    /// Returns the series with only the slots that begin in a window of local time; the others are left
    /// out.
    ///
    /// # Errors
    ///
    /// [`UsageError::EmptySeries`](crate::usage::UsageError::EmptySeries) if all slots are then left out.
    ///
    /// See [`Window`] for an example.
    pub fn within(&self, window: &Window, zone: &TimeZone) -> Result<Self, Error> {
        let mut flags = Vec::with_capacity(self.len());
        let mut offset = LocalOffset::new(zone, self.start());
        for slot in 0..self.len() {
            let local = offset.local(self.edge(slot));
            flags.push(!(self.is_known(slot) && window.contains(local.date(), local.time())));
        }
        let left_out = LeftOut::of(flags.iter().copied());
        let kept = self.volumes().iter().zip(&flags);
        let volumes =
            kept.map(|(volume, is_out)| if *is_out { Default::default() } else { *volume });
        Self::new(self.grid(), volumes.collect(), left_out)
    }
}

/// The offset of a time zone, looked up only where the clocks change.
struct LocalOffset<'a> {
    zone: &'a TimeZone,
    offset: jiff::tz::Offset,
    /// The first instant at which the offset may be another.
    until: Timestamp,
}

impl<'a> LocalOffset<'a> {
    fn new(zone: &'a TimeZone, at: Timestamp) -> Self {
        let until = zone.following(at).next().map_or(Timestamp::MAX, |next| next.timestamp());
        Self { zone, offset: zone.to_offset(at), until }
    }

    /// Returns the local time of an instant that is not before the last one.
    fn local(&mut self, at: Timestamp) -> jiff::civil::DateTime {
        if at >= self.until {
            *self = Self::new(self.zone, at);
        }
        self.offset.to_datetime(at)
    }
}

fn day_of(weekday: Weekday) -> u8 {
    weekday.to_monday_zero_offset().unsigned_abs()
}

fn read_days(text: &str) -> Result<u8, Error> {
    let invalid = || {
        let (what, example) = ("list of days", "Mon to Fri or Sat, Sun");
        Error::from(TextError::Invalid { what, text: clip(text), example })
    };
    let day = |name: &str| NAMES.iter().position(|known| *known == name.trim());
    let mut days = 0;
    for part in text.split(',') {
        let (from, to) = part.split_once(" to ").unwrap_or((part, part));
        let (Some(from), Some(to)) = (day(from), day(to)) else {
            return Err(invalid());
        };
        // A range may go on over Sunday.
        let in_range = |day: &usize| {
            if from <= to { (from..=to).contains(day) } else { *day >= from || *day <= to }
        };
        for day in (0..NAMES.len()).filter(in_range) {
            days |= 1 << day;
        }
    }
    Ok(days)
}

impl FromStr for Window {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || {
            let (what, example) = ("window", "22:00 to 06:00");
            Error::from(TextError::Invalid { what, text: clip(text), example })
        };
        let time = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let is_number =
                |digits: &str| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
            let number = |digits: &str| {
                if is_number(digits) { digits.parse::<u16>().ok() } else { None }
            };
            let minutes = number(hour)?.checked_mul(60)?.checked_add(number(minute)?)?;
            (minutes <= DAY && number(minute)? < 60).then_some(minutes)
        };
        let (times, days) = match text.split_once(" on ") {
            Some((times, days)) => (times, read_days(days)?),
            None => (text, ALL_DAYS),
        };
        let times = times.split_once(" to ").and_then(|(from, to)| Some((time(from)?, time(to)?)));
        let (from, to) = times.ok_or_else(invalid)?;
        if from == DAY || from == to {
            return Err(invalid());
        }
        // Until midnight is until the end of the day.
        let to = if to == 0 { DAY } else { to };
        Ok(Self { from, to, days })
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let mut text = format!("{} to {}", time(self.from), time(self.to));
        if self.days != ALL_DAYS {
            text = format!("{text} on {}", days_text(self.days));
        }
        f.pad(&text)
    }
}

/// Writes days: a range where they follow one another, else a list.
fn days_text(days: u8) -> String {
    let has = |day: usize| days >> (day % 7) & 1 == 1;
    let starts: Vec<usize> = (0..7).filter(|&day| has(day) && !has(day.wrapping_add(6))).collect();
    let count = days.count_ones() as usize;
    match *starts {
        [first] if count > 2 => {
            let last = first.wrapping_add(count).wrapping_sub(1) % 7;
            let name = |day| NAMES.get(day).copied().unwrap_or_default();
            format!("{} to {}", name(first), name(last))
        }
        _ => {
            let names = NAMES.iter().enumerate().filter(|(day, _)| has(*day));
            names.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
        }
    }
}
