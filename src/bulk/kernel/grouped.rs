//! Numbers in as many sums as there are groups: one cell for each line of each group.

use super::{Block, CHUNK, LANES, Level, Stepper, filled, ones, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// What the numbers of a group add up to that are on one line.
///
/// The parts wrap, as what is merged in may be known at the bounds only, and its parts be negative.
/// What is asked for are sums of them that fit, and those are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// How many numbers there are.
    pub(crate) records: u64,
    /// Σ x, or Σ steps(x)
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

/// The largest of the groups; zero where there are none.
pub(crate) fn largest(level: Level, groups: &[usize]) -> usize {
    dispatch!(level, simd => simd.vectorize(
        #[inline(always)]
        || groups.iter().fold(0, |largest: usize, group| largest.max(*group)),
    ))
}

/// Adds each number, or its steps, to the cell of its line and its group.
///
/// There must be a group for each number, and of each group the cells of all lines.
pub(crate) fn add_grouped(
    level: Level,
    stepper: Option<&Stepper>,
    values: &[u64],
    bounds: &[u64],
    groups: &[usize],
    cells: &mut [Cell],
) {
    let (mut steps, mut lines) = ([[0; LANES]; CHUNK], [[0; LANES]; CHUNK]);
    for (values, groups) in values.chunks(CHUNK * LANES).zip(groups.chunks(CHUNK * LANES)) {
        let counts = match stepper {
            None => values,
            Some(stepper) => {
                stepper.steps_of(level, values, &mut steps);
                steps.as_flattened()
            }
        };
        if bounds.is_empty() {
            for (count, group) in counts.iter().zip(groups) {
                add(cells, *group, *count);
            }
            continue;
        }
        lines_of(level, values, bounds, &mut lines);
        let of_each = bounds.len() + 1;
        for ((count, group), line) in counts.iter().zip(groups).zip(lines.as_flattened()) {
            add(cells, *group * of_each + usize::try_from(*line).unwrap_or(0), *count);
        }
    }
}

/// Fast as it is all that is done for a number: no branch, whatever the tiers.
#[inline(always)]
fn add(cells: &mut [Cell], at: usize, count: u64) {
    if let Some(cell) = cells.get_mut(at) {
        *cell = cell.plus(Cell { records: 1, sum: count.into() });
    }
}

/// On which line each of up to a chunk of numbers is.
fn lines_of(level: Level, values: &[u64], bounds: &[u64], out: &mut [Block; CHUNK]) {
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
        let mut line = u64x8::splat(simd, 0);
        for bound in bounds {
            line += ones(simd, x.simd_gt(u64x8::splat(simd, *bound)));
        }
        *out = line.into();
    }
}
