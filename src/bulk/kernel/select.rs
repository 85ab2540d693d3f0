//! The number of a rank in a series, without sorting it.

use super::{Block, CHUNK, LANES, Level, ones, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// Numbers of a series that stand for all of it: evenly spread, so that each hour of each day has
/// its part.
const SAMPLES: usize = 256;

/// The ranks among the samples between which the number that is looked for lies, but for rare
/// series: three standard deviations of the median's rank, more of any other's.
const MARGIN: usize = 12;

/// Below this, samples would be no smaller than what is left of the series.
const SHORT: usize = 4 * SAMPLES;

/// The number of `rank`, from 1, in ascending order; `rank` must be at most the series' length.
pub(crate) fn nth(level: Level, series: &[u64], rank: usize, scratch: &mut Vec<u64>) -> u64 {
    if series.len() >= SHORT {
        let found = dispatch!(level, simd => between_samples(simd, series, rank, scratch));
        if let Some(found) = found {
            return found;
        }
    }
    scratch.clear();
    scratch.extend_from_slice(series);
    of_rank(scratch, rank)
}

fn of_rank(numbers: &mut [u64], rank: usize) -> u64 {
    let position = rank.saturating_sub(1);
    if position < numbers.len() { *numbers.select_nth_unstable(position).1 } else { 0 }
}

/// Fast as one pass keeps the few numbers between two samples and counts those below: what is
/// selected from is small. Where the number is not among them it is one of the two samples, or
/// they were misleading, and nothing is returned.
#[inline(always)]
fn between_samples<S: Simd>(
    simd: S,
    series: &[u64],
    rank: usize,
    scratch: &mut Vec<u64>,
) -> Option<u64> {
    let (low, high) = samples(series, rank);
    let (up_to_low, kept) = keep_between(simd, series, low, high, scratch);
    let count = |matches: &dyn Fn(u64) -> bool| series.iter().filter(|x| matches(**x)).count();
    if rank <= up_to_low {
        (rank > count(&|x| x < low)).then_some(low)
    } else if rank <= up_to_low + kept {
        Some(of_rank(scratch.get_mut(..kept)?, rank - up_to_low))
    } else {
        (rank <= count(&|x| x <= high)).then_some(high)
    }
}

/// The two samples that enclose the rank; the least and the largest number where there is none.
fn samples(series: &[u64], rank: usize) -> (u64, u64) {
    let step = (series.len() / SAMPLES).max(1);
    let mut samples = [0; 2 * SAMPLES];
    let mut count = 0;
    for (sample, number) in samples.iter_mut().zip(series.iter().step_by(step)) {
        *sample = *number;
        count += 1;
    }
    let samples = samples.get_mut(..count).unwrap_or_default();
    samples.sort_unstable();
    let middle = rank / step;
    let low = middle.checked_sub(MARGIN).and_then(|low| samples.get(low));
    let high = samples.get(middle + MARGIN);
    (low.copied().unwrap_or(0), high.copied().unwrap_or(u64::MAX))
}

/// Keeps the numbers above `low` and below `high` at the front of `scratch`; how many are at most
/// `low`, and how many were kept.
#[inline(always)]
fn keep_between<S: Simd>(
    simd: S,
    series: &[u64],
    low: u64,
    high: u64,
    scratch: &mut Vec<u64>,
) -> (usize, usize) {
    let (blocks, rest) = series.as_chunks::<LANES>();
    scratch.resize(series.len() + LANES, 0);
    let (lows, highs) = (u64x8::splat(simd, low), u64x8::splat(simd, high));
    let (mut up_to_low, mut kept) = (0, 0);
    for chunk in blocks.chunks(CHUNK) {
        let mut count = u64x8::splat(simd, 0);
        for block in chunk {
            let x = vector(simd, block);
            count += ones(simd, x.simd_le(lows));
            let between = x.simd_gt(lows) & x.simd_lt(highs);
            if between.any_true()
                && let Some(to) = scratch.get_mut(kept..).and_then(|to| to.first_chunk_mut())
            {
                *to = x.compress(between).into();
                kept += between.to_bitmask().count_ones() as usize;
            }
        }
        up_to_low += Block::from(count).into_iter().sum::<u64>();
    }
    for &x in rest {
        up_to_low += u64::from(x <= low);
        if low < x && x < high {
            if let Some(to) = scratch.get_mut(kept) {
                *to = x;
            }
            kept += 1;
        }
    }
    (usize::try_from(up_to_low).unwrap_or(usize::MAX), kept)
}
