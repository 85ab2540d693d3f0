//! [`PriceError`]: what can be wrong with prices and schedules.

use crate::{
    money::{Currency, Money},
    price::TierBound,
    quantity::{AnyQuantity, DataRate, DataVolume, sealed::Units as _},
};

/// The reason why a price or a schedule can't be made, whether it is built by a constructor or read from
/// a text: one variant for each kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// A price, a fee, a minimum or a maximum below zero.
    #[error("{what} can't be {amount}: write an amount of zero or more{}", credit(what))]
    NegativeAmount {
        /// The role of the amount: "a price", "a minimum".
        what: &'static str,
        /// The amount that was refused.
        amount: Money,
    },

    /// A price, a fee, a minimum or a maximum in another currency than the first price.
    #[error(
        "{found} beside a price in {expected}: write one currency in each tariff, and give the other amount \
         a tariff of its own"
    )]
    TwoCurrencies {
        /// The currency of the first price.
        expected: Currency,
        /// The amount in another currency.
        found: Money,
    },

    /// A maximum below the minimum.
    #[error("a maximum of {maximum} is below the minimum of {minimum}: write at least the minimum")]
    MaximumBelowMinimum {
        /// The maximum.
        maximum: Money,
        /// The minimum.
        minimum: Money,
    },

    /// An increment of zero, or a price per zero.
    #[error("{what} can't be {quantity}: write a quantity above zero, such as {}", usual(quantity))]
    ZeroQuantity {
        /// The role of the quantity: "an increment", "the quantity of a price".
        what: &'static str,
        /// The quantity that was refused.
        quantity: AnyQuantity,
    },

    /// Keys of a rate card that don't go together, or a missing key.
    #[error("{found}: write {write}")]
    CardKeys {
        /// The keys that were found.
        found: String,
        /// What to write instead.
        write: &'static str,
    },

    /// A quantity or a price of the wrong kind: a volume where a rate is measured, or a rate where a
    /// volume is.
    #[error("`{text}` is {is}, but {measured} is measured: write {write}")]
    OtherMeasure {
        /// The quantity or price as written, cut short if it is long.
        text: String,
        /// Its kind: "a volume", "per rate".
        is: &'static str,
        /// The kind that is measured: "a rate".
        measured: &'static str,
        /// What to write instead.
        write: &'static str,
    },

    /// An empty list of tiers.
    #[error("no tiers: write at least one, without a bound")]
    NoTiers,

    /// A tier that does not end above the tier before it.
    #[error("tier {number} is {bound}, not above {before}: write the tiers in ascending order")]
    TierOrder {
        /// The position of the tier, counted from 1.
        number: usize,
        /// The bound at which it ends.
        bound: TierBound<AnyQuantity>,
        /// The quantity at which it begins.
        before: AnyQuantity,
    },

    /// A last tier with a bound, or another tier without one.
    #[error("tier {number} of {tiers} is {bound}: {}", rest_rule(number == tiers))]
    RestNotLast {
        /// The position of the tier, counted from 1.
        number: usize,
        /// The number of tiers.
        tiers: usize,
        /// The bound at which it ends.
        bound: TierBound<AnyQuantity>,
    },

    /// More crossings than a list holds, as an increment makes them.
    #[error(
        "the cheaper of the two changes more than {most} times up to {last}, because an increment makes \
         steps: pass schedules without increments, or compare their costs at single quantities"
    )]
    TooManyCrossings {
        /// The most crossings that a list holds, [`MAX_CROSSINGS`](crate::price::MAX_CROSSINGS).
        most: usize,
        /// The crossing at which the list was given up.
        last: AnyQuantity,
    },
}

/// What a negative fee is meant as.
fn credit(what: &str) -> &'static str {
    if what.ends_with("fee") { ", and a credit as an adjustment" } else { "" }
}

/// A usual quantity of the same kind.
const fn usual(quantity: &AnyQuantity) -> &'static str {
    match quantity {
        AnyQuantity::Volume(_) => DataVolume::USUAL,
        AnyQuantity::Rate(_) => DataRate::USUAL,
    }
}

const fn rest_rule(is_last: bool) -> &'static str {
    if is_last {
        "end with a tier without a bound"
    } else {
        "write the tier without a bound last, and only once"
    }
}
