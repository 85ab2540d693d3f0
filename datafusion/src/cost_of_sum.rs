//! `cost_of_sum`: the cost of the sum of all rows.

use crate::{
    Error,
    aggregate::Calculation,
    priced::{Billed, Priced},
    quantity_sums::{QuantitySums, STATE_TYPE, SumThenPrice},
};
use bandwidth_cost::bulk::Column;
use datafusion::{
    arrow::datatypes::{DataType, FieldRef},
    error::Result,
    logical_expr::{Expr, lit},
};
use std::{borrow::Cow, sync::Arc};

pub(crate) const FUNCTION: &str = "cost_of_sum";

/// `cost_of_sum(tariff, bytes)`, or of bits per second if the tariff prices rates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CostOfSum<Q: Billed>(pub(crate) Arc<Priced<Q>>);

impl<Q: Billed> Calculation for CostOfSum<Q> {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &[Q::COLUMN];
    const USAGE: &'static str = "one column, because the tariff is bound";
    type Sums = QuantitySums<Self>;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        [lit(self.0.name())].into_iter().chain(columns).collect()
    }

    fn field(&self) -> FieldRef {
        self.0.field(FUNCTION)
    }

    fn state_type() -> DataType {
        STATE_TYPE
    }

    fn sums(&self) -> QuantitySums<Self> {
        QuantitySums::new(self.clone())
    }

    #[cfg(feature = "codec")]
    fn encoded(&self) -> crate::codec::Function {
        crate::codec::Function::CostOfSum { tariff: self.0.tariff(), scale: self.0.scale() }
    }
}

impl<Q: Billed> SumThenPrice for CostOfSum<Q> {
    type Quantity = Q;
    const MOST: u128 = Q::MOST_UNITS;

    fn priced(&self) -> &Priced<Q> {
        &self.0
    }

    fn sum(&self, columns: &[Cow<'_, [u64]>]) -> Result<u128, Error> {
        let [column] = columns else {
            return Err(Self::arguments(columns.len()));
        };
        let total = Column::new(column, Q::UNIT).total();
        total.map(Q::in_units).map_err(|_| self.too_large())
    }

    fn each(
        &self,
        columns: &[Cow<'_, [u64]>],
        mut add: impl FnMut(usize, u128) -> Result<()>,
    ) -> Result<()> {
        let [column] = columns else {
            return Err(Self::arguments(columns.len()).into());
        };
        column.iter().enumerate().try_for_each(|(row, number)| add(row, u128::from(*number)))
    }

    fn quantity(sum: u128) -> Option<Q> {
        Q::of_units(sum)
    }

    /// As a column, which is several times faster, if all sums fit 64 bits.
    fn costs(&self, sums: &[u128]) -> Option<Vec<i128>> {
        let column =
            sums.iter().map(|sum| u64::try_from(*sum).ok()).collect::<Option<Vec<u64>>>()?;
        self.0.each(&column, FUNCTION).ok()
    }

    fn too_large(&self) -> Error {
        Error::SumTooLarge {
            function: FUNCTION,
            sum: format!("the sum of the {}", Q::COLUMN),
            quantity: Q::QUANTITY,
            max: Q::LARGEST.to_string(),
            columns: Q::COLUMN,
        }
    }
}
