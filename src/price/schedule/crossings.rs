//! The part of [`Schedule`] that finds where another schedule becomes cheaper.

use super::{Metering, PriceError, Schedule, one_currency};
use crate::{Error, number::Ratio, quantity::Quantity};
use dashu_int::{
    IBig, UBig,
    ops::{DivEuclid as _, DivRemEuclid as _, Gcd as _},
};

/// The most crossings that [`Schedule::crossings`] returns for schedules with an increment: 1,000.
///
/// Where one price is per started unit, the cheaper of two schedules can change at every step.
pub const MAX_CROSSINGS: usize = 1_000;

/// A quantity at which the cheaper of two schedules changes.
///
/// ```
/// use bandwidth_cost::{DataRate, Schedule};
///
/// let metered = Schedule::<DataRate>::flat("2 USD per 1 Mbps".parse()?);
/// let port = Schedule::flat("0 USD per 1 Mbps".parse()?).with_fixed_fee("5000 USD".parse()?)?;
/// let crossings = metered.crossings(&port)?;
/// // At 2,500 Mbps both cost 5,000 USD.
/// assert_eq!(crossings[0].quantity(), DataRate::from_bps(2_500_000_001));
/// assert!(crossings[0].other_is_cheaper());
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crossing<Q> {
    quantity: Q,
    other_is_cheaper: bool,
}

impl<Q: Copy> Crossing<Q> {
    /// Returns the first quantity at which the schedule that was the dearer one costs strictly less.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let list = Schedule::<DataVolume>::flat("0.09 USD per 1 GB".parse()?);
    /// let plan = Schedule::flat("0.05 USD per 1 GB".parse()?).with_fixed_fee("40 USD".parse()?)?;
    /// let at = list.crossings(&plan)?[0].quantity();
    /// assert_eq!(at, DataVolume::from_terabytes(1) + DataVolume::from_nanobits(1));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn quantity(&self) -> Q {
        self.quantity
    }

    /// Returns whether the cheaper one from here on is the schedule that was passed to
    /// [`Schedule::crossings`]; otherwise it is the one on which that was called.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let list = Schedule::<DataVolume>::flat("0.09 USD per 1 GB".parse()?);
    /// let plan = Schedule::flat("0.05 USD per 1 GB".parse()?).with_fixed_fee("40 USD".parse()?)?;
    /// assert!(list.crossings(&plan)?[0].other_is_cheaper());
    /// assert!(!plan.crossings(&list)?[0].other_is_cheaper());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn other_is_cheaper(&self) -> bool {
        self.other_is_cheaper
    }
}

/// Measured quantities up to `last`, of which each costs rise × steps + base: a stair for each
/// increment, or for each smallest unit where nothing is rounded up.
struct Stairs {
    last: u128,
    /// The quantity behind which the first step begins.
    free: u128,
    /// Not zero.
    step: u128,
    /// Zero up to `free`.
    rise: Ratio,
    base: Ratio,
}

