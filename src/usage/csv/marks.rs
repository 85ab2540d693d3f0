//! [`Marks`]: where separators and ends of rows stand in a buffer.

use core::ops::Range;
use fearless_simd::{Level, Simd, dispatch, prelude::*, u8x64};

/// The bytes whose marks one word holds.
pub(super) const WORD: usize = 64;

/// A bit for each byte of a buffer: set for a separator, and for the end of a row.
#[derive(Debug)]
pub(super) struct Marks {
    level: Level,
    words: Vec<u64>,
}

#[expect(clippy::arithmetic_side_effects, reason = "places in a buffer")]
impl Marks {
    pub(super) fn new() -> Self {
        Self { level: Level::new(), words: Vec::new() }
    }

    /// Sets the marks of the bytes in `new`, and of none after them. Those before stay.
    pub(super) fn mark(&mut self, buffer: &[u8], new: Range<usize>, marked: [u8; 2]) {
        let first = new.start / WORD;
        self.words.resize(new.end.div_ceil(WORD), 0);
        let words = self.words.get_mut(first..).unwrap_or_default();
        let bytes = buffer.get(first * WORD..new.end).unwrap_or_default();
        let level = self.level;
        dispatch!(level, simd => marks(simd, bytes, marked, words));
    }

    /// Returns the marks from a byte on, to the end of its word.
    #[inline]
    pub(super) fn from(&self, place: usize) -> u64 {
        self.word(place / WORD) & (u64::MAX << (place % WORD))
    }

    /// Returns the marks of a word, which has none beyond the buffer.
    #[inline]
    pub(super) fn word(&self, word: usize) -> u64 {
        self.words.get(word).copied().unwrap_or_default()
    }
}

/// Writes the marks of `bytes`.
#[inline(always)]
fn marks<S: Simd>(simd: S, bytes: &[u8], [separator, end]: [u8; 2], words: &mut [u64]) {
    let (blocks, rest) = bytes.as_chunks::<WORD>();
    let separators = u8x64::splat(simd, separator);
    let ends = u8x64::splat(simd, end);
    let word = |block: &[u8; WORD]| {
        let block = u8x64::simd_from(simd, *block);
        (block.simd_eq(separators) | block.simd_eq(ends)).to_bitmask()
    };
    let mut words = words.iter_mut();
    for (block, marks) in blocks.iter().zip(&mut words) {
        *marks = word(block);
    }
    if let (false, Some(marks)) = (rest.is_empty(), words.next()) {
        *marks = rest
            .iter()
            .rev()
            .fold(0, |marks, &byte| marks << 1 | u64::from(byte == separator || byte == end));
    }
}
