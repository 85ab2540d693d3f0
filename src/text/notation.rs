//! [`Notation`]: how a number with a unit is written.

use super::{Misfit, Number, Scanner, Sign, clip};
use crate::{Error, text::TextError};

/// Whether a unit without a number stands for one of it, as in a price "per MB".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitAlone {
    Refused,
    IsOne,
}

/// The rules for reading a number and a unit as a value of a type.
///
/// Its functions, and those of [`Scanner`], are inline because a quantity is read in about the time of
/// a few calls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notation {
    /// The name of the type.
    pub(crate) what: &'static str,
    /// The expected text if the text is empty or does not begin with a number.
    pub(crate) example: &'static str,
    /// The expected text if the unit is left out.
    pub(crate) units: &'static str,
    /// The expected text if the number has too many decimal places.
    pub(crate) finest: &'static str,
    /// Returns the size of a unit in the smallest units of the type.
    pub(crate) size: fn(&str) -> Option<u128>,
    /// Returns the error for a unit without a size, at that byte.
    pub(crate) refuse: fn(&str, usize) -> Error,
    /// The largest count of smallest units.
    pub(crate) most: u128,
    /// Returns that count as text.
    pub(crate) most_text: fn() -> String,
}

impl Notation {
    /// Reads a number and a unit as a count of the smallest units, at most [`most`](Self::most).
    #[inline]
    pub(crate) fn scan(&self, scanner: &mut Scanner<'_>, alone: UnitAlone) -> Result<u128, Error> {
        let start = scanner.at();
        let is_unit = scanner.rest().starts_with(|c: char| c.is_ascii_alphabetic());
        let number = if alone == UnitAlone::IsOne && is_unit {
            Number::ONE
        } else {
            scanner.number(Sign::Refused, self.example)?
        };
        if scanner.rest().starts_with('/') {
            return Err(scanner.unexpected("a decimal, not a fraction"));
        }
        scanner.space();
        let at = scanner.at();
        let unit = scanner.word("unit", self.units)?;
        let size = (self.size)(unit).ok_or_else(|| (self.refuse)(unit, at))?;
        let (what, text) = (self.what, || clip(scanner.since(start)));
        match number.times(size) {
            Ok(count) if count <= self.most => Ok(count),
            Ok(_) | Err(Misfit::TooLarge) => {
                Err(TextError::TooLarge { text: text(), what, max: (self.most_text)() }.into())
            }
            Err(Misfit::TooPrecise) => {
                Err(TextError::TooPrecise { text: text(), what, expected: self.finest }.into())
            }
        }
    }
}
