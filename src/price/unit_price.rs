//! [`UnitPrice`]: money per quantity, and the cost of a quantity.

use crate::{
    Error,
    money::{Cost, Currency, Money},
    number::{NumberError, Ratio, gcd},
    price::{
        AnyPrice, PriceError, Schedule, schedule::one_currency, tiers::not_negative,
        unit_price_text::PriceFault, written::Written,
    },
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity},
};
use core::{
    cmp::Ordering,
    hash::{Hash, Hasher},
    time::Duration,
};

/// Money per quantity: `1 USD per 1 MB`, `0.80 USD per 1 Mbps`.
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume, pta};
/// use core::time::Duration;
///
/// // To restate a price in another unit, price one of that unit.
/// let price = pta::DISRUPTION_COST; // 10,000 USD per 1 Tbps for 1 min
/// let gigabyte = price.cost(DataVolume::from_gigabytes(1));
/// assert_eq!(gigabyte.to_string(), "4/3 USD");
/// let mbps_for_30_days = price.cost(DataRate::from_mbps(1) * Duration::from_secs(30 * 86_400));
/// assert_eq!(mbps_for_30_days.to_string(), "432 USD");
/// ```
///
/// Equality, order and hash are by value: `2 USD per 2 MB` equals `1 USD per 1 MB`. Prices in two
/// currencies are not equal and have no order.
///
/// # Text
///
/// | price | is read as |
/// | --- | --- |
/// | per volume | `1 USD per 1 MB`, `1 USD per MB`, `1 USD/MB` |
/// | per rate over a time | `10000 USD per 1 Tbps for 1 min`, `10000 USD per min per Tbps` |
/// | per rate and billing period | `0.80 USD per 1 Mbps`, `0.80 USD per Mbps per month`, `0.80 USD/Mbps/month` |
///
/// The time is in `ns`, `us`, `ms`, `s`, `min`, `h` or `days`. A price is written in the first form
/// of its row, with the amount and the units from which it was created:
/// `10000 USD per 1 Tbps for 1 min`, `0.12 USD per 1 GiB`. `{:.2}` rounds the amount half to even,
/// `{:>28}` pads, `{:#}` groups the amount's thousands. [`volume_price!`](crate::volume_price) and
/// [`rate_price!`](crate::rate_price) read a literal when compiling.
#[derive(Clone, Copy)]
pub struct UnitPrice<Q> {
    amount: Money,
    per: Q,
    written: Written,
    /// Money per smallest unit of the quantity; `None` where 128 bits don't hold the fraction.
    per_unit: Option<Fraction>,
}

/// A fraction in lowest terms.
#[derive(Clone, Copy)]
struct Fraction {
    numerator: u128,
    denominator: u128,
}

/// Money per volume: `1 USD per 1 MB`.
pub type VolumePrice = UnitPrice<DataVolume>;

/// Money per rate and billing period: `0.80 USD per 1 Mbps`.
pub type RatePrice = UnitPrice<DataRate>;

