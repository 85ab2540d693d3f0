//! [`TextError`]: why a text can't be read.

/// The reason why a text can't be read: one variant for each kind of mistake.
///
/// Positions are bytes, counted from 0. Quoted text is cut short after 40 characters.
///
/// ```
/// use bandwidth_cost::{DataRate, ErrorKind, text::TextError};
///
/// let error = "40 MBPS".parse::<DataRate>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "ambiguous unit `MBPS` at byte 3: expected Mbps (bits) or MB/s (bytes)",
/// );
/// assert!(matches!(error.kind(), ErrorKind::Text(TextError::AmbiguousUnit { at: 3, .. })));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Occurs for a unit that some write for bits and some for bytes, or for 1000 and for 1024.
    #[error("ambiguous unit `{unit}` at byte {at}: expected {expected}")]
    AmbiguousUnit {
        /// The unit as written.
        unit: String,
        /// The byte at which it begins.
        at: usize,
        /// The units that it could mean.
        expected: String,
    },

    /// Occurs for a unit that the quantity does not have, and for a currency that is not in ISO
    /// 4217's list or not in capitals.
    #[error("unknown {what} `{text}` at byte {at}: expected {expected}")]
    Unknown {
        /// What was expected: a unit or a currency.
        what: &'static str,
        /// The text that was found.
        text: String,
        /// The byte at which it begins.
        at: usize,
        /// What can stand there.
        expected: String,
    },

    /// Occurs if the text ends where a number, a unit, a currency or the like has to follow.
    #[error("missing {what} at byte {at}: expected {expected}")]
    Missing {
        /// What has to follow.
        what: &'static str,
        /// The length of the text.
        at: usize,
        /// An example or a description of the text that has to follow.
        expected: &'static str,
    },

    /// Occurs for a sign, an exponent, a separator, a second unit, or any other text out of place.
    #[error("unexpected `{found}` at byte {at}: expected {expected}")]
    Unexpected {
        /// The text out of place: a word, or the white space before it.
        found: String,
        /// The byte at which it begins.
        at: usize,
        /// What can stand there.
        expected: &'static str,
    },

    /// Occurs for a number above the largest value of the type.
    #[error("`{text}` is too large for a {what}: expected at most {max}")]
    TooLarge {
        /// The number, with its unit if it has one.
        text: String,
        /// The type that it was read as.
        what: &'static str,
        /// The largest value of that type.
        max: String,
    },

    /// Occurs for a number with more decimal places than the type holds, because reading never
    /// rounds.
    #[error("`{text}` is too precise for a {what}: expected {expected}")]
    TooPrecise {
        /// The number, with its unit if it has one.
        text: String,
        /// The type that it was read as.
        what: &'static str,
        /// The precision of that type.
        expected: &'static str,
    },

    /// Occurs for a text that is not a time, a date or the IANA name of a time zone.
    #[error("invalid {what} `{text}`: expected a {what} such as {example}")]
    Invalid {
        /// What was expected: a time, a date or a time zone.
        what: &'static str,
        /// The text that was found.
        text: String,
        /// A text that can be read.
        example: &'static str,
    },

    /// Occurs for a local time without an offset that the zone's clocks show twice, when they are
    /// turned back, or never, when they are turned forward.
    #[error(
        "local time `{text}` occurs twice or never in {zone}: expected its offset too, such as \
         2005-06-07T05:00:00+02:00"
    )]
    LocalTime {
        /// The local time.
        text: String,
        /// The name of the time zone.
        zone: String,
    },

    /// Occurs for a row of a CSV file with more or fewer cells than the header has columns.
    #[error("{found} cells under {columns} columns: expected one for each")]
    Cells {
        /// The number of cells.
        found: usize,
        /// The number of columns.
        columns: usize,
    },
}

#[cfg(any(feature = "csv", feature = "serde"))]
impl TextError {
    /// Returns the error for a text that is not a time.
    #[cfg(feature = "serde")]
    pub(crate) fn not_a_time(text: &str) -> Self {
        Self::invalid("time", text, "2025-01-01T00:00:00Z")
    }

    /// Returns the error for a text that is not a date.
    pub(crate) fn not_a_date(text: &str) -> Self {
        Self::invalid("date", text, "2024-12-31")
    }

    /// Returns the error for a text that is not the name of a time zone.
    #[cfg(feature = "serde")]
    pub(crate) fn not_a_time_zone(name: &str) -> Self {
        Self::invalid("time zone", name, "Asia/Karachi")
    }

    fn invalid(what: &'static str, text: &str, example: &'static str) -> Self {
        Self::Invalid { what, text: super::clip(text), example }
    }
}
