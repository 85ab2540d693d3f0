//! [`UsageSeries`]: the traffic of a link, slot by slot.

mod calendar;
mod clock;
mod combine;
mod excess;
mod grid;
mod left_out;
mod measure;
mod records;
mod resample;
mod rows;
mod samples;
mod values;
mod within;

#[cfg(feature = "csv")]
pub(super) use self::samples::{SampleKind, Samples};
pub(crate) use self::{calendar::span_of_days, clock::usual_slots, measure::SlotPart};
pub(super) use self::{clock::Clock, grid::Grid, left_out::LeftOut, rows::Rows, samples::ascends};

use crate::{
    Error,
    number::Share,
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
/// [`percentile`](Self::percentile) and [`excess_over`](Self::excess_over). Before a month ends,
/// [`headroom`](Self::headroom) and [`percentile_bounds`](Self::percentile_bounds) say how far the
/// percentile can still go.
///
/// # Slots that are left out
///
/// A slot may be left out: nothing was measured in it, or a contract does not count it (see
/// [`within`](Self::within)). It is never counted as zero. The total is the sum of the other slots,
/// and peak, mean, percentiles and excess are of the other slots; [`coverage`](Self::coverage) is their
/// share of all slots. A series always has at least one slot that is not left out.
///
/// The total fits a [`DataVolume`] and the rate of each slot a [`DataRate`]. This is checked when
/// the series is made, so that no measure overflows. A slot takes 16 bytes of memory, and one bit
/// more in a series with a slot that is left out.
///
/// # Serde
///
/// `{"start": "2024-10-01T00:00:00Z", "interval": "1 h", "volumes": ["360 TB", null, …]}`, with `null`
/// for a slot that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UsageSeries {
    grid: Grid,
    /// Zero where a slot is left out.
    volumes: Vec<DataVolume>,
    left_out: Option<LeftOut>,
}

