//! [`Schedule`]: how a quantity is priced.

mod bends;
mod bill;
mod binary;
mod changes;
mod check;
mod crossings;
mod curve;
#[cfg(feature = "serde")]
mod serde;
#[cfg(test)]
mod tests;
#[cfg(feature = "serde")]
mod text;

#[cfg(feature = "serde")]
pub(crate) use self::text::{ScheduleText, TierText, at, no_key, read, too_many_keys, with};
pub(crate) use self::{bends::range_of, curve::Metering};
pub use self::{
    check::ScheduleWarning,
    crossings::{Crossing, MAX_CROSSINGS},
    curve::{CostCurve, Segment},
};

use crate::{
    Error,
    money::{Cost, Currency, Money, MoneyError},
    number::Share,
    price::{
        LineItem, PriceError, Tiers, UnitPrice,
        tiers::{not_negative, same_currency},
        unit_price::not_zero,
    },
    quantity::Quantity,
};
use core::{
    fmt,
    hash::{Hash, Hasher},
};

/// A contract's way of pricing a quantity: flat or by tiers, with allowance, increment, commitment,
/// fees, minimum and maximum.
///
/// ```
/// use bandwidth_cost::{Currency, DataRate, Money, Schedule};
///
/// // Transit: 0.80 USD per Mbps, at least 2 Gbps are billed, and 500 USD for the port.
/// let contract = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
///     .with_commitment(DataRate::from_gbps(2))
///     .with_fixed_fee(Money::from_major(500, Currency::USD))?;
/// assert_eq!(contract.cost(DataRate::from_gbps(1)).to_string(), "2100 USD");
/// assert_eq!(contract.cost(DataRate::from_gbps(3)).to_string(), "2900 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// The arithmetic is in this order, whatever the order of the calls:
///
/// 1. the allowance is taken off the quantity;
/// 2. the rest is rounded up to a multiple of the increment,
/// 3. and raised to the commitment;
/// 4. the result, the billed quantity, is priced flat, graduated or all-units, with the fees of its
///    tiers;
/// 5. the fixed fee is added;
/// 6. the total is raised to the minimum, and cut to the maximum.
///
/// Two schedules are equal if their terms are equal. Schedules with different terms are not equal,
/// even if they give the same cost for every quantity.
#[derive(Clone)]
pub struct Schedule<Q: Quantity> {
    terms: Terms<Q>,
    /// Follows from the terms.
    curve: CostCurve<Q>,
}

/// The terms of a contract, as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Terms<Q: Quantity> {
    pricing: Pricing<Q>,
    /// Zero without one, and so are the increment and the commitment.
    allowance: Q,
    increment: Q,
    commitment: Q,
    fixed_fee: Option<Money>,
    minimum: Option<Money>,
    maximum: Option<Money>,
}

/// The prices of the billed quantity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Pricing<Q: Quantity> {
    Flat(UnitPrice<Q>),
    Graduated(Tiers<Q>),
    AllUnits(Tiers<Q>),
}

