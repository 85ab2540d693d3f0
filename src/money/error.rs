//! [`MoneyError`]: why money can't be split, rounded or converted.

use super::{
    Cost, Currency, Money,
    exchange::{ExchangeRate, Fixing, NearestFixings, euro_conversion},
};
#[cfg(feature = "csv")]
use crate::number::Ratio;
use crate::number::Share;
use jiff::civil::Date;

/// The reason why money can't be split, rounded or converted: one variant for each kind of mistake.
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

    /// Occurs if the markups of two exchange rates combine to a share that is not a ratio of two `u64`,
    /// or above 100%.
    #[error(
        "the markups {first} and {second} combine to a share above 100% or beyond 64 bits: pass \
         smaller or rounder markups"
    )]
    MarkupOverflow {
        /// The markup of the first exchange rate.
        first: Share,
        /// The markup of the second exchange rate.
        second: Share,
    },

    /// Occurs for a fixing with a spread or a markup.
    #[error(
        "a fixing has no spread and no markup, unlike {rate}: insert it without, and put the markup \
         on the table (with_markup) or the spread on the exchange rate that you look up"
    )]
    FixingWithMargin {
        /// The exchange rate with a spread or a markup.
        rate: Box<ExchangeRate>,
    },

    /// Occurs if a bill is converted at an exchange rate with a spread, which would make it cheaper for
    /// the one who pays.
    #[error(
        "a bill can't be converted at {rate}, because the spread would make it cheaper: pass the \
         margin that the payer bears to with_markup"
    )]
    BillWithSpread {
        /// The exchange rate with a spread.
        rate: Box<ExchangeRate>,
    },

    /// Occurs for a smallest coin that is zero or less, or not a whole number of minor units.
    #[error("cash can't go in steps of {step}: pass a positive amount in whole minor units")]
    CashStep {
        /// The amount of the coin.
        step: Money,
    },

    /// Occurs for a period that ends before it begins.
    #[error("a period can't be from {first} to {last}: pass the earlier day first")]
    EmptyPeriod {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },

    /// Occurs for a second, different exchange rate of a pair of currencies that is valid from the same
    /// day on.
    #[error("two exchange rates that begin on one day, {first} and {second}: insert one of them")]
    PeriodConflict {
        /// The exchange rate in the table.
        first: Box<Fixing>,
        /// The exchange rate that was refused.
        second: Box<Fixing>,
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

    /// Occurs if no fixing gives the exchange rate on a day or the mean of a period: there is none, or
    /// the newest is too old, or all are later, or a currency ended in between.
    #[error("{}", no_rate(*from, *to, *on, *max_age, nearest, *mean, *ended, *detour))]
    NoRate {
        /// The currency to convert.
        from: Currency,
        /// The currency to convert it to.
        to: Currency,
        /// The day; for a mean, the last of the days without a fixing.
        on: Date,
        /// The largest age, in days, of a fixing that is used.
        max_age: u32,
        /// The fixings around that day: of the two currencies, then of each with the pivot.
        nearest: Vec<NearestFixings>,
        /// The period of a mean, and its days without a fixing.
        mean: Option<MeanGap>,
        /// A currency that was withdrawn on or before the day, and its first day without it.
        ended: Option<(Currency, Date)>,
        /// A currency through which there is an exchange rate.
        detour: Option<Currency>,
    },

    /// Occurs for a pattern of dates that does not write year, month and day.
    #[cfg(feature = "csv")]
    #[error(
        "the pattern `{pattern}` lacks the year, the month or the day: pass one such as %d/%m/%Y"
    )]
    DatePattern {
        /// The pattern.
        pattern: String,
    },

    /// Occurs for a date in a file that is not in the layout's pattern.
    #[cfg(feature = "csv")]
    #[error("invalid date `{text}`: expected a date such as {example}, by the pattern `{pattern}`")]
    DateNotInPattern {
        /// The text that was found, cut short if it is long.
        text: String,
        /// The pattern.
        pattern: String,
        /// The last day of 2024 in that pattern.
        example: String,
    },

    /// Occurs for a file of exchange rates in which a column that its layout names is missing or
    /// stands twice.
    #[cfg(feature = "csv")]
    #[error("columns `{found}`: expected {expected}{}", separators(*separator))]
    RateColumns {
        /// The header, cut short if it is long.
        found: String,
        /// The columns that the layout names.
        expected: String,
        /// The character that seems to separate the columns, if it is not the layout's.
        separator: Option<char>,
    },

    /// Occurs for a column that says how many units of a currency a rate is for, and that the layout
    /// does not name.
    #[cfg(feature = "csv")]
    #[error(
        "column `{column}` may say for how many units each rate is: pass its name to multiplier, or \
         take it out of the file"
    )]
    UnnamedMultiplier {
        /// The name of the column.
        column: String,
    },

    /// Occurs for a multiplier that is zero or less.
    #[cfg(feature = "csv")]
    #[error("a rate can't be for {multiplier} units: expected a number above zero, such as 100")]
    NotAMultiplier {
        /// The number.
        multiplier: Ratio,
    },
}

/// A period that has no mean exchange rate, and the reason: days in a row without a fixing, more
/// than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeanGap {
    /// The first day of the period.
    pub first: Date,
    /// The last day of the period.
    pub last: Date,
    /// The first of those days.
    pub gap_first: Date,
    /// The last of those days.
    pub gap_last: Date,
}

#[cfg(feature = "csv")]
fn separators(separator: Option<char>) -> String {
    match separator {
        Some('\t') => "; the separator may be a tab".to_owned(),
        Some(separator) => format!("; the separator may be `{separator}`"),
        None => String::new(),
    }
}

#[expect(clippy::too_many_arguments, reason = "the fields of the case")]
fn no_rate(
    from: Currency,
    to: Currency,
    on: Date,
    max_age: u32,
    nearest: &[NearestFixings],
    mean: Option<MeanGap>,
    ended: Option<(Currency, Date)>,
    detour: Option<Currency>,
) -> String {
    let nearest: Vec<String> = nearest.iter().map(NearestFixings::to_string).collect();
    let nearest = nearest.join("; ");
    let missing = match mean {
        Some(MeanGap { first, last, gap_first, gap_last }) => format!(
            "no mean exchange rate from {from} to {to} for {first} to {last}, because none was fixed \
             from {gap_first} to {gap_last} and at most {max_age} days may be without ({nearest})"
        ),
        None => format!(
            "no exchange rate from {from} to {to} on {on} or in the {max_age} days before it \
             ({nearest})"
        ),
    };
    let help = match (ended, detour) {
        (Some((currency, day)), _) => {
            let euro = euro_conversion(currency).is_some();
            let which = if euro { "its euro_conversion" } else { "the rate that replaced it" };
            format!("{currency} ended on {day}: insert {which} with insert_from")
        }
        (None, Some(pivot)) => format!("pass {pivot} to with_pivot, which leads there"),
        (None, None) => "insert a fixing, or allow older ones (with_max_age) or a detour \
                         (with_pivot)"
            .to_owned(),
    };
    format!("{missing}: {help}")
}
