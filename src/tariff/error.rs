//! [`TariffError`]: what can be wrong with tariffs, rate cards and bills.

use crate::{
    money::{Cost, Currency, Money, exchange::ExchangeRate},
    text::choices,
};
use jiff::civil::Date;

/// What can be wrong with tariffs, rate cards and bills.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TariffError {
    /// A month of which nothing was measured, so that its bill can't be known.
    #[error(
        "nothing was measured in the month that begins on {month}: check the data, or bill the other \
         months by themselves"
    )]
    MonthNotMeasured {
        /// The first day of the month.
        month: Date,
    },

    /// A rate card without tariffs, or a bill without lines.
    #[error("a {whole} can't be empty: write at least one {part}")]
    Empty {
        /// `rate card` or `bill`.
        whole: &'static str,
        /// `tariff` or `line`.
        part: &'static str,
    },

    /// Two tariffs of one name on a rate card.
    #[error("two tariffs are named `{name}`: write another name for one of them")]
    RepeatedTariff {
        /// The name, cut short if it is long.
        name: String,
    },

    /// An adjustment with the name of a tariff or of an adjustment before it.
    #[error(
        "a tariff or an adjustment before this one is named `{name}`: write another name for one of \
         them"
    )]
    RepeatedAdjustment {
        /// The name, cut short if it is long.
        name: String,
    },

    /// An amount in a currency that would be a second total of the bill.
    #[error(
        "an adjustment of {amount} is in a currency that the bill does not have: write it in {}",
        or(currencies)
    )]
    AdjustmentCurrency {
        /// The amount.
        amount: Money,
        /// The currencies of the bill.
        currencies: Vec<Currency>,
    },

    /// An adjustment of an amount that names lines, which only a percentage is of.
    #[error("an amount is not of other lines: write a percentage, or leave `of` out")]
    AmountOfLines,

    /// A percentage of an adjustment that does not come before it.
    #[error("`{name}` does not come before this adjustment: write it above, or leave it out")]
    LaterAdjustment {
        /// The name, cut short if it is long.
        name: String,
    },

    /// A percentage of a tariff or an adjustment that there is not.
    #[error("no tariff or earlier adjustment is named `{name}`: write {}", choices(known))]
    UnknownLines {
        /// The name, cut short if it is long.
        name: String,
        /// The names of the tariffs and the earlier adjustments.
        known: Vec<String>,
    },

    /// A minimum or a maximum of all tariffs together, which are not in its currency.
    #[error(
        "{bound} of {amount} is of all tariffs, but `{tariff}` is in {currency}: write all tariffs in \
         one currency, or a minimum or maximum in each tariff"
    )]
    BoundCurrency {
        /// "a minimum" or "a maximum".
        bound: &'static str,
        /// The minimum or the maximum.
        amount: Money,
        /// The first tariff in another currency, cut short if its name is long.
        tariff: String,
        /// The currency of that tariff.
        currency: Currency,
    },

    /// A bill that was read, with amounts that do not follow from its lines.
    #[error("{}", wrong_amounts(amounts, found, expected))]
    WrongAmounts {
        /// The amounts of the bill that are wrong.
        amounts: BillAmounts,
        /// These amounts as read.
        found: Vec<Cost>,
        /// The exact amounts that they should follow from.
        expected: Vec<Cost>,
    },

    /// A rate card that is not TOML, or with a key that no rate card has.
    #[error("can't read `{text}`: {problem}")]
    CardSyntax {
        /// The text of the line, cut short if it is long.
        text: String,
        /// The message of the TOML reader.
        problem: String,
    },

    /// A name of a baseline that the program did not supply.
    #[error(
        "no baseline is named `{name}`: write a rate such as 5 Tbps{}{}",
        if known.is_empty() { "" } else { ", or the name " },
        choices(known)
    )]
    UnknownBaseline {
        /// The name, cut short if it is long.
        name: String,
        /// The names of the baselines that the program supplied.
        known: Vec<String>,
    },
}

/// The amounts of a bill that [`TariffError::WrongAmounts`] is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BillAmounts {
    /// The amount of a line of an invoice: the exact amount, rounded.
    InvoiceLine,
    /// The amounts of all lines of an invoice, with those that carry the rounding of its totals.
    InvoiceLines,
    /// The totals of an invoice: the sums of its lines.
    Totals,
    /// The differences of an invoice: each total less the rounded exact one.
    Differences,
    /// The amount of a converted line: its own amount at a rate.
    Converted {
        /// The line's own amount.
        own: Cost,
        /// The rate.
        rate: ExchangeRate,
    },
    /// The amount of a line that was converted without a rate, which only zero can be.
    WithoutRate,
    /// The amounts of an adjustment: its amount, or its percentage of the lines before it.
    Adjustment {
        /// The name of the adjustment, cut short if it is long.
        name: String,
    },
}

/// Lists currencies to choose from: USD, EUR or PKR.
fn or(currencies: &[Currency]) -> String {
    let codes: Vec<String> = currencies.iter().map(ToString::to_string).collect();
    match codes.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => codes.concat(),
    }
}

fn wrong_amounts(amounts: &BillAmounts, found: &[Cost], expected: &[Cost]) -> String {
    let [found, expected] = [found, expected].map(|costs| {
        let texts: Vec<String> = costs.iter().map(ToString::to_string).collect();
        if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
    });
    match amounts {
        BillAmounts::InvoiceLine => {
            format!("wrong amount of an invoice's line, {found}: expected {expected}, rounded")
        }
        BillAmounts::InvoiceLines => {
            format!("wrong lines of an invoice, {found}: expected {expected}")
        }
        BillAmounts::Totals => {
            format!(
                "wrong totals of an invoice, {found}: expected the sums of its lines, {expected}"
            )
        }
        BillAmounts::Differences => {
            format!("wrong differences of an invoice, {found}: expected {expected}")
        }
        BillAmounts::WithoutRate => format!(
            "wrong converted amount, {found}, of {expected} without a rate: expected zero of both"
        ),
        BillAmounts::Adjustment { name } => {
            format!("wrong amounts of the adjustment `{name}`, {found}: expected {expected}")
        }
        BillAmounts::Converted { own, rate } => {
            format!("wrong converted amount, {found}: expected {own} at {rate}, {expected}")
        }
    }
}