impl UsageSeries {
    /// Creates a series from the mean rate in each slot: a [`DataRate`], or an `Option` that is
    /// `None` for a slot that is left out.
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
        rates: impl IntoIterator<Item = impl Into<Option<DataRate>>>,
    ) -> Result<Self, Error> {
        let grid = Grid::new(start, interval)?;
        let volume = |(slot, rate): (usize, _)| {
            let rate: Option<DataRate> = rate;
            let Some(at) = grid.edge(slot) else {
                return Err(grid.too_many(slot as u128));
            };
            let volume = |rate: DataRate| {
                rate.checked_mul(interval).ok_or_else(|| SeriesLimit::of_volume(at))
            };
            rate.map(volume).transpose()
        };
        let rates = rates.into_iter().map(Into::into).enumerate();
        Self::of_options(grid, rates.map(volume).collect::<Result<Vec<_>, _>>()?)
    }

    /// Creates a series from the volume in each slot: a [`DataVolume`], or an `Option` that is
    /// `None` for a slot that is left out.
    ///
    /// # Errors
    ///
    /// - [`UsageError::ZeroInterval`] if slots are of zero length.
    /// - [`UsageError::EmptySeries`] if there are no slots, or all are left out.
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
    ///     UsageSeries::from_volumes(start, hour, [DataVolume::ZERO; 0]).unwrap_err().to_string(),
    ///     "a usage series can't be empty: pass at least one slot that was measured",
    /// );
    /// let series = UsageSeries::from_volumes(start, hour, [Some(DataVolume::from_gigabytes(45)), None])?;
    /// assert_eq!(series.coverage().to_string(), "50%");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_volumes(
        start: Timestamp,
        interval: Duration,
        volumes: impl IntoIterator<Item = impl Into<Option<DataVolume>>>,
    ) -> Result<Self, Error> {
        Self::of_options(Grid::new(start, interval)?, volumes.into_iter().map(Into::into).collect())
    }

    fn of_options(grid: Grid, volumes: Vec<Option<DataVolume>>) -> Result<Self, Error> {
        let left_out = LeftOut::of(volumes.iter().map(Option::is_none));
        let volume = |volume: Option<DataVolume>| volume.unwrap_or(DataVolume::ZERO);
        Self::new(grid, volumes.into_iter().map(volume).collect(), left_out)
    }

    /// Creates a series of volumes, which must be zero where a slot is left out.
    pub(super) fn new(
        grid: Grid,
        volumes: Vec<DataVolume>,
        left_out: Option<LeftOut>,
    ) -> Result<Self, Error> {
        if left_out.as_ref().map_or(0, LeftOut::count) == volumes.len() {
            return Err(UsageError::EmptySeries.into());
        }
        if grid.edge(volumes.len()).is_none() {
            return Err(grid.too_many(volumes.len() as u128));
        }
        let interval = grid.interval();
        let too_large = |volume: DataVolume| volume.checked_div(interval).is_none();
        // The largest volume has the largest rate: one division says whether all of them fit.
        if volumes.iter().max().is_some_and(|&largest| too_large(largest))
            && let Some(slot) = volumes.iter().position(|&volume| too_large(volume))
            && let (Some(at), Some(&volume)) = (grid.edge(slot), volumes.get(slot))
        {
            let limit = SeriesLimit::Rate { at, volume, interval };
            return Err(UsageError::TooLarge { limit }.into());
        }
        let mut total = DataVolume::ZERO;
        for (slot, volume) in volumes.iter().enumerate() {
            total = total.checked_add(*volume).ok_or_else(|| grid.too_much(slot))?;
        }
        Ok(Self { grid, volumes, left_out })
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

    /// Returns the number of slots that are not left out, which is never zero.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [Some(DataRate::from_mbps(80)), None, Some(DataRate::from_mbps(120))];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!((series.known(), series.len()), (2, 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "at most all slots are left out")]
    pub fn known(&self) -> usize {
        self.len() - self.left_out.as_ref().map_or(0, LeftOut::count)
    }

    /// Returns the share of the slots that are not left out, among all slots of the series.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [Some(DataRate::from_mbps(80)), None, Some(DataRate::from_mbps(120))];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.coverage(), Share::new(2, 3)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a series has a slot, and at most all are known"
    )]
    pub fn coverage(&self) -> Share {
        Share::new(self.known() as u64, self.len() as u64).expect("at most all slots are known")
    }

    /// Returns an iterator over the slots: the start of each, and its volume, or `None` if it is left
    /// out.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let volumes = [Some(DataVolume::from_gigabytes(3)), None];
    /// let series = UsageSeries::from_volumes(start, Duration::from_secs(300), volumes)?;
    /// for (at, volume) in series.iter() {
    ///     match volume {
    ///         Some(volume) => println!("{at} {volume}"),
    ///         None => println!("{at} not measured"),
    ///     }
    /// }
    /// assert_eq!(series.iter().map(|(_, volume)| volume).collect::<Vec<_>>(), volumes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, Option<DataVolume>)> + DoubleEndedIterator + Clone
    {
        let slots = self.volumes.iter().enumerate();
        slots.map(|(slot, &volume)| (self.edge(slot), self.is_known(slot).then_some(volume)))
    }

    /// Returns an iterator over the slots: the start of each, and its mean rate, rounded to the nearest
    /// bit per second, half to even, or `None` if it is left out.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let limit = Some(DataRate::from_mbps(100));
    /// let busy = series.rates().filter(|(_, rate)| *rate > limit).count();
    /// assert_eq!(busy, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rates(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, Option<DataRate>)> + DoubleEndedIterator + Clone
    {
        self.iter().map(|(at, volume)| (at, volume.map(|volume| self.rate_of(volume))))
    }

    /// Returns the part of the series from one edge of a slot to another.
    ///
    /// # Errors
    ///
    /// - [`UsageError::NotARangeOfSlots`] if one of the two times is not the start or the end of a
    ///   slot, or if the second is not after the first.
    /// - [`UsageError::EmptySeries`] if all slots between them are left out.
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
            (Some(from), Some(to)) if from < to => {
                self.part(from..to).ok_or_else(|| UsageError::EmptySeries.into())
            }
            _ => Err(UsageError::NotARangeOfSlots { range, slots: self.slots() }.into()),
        }
    }

    /// Returns the part with the given slots of the series, or `None` if all of them are left out.
    #[expect(clippy::expect_used, reason = "the slots are of the series")]
    pub(super) fn part(&self, slots: Range<usize>) -> Option<Self> {
        let grid = self.grid.starting(self.edge(slots.start));
        let flags = slots.clone().map(|slot| !self.is_known(slot));
        let left_out = self.left_out.as_ref().and_then(|_| LeftOut::of(flags));
        let volumes = self.volumes.get(slots).expect("a part is of slots of the series").to_vec();
        let known = left_out.as_ref().map_or(0, LeftOut::count) < volumes.len();
        known.then_some(Self { grid, volumes, left_out })
    }

    /// Returns whether a slot of the series is not left out.
    pub(super) fn is_known(&self, slot: usize) -> bool {
        self.left_out.as_ref().is_none_or(|left_out| !left_out.contains(slot))
    }

    /// Returns the volume of each slot, which is zero where a slot is left out.
    pub(super) fn volumes(&self) -> &[DataVolume] {
        &self.volumes
    }

    /// Returns which slots are left out, if any are.
    pub(super) fn left_out(&self) -> Option<&LeftOut> {
        self.left_out.as_ref()
    }

    /// Returns a series of the same slots with other volumes.
    pub(super) fn with_volumes(&self, volumes: Vec<DataVolume>) -> Result<Self, Error> {
        Self::new(self.grid, volumes, self.left_out.clone())
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
