//! What a link usually carries at each hour of the week.

use crate::{
    Error,
    quantity::DataVolume,
    text::{TextError, TimeText},
    usage::{UsageError, UsageSeries},
};
use core::{fmt, time::Duration};
use jiff::{
    Timestamp,
    civil::{Time, Weekday},
    tz::TimeZone,
};
use std::collections::BTreeMap;

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);
const WEEK: Duration = Duration::from_secs(7 * 86_400);

/// The usual volume of a slot that begins at each wall time of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeeklyProfile {
    pub(crate) zone: TimeZone,
    pub(crate) interval: Duration,
    pub(crate) usual: BTreeMap<WeekTime, DataVolume>,
}

/// A local weekday, counted from Monday, and a wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WeekTime {
    day: i8,
    time: Time,
}

impl WeekTime {
    fn of(at: Timestamp, zone: &TimeZone) -> Self {
        let local = zone.to_datetime(at);
        Self { day: local.weekday().to_monday_zero_offset(), time: local.time() }
    }
}

impl WeeklyProfile {
    /// The lower median of the history's slots at each wall time of the week.
    pub(super) fn new(history: &UsageSeries, zone: &TimeZone) -> Result<Self, Error> {
        let interval = history.interval();
        Self::check_interval(interval)?;
        let (from, to) = (history.start(), history.end());
        if to.duration_since(from).unsigned_abs() < WEEK {
            return Err(UsageError::ShortHistory { from, to }.into());
        }
        let mut seen = BTreeMap::<WeekTime, Vec<DataVolume>>::new();
        for (at, volume) in history.iter() {
            seen.entry(WeekTime::of(at, zone)).or_default().push(volume);
        }
        let usual = seen.into_iter().map(|(at, volumes)| (at, lower_median(volumes))).collect();
        let profile = Self { zone: zone.clone(), interval, usual };
        profile.check_whole_week(from)?;
        Ok(profile)
    }

    /// Checks that slots divide an hour, so that each week has the same wall times.
    pub(crate) fn check_interval(interval: Duration) -> Result<(), Error> {
        let divides = HOUR.as_nanos().is_multiple_of(interval.as_nanos());
        if divides { Ok(()) } else { Err(UsageError::ProfileInterval { interval }.into()) }
    }

    /// Checks that a week of the history's wall times is there: where the clocks were changed, a
    /// single week lacks an hour.
    fn check_whole_week(&self, from: Timestamp) -> Result<(), Error> {
        let first = WeekTime::of(from, &self.zone);
        let times =
            core::iter::successors(Some(first.time), |time| Some(time.wrapping_add(self.interval)));
        let slots = DAY.as_nanos().checked_div(self.interval.as_nanos()).unwrap_or_default();
        let slots = usize::try_from(slots).unwrap_or(usize::MAX);
        for time in times.take(slots) {
            for (_, day) in DAYS {
                let at = WeekTime { day: day.to_monday_zero_offset(), time };
                if !self.usual.contains_key(&at) {
                    return Err(self.unseen(at));
                }
            }
        }
        Ok(())
    }

    /// What is usual in each slot of a series.
    pub(in crate::usage) fn of_slots(
        &self,
        series: &UsageSeries,
    ) -> Result<Vec<DataVolume>, Error> {
        if series.interval() != self.interval {
            let [baseline, series] =
                [self.interval, series.interval()].map(|interval| TimeText(interval).to_string());
            return Err(UsageError::BaselineInterval { baseline, series }.into());
        }
        let usual = series.iter().map(|(at, _)| {
            let at = WeekTime::of(at, &self.zone);
            self.usual.get(&at).copied().ok_or_else(|| self.unseen(at))
        });
        usual.collect()
    }

    fn unseen(&self, at: WeekTime) -> Error {
        let zone = self.zone.iana_name().unwrap_or("the zone").to_owned();
        Error::from(UsageError::UnseenWallTime { at: at.to_string(), zone })
    }
}

/// The middle one of some volumes, the lower one of two.
fn lower_median(mut volumes: Vec<DataVolume>) -> DataVolume {
    volumes.sort_unstable();
    let middle = volumes.len().saturating_sub(1) / 2;
    volumes.get(middle).copied().unwrap_or_default()
}

const DAYS: [(&str, Weekday); 7] = [
    ("Mon", Weekday::Monday),
    ("Tue", Weekday::Tuesday),
    ("Wed", Weekday::Wednesday),
    ("Thu", Weekday::Thursday),
    ("Fri", Weekday::Friday),
    ("Sat", Weekday::Saturday),
    ("Sun", Weekday::Sunday),
];

impl fmt::Display for WeekTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_its = |(_, day): &&(&str, Weekday)| day.to_monday_zero_offset() == self.day;
        let name = DAYS.iter().find(is_its).map_or("", |(name, _)| name);
        write!(f, "{name} {}", self.time)
    }
}

#[cfg(feature = "serde")]
impl core::str::FromStr for WeekTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = || {
            let (name, time) = text.split_once(' ')?;
            let (_, day) = DAYS.iter().find(|(known, _)| *known == name)?;
            Some(Self { day: day.to_monday_zero_offset(), time: time.parse().ok()? })
        };
        // One text for each time: a date before it or a leap second would be passed over.
        let read = read().filter(|at| at.to_string() == text);
        read.ok_or_else(|| {
            Error::from(TextError::Unexpected {
                found: crate::text::clip(text),
                at: 0,
                expected: "a weekday and a time, such as Mon 18:05:00",
            })
        })
    }
}
