//! Each number of a column as a rounded amount of 128 bits.

use super::{CHUNK, LANES, Level, StepsOf, steps::write_steps};
use fearless_simd::dispatch;

/// The numbers of a segment whose amounts fit, with the amounts split into whole units and parts of
/// one.
///
/// The factor `z` counts numbers, or steps, from the segment's first on, so that no term is negative:
/// `amount = whole·z + base + ⌊(part·z + base_part) / divisor⌉`.
///
/// A number has `BITS` bits: 64, or 8 in the test that takes all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slope<const BITS: u32 = 64> {
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// The first number, or its steps.
    pub(crate) start: u64,
    pub(crate) whole: u128,
    pub(crate) base: u128,
    pub(crate) part: u64,
    pub(crate) base_part: u64,
    /// At most 2^62.
    pub(crate) divisor: u64,
    /// ⌊part × 2^64 / divisor⌋
    pub(crate) reciprocal: u64,
    /// The least remainder that is rounded up where the amount is even.
    pub(crate) up_from: u64,
    /// The difference to the least one where the amount is odd.
    pub(crate) less_if_odd: u64,
}

/// Writes the amounts of `values`, of each of which the number itself is priced, or its steps. Returns
/// the index of the first amount that does not fit as an error; all amounts before it are written.
pub(crate) fn write_amounts(
    level: Level,
    slopes: &[Slope],
    stepper: Option<&impl StepsOf>,
    values: &[u64],
    out: &mut [i128],
) -> Result<(), usize> {
    let Some(stepper) = stepper else {
        return dispatch!(level, _ => write(slopes, values, values, out));
    };
    let mut buffer = [[0; LANES]; CHUNK];
    let mut at = 0;
    for (values, out) in values.chunks(CHUNK * LANES).zip(out.chunks_mut(CHUNK * LANES)) {
        write_steps(level, stepper, values, &mut buffer);
        let steps = buffer.as_flattened();
        let written = dispatch!(level, _ => write(slopes, values, steps, out));
        written.map_err(|index| at + index)?;
        at += values.len();
    }
    Ok(())
}

impl<const BITS: u32> Slope<BITS> {
    /// Fast because a multiplication takes the place of the division. The reciprocal is cut, so that the
    /// quotient is at most two too small; the remainder, which 64 bits hold, tells by how much.
    #[inline(always)]
    pub(super) fn rounded(&self, z: u64) -> u128 {
        let base = self.whole * u128::from(z) + self.base;
        let (quotient, remainder) = self.quotient(z);
        let remainder = remainder + self.base_part;
        let missing =
            u64::from(remainder >= self.divisor) + u64::from(remainder >= 2 * self.divisor);
        let (quotient, remainder) = (quotient + missing, remainder - missing * self.divisor);
        let amount = base + u128::from(quotient);
        amount + u128::from(self.goes_up(amount.is_multiple_of(2), remainder))
    }

    /// Does the same in 64 bits, for a price below one unit of the amounts and no base.
    #[inline(always)]
    pub(super) fn rounded_part(&self, z: u64) -> u64 {
        let (quotient, remainder) = self.quotient(z);
        // Rounded up once, or twice where the quotient was too small.
        let is_even = quotient.is_multiple_of(2);
        let once = self.goes_up(is_even, remainder);
        let twice = remainder >= self.divisor && self.goes_up(!is_even, remainder - self.divisor);
        quotient + u64::from(once) + u64::from(twice)
    }

    /// A quotient of `part·z` by the divisor that is at most one too small, and its remainder.
    #[inline(always)]
    pub(super) fn quotient(&self, z: u64) -> (u64, u64) {
        #[expect(clippy::cast_possible_truncation, reason = "the reciprocal is of a part of one")]
        let quotient = ((u128::from(z) * u128::from(self.reciprocal)) >> BITS) as u64;
        let remainder = self.part.wrapping_mul(z).wrapping_sub(quotient.wrapping_mul(self.divisor));
        (quotient, remainder)
    }

    #[inline(always)]
    fn goes_up(&self, is_even: bool, remainder: u64) -> bool {
        let less = if is_even { 0 } else { self.less_if_odd };
        remainder + less >= self.up_from
    }
}

/// Writes the amounts of numbers that are all on one segment.
#[inline(always)]
fn write_one(
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

/// Writes the amounts of `values`, of which `counts` are priced: the numbers themselves, or their steps.
#[inline(always)]
fn write(slopes: &[Slope], values: &[u64], counts: &[u64], out: &mut [i128]) -> Result<(), usize> {
    // One price for all: terms that are zero are not computed.
    if let &[slope] = slopes
        && slope.first == 0
    {
        let Slope { last, whole, base, part, base_part, .. } = slope;
        return match (whole, base, u64::try_from(whole), part | base_part) {
            (_, _, Ok(whole), 0) => write_one(
                last,
                values,
                counts,
                out,
                #[inline(always)]
                |z| u128::from(whole) * u128::from(z) + base,
            ),
            (0, 0, _, _) if base_part == 0 => write_one(
                last,
                values,
                counts,
                out,
                #[inline(always)]
                |z| slope.rounded_part(z).into(),
            ),
            _ => write_one(
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
        // Counting has no branches, which random numbers would mislead.
        let below = slopes.iter().filter(|slope| slope.last < x).count();
        let slope = slopes.get(below);
        let slope = slope.filter(|slope| slope.first <= x).ok_or(at)?;
        *out = slope.rounded(count - slope.start).cast_signed();
    }
    Ok(())
}
