//! Each number of a column as a rounded amount of 128 bits.

use super::{CHUNK, LANES, Level, Stepper};
use crate::{
    bulk::lines::{Line, Lines},
    quantity::{Ratio, least_rounded_up},
};
use dashu_int::{IBig, UBig, ops::Gcd};
use fearless_simd::dispatch;
use rust_decimal::RoundingStrategy;

/// The lines of a schedule at a number of decimal places.
#[derive(Debug)]
pub(crate) struct Amounts<'a> {
    lines: &'a Lines,
    stepper: Option<&'a Stepper>,
    scale: u32,
    strategy: RoundingStrategy,
    /// Nothing where a line needs more than 62 bits below its fraction bar: then each amount is
    /// computed as a cost is.
    slopes: Option<Vec<Slope>>,
}

/// The part of a line whose amounts fit, in whole amounts and fractions of them.
///
/// What is multiplied, `z`, are the numbers, or the steps, since the line's first, so that nothing
/// is below zero: `amount = whole·z + base + ⌊(part·z + base_part) / divisor⌉`.
#[derive(Debug, Clone, Copy)]
struct Slope {
    first: u64,
    last: u64,
    start: u64,
    whole: u128,
    base: u128,
    part: u64,
    base_part: u64,
    divisor: u64,
    /// ⌊part × 2^64 / divisor⌋
    reciprocal: u64,
    /// The least remainder that is rounded up, of an even and of an odd amount.
    up_from: [u64; 2],
}

impl<'a> Amounts<'a> {
    pub(crate) fn new(
        lines: &'a Lines,
        stepper: Option<&'a Stepper>,
        scale: u32,
        strategy: RoundingStrategy,
    ) -> Self {
        let mut amounts = Self { lines, stepper, scale, strategy, slopes: None };
        let mut first = 0;
        let mut slopes = Vec::with_capacity(lines.lines.len());
        for line in &lines.lines {
            match amounts.last_that_fits(line, first) {
                None => {}
                Some(last) => match amounts.slope(line, first, last) {
                    Some(slope) => slopes.push(slope),
                    None => return amounts,
                },
            }
            first = line.last.saturating_add(1);
        }
        amounts.slopes = Some(slopes);
        amounts
    }

    /// Writes the amounts of `values`, or gives the index of the first that does not fit, before
    /// which all are written.
    pub(crate) fn write(
        &self,
        level: Level,
        values: &[u64],
        out: &mut [i128],
    ) -> Result<(), usize> {
        match (self.slopes.as_deref(), self.stepper) {
            (None, _) => self.write_exact(values, out),
            (Some(slopes), None) => dispatch!(level, _ => write(slopes, values, values, out)),
            (Some(slopes), Some(stepper)) => {
                let mut buffer = [[0; LANES]; CHUNK];
                let mut at = 0;
                let chunks = values.chunks(CHUNK * LANES).zip(out.chunks_mut(CHUNK * LANES));
                for (values, out) in chunks {
                    stepper.steps_of(level, values, &mut buffer);
                    let steps = buffer.as_flattened();
                    let written = dispatch!(level, _ => write(slopes, values, steps, out));
                    written.map_err(|index| at + index)?;
                    at += values.len();
                }
                Ok(())
            }
        }
    }

    fn write_exact(&self, values: &[u64], out: &mut [i128]) -> Result<(), usize> {
        for (at, (&x, out)) in values.iter().zip(out).enumerate() {
            let line = self.lines.lines.iter().find(|line| x <= line.last);
            *out = line.and_then(|line| self.exact(line, x)).ok_or(at)?;
        }
        Ok(())
    }

    fn exact(&self, line: &Line, x: u64) -> Option<i128> {
        let cost = line.cost(x, self.lines.steps_of(x));
        i128::try_from(cost.scaled(self.scale, self.strategy)).ok()
    }