impl<Q: Quantity> Schedule<Q> {
    /// Creates a schedule with one price for the whole quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?);
    /// assert_eq!(egress.cost(DataVolume::from_terabytes(1)).to_string(), "90 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn flat(price: UnitPrice<Q>) -> Self {
        Self::of(Pricing::Flat(price))
    }

    /// Creates a schedule that prices each part of the quantity by its own tier.
    ///
    /// A tier's fee is charged once, when the billed quantity reaches the tier; the first tier is
    /// reached at zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
    ///
    /// let schedule = Schedule::graduated(Tiers::new([
    ///     Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
    ///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
    /// ])?);
    /// // 1,000 Mbps at 1 USD and 500 Mbps at 0.50 USD.
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_500)).to_string(), "1250 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn graduated(tiers: Tiers<Q>) -> Self {
        Self::of(Pricing::Graduated(tiers))
    }

    /// Creates a schedule that prices the whole quantity by the one tier that holds it, and charges
    /// only that tier's fee.
    ///
    /// The cost can fall as use grows, and [`Schedule::check`] reports where. For tiers of which each
    /// prices its own part of the quantity, see [`graduated`](Self::graduated).
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
    ///
    /// let schedule = Schedule::all_units(Tiers::new([
    ///     Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
    ///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
    /// ])?);
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_000)).to_string(), "1000 USD");
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_500)).to_string(), "750 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn all_units(tiers: Tiers<Q>) -> Self {
        Self::of(Pricing::AllUnits(tiers))
    }

    fn of(pricing: Pricing<Q>) -> Self {
        let none = Q::from_units(0);
        Self::new(Terms {
            pricing,
            allowance: none,
            increment: none,
            commitment: none,
            fixed_fee: None,
            minimum: None,
            maximum: None,
        })
    }

    fn new(terms: Terms<Q>) -> Self {
        let curve = terms.curve(Share::ONE);
        Self { terms, curve }
    }

    /// The schedule with another allowance or increment, which change no segment of the curve.
    fn metered(terms: Terms<Q>, curve: CostCurve<Q>) -> Self {
        let curve = curve.with_metering(terms.metering(Share::ONE));
        Self { terms, curve }
    }

    /// Adds a free quantity, which is taken off before anything else. It replaces an earlier one.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?)
    ///     .with_allowance(DataVolume::from_gigabytes(100));
    /// assert_eq!(egress.cost(DataVolume::from_gigabytes(80)).to_string(), "0 USD");
    /// assert_eq!(egress.cost(DataVolume::from_gigabytes(300)).to_string(), "18 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_allowance(mut self, free: Q) -> Self {
        self.terms.allowance = free;
        Self::metered(self.terms, self.curve)
    }

    /// Adds an increment: a quantity is billed by started increments ("per started MB"). What is left
    /// after the allowance is rounded up to a whole multiple of the increment, once, before it is priced
    /// by any tier. The increment replaces an earlier one.
    ///
    /// A package ("5 USD per started 100 MB, the first 100 free") is a flat price with an allowance
    /// and an increment.
    ///
    /// # Errors
    ///
    /// [`PriceError::ZeroQuantity`] for an increment of zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let hundred = DataVolume::from_megabytes(100);
    /// let package = Schedule::flat("5 USD per 100 MB".parse()?)
    ///     .with_allowance(hundred)
    ///     .with_increment(hundred)?;
    /// assert_eq!(package.cost(DataVolume::from_megabytes(201)).to_string(), "10 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_increment(mut self, increment: Q) -> Result<Self, Error> {
        not_zero("an increment", increment)?;
        self.terms.increment = increment;
        Ok(Self::metered(self.terms, self.curve))
    }

    /// Adds a commitment: the least quantity that is billed. It replaces an earlier one.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_mbps(500));
    /// assert_eq!(transit.cost(DataRate::from_mbps(120)).to_string(), "400 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_commitment(mut self, least: Q) -> Self {
        self.terms.commitment = least;
        Self::new(self.terms)
    }

    /// Adds a fee that is charged for every quantity, zero included. It replaces an earlier one.
    ///
    /// # Errors
    ///
    /// - [`PriceError::TwoCurrencies`] for a fee in another currency than the prices.
    /// - [`PriceError::NegativeAmount`] for a fee below zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let with_port = transit.with_fixed_fee("250 USD".parse()?)?;
    /// assert_eq!(with_port.cost(DataRate::from_mbps(100)).to_string(), "330 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_fixed_fee(mut self, fee: Money) -> Result<Self, Error> {
        self.terms.fixed_fee = Some(self.charge("a fixed fee", fee)?);
        Ok(Self::new(self.terms))
    }

    /// Adds a minimum: the least that any quantity costs. It replaces an earlier one.
    ///
    /// # Errors
    ///
    /// - [`PriceError::TwoCurrencies`] for an amount in another currency than the prices.
    /// - [`PriceError::NegativeAmount`] for one below zero.
    /// - [`PriceError::MaximumBelowMinimum`] for one above the maximum.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_minimum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(100)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_minimum(mut self, least: Money) -> Result<Self, Error> {
        self.terms.minimum = Some(self.charge("a minimum", least)?);
        self.bounded()
    }

    /// Adds a maximum: the most that any quantity costs. It replaces an earlier one.
    ///
    /// # Errors
    ///
    /// - [`PriceError::TwoCurrencies`] for an amount in another currency than the prices.
    /// - [`PriceError::NegativeAmount`] for one below zero.
    /// - [`PriceError::MaximumBelowMinimum`] for one below the minimum.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_maximum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(500)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_maximum(mut self, most: Money) -> Result<Self, Error> {
        self.terms.maximum = Some(self.charge("a maximum", most)?);
        self.bounded()
    }

    fn charge(&self, what: &'static str, money: Money) -> Result<Money, Error> {
        same_currency(self.currency(), money)?;
        not_negative(what, money)?;
        Ok(money)
    }

    fn bounded(self) -> Result<Self, Error> {
        match (self.terms.minimum, self.terms.maximum) {
            (Some(minimum), Some(maximum)) if maximum < minimum => {
                Err(PriceError::MaximumBelowMinimum { maximum, minimum }.into())
            }
            _ => Ok(Self::new(self.terms)),
        }
    }

    /// Returns the currency of all prices and charges.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, DataRate, Schedule};
    ///
    /// let transit = Schedule::<DataRate>::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(transit.currency(), Currency::USD);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.terms.currency()
    }

    /// Returns the free quantity, or zero without an allowance.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let free = DataVolume::from_gigabytes(100);
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?).with_allowance(free);
    /// assert_eq!(egress.allowance(), free);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn allowance(&self) -> Q {
        self.terms.allowance
    }

    /// Returns the least quantity that is billed, or zero without a commitment.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let least = DataRate::from_gbps(2);
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_commitment(least);
    /// assert_eq!(transit.commitment(), least);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn commitment(&self) -> Q {
        self.terms.commitment
    }

    /// Returns the exact cost of a quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?);
    /// assert_eq!(egress.cost(DataVolume::from_megabytes(1)).to_string(), "0.00009 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn cost(&self, quantity: Q) -> Cost {
        self.curve.cost(quantity)
    }

    /// Returns the cost that is still to be billed in a period: the cost of `quantity`, used since
    /// the period began, less the cost of `billed`, the quantity up to which it was billed before.
    ///
    /// The first bill of a period, with `None`, is the whole [`cost`](Self::cost), with fees and
    /// minimum. All bills of a period add up to the cost of its last quantity. A bill is negative
    /// where the cost falls as use grows.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency, DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?).with_minimum("5 USD".parse()?)?;
    /// let [half, whole] = [40, 100].map(DataVolume::from_gigabytes);
    /// let first = egress.cost_between(None, half);
    /// let second = egress.cost_between(Some(half), whole);
    /// assert_eq!((first.to_string(), second.to_string()), ("5 USD".into(), "4 USD".into()));
    /// assert_eq!(Cost::sum(Currency::USD, [first, second])?, egress.cost(whole));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn cost_between(&self, billed: Option<Q>, quantity: Q) -> Cost {
        let total = self.cost(quantity);
        match billed {
            Some(billed) => Cost::new(total.amount() - self.cost(billed).amount(), self.currency()),
            None => total,
        }
    }

    /// Returns the largest quantity that costs at most `budget`, or `None` if even a quantity of zero
    /// costs more, as below a fixed fee.
    ///
    /// It is exact to the smallest unit, a billionth of a bit or 1 bit/s. Where the total falls as use
    /// grows, it is the largest of all quantities within the budget, though smaller ones may cost more.
    /// Where none costs more, as under a maximum, it is the largest quantity of the type, such as
    /// [`DataRate::MAX`](crate::DataRate::MAX).
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) for a budget in
    /// another currency.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_fixed_fee("250 USD".parse()?)?
    ///     .with_increment(DataRate::from_mbps(100))?;
    /// // 750 USD are left for 937.5 Mbps, of which the increment leaves 900.
    /// let most = transit.largest_within(&"1000 USD".parse()?)?;
    /// assert_eq!(most, Some(DataRate::from_mbps(900)));
    /// assert_eq!(transit.largest_within(&"249.99 USD".parse()?)?, None);
    ///
    /// let capped = transit.with_maximum("1000 USD".parse()?)?;
    /// assert_eq!(capped.largest_within(&"1000 USD".parse()?)?, Some(DataRate::MAX));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn largest_within(&self, budget: &Cost) -> Result<Option<Q>, Error> {
        one_currency(self.currency(), budget.currency())?;
        Ok(self.curve.largest_within(budget.amount()))
    }

    /// Returns the cost as the lines of a bill. Their amounts sum to [`cost`](Self::cost).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule, Tier, Tiers};
    ///
    /// let egress = Schedule::graduated(Tiers::new([
    ///     Tier::up_to(DataVolume::from_terabytes(10), "0.09 USD per 1 GB".parse()?),
    ///     Tier::rest("0.07 USD per 1 GB".parse()?),
    /// ])?);
    /// let lines = egress.lines(DataVolume::from_terabytes(12));
    /// let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    /// assert_eq!(lines, [
    ///     "up to 10 TB: 10 TB at 0.09 USD per 1 GB = 900 USD",
    ///     "above 10 TB: 2 TB at 0.07 USD per 1 GB = 140 USD",
    /// ]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn lines(&self, quantity: Q) -> Vec<LineItem> {
        self.lines_of_part(quantity, Share::ONE)
    }

    /// Returns the cost of each quantity as straight segments.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?).with_minimum("9 USD".parse()?)?;
    /// let [least, rising] = egress.curve().segments() else { panic!("two segments") };
    /// assert_eq!(least.last(), Some(DataVolume::from_gigabytes(100)));
    /// assert_eq!(least.base().to_string(), "9 USD");
    /// assert!(rising.base().is_zero());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn curve(&self) -> &CostCurve<Q> {
        &self.curve
    }
}

/// Checks that the currencies of two costs to be compared are the same.
pub(super) fn one_currency(left: Currency, right: Currency) -> Result<(), Error> {
    if left == right {
        return Ok(());
    }
    Err(MoneyError::CurrencyMismatch { left, right }.into())
}

impl<Q: Quantity> Terms<Q> {
    fn currency(&self) -> Currency {
        match &self.pricing {
            Pricing::Flat(price) => price.currency(),
            Pricing::Graduated(tiers) | Pricing::AllUnits(tiers) => tiers.currency(),
        }
    }
}

impl<Q: Quantity> PartialEq for Schedule<Q> {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl<Q: Quantity> Eq for Schedule<Q> {}

impl<Q: Quantity> Hash for Schedule<Q> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.terms.hash(state);
    }
}

impl<Q: Quantity> fmt::Debug for Schedule<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schedule").field(&self.terms).finish()
    }
}
