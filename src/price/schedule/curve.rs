//! [`CostCurve`]: a schedule as straight segments.

use crate::{
    money::{Cost, Currency, Money},
    number::{Ratio, Share},
    price::{
        UnitPrice,
        schedule::{Pricing, Terms},
    },
    quantity::Quantity,
};
use core::{marker::PhantomData, num::NonZeroU128};
use dashu_int::{
    IBig, UBig,
    ops::{Gcd as _, RemEuclid as _},
};
use rust_decimal::RoundingStrategy;

/// The cost of each quantity under a [`Schedule`](crate::Schedule), as a curve of straight segments.
///
/// The allowance and the increment turn a measured quantity into the [billed](Self::billed) one. The
/// [segments](Self::segments) give the cost of the billed quantity, with everything else that the
/// contract has: tiers and their fees, commitment, fixed fee, minimum and maximum.
///
/// ```
/// use bandwidth_cost::{Cost, DataRate, Schedule, Tier, Tiers};
///
/// let schedule = Schedule::graduated(Tiers::new([
///     Tier::up_to(DataRate::from_gbps(1), "0.80 USD per 1 Mbps".parse()?),
///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
/// ])?)
/// .with_commitment(DataRate::from_mbps(500))
/// .with_increment(DataRate::from_mbps(1))?;
///
/// // The commitment costs 400 USD, however little is used; then come the two tiers.
/// let segments = schedule.curve().segments();
/// let lasts: Vec<_> = segments.iter().map(|segment| segment.last()).collect();
/// assert_eq!(lasts, [Some(DataRate::from_mbps(500)), Some(DataRate::from_gbps(1)), None]);
/// let bases: Vec<_> = segments.iter().map(|segment| segment.base().to_string()).collect();
/// assert_eq!(bases, ["400 USD", "0 USD", "300 USD"]);
///
/// // cost = slope × billed + base
/// let used = DataRate::from_bps(1_200_000_001);
/// let billed = schedule.curve().billed(used); // 1,201 Mbps, in bit/s
/// let amount = segments[2].slope() * &billed + segments[2].base().amount().clone();
/// assert_eq!(Cost::new(amount, schedule.currency()), schedule.cost(used));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CostCurve<Q> {
    metering: Metering,
    /// In ascending order from zero on, none of them empty, and only the last one without an end.
    segments: Vec<Segment<Q>>,
    /// The integer form of each segment.
    integers: Vec<Integers>,
    /// The number of segments that begin at a quantity of the type. Rounding up can bill more than
    /// the type's largest quantity, and a maximum can be reached there.
    shown: usize,
}

/// A straight part of a [`CostCurve`]: from one billed quantity to another, the cost is slope ×
/// billed quantity + base.
///
/// ```
/// use bandwidth_cost::{DataVolume, Schedule};
///
/// let egress = Schedule::flat("0.08 USD per 1 GB".parse()?).with_maximum("4 USD".parse()?)?;
/// let [rising, capped] = egress.curve().segments() else { panic!("two segments") };
/// assert_eq!(rising.last(), Some(DataVolume::from_gigabytes(50)));
/// assert_eq!(capped.base().to_string(), "4 USD");
/// assert!(capped.slope().is_zero());
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<Q> {
    /// The first and the last billed quantity, in smallest units. They can exceed the largest
    /// quantity of the type.
    start: IBig,
    end: Option<IBig>,
    slope: Ratio,
    base: Cost,
    quantity: PhantomData<Q>,
}

/// The steps from a measured quantity to the billed one, in smallest units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metering {
    pub(crate) allowance: u128,
    /// Zero if nothing is rounded up.
    pub(crate) increment: u128,
    pub(crate) commitment: u128,
}

/// A segment in integers: what costing a quantity reads.
#[derive(Debug, Clone, Copy)]
struct Integers {
    /// The last quantity, or the largest `u128` if that is less.
    end: u128,
    /// `None` where 128 bits don't hold the fraction.
    fraction: Option<Fraction>,
}

