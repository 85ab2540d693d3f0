//! [`Error`]: what can be wrong with a query, or with the data it reads.

use core::fmt;
use datafusion::error::DataFusionError;

/// What can be wrong with a query, or with the data it reads.
///
/// DataFusion hands it on as the source of its own error:
///
/// ```
/// use bandwidth_cost_datafusion::Error;
/// use datafusion::error::DataFusionError;
///
/// let error = DataFusionError::from(Error::Distinct { function: "sum_cost" });
/// let DataFusionError::External(source) = &error else { panic!("{error}") };
/// assert!(matches!(source.downcast_ref(), Some(Error::Distinct { .. })));
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A call has too many or too few arguments.
    #[error("{function} has {got} arguments: write {usage}")]
    Arguments {
        /// The function.
        function: &'static str,
        /// How many there are.
        got: usize,
        /// How it is called.
        usage: &'static str,
    },
    /// An argument that must be known while the query is planned is no literal.
    #[error("{function}: the {argument} is {got}: write it as a literal, such as {example}")]
    Literal {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// What was written.
        got: String,
        /// A literal.
        example: &'static str,
    },
    /// A literal that says nothing the argument could mean.
    #[error("{function}: the {argument} is {got}: {reason}")]
    Value {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// What was written.
        got: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A column of numbers that are no whole ones.
    #[error(
        "{function}: the {argument} are of type {got}: \
         give whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)"
    )]
    Type {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The column's type.
        got: String,
    },
    /// No tariff has that name.
    #[error("{function}: no tariff is named '{tariff}': write one of {known}")]
    UnknownTariff {
        /// The function.
        function: &'static str,
        /// What was written.
        tariff: String,
        /// Those that there are.
        known: String,
    },
    /// A tariff for rates where volumes are priced, or the reverse.
    #[error("{function}: tariff '{tariff}' prices {what}: {instead}")]
    OtherTariff {
        /// The function.
        function: &'static str,
        /// The tariff.
        tariff: String,
        /// What it prices.
        what: &'static str,
        /// What to write.
        instead: &'static str,
    },
    /// Each distinct number once is not what was used.
    #[error("{function} counts all rows: leave DISTINCT out")]
    Distinct {
        /// The function.
        function: &'static str,
    },
    /// A program calls an aggregate by name, which only SQL can.
    #[error(
        "{function} is bound to its literals while SQL is planned: in a program, call {instead}"
    )]
    Unbound {
        /// The function.
        function: &'static str,
        /// The method that binds it.
        instead: &'static str,
    },
    /// Less than nothing was used.
    #[error("{function}: the {argument} have a negative number, {got}: clean the column first")]
    Negative {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The number.
        got: i128,
    },
    /// More than 64 bits.
    #[error("{function}: the {argument} have the number {got}: write at most 18446744073709551615")]
    TooLarge {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The number.
        got: i128,
    },
    /// A cost of more digits than the result has.
    #[error(
        "{function}: {cost} has more than 38 digits with {scale} decimal places: price less at once, \
         or, where no decimal is exact, register fewer places with Tariffs::with_scale"
    )]
    Overflow {
        /// The function.
        function: &'static str,
        /// Which cost.
        cost: String,
        /// The decimal places of the result.
        scale: u32,
    },
    /// What another thread or machine has summed up can't be read.
    #[error("{function}: a partial sum can't be read: {reason}")]
    State {
        /// The function.
        function: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A function from another machine can't be read.
    #[error("a function of this crate can't be read from a plan: {reason}")]
    Function {
        /// What is wrong with it.
        reason: String,
    },
    /// A scale that no result can have.
    #[error("a scale of {scale} decimal places: write at most 38")]
    Scale {
        /// The scale.
        scale: u32,
    },
    /// What the calculation itself says.
    #[error("{function}: {source}")]
    Calculation {
        /// The function.
        function: &'static str,
        /// What is wrong.
        source: bandwidth_cost::Error,
    },
}

impl Error {
    /// What the core crate says, in words of SQL where it speaks of columns and groups.
    pub(crate) fn calculation(
        function: &'static str,
    ) -> impl Fn(bandwidth_cost::Error) -> Self + Copy {
        use bandwidth_cost::Error as Core;
        move |source| {
            let (cost, scale) = match source {
                Core::ElementOverflow { element, scale, .. } => {
                    (format!("the cost of {element}"), scale)
                }
                Core::GroupOverflow { records, scale, .. } => {
                    (format!("the cost of {records} rows"), scale)
                }
                Core::WideAmountOverflow { amount, scale } => (amount, scale),
                source => return Self::Calculation { function, source },
            };
            Self::Overflow { function, cost, scale }
        }
    }
}

/// As the message: Ballista hands on what an executor's error looks like to a debugger.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Error> for DataFusionError {
    fn from(error: Error) -> Self {
        Self::External(Box::new(error))
    }
}
