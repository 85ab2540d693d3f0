//! `sum_cost`: the sum of the costs of all rows.

use crate::{
    Error,
    accumulate::Sums,
    aggregate::Calculation,
    numbers::decimals,
    priced::{Billed, Priced},
    state::{array, decoded},
};
use bandwidth_cost::bulk::{Column, GroupedSums};
use datafusion::{
    arrow::{
        array::ArrayRef,
        datatypes::{DataType, FieldRef},
    },
    error::Result,
    logical_expr::{Expr, lit},
};
use std::{borrow::Cow, sync::Arc};

pub(crate) const FUNCTION: &str = "sum_cost";

/// `sum_cost(tariff, bytes)`, or of bits per second if the tariff prices rates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SumCost<Q: Billed>(pub(crate) Arc<Priced<Q>>);

/// The integers from which the costs of each group follow.
#[derive(Debug)]
pub(crate) struct CostSums<Q: Billed> {
    priced: Arc<Priced<Q>>,
    groups: GroupedSums,
}

impl<Q: Billed> Calculation for SumCost<Q> {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &[Q::COLUMN];
    const USAGE: &'static str = "one column, because the tariff is bound";
    type Sums = CostSums<Q>;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        [lit(self.0.name())].into_iter().chain(columns).collect()
    }

    fn field(&self) -> FieldRef {
        self.0.field(FUNCTION)
    }

    fn state_type() -> DataType {
        DataType::LargeBinary
    }

    fn sums(&self) -> CostSums<Q> {
        CostSums { priced: Arc::clone(&self.0), groups: self.0.pricer().groups() }
    }

    #[cfg(feature = "codec")]
    fn encoded(&self) -> crate::codec::Function {
        crate::codec::Function::SumCost { tariff: self.0.tariff(), scale: self.0.scale() }
    }
}

/// The error of a calculation of this function.
fn failed(source: bandwidth_cost::Error) -> Error {
    Error::calculation(FUNCTION)(source)
}

impl<Q: Billed> Sums for CostSums<Q> {
    fn emptied(&self) -> Self {
        SumCost(Arc::clone(&self.priced)).sums()
    }

    fn grow(&mut self, groups: usize) -> Result<()> {
        Ok(self.groups.grow(groups).map_err(failed)?)
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<()> {
        let pricer = self.priced.pricer();
        let mut partial = pricer.partial();
        for column in columns {
            pricer.add(&mut partial, &Column::new(column, Q::UNIT)).map_err(failed)?;
        }
        Ok(self.groups.merge(group, &partial).map_err(failed)?)
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<()> {
        for column in columns {
            let column = Column::new(column, Q::UNIT);
            let added = self.priced.pricer().add_grouped(&mut self.groups, &column, groups);
            added.map_err(failed)?;
        }
        Ok(())
    }

    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()> {
        for (group, state) in groups.iter().zip(decoded(states, FUNCTION)?) {
            if let Some(partial) = state? {
                self.groups.merge(*group, &partial).map_err(failed)?;
            }
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        Self { priced: Arc::clone(&self.priced), groups: self.groups.take_first(groups) }
    }

    fn results(&self) -> Result<ArrayRef> {
        let costs = self.priced.each_group(&self.groups, FUNCTION)?;
        let some = (0..self.groups.len()).map(|group| self.groups.records(group) > 0).collect();
        Ok(Arc::new(decimals(costs, Some(some), self.priced.scale(), FUNCTION)?))
    }

    fn states(&self) -> Result<ArrayRef> {
        let states = (0..self.groups.len()).map(|group| self.groups.partial(group));
        array(states.map(|state| state.filter(|partial| partial.records() > 0)), FUNCTION)
    }

    fn memory_size(&self) -> usize {
        self.groups.memory_size()
    }
}
