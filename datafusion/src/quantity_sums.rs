//! [`QuantitySums`]: adds up one quantity for each group, and prices that.

use crate::{
    Error,
    accumulate::Sums,
    aggregate::Calculation,
    groups::Groups,
    numbers::decimals,
    priced::{Billed, Priced},
    scale::DIGITS,
};
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, Decimal128Array},
        datatypes::{DataType, Decimal128Type},
    },
    common::internal_err,
    error::Result,
};
use std::{borrow::Cow, sync::Arc};

/// The type of sums between threads and machines.
pub(crate) const STATE_TYPE: DataType = DataType::Decimal128(DIGITS, 0);

/// A calculation that adds the rows of each group up to one quantity, and prices it once.
pub(crate) trait SumThenPrice: Calculation {
    type Quantity: Billed;

    /// The largest sum that the quantity holds, which fits [`STATE_TYPE`] too.
    const MOST: u128;

    fn priced(&self) -> &Priced<Self::Quantity>;
    /// Returns the sum of some rows, or an error above [`MOST`](Self::MOST).
    fn sum(&self, columns: &[Cow<'_, [u64]>]) -> Result<u128, Error>;
    /// Calls `add` with the position and the number of each row.
    fn each(
        &self,
        columns: &[Cow<'_, [u64]>],
        add: impl FnMut(usize, u128) -> Result<()>,
    ) -> Result<()>;
    /// Returns the quantity of a sum, or `None` above [`MOST`](Self::MOST).
    fn quantity(sum: u128) -> Option<Self::Quantity>;
    /// Returns the costs of all sums in units of the last decimal place, or `None` if only pricing
    /// one by one can tell.
    fn costs(&self, _: &[u128]) -> Option<Vec<i128>> {
        None
    }
    /// Returns the error of a sum above [`MOST`](Self::MOST).
    fn too_large(&self) -> Error;
}

/// The sum of each group, or `None` for a group without rows.
#[derive(Debug)]
pub(crate) struct QuantitySums<C> {
    calculation: C,
    sums: Groups<Option<u128>>,
}

impl<C: SumThenPrice> QuantitySums<C> {
    pub(crate) const fn new(calculation: C) -> Self {
        Self { calculation, sums: Groups::new() }
    }
}

/// Adds to a sum. Sums only grow, so one that is too large is an error in any order of the rows.
fn add_to<C: SumThenPrice>(
    calculation: &C,
    sum: &mut Option<u128>,
    more: u128,
) -> Result<(), Error> {
    let total = sum.unwrap_or(0).checked_add(more).filter(|total| *total <= C::MOST);
    *sum = Some(total.ok_or_else(|| calculation.too_large())?);
    Ok(())
}

impl<C: SumThenPrice> Sums for QuantitySums<C> {
    fn emptied(&self) -> Self {
        Self::new(self.calculation.clone())
    }

    fn grow(&mut self, groups: usize) -> Result<()> {
        self.sums.grow(groups);
        Ok(())
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<()> {
        if columns.iter().any(|column| column.is_empty()) {
            return Ok(());
        }
        let more = self.calculation.sum(columns)?;
        Ok(add_to(&self.calculation, self.sums.get_mut(group)?, more)?)
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<()> {
        let Self { calculation, sums } = self;
        calculation.each(columns, |row, more| match groups.get(row) {
            Some(group) => Ok(add_to(calculation, sums.get_mut(*group)?, more)?),
            None => internal_err!("row {row} of {}", groups.len()),
        })
    }

    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()> {
        let Some(states) = states.as_primitive_opt::<Decimal128Type>() else {
            return internal_err!("{}: a state of type {}", C::FUNCTION, states.data_type());
        };
        for (group, state) in groups.iter().zip(states) {
            let Some(state) = state else { continue };
            let Ok(more) = u128::try_from(state) else {
                let reason = format!("its sum is {state}");
                return Err(Error::State { function: C::FUNCTION, reason }.into());
            };
            add_to(&self.calculation, self.sums.get_mut(*group)?, more)?;
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        Self { calculation: self.calculation.clone(), sums: self.sums.take_first(groups) }
    }

    #[expect(clippy::expect_used, reason = "costs are as many as sums")]
    fn results(&self) -> Result<ArrayRef> {
        let sums: Vec<u128> = self.sums.iter().copied().flatten().collect();
        let each = |sum: &u128| {
            let quantity = C::quantity(*sum).ok_or_else(|| self.calculation.too_large())?;
            self.calculation.priced().cost(quantity, C::FUNCTION)
        };
        let costs = match self.calculation.costs(&sums) {
            Some(costs) => costs,
            None => sums.iter().map(each).collect::<Result<_, Error>>()?,
        };
        let mut costs = costs.into_iter();
        let costs = self.sums.iter().map(|sum| match sum {
            Some(_) => costs.next().expect("each sum has a cost"),
            None => 0, // is not looked at, because the group is null
        });
        let costs = costs.collect();
        let some = self.sums.iter().map(Option::is_some).collect();
        let scale = self.calculation.priced().scale();
        Ok(Arc::new(decimals(costs, Some(some), scale, C::FUNCTION)?))
    }

    #[expect(clippy::expect_used, reason = "the largest quantity in units is below 2^127")]
    fn states(&self) -> Result<ArrayRef> {
        let state = |sum: u128| i128::try_from(sum).expect("a sum of at most MOST");
        let states: Decimal128Array = self.sums.iter().map(|sum| sum.map(state)).collect();
        Ok(Arc::new(states.with_data_type(STATE_TYPE)))
    }

    fn memory_size(&self) -> usize {
        self.sums.memory_size()
    }
}
