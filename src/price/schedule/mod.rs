//! [`Schedule`]: how a quantity is priced.

mod bill;
mod check;
mod curve;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "serde")]
mod text;

pub use self::check::ScheduleWarning;
pub(crate) use self::curve::{Metering, Piece};
#[cfg(feature = "serde")]
pub(crate) use self::text::{
    ScheduleParts, ScheduleText, Text, TierText, at, entry, no_key, too_many_keys,
};

use crate::{
    Error,
    money::{Cost, Currency, Money},
    number::Share,
    price::{
        LineItem, PriceError, Tiers, UnitPrice,
        tiers::{not_negative, same_currency},
    },
    quantity::Quantity,
};

/// How a quantity is priced: flat or by tiers, and what contracts put around that.
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
/// 2. what is left is rounded up to a multiple of the increment,
/// 3. and raised to the commitment;
/// 4. that is priced, flat, graduated or all-units, with the tiers' fees;
/// 5. the fixed fee is added;
/// 6. the whole is raised to the minimum, and cut to the maximum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schedule<Q: Quantity> {
    pub(super) pricing: Pricing<Q>,
    /// Zero where there is none, and so are the increment and the commitment.
    pub(super) allowance: Q,
    pub(super) increment: Q,
    pub(super) commitment: Q,
    pub(super) fixed_fee: Option<Money>,
    pub(super) minimum: Option<Money>,
    pub(super) maximum: Option<Money>,
}

/// How the billed quantity meets the prices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Pricing<Q: Quantity> {
    Flat(UnitPrice<Q>),
    Graduated(Tiers<Q>),
    AllUnits(Tiers<Q>),
}

impl<Q: Quantity> Schedule<Q> {
    /// One price for all of the quantity.
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

    /// Each part of the quantity at the price of its own tier.
    ///
    /// A tier's fee is charged once, when the tier is reached; the first tier's at zero.
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

    /// The whole quantity at the price of the tier that it falls in, whose fee alone is charged.
    ///
    /// The total may fall where use grows: see [`Schedule::check`].
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
        Self {
            pricing,
            allowance: none,
            increment: none,
            commitment: none,
            fixed_fee: None,
            minimum: None,
            maximum: None,
        }
    }

    /// With a free quantity, which is taken off first.
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
        self.allowance = free;
        self
    }

    /// Rounded up to a multiple of an increment: "per started MB". A package ("5 USD per started
    /// 100 MB, the first 100 free") is a flat price with an allowance and an increment.
    ///
    /// # Errors
    ///
    /// [`PriceError::ZeroIncrement`].
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
        if increment.units() == 0 {
            let increment = increment.to_string();
            return Err(PriceError::ZeroIncrement { increment, write: Q::USUAL }.into());
        }
        self.increment = increment;
        Ok(self)
    }

    /// With a quantity that is billed at least.
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
        self.commitment = least;
        self
    }

    /// With a fee that is added after the tiers.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`]; [`PriceError::NegativeCharge`].
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
        self.fixed_fee = Some(self.charge("fixed fee", fee)?);
        Ok(self)
    }

    /// With an amount that the whole is at least.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`]; [`PriceError::NegativeCharge`]; [`PriceError::MaximumBelowMinimum`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_minimum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(100)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_minimum(mut self, least: Money) -> Result<Self, Error> {
        self.minimum = Some(self.charge("minimum", least)?);
        self.in_order()
    }

    /// With an amount that the whole is at most.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`]; [`PriceError::NegativeCharge`]; [`PriceError::MaximumBelowMinimum`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_maximum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(500)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_maximum(mut self, most: Money) -> Result<Self, Error> {
        self.maximum = Some(self.charge("maximum", most)?);
        self.in_order()
    }

    fn charge(&self, what: &'static str, money: Money) -> Result<Money, Error> {
        same_currency(self.currency(), money)?;
        not_negative(what, money)?;
        Ok(money)
    }

    fn in_order(self) -> Result<Self, Error> {
        match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if maximum < minimum => {
                Err(PriceError::MaximumBelowMinimum {
                    maximum: maximum.to_string(),
                    minimum: minimum.to_string(),
                }
                .into())
            }
            _ => Ok(self),
        }
    }

    /// The currency of all its prices and fees.
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
        match &self.pricing {
            Pricing::Flat(price) => price.currency(),
            Pricing::Graduated(tiers) | Pricing::AllUnits(tiers) => tiers.currency(),
        }
    }

    /// The free quantity; zero without one.
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
        self.allowance
    }

    /// The quantity that is billed at least; zero without one.
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
        self.commitment
    }

    /// What a quantity costs, exactly. It never fails.
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
        self.cost_of_part(quantity, Share::ONE)
    }

    /// What is still to be billed when `billed` has been: month to date. The first bill of a period,
    /// with `None`, is [`cost`](Self::cost), fees and minimum among it; all bills of a period add up
    /// to the cost of its whole quantity.
    ///
    /// It may be negative, where the total falls as use grows.
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

    /// The same total, itemised: the lines' amounts sum to [`cost`](Self::cost).
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
}
