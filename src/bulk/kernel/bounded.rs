//! How much of each number lies within each bound: what graduated and all-units prices need.

use super::{Block, Level, NARROW, Sum, any, for_chunks, ones, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// What the numbers `x` of a column add up to at a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounded {
    /// Σ min(x, bound)
    pub(crate) within: u128,
    /// How many x are above the bound; left at zero where it is not asked for.
    pub(crate) above: u64,
}

/// Adds the sums at each bound to `at`, and gives Σ x.
pub(crate) fn add_bounded(
    level: Level,
    values: &[u64],
    bounds: &[u64],
    count: bool,
    at: &mut [Bounded],
) -> u128 {
    dispatch!(level, simd => if count {
        all::<_, true>(simd, values, bounds, at)
    } else {
        all::<_, false>(simd, values, bounds, at)
    })
}

#[inline(always)]
fn all<S: Simd, const COUNT: bool>(
    simd: S,
    values: &[u64],
    bounds: &[u64],
    at: &mut [Bounded],
) -> u128 {
    let mut total = 0;
    let mut is_wide = false;
    for_chunks(
        values,
        #[inline(always)]
        |chunk| {
            // As many bounds at once as leave their sums in registers: the first few go along with the
            // reading of memory, and more of them go over the chunk again.
            let (mut bounds, mut at) = (bounds, &mut *at);
            let mut first = true;
            while first || !bounds.is_empty() {
                let sum = match bounds {
                    [] => chunk_sums::<S, 0, COUNT>(simd, chunk, [], at, &mut is_wide),
                    &[a] => chunk_sums::<S, 1, COUNT>(simd, chunk, [a], at, &mut is_wide),
                    &[a, b] => chunk_sums::<S, 2, COUNT>(simd, chunk, [a, b], at, &mut is_wide),
                    &[a, b, c] => {
                        chunk_sums::<S, 3, COUNT>(simd, chunk, [a, b, c], at, &mut is_wide)
                    }
                    &[a, b, c, d, ..] => {
                        chunk_sums::<S, 4, COUNT>(simd, chunk, [a, b, c, d], at, &mut is_wide)
                    }
                };
                if first {
                    total += sum;
                }
                bounds = bounds.get(4..).unwrap_or_default();
                at = at.get_mut(4..).unwrap_or_default();
                first = false;
            }
        },
    );
    total
}

/// Narrow sums, and wide ones where they don't do: after those, the next chunk is taken for wide too.
#[inline(always)]
pub(super) fn chunk_sums<S: Simd, const K: usize, const COUNT: bool>(
    simd: S,
    chunk: &[Block],
    bounds: [u64; K],
    at: &mut [Bounded],
    is_wide: &mut bool,
) -> u128 {
    let mut sums = None;
    if !*is_wide {
        let (narrow, bits) = chunk_sums_of::<S, K, COUNT, false>(simd, chunk, bounds);
        sums = (bits < NARROW).then_some(narrow);
    }
    let (total, added) = sums.unwrap_or_else(
        #[inline(always)]
        || {
            let (wide, bits) = chunk_sums_of::<S, K, COUNT, true>(simd, chunk, bounds);
            *is_wide = bits >= NARROW;
            wide
        },
    );
    for (at, added) in at.iter_mut().zip(added) {
        at.within += added.within;
        at.above += added.above;
    }
    total
}

/// Fast as there are no branches, and no number is read twice: a few additions for each vector,
/// less than reading it from memory takes.
#[inline(always)]
fn chunk_sums_of<S: Simd, const K: usize, const COUNT: bool, const WIDE: bool>(
    simd: S,
    chunk: &[Block],
    bounds: [u64; K],
) -> ((u128, [Bounded; K]), u64) {
    let zero = u64x8::splat(simd, 0);
    let bounds = bounds.map(|bound| u64x8::splat(simd, bound));
    let (mut bits, mut total) = (zero, Sum::<S, WIDE>::zero(simd));
    let (mut within, mut above) = ([Sum::<S, WIDE>::zero(simd); K], [zero; K]);
    for block in chunk {
        let x = vector(simd, block);
        bits |= x;
        total.add(simd, x);
        for ((bound, within), above) in bounds.iter().zip(&mut within).zip(&mut above) {
            within.add(simd, x.min(*bound));
            if COUNT {
                *above += ones(simd, x.simd_gt(*bound));
            }
        }
    }
    let mut at = [Bounded::default(); K];
    for ((at, within), above) in at.iter_mut().zip(within).zip(above) {
        *at = Bounded { within: within.total(), above: Block::from(above).into_iter().sum() };
    }
    ((total.total(), at), any(bits))
}
