//! [`Settlement`]: the rule by which a bill is rounded to money.

use crate::{
    Error, RoundingStrategy,
    money::{Cost, Money, MoneyError},
    number::Ratio,
};
use core::fmt;

/// The rule by which [`Statement::settle`](super::Statement::settle) rounds a bill to money. A
/// [`RoundingStrategy`] is the rule [`each_line`](Self::each_line).
///
/// ```
/// use bandwidth_cost::{
///     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries, jiff::Timestamp,
///     tariff::Settlement,
/// };
/// use core::time::Duration;
///
/// let price = "1.1047 CHF per 1 Mbps".parse()?;
/// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let rates = [DataRate::from_mbps(100)];
/// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
///
/// let half_up = RoundingStrategy::MidpointAwayFromZero;
/// let rule = Settlement::each_line(half_up).cash("0.05 CHF".parse()?);
/// let invoice = port.bill(&series)?.settle(rule)?;
/// assert_eq!(invoice.total()?.to_string(), "110.45 CHF");
/// let last = &invoice.lines()[1];
/// assert_eq!((last.label(), last.amount().to_string()), ("rounding", "-0.02 CHF".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its text is the rule in words: "each line rounded half to even, cash in steps of 0.05 CHF".
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settlement {
    rule: Rule,
    #[cfg_attr(feature = "serde", serde(with = "strategy_name"))]
    strategy: RoundingStrategy,
    places: Option<u32>,
    /// At most one a currency.
    cash: Vec<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
enum Rule {
    EachLine,
    TotalOnce,
}

/// Each strategy with its name in words.
const STRATEGIES: [(RoundingStrategy, &str); 7] = [
    (RoundingStrategy::MidpointNearestEven, "half to even"),
    (RoundingStrategy::MidpointAwayFromZero, "half away from zero"),
    (RoundingStrategy::MidpointTowardZero, "half toward zero"),
    (RoundingStrategy::ToZero, "toward zero"),
    (RoundingStrategy::AwayFromZero, "away from zero"),
    (RoundingStrategy::ToNegativeInfinity, "down"),
    (RoundingStrategy::ToPositiveInfinity, "up"),
];

#[cfg(feature = "serde")]
mod strategy_name {
    use super::{RoundingStrategy, STRATEGIES, in_words};
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn serialize<S: Serializer>(
        strategy: &RoundingStrategy,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(in_words(*strategy))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<RoundingStrategy, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = STRATEGIES.into_iter().find(|(_, known)| *known == name);
        known.map(|(strategy, _)| strategy).ok_or_else(|| {
            de::Error::custom(format!(
                "unknown rounding `{name}`: expected one such as half to even"
            ))
        })
    }
}

/// Returns the name of a settlement's strategy in words.
#[expect(clippy::expect_used, reason = "a settlement has its strategy by the new name")]
fn in_words(strategy: RoundingStrategy) -> &'static str {
    let known = STRATEGIES.into_iter().find(|(known, _)| *known == strategy);
    known.expect("each strategy has words").1
}

/// Returns a strategy by its new name.
#[expect(deprecated, reason = "rust_decimal's old names mean the same as its new ones")]
const fn by_new_name(strategy: RoundingStrategy) -> RoundingStrategy {
    match strategy {
        RoundingStrategy::BankersRounding => RoundingStrategy::MidpointNearestEven,
        RoundingStrategy::RoundHalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundingStrategy::RoundHalfDown => RoundingStrategy::MidpointTowardZero,
        RoundingStrategy::RoundDown => RoundingStrategy::ToZero,
        RoundingStrategy::RoundUp => RoundingStrategy::AwayFromZero,
        new => new,
    }
}

impl Settlement {
    const fn new(rule: Rule, strategy: RoundingStrategy) -> Self {
        let strategy = by_new_name(strategy);
        Self { rule, strategy, places: None, cash: Vec::new() }
    }

