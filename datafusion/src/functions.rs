//! The part of [`Tariffs`] that makes functions, for programs that build plans without SQL.

use crate::{
    Error, Tariffs,
    aggregate::Aggregate,
    cost_of_sum::{self, CostOfSum},
    each_cost::EachCost,
    excess_cost::{self, ExcessCost},
    priced::AnyPriced,
    rate_percentile::RatePercentile,
    sum_cost::{self, SumCost},
};
use bandwidth_cost::{DataRate, DataVolume, Percentile};
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use std::sync::Arc;

impl Tariffs {
    /// Returns `volume_cost`, a function of a tariff's name and of bytes.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::{SessionContext, col, lit};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// let context = SessionContext::new();
    /// let flows = context.sql("SELECT * FROM (VALUES (1500)) AS flows(bytes)").await?;
    /// let costs = flows.select([tariffs.volume_cost().call(vec![lit("pta"), col("bytes")])])?;
    /// assert!(costs.to_string().await?.contains("0.001500"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn volume_cost(&self) -> ScalarUDF {
        EachCost::<DataVolume>::new(Arc::new(self.clone())).into()
    }

    /// Returns `rate_cost`, a function of a tariff's name and of bits per second.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff};
    /// use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::lit;
    ///
    /// let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let card = RateCard::new([Tariff::by_rate("ports", RateMeter::Peak, price)])?;
    /// let cost = Tariffs::new(&card).rate_cost().call(vec![lit("ports"), lit(1_500_000_000_u64)]);
    /// assert_eq!(cost.to_string(), "rate_cost(Utf8(\"ports\"), UInt64(1500000000))");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn rate_cost(&self) -> ScalarUDF {
        EachCost::<DataRate>::new(Arc::new(self.clone())).into()
    }

    /// Returns `sum_cost` under one tariff, the sum of the rows' costs: fees, minimums and tiers apply
    /// to every row.
    ///
    /// It is a function of bytes, or of bits per second if the tariff prices rates.
    /// [`cost_of_sum`](Self::cost_of_sum) prices the sum of the rows instead.
    ///
    /// # Errors
    ///
    /// Returns [`Error::UnknownTariff`] if no tariff has that name.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::{SessionContext, col};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// let context = SessionContext::new();
    /// let flows = context.sql("SELECT * FROM (VALUES (1500), (500)) AS flows(bytes)").await?;
    /// let cost = tariffs.sum_cost("pta")?.call(vec![col("bytes")]);
    /// let costs = flows.aggregate(vec![], vec![cost])?;
    /// assert!(costs.to_string().await?.contains("0.002000"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn sum_cost(&self, tariff: &str) -> Result<AggregateUDF, Error> {
        Ok(self.any(sum_cost::FUNCTION, tariff)?.sum_cost())
    }

    /// Returns `cost_of_sum` under one tariff, the cost of the sum of the rows: fees, minimums and
    /// tiers apply to the sum, as on a monthly bill.
    ///
    /// It is a function of bytes, or of bits per second if the tariff prices rates.
    ///
    /// # Errors
    ///
    /// Returns [`Error::UnknownTariff`] if no tariff has that name.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter};
    /// use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::{SessionContext, col};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let price = Schedule::flat("0.09 USD per 1 GB".parse()?)
    ///     .with_fixed_fee("5 USD".parse()?)?;
    /// let card = RateCard::new([Tariff::by_volume("egress", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// let context = SessionContext::new();
    /// let days = context
    ///     .sql("SELECT * FROM (VALUES (60000000000), (40000000000)) AS days(bytes)")
    ///     .await?;
    /// let bill = tariffs.cost_of_sum("egress")?.call(vec![col("bytes")]);
    /// let sum = tariffs.sum_cost("egress")?.call(vec![col("bytes")]);
    /// let costs = days.aggregate(vec![], vec![bill, sum])?.to_string().await?;
    /// assert!(costs.contains("| 14.00000000000 "), "{costs}"); // 100 GB and one fee
    /// assert!(costs.contains("| 19.00000000000 "), "{costs}"); // a fee for each day
    /// # Ok(())
    /// # }
    /// ```
    pub fn cost_of_sum(&self, tariff: &str) -> Result<AggregateUDF, Error> {
        Ok(self.any(cost_of_sum::FUNCTION, tariff)?.cost_of_sum())
    }

    /// Returns `excess_cost` under one tariff, the cost of the volume above a baseline. It is a function
    /// of rates in bits per second and of the number of seconds that each rate lasted.
    ///
    /// # Errors
    ///
    /// Returns [`Error::UnknownTariff`] if no tariff has that name, and [`Error::OtherTariff`] if the
    /// tariff prices rates.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::{SessionContext, col};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// let context = SessionContext::new();
    /// let samples = context.sql("SELECT * FROM (VALUES (9000, 60)) AS samples(bps, seconds)").await?;
    /// let excess = tariffs.excess_cost("pta", "1 kbps".parse()?)?;
    /// let excess = excess.call(vec![col("bps"), col("seconds")]);
    /// let costs = samples.aggregate(vec![], vec![excess])?; // 60 kB
    /// assert!(costs.to_string().await?.contains("0.060000"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn excess_cost(&self, tariff: &str, baseline: DataRate) -> Result<AggregateUDF, Error> {
        let instead = "pass a tariff for volumes";
        let priced = self.get(excess_cost::FUNCTION, tariff, instead)?;
        Ok(Aggregate::new(ExcessCost { priced, baseline }).into())
    }

    /// Returns `rate_percentile`, a function of bits per second that needs no tariff.
    ///
    /// ```
    /// use bandwidth_cost::Percentile;
    /// use bandwidth_cost_datafusion::Tariffs;
    /// use datafusion::prelude::{SessionContext, col};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let p95 = Tariffs::rate_percentile(Percentile::P95).call(vec![col("bps")]);
    /// let samples = SessionContext::new().sql("SELECT * FROM (VALUES (7), (9)) AS s(bps)").await?;
    /// assert!(samples.aggregate(vec![], vec![p95])?.to_string().await?.contains("| 9 "));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn rate_percentile(percentile: Percentile) -> AggregateUDF {
        Aggregate::new(RatePercentile(percentile)).into()
    }
}

impl AnyPriced {
    pub(crate) fn sum_cost(&self) -> AggregateUDF {
        match self {
            Self::Volume(priced) => Aggregate::new(SumCost(Arc::clone(priced))).into(),
            Self::Rate(priced) => Aggregate::new(SumCost(Arc::clone(priced))).into(),
        }
    }

    pub(crate) fn cost_of_sum(&self) -> AggregateUDF {
        match self {
            Self::Volume(priced) => Aggregate::new(CostOfSum(Arc::clone(priced))).into(),
            Self::Rate(priced) => Aggregate::new(CostOfSum(Arc::clone(priced))).into(),
        }
    }
}
