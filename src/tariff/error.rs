//! [`TariffError`]: what can be wrong with tariffs, rate cards and bills.

use crate::{
    money::{Cost, Currency, Money, exchange::ExchangeRate},
    number::Share,
    text::{TimeText, choices},
    usage::Window,
};
use core::{ops::Range, time::Duration};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

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

    /// A rate card without tariffs, a bill without lines, or a percentage of no names.
    #[error("a {whole} can't be empty: write at least one {part}")]
    Empty {
        /// `rate card`, `bill` or `list of names`.
        whole: &'static str,
        /// `tariff`, `line` or `name`.
        part: &'static str,
    },

    /// A tariff or an adjustment with an empty name.
    #[error("the {part} has no name: write what bills call it")]
    NoName {
        /// `tariff` or `adjustment`.
        part: &'static str,
    },

    /// A fee alone, for which nothing is measured, with what only a measure has.
    #[error(
        "`{tariff}` is a fee alone, which has no {term}: write a tariff with a measure, or leave the \
         {term} out"
    )]
    FeeMeasured {
        /// The name of the tariff, cut short if it is long.
        tariff: String,
        /// `direction` or `window`.
        term: &'static str,
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

    /// The end of a forecast that is not in the rest of a billing month.
    #[error(
        "a forecast from {start} can't be until {until}: pass a time after that and at most {end}, \
         where the billing month ends"
    )]
    ForecastEnd {
        /// The end of the traffic so far.
        start: Timestamp,
        /// The end that was refused.
        until: Timestamp,
        /// The end of the billing month.
        end: Timestamp,
    },

    /// Traffic that goes to the end of its billing month, or beyond it.
    #[error(
        "the traffic up to {measured} leaves nothing to forecast of its billing month, which ends at \
         {end}: pass the month up to now"
    )]
    NothingToForecast {
        /// The end of the traffic so far.
        measured: Timestamp,
        /// The end of the billing month.
        end: Timestamp,
    },

    /// More slots in the rest of a month than a forecast makes of the traffic so far.
    #[error(
        "the rest of the month has {slots} slots of {}, more than the {most} that a forecast makes of so \
         few: pass series in longer slots",
        TimeText(*interval)
    )]
    TooManySlots {
        /// The number of slots.
        slots: u128,
        /// The largest number that is allowed.
        most: u128,
        /// The length of a slot.
        interval: Duration,
    },

    /// A history without a whole billing month that a forecast could have been made for.
    #[error(
        "from {start} to {end} there is no whole billing month with a week before it: pass a longer \
         history"
    )]
    NoWholeMonth {
        /// The start of the history.
        start: Timestamp,
        /// The end of the history.
        end: Timestamp,
    },

    /// A share of a month after which a forecast can't be tried, because no slot or each of them is over.
    #[error(
        "when {elapsed} of the month is over, no slot is over or none is left: pass a share such as 50%"
    )]
    NoPartOfMonth {
        /// The share.
        elapsed: Share,
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

    /// A period of a tariff by rate that is longer than a month.
    #[error(
        "{start} to {end} is longer than 31 days and 1 h, and `{tariff}` has prices of a month: call \
         {} on a rate card",
        if *of_link { "bill_link_months" } else { "bill_months" }
    )]
    LongerThanMonth {
        /// The name of the tariff, cut short if it is long.
        tariff: String,
        /// The start of the period.
        start: Timestamp,
        /// Its end.
        end: Timestamp,
        /// Whether a link is billed, and not a series.
        of_link: bool,
    },

    /// A series with slots of another length than the contract's.
    #[error(
        "the contract's slots are {} long, and the series' are {}: pass a series of such slots, which \
         resample makes of shorter ones",
        TimeText(*expected),
        TimeText(*found)
    )]
    OtherInterval {
        /// The length of a slot in the contract.
        expected: Duration,
        /// The length of a slot of the series.
        found: Duration,
    },

    /// A window that begins or ends within a slot.
    #[error(
        "{window} begins or ends at {at}, within a slot of {}: write times at which slots begin, or pass \
         shorter slots",
        TimeText(*interval)
    )]
    WindowOffSlots {
        /// The window.
        window: Window,
        /// The local time at which it begins or ends.
        at: DateTime,
        /// The length of a slot.
        interval: Duration,
    },

    /// A window of which nothing was measured, so that its bill can't be known.
    #[error("nothing was measured in {window}: check the data, or write another window")]
    WindowNotMeasured {
        /// The window.
        window: Window,
    },

    /// A change of prices that does not come after the one before it.
    #[error(
        "prices from {from} do not come after those from {before}: write the changes in ascending order"
    )]
    ChangeOrder {
        /// The day from which the prices hold.
        from: Date,
        /// The day of the change before.
        before: Date,
    },

    /// A change of prices with other terms than prices.
    #[error(
        "the change from {from} has more than prices: pass a schedule without allowance, increment, \
         commitment, fee, minimum and maximum, which are the month's"
    )]
    ChangeTerms {
        /// The day from which the prices hold.
        from: Date,
    },

    /// A change of prices of the other kind: by volume where a rate is measured, or by rate where a volume
    /// is.
    #[error(
        "the change from {from} is by {found}, but {measured} is measured: pass prices by {measured}"
    )]
    ChangeOfOther {
        /// The day from which the prices hold.
        from: Date,
        /// The kind of the prices: `volume` or `rate`.
        found: &'static str,
        /// The kind that is measured.
        measured: &'static str,
    },

    /// A change of prices of a tariff that is a fee alone.
    #[error(
        "the change from {from} is of a fee alone, for which nothing is measured: pass a tariff with a \
         measure"
    )]
    ChangeOfFee {
        /// The day from which the prices hold.
        from: Date,
    },

    /// A contract that ends before it begins.
    #[error(
        "a contract can't end on {ends}, before it begins on {begins}: write a last day that is not before \
         the first"
    )]
    EndsBeforeBegins {
        /// The first day of service.
        begins: Date,
        /// The last day of service.
        ends: Date,
    },

    /// A series that has nothing measured on the contract's days of service.
    #[error("nothing was measured {}: check the data, or write other days of service", service(*begins, *ends))]
    OutsideContract {
        /// The first day of service, if there is one.
        begins: Option<Date>,
        /// The last day of service, if there is one.
        ends: Option<Date>,
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

    /// No offers, where they are to be compared.
    #[error("no offers to compare: pass at least one")]
    NoOffers,

    /// No months of traffic, where offers are to be compared by them.
    #[error("no months to compare offers by: pass at least one")]
    NoMonths,

    /// Two offers of one name, where they are to be compared.
    #[error("two offers are named `{name}`: pass another name for one of them")]
    RepeatedOffer {
        /// The name, cut short if it is long.
        name: String,
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

fn service(begins: Option<Date>, ends: Option<Date>) -> String {
    let from = begins.map(|begins| format!("from {begins}"));
    let to = ends.map(|ends| format!("to {ends}"));
    from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
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
