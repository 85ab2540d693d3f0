//! [`UsageError`]: what can be wrong with traffic and its measures.

use crate::{
    Decimal, Error,
    quantity::{DataRate, DataVolume},
    text::TimeText,
};
use core::{fmt, ops::Range, time::Duration};
use jiff::{
    Timestamp,
    civil::{Time, Weekday},
    tz::TimeZone,
};

/// The reason why traffic can't be held or measured: one variant for each kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// A series without slots, or of which all slots are left out.
    #[error("a usage series can't be empty: pass at least one slot that was measured")]
    EmptySeries,

    /// Slots of zero length.
    #[error("slots can't be 0 s long: pass an interval such as 5 min")]
    ZeroInterval,

    /// Rates that were to be rounded up to multiples of zero.
    #[error("rates can't be rounded up to multiples of 0 bps: pass an increment such as 1 Tbps")]
    ZeroIncrement,

    /// A series that exceeds a limit of the types that hold it.
    #[error("{limit}")]
    TooLarge {
        /// The limit, and the values that exceed it.
        limit: SeriesLimit,
    },

    /// A time that does not come after the time before it.
    #[error("{at} does not come after {previous}: check that the times ascend")]
    OutOfOrder {
        /// The time that was refused.
        at: Timestamp,
        /// The time before it.
        previous: Timestamp,
    },

    /// The time of a row at which no slot begins, in a file without a given length of slots.
    #[error(
        "no slot begins at {at}, where slots are {} long from {start} on, as the first two rows are \
         apart: check the time, or call interval with the length of a slot",
        TimeText(*interval)
    )]
    OffGrid {
        /// The time that was refused.
        at: Timestamp,
        /// The start of the first slot.
        start: Timestamp,
        /// The length of a slot.
        interval: Duration,
    },

    /// Two rows of a file with the same time.
    #[error(
        "another row has the time {at}: call adding_up() if the values of both count, or \
         series(\"port\") and read_each if a column says whose they are"
    )]
    RepeatedTime {
        /// The time.
        at: Timestamp,
    },

    /// A row of a file whose time is before that of the row above it.
    #[error(
        "{at} comes after {previous}: call unordered() if the rows are in another order than time"
    )]
    Unordered {
        /// The time that was refused.
        at: Timestamp,
        /// The time of the row above.
        previous: Timestamp,
    },

    /// A row of a file with more or fewer cells than the header has columns.
    #[error(
        "{found} cells under {columns} columns: expected one for each{}",
        if found > columns {
            format!("; a cell with `{separator}` in it must be in quotes")
        } else {
            String::new()
        }
    )]
    RowLength {
        /// The number of cells.
        found: usize,
        /// The number of columns.
        columns: usize,
        /// The separator of the layout.
        separator: char,
    },

    /// A number with a unit in a column of numbers.
    #[error("`{text}` has a unit: use CsvUnit::{unit} for a column of such cells")]
    LooksWithUnit {
        /// The cell, cut short if it is long.
        text: String,
        /// The unit that would read it.
        unit: &'static str,
    },

    /// A time in a form that another [`TimeFormat`](crate::usage::TimeFormat) reads.
    #[error("`{text}` is not a number: use TimeFormat::{format}")]
    LooksLikeText {
        /// The time, cut short if it is long.
        text: String,
        /// The format that would read it.
        format: &'static str,
    },

    /// A file of no bytes.
    #[error("the file is empty: check that it was written")]
    EmptyFile,

    /// A file with a header and no rows.
    #[error("the file has no rows below its header: check that it was written whole")]
    HeaderOnly,

    /// A file without a column that the layout names.
    #[error(
        "expected {column} in the header `{found}`{}",
        match separator {
            Some(' ') => ", which is one cell: are the cells between spaces? call separator(b' ')"
                .to_owned(),
            Some('\t') => ", which is one cell: are the cells between tabs? call separator(b'\\t')"
                .to_owned(),
            Some(separator) => {
                format!(", which is one cell: is the separator `{separator}`? call separator(b'{separator}')")
            }
            None if looks_like_rows(found) => "; the first row looks like data: if the file has no \
                header, call without_header with the names of its columns".to_owned(),
            None if found.contains("octets") => "; counters are read with read_counters".to_owned(),
            None => String::new(),
        }
    )]
    NoColumn {
        /// The column that is needed.
        column: String,
        /// The header, cut short if it is long.
        found: String,
        /// The character that may be the separator, if the header is one cell.
        separator: Option<char>,
    },

    /// A file with two columns of the name that the layout names.
    #[error(
        "the header has two columns `{column}`: check which one is meant, and name the columns with \
             without_header"
    )]
    RepeatedColumn {
        /// The name of the columns.
        column: String,
    },

    /// A layout that lacks a setting which the call needs.
    #[error("the layout doesn't say what to read: call {call} on it, with the names in the file")]
    LayoutLacks {
        /// The call that adds the setting.
        call: &'static str,
    },

    /// Records whose values are rates.
    #[error(
        "column `{column}` holds rates, and records have volumes: pass a unit such as CsvUnit::Bytes"
    )]
    RateOfRecord {
        /// The column.
        column: String,
    },

    /// A quote that no other one closes.
    #[error(
        "a quote opens in this row and is not closed: check the row, or write `\"\"` for a quote in a cell"
    )]
    OpenQuote,

    /// A row that is too long to be one.
    #[error(
        "a row begins here that is longer than {} KiB: check that its quotes are closed and that the \
         file is text",
        most / 1024
    )]
    LongRow {
        /// The longest row that is read, in bytes.
        most: usize,
    },

    /// A file in UTF-16.
    #[error("the file is UTF-16: save it as UTF-8, which spreadsheets call `CSV UTF-8`")]
    Utf16,

    /// Rows that all lie several slots apart.
    #[error(
        "rows are {} apart, and a slot is {} long: means of {0} do not show the traffic of each slot; export the file \
         at {1}, or read it with interval set to {0} if the contract allows that",
        TimeText(*apart),
        TimeText(*interval)
    )]
    Averaged {
        /// The distance of the rows.
        apart: Duration,
        /// The length of a slot.
        interval: Duration,
    },

    /// A cell that is not UTF-8 text.
    #[error("the cell is not UTF-8 text: check the encoding of the file")]
    NotUtf8,

    /// A time that does not fit the pattern of a layout.
    #[error("the time `{text}` does not fit the pattern `{pattern}`: check the pattern")]
    TimePattern {
        /// The time, cut short if it is long.
        text: String,
        /// The pattern.
        pattern: String,
    },

    /// A time without an offset in a layout for times with one.
    #[error(
        "the time `{text}` has no offset from UTC: use TimeFormat::Wall with the zone of the file"
    )]
    TimeWithoutOffset {
        /// The time, cut short if it is long.
        text: String,
    },

    /// A time with an offset in a layout for local times.
    #[error("the time `{text}` has an offset from UTC: use TimeFormat::Rfc3339")]
    TimeWithOffset {
        /// The time, cut short if it is long.
        text: String,
    },

    /// A number where a time was expected.
    #[error(
        "`{text}` looks like {} since 1970: use TimeFormat::{format}",
        if *format == "UnixMillis" { "milliseconds" } else { "seconds" }
    )]
    LooksLikeUnix {
        /// The number.
        text: String,
        /// The format that would read it.
        format: &'static str,
    },

    /// A cell that looks like a mark for a missing value.
    #[error("`{text}` is not a number: if it marks a missing value, call missing(&[\"{text}\"])")]
    LooksMissing {
        /// The cell.
        text: String,
    },

    /// A range of time that does not go from the start of a slot to the end of one.
    #[error(
        "the range from {} to {} can't be cut from {slots}: pass two times at which slots begin or \
         end, the later one second",
        range.start,
        range.end
    )]
    NotARangeOfSlots {
        /// The range that was refused.
        range: Range<Timestamp>,
        /// The slots of the series.
        slots: Slots,
    },

    /// A gap under [`GapPolicy::Fail`](crate::GapPolicy::Fail), or one that is longer than allowed.
    #[error(
        "nothing was measured from {from} to {to} ({}){}",
        TimeText(to.duration_since(*from).unsigned_abs()),
        match longest {
            None => ": check the data, or pass the contract's gap policy: leave out, zero, hold or \
                     distribute".to_owned(),
            Some(longest) => format!(
                ", longer than the {} allowed: check the data, or allow longer gaps",
                TimeText(*longest),
            ),
        }
    )]
    Gap {
        /// The start of the gap.
        from: Timestamp,
        /// The end of the gap.
        to: Timestamp,
        /// The longest gap that is allowed, or `None` if none is.
        longest: Option<Duration>,
    },

    /// A counter that began anew, under [`GapPolicy::Fail`](crate::GapPolicy::Fail).
    #[error(
        "the counter was reset between {from} and {to}, from {before} to {after} octets: check the \
         data, or pass the contract's gap policy"
    )]
    CounterReset {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The reading before, in octets.
        before: u64,
        /// The reading after, in octets.
        after: u64,
    },

    /// An increment of a counter that exceeds the link's capacity, under
    /// [`GapPolicy::Fail`](crate::GapPolicy::Fail).
    #[error(
        "{octets} octets between {from} and {to}{} exceed the link's capacity of {capacity}: check the \
         reading, or pass the contract's gap policy",
        rate.map_or_else(String::new, |rate| format!(", {rate},"))
    )]
    AboveCapacity {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
        /// Their rate, or `None` if it exceeds [`DataRate::MAX`].
        rate: Option<DataRate>,
        /// The capacity of the link.
        capacity: DataRate,
    },

    /// Two series, or a series and a baseline, whose slots are not the same.
    #[error("{left} do not match {right}: pass series of the same slots")]
    SlotsMismatch {
        /// The slots of the left series, or of the baseline.
        left: Slots,
        /// The slots of the right series, or of the one compared with the baseline.
        right: Slots,
    },

    /// A weekly profile whose slots do not divide an hour.
    #[error(
        "a weekly profile can't have slots of {}: pass slots that divide an hour, such as 5 min",
        TimeText(*interval)
    )]
    ProfileInterval {
        /// The length that was refused.
        interval: Duration,
    },

    /// A history of less than a week.
    #[error("a weekly profile can't be made of {history}: pass at least a week")]
    ShortHistory {
        /// The slots of the history.
        history: Slots,
    },

    /// A wall time of the week for which a weekly profile has no slot.
    #[error(
        "the history has no slot that begins on {} {time} in {}: pass a history with one",
        short_name(*weekday),
        zone.iana_name().unwrap_or("the zone")
    )]
    UnseenWallTime {
        /// The local weekday.
        weekday: Weekday,
        /// The local time of day.
        time: Time,
        /// The time zone of the profile.
        zone: TimeZone,
    },

    /// A percentile that is not above 0 and at most 100.
    #[error("a percentile can't be {percent}: pass one above 0 and at most 100")]
    PercentileOutOfRange {
        /// The percentile that was refused.
        percent: Decimal,
    },

    /// A reading of 2³² octets or more of a counter of 32 bits.
    #[error(
        "a counter of 32 bits can't show {octets} at {at}: check whether the counter has 64 bits"
    )]
    CounterTooLarge {
        /// The time of the reading.
        at: Timestamp,
        /// The reading, in octets.
        octets: u64,
    },

    /// Readings or samples that cover no slot whole.
    #[error(
        "no slot of {} on the clock lies whole between {} and {}: check the times, or pass a shorter \
         interval",
        TimeText(*interval),
        span.start,
        span.end
    )]
    NoWholeSlot {
        /// The time from the first reading to the last.
        span: Range<Timestamp>,
        /// The length of a slot.
        interval: Duration,
    },

    /// Fewer than two readings of a counter.
    #[error("too few readings ({readings}) to tell what a counter counted: pass at least two")]
    TooFewReadings {
        /// The number of readings.
        readings: usize,
    },

    /// A record that ends before it starts.
    #[error("a record can't start at {} and end at {}: check its times", record.start, record.end)]
    RecordEndsEarly {
        /// The times of the record.
        record: Range<Timestamp>,
    },

    /// Slots whose edges on the clock are beyond the first or the last [`Timestamp`].
    #[error("slots of {} can't be put on the clock here: pass a shorter interval", TimeText(*interval))]
    OffTheClock {
        /// The length of a slot.
        interval: Duration,
    },

    /// A length of slots that is not a multiple of the series' own.
    #[error(
        "slots of {} can't be made of slots of {}: pass a multiple of that",
        TimeText(*interval),
        TimeText(*own)
    )]
    NotAMultiple {
        /// The length of a slot of the series.
        own: Duration,
        /// The length that was asked for.
        interval: Duration,
    },

    /// A day of the month on which not every billing month can begin.
    #[error(
        "a billing month can't begin on day {day}: pass a day from 1 to 28, which every month has"
    )]
    BillingDay {
        /// The day that was refused.
        day: u8,
    },

    /// A CSV file with fewer than two rows, which does not tell the length of a slot.
    #[error("too few rows ({rows}) to tell the length of a slot: call interval with the length")]
    NoInterval {
        /// The number of rows.
        rows: usize,
    },
}

