//! Values from the bytes of a fuzzed input. Where the bytes end, all are zero.

/// The bytes that are left.
pub(super) struct Source<'a>(pub(super) &'a [u8]);

impl Source<'_> {
    pub(super) fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    /// Whether a byte says so, which one in `times` does.
    pub(super) fn one_in(&mut self, times: u8) -> bool {
        self.byte() % times == 1
    }

    /// A number below `below`.
    pub(super) fn below(&mut self, below: usize) -> usize {
        usize::from(self.byte()) % below
    }

    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A number of any size, small ones as likely as large ones, and those beside a power of two.
    pub(super) fn number(&mut self) -> u64 {
        let (kind, low) = (self.byte(), self.byte());
        match kind % 4 {
            0 => low.into(),
            1 => u64::from(low) << (kind / 4),
            2 => (1_u64 << (kind / 4)).wrapping_add(low.into()).wrapping_sub(128),
            _ => {
                let mut bytes = [0; 8];
                bytes.fill_with(|| self.byte());
                u64::from_le_bytes(bytes) >> (kind / 4)
            }
        }
    }
}
