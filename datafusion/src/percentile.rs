//! `rate_percentile`: a percentile of rates, one of them.

use crate::{Error, accumulate::Sums, aggregate::Calculation};
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
    groups: Vec<Vec<u64>>,
}

impl Calculation for RatePercentile {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &["bits per second"];
    const USAGE: &'static str = "rate_percentile(bits per second): its percent is bound";
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
        Samples { percentile: self.0, groups: Vec::new() }
    }
}

impl Samples {
    fn extend(&mut self, group: usize, rates: &[u64]) -> Result<(), Error> {
        let groups = self.groups.len();
        let source = || bandwidth_cost::Error::NoSuchGroup { group, groups };
        let no_group = || Error::Calculation { function: FUNCTION, source: source() };
        self.groups.get_mut(group).ok_or_else(no_group)?.extend_from_slice(rates);
        Ok(())
    }

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

    fn grow(&mut self, groups: usize) -> Result<(), Error> {
        self.groups.resize(groups.max(self.groups.len()), Vec::new());
        Ok(())
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        for rates in columns {
            self.extend(group, rates)?;
        }
        Ok(())
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        for rates in columns {
            for (group, rate) in groups.iter().zip(rates.iter()) {
                self.extend(*group, &[*rate])?;
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
            self.extend(*group, rates.values())?;
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        let rest = self.groups.split_off(groups.min(self.groups.len()));
        let groups = core::mem::replace(&mut self.groups, rest);
        Self { percentile: self.percentile, groups }
    }

    fn results(&self) -> Result<ArrayRef> {
        let percentiles = self.groups.iter().map(|samples| self.percentile_of(samples));
        Ok(Arc::new(percentiles.collect::<Result<UInt64Array, Error>>()?))
    }

    fn states(&self) -> Result<ArrayRef> {
        let mut states = LargeListBuilder::new(UInt64Builder::new());
        for samples in &self.groups {
            states.values().append_slice(samples);
            states.append(!samples.is_empty());
        }
        let states: LargeListArray = states.finish();
        Ok(Arc::new(states))
    }

    fn size(&self) -> usize {
        let each = size_of::<Vec<u64>>();
        let samples: usize = self.groups.iter().map(|samples| samples.capacity()).sum();
        let lists = self.groups.capacity().saturating_mul(each);
        samples.saturating_mul(size_of::<u64>()).saturating_add(lists)
    }
}
