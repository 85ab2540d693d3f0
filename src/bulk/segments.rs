//! A schedule over the numbers of a column: straight lines with whole bounds.

use crate::{
    number::{Ratio, gcd},
    price::schedule::{Metering, Piece, Schedule},
    quantity::Quantity,
};
use core::fmt::Write as _;
use dashu_int::{IBig, UBig};

/// Where the cost of a number `x` is `per_unit × x + per_step × steps(x) + base`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The largest number on the line.
    pub(super) last: u64,
    pub(super) per_unit: Ratio,
    pub(super) per_step: Ratio,
    pub(super) base: Ratio,
}

/// Rounding up to an increment: `steps(x) = ⌈(x × unit − less) / by⌉`, or 0 where that is negative.
///
/// `unit` is below `by`, so that there are never more steps than `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) unit: u128,
    pub(super) less: u128,
    pub(super) by: u128,
}

/// The whole of a schedule for the numbers of one unit.
#[derive(Debug, Clone)]
pub(super) struct Segments {
    /// In ascending order; the last one ends at `u64::MAX`.
    pub(super) lines: Vec<Segment>,
    /// Only where the unit is no multiple of the increment: else numbers are rounded up already.
    pub(super) steps: Option<Steps>,
}

impl Steps {
    pub(super) fn of(&self, x: u64) -> u64 {
        let Self { unit, less, by } = *self;
        if let Some(units) = unit.checked_mul(x.into()) {
            return u64::try_from(units.saturating_sub(less).div_ceil(by)).unwrap_or(x);
        }
        let (units, less) = (UBig::from(unit) * UBig::from(x), UBig::from(less));
        let above = if units > less { units - less } else { UBig::ZERO };
        let (by, one) = (UBig::from(by), UBig::ONE);
        u64::try_from((above + &by - one) / by).unwrap_or(x)
    }
}

impl Segment {
    /// The cost of `x`, of which there are so many steps.
    pub(super) fn cost(&self, x: u64, steps: u64) -> Ratio {
        let by_units = &self.per_unit * &x.into();
        &(&by_units + &(&self.per_step * &steps.into())) + &self.base
    }
}

impl Segments {
    /// With the billed quantity written as the number `x` gives it, each piece of the schedule is a
    /// line in `x`:
    ///
    /// - without an increment, it is `x·unit − allowance`;
    /// - with one, `unit = k·increment + rest` and `allowance = a·increment + less` make it
    ///   `increment × (k·x − a + ⌈(x·rest − less) / increment⌉)`.
    pub(super) fn of<Q: Quantity>(schedule: &Schedule<Q>, unit: Q::Unit) -> Self {
        let unit = Q::size_of(unit);
        let Metering { allowance, increment } = schedule.metering();
        let of_increment = |n: u128| {
            let whole = n.checked_div(increment).unwrap_or_default();
            (whole, n.checked_rem(increment).unwrap_or_default())
        };
        let ((k, rest), (a, less)) = (of_increment(unit), of_increment(allowance));
        let product = |left: u128, right: u128| Ratio::whole(UBig::from(left) * UBig::from(right));
        // In smallest units: what one of the column's unit adds, what one step adds, and what is
        // free.
        let per_step = if rest == 0 { Ratio::ZERO } else { increment.into() };
        let (per_unit, free) = if increment == 0 {
            (unit.into(), allowance.into())
        } else {
            (product(k, increment), product(a, increment))
        };
        let bound = |last: &IBig| {
            let increment = IBig::from(increment.max(1));
            let billed = last / &increment * increment;
            last_number((billed + IBig::from(allowance)) / IBig::from(unit))
        };
        let pieces = schedule.pieces();
        let mut lines = Vec::with_capacity(pieces.len());
        if allowance > 0 {
            let cost = pieces.first().map_or(Ratio::ZERO, |piece| piece.base.clone());
            let last = last_number(IBig::from(allowance) / IBig::from(unit));
            lines.push(Segment { last, per_unit: Ratio::ZERO, per_step: Ratio::ZERO, base: cost });
        }
        lines.extend(pieces.iter().map(|Piece { last, slope, base }| Segment {
            last: last.as_ref().map_or(u64::MAX, bound),
            per_unit: slope * &per_unit,
            per_step: slope * &per_step,
            base: base - &(slope * &free),
        }));
        let scale = gcd(rest, increment);
        let steps = (rest > 0).then(|| Steps {
            unit: rest.checked_div(scale).unwrap_or(rest),
            less: less.checked_div(scale).unwrap_or(less),
            by: increment.checked_div(scale).unwrap_or(increment),
        });
        Self { lines: joined(lines), steps }
    }

    /// The steps of a number; none where nothing is rounded up.
    pub(super) fn steps_of(&self, x: u64) -> u64 {
        self.steps.map_or(0, |steps| steps.of(x))
    }

    /// The fewest decimal places at which the cost of each number is exact, if there are.
    ///
    /// Along a line the cost goes up from its first by the same for each number, with no more steps
    /// than before or with one.
    pub(super) fn exact_places(&self) -> Option<u32> {
        let mut exact = Vec::new();
        let mut first = 0_u64;
        for line in &self.lines {
            let (steps, more) = (self.steps_of(first), self.steps_of(line.last));
            let (numbers, steps_up) = (line.last.abs_diff(first), more.abs_diff(steps));
            exact.push(line.cost(first, steps));
            if steps_up < numbers {
                exact.push(line.per_unit.clone());
            }
            if steps_up > 0 {
                exact.push(&line.per_unit + &line.per_step);
            }
            first = line.last.saturating_add(1);
        }
        let mut places = exact.iter().map(|ratio| ratio.exact_decimal().map(|(_, places)| places));
        let most = places.try_fold(0, |most, places| Some(places?.max(most)))?;
        u32::try_from(most).ok()
    }

    /// What tells these lines from others: equal texts price all numbers alike. Its hash is stored
    /// with sums, so a change of its form wants another version in the fingerprint.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string can't fail.
        for Segment { last, per_unit, per_step, base } in &self.lines {
            let _ = write!(text, "..={last}: {per_unit} {per_step} {base}; ");
        }
        if let Some(Steps { unit, less, by }) = self.steps {
            let _ = write!(text, "steps {unit} {less} {by}");
        }
        text
    }
}

/// No piece ends below zero, so what is no `u64` is above all of them.
fn last_number(last: IBig) -> u64 {
    u64::try_from(last).unwrap_or(u64::MAX)
}

/// Without lines that hold no number, with equal neighbours as one, and each as long as it agrees
/// with the next: where a tier begins at a bound, the one before it has the same cost there.
fn joined(lines: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(before) = joined.last_mut() else {
            joined.push(line);
            continue;
        };
        if line.last <= before.last {
            continue;
        }
        let next = before.last.saturating_add(1);
        if line.per_step.is_zero()
            && before.per_step.is_zero()
            && line.cost(next, 0) == before.cost(next, 0)
        {
            before.last = next;
        }
        if (Segment { last: before.last, ..line.clone() }) == *before {
            before.last = line.last;
        } else if line.last > before.last {
            joined.push(line);
        }
    }
    joined
}
