//! [`NumberError`]: what can be wrong with numbers.

/// What can be wrong with numbers, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// A share above the whole.
    #[error("a share can't be {numerator} of {denominator}: write a share from 0 to 1")]
    ShareAboveOne {
        /// The part.
        numerator: u64,
        /// The whole, less than the part.
        denominator: u64,
    },

    /// A share of nothing.
    #[error("a share can't be {numerator} of 0: write a whole above zero")]
    ShareOfNothing {
        /// The part.
        numerator: u64,
    },

    /// A division by zero: how many times zero fits into something has no answer.
    #[error("can't divide {dividend} by zero: check that the divisor is not zero first")]
    DivisionByZero {
        /// What was to be divided.
        dividend: String,
    },

    /// An amount of more digits than a [`Decimal`](crate::Decimal) holds.
    #[error(
        "{amount} does not fit a decimal of {places} places: its digits must stay below 2^96 \
         (28 to 29 digits)"
    )]
    AmountOverflow {
        /// The exact amount.
        amount: String,
        /// The decimal places asked for.
        places: u32,
    },

    /// More decimal places than a [`Decimal`](crate::Decimal) holds.
    #[error("can't round to {places} decimal places: write at most 28")]
    TooManyPlaces {
        /// The decimal places asked for.
        places: u32,
    },
}
