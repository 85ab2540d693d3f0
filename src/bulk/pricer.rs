//! [`Pricer`]: a schedule over a column; [`Compiled`]: over columns yet to come.

use super::{
    Column, Partial,
    kernel::{Amounts, Level, Stepper, add_bounded, add_stepped},
    lines::{Line, Lines},
    partial::Sums,
};
use crate::{
    Error,
    money::{Cost, Currency},
    price::{Schedule, UnitPrice},
    quantity::{Quantity, Ratio},
};
use core::hash::Hasher as _;
use rust_decimal::RoundingStrategy;
use siphasher::sip::SipHasher24;

/// Decimal places that amounts of 128 bits can have.
const MAX_SCALE: u32 = 38;

/// A schedule, made ready for numbers of one unit, and bound to no column.
///
/// It prices data that comes in pieces, on several threads or machines: each piece adds to a
/// [`Partial`], partials merge in any order, and the last one is finished into a cost.
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
pub struct Compiled<Q: Quantity> {
    currency: Currency,
    unit: Q::Unit,
    lines: Lines,
    stepper: Option<Stepper>,
    /// Where one line gives way to the next.
    bounds: Vec<u64>,
    /// The totals' weights; those of sums that no line needs are zero.
    weights: Weights,
    fingerprint: u64,
}

/// A total is Σ weight × sum.
#[derive(Debug, Clone)]
struct Weights {
    record: Ratio,
    unit: Ratio,
    step: Ratio,
    at: Vec<AtBound>,
}

/// What changes where one line gives way to the next.
#[derive(Debug, Clone)]
struct AtBound {
    /// For each unit above the bound.
    unit: Ratio,
    /// For each number above the bound.
    record: Ratio,
    /// For each step of a number above the bound.
    step: Ratio,
}

/// A schedule over a column.
///
/// ```
/// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
///
/// let flows = [64, 1_500, 900_000_000_000];
/// let column = Column::bytes(&flows);
/// let pricer = pta::INTERNATIONAL_CHARGE.over(&column);
/// assert_eq!(pricer.total().to_string(), "900000.001564 USD");
///
/// let mut cents = [0; 3];
/// pricer.each_into(2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
/// assert_eq!(cents, [0, 0, 90_000_000]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pricer<'a, Q: Quantity> {
    compiled: Compiled<Q>,
    column: Column<'a, Q>,
}

impl<Q: Quantity> UnitPrice<Q> {
    /// The price over a column of numbers: see [`bulk`](crate::bulk).
    ///
    /// ```
    /// use bandwidth_cost::{bulk::Column, pta};
    ///
    /// let hours = [634, 597, 815];
    /// let column = Column::terabytes(&hours);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).total().to_string(), "2728000 USD");
    /// ```
    #[must_use]
    pub fn over<'a>(&self, column: &Column<'a, Q>) -> Pricer<'a, Q> {
        Schedule::flat(*self).over(column)
    }

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
    pub fn compile(&self, unit: Q::Unit) -> Compiled<Q> {
        Schedule::flat(*self).compile(unit)
    }
}

impl<Q: Quantity> Schedule<Q> {
    /// The schedule over a column of numbers, each of which is priced by itself: see
    /// [`bulk`](crate::bulk).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule, bulk::Column};
    ///
    /// // Per started MB.
    /// let price = Schedule::flat("0.02 USD per 1 MB".parse()?)
    ///     .with_increment(DataVolume::from_megabytes(1))?;
    /// let sessions = [1, 1_000_000, 1_000_001];
    /// assert_eq!(price.over(&Column::bytes(&sessions)).total().to_string(), "0.08 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn over<'a>(&self, column: &Column<'a, Q>) -> Pricer<'a, Q> {
        Pricer { compiled: self.compile(column.unit()), column: *column }
    }

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
    pub fn compile(&self, unit: Q::Unit) -> Compiled<Q> {
        Compiled::new(self, unit)
    }
}

