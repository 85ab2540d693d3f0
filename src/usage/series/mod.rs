//! [`UsageSeries`]: what a link carried, slot by slot.

mod calendar;
mod excess;
mod grid;
mod measure;
mod samples;

pub use self::samples::GapPolicy;
pub(super) use self::{
    grid::Grid,
    samples::{Samples, ascends},
};

use crate::{
    Error,
    quantity::{DataRate, DataVolume},
    text::{TextError, TimeText},
    usage::UsageError,
};
use core::{ops::Range, time::Duration};
use jiff::Timestamp;

/// One link's traffic: slots of equal length from a start on, and the volume carried in each.
///
/// ```
/// use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp, pta};
/// use core::time::Duration;
///
/// let start: Timestamp = "2024-10-01T00:00:00Z".parse()?;
/// let rates = [800, 815, 830].map(DataRate::from_gbps);
/// let series = UsageSeries::from_rates(start, Duration::from_secs(3600), rates)?;
/// assert_eq!(series.mean(), DataRate::from_gbps(815));
/// assert_eq!(pta::DISRUPTION_COST.cost(series.total()).to_string(), "1467000 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It has at least one slot, its total fits a [`DataVolume`] and the rate of each slot a
/// [`DataRate`]: this is checked when it is made, so that nothing overflows later.
///
/// What is measured of it: [`total`](Self::total), [`peak`](Self::peak), [`mean`](Self::mean),
/// [`percentile`](Self::percentile), [`excess_over`](Self::excess_over). What may still come:
/// [`headroom`](Self::headroom), [`percentile_bounds`](Self::percentile_bounds).
///
/// # Serde
///
/// `{"start": "2024-10-01T00:00:00Z", "interval": "1 h", "volumes": ["360 TB", …]}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UsageSeries {
    grid: Grid,
    volumes: Vec<DataVolume>,
}

