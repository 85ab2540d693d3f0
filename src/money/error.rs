//! [`MoneyError`]: what can be wrong with money and exchange rates.

use super::{Currency, exchange::NearestFixings};
use jiff::civil::Date;

/// What can be wrong with money and exchange rates, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// A code that is not in ISO 4217's list, or not in capitals.
    #[error("unknown currency `{code}` at byte {at}: write an ISO 4217 code such as USD")]
    UnknownCurrency {
        /// The code as written, cut short when it is long.
        code: String,
        /// Where it stands.
        at: usize,
    },

    /// Two currencies where one was needed. Only an [`ExchangeRate`](crate::ExchangeRate) turns
    /// one into another.
    #[error("currency mismatch: {left} and {right}; convert one with an exchange rate first")]
    CurrencyMismatch {
        /// The currency on the left, or the one that was expected.
        left: Currency,
        /// The currency on the right, or the one that was found.
        right: Currency,
    },

    /// One currency where two were needed.
    #[error(
        "an exchange rate is between two currencies, not {currency} and {currency}: \
         write another currency on one side"
    )]
    SameCurrency {
        /// The currency on both sides.
        currency: Currency,
    },

    /// A side of an exchange rate that is zero or negative.
    #[error("an exchange rate can't have {amount} on one side: write a positive amount")]
    RateNotPositive {
        /// The side that was refused.
        amount: String,
    },

    /// A currency that has no minor units (gold, the test code), so there is nothing to round to.
    #[error("{currency} has no minor units: round with round_to and a number of decimal places")]
    NoMinorUnits {
        /// The currency.
        currency: Currency,
    },

    /// An amount that no decimal holds, where nothing may be rounded.
    #[error("{amount} is not a decimal of at most 28 places: round it with round or round_to")]
    Inexact {
        /// The exact amount.
        amount: String,
    },

    /// More decimal places than 128 bits have digits.
    #[error("amounts of 128 bits can't have {scale} decimal places: write at most 38")]
    ScaleTooLarge {
        /// The decimal places asked for.
        scale: u32,
    },

    /// An amount that does not fit 128 bits.
    #[error(
        "{amount} does not fit 128 bits at {scale} decimal places: write fewer, or keep the exact \
         cost, which has no bounds"
    )]
    WideAmountOverflow {
        /// The exact amount.
        amount: String,
        /// The decimal places asked for.
        scale: u32,
    },

    /// A currency that has no minor units (gold, the test code), so that an amount of it can't be
    /// split into them.
    #[error("{currency} has no minor units to split into: multiply a cost by a share instead")]
    NoUnitsToSplit {
        /// The currency.
        currency: Currency,
    },

    /// No weights to allocate by, or all of them zero.
    #[error(
        "can't allocate {amount} by weights ({parts}), of which none is above zero: write at least \
         one that is"
    )]
    NoWeights {
        /// The amount to be split.
        amount: String,
        /// How many weights there were.
        parts: usize,
    },

    /// A spread over two conversions whose exact share needs more than two `u64`.
    #[error(
        "the spreads {first} and {second} combine to a share beyond 64 bits: write rounder spreads"
    )]
    SpreadOverflow {
        /// The spread of the first rate.
        first: String,
        /// The spread of the second rate.
        second: String,
    },

    /// A fixing with a spread. A spread is what whoever converts for others keeps.
    #[error(
        "a fixing has no spread, unlike {rate}: insert it without, and put the spread on the rate \
         that you look up"
    )]
    FixingWithSpread {
        /// The rate that was refused.
        rate: String,
    },

    /// Two different fixings of one pair on one day.
    #[error("two fixings on {date}, {first} and {second}: insert one of them")]
    FixingConflict {
        /// The day.
        date: Date,
        /// The fixing in the table.
        first: String,
        /// The fixing that was refused.
        second: String,
    },

    /// No fixing gives the rate on a day: there is none, it is too old, or it is later.
    #[error(
        "no rate from {from} to {to} on {on} or in the {max_age} days before it ({}): insert a \
         fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
        listed(nearest)
    )]
    NoRate {
        /// The currency to convert.
        from: Currency,
        /// The currency to convert it to.
        to: Currency,
        /// The day.
        on: Date,
        /// How many days old a fixing may be.
        max_age: u32,
        /// The fixings that there are around that day: of the two currencies, and then of each with
        /// the pivot.
        nearest: Vec<NearestFixings>,
    },
}

fn listed(nearest: &[NearestFixings]) -> String {
    nearest.iter().map(NearestFixings::to_string).collect::<Vec<_>>().join("; ")
}
