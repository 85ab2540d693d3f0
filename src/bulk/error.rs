//! [`BulkError`]: what can be wrong with columns.

use crate::{
    money::Cost,
    quantity::{AnyQuantity, DataRate},
};

/// The reason why a column can't be priced: one variant for each kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BulkError {
    /// A slice whose length does not fit the other arguments.
    #[error("`{argument}` has length {found}: pass a slice of length {needed}")]
    Length {
        /// The name of the argument.
        argument: &'static str,
        /// Its length.
        found: usize,
        /// The length that fits the other arguments.
        needed: usize,
    },

    /// A length or an interval of zero.
    #[error("`{argument}` is zero: pass one above zero")]
    Zero {
        /// The name of the argument.
        argument: &'static str,
    },

    /// A group that does not exist.
    #[error(
        "no group {group} among {groups}, counted from 0: pass another, or grow the groups first"
    )]
    NoSuchGroup {
        /// The group that was given, counted from 0.
        group: usize,
        /// The number of groups.
        groups: usize,
    },

    /// More groups than memory holds.
    #[error("no memory for {groups} groups: pass fewer, or take out complete groups first")]
    TooManyGroups {
        /// The number of groups that was given.
        groups: usize,
    },

    /// A column in another unit than the pricer's.
    #[error("a column in {column} for a pricer of {pricer}: pass a column in {pricer}")]
    ColumnUnit {
        /// The unit of the pricer.
        pricer: String,
        /// The unit of the column.
        column: String,
    },

    /// Sums of a pricer for another schedule, unit or currency.
    #[error(
        "sums of pricer {sums:016x} for pricer {pricer:016x}: pass sums of a pricer with the same \
         schedule and unit"
    )]
    OtherPricer {
        /// The fingerprint of the sums.
        sums: u64,
        /// The fingerprint of the pricer, or of the sums that were to be joined with them.
        pricer: u64,
    },

    /// Sums at more or fewer bounds than their pricer has. Only sums that were read can have them.
    #[error("sums at {found} bounds for a pricer of {needed}: check that they are as written")]
    Bounds {
        /// The number of bounds of the sums.
        found: usize,
        /// The number of bounds of the pricer.
        needed: usize,
    },

    /// Sums that together exceed 128 bits, or have more records than 64 bits count.
    #[error("the sums of {left} and {right} records overflow together: check their origin")]
    SumOverflow {
        /// The number of records of the first sums.
        left: u64,
        /// The number of records of the other sums.
        right: u64,
    },

    /// A rounded amount of a record or a group that exceeds 128 bits.
    #[error(
        "the amount at index {index}, {cost}, does not fit 128 bits at {scale} decimal places: pass \
         fewer places"
    )]
    AmountOverflow {
        /// The index of the record or the group, counted from 0.
        index: usize,
        /// The exact amount.
        cost: Cost,
        /// The decimal places that were asked for.
        scale: u32,
    },

    /// A column whose sum exceeds the largest quantity.
    #[error(
        "the sum of the {records} numbers, {total}, exceeds {max}: pass fewer numbers per call"
    )]
    TotalTooLarge {
        /// The number of records.
        records: usize,
        /// The sum with its unit.
        total: String,
        /// The largest quantity.
        max: AnyQuantity,
    },

    /// Rates whose excess over a baseline exceeds the largest volume.
    #[error("excess over {baseline} does not fit a data volume: pass fewer rates per call")]
    ExcessTooLarge {
        /// The baseline.
        baseline: DataRate,
    },
}