impl<Q: Quantity> Schedule<Q> {
    /// Returns the crossings of the two schedules in ascending order: each quantity from which on the one
    /// that was the dearer until then is strictly cheaper. Costs are compared exactly.
    ///
    /// A stretch of equal cost is no crossing if the same schedule is the cheaper one before and after
    /// it. If both cost the same from zero on, as with the same first tier, the quantity at which they part
    /// is no crossing either, because none was dearer before. So if the list is empty, one of the two is
    /// never dearer: compare their [`cost`](Self::cost) at a quantity at which they differ.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) for schedules in
    ///   two currencies.
    /// - [`PriceError::TooManyCrossings`] for more than [`MAX_CROSSINGS`] crossings if one of the two
    ///   has an increment.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let small = Schedule::flat("1.20 USD per 1 Mbps".parse()?);
    /// let large = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_gbps(3));
    /// // The commitment of 2,400 USD pays off from 2 Gbps on, long before it is used up.
    /// let crossings = small.crossings(&large)?;
    /// assert_eq!(crossings.len(), 1);
    /// assert_eq!(crossings[0].quantity(), DataRate::from_bps(2_000_000_001));
    /// assert!(crossings[0].other_is_cheaper());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn crossings(&self, other: &Self) -> Result<Vec<Crossing<Q>>, Error> {
        one_currency(self.currency(), other.currency())?;
        let [ours, theirs] = [self, other].map(Self::stairs);
        let rounds_up = [self, other].map(|schedule| schedule.curve.metering().increment > 0);
        let rounds_up = rounds_up.contains(&true);
        let mut crossings = Vec::new();
        // Unknown as long as both cost the same.
        let mut other_is_cheaper = None;
        let mut first = 0;
        let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
        while let (Some(&own), Some(&their)) = (ours.peek(), theirs.peek()) {
            let last = own.last.min(their.last);
            let own_is_below = |first| own.first_below(their, first, last).map(|at| (at, false));
            let other_is_below = |first| their.first_below(own, first, last).map(|at| (at, true));
            loop {
                let next = match other_is_cheaper {
                    Some(true) => own_is_below(first),
                    Some(false) => other_is_below(first),
                    None => own_is_below(first).into_iter().chain(other_is_below(first)).min(),
                };
                let Some((at, cheaper)) = next else { break };
                let quantity = Q::from_units(at);
                if other_is_cheaper.replace(cheaper).is_some() {
                    if rounds_up && crossings.len() == MAX_CROSSINGS {
                        let (most, last) = (MAX_CROSSINGS, quantity.measured());
                        return Err(PriceError::TooManyCrossings { most, last }.into());
                    }
                    crossings.push(Crossing { quantity, other_is_cheaper: cheaper });
                }
                first = at;
            }
            ours.next_if(|own| own.last == last);
            theirs.next_if(|their| their.last == last);
            let Some(next) = last.checked_add(1) else { break };
            first = next;
        }
        Ok(crossings)
    }

    /// The cost of each measured quantity, in ascending order up to the largest of the type.
    fn stairs(&self) -> Vec<Stairs> {
        let metering = self.curve.metering();
        let Metering { allowance, increment, .. } = metering;
        // Below the commitment the cost is that of zero, so that the commitment is in the segments.
        let nothing = self.cost(Q::from_units(0)).into_amount();
        let stairs =
            |last, rise, base| Stairs { last, free: allowance, step: increment.max(1), rise, base };
        let mut all = vec![stairs(allowance, Ratio::ZERO, nothing)];
        let mut before = allowance;
        for segment in self.curve.all_segments() {
            let last = match segment.end() {
                Some(end) => metering.largest(end, Q::MOST),
                None => Some(Q::MOST),
            };
            let Some(last) = last.filter(|last| *last > before) else { continue };
            let rise = segment.slope() * &increment.max(1).into();
            all.push(stairs(last, rise, segment.base().amount().clone()));
            before = last;
        }
        all
    }
}

impl Stairs {
    /// The number of steps up to a quantity; zero up to `free`.
    fn steps(&self, quantity: u128) -> u128 {
        quantity.saturating_sub(self.free).div_ceil(self.step)
    }

    fn cost(&self, quantity: u128) -> Ratio {
        &(&self.rise * &self.steps(quantity).into()) + &self.base
    }

    /// The first quantity from `first` to `last` that costs strictly less here than there.
    ///
    /// The cost here never falls as use grows. So it is `first`, or a quantity at which a step begins
    /// there. At the beginning of step j there, step i is reached here, the least whole number above
    /// low(j) = (there.step × (j − 1) + there.free − free) / step. It costs less if i is below
    /// (there.rise × j + there.base − base) / rise, and so at most the largest whole number below
    /// that, high(j). Both are quotients of whole numbers on straight lines, and their difference in
    /// whole numbers is above zero where there is such an i.
    #[expect(clippy::expect_used, reason = "the steps are counted up to `last`")]
    fn first_below(&self, there: &Self, first: u128, last: u128) -> Option<u128> {
        if self.cost(first) < there.cost(first) {
            return Some(first);
        }
        // Step `from` is the first to begin behind `first`.
        let from = IBig::from(there.steps(first)) + IBig::ONE;
        let count = IBig::from(there.steps(last)) - &from + IBig::ONE;
        if there.rise.is_zero() || count <= IBig::ZERO {
            return None;
        }
        let [rise, their_rise, gap] =
            over_one_denominator([&self.rise, &there.rise, &(&there.base - &self.base)]);
        let steps = if rise == IBig::ZERO {
            // gap + their rise × (from + steps) is above zero.
            let steps = (-gap).div_euclid(&their_rise) + IBig::ONE - &from;
            Some(steps.max(IBig::ZERO)).filter(|steps| *steps < count)
        } else {
            let step = IBig::from(there.step);
            let low = &step * (&from - IBig::ONE) + IBig::from(there.free) - IBig::from(self.free);
            let low = Line { slope: step, base: low, divisor: self.step.into() };
            let base = &their_rise * &from + gap - IBig::ONE;
            let high = Line { slope: their_rise, base, divisor: rise };
            first_whole_between(&low, &high, &count)
        }?;
        let begins = (from + steps - IBig::ONE) * IBig::from(there.step)
            + IBig::from(there.free)
            + IBig::ONE;
        Some(u128::try_from(&begins).expect("a step that begins up to `last`"))
    }
}