impl UsageSeries {
    /// A series of the rate in each slot.
    ///
    /// # Errors
    ///
    /// As [`from_volumes`](Self::from_volumes); [`TextError::TooLarge`] for a rate that carries more
    /// than [`DataVolume::MAX`] in a slot.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.total(), DataVolume::from_megabytes(7_500));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_rates(
        start: Timestamp,
        interval: Duration,
        rates: impl IntoIterator<Item = DataRate>,
    ) -> Result<Self, Error> {
        let volumes = rates.into_iter().map(|rate| carried(rate, interval));
        Self::new(Grid::new(start, interval)?, volumes.collect::<Result<_, _>>()?)
    }

    /// A series of the volume in each slot.
    ///
    /// # Errors
    ///
    /// [`UsageError::ZeroInterval`]; [`UsageError::EmptySeries`]; [`UsageError::TooManySlots`] where the last slot
    /// ends after [`Timestamp::MAX`]; [`UsageError::SlotTooLarge`] for a slot whose rate is above
    /// [`DataRate::MAX`]; [`UsageError::TotalTooLarge`] for a total above [`DataVolume::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3600);
    /// let series = UsageSeries::from_volumes(start, hour, [DataVolume::from_gigabytes(45)])?;
    /// assert_eq!(series.peak(), DataRate::from_mbps(100));
    /// assert_eq!(
    ///     UsageSeries::from_volumes(start, hour, []).unwrap_err().to_string(),
    ///     "a usage series can't be empty: give it at least one slot",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_volumes(
        start: Timestamp,
        interval: Duration,
        volumes: impl IntoIterator<Item = DataVolume>,
    ) -> Result<Self, Error> {
        Self::new(Grid::new(start, interval)?, volumes.into_iter().collect())
    }

    pub(super) fn new(grid: Grid, volumes: Vec<DataVolume>) -> Result<Self, Error> {
        if volumes.is_empty() {
            return Err(UsageError::EmptySeries.into());
        }
        if grid.edge(volumes.len()).is_none() {
            return Err(grid.too_many(volumes.len() as u128));
        }
        let series = Self { grid, volumes };
        let interval = grid.interval();
        let too_large = |volume: &DataVolume| volume.checked_div(interval).is_none();
        // The largest volume has the largest rate: one division says whether all of them fit.
        if series.volumes.iter().max().is_some_and(too_large) {
            let slot = series.iter().find(|(_, volume)| too_large(volume));
            let (at, volume) = slot.unwrap_or_default();
            return Err(UsageError::SlotTooLarge { at, volume, interval }.into());
        }
        let mut total = DataVolume::ZERO;
        for (at, volume) in series.volumes.iter().enumerate() {
            let at = || Error::from(UsageError::TotalTooLarge { at: series.edge(at) });
            total = total.checked_add(*volume).ok_or_else(at)?;
        }
        Ok(series)
    }

    /// The first slot's start.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_volumes(start, day, [DataVolume::ZERO; 31])?;
    /// assert_eq!(series.start(), start);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn start(&self) -> Timestamp {
        self.grid.start()
    }

    /// The last slot's end: the first instant that is no longer part of the series.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_volumes(start, day, [DataVolume::ZERO; 31])?;
    /// assert_eq!(series.end().to_string(), "2025-02-01T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.edge(self.len())
    }

    /// The length of a slot; never zero.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_volumes(start, day, [DataVolume::ZERO; 31])?;
    /// assert_eq!(series.interval(), day);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn interval(&self) -> Duration {
        self.grid.interval()
    }

    /// How many slots there are; never zero.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_volumes(start, day, [DataVolume::ZERO; 31])?;
    /// assert_eq!(series.len(), 31);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a series is never empty")]
    pub fn len(&self) -> usize {
        self.volumes.len()
    }

    /// The volume of each slot.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.volumes(), [3_000, 4_500].map(DataVolume::from_megabytes));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn volumes(&self) -> &[DataVolume] {
        &self.volumes
    }

    /// The slots: when each begins, and the volume carried in it.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let lines: Vec<String> = series.iter().map(|(at, volume)| format!("{at} {volume}")).collect();
    /// assert_eq!(lines, ["2025-01-01T00:00:00Z 3 GB", "2025-01-01T00:05:00Z 4.5 GB"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, DataVolume)> + DoubleEndedIterator + Clone {
        self.volumes.iter().enumerate().map(|(slot, &volume)| (self.edge(slot), volume))
    }

    /// The slots: when each begins, and its mean rate, to the nearest bit per second, half to even.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let busy = series.rates().filter(|(_, rate)| *rate > DataRate::from_mbps(100)).count();
    /// assert_eq!(busy, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rates(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, DataRate)> + DoubleEndedIterator + Clone {
        self.iter().map(|(at, volume)| (at, self.rate_of(volume)))
    }

    /// The slots from one edge to another.
    ///
    /// # Errors
    ///
    /// [`UsageError::OutsideSeries`] and [`UsageError::OffGrid`] for an end that is no edge of a slot;
    /// [`UsageError::EmptyRange`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3600);
    /// let month = UsageSeries::from_volumes(start, hour, [DataVolume::from_gigabytes(1); 744])?;
    /// let first_week = month.slice(start.."2025-01-08T00:00:00Z".parse()?)?;
    /// assert_eq!(first_week.len(), 168);
    /// assert_eq!(
    ///     month.slice(start.."2025-01-08T00:30:00Z".parse()?).unwrap_err().to_string(),
    ///     "no slot begins at 2025-01-08T00:30:00Z: slots are 1 h long from 2025-01-01T00:00:00Z on",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn slice(&self, range: Range<Timestamp>) -> Result<Self, Error> {
        let Range { start: from, end: to } = range;
        for at in [from, to] {
            let (start, end) = (self.start(), self.end());
            if !(start..=end).contains(&at) {
                return Err(UsageError::OutsideSeries { at, start, end }.into());
            }
            if !self.grid.has_edge(at) {
                return Err(UsageError::OffGrid { at, start, interval: self.interval() }.into());
            }
        }
        if from >= to {
            return Err(UsageError::EmptyRange { from, to }.into());
        }
        let slot = |at| usize::try_from(self.grid.slots_to(at)).unwrap_or(usize::MAX);
        Ok(self.part(slot(from)..slot(to)))
    }

    /// Some of the slots, at least one.
    pub(super) fn part(&self, slots: Range<usize>) -> Self {
        let grid = self.grid.starting(self.edge(slots.start));
        Self { grid, volumes: self.volumes.get(slots).unwrap_or_default().to_vec() }
    }

    /// Two series added slot by slot: two ports on one bill, or both directions of a link.
    ///
    /// Several ports are summed like this **before** the percentile is taken: the ports' samples in
    /// one pool have another percentile than the traffic.
    ///
    /// # Errors
    ///
    /// [`UsageError::SeriesMismatch`] unless both have the same slots; [`UsageError::SlotTooLarge`] and
    /// [`UsageError::TotalTooLarge`] where the sums are.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let port = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let both = port([100, 20])?.sum_with(&port([30, 100])?)?;
    /// assert_eq!(both, port([130, 120])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sum_with(&self, other: &Self) -> Result<Self, Error> {
        let sums = self.aligned(other)?.enumerate().map(|(slot, (a, b))| {
            a.checked_add(b)
                .ok_or_else(|| Error::from(UsageError::TotalTooLarge { at: self.edge(slot) }))
        });
        Self::new(self.grid, sums.collect::<Result<_, _>>()?)
    }

    /// The larger of two series, slot by slot: what a link with both directions on one bill is
    /// charged for.
    ///
    /// # Errors
    ///
    /// [`UsageError::SeriesMismatch`] unless both have the same slots; [`UsageError::TotalTooLarge`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let direction = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let link = direction([100, 20])?.max_with(&direction([30, 90])?)?;
    /// assert_eq!(link, direction([100, 90])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn max_with(&self, other: &Self) -> Result<Self, Error> {
        let volumes = self.aligned(other)?.map(|(a, b)| a.max(b)).collect();
        Self::new(self.grid, volumes)
    }

    /// Both series' volumes, slot by slot.
    fn aligned(
        &self,
        other: &Self,
    ) -> Result<impl Iterator<Item = (DataVolume, DataVolume)>, Error> {
        self.check_aligned(other)?;
        Ok(self.volumes.iter().copied().zip(other.volumes.iter().copied()))
    }

    /// Checks that both series have the same slots; the error says how they differ.
    pub(crate) fn check_aligned(&self, other: &Self) -> Result<(), Error> {
        let mismatch =
            |what, left, right| Err(UsageError::SeriesMismatch { what, left, right }.into());
        if self.start() != other.start() {
            return mismatch("starts", self.start().to_string(), other.start().to_string());
        }
        if self.interval() != other.interval() {
            let [left, right] = [self, other].map(|series| TimeText(series.interval()).to_string());
            return mismatch("intervals", left, right);
        }
        if self.len() != other.len() {
            let [left, right] = [self, other].map(|series| series.len().to_string());
            return mismatch("numbers of slots", left, right);
        }
        Ok(())
    }

    pub(super) fn grid(&self) -> Grid {
        self.grid
    }

    /// Where so many slots end, at most all of them.
    pub(super) fn edge(&self, slots: usize) -> Timestamp {
        self.grid.edge(slots).unwrap_or(Timestamp::MAX)
    }

    /// The rate of a slot that carries `volume`, at most its busiest slot's.
    pub(super) fn rate_of(&self, volume: DataVolume) -> DataRate {
        volume.checked_div(self.interval()).unwrap_or(DataRate::MAX)
    }
}

/// What a rate carries in a slot.
pub(super) fn carried(rate: DataRate, interval: Duration) -> Result<DataVolume, Error> {
    rate.checked_mul(interval).ok_or_else(|| {
        Error::from(TextError::TooLarge {
            text: format!("{rate} for {}", TimeText(interval)),
            what: "data volume",
            max: DataVolume::MAX.to_string(),
        })
    })
}
