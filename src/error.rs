//! Every mistake a caller can make, one variant each.

use crate::{
    money::{Currency, exchange::NearestFixings},
    quantity::{DataRate, DataVolume},
    text::TimeText,
};
use core::time::Duration;
use jiff::{Timestamp, civil::Date};

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

    /// A rate card without any tariff.
    #[error("a rate card without tariffs: write at least one")]
    NoTariffs,

    /// A statement or an invoice without any line.
    #[error("a bill without lines: write at least one")]
    NoLines,

    /// An invoice's line whose amount is not the exact one, rounded.
    #[error("an amount of {amount} for a line of {exact}: write that, rounded to minor units")]
    InvoiceLine {
        /// The amount as written.
        amount: String,
        /// The exact amount of the line.
        exact: String,
    },

    /// An invoice whose totals are not the sums of its lines.
    #[error("totals of {totals} for lines that sum to {sums}: write the sums")]
    InvoiceTotals {
        /// The totals as written.
        totals: String,
        /// The sums of the lines.
        sums: String,
    },

    /// An invoice that does not have one difference for each total.
    #[error("differences of {differences} for totals of {totals}: write one for each total")]
    InvoiceDifferences {
        /// The differences as written.
        differences: String,
        /// The totals beside them.
        totals: String,
    },

    /// A converted line with another amount than its rate gives.
    #[error("{own} at {rate} are not {written}: write {amount}")]
    ConvertedAmount {
        /// The line's own amount.
        own: String,
        /// The rate.
        rate: String,
        /// What the own amount is at that rate.
        amount: String,
        /// The amount as written.
        written: String,
    },

    /// Two tariffs of one name on a rate card.
    #[error("two tariffs are named `{name}`: give each a name of its own")]
    SameTariff {
        /// The name.
        name: String,
    },

    /// What is wrong with a value on a rate card.
    #[error("{place}: {error}")]
    Card {
        /// The tariff and the key.
        place: String,
        /// What is wrong with the value.
        error: Box<Error>,
    },

    /// A rate card that is no TOML, or with a key that no rate card has.
    #[error("line {line}, `{text}`: {problem}")]
    CardSyntax {
        /// The line, from 1.
        line: usize,
        /// What is written there, cut short when it is long.
        text: String,
        /// What is wrong there.
        problem: String,
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

    /// A baseline that nobody supplied.
    #[error(
        "no baseline is named `{name}`: write a rate such as 5 Tbps, or the name of one that the \
         program supplies: {known}"
    )]
    UnknownBaseline {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },

    /// A time zone that is not in the IANA database.
    #[error("no time zone is named `{name}`: write an IANA name such as Asia/Karachi")]
    UnknownTimeZone {
        /// The name.
        name: String,
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

    /// More decimal places than 128 bits have digits.
    #[error("amounts of 128 bits can't have {scale} decimal places: write at most 38")]
    ScaleTooLarge {
        /// The decimal places asked for.
        scale: u32,
    },

    /// An amount that does not fit 128 bits.
    #[error(
        "{amount} does not fit 128 bits at {scale} decimal places: write fewer, or keep the exact \
         cost, which has no bounds"
    )]
    WideAmountOverflow {
        /// The exact amount.
        amount: String,
        /// The decimal places asked for.
        scale: u32,
    },

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

    /// A usage series without slots.
    #[error("a usage series can't be empty: give it at least one slot")]
    EmptySeries,

    /// Slots without a length.
    #[error("slots can't be 0 s long: write an interval such as 5 min")]
    ZeroInterval,

    /// More slots than fit between two times, or than there is memory for.
    #[error(
        "{slots} slots of {} from {start} on are too many: check the times, or write a longer \
         interval",
        TimeText(*interval)
    )]
    TooManySlots {
        /// How many there would be.
        slots: u128,
        /// Where the first begins.
        start: Timestamp,
        /// How long each is.
        interval: Duration,
    },

    /// A slot whose rate is above [`DataRate::MAX`].
    #[error(
        "the slot at {at} can't carry {volume} in {}: its rate must be at most {}",
        TimeText(*interval),
        DataRate::MAX
    )]
    SlotTooLarge {
        /// Where the slot begins.
        at: Timestamp,
        /// What was to be carried in it.
        volume: DataVolume,
        /// How long it is.
        interval: Duration,
    },

    /// Volumes whose sum is above [`DataVolume::MAX`].
    #[error(
        "with the slot at {at} the volumes sum to more than {}: write a shorter series",
        DataVolume::MAX
    )]
    TotalTooLarge {
        /// Where the first slot begins with which the sum is too large.
        at: Timestamp,
    },

    /// A time at which no slot begins or ends.
    #[error("no slot begins at {at}: slots are {} long from {start} on", TimeText(*interval))]
    OffGrid {
        /// The time that was refused.
        at: Timestamp,
        /// Where the first slot begins.
        start: Timestamp,
        /// How long each is.
        interval: Duration,
    },

    /// A time that is not in the series.
    #[error("{at} is outside the series: write a time from {start} to {end}")]
    OutsideSeries {
        /// The time that was refused.
        at: Timestamp,
        /// Where the series begins.
        start: Timestamp,
        /// Where it ends.
        end: Timestamp,
    },

    /// A range of time without any slot.
    #[error("there are no slots from {from} to {to}: write an end after the start")]
    EmptyRange {
        /// The start.
        from: Timestamp,
        /// The end, not after it.
        to: Timestamp,
    },

    /// A time before the one that it follows.
    #[error("{at} follows {previous}: write the rows in order of time")]
    OutOfOrder {
        /// The time that was refused.
        at: Timestamp,
        /// The time before it.
        previous: Timestamp,
    },

    /// A time that is there twice.
    #[error("{at} is there twice: write each time once")]
    DuplicateTime {
        /// The time.
        at: Timestamp,
    },

    /// A gap, where none is allowed.
    #[error(
        "nothing was measured from {from} to {to}: fill the gap with the policy zero or distribute"
    )]
    MissingSlots {
        /// Where the first slot without a sample begins.
        from: Timestamp,
        /// Where the next one with a sample does.
        to: Timestamp,
    },

    /// Two series that do not have the same slots.
    #[error("the {what} of two series differ, {left} and {right}: write series of the same slots")]
    SeriesMismatch {
        /// What differs.
        what: &'static str,
        /// That of the left series.
        left: String,
        /// That of the right series.
        right: String,
    },

    /// A baseline that does not say what is usual in each slot of the series.
    #[error("a baseline of {baseline} says nothing of {series}: give it the same slots")]
    BaselineMismatch {
        /// The baseline's slots.
        baseline: String,
        /// The series' slots.
        series: String,
    },

    /// A weekly profile of slots that do not divide an hour.
    #[error(
        "a weekly profile can't have slots of {}: write a length that divides an hour, such as 5 min",
        TimeText(*interval)
    )]
    ProfileInterval {
        /// The length that was refused.
        interval: Duration,
    },

    /// A history that does not see each hour of a week.
    #[error("a weekly profile needs a week of history or more, not {from} to {to}")]
    ShortHistory {
        /// Where the history begins.
        from: Timestamp,
        /// Where it ends.
        to: Timestamp,
    },

    /// A wall time that a weekly profile says nothing of.
    #[error("the history has no slot that begins on {at} in {zone}: write a history that has one")]
    UnseenWallTime {
        /// The weekday and the time.
        at: String,
        /// The zone.
        zone: String,
    },

    /// A series held against a weekly profile of other slots.
    #[error("a profile of slots of {baseline} says nothing of slots of {series}: write equal ones")]
    BaselineInterval {
        /// The length of the profile's slots.
        baseline: String,
        /// The length of the series' slots.
        series: String,
    },

    /// A percentile that is no share of the slots.
    #[error("a percentile can't be {percent}: write one above 0 and at most 100")]
    PercentileOutOfRange {
        /// The percentile that was refused.
        percent: String,
    },

    /// A reading of 2³² or more of a counter of 32 bits.
    #[error("a counter of 32 bits can't show {octets} at {at}: write 64 bits")]
    CounterTooLarge {
        /// When it was read.
        at: Timestamp,
        /// The reading.
        octets: u64,
    },

    /// A counter that began anew, where no gap is allowed.
    #[error(
        "the counter was reset between {from} and {to}, from {before} to {after} octets: fill the \
         gap with the policy zero or distribute"
    )]
    CounterReset {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// The reading before.
        before: u64,
        /// The reading after.
        after: u64,
    },

    /// Fewer than two polls.
    #[error("volume is counted between two polls, not in {polls}: write at least two")]
    TooFewPolls {
        /// How many there are.
        polls: usize,
    },

    /// Polls that are less than a slot apart.
    #[error("no slot of {} is whole from {from} to {to}: write later polls", TimeText(*interval))]
    NoWholeSlot {
        /// The first poll.
        from: Timestamp,
        /// The last poll.
        to: Timestamp,
        /// How long a slot is.
        interval: Duration,
    },

    /// A text that is no time.
    #[error("`{text}` is no time: write one such as 2005-06-07T05:00:00Z or 2005-06-07 05:00:00")]
    NotATime {
        /// The text, cut short when it is long.
        text: String,
    },

    /// A fixing with a spread. A spread is what whoever converts for others keeps.
    #[error(
        "a fixing has no spread, unlike {rate}: insert it without, and put the spread on the rate \
         that you look up"
    )]
    FixingWithSpread {
        /// The rate that was refused.
        rate: String,
    },

    /// Two different fixings of one pair on one day.
    #[error("two fixings on {date}, {first} and {second}: insert one of them")]
    FixingConflict {
        /// The day.
        date: Date,
        /// The fixing in the table.
        first: String,
        /// The fixing that was refused.
        second: String,
    },

    /// No fixing gives the rate on a day: there is none, it is too old, or it is later.
    #[error(
        "no rate from {from} to {to} on {on} or in the {max_age} days before it ({}): insert a \
         fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
        listed(nearest)
    )]
    NoRate {
        /// The currency to convert.
        from: Currency,
        /// The currency to convert it to.
        to: Currency,
        /// The day.
        on: Date,
        /// How many days old a fixing may be.
        max_age: u32,
        /// The fixings that there are around that day: of the two currencies, and then of each with
        /// the pivot.
        nearest: Vec<NearestFixings>,
    },

    /// A text that is no day.
    #[error("`{text}` is no date: write one such as 2024-12-31")]
    NotADate {
        /// The text, cut short when it is long.
        text: String,
    },

    /// A wall time that clocks in the zone show twice, or never.
    #[error(
        "`{text}` is twice or never in {zone}, where the clocks change: write its offset, such as \
         2005-06-07T05:00:00+02:00"
    )]
    AmbiguousTime {
        /// The wall time.
        text: String,
        /// The zone.
        zone: String,
    },

    /// What is wrong with a cell of a CSV file. Whoever knows the file's name adds it.
    #[error("line {line}, column `{column}`: {error}")]
    Csv {
        /// The line, from 1.
        line: u64,
        /// The column's name, cut short when it is long.
        column: String,
        /// What is wrong with the cell.
        error: Box<Error>,
    },

    /// A CSV file without the columns that are needed, or with one of them twice.
    #[error("the columns are `{found}`: write {write}")]
    CsvColumns {
        /// The header, cut short when it is long.
        found: String,
        /// The columns that are needed.
        write: &'static str,
    },

    /// A row of a CSV file with more or fewer cells than the header.
    #[error("line {line}: {found} cells under {columns} columns: write one for each")]
    CsvCells {
        /// The line, from 1.
        line: u64,
        /// How many cells there are.
        found: usize,
        /// How many columns there are.
        columns: usize,
    },

    /// A CSV file without rows, or with one, which does not say how long a slot is.
    #[error("{rows} rows don't say how long a slot is: write at least two rows, or the interval")]
    NoInterval {
        /// How many rows there are.
        rows: usize,
    },

    /// A CSV file that could not be read to its end, or is no text.
    #[error("the CSV file can't be read: {reason}")]
    CsvUnreadable {
        /// What the reader said.
        reason: String,
    },

    /// A traffic mix without classes.
    #[error("a traffic mix can't be empty: give it at least one class")]
    NoClasses,

    /// A class of traffic that is there twice.
    #[error("the class `{name}` is there twice: give each class a name of its own")]
    DuplicateClass {
        /// The name, cut short when it is long.
        name: String,
    },

    /// A class of traffic that is not in the mix.
    #[error("no class is named `{name}`: write {}", choices(known))]
    UnknownClass {
        /// The name as written, cut short when it is long.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },

    /// One class of traffic where two were needed.
    #[error("can't move traffic from `{name}` to itself: write another class on one side")]
    SameClass {
        /// The class on both sides.
        name: String,
    },

    /// Demands whose sum is above [`DataRate::MAX`].
    #[error(
        "a demand of {demand} for `{name}` beside {others} for others is above {}: write a smaller \
         one",
        DataRate::MAX
    )]
    DemandTooLarge {
        /// The class with which the sum is too large.
        name: String,
        /// Its demand.
        demand: DataRate,
        /// The sum of those before it, or of all the others.
        others: DataRate,
    },

    /// More capacity rerouted than was lost.
    #[error("can't reroute {rerouted} of {lost} lost: write at most what is lost")]
    ReroutedAboveLost {
        /// The capacity that is lost.
        lost: DataRate,
        /// What of it was to be rerouted.
        rerouted: DataRate,
    },

    /// More capacity lost than there was.
    #[error("can't lose {lost} of a capacity of {capacity}: write a capacity of at least the loss")]
    LostAboveCapacity {
        /// The capacity that is lost.
        lost: DataRate,
        /// The capacity that there was.
        capacity: DataRate,
    },

    /// A month without a length.
    #[error("a month can't be 0 s long: write a length such as 30 days")]
    NoTime,
}

fn listed(nearest: &[NearestFixings]) -> String {
    nearest.iter().map(NearestFixings::to_string).collect::<Vec<_>>().join("; ")
}

/// Names to choose from: `a`, `b` or `c`.
fn choices(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