impl<Q: Quantity> UnitPrice<Q> {
    /// Creates a price of `amount` per `per`.
    ///
    /// # Errors
    ///
    /// - [`PriceError::NegativeAmount`] for an amount below zero.
    /// - [`PriceError::ZeroQuantity`] for a quantity of zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, DataVolume, Money, RatePrice, VolumePrice};
    ///
    /// let transit = RatePrice::new("0.80 USD".parse()?, DataRate::from_mbps(1))?;
    /// assert_eq!(transit.cost(DataRate::from_gbps(2)).to_string(), "1600 USD");
    /// assert_eq!(
    ///     VolumePrice::new("1 USD".parse()?, DataVolume::ZERO).unwrap_err().to_string(),
    ///     "the quantity of a price can't be 0 B: write a quantity above zero, such as 1 MB",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(amount: Money, per: Q) -> Result<Self, Error> {
        not_negative("a price", amount)?;
        not_zero("the quantity of a price", per)?;
        Ok(Self::of(amount, per, per.units()))
    }

    /// Returns the exact cost of a quantity: amount × quantity ÷ per.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, pta};
    ///
    /// let cost = pta::INTERNATIONAL_CHARGE.cost(DataVolume::from_bits(1));
    /// assert_eq!(cost.to_string(), "0.000000125 USD");
    /// ```
    #[must_use]
    pub fn cost(&self, quantity: Q) -> Cost {
        if let Some(Fraction { numerator, denominator }) = self.per_unit {
            let product = numerator.checked_mul(quantity.units());
            if let Some(Ok(product)) = product.map(i128::try_from) {
                return Cost::new(Ratio::small(product, denominator), self.currency());
            }
        }
        let quantity = Ratio::fraction(false, quantity.units(), self.per.units());
        Cost::new(&Ratio::from(self.amount.amount()) * &quantity, self.currency())
    }

    /// Returns the exact quotient of two prices: this price as a multiple of `other`.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) for prices in two
    ///   currencies.
    /// - [`NumberError::DivisionByZero`] if `other` is a price of zero.
    ///
    /// ```
    /// use bandwidth_cost::pta;
    ///
    /// let factor = pta::INTERNATIONAL_CHARGE.ratio_to(&pta::DISRUPTION_COST)?;
    /// assert_eq!(factor.to_string(), "750");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn ratio_to(&self, other: &Self) -> Result<Ratio, Error> {
        one_currency(self.currency(), other.currency())?;
        if other.amount.amount().is_zero() {
            return Err(
                NumberError::DivisionByZero { dividend: self.amount.amount().into() }.into()
            );
        }
        self.value().checked_div(&other.value())
    }

    /// Returns the largest quantity that costs at most `budget`, or `None` if the budget is below zero.
    ///
    /// It is exact to the smallest unit, a billionth of a bit or 1 bit/s, and at most the largest
    /// quantity of the type, which is what a price of zero always gives.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) for a budget in
    /// another currency.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, RatePrice};
    ///
    /// let transit: RatePrice = "0.80 USD per 1 Mbps".parse()?;
    /// let most = transit.largest_within(&"1000 USD".parse()?)?;
    /// assert_eq!(most, Some(DataRate::from_mbps(1_250)));
    /// assert_eq!(transit.largest_within(&"-1 USD".parse()?)?, None);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn largest_within(&self, budget: &Cost) -> Result<Option<Q>, Error> {
        Schedule::flat(*self).largest_within(budget)
    }

    /// The price as one of either kind.
    pub(super) fn of_either_kind(self) -> AnyPrice {
        let Self { amount, per, written, per_unit } = self;
        match per.measured() {
            AnyQuantity::Volume(per) => {
                AnyPrice::Volume(UnitPrice { amount, per, written, per_unit })
            }
            AnyQuantity::Rate(per) => AnyPrice::Rate(UnitPrice { amount, per, written, per_unit }),
        }
    }

    /// Returns the quantity as text, in the units in which it was given.
    pub(super) fn per_text(&self) -> String {
        self.written.write(self.per.measured())
    }

    /// Money per smallest unit of the quantity.
    pub(super) fn value(&self) -> Ratio {
        let per = Ratio::fraction(false, 1, self.per.units());
        &Ratio::from(self.amount.amount()) * &per
    }
}

impl<Q: Copy> UnitPrice<Q> {
    /// Returns the amount charged per [`per`](Self::per).
    ///
    /// ```
    /// let price = bandwidth_cost::pta::DISRUPTION_COST;
    /// assert_eq!(price.amount().to_string(), "10000 USD");
    /// ```
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// Returns the quantity for which [`amount`](Self::amount) is charged.
    ///
    /// ```
    /// let price = bandwidth_cost::pta::DISRUPTION_COST;
    /// assert_eq!(price.per().to_string(), "7.5 TB");
    /// ```
    #[must_use]
    pub const fn per(&self) -> Q {
        self.per
    }

    /// Returns the currency.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, pta};
    /// assert_eq!(pta::DISRUPTION_COST.currency(), Currency::USD);
    /// ```
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.amount.currency()
    }

    /// A price of `amount`, which must not be negative, per `units` smallest units, which must not be
    /// zero.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::cast_sign_loss,
        reason = "a decimal has at most 28 places, the amount is not negative, and the divisors \
                  are of numbers above zero"
    )]
    pub(super) const fn of(amount: Money, per: Q, units: u128) -> Self {
        let (mut numerator, mut places) =
            (amount.amount().mantissa() as u128, 10_u128.pow(amount.amount().scale()));
        let common = gcd(numerator, places);
        (numerator, places) = (numerator / common, places / common);
        let common = gcd(numerator, units);
        let per_unit = match places.checked_mul(units / common) {
            Some(denominator) => Some(Fraction { numerator: numerator / common, denominator }),
            None => None,
        };
        Self { amount, per, written: Written::Plainly, per_unit }
    }

    /// Returns the price with the units in which its quantity is written.
    pub(super) const fn written(mut self, written: Written) -> Self {
        self.written = written;
        self
    }
}

