//! [`compare_offers`]: which of several contracts is the cheapest for given traffic.

use super::{RateCard, TariffError};
use crate::{
    Error, Place,
    money::{Cost, MoneyError},
    number::Ratio,
    quantity::{RateUnit, VolumeUnit},
    text::clip,
    usage::{LinkUsage, Percentile},
};
use std::collections::BTreeSet;

/// The cost of months of traffic under one offer, as [`compare_offers`] returns it.
///
/// ```
/// use bandwidth_cost::{
///     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
///     jiff::Timestamp,
/// };
/// use core::time::Duration;
///
/// let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, price);
/// let metered = RateCard::new([peak(Schedule::flat("2 USD per 1 Mbps".parse()?))])?;
/// let port = Schedule::flat("0 USD per 1 Mbps".parse()?).with_fixed_fee("5000 USD".parse()?)?;
/// let port = RateCard::new([peak(port)])?;
///
/// // Two months of 2 and 4 Gbps, of which all comes in.
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let month = |gbps| -> Result<LinkUsage, bandwidth_cost::Error> {
///     let series = |gbps| {
///         let rates = [DataRate::from_gbps(gbps); 288];
///         UsageSeries::from_rates(start, Duration::from_secs(300), rates)
///     };
///     Ok(LinkUsage { inbound: series(gbps)?, outbound: series(0)? })
/// };
/// let months = [month(2)?, month(4)?];
/// let offers = compare_offers(&[("port", &port), ("metered", &metered)], &months)?;
/// let names: Vec<&str> = offers.iter().map(|offer| offer.name()).collect();
/// assert_eq!(names, ["port", "metered"]); // 10,000 and 12,000 USD
/// assert_eq!(offers[1].regret().to_string(), "2000 USD");
/// assert_eq!(offers[1].per_mbps().map(ToString::to_string), Some("2 USD".to_owned()));
/// // The metered offer would have been the better one in the first month.
/// assert!(offers[1].months()[0].is_cheapest());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferCost {
    name: String,
    months: Vec<OfferMonth>,
    total: Cost,
    per_mbps: Option<Cost>,
    per_gigabyte: Option<Cost>,
    regret: Cost,
}

/// One month of an [`OfferCost`].
///
/// ```
/// # use bandwidth_cost::{
/// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
/// # };
/// # use core::time::Duration;
/// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
/// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
/// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
/// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
/// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
/// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
/// # let months = [LinkUsage { inbound, outbound }];
/// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
/// for (month, bill) in (1..).zip(offers[0].months()) {
///     println!("month {month}: {}", bill.cost()); // month 1: 80 USD
/// }
/// # assert_eq!(offers[0].months()[0].cost().to_string(), "80 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferMonth {
    cost: Cost,
    is_cheapest: bool,
}

impl OfferCost {
    /// Returns the name that was given with the offer.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert_eq!(offers[0].name(), "cheap");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the months in the given order.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert_eq!(offers[0].months().len(), 1);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn months(&self) -> &[OfferMonth] {
        &self.months
    }

    /// Returns the sum of the months' bills.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert_eq!(offers[0].total().to_string(), "80 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn total(&self) -> &Cost {
        &self.total
    }

    /// Returns the blended price per Mbps and month, or `None` without traffic: the total divided by
    /// the sum of the months' rates.
    ///
    /// A month's rate is the 95th percentile by nearest rank of the direction in which that is higher.
    /// It is the same for all offers, whatever each of them measures, so that they compare with each
    /// other and with the market's prices.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert_eq!(offers[0].per_mbps().map(ToString::to_string), Some("0.8 USD".into()));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn per_mbps(&self) -> Option<&Cost> {
        self.per_mbps.as_ref()
    }

    /// Returns the blended price per GB, or `None` without traffic: the total divided by the volume of
    /// both directions in all months. It is the same volume for all offers.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// // 80 USD for 33.48 TB
    /// assert_eq!(offers[0].per_gigabyte().map(|price| format!("{price:.4}")), Some("0.0024 USD".into()));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn per_gigabyte(&self) -> Option<&Cost> {
        self.per_gigabyte.as_ref()
    }

    /// Returns the amount by which the total exceeds that of the cheapest offer: zero for that one.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// let regrets: Vec<String> = offers.iter().map(|offer| offer.regret().to_string()).collect();
    /// assert_eq!(regrets, ["0 USD", "120 USD"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn regret(&self) -> &Cost {
        &self.regret
    }
}