impl<Q: Quantity> Compiled<Q> {
    fn new(schedule: &Schedule<Q>, unit: Q::Unit) -> Self {
        let lines = Lines::of(schedule, unit);
        let currency = schedule.currency();
        let mut hasher = SipHasher24::new();
        hasher.write(format!("{} {unit} {currency} {}", Q::NAME, lines.text()).as_bytes());
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
    pub fn partial(&self) -> Partial {
        Partial { fingerprint: self.fingerprint, sums: self.no_sums() }
    }

    /// Adds a column.
    ///
    /// # Errors
    ///
    /// [`Error::OtherPricer`] where the partial was made by another pricer; [`Error::ColumnUnit`]
    /// where the column has another unit; [`Error::PartialOverflow`] as in [`Partial::merge`]. The
    /// partial is left as it was.
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
    pub fn add(&self, partial: &mut Partial, column: &Column<'_, Q>) -> Result<(), Error> {
        self.check(column)?;
        partial.merge(&self.partial_of(column.values()))
    }

    /// What the data of the partial costs, exactly.
    ///
    /// # Errors
    ///
    /// [`Error::OtherPricer`] where the partial was made by another pricer.
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
    pub fn finish(&self, partial: &Partial) -> Result<Cost, Error> {
        partial.expect(&self.partial())?;
        Ok(self.cost(&partial.sums))
    }

    pub(super) fn check(&self, column: &Column<'_, Q>) -> Result<(), Error> {
        if column.unit() != self.unit {
            let (compiled, column) = (self.unit.to_string(), column.unit().to_string());
            return Err(Error::ColumnUnit { compiled, column });
        }
        Ok(())
    }

    /// The sums of one column, in which nothing can overflow: they are of at most 2^61 numbers.
    pub(super) fn partial_of(&self, values: &[u64]) -> Partial {
        let mut sums = self.no_sums();
        let level = Level::new();
        sums.records = u64::try_from(values.len()).unwrap_or(u64::MAX);
        if let Some(stepper) = &self.stepper {
            sums.steps = add_stepped(level, stepper, values, &self.bounds, &mut sums.stepped);
        }
        if self.stepper.is_none() || self.weights.need_units() {
            let count = self.stepper.is_none() && self.weights.need_records();
            sums.units = add_bounded(level, values, &self.bounds, count, &mut sums.bounded);
        }
        Partial { fingerprint: self.fingerprint, sums }
    }

    fn no_sums(&self) -> Sums {
        let bounds = self.bounds.len();
        Sums::at_bounds(bounds, if self.stepper.is_some() { bounds } else { 0 })
    }

    pub(super) fn cost(&self, sums: &Sums) -> Cost {
        let Weights { record, unit, step, at } = &self.weights;
        let units = Ratio::from(sums.units);
        let mut total = record * &sums.records.into();
        total = &total + &(unit * &units);
        total = &total + &(step * &sums.steps.into());
        for (index, weight) in at.iter().enumerate() {
            let bounded = sums.bounded.get(index).copied().unwrap_or_default();
            let stepped = sums.stepped.get(index).copied().unwrap_or_default();
            let above = if self.stepper.is_some() { stepped.above } else { bounded.above };
            total = &total + &(&weight.unit * &(&units - &bounded.within.into()));
            total = &total + &(&weight.record * &above.into());
            total = &total + &(&weight.step * &stepped.steps.into());
        }
        Cost::new(total, self.currency)
    }

    fn amounts(&self, scale: u32, strategy: RoundingStrategy) -> Result<Amounts<'_>, Error> {
        if scale > MAX_SCALE {
            return Err(Error::ScaleTooLarge { scale });
        }
        Ok(Amounts::new(&self.lines, self.stepper.as_ref(), scale, strategy))
    }
}

impl Weights {
    /// The first line for all numbers, and at each bound the difference to the next: above a bound
    /// `t`, that is `change of slope × (x − t)` and a jump.
    fn of(lines: &[Line]) -> Self {
        let changes = lines.iter().zip(lines.iter().skip(1)).map(|(line, next)| {
            let unit = &next.per_unit - &line.per_unit;
            let record = &(&next.base - &line.base) + &(&unit * &line.last.into());
            AtBound { record, unit, step: &next.per_step - &line.per_step }
        });
        let at = changes.collect();
        let zero = || Ratio::ZERO;
        let first = lines.first();
        Self {
            record: first.map_or_else(zero, |line| line.base.clone()),
            unit: first.map_or_else(zero, |line| line.per_unit.clone()),
            step: first.map_or_else(zero, |line| line.per_step.clone()),
            at,
        }
    }

    fn need_units(&self) -> bool {
        !self.unit.is_zero() || self.at.iter().any(|at| !at.unit.is_zero())
    }

    fn need_records(&self) -> bool {
        self.at.iter().any(|at| !at.record.is_zero())
    }
}

impl<Q: Quantity> Pricer<'_, Q> {
    /// What all numbers cost together, exactly: the sum of what each costs.
    ///
    /// ```
    /// use bandwidth_cost::{bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 1, 1]);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).total().to_string(), "4 USD");
    /// ```
    #[must_use]
    pub fn total(&self) -> Cost {
        self.compiled.cost(&self.compiled.partial_of(self.column.values()).sums)
    }

    /// What each number costs, in units of 10^-`scale` of the currency, rounded as `strategy` says
    /// (see [`Cost::round`]): the numbers of Arrow's `Decimal128(38, scale)`.
    ///
    /// # Errors
    ///
    /// [`Error::OutputLength`] unless there is room for exactly one amount for each number;
    /// [`Error::ScaleTooLarge`] beyond 38; [`Error::ElementOverflow`] at the first number whose
    /// amount 128 bits don't hold: all amounts before it are written, and what stands behind them
    /// is unspecified.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 2, 3]); // 4/3, 8/3 and 4 USD
    /// let mut cents = [0; 3];
    /// let nearest = RoundingStrategy::MidpointNearestEven;
    /// pta::DISRUPTION_COST.over(&column).each_into(2, nearest, &mut cents)?;
    /// assert_eq!(cents, [133, 267, 400]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn each_into(
        &self,
        scale: u32,
        strategy: RoundingStrategy,
        out: &mut [i128],
    ) -> Result<(), Error> {
        let amounts = self.amounts(scale, strategy, out)?;
        let written = amounts.write(Level::new(), self.column.values(), out);
        written.map_err(|index| self.overflow(index, scale))
    }

    pub(super) fn amounts(
        &self,
        scale: u32,
        strategy: RoundingStrategy,
        out: &[i128],
    ) -> Result<Amounts<'_>, Error> {
        if out.len() != self.column.len() {
            return Err(Error::OutputLength { needed: self.column.len(), output: out.len() });
        }
        self.compiled.amounts(scale, strategy)
    }

    pub(super) fn overflow(&self, index: usize, scale: u32) -> Error {
        Error::ElementOverflow { index, element: self.column.text(index), scale }
    }
}

#[cfg(feature = "rayon")]
impl<'a, Q: Quantity> Pricer<'a, Q> {
    pub(super) fn parts(&self) -> (&Compiled<Q>, Column<'a, Q>) {
        (&self.compiled, self.column)
    }
}