/// A limit that a series exceeds, with the values that exceed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeriesLimit {
    /// Slots that end after [`Timestamp::MAX`], or for which there is no memory.
    Slots {
        /// The number of slots.
        count: u128,
        /// The start of the first slot.
        start: Timestamp,
        /// The length of a slot.
        interval: Duration,
    },
    /// More slots than are allowed for an input of its size: see
    /// [`CounterLog::with_max_slots`](crate::CounterLog::with_max_slots).
    SlotsAllowed {
        /// The number of slots.
        count: u128,
        /// The largest number that is allowed.
        most: u128,
        /// The start of the first slot.
        start: Timestamp,
        /// The length of a slot.
        interval: Duration,
    },
    /// A slot whose rate exceeds [`DataRate::MAX`].
    Rate {
        /// The start of the slot.
        at: Timestamp,
        /// The volume in the slot.
        volume: DataVolume,
        /// The length of the slot.
        interval: Duration,
    },
    /// Slots whose volumes sum to more than the largest volume.
    Volume {
        /// The start of the slot with which the sum becomes too large.
        at: Timestamp,
        /// The largest volume.
        max: DataVolume,
    },
}

/// Returns whether a header looks like a row of data: it has a cell that is a number or a time.
fn looks_like_rows(header: &str) -> bool {
    header.split(',').any(|cell| cell.trim().starts_with(|first: char| first.is_ascii_digit()))
}

