//! [`Cost`]: an exact amount of money.

use crate::{
    Error,
    money::{Currency, Money, MoneyError, money::expected_first},
    number::{Ratio, Share},
    text::Scanner,
};
use core::{
    borrow::Borrow,
    cmp::Ordering,
    fmt,
    ops::{Mul, Neg},
    str::FromStr,
};

/// An exact amount of money: a rational number and its currency.
///
/// Every price calculation returns a `Cost`. $10,000 per 7.5 TB is 4/3 USD per GB, which no decimal
/// holds; a `Cost` holds it, never overflows, and adds up to the same sum in any order.
/// [`Cost::round`] converts it to [`Money`].
///
/// ```
/// use bandwidth_cost::{DataVolume, RoundingStrategy, pta};
///
/// let cost = pta::DISRUPTION_COST.cost(DataVolume::from_gigabytes(1));
/// assert_eq!(cost.to_string(), "4/3 USD");
/// assert_eq!((cost.clone() * 3).to_string(), "4 USD");
/// assert_eq!(cost.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "1.33 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// There is no `+`, because two currencies never mix silently: use [`Cost::checked_add`] and
/// [`Cost::sum`]. Costs in two currencies are not equal and have no order.
///
/// # Text
///
/// A decimal or a fraction, and a currency's code: `489000 USD`, `0.125 USD`, `4/3 USD`. A cost is
/// written as a decimal if one is exact, else as the fraction in lowest terms, and reads back to
/// the same value. `{:.2}` rounds half to even, `{:>12}` pads, `{:#}` groups the thousands.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cost {
    amount: Ratio,
    currency: Currency,
}

impl Cost {
    /// Creates an exact amount of money; `amount` counts major units such as dollars.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency};
    ///
    /// let third = Cost::new("1/3".parse()?, Currency::EUR);
    /// assert_eq!(third.to_string(), "1/3 EUR");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn new(amount: Ratio, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Returns a cost of zero.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Currency};
    /// assert_eq!(Cost::zero(Currency::USD).to_string(), "0 USD");
    /// ```
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(Ratio::ZERO, currency)
    }

    /// Returns the exact number, in major units such as dollars.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Ratio};
    /// let cost: Cost = "12 USD".parse()?;
    /// assert_eq!(cost.amount(), &Ratio::from(12));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn amount(&self) -> &Ratio {
        &self.amount
    }

    pub(crate) fn into_amount(self) -> Ratio {
        self.amount
    }

    /// Returns the currency.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Currency};
    /// assert_eq!(Cost::zero(Currency::PKR).currency(), Currency::PKR);
    /// ```
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Returns whether the cost is zero.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Currency};
    /// assert!(Cost::zero(Currency::PKR).is_zero());
    /// ```
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// Returns whether the cost is below zero, a credit.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// assert!("-1/3 USD".parse::<Cost>()?.is_negative());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.amount.is_negative()
    }

    /// Returns the cost without its sign.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// let credit: Cost = "-1/3 USD".parse()?;
    /// assert_eq!(credit.abs().to_string(), "1/3 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Returns the amount as the nearest `f64`, for charts. A float is not exact: it is no amount
    /// to pay.
    ///
    /// Returns infinity, with the amount's sign, for an amount beyond the range of `f64`.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// let cost: Cost = "5/4 USD".parse()?;
    /// assert_eq!(cost.to_f64_lossy(), 1.25);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn to_f64_lossy(&self) -> f64 {
        self.amount.to_f64_lossy()
    }

    /// Returns the exact sum.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the currencies differ.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// let (transit, port): (Cost, Cost) = ("4/3 USD".parse()?, "2/3 USD".parse()?);
    /// assert_eq!(transit.checked_add(&port)?.to_string(), "2 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn checked_add(&self, other: &Self) -> Result<Self, Error> {
        self.same_currency(other)?;
        Ok(Self::new(&self.amount + &other.amount, self.currency))
    }

    /// Returns the exact difference, which may be negative.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the currencies differ.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// let (old, new): (Cost, Cost) = ("2 USD".parse()?, "4/3 USD".parse()?);
    /// assert_eq!(new.checked_sub(&old)?.to_string(), "-2/3 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn checked_sub(&self, other: &Self) -> Result<Self, Error> {
        self.same_currency(other)?;
        Ok(Self::new(&self.amount - &other.amount, self.currency))
    }

    /// Returns the exact quotient of the two amounts: the cost as a multiple of `other`.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`] if the currencies differ.
    /// - [`NumberError::DivisionByZero`](crate::number::NumberError::DivisionByZero) if `other` is
    ///   zero.
    ///
    /// ```
    /// # use bandwidth_cost::Cost;
    /// let (claimed, invoiced): (Cost, Cost) = ("366750000 USD".parse()?, "489000 USD".parse()?);
    /// assert_eq!(claimed.ratio_to(&invoiced)?.to_string(), "750");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn ratio_to(&self, other: &Self) -> Result<Ratio, Error> {
        self.same_currency(other)?;
        self.amount.checked_div(&other.amount)
    }

    /// Returns the exact sum of any number of costs in one currency. It is the same in any order, and
    /// zero if there are none.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] at the first cost in another currency.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency, DataVolume, pta};
    ///
    /// let days = [3, 1, 2].map(DataVolume::from_gigabytes);
    /// let costs = days.map(|day| pta::DISRUPTION_COST.cost(day));
    /// assert_eq!(Cost::sum(Currency::USD, costs)?.to_string(), "8 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn sum<C: Borrow<Self>>(
        currency: Currency,
        costs: impl IntoIterator<Item = C>,
    ) -> Result<Self, Error> {
        let mut total = Self::zero(currency);
        for cost in costs {
            let cost = cost.borrow();
            total.same_currency(cost)?;
            total.amount = &total.amount + &cost.amount;
        }
        Ok(total)
    }

    fn same_currency(&self, other: &Self) -> Result<(), Error> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency }.into())
    }

    /// Reads an amount and a currency where the scanner stands.
    pub(crate) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        let form = "an amount and a currency, such as 4/3 USD";
        let amount = Ratio::scan(scanner, expected_first(scanner.rest(), form))?;
        scanner.space();
        Ok(Self::new(amount, Currency::scan(scanner)?))
    }
}