    /// Creates the rule that rounds each line to minor units; the total is the sum of the rounded lines.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, tariff::Settlement};
    ///
    /// let rule = Settlement::each_line(RoundingStrategy::MidpointNearestEven);
    /// assert_eq!(rule.to_string(), "each line rounded half to even");
    /// ```
    #[must_use]
    pub const fn each_line(strategy: RoundingStrategy) -> Self {
        Self::new(Rule::EachLine, strategy)
    }

    /// Creates the rule that rounds the exact total once. Lines are rounded too, and a line `rounding`
    /// in each currency carries the difference.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, tariff::Settlement};
    ///
    /// let rule = Settlement::total_once(RoundingStrategy::MidpointAwayFromZero);
    /// assert_eq!(rule.to_string(), "the total rounded once, half away from zero");
    /// ```
    #[must_use]
    pub const fn total_once(strategy: RoundingStrategy) -> Self {
        Self::new(Rule::TotalOnce, strategy)
    }

    /// Returns the rule with this number of decimal places in place of each currency's minor units:
    /// for XDR, gold and their like, which have none, and for invoices in tenths of a cent.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, tariff::Settlement};
    ///
    /// let rule = Settlement::each_line(RoundingStrategy::ToZero).places(4);
    /// assert_eq!(rule.to_string(), "each line rounded toward zero, to 4 decimal places");
    /// ```
    #[must_use]
    pub const fn places(mut self, places: u32) -> Self {
        self.places = Some(places);
        self
    }

    /// Returns the rule with the smallest coin of a currency: its total is rounded to a multiple of
    /// `step`, and a line `rounding` carries the difference. Lines stay in minor units. Each currency
    /// has one step, the last given.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, tariff::Settlement};
    ///
    /// let half_up = RoundingStrategy::MidpointAwayFromZero;
    /// let rule = Settlement::each_line(half_up).cash("0.05 CHF".parse()?);
    /// assert_eq!(
    ///     rule.to_string(),
    ///     "each line rounded half away from zero, cash in steps of 0.05 CHF",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn cash(mut self, step: Money) -> Self {
        self.cash.retain(|other| other.currency() != step.currency());
        self.cash.push(step);
        self
    }

    /// Rounds to the currency's minor units, or to the given places.
    pub(super) fn round(&self, amount: &Cost) -> Result<Money, Error> {
        match self.places {
            Some(places) => amount.round_to(places, self.strategy),
            None => amount.round(self.strategy),
        }
    }

    /// Returns the total of a currency whose rounded lines sum to `sum` and whose exact total is
    /// `exact`.
    pub(super) fn total(&self, sum: &Cost, exact: &Cost) -> Result<Money, Error> {
        let amount = match self.rule {
            Rule::EachLine => sum,
            Rule::TotalOnce => exact,
        };
        let step = self.cash.iter().find(|step| step.currency() == amount.currency());
        let Some(&step) = step else { return self.round(amount) };
        let size = Cost::from(step);
        // Lines are in minor units, so that a total in coins must be too.
        if size.is_zero() || size.is_negative() || Cost::from(self.round(&size)?) != size {
            return Err(MoneyError::CashStep { step }.into());
        }
        let coins = Ratio::whole(amount.ratio_to(&size)?.scaled(0, self.strategy));
        self.round(&Cost::new(&coins * size.amount(), size.currency()))
    }
}

impl From<RoundingStrategy> for Settlement {
    fn from(strategy: RoundingStrategy) -> Self {
        Self::each_line(strategy)
    }
}

impl fmt::Display for Settlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::EachLine => "each line rounded ",
            Rule::TotalOnce => "the total rounded once, ",
        };
        let mut text = format!("{rule}{}", in_words(self.strategy));
        if let Some(places) = self.places {
            text = format!("{text}, to {places} decimal places");
        }
        for (index, step) in self.cash.iter().enumerate() {
            let before = if index == 0 { ", cash in steps of" } else { " and" };
            text = format!("{text}{before} {step}");
        }
        f.pad(&text)
    }
}
