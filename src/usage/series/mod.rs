//! [`UsageSeries`]: the traffic of a link, slot by slot.

mod calendar;
mod excess;
mod grid;
mod measure;
mod samples;

pub use self::samples::GapPolicy;
#[cfg(feature = "csv")]
pub(super) use self::samples::Samples;
pub(super) use self::{grid::Grid, samples::ascends};

use crate::{
    Error,
    quantity::{DataRate, DataVolume},
    usage::{SeriesLimit, Slots, UsageError},
};
use core::{ops::Range, time::Duration};
use jiff::Timestamp;

/// The traffic of a link: slots of equal length from a start on, with the volume in each.
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
/// Its measures are [`total`](Self::total), [`peak`](Self::peak), [`mean`](Self::mean),
/// [`percentile`](Self::percentile) and [`excess_over`](Self::excess_over). How they may still change
/// before a month ends is in [`headroom`](Self::headroom) and
/// [`percentile_bounds`](Self::percentile_bounds).
///
/// A series has at least one slot, its total fits a [`DataVolume`] and the rate of each slot a
/// [`DataRate`]. This is checked when it is made, so that no measure overflows.
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
    /// Creates a series of the rate in each slot.
    ///
    /// # Errors
    ///
    /// The errors of [`from_volumes`](Self::from_volumes).
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
        let grid = Grid::new(start, interval)?;
        let volume = |(slot, rate): (usize, DataRate)| {
            let Some(at) = grid.edge(slot) else {
                return Err(grid.too_many(slot as u128));
            };
            rate.checked_mul(interval).ok_or_else(|| SeriesLimit::of_volume(at))
        };
        Self::new(grid, rates.into_iter().enumerate().map(volume).collect::<Result<_, _>>()?)
    }

    /// Creates a series of the volume in each slot.
    ///
    /// # Errors
    ///
    /// - [`UsageError::ZeroInterval`] if slots are of zero length.
    /// - [`UsageError::EmptySeries`] if there are no slots.
    /// - [`UsageError::TooLarge`] if the last slot ends after [`Timestamp::MAX`], the rate of a slot
    ///   exceeds [`DataRate::MAX`], or the total exceeds [`DataVolume::MAX`].
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
    ///     "a usage series can't be empty: pass at least one slot",
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
        if series.volumes.iter().max().is_some_and(too_large)
            && let Some((at, volume)) = series.iter().find(|(_, volume)| too_large(volume))
        {
            let limit = SeriesLimit::Rate { at, volume, interval };
            return Err(UsageError::TooLarge { limit }.into());
        }
        let mut total = DataVolume::ZERO;
        for (slot, volume) in series.volumes.iter().enumerate() {
            let too_large = || SeriesLimit::of_volume(series.edge(slot));
            total = total.checked_add(*volume).ok_or_else(too_large)?;
        }
        Ok(series)
    }

    /// Returns the start of the first slot.
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

    /// Returns the end of the last slot: the first instant after the series.
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

    /// Returns the length of a slot, which is never zero.
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

    /// Returns the number of slots, which is never zero.
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
    #[expect(clippy::len_without_is_empty, reason = "a series is never empty")]
    pub fn len(&self) -> usize {
        self.volumes.len()
    }

    /// Returns the volume of each slot.
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

    /// Returns an iterator over the slots: the start of each, and its volume.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let rows: Vec<String> = series.iter().map(|(at, volume)| format!("{at} {volume}")).collect();
    /// assert_eq!(rows, ["2025-01-01T00:00:00Z 3 GB", "2025-01-01T00:05:00Z 4.5 GB"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, DataVolume)> + DoubleEndedIterator + Clone {
        self.volumes.iter().enumerate().map(|(slot, &volume)| (self.edge(slot), volume))
    }

    /// Returns an iterator over the slots: the start of each, and its mean rate, rounded to the nearest
    /// bit per second, half to even.
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

    /// Returns the part of the series from one edge of a slot to another.
    ///
    /// # Errors
    ///
    /// [`UsageError::NotARangeOfSlots`] if a slot neither begins nor ends at one of the two times, or
    /// the second is not after the first.
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
    ///     "the range from 2025-01-01T00:00:00Z to 2025-01-08T00:30:00Z can't be cut from slots of 1 h \
    ///      from 2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z: pass two times at which slots begin or \
    ///      end, the later one second",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn slice(&self, range: Range<Timestamp>) -> Result<Self, Error> {
        let slot = |at| {
            let is_edge = (self.start()..=self.end()).contains(&at) && self.grid.has_edge(at);
            if is_edge { usize::try_from(self.grid.slots_to(at)).ok() } else { None }
        };
        match (slot(range.start), slot(range.end)) {
            (Some(from), Some(to)) if from < to => Ok(self.part(from..to)),
            _ => Err(UsageError::NotARangeOfSlots { range, slots: self.slots() }.into()),
        }
    }

    /// Returns the part with the given slots of the series, at least one.
    #[expect(clippy::expect_used, reason = "the slots are of the series")]
    pub(super) fn part(&self, slots: Range<usize>) -> Self {
        let grid = self.grid.starting(self.edge(slots.start));
        let volumes = self.volumes.get(slots).expect("a part is of slots of the series").to_vec();
        Self { grid, volumes }
    }

    /// Adds two series slot by slot, such as two ports on one bill, or both directions of a link.
    ///
    /// Add the ports **before** taking the percentile: the percentile of all ports' samples together
    /// is not that of the traffic.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`] if the two series do not have the same slots.
    /// - [`UsageError::TooLarge`] if the rate of a slot exceeds [`DataRate::MAX`], or the total
    ///   exceeds [`DataVolume::MAX`].
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
            a.checked_add(b).ok_or_else(|| SeriesLimit::of_volume(self.edge(slot)))
        });
        Self::new(self.grid, sums.collect::<Result<_, _>>()?)
    }

    /// Returns the larger of two series slot by slot, as some contracts bill the two directions of a
    /// link.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`] if the two series do not have the same slots.
    /// - [`UsageError::TooLarge`] if the total exceeds [`DataVolume::MAX`].
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

    /// Returns the volumes of both series, slot by slot.
    fn aligned(
        &self,
        other: &Self,
    ) -> Result<impl Iterator<Item = (DataVolume, DataVolume)>, Error> {
        self.check_aligned(other)?;
        Ok(self.volumes.iter().copied().zip(other.volumes.iter().copied()))
    }

    /// Checks that both series have the same slots.
    pub(crate) fn check_aligned(&self, other: &Self) -> Result<(), Error> {
        if (self.grid, self.len()) == (other.grid, other.len()) {
            return Ok(());
        }
        Err(UsageError::SlotsMismatch { left: self.slots(), right: other.slots() }.into())
    }

    pub(super) fn grid(&self) -> Grid {
        self.grid
    }

    /// Returns the slots, for an error.
    pub(super) fn slots(&self) -> Slots {
        Slots { interval: self.interval(), span: Some(self.start()..self.end()) }
    }

    /// Returns the end of the first `slots` slots, at most all of them.
    #[expect(clippy::expect_used, reason = "the end of the series was checked")]
    pub(super) fn edge(&self, slots: usize) -> Timestamp {
        self.grid.edge(slots).expect("a series ends at a timestamp")
    }

    /// Returns the rate of a slot with the given volume, which is at most the largest of a slot.
    #[expect(clippy::expect_used, reason = "the rate of the busiest slot was checked")]
    pub(super) fn rate_of(&self, volume: DataVolume) -> DataRate {
        volume.checked_div(self.interval()).expect("the rate of a slot is checked")
    }
}
