//! The sums at each bound that graduated and all-units prices need.

use super::{Block, Level, NARROW, Sum, any, for_chunks, ones, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// The sums of a column's numbers `x` at a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounded {
    /// Σ min(x, bound).
    pub(crate) within: u128,
    /// The number of `x` above the bound, or zero if it is not needed.
    pub(crate) above: u64,
}

/// Adds the sums at each bound to `at`, and returns Σ x.
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
            // Four bounds at once, whose sums stay in registers: the first four are summed while memory
            // is read, and each four more read the chunk again.
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
                // At the end fewer than four are left, or none.
                bounds = bounds.get(4..).unwrap_or_default();
                at = at.get_mut(4..).unwrap_or_default();
                first = false;
            }
        },
    );
    total
}

/// Sums a chunk narrowly, or widely if its numbers need it; then the next chunk is summed widely at
/// once.
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

/// Fast because it has no branches and reads each number once: a few additions for each vector, which
/// take less time than reading it from memory.
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
