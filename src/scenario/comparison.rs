//! [`Comparison`]: two mixes side by side, and what the difference costs.

use crate::{
    Error,
    money::{Cost, ExchangeRate},
    pta::PriceReading,
    quantity::{DataRate, DataVolume, Ratio},
};
use core::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Two mixes side by side, and what the increase of the border traffic costs: see
/// [`TrafficMix::compare`](crate::TrafficMix::compare).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Comparison {
    /// What users ask for.
    pub demand: Change,
    /// What crosses the border.
    pub international: Change,
    /// What local CDNs serve.
    pub local: Change,
    /// What the increase of the border traffic costs under each price, in the prices' order.
    pub costs: Vec<IncreaseCost>,
}

/// A rate before and after.
///
/// ```
/// use bandwidth_cost::{DataRate, scenario::Change};
///
/// let change = Change { before: DataRate::from_gbps(634), after: DataRate::from_gbps(597) };
/// assert_eq!(change.increase(), DataRate::ZERO);
/// assert_eq!(change.decrease(), DataRate::from_gbps(37));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Change {
    /// The rate before.
    pub before: DataRate,
    /// The rate after.
    pub after: DataRate,
}

impl Change {
    /// How much more it is after; zero where it is less.
    #[must_use]
    pub const fn increase(self) -> DataRate {
        self.after.saturating_sub(self.before)
    }

    /// How much less it is after; zero where it is more.
    #[must_use]
    pub const fn decrease(self) -> DataRate {
        self.before.saturating_sub(self.after)
    }
}

/// What an increase of the border traffic costs under one price.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct IncreaseCost {
    /// The price's name.
    pub name: String,
    /// The price.
    pub price: PriceReading,
    /// The cost of a minute.
    pub per_minute: ConvertedCost,
    /// The cost of the month.
    pub per_month: ConvertedCost,
}

/// A cost in two currencies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConvertedCost {
    /// The cost in the price's currency.
    pub original: Cost,
    /// The same cost in the other currency.
    pub converted: Cost,
}

impl Comparison {
    pub(super) fn new(
        [demand, international, local]: [Change; 3],
        prices: &[(&str, PriceReading)],
        month: Duration,
        rate: &ExchangeRate,
    ) -> Result<Self, Error> {
        if month.is_zero() {
            return Err(Error::NoTime);
        }
        let converted = |original: Cost| {
            let converted = rate.convert(original.clone())?;
            Ok(ConvertedCost { original, converted })
        };
        let cost = |&(name, price): &(&str, PriceReading)| {
            let [per_minute, per_month] = costs(price, international.increase(), month)?;
            Ok(IncreaseCost {
                name: name.to_owned(),
                price,
                per_minute: converted(per_minute)?,
                per_month: converted(per_month)?,
            })
        };
        let costs = prices.iter().map(cost).collect::<Result<_, Error>>()?;
        Ok(Self { demand, international, local, costs })
    }
}

/// What a rate costs in a minute and in a month.
fn costs(price: PriceReading, rate: DataRate, month: Duration) -> Result<[Cost; 2], Error> {
    match price {
        PriceReading::Volume(price) => {
            let cost = |time| Ok(price.cost(carried(rate, time)?));
            Ok([cost(MINUTE)?, cost(month)?])
        }
        PriceReading::Rate(price) => {
            let per_month = price.cost(rate);
            let share = Ratio::fraction(false, MINUTE.as_nanos(), month.as_nanos());
            Ok([Cost::new(per_month.amount() * &share, per_month.currency()), per_month])
        }
    }
}

/// The volume that a rate carries in a time.
fn carried(rate: DataRate, time: Duration) -> Result<DataVolume, Error> {
    rate.checked_mul(time).ok_or_else(|| Error::TooLarge {
        text: format!("{rate} for {time:?}"),
        what: "data volume",
        max: DataVolume::MAX.to_string(),
    })
}
