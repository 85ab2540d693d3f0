//! [`Segments`]: the cost curve of a schedule over the numbers of one unit.

use super::steps::Steps;
use crate::{
    number::{Ratio, gcd},
    price::schedule::{CostCurve, Metering},
    quantity::Quantity,
};
use dashu_int::{IBig, UBig};

/// A straight part of the curve: the cost of a number `x` is
/// `per_unit × x + per_step × steps(x) + base`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The largest number on the segment.
    pub(super) last: u64,
    pub(super) per_unit: Ratio,
    pub(super) per_step: Ratio,
    pub(super) base: Ratio,
}

/// The cost of each number of one unit.
#[derive(Debug, Clone)]
pub(super) struct Segments {
    /// In ascending order; the last one ends at `u64::MAX`.
    pub(super) segments: Vec<Segment>,
    /// `None` if the unit is a multiple of the increment, so that every number is rounded up already.
    pub(super) steps: Option<Steps>,
}

impl Segment {
    /// The cost of `x`, which has the given number of steps.
    pub(super) fn cost(&self, x: u64, steps: u64) -> Ratio {
        let by_units = &self.per_unit * &x.into();
        &(&by_units + &(&self.per_step * &steps.into())) + &self.base
    }
}

impl Segments {
    /// With the billed quantity as a function of the number `x`, each segment of the curve is straight
    /// in `x`:
    ///
    /// - without an increment, the billed quantity is `x·unit − allowance`;
    /// - with one, `unit = k·increment + rest` and `allowance = a·increment + less` make it
    ///   `increment × (k·x − a + ⌈(x·rest − less) / increment⌉)`.
    pub(super) fn of<Q: Quantity>(curve: &CostCurve<Q>, unit: Q::Unit) -> Self {
        let unit = Q::size_of(unit);
        let Metering { allowance, increment, .. } = curve.metering();
        // In smallest units: the quantity that one unit of the column adds, the quantity that one
        // step adds, and the free quantity.
        let (per_unit, per_step, free, steps) = if increment == 0 {
            (Ratio::from(unit), Ratio::ZERO, Ratio::from(allowance), None)
        } else {
            let increments = |n: u128| Ratio::whole(UBig::from(n) * UBig::from(increment));
            let over = |n: u128| (n.div_euclid(increment), n.rem_euclid(increment));
            let ((k, rest), (a, less)) = (over(unit), over(allowance));
            let per_step = if rest == 0 { Ratio::ZERO } else { increment.into() };
            let common = gcd(rest, increment);
            let shared = |n: u128| n.div_euclid(common);
            let steps = Steps { unit: shared(rest), less: shared(less), by: shared(increment) };
            (increments(k), per_step, increments(a), (rest > 0).then_some(steps))
        };
        let bound = |end: &IBig| {
            let increment = IBig::from(increment.max(1));
            let billed = end / &increment * increment;
            last_number((billed + IBig::from(allowance)) / IBig::from(unit))
        };
        let curve = curve.all_segments();
        let mut segments = Vec::with_capacity(curve.len().saturating_add(1));
        if let Some(first) = curve.first().filter(|_| allowance > 0) {
            let last = last_number(IBig::from(allowance) / IBig::from(unit));
            let base = first.base().amount().clone();
            segments.push(Segment { last, per_unit: Ratio::ZERO, per_step: Ratio::ZERO, base });
        }
        segments.extend(curve.iter().map(|segment| Segment {
            last: segment.end().map_or(u64::MAX, bound),
            per_unit: segment.slope() * &per_unit,
            per_step: segment.slope() * &per_step,
            base: segment.base().amount() - &(segment.slope() * &free),
        }));
        Self { segments: joined(segments), steps }
    }

    /// The steps of a number; zero if nothing is rounded up.
    pub(super) fn steps_of(&self, x: u64) -> u64 {
        self.steps.map_or(0, |steps| steps.of(x))
    }

    /// The cost of a number.
    #[expect(clippy::expect_used, reason = "the last segment ends at the largest number")]
    pub(super) fn cost(&self, x: u64) -> Ratio {
        let segment = self.segments.iter().find(|segment| x <= segment.last);
        segment.expect("every number is on a segment").cost(x, self.steps_of(x))
    }

    /// The fewest decimal places at which the cost of each number is exact, or `None` if no number of
    /// places is enough.
    ///
    /// From one number of a segment to the next, the cost rises by `per_unit`, or by that and
    /// `per_step`.
    pub(super) fn exact_places(&self) -> Option<u32> {
        let mut exact = Vec::new();
        let mut first = 0_u64;
        for segment in &self.segments {
            let (steps, more) = (self.steps_of(first), self.steps_of(segment.last));
            let (numbers, steps_up) = (segment.last.abs_diff(first), more.abs_diff(steps));
            exact.push(segment.cost(first, steps));
            if steps_up < numbers {
                exact.push(segment.per_unit.clone());
            }
            if steps_up > 0 {
                exact.push(&segment.per_unit + &segment.per_step);
            }
            first = segment.last.saturating_add(1);
        }
        let mut places = exact.iter().map(|ratio| ratio.exact_decimal().map(|(_, places)| places));
        let most = places.try_fold(0, |most, places| Some(places?.max(most)))?;
        u32::try_from(most).ok()
    }

    /// Tells these segments from others: those with equal texts price all numbers alike.
    ///
    /// A hash of the text is stored with sums, so that a change of its form needs another version of
    /// the fingerprint.
    pub(super) fn text(&self) -> String {
        let segments = self.segments.iter().map(|segment| {
            let Segment { last, per_unit, per_step, base } = segment;
            format!("..={last}: {per_unit} {per_step} {base}; ")
        });
        let steps = self.steps.map(|Steps { unit, less, by }| format!("steps {unit} {less} {by}"));
        segments.chain(steps).collect()
    }
}

/// The number as a `u64`, or `u64::MAX` above.
#[expect(clippy::expect_used, reason = "segments end at quantities")]
fn last_number(last: IBig) -> u64 {
    u64::try_from(last.min(u64::MAX.into())).expect("no segment ends below zero")
}

/// Drops segments that hold no number, joins equal neighbours, and lengthens each segment as far as
/// it agrees with the next: where a tier begins at a bound, the one before has the same cost there.
fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        let Some(before) = joined.last_mut() else {
            joined.push(segment);
            continue;
        };
        if segment.last <= before.last {
            continue;
        }
        let next = before.last.saturating_add(1);
        if segment.per_step.is_zero()
            && before.per_step.is_zero()
            && segment.cost(next, 0) == before.cost(next, 0)
        {
            before.last = next;
        }
        if (Segment { last: before.last, ..segment.clone() }) == *before {
            before.last = segment.last;
        } else if segment.last > before.last {
            joined.push(segment);
        }
    }
    joined
}
