//! `sum_cost`: what all rows cost together, each priced by itself.

use crate::{
    Error,
    accumulate::Sums,
    aggregate::Calculation,
    numbers::decimals,
    state::{array, decoded},
    tariffs::{Billed, Priced},
};
use bandwidth_cost::{
    RoundingStrategy,
    bulk::{Column, GroupedSums},
};
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
pub(crate) struct TotalCost<Q: Billed>(pub(crate) Arc<Priced<Q>>);

#[derive(Debug)]
pub(crate) struct Totals<Q: Billed> {
    priced: Arc<Priced<Q>>,
    groups: GroupedSums,
}

impl<Q: Billed> Calculation for TotalCost<Q> {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &[Q::COLUMN];
    const USAGE: &'static str = "sum_cost(numbers): its tariff is bound";
    type Sums = Totals<Q>;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        [lit(self.0.tariff().name())].into_iter().chain(columns).collect()
    }

    fn field(&self) -> FieldRef {
        self.0.field(FUNCTION)
    }

    fn state_type() -> DataType {
        DataType::LargeBinary
    }

    fn sums(&self) -> Totals<Q> {
        Totals { priced: Arc::clone(&self.0), groups: self.0.compiled().groups() }
    }
}

impl<Q: Billed> Sums for Totals<Q> {
    fn emptied(&self) -> Self {
        TotalCost(Arc::clone(&self.priced)).sums()
    }

    fn grow(&mut self, groups: usize) -> Result<(), Error> {
        self.groups.grow(groups).map_err(Error::calculation(FUNCTION))
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        let compiled = self.priced.compiled();
        let mut partial = compiled.partial();
        for column in columns {
            let added = compiled.add(&mut partial, &Column::new(column, Q::UNIT));
            added.map_err(Error::calculation(FUNCTION))?;
        }
        self.groups.merge(group, &partial).map_err(Error::calculation(FUNCTION))
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        for column in columns {
            let column = Column::new(column, Q::UNIT);
            let added = self.priced.compiled().add_grouped(&mut self.groups, &column, groups);
            added.map_err(Error::calculation(FUNCTION))?;
        }
        Ok(())
    }

    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()> {
        for state in decoded(states, FUNCTION)? {
            let (row, partial) = state?;
            let group = groups.get(row).copied().unwrap_or(usize::MAX);
            self.groups.merge(group, &partial).map_err(Error::calculation(FUNCTION))?;
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        Self { priced: Arc::clone(&self.priced), groups: self.groups.take_first(groups) }
    }

    fn results(&self) -> Result<ArrayRef> {
        let (compiled, scale) = (self.priced.compiled(), self.priced.scale());
        let mut costs = vec![0; self.groups.len()];
        let strategy = RoundingStrategy::MidpointNearestEven;
        compiled
            .finish_each_into(&self.groups, scale, strategy, &mut costs)
            .map_err(Error::calculation(FUNCTION))?;
        let some = (0..self.groups.len()).map(|group| self.groups.records(group) > 0).collect();
        Ok(Arc::new(decimals(costs, Some(some), scale, FUNCTION)?))
    }

    fn states(&self) -> Result<ArrayRef> {
        let states = (0..self.groups.len()).map(|group| self.groups.partial(group));
        array(states.map(|state| state.filter(|partial| partial.records() > 0)), FUNCTION)
    }

    fn size(&self) -> usize {
        self.groups.memory_size()
    }
}