pub(super) fn not_zero<Q: Quantity>(what: &'static str, quantity: Q) -> Result<(), Error> {
    if quantity.units() > 0 {
        return Ok(());
    }
    Err(PriceError::ZeroQuantity { what, quantity: quantity.measured() }.into())
}

/// The amount of a constant's price, which panics if it is negative.
#[track_caller]
const fn constant(amount: Money) -> Money {
    assert!(amount.amount().mantissa() >= 0, "a price below zero");
    amount
}

impl VolumePrice {
    /// Creates a price per megabyte (10⁶ bytes).
    ///
    /// # Panics
    ///
    /// Panics if the amount is negative.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, Money, VolumePrice, pta};
    ///
    /// const CHARGE: VolumePrice = VolumePrice::per_megabyte(Money::from_major(1, Currency::USD));
    /// assert_eq!(CHARGE, pta::INTERNATIONAL_CHARGE);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn per_megabyte(amount: Money) -> Self {
        Self::per_volume(amount, DataVolume::from_megabytes(1))
    }

    /// Creates a price per gigabyte (10⁹ bytes).
    ///
    /// # Panics
    ///
    /// Panics if the amount is negative.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, Money, VolumePrice};
    ///
    /// const EGRESS: VolumePrice = VolumePrice::per_gigabyte(Money::from_minor(9, Currency::USD));
    /// assert_eq!(EGRESS.to_string(), "0.09 USD per 1 GB");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn per_gigabyte(amount: Money) -> Self {
        Self::per_volume(amount, DataVolume::from_gigabytes(1))
    }

    /// Creates a price for a rate over a time, which is a price per the volume rate × time.
    ///
    /// # Errors
    ///
    /// - [`PriceError::NegativeAmount`] for an amount below zero.
    /// - [`PriceError::ZeroQuantity`] if the rate or the time is zero.
    /// - [`TextError::TooLarge`](crate::text::TextError::TooLarge) if their product exceeds [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{Currency, DataRate, Money, VolumePrice, pta};
    /// use core::time::Duration;
    ///
    /// let minute = Duration::from_secs(60);
    /// let dollars = Money::from_major(10_000, Currency::USD);
    /// let price = VolumePrice::per_rate_time(dollars, DataRate::from_tbps(1), minute)?;
    /// assert_eq!(price, pta::DISRUPTION_COST);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn per_rate_time(amount: Money, rate: DataRate, time: Duration) -> Result<Self, Error> {
        let per = rate.checked_mul(time).ok_or(PriceFault::TooLong { rate, time })?;
        let written = Written::RateTime { rate, rate_in: None, time, time_in: None };
        Ok(Self::new(amount, per)?.written(written))
    }

    /// A constant's price for a rate over a time, neither of which may be zero.
    #[track_caller]
    #[expect(clippy::panic, reason = "in a constant, it is an error of the compiler")]
    pub(crate) const fn constant_per_rate_time(
        amount: Money,
        rate: DataRate,
        time: Duration,
    ) -> Self {
        let Some(per) = rate.checked_mul(time) else {
            panic!("a rate over a time above the largest volume");
        };
        let written = Written::RateTime { rate, rate_in: None, time, time_in: None };
        Self::per_volume(amount, per).written(written)
    }

    /// `per` must not be zero.
    #[track_caller]
    pub(crate) const fn per_volume(amount: Money, per: DataVolume) -> Self {
        Self::of(constant(amount), per, per.as_nanobits())
    }
}

impl RatePrice {
    /// Creates a price per Mbps and billing period.
    ///
    /// # Panics
    ///
    /// Panics if the amount is negative.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, DataRate, Money, RatePrice};
    ///
    /// const TRANSIT: RatePrice = RatePrice::per_mbps(Money::from_minor(80, Currency::USD));
    /// assert_eq!(TRANSIT.cost(DataRate::from_gbps(10)).to_string(), "8000 USD");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn per_mbps(amount: Money) -> Self {
        let per = DataRate::from_mbps(1);
        Self::of(constant(amount), per, per.as_bps() as u128)
    }
}

impl<Q: Quantity> PartialEq for UnitPrice<Q> {
    fn eq(&self, other: &Self) -> bool {
        self.currency() == other.currency() && self.value() == other.value()
    }
}

impl<Q: Quantity> Eq for UnitPrice<Q> {}

impl<Q: Quantity> PartialOrd for UnitPrice<Q> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency() == other.currency()).then(|| self.value().cmp(&other.value()))
    }
}

impl<Q: Quantity> Hash for UnitPrice<Q> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.currency().hash(state);
        self.value().hash(state);
    }
}
