//! [`Pricer`]: a schedule for columns yet to come.

use super::{
    Column, PartialSums,
    kernel::{Level, Stepper, add_bounded, add_stepped},
    partial_sums::Sums,
    segments::Segments,
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

/// Of what is hashed: another one where sums of an earlier one would be read wrongly.
const VERSION: &str = "1";

/// A schedule, made ready for numbers of one unit, and bound to no column.
///
/// It prices data that comes in pieces, on several threads or machines: each piece adds to a
/// [`PartialSums`], partials merge in any order, and the last one is finished into a cost.
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
    lines: Segments,
    pub(super) stepper: Option<Stepper>,
    /// Where one line gives way to the next.
    pub(super) bounds: Vec<u64>,
    /// The totals' weights; those of sums that no line needs are zero.
    pub(super) weights: Weights,
    fingerprint: u64,
}

impl<Q: Quantity> UnitPrice<Q> {
    /// The price for numbers of a unit, in columns yet to come.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Kilobyte);
    /// let mut partial = pricer.partial();
    /// pricer.add(&mut partial, &Column::kilobytes(&[1, 999]))?;
    /// assert_eq!(pricer.finish(&partial)?.to_string(), "1 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn compile(&self, unit: Q::Unit) -> Pricer<Q> {
        Schedule::flat(*self).compile(unit)
    }
}

impl<Q: Quantity> Schedule<Q> {
    /// The schedule for numbers of a unit, in columns yet to come.
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
        let lines = Segments::of(schedule, unit);
        let currency = schedule.currency();
        let mut hasher = SipHasher24::new();
        hasher
            .write(format!("{VERSION} {} {unit} {currency} {}", Q::NAME, lines.text()).as_bytes());
        let pairs = || lines.lines.iter().zip(lines.lines.iter().skip(1));
        Self {
            currency,
            unit,
            stepper: lines.steps.map(Stepper::new),
            bounds: pairs().map(|(line, _)| line.last).collect(),
            weights: Weights::of(&lines.lines),
            fingerprint: hasher.finish(),
            lines,
        }
    }

    /// The unit of the numbers.
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

    /// The currency of the costs.
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

    /// The sums of no data.
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

    /// Adds a column.
    ///
    /// # Errors
    ///
    /// [`BulkError::OtherPricer`] where the partial was made by another pricer; [`BulkError::ColumnUnit`]
    /// where the column has another unit; [`BulkError::PartialOverflow`] and [`BulkError::PartialBounds`] as
    /// in [`PartialSums::merge`]. The partial is left as it was.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut partial = pricer.partial();
    /// assert_eq!(
    ///     pricer.add(&mut partial, &Column::megabytes(&[1])).unwrap_err().to_string(),
    ///     "a column in MB for a pricer compiled for B: compile one for MB",
    /// );
    /// ```
    pub fn add(&self, partial: &mut PartialSums, column: &Column<'_, Q>) -> Result<(), Error> {
        self.check(partial)?;
        self.check_unit(column)?;
        partial.merge(&self.partial_of(column.values()))
    }

    /// What the data of the partial costs, exactly.
    ///
    /// # Errors
    ///
    /// [`BulkError::OtherPricer`] where the partial was made by another pricer; [`BulkError::PartialBounds`]
    /// where it was read and is not as it was written.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Terabyte);
    /// let mut partial = pricer.partial();
    /// pricer.add(&mut partial, &Column::terabytes(&[15]))?;
    /// assert_eq!(pricer.finish(&partial)?.to_string(), "20000 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn finish(&self, partial: &PartialSums) -> Result<Cost, Error> {
        self.check(partial)?;
        Ok(self.cost(&partial.sums))
    }

    pub(super) fn check(&self, partial: &PartialSums) -> Result<(), Error> {
        let (bounded, stepped) = self.sizes();
        partial.expect_of(self.fingerprint, bounded, stepped)
    }

    /// The fewest decimal places at which each total of each column is exact; none where there are
    /// none, or more than 38.
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
        self.lines.exact_places().filter(|places| *places <= MAX_SCALE)
    }

    pub(super) fn check_unit(&self, column: &Column<'_, Q>) -> Result<(), Error> {
        if column.unit() != self.unit {
            let (compiled, column) = (self.unit.to_string(), column.unit().to_string());
            return Err(BulkError::ColumnUnit { compiled, column }.into());
        }
        Ok(())
    }

    pub(super) fn lines(&self) -> (&Segments, Option<&Stepper>) {
        (&self.lines, self.stepper.as_ref())
    }

    /// The sums of one column, in which nothing can overflow: they are of at most 2^61 numbers.
    pub(super) fn partial_of(&self, values: &[u64]) -> PartialSums {
        let mut sums = self.no_sums();
        let level = Level::new();
        sums.records = u64::try_from(values.len()).unwrap_or(u64::MAX);
        if let Some(stepper) = &self.stepper {
            sums.steps = add_stepped(level, stepper, values, &self.bounds, &mut sums.stepped);
        }
        if self.sums_units() {
            let count = self.counts_bounded();
            sums.units = add_bounded(level, values, &self.bounds, count, &mut sums.bounded);
        }
        PartialSums { fingerprint: self.fingerprint, sums }
    }

    /// Whether numbers are summed; else only their steps.
    pub(super) fn sums_units(&self) -> bool {
        self.stepper.is_none() || self.weights.need_units()
    }

    /// Whether numbers above bounds are counted where numbers are summed: where there are steps,
    /// they are counted along with those.
    pub(super) fn counts_bounded(&self) -> bool {
        self.stepper.is_none() && self.weights.need_records()
    }

    fn no_sums(&self) -> Sums {
        let (bounded, stepped) = self.sizes();
        Sums::at_bounds(bounded, stepped)
    }

    /// At how many bounds numbers are summed, and their steps.
    fn sizes(&self) -> (usize, usize) {
        let bounds = self.bounds.len();
        (bounds, if self.stepper.is_some() { bounds } else { 0 })
    }

    pub(super) fn cost(&self, sums: &Sums) -> Cost {
        Cost::new(self.weights.total(sums), self.currency)
    }
}
