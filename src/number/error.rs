//! [`NumberError`]: why a number can't be made or rounded.

use super::Ratio;

/// The reason why a number can't be made or rounded: one variant for each kind of mistake.
///
/// ```
/// use bandwidth_cost::{ErrorKind, Ratio, RoundingStrategy, number::NumberError};
///
/// let third: Ratio = "1/3".parse()?;
/// let error = third.round_to(29, RoundingStrategy::ToZero).unwrap_err();
/// assert_eq!(error.to_string(), "can't round to 29 decimal places: pass at most 28");
/// let ErrorKind::Number(NumberError::TooManyPlaces { most, .. }) = error.kind() else {
///     panic!("{error}");
/// };
/// assert_eq!(*most, 28);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// Occurs for a share above one, and for a denominator of zero.
    #[error(
        "a share can't be {numerator} of {denominator}: pass at most the denominator, and a \
         denominator above zero"
    )]
    NotAShare {
        /// The part.
        numerator: u64,
        /// The whole.
        denominator: u64,
    },

    /// Occurs for a division by zero.
    #[error("can't divide {dividend} by zero: pass another divisor")]
    DivisionByZero {
        /// The number to be divided.
        dividend: Ratio,
    },

    /// Occurs if more decimal places are asked for than the result can have: 28 for a
    /// [`Decimal`](crate::Decimal), 38 for an [`i128`].
    #[error("can't round to {places} decimal places: pass at most {most}")]
    TooManyPlaces {
        /// The number of decimal places asked for.
        places: u32,
        /// The largest number of decimal places that the result can have.
        most: u32,
    },

    /// Occurs if the digits of a result do not fit its type: 96 bits for a
    /// [`Decimal`](crate::Decimal), 128 for an [`i128`].
    #[error(
        "{number} does not fit {bits} bits with {places} decimal places: pass fewer places, or \
         keep the exact number, which has no bounds"
    )]
    Overflow {
        /// The exact number.
        number: Ratio,
        /// The number of decimal places of the result.
        places: u32,
        /// The number of bits that the result's type has for its digits.
        bits: u32,
    },
}

impl NumberError {
    /// Returns the error for a number whose digits do not fit a [`Decimal`](crate::Decimal).
    pub(crate) fn decimal_overflow(number: &Ratio, places: u32) -> Self {
        Self::Overflow { number: number.clone(), places, bits: 96 }
    }

    /// Returns the error for a number whose digits do not fit an [`i128`].
    pub(crate) fn i128_overflow(number: &Ratio, places: u32) -> Self {
        Self::Overflow { number: number.clone(), places, bits: 128 }
    }
}
