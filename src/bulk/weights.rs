//! [`Weights`]: the money that each unit of a column's sums costs.

use super::{partial_sums::Sums, segments::Segment};
use crate::number::{Ratio, round_u128};
use core::iter;
use dashu_int::{IBig, UBig, ops::Gcd as _};
use rust_decimal::RoundingStrategy;

/// The weights of a column's sums: the total cost is Σ weight × sum.
#[derive(Debug, Clone)]
pub(super) struct Weights<N = Ratio> {
    record: N,
    unit: N,
    step: N,
    at: Vec<AtBound<N>>,
}

/// The change at the bound between two segments.
#[derive(Debug, Clone)]
struct AtBound<N> {
    /// For each unit above the bound.
    unit: N,
    /// For each number above the bound.
    record: N,
    /// For each step of a number above the bound.
    step: N,
}

/// The sums of all numbers, or of those above a bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub(super) records: u64,
    /// Σ x; above a bound, Σ (x − bound).
    pub(super) units: u128,
    pub(super) steps: u128,
}

/// Weights in units of 10^-scale, as whole numbers over one divisor.
#[derive(Debug)]
pub(super) struct Whole {
    weights: Weights<i128>,
    divisor: u128,
}

impl Weights {
    /// The first segment for all numbers, and at each bound the difference to the next segment: for a
    /// number `x` above the bound `t`, that is `change of slope × (x − t)` and a jump.
    #[expect(clippy::expect_used, reason = "the curve of a schedule has a segment")]
    pub(super) fn of(segments: &[Segment]) -> Self {
        let first = segments.first().expect("every number is on a segment");
        let changes = segments.iter().zip(segments.iter().skip(1)).map(|(segment, next)| {
            let unit = &next.per_unit - &segment.per_unit;
            let record = &(&next.base - &segment.base) + &(&unit * &segment.last.into());
            AtBound { record, unit, step: &next.per_step - &segment.per_step }
        });
        Self {
            record: first.base.clone(),
            unit: first.per_unit.clone(),
            step: first.per_step.clone(),
            at: changes.collect(),
        }
    }

    pub(super) fn need_units(&self) -> bool {
        !self.unit.is_zero() || self.at.iter().any(|at| !at.unit.is_zero())
    }

    pub(super) fn need_records(&self) -> bool {
        self.at.iter().any(|at| !at.record.is_zero())
    }

    pub(super) fn total(&self, sums: &Sums) -> Ratio {
        let Self { record, unit, step, at } = self;
        let units = Ratio::from(sums.units);
        let mut total = record * &sums.records.into();
        total = &total + &(unit * &units);
        total = &total + &(step * &sums.steps.into());
        // There are steps at no bound or at all of them.
        let stepped = sums.stepped.iter().copied().map(Some).chain(iter::repeat(None));
        for ((weight, bounded), stepped) in at.iter().zip(&sums.bounded).zip(stepped) {
            // With steps, the numbers above a bound are counted along with them.
            let above = stepped.map_or(bounded.above, |stepped| stepped.above);
            let steps = stepped.map_or(0, |stepped| stepped.steps);
            total = &total + &(&weight.unit * &(&units - &bounded.within.into()));
            total = &total + &(&weight.record * &above.into());
            total = &total + &(&weight.step * &steps.into());
        }
        total
    }

    /// The weights for totals in units of 10^-`scale`, or `None` where 128 bits don't hold one.
    pub(super) fn whole(&self, scale: u32) -> Option<Whole> {
        let power = Ratio::whole(IBig::from(10).pow(usize::try_from(scale).ok()?));
        let own = [&self.record, &self.unit, &self.step];
        let at = self.at.iter().flat_map(|at| [&at.record, &at.unit, &at.step]);
        let mut divisor = UBig::ONE;
        for weight in own.into_iter().chain(at) {
            let (_, own) = (weight * &power).into_parts();
            divisor = &divisor / (&divisor).gcd(&own) * own;
        }
        let divisor = u128::try_from(divisor).ok()?;
        let times = &power * &divisor.into();
        let whole = |weight: &Ratio| i128::try_from((weight * &times).into_parts().0).ok();
        let at = self.at.iter().map(|at| {
            let (record, unit, step) = (whole(&at.record)?, whole(&at.unit)?, whole(&at.step)?);
            Some(AtBound { unit, record, step })
        });
        let weights = Weights {
            record: whole(&self.record)?,
            unit: whole(&self.unit)?,
            step: whole(&self.step)?,
            at: at.collect::<Option<_>>()?,
        };
        Some(Whole { weights, divisor })
    }
}

impl Whole {
    /// The rounded total from the sums of all numbers and of those above each bound, or `None` where
    /// 128 bits don't hold a product or a sum.
    pub(super) fn total(
        &self,
        all: Counts,
        above: impl Iterator<Item = Counts>,
        strategy: RoundingStrategy,
    ) -> Option<i128> {
        let Weights { record, unit, step, ref at } = self.weights;
        let mut total = AtBound { unit, record, step }.total(all)?;
        for (weight, above) in at.iter().zip(above) {
            total = total.checked_add(weight.total(above)?)?;
        }
        let negative = total < 0;
        let amount = round_u128(total.unsigned_abs(), self.divisor, negative, strategy);
        let amount = i128::try_from(amount).ok()?;
        Some(if negative { amount.wrapping_neg() } else { amount })
    }
}

impl AtBound<i128> {
    fn total(&self, counts: Counts) -> Option<i128> {
        let records = product(self.record, counts.records.into())?;
        let units = product(self.unit, counts.units)?;
        let steps = product(self.step, counts.steps)?;
        records.checked_add(units)?.checked_add(steps)
    }
}

/// Skips the multiplication by zero because most weights are.
fn product(weight: i128, sum: u128) -> Option<i128> {
    if weight == 0 {
        return Some(0);
    }
    weight.checked_mul(i128::try_from(sum).ok()?)
}