impl SeriesLimit {
    /// Returns the error of volumes whose sum exceeds [`DataVolume::MAX`] with the slot at `at`.
    pub(crate) fn of_volume(at: Timestamp) -> Error {
        UsageError::TooLarge { limit: Self::Volume { at, max: DataVolume::MAX } }.into()
    }
}

impl fmt::Display for SeriesLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Slots { count, start, interval } => write!(
                f,
                "the slots from {start} on are too many, {count} of {}: check the times and the \
                 interval",
                TimeText(interval),
            ),
            Self::SlotsAllowed { count, most, start, interval } => write!(
                f,
                "{count} slots of {} from {start} on are more than the {most} allowed for an input \
                 of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
                TimeText(interval),
            ),
            Self::Rate { at, volume, interval } => write!(
                f,
                "{volume} in the slot of {} at {at} exceed the rate of {}: check the volume",
                TimeText(interval),
                DataRate::MAX,
            ),
            Self::Volume { at, max } => write!(
                f,
                "the volumes up to the slot at {at} sum to more than {max}: check them, or pass a \
                 shorter series",
            ),
        }
    }
}

/// The slots of a series, as an error reports them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slots {
    /// The length of a slot.
    pub interval: Duration,
    /// The start of the first slot and the end of the last, or `None` for the slots of a weekly
    /// profile, which recur.
    pub span: Option<Range<Timestamp>>,
}

impl fmt::Display for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slots of {}", TimeText(self.interval))?;
        match &self.span {
            Some(span) => write!(f, " from {} to {}", span.start, span.end),
            None => f.write_str(" of a weekly profile"),
        }
    }
}

/// Returns the first three letters of a weekday's name.
pub(super) const fn short_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}
