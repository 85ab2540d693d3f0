//! [`TariffError`]: what can be wrong with tariffs, rate cards and bills.

use crate::{
    money::{Cost, Currency, exchange::ExchangeRate},
    number::Share,
    text::choices,
};
use core::ops::Range;
use jiff::{Timestamp, civil::Date};

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

    /// A card with tariffs in two currencies, where a question has one amount for an answer.
    #[error(
        "the card has tariffs in {first} and in {other}, which have no sum: write a card for the \
         tariffs of each currency"
    )]
    TwoCurrencies {
        /// The currency of the first tariff.
        first: Currency,
        /// The currency of the first tariff in another one.
        other: Currency,
    },

    /// A bill that is to be split among no members.
    #[error("a bill can't be split among no members: pass at least one name and its traffic")]
    NoMembers,

    /// Two members of one name.
    #[error("two members are named `{name}`: pass another name for one of them")]
    RepeatedMember {
        /// The name, cut short if it is long.
        name: String,
    },

    /// A tariff without a billed slot, whose bill is to be split by the traffic in it.
    #[error(
        "tariff `{tariff}` bills {meter}, which is of no single slot: pass Attribution::ByVolume"
    )]
    NoBilledSlot {
        /// The name of the tariff, cut short if it is long.
        tariff: String,
        /// The measure of the tariff.
        meter: String,
    },

    /// More members than those of which every coalition is billed.
    #[error(
        "{members} members have too many coalitions to bill: pass at most {most}, the smallest \
         members added to groups by UsageSeries::sum_with"
    )]
    TooManyMembers {
        /// The number of members.
        members: usize,
        /// The most that are taken.
        most: usize,
    },

    /// A date on which no billing month begins.
    #[error("no billing month begins on {date}: pass the first day of one, such as {first}")]
    NotAMonth {
        /// The date.
        date: Date,
        /// The first day of the billing month that has the date.
        first: Date,
    },

    /// A figure of a kind that no tariff of the card gives.
    #[error(
        "no tariff of the card gives {billed}: pass a rate for a tariff by rate, a volume for one by \
         volume, or an amount in a currency of the card"
    )]
    NoSuchFigure {
        /// The figure.
        billed: String,
    },

    /// A figure that no interpretation gives, of which those in UTC could not be tried.
    #[error(
        "no interpretation gives {billed} within {within}, and months in UTC were not tried: check the \
         figure, or pass a link from {} to {}",
        needed.start, needed.end
    )]
    NotExplained {
        /// The figure.
        billed: String,
        /// How far a figure may be from it, as a share of it.
        within: Share,
        /// The time that the link must reach for months in UTC.
        needed: Range<Timestamp>,
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
