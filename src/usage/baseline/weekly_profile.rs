//! [`WeeklyProfile`]: the usual traffic at each time of the week.

use crate::{
    Error,
    quantity::DataVolume,
    usage::{
        UsageSeries,
        error::{Slots, UsageError, short_name},
    },
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

/// A local weekday, as days since Monday, and a wall time.
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

    #[expect(clippy::expect_used, reason = "the day comes from a weekday")]
    fn weekday(self) -> Weekday {
        Weekday::from_monday_zero_offset(self.day).expect("the day comes from a weekday")
    }
}

impl WeeklyProfile {
    /// Creates a profile of the lower median of the history's slots at each wall time of the week.
    pub(super) fn new(history: &UsageSeries, zone: &TimeZone) -> Result<Self, Error> {
        let interval = history.interval();
        Self::check_interval(interval)?;
        let (from, to) = (history.start(), history.end());
        if to.duration_since(from).unsigned_abs() < WEEK {
            let history = Slots { interval, span: Some(from..to) };
            return Err(UsageError::ShortHistory { history }.into());
        }
        let mut seen = BTreeMap::<WeekTime, Vec<DataVolume>>::new();
        for (at, volume) in history.iter().filter_map(|(at, volume)| Some((at, volume?))) {
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

    /// Checks that the profile has each wall time of a week: a single week in which the clocks were put
    /// forward lacks an hour.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "the interval is not zero, and at most an hour"
    )]
    fn check_whole_week(&self, from: Timestamp) -> Result<(), Error> {
        let first = WeekTime::of(from, &self.zone);
        let times =
            core::iter::successors(Some(first.time), |time| Some(time.wrapping_add(self.interval)));
        let slots = DAY.as_nanos() / self.interval.as_nanos();
        let slots = usize::try_from(slots).expect("memory holds a week of slots");
        for time in times.take(slots) {
            for day in 0..7 {
                let at = WeekTime { day, time };
                if !self.usual.contains_key(&at) {
                    return Err(self.unseen(at));
                }
            }
        }
        Ok(())
    }

    /// Returns the usual volume in each slot of a series.
    pub(in crate::usage) fn of_slots(
        &self,
        series: &UsageSeries,
    ) -> Result<Vec<DataVolume>, Error> {
        if series.interval() != self.interval {
            let left = Slots { interval: self.interval, span: None };
            return Err(UsageError::SlotsMismatch { left, right: series.slots() }.into());
        }
        let usual = series.iter().map(|(at, _)| {
            let at = WeekTime::of(at, &self.zone);
            self.usual.get(&at).copied().ok_or_else(|| self.unseen(at))
        });
        usual.collect()
    }

    fn unseen(&self, at: WeekTime) -> Error {
        let (weekday, time, zone) = (at.weekday(), at.time, self.zone.clone());
        UsageError::UnseenWallTime { weekday, time, zone }.into()
    }
}

/// Returns the median of at least one volume: the lower of the two in the middle of an even number.
#[expect(clippy::arithmetic_side_effects, reason = "there is at least one volume")]
fn lower_median(mut volumes: Vec<DataVolume>) -> DataVolume {
    let middle = (volumes.len() - 1) / 2;
    *volumes.select_nth_unstable(middle).1
}

impl fmt::Display for WeekTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", short_name(self.weekday()), self.time)
    }
}

#[cfg(feature = "serde")]
impl core::str::FromStr for WeekTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = || {
            let (name, time) = text.split_once(' ')?;
            let days = Weekday::Monday.cycle_forward().take(7);
            let day = days.zip(0..).find(|(day, _)| short_name(*day) == name)?.1;
            Some(Self { day, time: time.parse().ok()? })
        };
        // Each time has one text: a date before it or a leap second is refused, not passed over.
        let read = read().filter(|at| at.to_string() == text);
        read.ok_or_else(|| {
            Error::from(crate::text::TextError::Unexpected {
                found: crate::text::clip(text),
                at: 0,
                expected: "a weekday and a time, such as Mon 18:05:00",
            })
        })
    }
}
