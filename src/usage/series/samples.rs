//! The part of [`UsageSeries`] that is made of samples with a time each; [`GapPolicy`].

use super::grid::Grid;
use crate::{
    Error,
    number::portion,
    quantity::DataVolume,
    text::Scanner,
    usage::{UsageError, UsageSeries},
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

/// The rule for slots that were not measured.
///
/// ```
/// use bandwidth_cost::{DataVolume, GapPolicy, UsageSeries, jiff::Timestamp};
/// use core::time::Duration;
///
/// let at = |text: &str| text.parse::<Timestamp>();
/// let samples = [
///     (at("2025-01-01T00:00:00Z")?, DataVolume::from_gigabytes(3)),
///     (at("2025-01-01T00:10:00Z")?, DataVolume::from_gigabytes(4)), // that of 00:05 is missing
/// ];
/// let series = |gaps| UsageSeries::from_samples(samples, Duration::from_secs(300), gaps);
/// let gigabytes = |counts: [u64; 3]| counts.map(DataVolume::from_gigabytes);
/// assert_eq!(series(GapPolicy::Zero)?.volumes(), gigabytes([3, 0, 4]));
/// assert_eq!(series(GapPolicy::Distribute)?.volumes(), gigabytes([3, 2, 2]));
/// assert_eq!(
///     series(GapPolicy::Fail).unwrap_err().to_string(),
///     "no slot was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:10:00Z: check the data, or \
///      pass the contract's gap policy",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Text
///
/// `fail`, `zero` or `distribute`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GapPolicy {
    /// A gap is an error that names its start and end.
    #[default]
    Fail,
    /// The slots of a gap carry zero.
    Zero,
    /// The volume measured at the end of a gap is distributed evenly over the gap.
    ///
    /// Of samples, this is the volume of the sample that ends the gap; it is distributed over the
    /// missing slots and its own. Of a counter that was reset, it is the volume counted since the
    /// reset; it is distributed over the time since the reading before. The running total is rounded,
    /// so that the sum is kept to the billionth of a bit.
    Distribute,
}

impl GapPolicy {
    pub(in crate::usage) const ALL: [Self; 3] = [Self::Fail, Self::Zero, Self::Distribute];

    const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Zero => "zero",
            Self::Distribute => "distribute",
        }
    }
}

impl FromStr for GapPolicy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        const FORM: &str = "fail, zero or distribute";
        let mut scanner = Scanner::new(text);
        let policy = scanner.one_of("gap policy", Self::ALL, Self::name, FORM)?;
        scanner.finish(FORM)?;
        Ok(policy)
    }
}

impl fmt::Display for GapPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl UsageSeries {
    /// Creates a series of samples: the start of a slot, and the volume in it.
    ///
    /// The series begins with the first sample and ends with the last. Slots without a sample are
    /// filled by the rule `gaps`.
    ///
    /// # Errors
    ///
    /// - [`UsageError::OutOfOrder`] if the times do not ascend.
    /// - [`UsageError::OffGrid`] if a time is not the first plus a multiple of the interval.
    /// - [`UsageError::Gap`] if a sample is missing, under [`GapPolicy::Fail`].
    /// - The errors of [`from_volumes`](Self::from_volumes).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, GapPolicy, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let at = |text: &str| text.parse::<Timestamp>();
    /// let samples = [
    ///     (at("2025-01-01T00:00:00Z")?, DataVolume::from_gigabytes(3)),
    ///     (at("2025-01-01T00:05:00Z")?, DataVolume::from_gigabytes(4)),
    /// ];
    /// let series = UsageSeries::from_samples(samples, Duration::from_secs(300), GapPolicy::Fail)?;
    /// assert_eq!(series.total(), DataVolume::from_gigabytes(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_samples(
        samples: impl IntoIterator<Item = (Timestamp, DataVolume)>,
        interval: Duration,
        gaps: GapPolicy,
    ) -> Result<Self, Error> {
        let mut samples = samples.into_iter();
        let (start, volume) = samples.next().ok_or(UsageError::EmptySeries)?;
        let mut series = Samples::new(Grid::new(start, interval)?, volume, gaps);
        for (at, volume) in samples {
            series.push(at, volume)?;
        }
        series.into_series()
    }
}

/// A series that grows by one sample at a time.
#[derive(Debug)]
pub(in crate::usage) struct Samples {
    grid: Grid,
    gaps: GapPolicy,
    volumes: Vec<DataVolume>,
    /// The time of the last sample.
    last: Timestamp,
}

impl Samples {
    /// Creates a series with the sample of the first slot of the grid.
    pub(in crate::usage) fn new(grid: Grid, volume: DataVolume, gaps: GapPolicy) -> Self {
        Self { grid, gaps, volumes: vec![volume], last: grid.start() }
    }

    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "a sample comes after the slots so far, and a gap begins before it"
    )]
    pub(in crate::usage) fn push(
        &mut self,
        at: Timestamp,
        volume: DataVolume,
    ) -> Result<(), Error> {
        let Self { grid, gaps, ref mut volumes, last } = *self;
        ascends(last, at)?;
        if !grid.has_edge(at) {
            let (start, interval) = (grid.start(), grid.interval());
            return Err(UsageError::OffGrid { at, start, interval }.into());
        }
        let slots = grid.slots_to(at);
        // The missing slots and the sample's own.
        let new = slots - volumes.len() as u128 + 1;
        if gaps == GapPolicy::Fail && new > 1 {
            let from = grid.edge(volumes.len()).expect("a gap begins before the time of a sample");
            return Err(UsageError::Gap { from, to: at }.into());
        }
        let room = usize::try_from(new).map(|new| volumes.try_reserve(new));
        if !matches!(room, Ok(Ok(()))) {
            return Err(grid.too_many(slots + 1));
        }
        match gaps {
            GapPolicy::Fail | GapPolicy::Zero => {
                volumes.extend((1..new).map(|_| DataVolume::ZERO));
                volumes.push(volume);
            }
            GapPolicy::Distribute => volumes.extend(shares(volume, new)),
        }
        self.last = at;
        Ok(())
    }

    pub(in crate::usage) fn into_series(self) -> Result<UsageSeries, Error> {
        UsageSeries::new(self.grid, self.volumes)
    }
}

/// Checks that one time comes after another.
pub(in crate::usage) fn ascends(previous: Timestamp, at: Timestamp) -> Result<(), Error> {
    if at <= previous {
        return Err(UsageError::OutOfOrder { at, previous }.into());
    }
    Ok(())
}

/// Divides a volume into `count` even shares: the differences of its rounded running total.
#[expect(clippy::arithmetic_side_effects, reason = "a running total does not fall")]
fn shares(volume: DataVolume, count: u128) -> impl Iterator<Item = DataVolume> {
    let nearest = RoundingStrategy::MidpointNearestEven;
    let upto = move |share| portion(volume.as_nanobits(), share, count, nearest);
    (1..=count).map(move |share| DataVolume::from_nanobits(upto(share) - upto(share - 1)))
}
