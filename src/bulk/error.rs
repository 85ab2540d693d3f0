//! [`BulkError`]: what can be wrong with columns.

use crate::quantity::{DataRate, DataVolume};

/// What can be wrong with columns, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BulkError {
    /// An output that has not one place for each result.
    #[error("an output of {output} for {needed} results: give it one place for each")]
    OutputLength {
        /// How many results there are.
        needed: usize,
        /// How many places the output has.
        output: usize,
    },

    /// A number in a column whose amount does not fit 128 bits.
    #[error(
        "the cost of element {index}, {element}, does not fit 128 bits at {scale} decimal places: \
         write fewer, or total the column, which has no bounds"
    )]
    ElementOverflow {
        /// Its index in the column, from 0.
        index: usize,
        /// The number and its unit.
        element: String,
        /// The decimal places asked for.
        scale: u32,
    },

    /// A group whose amount does not fit 128 bits.
    #[error(
        "the cost of group {group}, of {records} records, does not fit 128 bits at {scale} decimal \
         places: write fewer, or finish its partial, which has no bounds"
    )]
    GroupOverflow {
        /// Its index, from 0.
        group: usize,
        /// How many numbers it has.
        records: u64,
        /// The decimal places asked for.
        scale: u32,
    },

    /// Numbers that have not one group each.
    #[error("{numbers} numbers and {groups} groups: give each number one group")]
    GroupLengths {
        /// How many numbers there are.
        numbers: usize,
        /// For how many of them a group is given.
        groups: usize,
    },

    /// A number of a group that is not there.
    #[error(
        "element {index} belongs to group {group}, counted from 0, and there are {groups}: grow \
         the groups first"
    )]
    ElementGroup {
        /// The index of the number in the column, from 0.
        index: usize,
        /// The group that is given for it.
        group: usize,
        /// How many groups there are.
        groups: usize,
    },

    /// A group that is not there.
    #[error("no group {group}, counted from 0, where there are {groups}: grow the groups first")]
    NoSuchGroup {
        /// The group that is asked for.
        group: usize,
        /// How many groups there are.
        groups: usize,
    },

    /// More groups than memory has addresses for, or than are free.
    #[error("no memory for {groups} groups: ask for fewer, or take out those that are complete")]
    TooManyGroups {
        /// How many groups were asked for.
        groups: usize,
    },

    /// A column in another unit than the pricer was compiled for.
    #[error("a column in {column} for a pricer compiled for {compiled}: compile one for {column}")]
    ColumnUnit {
        /// The unit of the pricer.
        compiled: String,
        /// The unit of the column.
        column: String,
    },

    /// Sums that were made by another pricer.
    #[error(
        "sums made by different pricers, {left:016x} and {right:016x}: make all by pricers of the \
         same schedule and unit"
    )]
    OtherPricer {
        /// The fingerprint of the sums that were given first.
        left: u64,
        /// The fingerprint of the pricer or of the other sums.
        right: u64,
    },

    /// Sums that don't fit 128 bits when they are merged, or records that 64 don't count.
    #[error(
        "{left} and {right} records are too many together, or their sums too large: check where \
         they come from"
    )]
    PartialOverflow {
        /// How many records the sums are of that were given first.
        left: u64,
        /// How many records the others are of.
        right: u64,
    },

    /// Sums at more or fewer bounds than their pricer has: not as they were written.
    #[error("sums of one pricer at {left} and at {right} bounds: read them as they were written")]
    PartialBounds {
        /// At how many bounds the sums are that were given first.
        left: usize,
        /// At how many the others are, or how many the pricer has.
        right: usize,
    },

    /// A column whose sum no quantity holds.
    #[error("the {records} numbers sum to {total}, more than a {what} holds: write at most {max}")]
    ColumnTotalTooLarge {
        /// How many numbers there are.
        records: usize,
        /// Their sum.
        total: String,
        /// What was to hold it.
        what: &'static str,
        /// The largest that there is.
        max: String,
    },

    /// Columns that belong together, and have not the same length.
    #[error("{rates} rates and {durations} durations: give each rate one duration")]
    ColumnLengths {
        /// How many rates there are.
        rates: usize,
        /// How many durations there are.
        durations: usize,
    },

    /// An excess that a data volume does not hold.
    #[error("the rates carry more than {} above {baseline}: write fewer at once", DataVolume::MAX)]
    ExcessTooLarge {
        /// The baseline.
        baseline: DataRate,
    },

    /// Samples that are no whole number of series.
    #[error("{samples} samples are no whole number of series of {series_len}: check the length")]
    SeriesLength {
        /// How many samples there are.
        samples: usize,
        /// How long each series should be.
        series_len: usize,
    },
}