    /// Amounts grow along a line: the last that fits is found by halving.
    fn last_that_fits(&self, line: &Line, first: u64) -> Option<u64> {
        let fits = |x| self.exact(line, x).is_some();
        if fits(line.last) {
            return Some(line.last);
        }
        let (mut fitting, mut beyond) = (first, line.last);
        if !fits(fitting) {
            return None;
        }
        while beyond - fitting > 1 {
            let middle = fitting.midpoint(beyond);
            if fits(middle) {
                fitting = middle;
            } else {
                beyond = middle;
            }
        }
        Some(fitting)
    }

    fn slope(&self, line: &Line, first: u64, last: u64) -> Option<Slope> {
        let by_steps = self.stepper.is_some();
        if by_steps && !line.per_unit.is_zero() {
            return None;
        }
        let per_one = if by_steps { &line.per_step } else { &line.per_unit };
        let steps = self.lines.steps_of(first);
        let power = Ratio::whole(IBig::from(10).pow(usize::try_from(self.scale).ok()?));
        let (slope, slope_divisor) = (per_one * &power).into_parts();
        let (base, base_divisor) = (&line.cost(first, steps) * &power).into_parts();
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
        let reciprocal = u64::try_from((u128::from(part) << 64) / u128::from(divisor)).ok()?;
        let up_from = [false, true].map(|odd| least_rounded_up(divisor, odd, self.strategy));
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
        })
    }
}

impl Slope {
    /// Fast as a multiplication takes the place of the division: with a reciprocal that is cut, the
    /// quotient is at most two too small, and the remainder, which 64 bits hold, tells by how much.
    #[inline(always)]
    fn rounded(&self, whole: u128, z: u64) -> u128 {
        let Self { part, base_part, divisor, .. } = *self;
        let product = u128::from(z) * u128::from(self.reciprocal);
        #[allow(clippy::cast_possible_truncation, reason = "the upper half of a product")]
        let quotient = (product >> 64) as u64;
        let remainder = part
            .wrapping_mul(z)
            .wrapping_add(base_part)
            .wrapping_sub(quotient.wrapping_mul(divisor));
        let missing = u64::from(remainder >= divisor) + u64::from(remainder >= 2 * divisor);
        let remainder = remainder - missing * divisor;
        let amount = whole + u128::from(quotient) + u128::from(missing);
        let [even, odd] = self.up_from;
        let up_from = if amount.is_multiple_of(2) { even } else { odd };
        amount + u128::from(remainder >= up_from)
    }

    /// The amounts of numbers that are all on this line, `z` of which are counted.
    #[inline(always)]
    fn write(
        &self,
        values: &[u64],
        counts: &[u64],
        out: &mut [i128],
        amount: impl Fn(u64) -> u128,
    ) -> Result<(), usize> {
        for (at, ((&x, &z), out)) in values.iter().zip(counts).zip(out).enumerate() {
            if x > self.last {
                return Err(at);
            }
            *out = amount(z).cast_signed();
        }
        Ok(())
    }
}

#[inline(always)]
fn write(slopes: &[Slope], values: &[u64], counts: &[u64], out: &mut [i128]) -> Result<(), usize> {
    // One price for all: what it has not is not computed.
    if let [slope] = slopes
        && slope.first == 0
    {
        let Slope { whole, base, .. } = *slope;
        let is_whole = slope.part == 0 && slope.base_part == 0;
        return match (whole, u64::try_from(whole), is_whole) {
            (0, _, false) => slope.write(values, counts, out, |z| slope.rounded(base, z)),
            (_, Ok(whole), true) => {
                slope.write(values, counts, out, |z| u128::from(whole) * u128::from(z) + base)
            }
            _ => {
                slope.write(values, counts, out, |z| slope.rounded(whole * u128::from(z) + base, z))
            }
        };
    }
    for (at, ((&x, &count), out)) in values.iter().zip(counts).zip(out).enumerate() {
        let slope = slopes.iter().find(|slope| x <= slope.last);
        let slope = slope.filter(|slope| slope.first <= x).ok_or(at)?;
        let z = count - slope.start;
        *out = slope.rounded(slope.whole * u128::from(z) + slope.base, z).cast_signed();
    }
    Ok(())
}
