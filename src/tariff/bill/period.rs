//! [`Period`]: the time of a bill, and how much of it was measured.

use crate::{
    number::{Ratio, Share},
    tariff::Direction,
    usage::UsageSeries,
};
use core::fmt;
use jiff::{Timestamp, tz::TimeZone};

/// The time of a bill, the direction that was billed, and the share of the time that was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(in crate::tariff) struct Period {
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) start: Timestamp,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) end: Timestamp,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::zone"))]
    zone: TimeZone,
    pub(super) direction: Option<Direction>,
    pub(super) coverage: Share,
}

impl Period {
    pub(in crate::tariff) fn new(
        series: &UsageSeries,
        zone: &TimeZone,
        direction: Option<Direction>,
        coverage: Share,
    ) -> Self {
        let (start, end, zone) = (series.start(), series.end(), zone.clone());
        Self { start, end, zone, direction, coverage }
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
        write!(f, "{} to {}", self.local(self.start), self.local(self.end))?;
        match self.direction {
            Some(direction) => write!(f, ", {direction}"),
            None => Ok(()),
        }
    }
}
