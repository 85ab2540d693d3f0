//! [`Money`]: a settled amount of money.

use crate::{
    Error,
    money::{Cost, Currency},
    number::{NumberError, Ratio},
    text::{Fault, FaultKind, Misfit, Number, Scanner, Sign, attempt, strip, write_decimal},
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
/// [`money!`](crate::money!) reads a literal when compiling.
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

    /// Returns whether the amount is below zero.
    pub(crate) const fn is_negative(self) -> bool {
        self.amount.mantissa() < 0
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
    pub(crate) const fn scan<'a>(scanner: &mut Scanner<'a>) -> Result<Self, Fault<'a>> {
        const WHAT: &str = "decimal amount";
        let start = scanner.at();
        let form = expected_first(scanner.rest(), "an amount and a currency, such as 250 USD");
        let number = attempt!(scanner.number(Sign::Minus, form));
        let behind = *scanner;
        if let [b'/', ..] = scanner.rest() {
            return Err(scanner.unexpected("a decimal: only a cost can be a fraction"));
        }
        scanner.space();
        let currency = attempt!(Currency::scan(scanner));
        match to_decimal(&number) {
            Ok(amount) => Ok(Self::new(amount, currency)),
            Err(Misfit::TooLarge) => {
                let most = "79228162514264337593543950335";
                Err(Fault::since(start, &behind, FaultKind::TooLarge { what: WHAT }, most))
            }
            Err(Misfit::TooPrecise) => {
                let finest = "at most 28 decimal places, and 28 digits in all";
                Err(Fault::since(start, &behind, FaultKind::TooPrecise { what: WHAT }, finest))
            }
        }
    }

    /// Reads the whole text.
    pub(crate) const fn read(text: &str) -> Result<Self, Fault<'_>> {
        let mut scanner = Scanner::new(text);
        let money = attempt!(Self::scan(&mut scanner));
        attempt!(scanner.finish("one amount and one currency"));
        Ok(money)
    }
}

/// Returns the expected text where a text for money does not begin with a number: `form`, unless it
/// begins with a sign or a code that goes behind the number.
pub(super) const fn expected_first(text: &[u8], form: &'static str) -> &'static str {
    const RUPEES: &str = "a code after the amount, such as 500 PKR or 500 INR";
    const SIGNS: [(&str, &str); 7] = [
        ("$", "a code after the amount, such as 250 USD, because `$` is several currencies"),
        ("\u{20a8}", RUPEES),
        ("Rs", RUPEES),
        ("€", "a code after the amount, such as 250 EUR"),
        ("£", "a code after the amount, such as 250 GBP"),
        ("₹", "a code after the amount, such as 250 INR"),
        ("¥", "a code after the amount, such as 250 JPY or 250 CNY"),
    ];
    let mut text = text;
    while let [b'-', behind @ ..] = text {
        text = behind;
    }
    if let [b'0'..=b'9', ..] = text {
        return form; // most often
    }
    let mut signs: &[(&str, &str)] = &SIGNS;
    while let [(sign, expected), behind @ ..] = signs {
        if strip(text, sign.as_bytes()).is_some() {
            return expected;
        }
        signs = behind;
    }
    match text {
        [a, b, c, ..] if Currency::is_code([*a, *b, *c]) => "the amount first, such as 250 USD",
        _ => form,
    }
}

/// Converts a number that was read to a decimal with the places that it was written with.
const fn to_decimal(number: &Number<'_>) -> Result<Decimal, Misfit> {
    // Trailing zeros are kept if they fit; no value depends on them.
    if let Some(decimal) = with_places(number, number.places) {
        return Ok(decimal);
    }
    if let Some(decimal) = with_places(number, number.fraction.len()) {
        return Ok(decimal);
    }
    Err(if number.fraction.is_empty() { Misfit::TooLarge } else { Misfit::TooPrecise })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "at most 28 places, and digits below 2^96, taken apart"
)]
const fn with_places(number: &Number<'_>, places: usize) -> Option<Decimal> {
    if places > Decimal::MAX_SCALE as usize {
        return None;
    }
    match number.times(10_u128.pow(places as u32)) {
        Ok(digits) if digits < 1 << 96 => {
            let (low, middle, high) = (digits as u32, (digits >> 32) as u32, (digits >> 64) as u32);
            let negative = number.negative && digits > 0;
            Some(Decimal::from_parts(low, middle, high, negative, places as u32))
        }
        _ => None,
    }
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
        Ok(Self::read(text)?)
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
