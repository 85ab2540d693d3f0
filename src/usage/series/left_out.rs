//! [`LeftOut`]: which slots of a series are left out, one bit a slot.

use core::ops::Range;

/// The slots that are left out, of which there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::usage) struct LeftOut {
    bits: Box<[u64]>,
    slots: usize,
    count: usize,
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "the divisors are constants, and a count of slots is at most their number"
)]
impl LeftOut {
    /// Collects a flag for each slot, or returns `None` if no slot is left out.
    pub(in crate::usage) fn of(flags: impl ExactSizeIterator<Item = bool>) -> Option<Self> {
        let slots = flags.len();
        let mut bits = vec![0_u64; slots.div_ceil(64)].into_boxed_slice();
        let mut count = 0;
        for (slot, is_left_out) in flags.enumerate() {
            if is_left_out && let Some(word) = bits.get_mut(slot / 64) {
                *word |= 1 << (slot % 64);
                count += 1;
            }
        }
        (count > 0).then_some(Self { bits, slots, count })
    }

    /// Leaves out all but some ranges of slots, and those of `also`, or returns `None` if no slot is left
    /// out. The ranges are of these slots.
    #[expect(clippy::expect_used, reason = "the ranges are of the slots, each of which has a bit")]
    pub(in crate::usage) fn all_but(
        kept: &[Range<usize>],
        slots: usize,
        also: Option<&Self>,
    ) -> Option<Self> {
        let mut bits = vec![u64::MAX; slots.div_ceil(64)].into_boxed_slice();
        if let Some(last) = bits.last_mut() {
            *last >>= (64 - slots % 64) % 64;
        }
        for Range { start, end } in kept.iter().filter(|range| !range.is_empty()) {
            let (first, last) = (start / 64, (end - 1) / 64);
            let words = bits.get_mut(first..=last).expect("a range of the slots");
            for (word, bits) in (first..).zip(words) {
                let from = if word == first { u64::MAX << (start % 64) } else { u64::MAX };
                let to = if word == last { u64::MAX >> (63 - (end - 1) % 64) } else { u64::MAX };
                *bits &= !(from & to);
            }
        }
        for (bits, also) in bits.iter_mut().zip(also.iter().flat_map(|also| also.bits.iter())) {
            *bits |= also;
        }
        let count = bits.iter().map(|bits| bits.count_ones() as usize).sum();
        (count > 0).then_some(Self { bits, slots, count })
    }

    /// Returns the number of slots that are left out.
    pub(in crate::usage) fn count(&self) -> usize {
        self.count
    }

    /// Returns whether a slot is left out.
    pub(in crate::usage) fn contains(&self, slot: usize) -> bool {
        self.bits.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }
}
