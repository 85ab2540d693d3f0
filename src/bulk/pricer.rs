//! [`Pricer`]: a schedule, compiled for columns of one unit.

use super::{
    Column, PartialSums,
    kernel::{Level, add_bounded, add_stepped},
    partial_sums::Sums,
    segments::Segments,
    steps::Stepper,
    weights::Weights,
};
use crate::{
    Error,
    bulk::BulkError,
    money::{Cost, Currency, MAX_SCALE},
    price::{UnitPrice, schedule::Schedule},
    quantity::Quantity,
};
use core::hash::Hasher as _;
use siphasher::sip::SipHasher24;

/// The version of the fingerprint: to be changed when sums of an earlier version would be priced
/// wrongly.
const VERSION: &str = "1";

/// A schedule compiled for numbers of one unit, which prices every record by itself: fees, minimums and
/// tiers apply to each, and a total is Σ cost(xᵢ). The cost of a sum is
/// `schedule.cost(column.total()?)`.
///
/// It prices data that comes in pieces, on several threads or machines: each piece adds to
/// [`PartialSums`], sums merge in any order, and [`finish`](Self::finish) turns them into a cost.
///
/// ```
/// use bandwidth_cost::{DataVolume, Schedule, Tier, Tiers, VolumeUnit, bulk::Column};
///
/// let egress = Schedule::graduated(Tiers::new([
///     Tier::up_to(DataVolume::from_gigabytes(10), "0.09 USD per 1 GB".parse()?),
///     Tier::rest("0.07 USD per 1 GB".parse()?),
/// ])?);
/// let pricer = egress.compile(VolumeUnit::Byte);
/// let mut month = pricer.partial();
/// for day in [[8_000_000_000, 12_000_000_000], [1_000_000_000, 30_000_000_000]] {
///     pricer.add(&mut month, &Column::bytes(&day))?;
/// }
/// assert_eq!(pricer.finish(&month)?.to_string(), "4.15 USD"); // 29 GB at 0.09, 22 GB at 0.07
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pricer<Q: Quantity> {
    currency: Currency,
    unit: Q::Unit,
    pub(super) segments: Segments,
    pub(super) stepper: Option<Stepper>,
    /// The last number of each segment but the last.
    pub(super) bounds: Vec<u64>,
    /// The weights of the sums; zero for those on which no cost depends.
    pub(super) weights: Weights,
    fingerprint: u64,
}

impl<Q: Quantity> UnitPrice<Q> {
    /// Compiles the price into a [`Pricer`] for columns whose numbers are in `unit`.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Kilobyte);
    /// let mut sums = pricer.partial();
    /// pricer.add(&mut sums, &Column::kilobytes(&[1, 999]))?;
    /// assert_eq!(pricer.finish(&sums)?.to_string(), "1 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn compile(&self, unit: Q::Unit) -> Pricer<Q> {
        Schedule::flat(*self).compile(unit)
    }
}

impl<Q: Quantity> Schedule<Q> {
    /// Compiles the schedule into a [`Pricer`] for columns whose numbers are in `unit`.
    ///
    /// Every record is priced by itself: the commitment of the example counts for each port.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, RateUnit, Schedule, bulk::Column};
    ///
    /// let ports = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_mbps(100));
    /// let pricer = ports.compile(RateUnit::Mbps);
    /// let mut month = pricer.partial();
    /// pricer.add(&mut month, &Column::mbps(&[40, 250]))?;
    /// assert_eq!(pricer.finish(&month)?.to_string(), "280 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn compile(&self, unit: Q::Unit) -> Pricer<Q> {
        Pricer::new(self, unit)
    }
}

impl<Q: Quantity> Pricer<Q> {
    fn new(schedule: &Schedule<Q>, unit: Q::Unit) -> Self {
        let segments = Segments::of(schedule.curve(), unit);
        let currency = schedule.currency();
        let mut hasher = SipHasher24::new();
        let text = segments.text();
        hasher.write(format!("{VERSION} {} {unit} {currency} {text}", Q::NAME).as_bytes());
        let with_next = segments.segments.iter().zip(segments.segments.iter().skip(1));
        Self {
            currency,
            unit,
            stepper: segments.steps.map(Stepper::new),
            bounds: with_next.map(|(segment, _)| segment.last).collect(),
            weights: Weights::of(&segments.segments),
            fingerprint: hasher.finish(),
            segments,
        }
    }

    /// Returns the unit of the columns.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// assert_eq!(pta::DISRUPTION_COST.compile(VolumeUnit::Byte).unit(), VolumeUnit::Byte);
    /// ```
    #[must_use]
    pub const fn unit(&self) -> Q::Unit {
        self.unit
    }