/// (slope × billed quantity + base) / denominator.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    slope: u128,
    base: i128,
    denominator: NonZeroU128,
}

impl<Q: Quantity> CostCurve<Q> {
    /// Returns the billed quantity for a measured one, in smallest units (billionths of a bit, or
    /// bit/s): the allowance is taken off, the rest is rounded up to a multiple of the increment and
    /// raised to the commitment.
    ///
    /// The result is a number because rounding up can exceed the largest quantity of the type.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Ratio, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_allowance(DataRate::from_mbps(10))
    ///     .with_increment(DataRate::from_mbps(100))?;
    /// let billed = schedule.curve().billed(DataRate::from_mbps(120));
    /// assert_eq!(billed, Ratio::from(200_000_000)); // bit/s
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn billed(&self, quantity: Q) -> Ratio {
        let used = quantity.units();
        match self.metering.billed(used) {
            Some(billed) => billed.into(),
            None => Ratio::whole(self.metering.billed_beyond(used)),
        }
    }

    /// Returns the segments in ascending order: at least one, the first of which begins at zero and
    /// only the last of which has no end.
    ///
    /// A segment that begins beyond the largest quantity of the type is not listed.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let flat = Schedule::<DataRate>::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(flat.curve().segments().len(), 1);
    /// assert_eq!(flat.curve().segments()[0].slope().to_string(), "0.0000008"); // USD per bit/s
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[Segment<Q>] {
        self.segments.split_at(self.shown).0
    }

    /// The segments, with those that begin beyond the largest quantity of the type.
    pub(crate) fn all_segments(&self) -> &[Segment<Q>] {
        &self.segments
    }

    pub(crate) const fn metering(&self) -> Metering {
        self.metering
    }

    /// Returns the largest measured quantity that costs at most `amount`.
    ///
    /// The cost can fall from one segment to the next, so each is asked, the last one first. Between
    /// two multiples of the increment, a segment may be that of no measured quantity.
    pub(super) fn largest_within(&self, amount: &Ratio) -> Option<Q> {
        self.segments.iter().rev().find_map(|segment| {
            let largest = match segment.last_within(amount) {
                Some(billed) => self.metering.largest(&billed, Q::MOST)?,
                None => Q::MOST,
            };
            let billed = match self.metering.billed(largest) {
                Some(billed) => billed.into(),
                None => self.metering.billed_beyond(largest),
            };
            (billed >= segment.start).then(|| Q::from_units(largest))
        })
    }

    /// Whether any quantity is billed as more than `units`.
    pub(super) fn exceeds(&self, units: u128) -> bool {
        self.metering.billed(Q::MOST).is_none_or(|most| most > units)
    }

    /// Returns the cost of a measured quantity.
    pub(super) fn cost(&self, quantity: Q) -> Cost {
        let Some(billed) = self.metering.billed(quantity.units()) else {
            return self.cost_beyond(&self.metering.billed_beyond(quantity.units()));
        };
        let index = self.integers.partition_point(|segment| segment.end < billed);
        if let Some(Integers { fraction: Some(fraction), .. }) = self.integers.get(index)
            && let Some(amount) = fraction.at(billed)
        {
            return Cost::new(amount, self.currency());
        }
        self.cost_beyond(&billed.into())
    }

    /// Returns the cost of a billed quantity of any size.
    fn cost_beyond(&self, billed: &IBig) -> Cost {
        let index = self.segments.partition_point(|segment| !segment.reaches(billed));
        #[expect(clippy::expect_used, reason = "the last segment has no end")]
        let segment = self.segments.get(index).expect("every quantity is on a segment");
        segment.cost(&Ratio::whole(billed.clone()))
    }

    #[expect(clippy::expect_used, reason = "a flat price has a segment, and so has each tier")]
    fn currency(&self) -> Currency {
        self.segments.first().expect("a curve has segments").base.currency()
    }

    /// The same segments for another allowance or increment.
    pub(super) fn with_metering(self, metering: Metering) -> Self {
        Self { metering, ..self }
    }

