//! [`Notation`]: how a number with a unit is written.

use super::{Fault, FaultKind, Misfit, Number, Scanner, Sign, attempt};

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
    /// The largest count of smallest units, and that count as text.
    pub(crate) most: u128,
    pub(crate) most_text: &'static str,
}

impl Notation {
    /// Reads the number before a unit, and the space between them.
    #[inline(always)]
    pub(crate) const fn number<'a>(
        &self,
        scanner: &mut Scanner<'a>,
        alone: UnitAlone,
    ) -> Result<Number<'a>, Fault<'a>> {
        let is_unit = matches!(scanner.rest(), [b'a'..=b'z' | b'A'..=b'Z', ..]);
        let number = if matches!(alone, UnitAlone::IsOne) && is_unit {
            Number::ONE
        } else {
            attempt!(scanner.number(Sign::Refused, self.example))
        };
        if let [b'/', ..] = scanner.rest() {
            return Err(scanner.unexpected("a decimal, not a fraction"));
        }
        scanner.space();
        Ok(number)
    }

    /// Reads the symbol of a unit.
    #[inline(always)]
    pub(crate) const fn unit<'a>(&self, scanner: &mut Scanner<'a>) -> Result<&'a [u8], Fault<'a>> {
        scanner.word("unit", self.units)
    }

    /// Returns a number of units, each of `size` smallest units, as a count of those. The scanner read
    /// both since `start`.
    #[inline(always)]
    pub(crate) const fn count<'a>(
        &self,
        number: &Number<'a>,
        size: u128,
        start: usize,
        scanner: &Scanner<'a>,
    ) -> Result<u128, Fault<'a>> {
        let what = self.what;
        match number.times(size) {
            Ok(count) if count <= self.most => Ok(count),
            Ok(_) | Err(Misfit::TooLarge) => {
                Err(Fault::since(start, scanner, FaultKind::TooLarge { what }, self.most_text))
            }
            Err(Misfit::TooPrecise) => {
                Err(Fault::since(start, scanner, FaultKind::TooPrecise { what }, self.finest))
            }
        }
    }
}
