//! [`Error`]: the reason why a query, or the data that it reads, is refused.

use bandwidth_cost::{ErrorKind, bulk::BulkError, number::NumberError};
use core::fmt;
use datafusion::error::DataFusionError;

/// The reason why a query, or the data that it reads, is refused.
///
/// DataFusion passes it on as the source of its own error:
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
    /// A call with too many or too few arguments.
    #[error("{function}: wrong number of arguments, {got}: pass {usage}")]
    Arguments {
        /// The function.
        function: &'static str,
        /// The number of arguments.
        got: usize,
        /// The arguments that the function takes.
        usage: &'static str,
    },
    /// An argument that must be known while the query is planned, but is not a literal.
    #[error("{function}: the {argument} is {got}: pass a literal, such as {example}")]
    Literal {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The expression that was passed.
        got: String,
        /// A literal.
        example: &'static str,
    },
    /// A literal without a meaning for its argument.
    #[error("{function}: invalid {argument} {got}: {reason}")]
    Value {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The literal.
        got: String,
        /// The reason.
        reason: String,
    },
    /// A column of a type other than whole numbers.
    #[error(
        "{function}: the {argument} are of type {got}: \
         pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)"
    )]
    Type {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The column's type.
        got: String,
    },
    /// A tariff name that the rate card does not have.
    #[error("{function}: no tariff is named '{tariff}': pass one of {known}")]
    UnknownTariff {
        /// The function.
        function: &'static str,
        /// The name.
        tariff: String,
        /// The names that there are.
        known: String,
    },
    /// A tariff for rates where volumes are priced, or the reverse.
    #[error("{function}: tariff '{tariff}' prices {prices}: {instead}")]
    OtherTariff {
        /// The function.
        function: &'static str,
        /// The tariff.
        tariff: String,
        /// The quantities that it prices.
        prices: &'static str,
        /// The advice.
        instead: &'static str,
    },
    /// A call with DISTINCT. Equal numbers of two rows are traffic of both.
    #[error("{function} counts equal rows each time: remove DISTINCT")]
    Distinct {
        /// The function.
        function: &'static str,
    },
    /// An aggregate that a program looked up by name, which only SQL can use.
    #[error(
        "{function} is bound to its literals while SQL is planned: in a program, call {instead}"
    )]
    Unbound {
        /// The function.
        function: &'static str,
        /// The method that binds it.
        instead: &'static str,
    },
    /// A negative number in a column.
    #[error("{function}: the {argument} include a negative number, {got}: check the column")]
    Negative {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The number.
        got: i128,
    },
    /// A number above 64 bits in a column.
    #[error("{function}: the {argument} include {got}, above {}: check the column", u64::MAX)]
    TooLarge {
        /// The function.
        function: &'static str,
        /// The argument.
        argument: &'static str,
        /// The number.
        got: i128,
    },
    /// A sum above the largest quantity that can be priced.
    #[error("{function}: {sum} exceeds the largest {quantity}, {max}: check the {columns}")]
    SumTooLarge {
        /// The function.
        function: &'static str,
        /// The sum's name.
        sum: String,
        /// The quantity's name.
        quantity: &'static str,
        /// The largest quantity.
        max: String,
        /// The columns.
        columns: &'static str,
    },
    /// A cost with more digits than the result has.
    #[error(
        "{function}: {cost} has more than 38 digits at {scale} decimal places: check the columns, \
         or, if the cost is rounded, pass fewer places to Tariffs::with_scale"
    )]
    Overflow {
        /// The function.
        function: &'static str,
        /// The cost's name.
        cost: String,
        /// The decimal places of the result.
        scale: u32,
    },
    /// Sums of another thread or machine that can't be read.
    #[error(
        "{function}: unreadable sums of another partition, {reason}: \
         check that all machines run one version"
    )]
    State {
        /// The function.
        function: &'static str,
        /// The reason.
        reason: String,
    },
    /// A function of another machine that can't be read.
    #[error("unreadable function in a plan, {reason}: check that all machines run one version")]
    Function {
        /// The reason.
        reason: String,
    },
    /// More decimal places than a result can have.
    #[error("a scale of {scale} decimal places exceeds the 38 digits of a cost: pass at most 38")]
    Scale {
        /// The scale.
        scale: u32,
    },
    /// An error of the calculation.
    #[error("{function}: {source}")]
    Calculation {
        /// The function.
        function: &'static str,
        /// The error.
        source: bandwidth_cost::Error,
    },
}

impl Error {
    /// Converts an error of a function's calculation. Those about columns and groups are worded for
    /// SQL.
    pub(crate) fn calculation(
        function: &'static str,
    ) -> impl Fn(bandwidth_cost::Error) -> Self + Copy {
        move |source| {
            let (cost, scale) = match source.kind() {
                ErrorKind::Bulk(BulkError::AmountOverflow { cost, scale, .. }) => {
                    (format!("a cost of {cost}"), *scale)
                }
                ErrorKind::Number(NumberError::Overflow { number, places, bits: 128 }) => {
                    (format!("a cost of {number}"), *places)
                }
                _ => return Self::Calculation { function, source },
            };
            Self::Overflow { function, cost, scale }
        }
    }
}

/// Shows the message, because Ballista sends an executor's error in its debug form.
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
