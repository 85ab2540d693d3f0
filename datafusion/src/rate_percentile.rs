//! `rate_percentile`: a percentile of rates.

use crate::{Error, accumulate::Sums, aggregate::Calculation, groups::Groups};
use bandwidth_cost::{Percentile, bulk::percentile_each};
use datafusion::{
    arrow::{
        array::{
            Array, ArrayRef, AsArray, LargeListArray, LargeListBuilder, UInt64Array, UInt64Builder,
        },
        datatypes::{DataType, Field, FieldRef, UInt64Type},
    },
    common::internal_err,
    error::Result,
    logical_expr::{Expr, lit},
};
use std::{borrow::Cow, sync::Arc};

pub(crate) const FUNCTION: &str = "rate_percentile";

/// `rate_percentile(percent, bits per second)`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RatePercentile(pub(crate) Percentile);

/// All rates of each group.
#[derive(Debug)]
pub(crate) struct Samples {
    percentile: Percentile,
    groups: Groups<Vec<u64>>,
}

impl Calculation for RatePercentile {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &["bits per second"];
    const USAGE: &'static str = "bits per second, because the percent is bound";
    type Sums = Samples;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        [lit(self.0.to_string())].into_iter().chain(columns).collect()
    }

    fn field(&self) -> FieldRef {
        Arc::new(Field::new(FUNCTION, DataType::UInt64, true))
    }

    fn state_type() -> DataType {
        DataType::LargeList(Arc::new(Field::new_list_field(DataType::UInt64, true)))
    }

    fn sums(&self) -> Samples {
        Samples { percentile: self.0, groups: Groups::new() }
    }

    #[cfg(feature = "codec")]
    fn encoded(&self) -> crate::codec::Function {
        crate::codec::Function::RatePercentile(self.0)
    }
}

impl Samples {
    fn percentile_of(&self, samples: &[u64]) -> Result<Option<u64>, Error> {
        if samples.is_empty() {
            return Ok(None);
        }
        let mut percentile = [0];
        percentile_each(samples, samples.len(), self.percentile, &mut percentile)
            .map_err(Error::calculation(FUNCTION))?;
        let [percentile] = percentile;
        Ok(Some(percentile))
    }
}

impl Sums for Samples {
    fn emptied(&self) -> Self {
        RatePercentile(self.percentile).sums()
    }

    fn grow(&mut self, groups: usize) -> Result<()> {
        self.groups.grow(groups);
        Ok(())
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<()> {
        for rates in columns {
            self.groups.get_mut(group)?.extend_from_slice(rates);
        }
        Ok(())
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<()> {
        for rates in columns {
            for (group, rate) in groups.iter().zip(rates.iter()) {
                self.groups.get_mut(*group)?.push(*rate);
            }
        }
        Ok(())
    }

    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()> {
        let Some(states) = states.as_list_opt::<i64>() else {
            return internal_err!("{FUNCTION}: a state of type {}", states.data_type());
        };
        for (group, state) in groups.iter().zip(states.iter()) {
            let Some(state) = state else { continue };
            let Some(rates) = state.as_primitive_opt::<UInt64Type>() else {
                return internal_err!("{FUNCTION}: a state of {}", state.data_type());
            };
            self.groups.get_mut(*group)?.extend_from_slice(rates.values());
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        Self { percentile: self.percentile, groups: self.groups.take_first(groups) }
    }

    fn results(&self) -> Result<ArrayRef> {
        let percentiles = self.groups.iter().map(|samples| self.percentile_of(samples));
        Ok(Arc::new(percentiles.collect::<Result<UInt64Array, Error>>()?))
    }

    fn states(&self) -> Result<ArrayRef> {
        let mut states = LargeListBuilder::new(UInt64Builder::new());
        for samples in self.groups.iter() {
            states.values().append_slice(samples);
            states.append(!samples.is_empty());
        }
        let states: LargeListArray = states.finish();
        Ok(Arc::new(states))
    }

    fn memory_size(&self) -> usize {
        let samples: usize = self.groups.iter().map(|samples| samples.capacity()).sum();
        samples.saturating_mul(size_of::<u64>()).saturating_add(self.groups.memory_size())
    }
}
