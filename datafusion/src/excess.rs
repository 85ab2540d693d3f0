//! `excess_cost`: what is carried above a baseline, priced as one volume.

use crate::{
    Error,
    accumulate::Sums,
    aggregate::Calculation,
    numbers::decimals,
    tariffs::{DIGITS, Priced},
};
use bandwidth_cost::{DataRate, DataVolume, RoundingStrategy, bulk::excess_weighted};
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, Decimal128Array},
        datatypes::{DataType, Decimal128Type, FieldRef},
    },
    common::internal_err,
    error::Result,
    logical_expr::{Expr, lit},
};
use std::{borrow::Cow, sync::Arc};

pub(crate) const FUNCTION: &str = "excess_cost";

const NANOSECONDS: u128 = 1_000_000_000;

/// `excess_cost(tariff, bits per second, seconds, baseline)`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ExcessCost {
    pub(crate) priced: Arc<Priced<DataVolume>>,
    pub(crate) baseline: DataRate,
}

/// The bits above the baseline; nothing for a group without rows.
#[derive(Debug)]
pub(crate) struct Excesses {
    calculation: ExcessCost,
    bits: Vec<Option<u128>>,
}

impl Calculation for ExcessCost {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &["bits per second", "seconds"];
    const USAGE: &'static str = "excess_cost(bits per second, seconds): \
                                 its tariff and baseline are bound";
    type Sums = Excesses;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        let (tariff, baseline) = (lit(self.priced.tariff().name()), lit(self.baseline.as_bps()));
        [tariff].into_iter().chain(columns).chain([baseline]).collect()
    }

    fn field(&self) -> FieldRef {
        self.priced.field(FUNCTION)
    }

    fn state_type() -> DataType {
        DataType::Decimal128(DIGITS, 0)
    }

    fn sums(&self) -> Excesses {
        Excesses { calculation: self.clone(), bits: Vec::new() }
    }
}

impl Excesses {
    /// Nothing beyond what a volume holds, which is what fits the state too.
    fn add_bits(&mut self, group: usize, bits: Option<u128>) -> Result<(), Error> {
        let baseline = self.calculation.baseline;
        let core = |source| Error::Calculation { function: FUNCTION, source };
        let groups = self.bits.len();
        let no_group = || core(bandwidth_cost::Error::NoSuchGroup { group, groups });
        let sum = self.bits.get_mut(group).ok_or_else(no_group)?;
        let bits = bits.and_then(|bits| sum.unwrap_or_default().checked_add(bits));
        let bits = bits.filter(|bits| bits.checked_mul(NANOSECONDS).is_some());
        let overflow = || core(bandwidth_cost::Error::ExcessTooLarge { baseline });
        *sum = Some(bits.ok_or_else(overflow)?);
        Ok(())
    }
}

impl Sums for Excesses {
    fn emptied(&self) -> Self {
        self.calculation.sums()
    }

    fn grow(&mut self, groups: usize) -> Result<(), Error> {
        self.bits.resize(groups.max(self.bits.len()), None);
        Ok(())
    }

    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        let [bps, seconds] = columns else {
            return Err(ExcessCost::arguments(columns.len()));
        };
        if bps.is_empty() {
            return Ok(());
        }
        // Bits per second by seconds are bits, where by nanoseconds they are billionths of bits.
        let excess = excess_weighted(bps, seconds, self.calculation.baseline);
        let excess = excess.map_err(Error::calculation(FUNCTION))?;
        self.add_bits(group, Some(excess.as_nanobits()))
    }

    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<(), Error> {
        let [bps, seconds] = columns else {
            return Err(ExcessCost::arguments(columns.len()));
        };
        let baseline = self.calculation.baseline.as_bps();
        for ((group, bps), seconds) in groups.iter().zip(bps.iter()).zip(seconds.iter()) {
            let above = u128::from(bps.saturating_sub(baseline));
            self.add_bits(*group, above.checked_mul(u128::from(*seconds)))?;
        }
        Ok(())
    }

    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()> {
        let Some(states) = states.as_primitive_opt::<Decimal128Type>() else {
            return internal_err!("{FUNCTION}: a state of type {}", states.data_type());
        };
        for (group, bits) in groups.iter().zip(states) {
            if let Some(bits) = bits {
                self.add_bits(*group, u128::try_from(bits).ok())?;
            }
        }
        Ok(())
    }

    fn take_first(&mut self, groups: usize) -> Self {
        let rest = self.bits.split_off(groups.min(self.bits.len()));
        let bits = core::mem::replace(&mut self.bits, rest);
        Self { calculation: self.calculation.clone(), bits }
    }

    fn results(&self) -> Result<ArrayRef> {
        let priced = &self.calculation.priced;
        let costs = self.bits.iter().map(|bits| {
            let nanobits = bits.unwrap_or_default().saturating_mul(NANOSECONDS);
            let cost = priced.schedule().cost(DataVolume::from_nanobits(nanobits));
            cost.round_to_i128(priced.scale(), RoundingStrategy::MidpointNearestEven)
        });
        let costs = costs.collect::<Result<Vec<_>, _>>().map_err(Error::calculation(FUNCTION))?;
        let some = self.bits.iter().map(Option::is_some).collect();
        Ok(Arc::new(decimals(costs, Some(some), priced.scale(), FUNCTION)?))
    }

    fn states(&self) -> Result<ArrayRef> {
        // Each fits, as its billionths fit 128 bits.
        let bits = self.bits.iter().map(|bits| bits.and_then(|bits| i128::try_from(bits).ok()));
        let states: Decimal128Array = bits.collect();
        Ok(Arc::new(states.with_data_type(ExcessCost::state_type())))
    }

    fn size(&self) -> usize {
        self.bits.capacity().saturating_mul(size_of::<Option<u128>>())
    }
}