    fn new(metering: Metering, currency: Currency, straights: Vec<Straight>) -> Self {
        let mut segments: Vec<Segment<Q>> = Vec::with_capacity(straights.len());
        let mut start = IBig::ZERO;
        for Straight { end, slope, base } in straights {
            // A tier between two bounds with no quantity between them is empty, and so is the tier
            // that ends where the commitment does.
            if end.as_ref().is_some_and(|end| *end < start) {
                continue;
            }
            let next = end.as_ref().map(|end| end + IBig::ONE);
            match segments.last_mut() {
                Some(last) if last.slope == slope && *last.base.amount() == base => last.end = end,
                _ => {
                    let base = Cost::new(base, currency);
                    segments.push(Segment { start, end, slope, base, quantity: PhantomData });
                }
            }
            let Some(next) = next else { break };
            start = next;
        }
        let most = IBig::from(Q::MOST);
        let shown = segments.partition_point(|segment| segment.start <= most);
        let integers = segments.iter().map(Segment::integers).collect();
        Self { metering, segments, integers, shown }
    }
}

impl<Q: Quantity> Segment<Q> {
    /// Returns the first billed quantity of the segment.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("1 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_mbps(500));
    /// let [committed, above] = transit.curve().segments() else { panic!("two segments") };
    /// assert_eq!(committed.first(), DataRate::ZERO);
    /// assert_eq!(above.first(), DataRate::from_bps(500_000_001));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "only segments that begin within the type are shown"
    )]
    pub fn first(&self) -> Q {
        quantity(&self.start).expect("a segment begins at a quantity of the type")
    }

    /// Returns the last billed quantity of the segment, or `None` if it ends at no quantity of the
    /// type.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("1 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_mbps(500));
    /// let [committed, above] = transit.curve().segments() else { panic!("two segments") };
    /// assert_eq!(committed.last(), Some(DataRate::from_mbps(500)));
    /// assert_eq!(above.last(), None);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn last(&self) -> Option<Q> {
        self.end.as_ref().and_then(quantity)
    }

    /// Returns the money that each smallest unit (a billionth of a bit, or 1 bit/s) adds to the cost;
    /// never negative.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::<DataRate>::flat("0.80 USD per 1 Mbps".parse()?);
    /// let slope = transit.curve().segments()[0].slope(); // USD per bit/s
    /// assert_eq!(slope.to_string(), "0.0000008");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn slope(&self) -> &Ratio {
        &self.slope
    }

    /// Returns the cost at which the segment, made longer, meets a billed quantity of zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::<DataRate>::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_fixed_fee("250 USD".parse()?)?;
    /// assert_eq!(transit.curve().segments()[0].base().to_string(), "250 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn base(&self) -> &Cost {
        &self.base
    }

    /// The last billed quantity, in smallest units; `None` for the last segment.
    pub(crate) const fn end(&self) -> Option<&IBig> {
        self.end.as_ref()
    }

    /// The last billed quantity that costs at most `amount`, as [`last_within`] returns it.
    fn last_within(&self, amount: &Ratio) -> Option<IBig> {
        last_within(&self.slope, self.base.amount(), self.end.as_ref(), amount)
    }

    fn reaches(&self, billed: &IBig) -> bool {
        self.end.as_ref().is_none_or(|end| billed <= end)
    }

    fn cost(&self, billed: &Ratio) -> Cost {
        Cost::new(&(&self.slope * billed) + self.base.amount(), self.base.currency())
    }

    fn integers(&self) -> Integers {
        Integers {
            end: self.end.as_ref().map_or(u128::MAX, |end| at_most(end, u128::MAX)),
            fraction: Fraction::of(&self.slope, self.base.amount()),
        }
    }
}

/// The quantity of `units` smallest units, or `None` beyond the type's largest.
fn quantity<Q: Quantity>(units: &IBig) -> Option<Q> {
    u128::try_from(units).ok().filter(|units| *units <= Q::MOST).map(Q::from_units)
}

