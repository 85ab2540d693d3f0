//! [`Comparison`]: two mixes side by side, and what the difference costs.

use crate::{
    Error,
    money::{Cost, exchange::ExchangeRate},
    number::Ratio,
    price::AnyPrice,
    quantity::{DataRate, DataVolume},
    scenario::ScenarioError,
    text::TextError,
};
use core::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Two mixes side by side, and what the increase of the border traffic costs: see
/// [`TrafficMix::compare`](crate::TrafficMix::compare).
///
/// ```
/// # use bandwidth_cost::{DataRate, AnyPrice, Share, TrafficClass, TrafficMix, pta};
/// # use core::time::Duration;
/// # let before = TrafficMix::new([
/// #     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
/// #     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
/// # ])?;
/// # let after = before.shift("direct", "VPN", Share::from_percent(5))?;
/// # let prices = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
/// # let month = Duration::from_secs(30 * 86_400);
/// # let rupees = "1 USD = 278.55 PKR".parse()?;
/// // 5% of 8 Tbps move off CDNs that serve 75% of them.
/// let what_if = before.compare(&after, &prices, month, &rupees)?;
/// assert_eq!(what_if.demand.before, what_if.demand.after);
/// assert_eq!(what_if.international.increase(), DataRate::from_gbps(300));
/// assert_eq!(what_if.local.decrease(), DataRate::from_gbps(300));
/// assert_eq!(what_if.costs.len(), prices.len());
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
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
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, scenario::Change};
    /// let border = Change { before: DataRate::from_gbps(5_650), after: DataRate::from_gbps(6_888) };
    /// assert_eq!(border.increase(), DataRate::from_gbps(1_238));
    /// ```
    #[must_use]
    pub const fn increase(self) -> DataRate {
        self.after.saturating_sub(self.before)
    }

    /// How much less it is after; zero where it is more.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, scenario::Change};
    /// let border = Change { before: DataRate::from_gbps(5_650), after: DataRate::from_gbps(6_888) };
    /// assert_eq!(border.decrease(), DataRate::ZERO);
    /// let back = Change { before: border.after, after: border.before };
    /// assert_eq!(back.decrease(), border.increase());
    /// ```
    #[must_use]
    pub const fn decrease(self) -> DataRate {
        self.before.saturating_sub(self.after)
    }
}

/// What an increase of the border traffic costs under one price.
///
/// ```
/// # use bandwidth_cost::{DataRate, AnyPrice, Share, TrafficClass, TrafficMix, pta};
/// # use core::time::Duration;
/// # let before = TrafficMix::new([
/// #     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
/// #     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
/// # ])?;
/// # let after = before.shift("direct", "VPN", Share::from_percent(5))?;
/// # let prices = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
/// # let month = Duration::from_secs(30 * 86_400);
/// # let rupees = "1 USD = 278.55 PKR".parse()?;
/// let what_if = before.compare(&after, &prices, month, &rupees)?;
/// let [cost] = what_if.costs.as_slice() else { panic!("one price, one cost") };
/// assert_eq!(cost.name, "disruption");
/// assert_eq!(cost.price, AnyPrice::Volume(pta::DISRUPTION_COST));
/// // 0.3 Tbps at 10,000 USD a minute; 43,200 minutes.
/// assert_eq!(cost.per_minute.original.to_string(), "3000 USD");
/// assert_eq!(cost.per_month.original.to_string(), "129600000 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct IncreaseCost {
    /// The price's name.
    pub name: String,
    /// The price.
    pub price: AnyPrice,
    /// The cost of a minute.
    pub per_minute: ConvertedCost,
    /// The cost of the month.
    pub per_month: ConvertedCost,
}

/// A cost in two currencies.
///
/// ```
/// # use bandwidth_cost::{DataRate, AnyPrice, Share, TrafficClass, TrafficMix, pta};
/// # use core::time::Duration;
/// # let before = TrafficMix::new([
/// #     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
/// #     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
/// # ])?;
/// # let after = before.shift("direct", "VPN", Share::from_percent(5))?;
/// # let prices = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
/// # let month = Duration::from_secs(30 * 86_400);
/// # let rupees = "1 USD = 278.55 PKR".parse()?;
/// let what_if = before.compare(&after, &prices, month, &rupees)?;
/// let per_minute = &what_if.costs[0].per_minute;
/// assert_eq!(per_minute.original.to_string(), "3000 USD");
/// assert_eq!(per_minute.converted.to_string(), "835650 PKR"); // 3,000 × 278.55
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
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
        prices: &[(&str, AnyPrice)],
        month: Duration,
        rate: &ExchangeRate,
    ) -> Result<Self, Error> {
        if month.is_zero() {
            return Err(ScenarioError::NoTime.into());
        }
        let converted = |original: Cost| {
            let converted = rate.convert(original.clone())?;
            Ok::<_, Error>(ConvertedCost { original, converted })
        };
        let cost = |&(name, price): &(&str, AnyPrice)| {
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
fn costs(price: AnyPrice, rate: DataRate, month: Duration) -> Result<[Cost; 2], Error> {
    match price {
        AnyPrice::Volume(price) => {
            let cost = |time| Ok::<_, Error>(price.cost(carried(rate, time)?));
            Ok([cost(MINUTE)?, cost(month)?])
        }
        AnyPrice::Rate(price) => {
            let per_month = price.cost(rate);
            let share = Ratio::fraction(false, MINUTE.as_nanos(), month.as_nanos());
            Ok([Cost::new(per_month.amount() * &share, per_month.currency()), per_month])
        }
    }
}

/// The volume that a rate carries in a time.
fn carried(rate: DataRate, time: Duration) -> Result<DataVolume, Error> {
    rate.checked_mul(time).ok_or_else(|| {
        Error::from(TextError::TooLarge {
            text: format!("{rate} for {time:?}"),
            what: "data volume",
            max: DataVolume::MAX.to_string(),
        })
    })
}
