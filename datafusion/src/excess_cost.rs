//! `excess_cost`: the cost of the volume above a baseline.

use crate::{
    Error,
    aggregate::Calculation,
    priced::Priced,
    quantity_sums::{QuantitySums, STATE_TYPE, SumThenPrice},
};
use bandwidth_cost::{DataRate, DataVolume, bulk::excess_weighted};
use datafusion::{
    arrow::datatypes::{DataType, FieldRef},
    error::Result,
    logical_expr::{Expr, lit},
};
use std::{borrow::Cow, sync::Arc};

pub(crate) const FUNCTION: &str = "excess_cost";

/// Billionths of a bit in a bit.
const NANOBITS: u128 = 1_000_000_000;

/// `excess_cost(tariff, bits per second, seconds, baseline)`. Its sums are in bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ExcessCost {
    pub(crate) priced: Arc<Priced<DataVolume>>,
    pub(crate) baseline: DataRate,
}

impl Calculation for ExcessCost {
    const FUNCTION: &'static str = FUNCTION;
    const COLUMNS: &'static [&'static str] = &["bits per second", "seconds"];
    const USAGE: &'static str = "bits per second and seconds, because the tariff and the baseline \
                                 are bound";
    type Sums = QuantitySums<Self>;

    fn written(&self, columns: Vec<Expr>) -> Vec<Expr> {
        let (tariff, baseline) = (lit(self.priced.name()), lit(self.baseline.as_bps()));
        [tariff].into_iter().chain(columns).chain([baseline]).collect()
    }

    fn field(&self) -> FieldRef {
        self.priced.field(FUNCTION)
    }

    fn state_type() -> DataType {
        STATE_TYPE
    }

    fn sums(&self) -> QuantitySums<Self> {
        QuantitySums::new(self.clone())
    }

    #[cfg(feature = "codec")]
    fn encoded(&self) -> crate::codec::Function {
        let Self { priced, baseline } = self;
        let (tariff, scale, baseline) = (priced.tariff(), priced.scale(), *baseline);
        crate::codec::Function::ExcessCost { tariff, scale, baseline }
    }
}

impl SumThenPrice for ExcessCost {
    type Quantity = DataVolume;
    const MOST: u128 = DataVolume::MAX.as_nanobits() / NANOBITS;

    fn priced(&self) -> &Priced<DataVolume> {
        &self.priced
    }

    fn sum(&self, columns: &[Cow<'_, [u64]>]) -> Result<u128, Error> {
        let [bps, seconds] = columns else {
            return Err(Self::arguments(columns.len()));
        };
        // It takes nanoseconds and gives billionths of a bit: with seconds, these are bits.
        let excess = excess_weighted(bps, seconds, self.baseline);
        excess.map(DataVolume::as_nanobits).map_err(|_| self.too_large())
    }

    fn each(
        &self,
        columns: &[Cow<'_, [u64]>],
        mut add: impl FnMut(usize, u128) -> Result<()>,
    ) -> Result<()> {
        let [bps, seconds] = columns else {
            return Err(Self::arguments(columns.len()).into());
        };
        let baseline = self.baseline.as_bps();
        bps.iter().zip(seconds.iter()).enumerate().try_for_each(|(row, (bps, seconds))| {
            let above = u128::from(bps.saturating_sub(baseline));
            #[expect(
                clippy::arithmetic_side_effects,
                reason = "a product of two u64 fits 128 bits"
            )]
            let bits = above * u128::from(*seconds);
            add(row, bits)
        })
    }

    fn quantity(bits: u128) -> Option<DataVolume> {
        bits.checked_mul(NANOBITS).map(DataVolume::from_nanobits)
    }

    fn too_large(&self) -> Error {
        Error::SumTooLarge {
            function: FUNCTION,
            sum: format!("the excess over {}", self.baseline),
            quantity: "data volume",
            max: DataVolume::MAX.to_string(),
            columns: "rates and seconds",
        }
    }
}
