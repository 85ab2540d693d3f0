//! Rounding up to increments: the number of steps of each number, and their sums above each bound.

use super::{
    Block, CHUNK, LANES, Level, Sum, any, bounded::chunk_sums, filled, for_chunks, ones, vector,
};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// The steps of a column's numbers above a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stepped {
    /// The steps of the numbers above the bound.
    pub(crate) steps: u128,
    /// The number of numbers above the bound.
    pub(crate) above: u64,
}

/// The steps of a chunk.
pub(super) type Buffer = [Block; CHUNK];

/// The number of steps of each number: by a fast division, or one by one.
pub(crate) trait StepsOf {
    /// The divisor, or `None` if steps are found one by one.
    fn divisor(&self) -> Option<Divisor>;

    /// The steps of a number, whatever the divisor.
    fn steps_of(&self, x: u64) -> u64;
}

/// The steps `⌈(x − less) / by⌉`, or 0 where that is negative, with the constants of a fast division
/// by up to 2^63.
///
/// Half of a number has `HALF` bits: 32, or 4 in the test that divides all numbers of 8 bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor<const HALF: u32 = 32> {
    less: u64,
    by: u64,
    /// ⌊(2^64 − 1) / by⌋
    reciprocal: u64,
    /// For divisors of 32 bits: ⌊(2^(32 + shift) − 1) / by⌋, which has 32 bits too, and the shift.
    narrow: Option<(u64, u32)>,
}

/// Writes the steps of at most a chunk of numbers.
pub(super) fn write_steps(level: Level, stepper: &impl StepsOf, values: &[u64], out: &mut Buffer) {
    let (blocks, rest) = values.as_chunks();
    let (whole, more) = out.split_at_mut(blocks.len().min(CHUNK));
    dispatch!(level, simd => {
        fill(simd, stepper, blocks, whole);
        fill(simd, stepper, &[filled(rest)], more);
    });
}

#[inline(always)]
fn fill<S: Simd>(simd: S, stepper: &impl StepsOf, chunk: &[Block], out: &mut [Block]) {
    let Some(divisor) = stepper.divisor() else {
        for (out, block) in out.iter_mut().zip(chunk) {
            *out = block.map(|x| stepper.steps_of(x));
        }
        return;
    };
    divisor.fill(simd, chunk, out);
}

impl<const HALF: u32> Divisor<HALF> {
    /// The bits of the lower half of a number.
    const LOW: u64 = (1 << HALF) - 1;

    /// The largest number.
    const MOST: u64 = Self::LOW << HALF | Self::LOW;

    /// `by` must be above zero and at most half of 2^64.
    pub(crate) fn new(less: u64, by: u64) -> Self {
        let shift = by.ilog2();
        let narrow = (by <= Self::LOW).then(|| (((1 << (HALF + shift)) - 1) / by, shift));
        Self { less, by, reciprocal: Self::MOST / by, narrow }
    }

    #[inline(always)]
    pub(super) fn fill<S: Simd>(self, simd: S, chunk: &[Block], out: &mut [Block]) {
        let narrow = self.narrow.is_some_and(|(reciprocal, shift)| {
            self.fill_narrow(simd, reciprocal, shift, chunk, out)
        });
        if !narrow {
            self.fill_wide(simd, chunk, out);
        }
    }

    /// Takes three multiplications of 32 bits for each number, and returns whether all quotients have
    /// less than 32 bits: only then are the steps right.
    ///
    /// The reciprocal is cut, so that a quotient can be one too small. The remainder tells.
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
        let (low, less, by) = (splat(Self::LOW), splat(self.less), splat(self.by & Self::LOW));
        let reciprocal = splat(reciprocal & Self::LOW);
        let mut bits = splat(0);
        for (out, block) in out.iter_mut().zip(chunk) {
            let x = vector(simd, block).saturating_sub(less);
            bits |= x;
            let quotient = ((x >> HALF) * reciprocal + (((x & low) * reciprocal) >> HALF)) >> shift;
            let remainder = x - (quotient & low) * by;
            *out = rounded_up(simd, quotient, remainder, by).into();
        }
        any(bits) / self.by < 1 << (HALF - 1)
    }

    /// Does the same for all numbers: the upper half of 64 × 64 bits needs four multiplications.
    #[inline(always)]
    pub(super) fn fill_wide<S: Simd>(self, simd: S, chunk: &[Block], out: &mut [Block]) {
        let splat = |n| u64x8::splat(simd, n);
        let (low, less, by) = (splat(Self::LOW), splat(self.less), splat(self.by));
        let (right_low, right_high) =
            (splat(self.reciprocal & Self::LOW), splat(self.reciprocal >> HALF));
        for (out, block) in out.iter_mut().zip(chunk) {
            let x = vector(simd, block).saturating_sub(less);
            let (left_low, left_high) = (x & low, x >> HALF);
            let (inner, outer) = (left_low * right_high, left_high * right_low);
            let carried = ((left_low * right_low) >> HALF) + (inner & low) + (outer & low);
            let quotient =
                left_high * right_high + (inner >> HALF) + (outer >> HALF) + (carried >> HALF);
            *out = rounded_up(simd, quotient, x - quotient * by, by).into();
        }
    }
}

/// Adds a step for any remainder, and another where the quotient was one too small.
#[inline(always)]
fn rounded_up<S: Simd>(simd: S, quotient: u64x8<S>, remainder: u64x8<S>, by: u64x8<S>) -> u64x8<S> {
    let zero = u64x8::splat(simd, 0);
    quotient + ones(simd, remainder.simd_gt(zero)) + ones(simd, remainder.simd_gt(by))
}

/// Adds the sums at each bound to `at`, and returns the steps of all numbers.
pub(crate) fn add_stepped(
    level: Level,
    stepper: &impl StepsOf,
    values: &[u64],
    bounds: &[u64],
    at: &mut [Stepped],
) -> u128 {
    dispatch!(level, simd => all(simd, stepper, values, bounds, at))
}

#[inline(always)]
fn all<S: Simd>(
    simd: S,
    stepper: &impl StepsOf,
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
            fill(simd, stepper, chunk, &mut buffer);
            let (steps, _) = buffer.split_at(chunk.len());
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
