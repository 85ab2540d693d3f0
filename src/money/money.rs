//! [`Money`]: a settled amount of money.

use crate::{
    Error,
    money::{Cost, Currency},
    number::{NumberError, Ratio},
    text::{Misfit, Number, Scanner, Sign, TextError, clip, write_decimal},
};
use core::{cmp::Ordering, fmt, str::FromStr};
use rust_decimal::Decimal;

/// An amount of money as it stands in a price list or an invoice: a decimal number and its currency.
///
/// ```
/// use bandwidth_cost::{Currency, Money};
///
/// let fee: Money = "10000.00 USD".parse()?;
/// assert_eq!(fee, Money::from_major(10_000, Currency::USD));
/// assert_eq!(fee.checked_add("0.80 USD".parse()?)?.to_string(), "10000.80 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// Arithmetic is exact or returns an error; it never rounds. There is no `+`, because two
/// currencies never mix silently. Two amounts are equal if their values are: `1.50 USD` equals
/// `1.5 USD`. Amounts in two currencies have no order.
///
/// # Text
///
/// A decimal and a currency's code: `250.00 USD`. An amount is written with the decimal places that
/// it was read with; `{:.1}` rounds half to even, `{:>12}` pads, `{:#}` groups the thousands.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// Creates an amount of money; `amount` counts major units such as dollars.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, Decimal, Money};
    ///
    /// let price = Money::new(Decimal::new(80, 2), Currency::USD);
    /// assert_eq!(price.to_string(), "0.80 USD");
    /// ```
    #[must_use]
    pub const fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Creates an amount of `units` major units of the currency: whole dollars, rupees or euros.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// assert_eq!(Money::from_major(10_000, Currency::USD).to_string(), "10000 USD");
    /// ```
    #[must_use]
    pub const fn from_major(units: i64, currency: Currency) -> Self {
        Self::new(decimal(units, 0), currency)
    }

    /// Creates an amount of `units` minor units of the currency: cents, paisa, or whole yen.
    ///
    /// # Panics
    ///
    /// Panics if [`Currency::minor_units`] is `None`, as for gold (XAU). [`Money::new`] takes any
    /// currency.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// assert_eq!(Money::from_minor(80, Currency::USD).to_string(), "0.80 USD");
    /// assert_eq!(Money::from_minor(80, Currency::JPY).to_string(), "80 JPY");
    /// ```
    #[must_use]
    #[track_caller]
    #[expect(clippy::panic, reason = "documented")]
    pub const fn from_minor(units: i64, currency: Currency) -> Self {
        match currency.minor_units() {
            Some(places) => Self::new(decimal(units, places), currency),
            None => panic!("a currency without minor units"),
        }
    }

    /// Returns an amount of zero.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// assert!(Money::zero(Currency::PKR).amount().is_zero());
    /// ```
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// Returns whether the amount is zero.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, Money};
    ///
    /// assert!(Money::zero(Currency::USD).is_zero());
    /// ```
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// Returns the number, in major units such as dollars.
    ///
    /// ```
    /// use bandwidth_cost::{Decimal, Money};
    ///
    /// assert_eq!("0.80 USD".parse::<Money>()?.amount(), Decimal::new(80, 2));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn amount(self) -> Decimal {
        self.amount
    }

    /// Returns the currency.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// assert_eq!(Money::zero(Currency::PKR).currency(), Currency::PKR);
    /// ```
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the exact sum.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) if the
    ///   currencies differ.
    /// - [`NumberError::Overflow`] if the sum does not fit a [`Decimal`].
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// let dollar = Money::from_major(1, Currency::USD);
    /// assert_eq!(dollar.checked_add(Money::from_minor(50, Currency::USD))?.to_string(), "1.50 USD");
    /// assert_eq!(
    ///     dollar.checked_add(Money::zero(Currency::PKR)).unwrap_err().to_string(),
    ///     "currency mismatch: USD and PKR; convert one with an exchange rate first",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        self.settle(other, Cost::from(self).checked_add(&Cost::from(other))?)
    }

    /// Returns the exact difference.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) if the
    ///   currencies differ.
    /// - [`NumberError::Overflow`] if the difference does not fit a [`Decimal`].
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, Money};
    /// let dollar = Money::from_major(1, Currency::USD);
    /// assert_eq!(dollar.checked_sub(Money::from_minor(1, Currency::USD))?.to_string(), "0.99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, Error> {
        self.settle(other, Cost::from(self).checked_sub(&Cost::from(other))?)
    }

    /// Returns `sum` with the decimal places of the finer of the two amounts, or with the fewest that
    /// are exact if those do not fit.
    fn settle(self, other: Self, sum: Cost) -> Result<Self, Error> {
        let places = self.amount.scale().max(other.amount.scale());
        let overflow = |_| NumberError::decimal_overflow(sum.amount(), places);
        let mut amount = sum.to_money_exact().map_err(overflow)?.amount();
        #[expect(
            clippy::arithmetic_side_effects,
            reason = "a sum needs no more places than its parts"
        )]
        let scale = 10_i128.checked_pow(places - amount.scale());
        let digits = scale.and_then(|scale| amount.mantissa().checked_mul(scale));
        if let Some(Ok(padded)) = digits.map(|n| Decimal::try_from_i128_with_scale(n, places)) {
            amount = padded;
        }
        Ok(Self::new(amount, self.currency))
    }

    /// Writes the number, then `suffix`.
    pub(crate) fn fmt_with(self, f: &mut fmt::Formatter<'_>, suffix: &str) -> fmt::Result {
        if f.precision().is_some() {
            return Ratio::from(self.amount).fmt_with(f, suffix);
        }
        let digits = self.amount.mantissa();
        let places = self.amount.scale() as usize;
        write_decimal(f, digits < 0, &digits.unsigned_abs().to_string(), places, suffix)
    }

    /// Reads a decimal and a currency where the scanner stands.
    pub(crate) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        let start = scanner.at();
        let number = scanner.number(
            Sign::Minus,
            expected_first(scanner.rest(), "an amount and a currency, such as 250 USD"),
        )?;
        let text = clip(scanner.since(start));
        if scanner.rest().starts_with('/') {
            return Err(scanner.unexpected("a decimal: only a cost can be a fraction"));
        }
        scanner.space();
        let currency = Currency::scan(scanner)?;
        match to_decimal(&number) {
            Ok(amount) => Ok(Self::new(amount, currency)),
            Err(Misfit::TooLarge) => {
                let max = Decimal::MAX.to_string();
                Err(TextError::TooLarge { text, what: "decimal amount", max }.into())
            }
            Err(Misfit::TooPrecise) => Err(TextError::TooPrecise {
                text,
                what: "decimal amount",
                expected: "at most 28 decimal places, and 28 digits in all",
            }
            .into()),
        }
    }
}