/// The numerators of three numbers over their least common denominator.
fn over_one_denominator(numbers: [&Ratio; 3]) -> [IBig; 3] {
    let parts = numbers.map(|number| number.clone().into_parts());
    let common = parts.iter().fold(UBig::ONE, |common, (_, denominator)| {
        &common / (&common).gcd(denominator) * denominator
    });
    parts.map(|(numerator, denominator)| numerator * IBig::from(&common / denominator))
}

/// (slope × k + base) / divisor, where the divisor is above zero.
struct Line {
    slope: IBig,
    base: IBig,
    divisor: IBig,
}

/// The least k of 0, 1 … count − 1 at which ⌊low(k)⌋ < ⌊high(k)⌋.
///
/// Where low(k) ≤ high(k), which is so on one stretch, ⌊high(k)⌋ − ⌊low(k)⌋ is not negative. So its
/// sum from the start of the stretch is above zero from the sought k on, and Euclid's algorithm gives
/// the sum of any number of its terms.
fn first_whole_between(low: &Line, high: &Line, count: &IBig) -> Option<IBig> {
    let slope = &high.slope * &low.divisor - &low.slope * &high.divisor;
    let base = &high.base * &low.divisor - &low.base * &high.divisor;
    // Where slope × k + base ≥ 0.
    let (start, end) = if slope > IBig::ZERO {
        ((-base.div_euclid(&slope)).max(IBig::ZERO), count.clone())
    } else if slope < IBig::ZERO {
        (IBig::ZERO, (base.div_euclid(-slope) + IBig::ONE).min(count.clone()))
    } else if base < IBig::ZERO {
        return None;
    } else {
        (IBig::ZERO, count.clone())
    };
    let most = end - &start;
    let is_found = |terms: &IBig| low.sum(&start, terms) < high.sum(&start, terms);
    if most <= IBig::ZERO || !is_found(&most) {
        return None;
    }
    // Doubled first, because it is often near.
    let (mut without, mut with) = (IBig::ZERO, IBig::ONE);
    while with < most && !is_found(&with) {
        without = with.clone();
        with *= IBig::from(2);
    }
    with = with.min(most);
    while &without + IBig::ONE < with {
        let middle = (&without + &with) / IBig::from(2);
        if is_found(&middle) {
            with = middle;
        } else {
            without = middle;
        }
    }
    Some(start + with - IBig::ONE)
}

impl Line {
    /// The sum of ⌊(slope × k + base) / divisor⌋ over `terms` numbers k from `start` on.
    ///
    /// Whole multiples of the divisor are taken out of slope and base. What is left counts the whole
    /// points under a flatter line: those are the points beside a steeper one with axes exchanged, and
    /// so on, as in Euclid's algorithm.
    fn sum(&self, start: &IBig, terms: &IBig) -> IBig {
        let (mut slope, mut divisor) = (self.slope.clone(), self.divisor.clone());
        let mut base = &self.base + &slope * start;
        let mut terms = terms.clone();
        let mut sum = IBig::ZERO;
        loop {
            let (whole, rest) = slope.div_rem_euclid(&divisor);
            sum += &terms * (&terms - IBig::ONE) / IBig::from(2) * whole;
            slope = rest.into();
            let (whole, rest) = base.div_rem_euclid(&divisor);
            sum += &terms * whole;
            base = rest.into();
            let top = &slope * &terms + &base;
            if top < divisor {
                return sum;
            }
            let (whole, rest) = top.div_rem_euclid(&divisor);
            (terms, base) = (whole, rest.into());
            (slope, divisor) = (divisor, slope);
        }
    }
}