    /// Returns the currency of the costs.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, VolumeUnit, pta};
    ///
    /// assert_eq!(pta::DISRUPTION_COST.compile(VolumeUnit::Byte).currency(), Currency::USD);
    /// ```
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Creates sums without records, to which [`add`](Self::add) adds columns.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// assert!(pricer.finish(&pricer.partial())?.is_zero());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn partial(&self) -> PartialSums {
        PartialSums { fingerprint: self.fingerprint, sums: self.no_sums() }
    }

    /// Adds the records of a column to sums, each to be priced by itself.
    ///
    /// # Errors
    ///
    /// - [`BulkError::ColumnUnit`] for a column in another unit.
    /// - [`BulkError::OtherPricer`], [`BulkError::Bounds`] and [`BulkError::SumOverflow`] as for
    ///   [`PartialSums::merge`].
    ///
    /// After an error the sums are unchanged.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut sums = pricer.partial();
    /// assert_eq!(
    ///     pricer.add(&mut sums, &Column::megabytes(&[1])).unwrap_err().to_string(),
    ///     "a column in MB for a pricer of B: pass a column in B",
    /// );
    /// ```
    pub fn add(&self, sums: &mut PartialSums, column: &Column<'_, Q>) -> Result<(), Error> {
        self.check(sums)?;
        self.check_unit(column)?;
        sums.merge(&self.sums_of(column.values()))
    }

    /// Returns the exact cost of all records of the sums, each priced by itself: Σ cost(xᵢ).
    ///
    /// Fees, minimums and tiers apply to every record. The cost of a sum is
    /// `schedule.cost(column.total()?)`.
    ///
    /// # Errors
    ///
    /// - [`BulkError::OtherPricer`] for sums of a pricer for another schedule, unit or currency.
    /// - [`BulkError::Bounds`] for sums that were read and differ from those that were written.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Terabyte);
    /// let mut sums = pricer.partial();
    /// pricer.add(&mut sums, &Column::terabytes(&[15]))?;
    /// assert_eq!(pricer.finish(&sums)?.to_string(), "20000 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn finish(&self, sums: &PartialSums) -> Result<Cost, Error> {
        self.check(sums)?;
        Ok(self.cost(&sums.sums))
    }

    pub(super) fn check(&self, sums: &PartialSums) -> Result<(), Error> {
        sums.check(self.fingerprint, self.sizes())
    }

    /// Returns the fewest decimal places at which the cost of every record is exact, and so the total of
    /// every column, or `None` if no number of places up to 38 is enough.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let per_megabyte = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Byte); // 1 USD per 1 MB
    /// assert_eq!(per_megabyte.exact_scale(), Some(6));
    /// let thirds = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte); // 4/3 USD per 1 GB
    /// assert_eq!(thirds.exact_scale(), None);
    /// ```
    #[must_use]
    pub fn exact_scale(&self) -> Option<u32> {
        self.segments.exact_places().filter(|places| *places <= MAX_SCALE)
    }

    pub(super) fn check_unit(&self, column: &Column<'_, Q>) -> Result<(), Error> {
        if column.unit() != self.unit {
            let (pricer, column) = (self.unit.to_string(), column.unit().to_string());
            return Err(BulkError::ColumnUnit { pricer, column }.into());
        }
        Ok(())
    }

    /// The sums of one column. No sum overflows, because a slice holds at most 2^60 numbers.
    pub(super) fn sums_of(&self, values: &[u64]) -> PartialSums {
        let mut sums = self.no_sums();
        let level = Level::new();
        sums.records = records(values.len());
        if let Some(stepper) = &self.stepper {
            sums.steps = add_stepped(level, stepper, values, &self.bounds, &mut sums.stepped);
        }
        if self.sums_units() {
            let count = self.counts_bounded();
            sums.units = add_bounded(level, values, &self.bounds, count, &mut sums.bounded);
        }
        PartialSums { fingerprint: self.fingerprint, sums }
    }

    /// Whether numbers are summed, or only their steps.
    pub(super) fn sums_units(&self) -> bool {
        self.stepper.is_none() || self.weights.need_units()
    }

    /// Whether the numbers above bounds are counted where numbers are summed. With steps, they are
    /// counted where steps are summed.
    pub(super) fn counts_bounded(&self) -> bool {
        self.stepper.is_none() && self.weights.need_records()
    }

    fn no_sums(&self) -> Sums {
        Sums::at_bounds(self.sizes())
    }

    /// The number of bounds at which numbers are summed, and of those at which steps are.
    fn sizes(&self) -> (usize, usize) {
        let bounds = self.bounds.len();
        (bounds, if self.stepper.is_some() { bounds } else { 0 })
    }

    pub(super) fn cost(&self, sums: &Sums) -> Cost {
        Cost::new(self.weights.total(sums), self.currency)
    }
}

/// The number of records in a slice.
#[expect(clippy::expect_used, reason = "no target has addresses of more than 64 bits")]
pub(super) fn records(len: usize) -> u64 {
    u64::try_from(len).expect("64 bits hold a length")
}
