//! Rounding up to increments: how many steps each number has, and their sums above each bound.

use super::{
    Block, CHUNK, LANES, LOW, Level, Sum, any, bounded::chunk_sums, filled, for_chunks, ones,
    vector,
};
use crate::bulk::segments::Steps;
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// What the steps of a column add up to at a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stepped {
    /// The steps of the numbers above the bound.
    pub(crate) steps: u128,
    /// How many numbers are above the bound.
    pub(crate) above: u64,
}

/// The steps of a chunk.
pub(super) type Buffer = [Block; CHUNK];

/// Steps with what makes dividing by them fast.
#[derive(Debug, Clone)]
pub(crate) struct Stepper {
    steps: Steps,
    divisor: Option<Divisor>,
}

/// A divisor `by` of up to 63 bits for numbers that are whole units.
#[derive(Debug, Clone, Copy)]
struct Divisor {
    less: u64,
    by: u64,
    /// ⌊(2^64 − 1) / by⌋
    reciprocal: u64,
    /// For divisors of 32 bits: ⌊(2^(32 + shift) − 1) / by⌋, which has 32 bits too, and the shift.
    narrow: Option<(u64, u32)>,
}

impl Stepper {
    pub(crate) fn new(steps: Steps) -> Self {
        let divisor = || {
            let (less, by) = (u64::try_from(steps.less).ok()?, u64::try_from(steps.by).ok()?);
            if steps.unit != 1 || by > 1 << 63 {
                return None;
            }
            let shift = by.checked_ilog2()?;
            let narrow = (by <= LOW).then(|| (((1 << (32 + shift)) - 1) / by, shift));
            Some(Divisor { less, by, reciprocal: u64::MAX / by, narrow })
        };
        Self { steps, divisor: divisor() }
    }

    /// The steps of up to a chunk of numbers.
    pub(super) fn steps_of(&self, level: Level, values: &[u64], out: &mut Buffer) {
        let (blocks, rest) = values.as_chunks();
        let (whole, more) = out.split_at_mut(blocks.len().min(CHUNK));
        dispatch!(level, simd => {
            self.fill(simd, blocks, whole);
            self.fill(simd, &[filled(rest)], more);
        });
    }

    #[inline(always)]
    fn fill<S: Simd>(&self, simd: S, chunk: &[Block], out: &mut [Block]) {
        let Some(divisor) = self.divisor else {
            for (out, block) in out.iter_mut().zip(chunk) {
                *out = block.map(|x| self.steps.of(x));
            }
            return;
        };
        let narrow = divisor.narrow.is_some_and(|(reciprocal, shift)| {
            divisor.fill_narrow(simd, reciprocal, shift, chunk, out)
        });
        if !narrow {
            divisor.fill_wide(simd, chunk, out);
        }
    }
}

impl Divisor {
    /// Three multiplications of 32 bits for each number. A reciprocal that is cut gives a quotient
    /// that may be one too small while it has less than 32 bits, and the remainder tells; whether
    /// all have, and the steps are right, is the answer.
    #[inline(always)]
    fn fill_narrow<S: Simd>(
        self,
        simd: S,
        reciprocal: u64,
        shift: u32,
        chunk: &[Block],
        out: &mut [Block],
    ) -> bool {
        let splat = |n| u64x8::splat(simd, n);
        let (low, less, by) = (splat(LOW), splat(self.less), splat(self.by & LOW));
        let reciprocal = splat(reciprocal & LOW);
        let mut bits = splat(0);
        for (out, block) in out.iter_mut().zip(chunk) {
            let x = vector(simd, block).saturating_sub(less);
            bits |= x;
            let quotient = ((x >> 32) * reciprocal + (((x & low) * reciprocal) >> 32)) >> shift;
            let remainder = x - (quotient & low) * by;
            *out = rounded_up(simd, quotient, remainder, by).into();
        }
        any(bits) / self.by < 1 << 31
    }

    /// The same for all numbers: the upper half of 64 × 64 bits needs four multiplications.
    #[inline(always)]
    fn fill_wide<S: Simd>(self, simd: S, chunk: &[Block], out: &mut [Block]) {
        let splat = |n| u64x8::splat(simd, n);
        let (low, less, by) = (splat(LOW), splat(self.less), splat(self.by));
        let (right_low, right_high) = (splat(self.reciprocal & LOW), splat(self.reciprocal >> 32));
        for (out, block) in out.iter_mut().zip(chunk) {
            let x = vector(simd, block).saturating_sub(less);
            let (left_low, left_high) = (x & low, x >> 32);
            let (inner, outer) = (left_low * right_high, left_high * right_low);
            let carried = ((left_low * right_low) >> 32) + (inner & low) + (outer & low);
            let quotient = left_high * right_high + (inner >> 32) + (outer >> 32) + (carried >> 32);
            *out = rounded_up(simd, quotient, x - quotient * by, by).into();
        }
    }
}

/// One more step for any remainder, and another where the quotient was one too small.
#[inline(always)]
fn rounded_up<S: Simd>(simd: S, quotient: u64x8<S>, remainder: u64x8<S>, by: u64x8<S>) -> u64x8<S> {
    let zero = u64x8::splat(simd, 0);
    quotient + ones(simd, remainder.simd_gt(zero)) + ones(simd, remainder.simd_gt(by))
}

/// Adds the sums at each bound to `at`, and gives the steps of all numbers.
pub(crate) fn add_stepped(
    level: Level,
    stepper: &Stepper,
    values: &[u64],
    bounds: &[u64],
    at: &mut [Stepped],
) -> u128 {
    dispatch!(level, simd => all(simd, stepper, values, bounds, at))
}

#[inline(always)]
fn all<S: Simd>(
    simd: S,
    stepper: &Stepper,
    values: &[u64],
    bounds: &[u64],
    at: &mut [Stepped],
) -> u128 {
    let mut total = 0;
    let mut is_wide = false;
    let mut buffer: Buffer = [[0; LANES]; CHUNK];
    for_chunks(
        values,
        #[inline(always)]
        |chunk| {
            stepper.fill(simd, chunk, &mut buffer);
            let steps = buffer.get(..chunk.len()).unwrap_or_default();
            total += chunk_sums::<S, 0, false>(simd, steps, [], &mut [], &mut is_wide);
            for (at, bound) in at.iter_mut().zip(bounds) {
                let (steps, above) = sum_above(simd, chunk, steps, *bound);
                at.steps += steps;
                at.above += above;
            }
        },
    );
    total
}

#[inline(always)]
fn sum_above<S: Simd>(simd: S, chunk: &[Block], steps: &[Block], bound: u64) -> (u128, u64) {
    let (zero, bound) = (u64x8::splat(simd, 0), u64x8::splat(simd, bound));
    let (mut sum, mut count) = (Sum::<S, true>::zero(simd), zero);
    for (x, steps) in chunk.iter().zip(steps) {
        let above = vector(simd, x).simd_gt(bound);
        sum.add(simd, above.select(vector(simd, steps), zero));
        count += ones(simd, above);
    }
    (sum.total(), Block::from(count).into_iter().sum())
}
