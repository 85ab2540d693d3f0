//! [`Literal`]: an argument that is known while a query is planned.

use crate::Error;
use bandwidth_cost::{DataRate, Decimal, Percentile};
use datafusion::{common::ScalarValue, logical_expr::Expr};

/// Returns the text of a literal, or `None` if it has another type.
pub(crate) fn text(literal: &ScalarValue) -> Option<&str> {
    literal.try_as_str().flatten()
}

/// An argument that must be a literal.
pub(crate) struct Literal<'a> {
    pub(crate) function: &'static str,
    pub(crate) argument: &'static str,
    pub(crate) example: &'static str,
    pub(crate) expr: &'a Expr,
}

impl Literal<'_> {
    fn value(&self) -> Result<&ScalarValue, Error> {
        match self.expr {
            Expr::Literal(value, _) if !value.is_null() => Ok(value),
            _ => Err(self.not_literal()),
        }
    }

    fn not_literal(&self) -> Error {
        Error::Literal {
            function: self.function,
            argument: self.argument,
            got: self.expr.to_string(),
            example: self.example,
        }
    }

    fn wrong(&self, reason: impl ToString) -> Error {
        Error::Value {
            function: self.function,
            argument: self.argument,
            got: self.value().map_or_else(|_| self.expr.to_string(), ToString::to_string),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn name(&self) -> Result<&str, Error> {
        text(self.value()?).ok_or_else(|| self.not_literal())
    }

    /// Reads bits per second, or a text with a unit.
    pub(crate) fn rate(&self) -> Result<DataRate, Error> {
        let value = self.value()?;
        if let Some(text) = text(value) {
            return text.parse().map_err(|error: bandwidth_cost::Error| self.wrong(error));
        }
        let bps = match value {
            ScalarValue::Int64(Some(bps)) => i128::from(*bps),
            ScalarValue::UInt64(Some(bps)) => i128::from(*bps),
            ScalarValue::Decimal128(Some(bps), _, 0) => *bps,
            _ => return Err(self.not_literal()),
        };
        let bps = u64::try_from(bps);
        bps.map(DataRate::from_bps)
            .map_err(|_| self.wrong("pass a rate from 0 to 18446744073709551615 bps"))
    }

    /// Reads a percent, or a text that may name a rule too.
    pub(crate) fn percentile(&self) -> Result<Percentile, Error> {
        let value = self.value()?;
        if let Some(text) = text(value) {
            let percentile = match text.parse::<Decimal>() {
                Ok(percent) => Percentile::new(percent),
                Err(_) => text.parse(),
            };
            return percentile.map_err(|error| self.wrong(error));
        }
        let percent = match value {
            ScalarValue::Int64(Some(percent)) => Decimal::from(*percent),
            ScalarValue::Decimal128(Some(digits), _, scale) => u32::try_from(*scale)
                .ok()
                .and_then(|scale| Decimal::try_from_i128_with_scale(*digits, scale).ok())
                .ok_or_else(|| self.not_literal())?,
            // A float is not exactly 99.9.
            ScalarValue::Float64(Some(percent)) => {
                return Err(self.wrong(format!("pass a fraction as a text, '{percent}'")));
            }
            _ => return Err(self.not_literal()),
        };
        Percentile::new(percent).map_err(|error| self.wrong(error))
    }
}
