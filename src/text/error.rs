//! [`TextError`]: what can be wrong with text that can't be read.

/// What can be wrong with text that can't be read, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
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

    /// A time zone that is not in the IANA database.
    #[error("no time zone is named `{name}`: write an IANA name such as Asia/Karachi")]
    UnknownTimeZone {
        /// The name.
        name: String,
    },

    /// A text that is no time.
    #[error("`{text}` is no time: write one such as 2005-06-07T05:00:00Z or 2005-06-07 05:00:00")]
    NotATime {
        /// The text, cut short when it is long.
        text: String,
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

    /// A CSV file that could not be read to its end, or is no text.
    #[error("the CSV file can't be read: {reason}")]
    CsvUnreadable {
        /// What the reader said.
        reason: String,
    },
}