impl OfferMonth {
    /// Returns the total of the month's bill.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert_eq!(offers[1].months()[0].cost().to_string(), "200 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn cost(&self) -> &Cost {
        &self.cost
    }

    /// Returns whether this offer would have been the best one in this month: the cheapest, and of
    /// equally cheap ones the first that was given.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries, compare_offers,
    /// # };
    /// # use core::time::Duration;
    /// # let peak = |price| Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// # let metered = RateCard::new([peak("2 USD per 1 Mbps".parse()?)])?;
    /// # let cheap = RateCard::new([peak("0.80 USD per 1 Mbps".parse()?)])?;
    /// # let (start, day) = ("2025-01-01T00:00:00Z".parse()?, Duration::from_secs(86_400));
    /// # let inbound = UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31])?;
    /// # let outbound = UsageSeries::from_rates(start, day, [DataRate::ZERO; 31])?;
    /// # let months = [LinkUsage { inbound, outbound }];
    /// let offers = compare_offers(&[("metered", &metered), ("cheap", &cheap)], &months)?;
    /// assert!(offers[0].months()[0].is_cheapest());
    /// assert!(!offers[1].months()[0].is_cheapest());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn is_cheapest(&self) -> bool {
        self.is_cheapest
    }
}

/// Bills the months by each offer and returns the offers, the cheapest in total first. Equally cheap
/// ones stay in the given order.
///
/// Each [`LinkUsage`] is one month, billed by [`RateCard::bill_link`].
///
/// # Errors
///
/// - [`TariffError::NoOffers`], [`TariffError::NoMonths`] and [`TariffError::RepeatedOffer`] for
///   arguments that cannot be compared.
/// - At the offer and the month, [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch)
///   for a bill in another currency than the first one, or in several currencies, and the errors of
///   [`RateCard::bill_link`].
///
/// ```
/// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff};
/// use bandwidth_cost::compare_offers;
///
/// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat("1 USD per 1 Mbps".parse()?));
/// let card = RateCard::new([port])?;
/// assert_eq!(
///     compare_offers(&[("transit", &card)], &[]).unwrap_err().to_string(),
///     "no months to compare offers by: pass at least one",
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn compare_offers<N: AsRef<str>>(
    offers: &[(N, &RateCard)],
    months: &[LinkUsage],
) -> Result<Vec<OfferCost>, Error> {
    check_names(offers)?;
    let Some((first, later)) = months.split_first() else {
        return Err(TariffError::NoMonths.into());
    };
    let (rate, volume) = traffic(months);
    let mut currency = None;
    let mut compared = Vec::with_capacity(offers.len());
    for (name, card) in offers {
        let name = name.as_ref();
        let mut bill = |month, link| {
            let place = |error: Error| error.at(Place::Offer { name: clip(name), month });
            let total = card.bill_link(link).and_then(|bill| bill.total()).map_err(place)?;
            let (left, right) = (*currency.get_or_insert(total.currency()), total.currency());
            if left == right {
                return Ok(total);
            }
            Err(place(MoneyError::CurrencyMismatch { left, right }.into()))
        };
        let mut total = bill(1, first)?;
        let mut months = vec![OfferMonth { cost: total.clone(), is_cheapest: false }];
        for (month, link) in (2..).zip(later) {
            let cost = bill(month, link)?;
            total = total.checked_add(&cost)?;
            months.push(OfferMonth { cost, is_cheapest: false });
        }
        let per = |quantity: &Ratio| (!quantity.is_zero()).then(|| &total * &quantity.reciprocal());
        let (per_mbps, per_gigabyte) = (per(&rate), per(&volume));
        let (name, regret) = (name.to_owned(), Cost::zero(total.currency()));
        compared.push(OfferCost { name, months, total, per_mbps, per_gigabyte, regret });
    }
    for month in 0..months.len() {
        let bills = compared.iter_mut().filter_map(|offer| offer.months.get_mut(month));
        // Of equal ones, the first.
        let cheapest = bills.min_by(|one, other| one.cost.amount().cmp(other.cost.amount()));
        cheapest.into_iter().for_each(|bill| bill.is_cheapest = true);
    }
    compared.sort_by(|one, other| one.total.amount().cmp(other.total.amount()));
    if let [cheapest, others @ ..] = &mut *compared {
        for other in others {
            other.regret = other.total.checked_sub(&cheapest.total)?;
        }
    }
    Ok(compared)
}

/// Checks that there are offers, each with a name of its own.
fn check_names<N: AsRef<str>>(offers: &[(N, &RateCard)]) -> Result<(), Error> {
    if offers.is_empty() {
        return Err(TariffError::NoOffers.into());
    }
    let mut names = BTreeSet::new();
    match offers.iter().map(|(name, _)| name.as_ref()).find(|name| !names.insert(*name)) {
        Some(name) => Err(TariffError::RepeatedOffer { name: clip(name) }.into()),
        None => Ok(()),
    }
}

/// The sum of the months' rates in Mbps, and that of their volumes in GB.
fn traffic(months: &[LinkUsage]) -> (Ratio, Ratio) {
    let (mut rate, mut volume) = (Ratio::ZERO, Ratio::ZERO);
    for LinkUsage { inbound, outbound } in months {
        let [inward, outward] = [inbound, outbound].map(|way| way.percentile(Percentile::P95));
        rate = rate + inward.max(outward).in_unit(RateUnit::Mbps);
        for way in [inbound, outbound] {
            volume = volume + way.total().in_unit(VolumeUnit::Gigabyte);
        }
    }
    (rate, volume)
}