/// A number of smallest units, or `most` if that is less.
#[expect(clippy::expect_used, reason = "no quantity is below zero")]
fn at_most(units: &IBig, most: u128) -> u128 {
    u128::try_from(units.min(&most.into())).expect("a quantity is not below zero")
}

impl Fraction {
    /// Both over one denominator, or `None` where 128 bits don't hold them.
    fn of(slope: &Ratio, base: &Ratio) -> Option<Self> {
        let (slope, slope_over) = slope.clone().into_parts();
        let (base, base_over) = base.clone().into_parts();
        let common = (&slope_over).gcd(&base_over);
        let (slope_times, base_times) = (&base_over / &common, &slope_over / common);
        let denominator = u128::try_from(&slope_over * &slope_times).ok()?;
        Some(Self {
            slope: u128::try_from(slope * IBig::from(slope_times)).ok()?,
            base: i128::try_from(base * IBig::from(base_times)).ok()?,
            denominator: NonZeroU128::new(denominator)?,
        })
    }

    #[inline]
    fn at(self, billed: u128) -> Option<Ratio> {
        let product = i128::try_from(self.slope.checked_mul(billed)?).ok()?;
        Some(Ratio::small(product.checked_add(self.base)?, self.denominator.get()))
    }
}

impl Metering {
    /// The billed quantity, or `None` where rounding up exceeds 128 bits.
    #[inline]
    fn billed(&self, used: u128) -> Option<u128> {
        let charged = used.saturating_sub(self.allowance);
        let rounded = match self.increment {
            0 => charged,
            increment => charged.checked_next_multiple_of(increment)?,
        };
        Some(rounded.max(self.commitment))
    }

    /// The largest measured quantity, at most `most`, that is billed as at most `billed`; `None` where
    /// zero is billed as more.
    pub(crate) fn largest(&self, billed: &IBig, most: u128) -> Option<u128> {
        if *billed < IBig::from(self.commitment) {
            return None;
        }
        let over = match self.increment {
            0 => UBig::ZERO,
            increment => billed.rem_euclid(IBig::from(increment)),
        };
        let largest = billed - IBig::from(over) + IBig::from(self.allowance);
        Some(at_most(&largest, most))
    }

    /// The billed quantity where rounding up exceeds 128 bits, and so any commitment.
    fn billed_beyond(&self, used: u128) -> IBig {
        let (charged, increment) = (used.saturating_sub(self.allowance), self.increment);
        let steps = UBig::from(charged.div_ceil(increment.max(1)));
        IBig::from(steps * UBig::from(increment))
    }
}

/// Where the cost of a billed quantity up to `end` is slope × quantity + base.
#[derive(Debug, Clone)]
struct Straight {
    /// In smallest units; `None` for the last one.
    end: Option<IBig>,
    slope: Ratio,
    base: Ratio,
}

impl<Q: Quantity> Terms<Q> {
    /// The curve for a part of a period: allowance, commitment and charges are that part of their
    /// whole.
    ///
    /// The order is that of the arithmetic: prices, commitment, fixed fee, minimum, maximum.
    pub(super) fn curve(&self, part: Share) -> CostCurve<Q> {
        let charge = |money: Money| &Ratio::from(money.amount()) * &part.into();
        let metering = self.metering(part);
        let mut straights = self.priced(charge);
        if metering.commitment > 0 {
            straights = committed(straights, metering.commitment);
        }
        if let Some(fee) = self.fixed_fee.map(charge) {
            for straight in &mut straights {
                straight.base = &straight.base + &fee;
            }
        }
        if let Some(minimum) = self.minimum.map(charge) {
            straights = split(straights, &minimum, |below, above| [below.flat(&minimum), above]);
        }
        if let Some(maximum) = self.maximum.map(charge) {
            straights = split(straights, &maximum, |below, above| [below, above.flat(&maximum)]);
        }
        CostCurve::new(metering, self.currency(), straights)
    }