/// Returns the expected text where a text for money does not begin with a number: `form`, unless it
/// begins with a sign or a code that goes behind the number.
pub(super) fn expected_first(text: &str, form: &'static str) -> &'static str {
    let text = text.trim_start_matches('-');
    let code: String = text.chars().take(3).collect();
    match text.chars().next() {
        Some('$') => "a code after the amount, such as 250 USD, because `$` is several currencies",
        Some('\u{20a8}') => "a code after the amount, such as 500 PKR or 500 INR",
        Some('R') if text.starts_with("Rs") => {
            "a code after the amount, such as 500 PKR or 500 INR"
        }
        Some('€') => "a code after the amount, such as 250 EUR",
        Some('£') => "a code after the amount, such as 250 GBP",
        Some('₹') => "a code after the amount, such as 250 INR",
        Some('¥') => "a code after the amount, such as 250 JPY or 250 CNY",
        _ if Currency::from_code(&code).is_some() => "the amount first, such as 250 USD",
        _ => form,
    }
}

/// Converts a number that was read to a decimal with the places that it was written with.
fn to_decimal(number: &Number<'_>) -> Result<Decimal, Misfit> {
    let with_places = |places: usize| {
        let places = u32::try_from(places).ok().filter(|&places| places <= Decimal::MAX_SCALE)?;
        let digits = i128::try_from(number.times(10_u128.checked_pow(places)?).ok()?).ok()?;
        let digits = if number.negative { digits.checked_neg()? } else { digits };
        Decimal::try_from_i128_with_scale(digits, places).ok()
    };
    // Trailing zeros are kept if they fit; no value depends on them.
    with_places(number.places)
        .or_else(|| with_places(number.fraction.len()))
        .ok_or(if number.fraction.is_empty() { Misfit::TooLarge } else { Misfit::TooPrecise })
}

/// Returns `units` × 10^−`places`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the magnitude is cut into its two 32-bit halves"
)]
const fn decimal(units: i64, places: u8) -> Decimal {
    let magnitude = units.unsigned_abs();
    let (low, middle) = (magnitude as u32, (magnitude >> 32) as u32);
    Decimal::from_parts(low, middle, 0, units < 0, places as u32)
}

impl FromStr for Money {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let money = Self::scan(&mut scanner)?;
        scanner.finish("one amount and one currency")?;
        Ok(money)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_with(f, &format!(" {}", self.currency))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}