impl From<Money> for Cost {
    fn from(money: Money) -> Self {
        Self::new(money.amount().into(), money.currency())
    }
}

impl From<&Self> for Cost {
    fn from(cost: &Self) -> Self {
        cost.clone()
    }
}

impl FromStr for Cost {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let cost = Self::scan(&mut scanner)?;
        scanner.finish("one amount and one currency")?;
        Ok(cost)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount.fmt_with(f, &format!(" {}", self.currency))
    }
}

impl fmt::Debug for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl Neg for &Cost {
    type Output = Cost;

    fn neg(self) -> Cost {
        Cost::new(-&self.amount, self.currency)
    }
}

impl Neg for Cost {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

/// Multiplies exactly by a factor that no [`Share`] holds, such as one above 1.
impl Mul<&Ratio> for &Cost {
    type Output = Cost;

    fn mul(self, factor: &Ratio) -> Cost {
        Cost::new(&self.amount * factor, self.currency)
    }
}

impl Mul<&Ratio> for Cost {
    type Output = Self;

    fn mul(self, factor: &Ratio) -> Self {
        &self * factor
    }
}

impl Mul<u64> for &Cost {
    type Output = Cost;

    fn mul(self, times: u64) -> Cost {
        Cost::new(&self.amount * &times.into(), self.currency)
    }
}

impl Mul<u64> for Cost {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        &self * times
    }
}

impl Mul<Share> for &Cost {
    type Output = Cost;

    fn mul(self, share: Share) -> Cost {
        Cost::new(&self.amount * &share.into(), self.currency)
    }
}

impl Mul<Share> for Cost {
    type Output = Self;

    fn mul(self, share: Share) -> Self {
        &self * share
    }
}
