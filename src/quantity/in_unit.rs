//! [`InUnit`]: writing a quantity in a given unit.

use crate::{number::Ratio, text::group};
use core::fmt::{self, Write as _};

/// A quantity in a unit that the caller chose.
#[derive(Clone, Copy)]
pub(crate) struct InUnit {
    /// The quantity in the smallest units of its type.
    pub(crate) count: u128,
    /// The unit's size in the smallest units; a product of twos and fives, so that decimals end.
    pub(crate) size: u128,
    pub(crate) symbol: &'static str,
}

impl fmt::Display for InUnit {
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "the size is not zero, and nine digits fit 64 bits"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, size, symbol } = *self;
        if f.precision().is_some() {
            return Ratio::fraction(false, count, size).fmt_with(f, &format!(" {symbol}"));
        }
        let whole = count / size;
        let mut text = String::with_capacity(40);
        match u64::try_from(whole) {
            Ok(whole) => write!(text, "{whole}")?, // several times faster than 128 bits
            Err(_) => write!(text, "{whole}")?,
        }
        if f.alternate() {
            text = group(&text);
        }
        let mut rest = count % size;
        if rest != 0 {
            text.push('.');
            while rest != 0 {
                const NINE_DIGITS: u128 = 1_000_000_000;
                rest *= NINE_DIGITS;
                write!(text, "{:09}", (rest / size) as u64)?;
                rest %= size;
            }
            text.truncate(text.trim_end_matches('0').len());
        }
        text.push(' ');
        text.push_str(symbol);
        f.pad_integral(true, "", &text)
    }
}
