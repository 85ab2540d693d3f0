//! Every mistake a caller can make, one variant each.

use crate::money::Currency;

/// What went wrong, with the values that were wrong.
///
/// Messages are lower case, without a full stop, and say what to write instead. Where a text was
/// refused, `at` is the byte at which it stopped making sense, counted from 0.
///
/// ```
/// use bandwidth_cost::{DataVolume, Error};
///
/// let error = "10 mb".parse::<DataVolume>().unwrap_err();
/// assert!(matches!(error, Error::AmbiguousUnit { at: 3, .. }));
/// assert_eq!(
///     error.to_string(),
///     "ambiguous unit `mb` at byte 3: write MB (megabytes), Mb (megabits) or MiB (mebibytes)",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A unit that some write for bits and some for bytes, or for 1000 and for 1024.
    #[error("ambiguous unit `{unit}` at byte {at}: write {write}")]
    AmbiguousUnit {
        /// The unit as written.
        unit: String,
        /// Where it stands.
        at: usize,
        /// What to write instead.
        write: String,
    },

    /// A unit that this quantity does not have.
    #[error("unknown unit `{unit}` at byte {at}: write {write}")]
    UnknownUnit {
        /// The unit as written.
        unit: String,
        /// Where it stands.
        at: usize,
        /// What to write instead.
        write: String,
    },

    /// A text that ends where something had to follow: a number, a unit, a currency.
    #[error("missing {what} at byte {at}: write {write}")]
    Missing {
        /// What had to follow.
        what: &'static str,
        /// Where it had to stand.
        at: usize,
        /// What to write.
        write: &'static str,
    },

    /// A sign, an exponent, a separator, a second unit, or any other text out of place.
    #[error("unexpected `{found}` at byte {at}: write {write}")]
    Unexpected {
        /// The text that has no place there, cut short when it is long.
        found: String,
        /// Where it stands.
        at: usize,
        /// What to write instead.
        write: &'static str,
    },

    /// A number above the largest value of the type.
    #[error("`{text}` is too large for a {what}: write at most {max}")]
    TooLarge {
        /// The quantity as written, cut short when it is long.
        text: String,
        /// What it was read as.
        what: &'static str,
        /// The largest value of that type.
        max: String,
    },

    /// More decimals than the type holds. Nothing is rounded while reading.
    #[error("`{text}` is too precise for a {what}: write {write}")]
    TooPrecise {
        /// The quantity as written, cut short when it is long.
        text: String,
        /// What it was read as.
        what: &'static str,
        /// The finest value of that type.
        write: &'static str,
    },

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

    /// A price of money below zero.
    #[error("a price can't be {amount}: write a price of zero or more")]
    NegativePrice {
        /// The amount that was refused.
        amount: String,
    },

    /// A fee, a minimum or a maximum below zero.
    #[error("a {what} can't be {amount}: write an amount of zero or more")]
    NegativeCharge {
        /// Which of them.
        what: &'static str,
        /// The amount that was refused.
        amount: String,
    },

    /// A maximum below the minimum.
    #[error("a maximum of {maximum} is below the minimum of {minimum}: write at least the minimum")]
    MaximumBelowMinimum {
        /// The maximum that was refused.
        maximum: String,
        /// The minimum beside it.
        minimum: String,
    },

    /// An increment of nothing.
    #[error("an increment can't be {increment}: write a quantity above zero, such as {write}")]
    ZeroIncrement {
        /// The quantity that was refused.
        increment: String,
        /// A quantity that would do.
        write: &'static str,
    },

    /// No tiers at all.
    #[error("no tiers: write at least Tier::rest")]
    NoTiers,

    /// A tier whose bound is not above the one before it.
    #[error("tier {number} is {bound}, not above {before}: write the tiers in ascending order")]
    TierOrder {
        /// Which tier, counted from 1.
        number: usize,
        /// Where it ends.
        bound: String,
        /// The quantity at which it begins.
        before: String,
    },

    /// The rest is missing, or is not the last tier.
    #[error("tier {number} of {tiers} is {bound}: {write}")]
    RestNotLast {
        /// Which tier, counted from 1.
        number: usize,
        /// How many there are.
        tiers: usize,
        /// Where it ends.
        bound: String,
        /// What to write instead.
        write: &'static str,
    },

    /// A price per nothing.
    #[error("a price can't be per {per}: write a quantity above zero, such as {write}")]
    ZeroPer {
        /// The quantity that was refused.
        per: String,
        /// A quantity that would do.
        write: &'static str,
    },

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
}
