//! [`Period`]: the time of a bill, and how much of it was measured.

use crate::{
    number::{Ratio, Share},
    usage::UsageSeries,
};
use core::fmt;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The time of a bill, and the share of it that was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(in crate::tariff) struct Period {
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) start: Timestamp,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) end: Timestamp,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::zone"))]
    zone: TimeZone,
    /// The local days of the billing period: those of the whole month, even if only a part of it is in
    /// service or was measured.
    pub(in crate::tariff) days: Days,
    pub(super) coverage: Share,
}

/// A first and a last local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(in crate::tariff) struct Days {
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::day"))]
    pub(in crate::tariff) first: Date,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::day"))]
    pub(in crate::tariff) last: Date,
}

impl Days {
    /// Returns the days from that on which the first slot of a series begins to that of its last.
    pub(in crate::tariff) fn of(series: &UsageSeries, zone: &TimeZone) -> Self {
        let [first, last] = series.days_begun(zone);
        Self { first, last }
    }

    /// Returns the number of days.
    #[expect(clippy::arithmetic_side_effects, reason = "there are fewer than eight million dates")]
    pub(in crate::tariff) fn count(self) -> u64 {
        let days = self.first.duration_until(self.last).unsigned_abs().as_secs() / (24 * 60 * 60);
        days + 1
    }

    /// Returns whether one of the days is such a day.
    pub(in crate::tariff) fn has(self, is_such: impl Fn(Date) -> bool) -> bool {
        let next = |day: &Date| day.tomorrow().ok().filter(|day| *day <= self.last);
        core::iter::successors(Some(self.first), next).any(is_such)
    }
}

impl Period {
    /// Creates the period of a series, with the local days from that of its first slot to that of its last.
    pub(in crate::tariff) fn new(series: &UsageSeries, zone: &TimeZone) -> Self {
        let (start, end, days) = (series.start(), series.end(), Days::of(series, zone));
        Self { start, end, zone: zone.clone(), days, coverage: series.coverage() }
    }

    /// Returns the period of a whole billing period, of which the series has a part.
    pub(in crate::tariff) fn of(self, days: Days, coverage: Share) -> Self {
        Self { days, coverage, ..self }
    }

    /// Returns the start and the end as the clocks of the zone show them, with their offset.
    #[cfg(feature = "csv")]
    pub(super) fn local_times(&self) -> [String; 2] {
        [self.start, self.end].map(|at| self.local(at))
    }

    /// Writes an instant as the clocks of the zone show it, with their offset.
    fn local(&self, at: Timestamp) -> String {
        let offset = self.zone.to_offset(at);
        if offset.is_zero() { at.to_string() } else { at.display_with_offset(offset).to_string() }
    }

    /// Returns what is said of the measured share, or `None` if it is all.
    pub(super) fn measured(&self) -> Option<String> {
        let coverage = self.coverage;
        let percent = Ratio::from(coverage) * Ratio::from(100);
        (coverage != Share::ONE).then(|| {
            let exact = coverage.to_string();
            let about =
                if exact.ends_with('%') { String::new() } else { format!(" (≈ {percent:.2}%)") };
            format!("measured for {exact}{about} of the time")
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.local(self.start), self.local(self.end))
    }
}

impl Days {
    pub(super) fn contains(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}
