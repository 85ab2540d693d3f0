//! The part of [`UsageSeries`] that is made of records with a start and an end each.

use super::{Clock, usual_slots};
use crate::{
    Error,
    quantity::DataVolume,
    usage::{UsageError, UsageSeries},
};
use core::{ops::Range, time::Duration};
use jiff::Timestamp;

impl UsageSeries {
    /// Creates a series from records with a start, an end and a volume each, such as flows or
    /// sessions, in any order; they may overlap.
    ///
    /// Each record is spread evenly over its time. The running total of each record is rounded to
    /// the billionth of a bit at each edge of a slot, so that its parts add up to its volume and
    /// the order of the records makes no difference. A record that ends when it starts is in the
    /// slot of its start. Slots are on the clock: they begin at whole multiples of `interval` since
    /// 1970-01-01T00:00:00Z, from the slot of the earliest start to that of the latest end. A slot
    /// that no record touches is zero, not left out.
    ///
    /// The running time grows with the number of slots that the records touch.
    ///
    /// # Errors
    ///
    /// - [`UsageError::EmptySeries`] if there are no records.
    /// - [`UsageError::ZeroInterval`] for an interval of zero.
    /// - [`UsageError::RecordEndsEarly`] for a record that ends before it starts.
    /// - [`UsageError::OffTheClock`] if the slot of the first start or the last end reaches beyond the
    ///   times that a [`Timestamp`] holds.
    /// - [`UsageError::TooLarge`] for more slots than 100,000 plus 1,000 for each record, for a
    ///   slot that exceeds [`DataRate::MAX`](crate::DataRate::MAX), or a total above
    ///   [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let at = |text: &str| text.parse::<Timestamp>();
    /// let flows = [
    ///     (at("2025-01-01T00:04:00Z")?..at("2025-01-01T00:06:00Z")?, DataVolume::from_megabytes(2)),
    ///     (at("2025-01-01T00:01:00Z")?..at("2025-01-01T00:01:00Z")?, DataVolume::from_megabytes(5)),
    /// ];
    /// let series = UsageSeries::from_records(flows, Duration::from_secs(300))?;
    /// let volumes: Vec<_> = series.iter().map(|(_, volume)| volume).collect();
    /// assert_eq!(volumes, [6, 1].map(|mb| Some(DataVolume::from_megabytes(mb))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_records(
        records: impl IntoIterator<Item = (Range<Timestamp>, DataVolume)>,
        interval: Duration,
    ) -> Result<Self, Error> {
        let records: Vec<_> = records.into_iter().collect();
        let (first, _) = records.first().ok_or(UsageError::EmptySeries)?;
        let mut span = first.clone();
        for (record, _) in &records {
            if record.end < record.start {
                let record = record.clone();
                return Err(UsageError::RecordEndsEarly { record }.into());
            }
            span = span.start.min(record.start)..span.end.max(record.end);
        }
        // An instant at the end of the span is in the slot that begins with it.
        let last = records.iter().any(|(record, _)| record.is_empty() && record.start == span.end);
        if last {
            let after = span.end.checked_add(jiff::SignedDuration::from_nanos(1));
            span.end = after.map_err(|_| UsageError::OffTheClock { interval })?;
        }
        let mut clock = Clock::around(&span, interval, usual_slots(records.len()))?;
        for (record, volume) in records {
            clock.book(record.start.as_nanosecond()..record.end.as_nanosecond(), volume)?;
        }
        clock.into_series()
    }
}
