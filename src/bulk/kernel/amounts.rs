//! Each number of a column as a rounded amount of 128 bits.

use super::{CHUNK, LANES, Level, Stepper};
use crate::{
    bulk::segments::{Segment, Segments},
    number::{Ratio, least_rounded_up},
};
use dashu_int::{IBig, UBig, ops::Gcd};
use fearless_simd::dispatch;
use rust_decimal::RoundingStrategy;

/// The lines of a schedule at a number of decimal places.
#[derive(Debug)]
pub(crate) struct Amounts<'a> {
    lines: &'a Segments,
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
    /// The least remainder that is rounded up where the amount is even.
    up_from: u64,
    /// By how much the least one is smaller where the amount is odd.
    less_if_odd: u64,
}

impl<'a> Amounts<'a> {
    pub(crate) fn new(
        lines: &'a Segments,
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

    fn exact(&self, line: &Segment, x: u64) -> Option<i128> {
        let cost = line.cost(x, self.lines.steps_of(x));
        i128::try_from(cost.scaled(self.scale, self.strategy)).ok()
    }

    /// Amounts grow along a line: the last that fits is found by halving.
    fn last_that_fits(&self, line: &Segment, first: u64) -> Option<u64> {
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

    fn slope(&self, line: &Segment, first: u64, last: u64) -> Option<Slope> {
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
            less_if_odd: up_from.saturating_sub(up_from_if_odd),
        })
    }
}

impl Slope {
    /// Fast as a multiplication takes the place of the division: with a reciprocal that is cut, the
    /// quotient is at most two too small, and the remainder, which 64 bits hold, tells by how much.
    #[inline(always)]
    fn rounded(&self, z: u64) -> u128 {
        let base = self.whole * u128::from(z) + self.base;
        let (quotient, remainder) = self.quotient(z);
        let remainder = remainder + self.base_part;
        let missing =
            u64::from(remainder >= self.divisor) + u64::from(remainder >= 2 * self.divisor);
        let (quotient, remainder) = (quotient + missing, remainder - missing * self.divisor);
        let amount = base + u128::from(quotient);
        amount + u128::from(self.goes_up(amount.is_multiple_of(2), remainder))
    }

    /// The same for a price below one unit of the amounts, and no base: in 64 bits.
    #[inline(always)]
    fn rounded_part(&self, z: u64) -> u64 {
        let (quotient, remainder) = self.quotient(z);
        // Rounded up once, or twice where the quotient was too small.
        let is_even = quotient.is_multiple_of(2);
        let once = self.goes_up(is_even, remainder);
        let twice = remainder >= self.divisor && self.goes_up(!is_even, remainder - self.divisor);
        quotient + u64::from(once) + u64::from(twice)
    }

    /// A quotient of `part·z` by the divisor that is at most one too small, and what is over.
    #[inline(always)]
    fn quotient(&self, z: u64) -> (u64, u64) {
        #[allow(clippy::cast_possible_truncation, reason = "the upper half of a product")]
        let quotient = ((u128::from(z) * u128::from(self.reciprocal)) >> 64) as u64;
        let remainder = self.part.wrapping_mul(z).wrapping_sub(quotient.wrapping_mul(self.divisor));
        (quotient, remainder)
    }

    #[inline(always)]
    fn goes_up(&self, is_even: bool, remainder: u64) -> bool {
        let less = if is_even { 0 } else { self.less_if_odd };
        remainder + less >= self.up_from
    }
}

/// The amounts of numbers that are all on one line.
#[inline(always)]
fn write_line(
    last: u64,
    values: &[u64],
    counts: &[u64],
    out: &mut [i128],
    amount: impl Fn(u64) -> u128,
) -> Result<(), usize> {
    for (at, ((&x, &z), out)) in values.iter().zip(counts).zip(out).enumerate() {
        if x > last {
            return Err(at);
        }
        *out = amount(z).cast_signed();
    }
    Ok(())
}

/// The amounts of `values`, of each of which `counts` are priced: themselves, or their steps.
#[inline(always)]
fn write(slopes: &[Slope], values: &[u64], counts: &[u64], out: &mut [i128]) -> Result<(), usize> {
    // One price for all: what it has not is not computed.
    if let &[slope] = slopes
        && slope.first == 0
    {
        let Slope { last, whole, base, part, base_part, .. } = slope;
        return match (whole, base, u64::try_from(whole), part | base_part) {
            (_, _, Ok(whole), 0) => write_line(
                last,
                values,
                counts,
                out,
                #[inline(always)]
                |z| u128::from(whole) * u128::from(z) + base,
            ),
            (0, 0, _, _) if base_part == 0 => write_line(
                last,
                values,
                counts,
                out,
                #[inline(always)]
                |z| slope.rounded_part(z).into(),
            ),
            _ => write_line(
                last,
                values,
                counts,
                out,
                #[inline(always)]
                |z| slope.rounded(z),
            ),
        };
    }
    for (at, ((&x, &count), out)) in values.iter().zip(counts).zip(out).enumerate() {
        // Counting is without branches, which random numbers would mislead.
        let below = slopes.iter().filter(|slope| slope.last < x).count();
        let slope = slopes.get(below);
        let slope = slope.filter(|slope| slope.first <= x).ok_or(at)?;
        *out = slope.rounded(count - slope.start).cast_signed();
    }
    Ok(())
}
