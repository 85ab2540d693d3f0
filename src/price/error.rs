//! [`PriceError`]: what can be wrong with prices and schedules.

/// What can be wrong with prices and schedules, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
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

    /// Keys of a rate card that don't go together, or that are missing.
    #[error("{found}: write {write}")]
    CardKeys {
        /// The keys that are there.
        found: String,
        /// What to write instead.
        write: &'static str,
    },

    /// A quantity or a price of the kind that is not measured.
    #[error("`{text}` is {is}, but {measured} is measured: write {write}")]
    OtherMeasure {
        /// The quantity or price as written, cut short when it is long.
        text: String,
        /// What it is: a volume, or a price per one.
        is: &'static str,
        /// What is measured: a rate.
        measured: &'static str,
        /// What to write instead.
        write: &'static str,
    },

    /// No tiers at all.
    #[error("no tiers: write at least one, without a bound")]
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
}
