//! The number of a rank in a series, without sorting it.

use super::{Block, LANES, Level, ones, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// The number of samples that stand for a series.
const SAMPLES: usize = 32;

/// The distance of the two enclosing samples' ranks from the wanted rank, in standard deviations. With
/// samples as good as random, few series in a thousand need a second look.
const MARGIN: usize = 3;

/// The longest series that is not narrowed again: selecting from it at once is as fast.
const SHORT: usize = 256;

/// Memory for the rest of a narrowed series, for the rest of that, and for samples of the next series.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    kept: Vec<u64>,
    next: Vec<u64>,
    samples: Samples,
}

/// Evenly spread over a series, so that each hour of each day has its part.
#[derive(Debug, Clone, Copy, Default)]
struct Samples {
    numbers: [u64; SAMPLES],
    count: usize,
}

/// Writes the number of `rank`, counted from 1, of each series in ascending order; `rank` must be at
/// most the series' length.
pub(crate) fn nth_of_each<'a>(
    level: Level,
    series: impl IntoIterator<Item = (&'a [u64], &'a mut u64)>,
    rank: usize,
    scratch: &mut Scratch,
) {
    let mut series = series.into_iter().peekable();
    if let Some((first, _)) = series.peek() {
        scratch.samples = Samples::of(first);
    }
    while let Some((numbers, out)) = series.next() {
        let ahead = series.peek().map_or(&[][..], |(next, _)| next);
        let found = dispatch!(level, simd => narrowed(simd, numbers, rank, ahead, scratch));
        *out = found.unwrap_or_else(|| {
            scratch.kept.clear();
            scratch.kept.extend_from_slice(numbers);
            of_rank(&mut scratch.kept, rank)
        });
    }
}

fn of_rank(numbers: &mut [u64], rank: usize) -> u64 {
    *numbers.select_nth_unstable(rank - 1).1
}

/// Fast because one pass without branches keeps the numbers between two samples and counts those
/// below; few are kept, and they are narrowed again. Returns `None` if the samples were misleading.
#[inline(always)]
fn narrowed<S: Simd>(
    simd: S,
    series: &[u64],
    mut rank: usize,
    mut ahead: &[u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let Scratch { kept, next, samples } = scratch;
    let mut current = series;
    let mut own = *samples;
    let mut gone_through = 0;
    loop {
        gone_through += current.len();
        let (low, high) = own.around(rank, current.len());
        next.resize(series.len() + LANES, 0);
        let (up_to_low, between) = keep_between(simd, current, low, high, next, ahead, samples);
        if rank <= up_to_low {
            return (rank > at_most(simd, current, low.checked_sub(1))).then_some(low);
        }
        rank -= up_to_low;
        if rank > between {
            return (rank <= at_most(simd, current, Some(high)) - up_to_low).then_some(high);
        }
        if between <= SHORT {
            return Some(of_rank(next.get_mut(..between)?, rank));
        }
        // A series that is made to mislead must not take longer than a few passes.
        if gone_through > 2 * series.len() {
            return None;
        }
        core::mem::swap(kept, next);
        current = kept.get(..between)?;
        own = Samples::of(current);
        ahead = &[];
    }
}

/// The number of numbers for which one sample stands: whole blocks.
pub(super) fn step(length: usize) -> usize {
    length.div_ceil(SAMPLES).next_multiple_of(LANES).max(LANES)
}

impl Samples {
    fn of(series: &[u64]) -> Self {
        let mut samples = Self::default();
        for (at, number) in series.iter().step_by(step(series.len())).enumerate() {
            samples.set(at, *number);
        }
        samples
    }

    #[inline(always)]
    fn set(&mut self, at: usize, number: u64) {
        if let Some(sample) = self.numbers.get_mut(at) {
            *sample = number;
            self.count = at + 1;
        }
    }

    /// The two samples that enclose a rank of the series, or the least and the largest `u64` beyond
    /// the samples.
    fn around(mut self, rank: usize, length: usize) -> (u64, u64) {
        let (samples, _) = self.numbers.split_at_mut(self.count);
        samples.sort_unstable();
        let count = samples.len();
        let middle = (rank / step(length)).min(count);
        let variance = middle * (count - middle) / count.max(1);
        let margin = (MARGIN * MARGIN * variance).isqrt() + 1;
        let low = middle.checked_sub(margin).and_then(|low| samples.get(low));
        let high = samples.get(middle + margin);
        (low.copied().unwrap_or(0), high.copied().unwrap_or(u64::MAX))
    }
}

/// Moves the numbers above `low` and below `high` to the front of `out`. Returns the number of numbers
/// up to `low`, and of those that were kept.
///
/// It reads the samples of the series `ahead` on its way, one each step, so that memory does not keep
/// them waiting.
#[inline(always)]
fn keep_between<S: Simd>(
    simd: S,
    series: &[u64],
    low: u64,
    high: u64,
    out: &mut [u64],
    ahead: &[u64],
    samples: &mut Samples,
) -> (usize, usize) {
    let step = step(series.len());
    let (lows, highs) = (u64x8::splat(simd, low), u64x8::splat(simd, high));
    let (mut up_to_low, mut kept) = (0, 0);
    for (at, numbers) in series.chunks(step).enumerate() {
        if let Some(number) = ahead.get(at * step) {
            samples.set(at, *number);
        }
        let (blocks, rest) = numbers.as_chunks::<LANES>();
        let mut count = u64x8::splat(simd, 0);
        for block in blocks {
            let x = vector(simd, block);
            count += ones(simd, x.simd_le(lows));
            let between = x.simd_gt(lows) & x.simd_lt(highs);
            if let Some(to) = out.get_mut(kept..).and_then(|to| to.first_chunk_mut()) {
                *to = x.compress(between).into();
            }
            kept += between.to_bitmask().count_ones() as usize;
        }
        up_to_low += total(count);
        for &x in rest {
            up_to_low += usize::from(x <= low);
            if let Some(to) = out.get_mut(kept) {
                *to = x;
            }
            kept += usize::from(low < x && x < high);
        }
    }
    (up_to_low, kept)
}

/// The number of numbers up to `most`, or zero for `None`.
#[inline(always)]
fn at_most<S: Simd>(simd: S, series: &[u64], most: Option<u64>) -> usize {
    let Some(most) = most else { return 0 };
    let (blocks, rest) = series.as_chunks::<LANES>();
    let (mosts, mut count) = (u64x8::splat(simd, most), u64x8::splat(simd, 0));
    for block in blocks {
        count += ones(simd, vector(simd, block).simd_le(mosts));
    }
    total(count) + rest.iter().filter(|x| **x <= most).count()
}

#[inline(always)]
fn total<S: Simd>(counts: u64x8<S>) -> usize {
    let total: u64 = Block::from(counts).into_iter().sum();
    #[expect(clippy::cast_possible_truncation, reason = "at most the length of a slice")]
    let total = total as usize;
    total
}
