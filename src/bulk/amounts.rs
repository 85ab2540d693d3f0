//! [`Amounts`]: the segments of a schedule, made ready for writing rounded amounts of 128 bits.

use super::{
    kernel::{Level, Slope, write_amounts},
    segments::{Segment, Segments},
    steps::Stepper,
};
use crate::number::{Ratio, least_rounded_up};
use dashu_int::{IBig, UBig, ops::Gcd as _};
use rust_decimal::RoundingStrategy;

/// The segments of a schedule at a number of decimal places.
#[derive(Debug)]
pub(super) struct Amounts<'a> {
    segments: &'a Segments,
    stepper: Option<&'a Stepper>,
    scale: u32,
    strategy: RoundingStrategy,
    /// `None` if a segment's denominator exceeds 62 bits: then each amount is computed as a cost.
    slopes: Option<Vec<Slope>>,
}

impl<'a> Amounts<'a> {
    pub(super) fn new(
        segments: &'a Segments,
        stepper: Option<&'a Stepper>,
        scale: u32,
        strategy: RoundingStrategy,
    ) -> Self {
        let mut amounts = Self { segments, stepper, scale, strategy, slopes: None };
        amounts.slopes = amounts.slopes();
        amounts
    }

    /// Writes the amounts of `values`. Returns the index of the first amount that does not fit as an
    /// error; all amounts before it are written.
    pub(super) fn write(
        &self,
        level: Level,
        values: &[u64],
        out: &mut [i128],
    ) -> Result<(), usize> {
        if let Some(slopes) = &self.slopes {
            return write_amounts(level, slopes, self.stepper, values, out);
        }
        for (at, (&x, out)) in values.iter().zip(out).enumerate() {
            *out = self.rounded(&self.segments.cost(x)).ok_or(at)?;
        }
        Ok(())
    }

    /// The amount of a cost, or `None` where 128 bits don't hold it.
    fn rounded(&self, cost: &Ratio) -> Option<i128> {
        i128::try_from(cost.scaled(self.scale, self.strategy)).ok()
    }

    fn slopes(&self) -> Option<Vec<Slope>> {
        let mut slopes = Vec::with_capacity(self.segments.segments.len());
        let mut first = 0;
        for segment in &self.segments.segments {
            if let Some(last) = self.last_that_fits(segment, first) {
                slopes.push(self.slope(segment, first, last)?);
            }
            first = segment.last.saturating_add(1);
        }
        Some(slopes)
    }

    /// The last number of a segment whose amount fits, or `None` if no amount does. Amounts grow
    /// along a segment, so that halving finds it.
    fn last_that_fits(&self, segment: &Segment, first: u64) -> Option<u64> {
        let fits = |x| self.rounded(&segment.cost(x, self.segments.steps_of(x))).is_some();
        if fits(segment.last) {
            return Some(segment.last);
        }
        let (mut fitting, mut beyond) = (first, segment.last);
        if !fits(fitting) {
            return None;
        }
        while fitting.abs_diff(beyond) > 1 {
            let middle = fitting.midpoint(beyond);
            if fits(middle) {
                fitting = middle;
            } else {
                beyond = middle;
            }
        }
        Some(fitting)
    }

    fn slope(&self, segment: &Segment, first: u64, last: u64) -> Option<Slope> {
        let by_steps = self.stepper.is_some();
        if by_steps && !segment.per_unit.is_zero() {
            return None;
        }
        let per_one = if by_steps { &segment.per_step } else { &segment.per_unit };
        let steps = self.segments.steps_of(first);
        let power = Ratio::whole(IBig::from(10).pow(usize::try_from(self.scale).ok()?));
        let (slope, slope_divisor) = (per_one * &power).into_parts();
        let (base, base_divisor) = (&segment.cost(first, steps) * &power).into_parts();
        // Both over one divisor, with the whole amounts apart.
        let common = (&slope_divisor).gcd(&base_divisor);
        let divisor = u64::try_from(&slope_divisor * &base_divisor / common).ok()?;
        let over_divisor = |numerator: IBig, own: UBig| {
            let numerator = UBig::try_from(numerator).ok()? * (UBig::from(divisor) / own);
            let whole = u128::try_from(&numerator / divisor).ok()?;
            Some((whole, numerator % divisor))
        };
        let (whole, part) = over_divisor(slope, slope_divisor)?;
        let (base, base_part) = over_divisor(base, base_divisor)?;
        let reciprocal =
            u64::try_from((u128::from(part) << 64).checked_div(u128::from(divisor))?).ok()?;
        let [up_from, up_from_if_odd] =
            [false, true].map(|odd| least_rounded_up(divisor, odd, self.strategy));
        let start = if by_steps { steps } else { first };
        (divisor <= 1 << 62).then_some(Slope {
            first,
            last,
            start,
            whole,
            base,
            part,
            base_part,
            divisor,
            reciprocal,
            up_from,
            less_if_odd: up_from.checked_sub(up_from_if_odd)?,
        })
    }
}
