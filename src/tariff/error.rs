//! [`TariffError`]: what can be wrong with tariffs, rate cards and bills.

use crate::{
    money::{Cost, exchange::ExchangeRate},
    text::choices,
};
use jiff::civil::Date;

/// The reason why a tariff, a rate card or a bill can't be made: one variant for each kind of
/// mistake.
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
        BillAmounts::Converted { own, rate } => {
            format!("wrong converted amount, {found}: expected {own} at {rate}, {expected}")
        }
    }
}
