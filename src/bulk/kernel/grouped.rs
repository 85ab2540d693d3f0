//! The sums of groups: one cell for each segment of each group.

use super::{Block, CHUNK, LANES, Level, StepsOf, filled, ones, steps::write_steps, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// The sums of a group's numbers on one segment.
///
/// They wrap: sums that are merged in are known at bounds only, so that the difference between two
/// bounds can be negative. Sums of cells that fit are right all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// The number of numbers.
    pub(crate) records: u64,
    /// Σ x, or Σ steps(x).
    pub(crate) sum: u128,
}

impl Cell {
    pub(crate) const ZERO: Self = Self { records: 0, sum: 0 };

    #[inline(always)]
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            records: self.records.wrapping_add(other.records),
            sum: self.sum.wrapping_add(other.sum),
        }
    }

    #[inline(always)]
    pub(crate) const fn minus(self, other: Self) -> Self {
        Self {
            records: self.records.wrapping_sub(other.records),
            sum: self.sum.wrapping_sub(other.sum),
        }
    }
}

/// Returns the largest group, or zero for no groups.
pub(crate) fn largest(level: Level, groups: &[usize]) -> usize {
    dispatch!(level, simd => simd.vectorize(
        #[inline(always)]
        || groups.iter().fold(0, |largest: usize, group| largest.max(*group)),
    ))
}

/// Adds each number, or its steps, to the cell of its segment and its group.
///
/// Each number must have a group, and each group a cell for each segment.
pub(crate) fn add_grouped(
    level: Level,
    stepper: Option<&impl StepsOf>,
    values: &[u64],
    bounds: &[u64],
    groups: &[usize],
    cells: &mut [Cell],
) {
    let (mut steps, mut segments) = ([[0; LANES]; CHUNK], [[0; LANES]; CHUNK]);
    for (values, groups) in values.chunks(CHUNK * LANES).zip(groups.chunks(CHUNK * LANES)) {
        let counts = match stepper {
            None => values,
            Some(stepper) => {
                write_steps(level, stepper, values, &mut steps);
                steps.as_flattened()
            }
        };
        if bounds.is_empty() {
            for (count, group) in counts.iter().zip(groups) {
                add(cells, *group, *count);
            }
            continue;
        }
        segments_of(level, values, bounds, &mut segments);
        let of_each = bounds.len() + 1;
        for ((count, group), segment) in counts.iter().zip(groups).zip(segments.as_flattened()) {
            #[expect(clippy::cast_possible_truncation, reason = "at most the number of bounds")]
            add(cells, *group * of_each + *segment as usize, *count);
        }
    }
}

/// Fast because it is all the work for a number, without a branch, whatever the tiers.
#[inline(always)]
fn add(cells: &mut [Cell], at: usize, count: u64) {
    if let Some(cell) = cells.get_mut(at) {
        *cell = cell.plus(Cell { records: 1, sum: count.into() });
    }
}

/// Writes the index of the segment of each of at most a chunk of numbers.
fn segments_of(level: Level, values: &[u64], bounds: &[u64], out: &mut [Block; CHUNK]) {
    let (blocks, rest) = values.as_chunks();
    let (whole, more) = out.split_at_mut(blocks.len().min(CHUNK));
    dispatch!(level, simd => {
        fill(simd, blocks, bounds, whole);
        fill(simd, &[filled(rest)], bounds, more);
    });
}

#[inline(always)]
fn fill<S: Simd>(simd: S, chunk: &[Block], bounds: &[u64], out: &mut [Block]) {
    for (out, block) in out.iter_mut().zip(chunk) {
        let x = vector(simd, block);
        let mut segment = u64x8::splat(simd, 0);
        for bound in bounds {
            segment += ones(simd, x.simd_gt(u64x8::splat(simd, *bound)));
        }
        *out = segment.into();
    }
}