    pub(super) fn metering(&self, part: Share) -> Metering {
        Metering {
            allowance: part.of_units(self.allowance.units()),
            increment: self.increment.units(),
            commitment: part.of_units(self.commitment.units()),
        }
    }

    fn priced(&self, charge: impl Fn(Money) -> Ratio) -> Vec<Straight> {
        let fee_of = |fee: Option<Money>| fee.map_or(Ratio::ZERO, &charge);
        let slope_of =
            |price: Option<UnitPrice<Q>>| price.map_or(Ratio::ZERO, |price| price.value());
        match &self.pricing {
            Pricing::Flat(price) => {
                vec![Straight { end: None, slope: price.value(), base: Ratio::ZERO }]
            }
            Pricing::Graduated(tiers) => {
                // The cost of all tiers before, and the bound at which they end.
                let (mut before, mut start) = (Ratio::ZERO, Ratio::ZERO);
                let straights = tiers.as_slice().iter().map(|tier| {
                    let slope = slope_of(tier.price());
                    before = &before + &fee_of(tier.fee());
                    let base = &before - &(&slope * &start);
                    if let Some(bound) = tier.bound().quantity() {
                        start = bound.units().into();
                        before = &base + &(&slope * &start);
                    }
                    Straight { end: tier.last().map(IBig::from), slope, base }
                });
                straights.collect()
            }
            Pricing::AllUnits(tiers) => {
                let straights = tiers.as_slice().iter().map(|tier| Straight {
                    end: tier.last().map(IBig::from),
                    slope: slope_of(tier.price()),
                    base: fee_of(tier.fee()),
                });
                straights.collect()
            }
        }
    }
}

impl Straight {
    fn cost(&self, billed: &Ratio) -> Ratio {
        &(&self.slope * billed) + &self.base
    }

    fn flat(self, base: &Ratio) -> Self {
        Self { end: self.end, slope: Ratio::ZERO, base: base.clone() }
    }

    /// The same up to the largest quantity that costs at most `amount`; up to a negative quantity
    /// where none does.
    fn within(&self, amount: &Ratio) -> Self {
        let end = last_within(&self.slope, &self.base, self.end.as_ref(), amount);
        Self { end, ..self.clone() }
    }
}

/// The last whole quantity, up to `end`, with a cost of at most `amount`, where the cost is slope ×
/// quantity + base. It is negative if every quantity costs more, and `None` if none does and there is no
/// end.
fn last_within(slope: &Ratio, base: &Ratio, end: Option<&IBig>, amount: &Ratio) -> Option<IBig> {
    let room = amount - base;
    match (slope.is_zero(), room.is_negative()) {
        (true, false) => end.cloned(),
        (true, true) => Some(IBig::NEG_ONE),
        (false, _) => {
            let quantity = &room * &slope.reciprocal();
            let last = quantity.scaled(0, RoundingStrategy::ToNegativeInfinity);
            Some(end.map_or_else(|| last.clone(), |end| end.min(&last).clone()))
        }
    }
}

/// A quantity below the commitment costs what the commitment does.
fn committed(straights: Vec<Straight>, commitment: u128) -> Vec<Straight> {
    let last = IBig::from(commitment);
    let above: Vec<Straight> = straights
        .into_iter()
        .skip_while(|straight| straight.end.as_ref().is_some_and(|end| *end < last))
        .collect();
    let cost = above.first().map(|straight| straight.cost(&commitment.into()));
    let below = cost.map(|base| Straight { end: Some(last), slope: Ratio::ZERO, base });
    below.into_iter().chain(above).collect()
}

/// Each part in two: the quantities that cost at most `amount`, and those that cost more. Parts that
/// hold no quantity stay in the list, and end before the part in front of them does.
fn split(
    straights: Vec<Straight>,
    amount: &Ratio,
    change: impl Fn(Straight, Straight) -> [Straight; 2],
) -> Vec<Straight> {
    let halves = |straight: Straight| change(straight.within(amount), straight);
    straights.into_iter().flat_map(halves).collect()
}
