//! [`MoneyError`]: why money can't be split, rounded or converted.

use super::{
    Cost, Currency, Money,
    exchange::{ExchangeRate, NearestFixings},
};
use crate::number::Share;
use jiff::civil::Date;

/// Why money can't be split, rounded or converted, one case a mistake.
///
/// ```
/// use bandwidth_cost::{Currency, ErrorKind, Money, money::MoneyError};
///
/// let (transit, port) = (Money::from_major(9, Currency::USD), Money::from_major(8, Currency::PKR));
/// let error = transit.checked_add(port).unwrap_err();
/// let ErrorKind::Money(MoneyError::CurrencyMismatch { left, right }) = error.kind() else {
///     panic!("{error}");
/// };
/// assert_eq!((*left, *right), (Currency::USD, Currency::PKR));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Occurs if amounts in two currencies are added, compared or divided. Only an
    /// [`ExchangeRate`] converts one into the other.
    #[error("currency mismatch: {left} and {right}; convert one with an exchange rate first")]
    CurrencyMismatch {
        /// The currency on the left, or the one that was expected.
        left: Currency,
        /// The currency on the right, or the one that was found.
        right: Currency,
    },

    /// Occurs for an exchange rate from a currency to itself.
    #[error(
        "an exchange rate is between two currencies, not {currency} and {currency}: pass another \
         currency on one side"
    )]
    SameCurrency {
        /// The currency on both sides.
        currency: Currency,
    },

    /// Occurs for an exchange rate with an amount of zero or less on one side.
    #[error("an exchange rate can't have {amount} on one side: pass a positive amount")]
    NotPositive {
        /// The amount.
        amount: Cost,
    },

    /// Occurs if an amount is rounded to, or split into, the minor units of a currency that has
    /// none, such as gold and the test code.
    #[error(
        "{currency} has no minor units: round with round_to and a number of decimal places, and \
         split by multiplying a cost by shares"
    )]
    NoMinorUnits {
        /// The currency.
        currency: Currency,
    },

    /// Occurs if a cost is converted exactly but no decimal is exact.
    #[error("{cost} is not a decimal of at most 28 places: round it with round or round_to")]
    Inexact {
        /// The exact cost.
        cost: Cost,
    },

    /// Occurs if an amount is split without weights, or by weights that are all zero.
    #[error(
        "can't allocate {amount} by weights ({parts}), of which none is above zero: pass at least \
         one that is"
    )]
    NoWeights {
        /// The amount to be split.
        amount: Money,
        /// The number of weights.
        parts: usize,
    },

    /// Occurs if the spreads of two exchange rates combine to a share that is not a ratio of two
    /// `u64`.
    #[error(
        "the spreads {first} and {second} combine to a share beyond 64 bits: pass rounder spreads"
    )]
    SpreadOverflow {
        /// The spread of the first exchange rate.
        first: Share,
        /// The spread of the second exchange rate.
        second: Share,
    },

    /// Occurs for a fixing with a spread. A spread is the part that a bank keeps when it converts.
    #[error(
        "a fixing has no spread, unlike {rate}: insert it without, and put the spread on the \
         exchange rate that you look up"
    )]
    FixingWithSpread {
        /// The exchange rate with a spread.
        rate: Box<ExchangeRate>,
    },

    /// Occurs for a second, different fixing of a pair of currencies on one day.
    #[error("two fixings on {date}, {first} and {second}: insert one of them")]
    FixingConflict {
        /// The day.
        date: Date,
        /// The fixing in the table.
        first: Box<ExchangeRate>,
        /// The fixing that was refused.
        second: Box<ExchangeRate>,
    },

    /// Occurs if no fixing gives the exchange rate on a day: there is none, or the newest is too
    /// old, or all are later.
    #[error(
        "no exchange rate from {from} to {to} on {on} or in the {max_age} days before it ({}): \
         insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
        listed(nearest)
    )]
    NoRate {
        /// The currency to convert.
        from: Currency,
        /// The currency to convert it to.
        to: Currency,
        /// The day.
        on: Date,
        /// The age, in days, up to which a fixing is used.
        max_age: u32,
        /// The fixings around that day: of the two currencies, then of each with the pivot.
        nearest: Vec<NearestFixings>,
    },
}

fn listed(nearest: &[NearestFixings]) -> String {
    nearest.iter().map(NearestFixings::to_string).collect::<Vec<_>>().join("; ")
}
