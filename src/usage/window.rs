//! [`Window`]: local times of day, on some days of the week.

use crate::{
    Error,
    text::{TextError, clip},
};
use core::{fmt, ops::Range, str::FromStr};
use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
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

    /// Returns the window of some days of the week, from midnight to midnight.
    #[cfg(feature = "serde")]
    pub(crate) fn whole_days(days: &str) -> Result<Self, Error> {
        Self { from: 0, to: DAY, days: ALL_DAYS }.on(days)
    }

    /// Reads two times of day, without days.
    #[cfg(feature = "serde")]
    pub(crate) fn read_hours(text: &str) -> Result<Self, Error> {
        if text.contains(" on ") { Err(not_a_window(text)) } else { text.parse() }
    }

    /// Returns the times of day as they are written, or `None` if the days say it all.
    #[cfg(feature = "serde")]
    pub(crate) fn hours_text(self) -> Option<String> {
        self.has_hours().then(|| Self { days: ALL_DAYS, ..self }.to_string())
    }

    /// Returns whether the times of day say something that the days do not.
    pub(crate) fn has_hours(self) -> bool {
        (self.from, self.to) != (0, DAY) || self.days == ALL_DAYS
    }

    /// Returns the days of the week as they are written, or `None` for all.
    #[cfg(feature = "serde")]
    pub(crate) fn days_text(self) -> Option<String> {
        (self.days != ALL_DAYS).then(|| days_text(self.days))
    }

    /// Returns whether the window is open on a local date.
    pub(crate) fn is_on(self, date: Date) -> bool {
        self.days >> date.weekday().to_monday_zero_offset() & 1 == 1
    }

    /// Returns the minutes of the week in the window, from Monday on.
    pub(crate) fn minutes(self) -> impl Iterator<Item = (u8, Range<u16>)> {
        (0..7).filter(move |day| self.days >> day & 1 == 1).flat_map(move |day| {
            self.of_a_day().into_iter().filter(|part| !part.is_empty()).map(move |part| (day, part))
        })
    }

    /// Creates the windows that hold some minutes of the week, and no others.
    ///
    /// `minutes` has those of each day, from Monday on.
    pub(crate) fn of_minutes(minutes: &[Vec<bool>]) -> Vec<Self> {
        let mut windows = Vec::<Self>::new();
        for (day, minutes) in minutes.iter().enumerate() {
            let mut minutes = (0_u16..).zip(minutes).peekable();
            while let Some((from, is_in)) = minutes.next() {
                if !is_in {
                    continue;
                }
                let mut to = from.saturating_add(1);
                while let Some((minute, _)) = minutes.next_if(|(_, is_in)| **is_in) {
                    to = minute.saturating_add(1);
                }
                match windows.iter_mut().find(|window| (window.from, window.to) == (from, to)) {
                    Some(window) => window.days |= 1 << day,
                    None => windows.push(Self { from, to, days: 1 << day }),
                }
            }
        }
        // A morning and an evening of the same days are a night.
        while let Some((morning, evening)) = windows.iter().enumerate().find_map(|(at, morning)| {
            let is_night = |evening: &Self| {
                evening.to == DAY && evening.days == morning.days && evening.from > morning.to
            };
            let evening = windows.iter().position(is_night)?;
            (morning.from == 0).then_some((at, evening))
        }) {
            let to = windows.get(morning).map(|morning| morning.to);
            if let (Some(night), Some(to)) = (windows.get_mut(evening), to) {
                night.to = to;
            }
            windows.remove(morning);
        }
        windows
    }

    /// Returns the minutes of a day in the window: one part, or two of a night.
    fn of_a_day(self) -> [Range<u16>; 2] {
        if self.from < self.to { [self.from..self.to, 0..0] } else { [0..self.to, self.from..DAY] }
    }

    /// Returns the times of a span at which the clocks of a zone show a time in the window, in
    /// nanoseconds since 1970: spans of time in ascending order that do not touch.
    ///
    /// Between two changes of the clocks, each local day is 24 hours on from the one before.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the nanoseconds of timestamps take 75 bits, and the divisors are constants"
    )]
    pub(crate) fn spans(
        self,
        span: Range<Timestamp>,
        zone: &TimeZone,
    ) -> impl Iterator<Item = Range<i128>> {
        const MINUTE: i128 = 60_000_000_000;
        const DAY: i128 = 24 * 60 * MINUTE;
        // 1970 began on a Thursday.
        const THURSDAY: i128 = 3;
        let (start, end) = (span.start.as_nanosecond(), span.end.as_nanosecond());
        let changes = zone
            .following(span.start)
            .map(|change| (change.timestamp().as_nanosecond(), change.offset()))
            .take_while(move |(at, _)| *at < end)
            .chain([(end, Offset::UTC)]);
        // From one change to the next, with the offset there.
        let steady = changes.scan((start, zone.to_offset(span.start)), |last, next| {
            let (from, offset) = core::mem::replace(last, next);
            Some((from, next.0, i128::from(offset.seconds()) * 1_000_000_000))
        });
        let of_days = steady.flat_map(move |(from, to, offset)| {
            let (from, to) = (from + offset, to + offset);
            let days = from.div_euclid(DAY)..=(to - 1).div_euclid(DAY);
            let days = days.filter(move |day| self.days >> (day + THURSDAY).rem_euclid(7) & 1 == 1);
            days.flat_map(move |day| {
                self.of_a_day().map(|part| {
                    let [start, end] = [part.start, part.end].map(|minute| {
                        (day * DAY + i128::from(minute) * MINUTE).clamp(from, to) - offset
                    });
                    start..end
                })
            })
        });
        let mut spans = of_days.filter(|span| !span.is_empty()).peekable();
        core::iter::from_fn(move || {
            let mut span = spans.next()?;
            while let Some(next) = spans.next_if(|next| next.start == span.end) {
                span.end = next.end;
            }
            Some(span)
        })
    }
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

fn not_a_window(text: &str) -> Error {
    let (what, example) = ("window", "22:00 to 06:00");
    TextError::Invalid { what, text: clip(text), example }.into()
}

impl FromStr for Window {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
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
        let (from, to) = times.ok_or_else(|| not_a_window(text))?;
        if from == DAY || from == to {
            return Err(not_a_window(text));
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
#[expect(clippy::expect_used, reason = "a day of the week is from 0 to 6")]
fn days_text(days: u8) -> String {
    let has = |day: usize| days >> (day % 7) & 1 == 1;
    let starts: Vec<usize> = (0..7).filter(|&day| has(day) && !has(day.wrapping_add(6))).collect();
    let count = days.count_ones() as usize;
    match *starts {
        [first] if count > 2 => {
            let last = first.wrapping_add(count).wrapping_sub(1) % 7;
            let name = |day| *NAMES.get(day).expect("a day of the week");
            format!("{} to {}", name(first), name(last))
        }
        _ => {
            let names = NAMES.iter().enumerate().filter(|(day, _)| has(*day));
            names.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
        }
    }
}
