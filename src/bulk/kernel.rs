//! The loops over columns: short, safe, and compiled once for each instruction set.
//!
//! A column is cut into blocks of eight numbers, which one vector holds. The last block is filled up
//! with zeros, which change no sum here. Each function is generic over the instruction set, and
//! inlined into the one place that chooses it, [`dispatch`].
#![expect(
    clippy::arithmetic_side_effects,
    reason = "operators on vectors wrap, and the sums of a chunk are chosen so that none does"
)]

mod amounts;
mod bounded;
#[cfg(test)]
mod exhaustive;
mod grouped;
mod select;
mod steps;
#[cfg(test)]
mod tests;
mod weighted;

pub(super) use self::{
    amounts::{Slope, write_amounts},
    bounded::add_bounded,
    grouped::{Cell, add_grouped, largest},
    select::{Scratch, nth_of_each},
    steps::{Divisor, StepsOf, add_stepped},
    weighted::weighted,
};
pub(crate) use self::{bounded::Bounded, steps::Stepped};
pub(super) use fearless_simd::Level;

use fearless_simd::{Simd, prelude::*, u64x8};

/// Numbers in one vector.
const LANES: usize = 8;

type Block = [u64; LANES];

/// Blocks that are summed before the sums are taken out of the vectors. A chunk stays in the first
/// cache while it is read twice.
const CHUNK: usize = 128;

/// Below this, 64 bits hold the sum of a lane of a chunk (`CHUNK` numbers). For numbers, 2^57 would
/// do; the pairs of products of halves that [`weighted`] adds need 2^54.
const NARROW: u64 = 1 << 54;

const LOW: u64 = u32::MAX as u64;

/// Calls `each` with the chunks of a column.
#[inline(always)]
fn for_chunks(values: &[u64], mut each: impl FnMut(&[Block])) {
    let (blocks, rest) = values.as_chunks();
    for chunk in blocks.chunks(CHUNK) {
        each(chunk);
    }
    if !rest.is_empty() {
        each(&[filled(rest)]);
    }
}

/// The last numbers as a block, with zeros behind.
fn filled(rest: &[u64]) -> Block {
    let mut block = [0; LANES];
    for (to, from) in block.iter_mut().zip(rest) {
        *to = *from;
    }
    block
}

#[inline(always)]
fn vector<S: Simd>(simd: S, block: &Block) -> u64x8<S> {
    u64x8::simd_from(simd, *block)
}

#[inline(always)]
fn ones<S: Simd>(simd: S, mask: <u64x8<S> as SimdBase<S>>::Mask) -> u64x8<S> {
    mask.select(u64x8::splat(simd, 1), u64x8::splat(simd, 0))
}

/// The sum of each lane of a chunk. A wide one holds any numbers: it adds their halves of 32 bits
/// separately.
#[derive(Clone, Copy)]
struct Sum<S: Simd, const WIDE: bool> {
    low: u64x8<S>,
    high: u64x8<S>,
}

impl<S: Simd, const WIDE: bool> Sum<S, WIDE> {
    #[inline(always)]
    fn zero(simd: S) -> Self {
        let zero = u64x8::splat(simd, 0);
        Self { low: zero, high: zero }
    }

    #[inline(always)]
    fn add(&mut self, simd: S, x: u64x8<S>) {
        if WIDE {
            self.low += x & u64x8::splat(simd, LOW);
            self.high += x >> 32;
        } else {
            self.low += x;
        }
    }

    #[inline(always)]
    fn total(self) -> u128 {
        let total = |lanes| Block::from(lanes).into_iter().map(u128::from).sum::<u128>();
        total(self.low) + (total(self.high) << 32)
    }
}

/// The bits that are set in any lane: at least the largest number, and less than twice as much.
#[inline(always)]
fn any<S: Simd>(lanes: u64x8<S>) -> u64 {
    Block::from(lanes).into_iter().fold(0, |bits, lane| bits | lane)
}
