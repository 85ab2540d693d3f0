//! [`TariffError`]: what can be wrong with tariffs and bills.

/// What can be wrong with tariffs and bills, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TariffError {
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
}
