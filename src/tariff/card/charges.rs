//! The part of [`RateCard`] that is of all its tariffs together: minimum, maximum and adjustments.

use crate::{
    Error,
    money::{Cost, Money},
    number::{Ratio, Share},
    price::{LineItem, LineKind, PriceError, not_negative},
    tariff::{Adjustment, RateCard, StatementLine, Tariff, TariffError},
    text::clip,
};

/// The charges of a card that are of all its tariffs together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tariff) struct Charges {
    pub(in crate::tariff) minimum: Option<Money>,
    pub(in crate::tariff) maximum: Option<Money>,
    pub(in crate::tariff) adjustments: Vec<Adjustment>,
}

impl RateCard {
    /// Adds a minimum: the least that all tariffs together cost in a billing period, before adjustments.
    /// It replaces an earlier one. In a part of a period it is multiplied by the share in service.
    ///
    /// # Errors
    ///
    /// - [`TariffError::BoundCurrency`] if a tariff is in another currency.
    /// - [`PriceError::NegativeAmount`] for a minimum below zero, and
    ///   [`PriceError::MaximumBelowMinimum`] for one above the maximum.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let transit = Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// let port = Tariff::fee("port", "10 USD".parse()?);
    /// let card = RateCard::new([transit, port])?.with_minimum("100 USD".parse()?)?;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(50); 288];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = card.bill(&series)?; // 40 + 10, and 50 more
    /// assert_eq!(bill.lines()[2].line().to_string(), "up to the minimum: 50 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_minimum(mut self, least: Money) -> Result<Self, Error> {
        self.charges.minimum = Some(self.bound("a minimum", least)?);
        self.bounded()
    }

    /// Adds a maximum: the most that all tariffs together cost in a billing period, before adjustments.
    /// It replaces an earlier one. In a part of a period it is multiplied by the share in service.
    ///
    /// # Errors
    ///
    /// - [`TariffError::BoundCurrency`] if a tariff is in another currency.
    /// - [`PriceError::NegativeAmount`] for a maximum below zero, and
    ///   [`PriceError::MaximumBelowMinimum`] for one below the minimum.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let transit = Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// let port = Tariff::fee("port", "10 USD".parse()?);
    /// let card = RateCard::new([transit, port])?.with_maximum("45 USD".parse()?)?;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(50); 288];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = card.bill(&series)?; // 40 + 10, and 5 less
    /// assert_eq!(bill.lines()[2].line().to_string(), "down to the maximum: -5 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_maximum(mut self, most: Money) -> Result<Self, Error> {
        self.charges.maximum = Some(self.bound("a maximum", most)?);
        self.bounded()
    }

    /// Adds an adjustment after all tariffs and earlier adjustments: see [`Adjustment`].
    ///
    /// # Errors
    ///
    /// - [`TariffError::AdjustmentCurrency`] for an amount in a currency that no tariff has.
    /// - [`TariffError::RepeatedAdjustment`] if a tariff or an earlier adjustment has its name,
    ///   and [`TariffError::NoName`] if it has an empty one.
    /// - [`TariffError::UnknownLines`] if it is a percentage [`of`](Adjustment::of) a name that no tariff
    ///   or earlier adjustment has, [`TariffError::Empty`] if it is one of no names, and
    ///   [`TariffError::AmountOfLines`] if it is an amount of lines.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Tariff, tariff::Adjustment};
    ///
    /// let card = RateCard::new([Tariff::fee("port", "250 USD".parse()?)])?
    ///     .with_adjustment(Adjustment::percent("levy", "2%")?.of(["port"]))?
    ///     .with_adjustment(Adjustment::percent("tax", "15%")?.of(["port", "levy"]))?;
    /// assert_eq!(card.adjustments().len(), 2);
    ///
    /// let other = Adjustment::percent("surcharge", "1%")?.of(["prot"]);
    /// assert_eq!(
    ///     card.with_adjustment(other).unwrap_err().to_string(),
    ///     "no tariff or earlier adjustment is named `prot`: write `port`, `levy` or `tax`",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_adjustment(self, adjustment: Adjustment) -> Result<Self, Error> {
        self.adding(adjustment, &[]).map_err(|(_, error)| error)
    }

    /// Returns the minimum of all tariffs together, or `None` without one.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Tariff};
    ///
    /// let card = RateCard::new([Tariff::fee("port", "250 USD".parse()?)])?;
    /// assert_eq!(card.minimum(), None);
    /// assert_eq!(card.with_minimum("300 USD".parse()?)?.minimum(), Some("300 USD".parse()?));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn minimum(&self) -> Option<Money> {
        self.charges.minimum
    }

    /// Returns the maximum of all tariffs together, or `None` without one.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Tariff};
    ///
    /// let card = RateCard::new([Tariff::fee("port", "250 USD".parse()?)])?;
    /// assert_eq!(card.maximum(), None);
    /// assert_eq!(card.with_maximum("200 USD".parse()?)?.maximum(), Some("200 USD".parse()?));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn maximum(&self) -> Option<Money> {
        self.charges.maximum
    }

    /// Returns the adjustments.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Tariff, tariff::Adjustment};
    ///
    /// let card = RateCard::new([Tariff::fee("port", "250 USD".parse()?)])?
    ///     .with_adjustment(Adjustment::percent("tax", "15%")?)?;
    /// assert_eq!(card.adjustments()[0].name(), "tax");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.charges.adjustments
    }

    /// Adds an adjustment; `later` are the names of those from this one on. Returns an error with the key
    /// that it is about.
    pub(super) fn adding(
        mut self,
        adjustment: Adjustment,
        later: &[&str],
    ) -> Result<Self, (&'static str, Error)> {
        let tariffs = self.tariffs.iter().map(Tariff::name);
        let before = tariffs.chain(self.charges.adjustments.iter().map(Adjustment::name));
        adjustment.check(before, later, self.tariffs.iter().map(Tariff::currency))?;
        self.charges.adjustments.push(adjustment);
        Ok(self)
    }

    fn bound(&self, bound: &'static str, amount: Money) -> Result<Money, Error> {
        not_negative(bound, amount)?;
        let other = self.tariffs.iter().find(|tariff| tariff.currency() != amount.currency());
        if let Some(tariff) = other {
            let (currency, tariff) = (tariff.currency(), clip(tariff.name()));
            return Err(TariffError::BoundCurrency { bound, amount, tariff, currency }.into());
        }
        Ok(amount)
    }

    fn bounded(self) -> Result<Self, Error> {
        match (self.charges.minimum, self.charges.maximum) {
            (Some(minimum), Some(maximum)) if maximum < minimum => {
                Err(PriceError::MaximumBelowMinimum { maximum, minimum }.into())
            }
            _ => Ok(self),
        }
    }

    /// Returns the line that raises the tariffs' total to the minimum for the share in service, or cuts it
    /// to the maximum.
    pub(in crate::tariff) fn bound_line(
        &self,
        lines: &[StatementLine],
        in_service: Share,
    ) -> Option<StatementLine> {
        let Charges { minimum, maximum, .. } = &self.charges;
        // With a minimum or a maximum, all lines are in its currency.
        let total = lines.iter().fold(Ratio::ZERO, |total, line| &total + line.amount().amount());
        let bounds = [
            (minimum, LineKind::Minimum, core::cmp::Ordering::Less),
            (maximum, LineKind::Maximum, core::cmp::Ordering::Greater),
        ];
        bounds.into_iter().find_map(|(bound, kind, beyond)| {
            let bound = Cost::from((*bound)?) * in_service;
            (total.cmp(bound.amount()) == beyond).then(|| {
                let missing = Cost::new(bound.amount() - &total, bound.currency());
                let line = LineItem::charge(kind, kind.in_words().to_owned(), missing);
                StatementLine::of_the_bill(line)
            })
        })
    }
}
