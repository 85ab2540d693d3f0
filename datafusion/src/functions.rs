//! The functions of [`Tariffs`], for programs that build their plans without SQL.

use crate::{
    Error, Tariffs,
    aggregate::Aggregate,
    each::EachCost,
    excess::{self, ExcessCost},
    percentile::RatePercentile,
    total::{self, TotalCost},
};
use bandwidth_cost::{DataRate, DataVolume, Percentile};
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use std::sync::Arc;

impl Tariffs {
    /// `volume_cost`: a function of a tariff's name and of bytes.
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

    /// `rate_cost`: a function of a tariff's name and of bits per second.
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

    /// `sum_cost` under one tariff: a function of bytes, or of bits per second if the tariff
    /// prices rates.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTariff`] where there is none of that name.
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
    /// let total = tariffs.sum_cost("pta")?.call(vec![col("bytes")]);
    /// let costs = flows.aggregate(vec![], vec![total])?;
    /// assert!(costs.to_string().await?.contains("0.002000"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn sum_cost(&self, tariff: &str) -> Result<AggregateUDF, Error> {
        if let Ok(priced) = self.get(total::FUNCTION, tariff, "") {
            return Ok(Aggregate::new(TotalCost::<DataRate>(priced)).into());
        }
        let priced = self.get(total::FUNCTION, tariff, "")?;
        Ok(Aggregate::new(TotalCost::<DataVolume>(priced)).into())
    }

    /// `excess_cost` under one tariff, above one baseline: a function of bits per second and of the
    /// seconds that each lasted.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTariff`] where there is none of that name; [`Error::OtherTariff`] where it
    /// prices rates.
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
        let instead = "write a tariff for volumes";
        let priced = self.get(excess::FUNCTION, tariff, instead)?;
        Ok(Aggregate::new(ExcessCost { priced, baseline }).into())
    }

    /// `rate_percentile`: a function of bits per second, which needs no tariff.
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
