//! [`ExchangeRate`]: the worth of one currency in another.

use crate::{
    Error,
    money::{Cost, Currency, Money, MoneyError},
    number::{Ratio, Share, gcd},
    text::{Scanner, TextError},
};
use core::{fmt, str::FromStr};

/// An exact exchange rate between two currencies: "1 USD = 278.55 PKR".
///
/// ```
/// use bandwidth_cost::{Cost, ExchangeRate, Money};
///
/// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
/// let dollars: Money = "489000 USD".parse()?;
/// let rupees = rate.convert(dollars)?;
/// assert_eq!(rupees.to_string(), "136210950 PKR");
/// assert_eq!(rate.inverse().convert(rupees)?, Cost::from(dollars));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// It is made from a **pair** of amounts, as exchange rates are published ("100 JPY = 0.66 USD"). Its
/// inverse is exact too.
///
/// # Text
///
/// Two amounts and `=`, with ` less 1%` after them for a spread and ` plus 1%` for a markup. An
/// exchange rate is written for 1 unit of the base currency, or for 1 unit of the quote currency if
/// the other amount is a decimal only then. `{:.2}` rounds the other amount half to even, `{:>28}`
/// pads. Two exchange rates are equal if their values, spreads and markups are, however they were
/// written.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ExchangeRate {
    base: Currency,
    quote: Currency,
    /// Units of the quote currency for one of the base currency; above zero.
    factor: Ratio,
    spread: Share,
    markup: Share,
}

impl ExchangeRate {
    /// Creates the exchange rate at which two amounts are worth the same.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NotPositive`] if an amount is zero or less.
    /// - [`MoneyError::SameCurrency`] if both amounts are in the same currency.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRate, Money};
    ///
    /// let yen = ExchangeRate::new("100 JPY".parse()?, "0.66 USD".parse()?)?;
    /// assert_eq!(yen.convert(Money::from_major(5_000, Currency::JPY))?.to_string(), "33 USD");
    /// assert_eq!(
    ///     ExchangeRate::new("1 USD".parse()?, "0 PKR".parse()?).unwrap_err().to_string(),
    ///     "an exchange rate can't have 0 PKR on one side: pass a positive amount",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(base: Money, quote: Money) -> Result<Self, Error> {
        Self::from_costs(&base.into(), &quote.into())
    }

    /// Creates the exchange rate at which two costs are worth the same.
    pub(crate) fn from_costs(base: &Cost, quote: &Cost) -> Result<Self, Error> {
        for side in [base, quote] {
            if side.is_zero() || side.is_negative() {
                return Err(MoneyError::NotPositive { amount: side.clone() }.into());
            }
        }
        let factor = quote.amount().checked_div(base.amount())?;
        Self::from_factor(base.currency(), quote.currency(), factor)
    }

    /// `factor` must be above zero.
    fn from_factor(base: Currency, quote: Currency, factor: Ratio) -> Result<Self, Error> {
        if base == quote {
            return Err(MoneyError::SameCurrency { currency: base }.into());
        }
        Ok(Self::of(base, quote, factor))
    }

    /// Creates an exchange rate of two currencies, of which `factor`, which must be above zero, is the
    /// units of the second in one of the first.
    pub(super) const fn of(base: Currency, quote: Currency, factor: Ratio) -> Self {
        Self { base, quote, factor, spread: Share::ZERO, markup: Share::ZERO }
    }

    /// Returns the currency that is converted.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRate};
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!((rate.base(), rate.quote()), (Currency::USD, Currency::PKR));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn base(&self) -> Currency {
        self.base
    }

    /// Returns the currency that it is converted to.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRate};
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!(rate.quote(), Currency::PKR);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn quote(&self) -> Currency {
        self.quote
    }

    /// Returns the spread: the share of the converted amount that is taken off, so that whoever
    /// converts receives less. It is zero unless it was set.
    ///
    /// ```
    /// # use bandwidth_cost::{ExchangeRate, Share};
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!(rate.spread(), Share::ZERO);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn spread(&self) -> Share {
        self.spread
    }

    /// Returns the units of the quote currency for one unit of the base currency, before spread and
    /// markup.
    ///
    /// ```
    /// # use bandwidth_cost::ExchangeRate;
    /// let rate: ExchangeRate = "100 JPY = 0.66 USD".parse()?;
    /// assert_eq!(rate.factor().to_string(), "0.0066");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn factor(&self) -> &Ratio {
        &self.factor
    }

    /// Converts a cost to the quote currency, exactly, with the spread and the markup.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the cost is not in the base currency: an exchange rate is
    /// never inverted by itself.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Currency, ExchangeRate, Money};
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!(rate.convert("4/3 USD".parse::<Cost>()?)?.to_string(), "371.4 PKR");
    /// assert_eq!(
    ///     rate.convert(Money::zero(Currency::PKR)).unwrap_err().to_string(),
    ///     "currency mismatch: USD and PKR; convert one with an exchange rate first",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn convert(&self, cost: impl Into<Cost>) -> Result<Cost, Error> {
        let cost = cost.into();
        if cost.currency() != self.base {
            return Err(
                MoneyError::CurrencyMismatch { left: self.base, right: cost.currency() }.into()
            );
        }
        let mut factor = &self.factor * &self.spread.complement().into();
        if self.markup != Share::ZERO {
            factor = factor * (Ratio::ONE + self.markup.into());
        }
        Ok(Cost::new(cost.amount() * &factor, self.quote))
    }

    /// Returns the exact exchange rate in the other direction. A spread stays a loss to whoever
    /// converts, and a markup a charge to whoever pays.
    ///
    /// ```
    /// # use bandwidth_cost::ExchangeRate;
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!(rate.inverse().to_string(), "278.55 PKR = 1 USD");
    /// assert_eq!(rate.inverse().inverse(), rate);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            base: self.quote,
            quote: self.base,
            factor: self.factor.reciprocal(),
            spread: self.spread,
            markup: self.markup,
        }
    }

    /// Returns the cross rate: this conversion and then `other`.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::CurrencyMismatch`] if `other` does not begin with the quote currency.
    /// - [`MoneyError::SameCurrency`] if it leads back to the base currency.
    /// - [`MoneyError::SpreadOverflow`] if the two spreads together are not a ratio of two `u64`.
    /// - [`MoneyError::MarkupOverflow`] if the two markups together are not a ratio of two `u64`, or
    ///   above 100%.
    ///
    /// ```
    /// # use bandwidth_cost::ExchangeRate;
    /// let euro: ExchangeRate = "1 EUR = 1.0389 USD".parse()?;
    /// let dollar: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// assert_eq!(euro.then(&dollar)?.to_string(), "1 EUR = 289.385595 PKR");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn then(&self, other: &Self) -> Result<Self, Error> {
        if self.quote != other.base {
            return Err(MoneyError::CurrencyMismatch { left: self.quote, right: other.base }.into());
        }
        let received = self.spread.complement().checked_mul(other.spread.complement());
        let received = received.ok_or_else(|| MoneyError::SpreadOverflow {
            first: self.spread,
            second: other.spread,
        })?;
        let markup = sum_with_product(self.markup, other.markup);
        let markup = markup.ok_or_else(|| MoneyError::MarkupOverflow {
            first: self.markup,
            second: other.markup,
        })?;
        let factor = &self.factor * &other.factor;
        let rate = Self::from_factor(self.base, other.quote, factor)?;
        Ok(Self { spread: received.complement(), markup, ..rate })
    }

    /// Returns the exchange rate with the given spread: whoever converts, in either direction,
    /// receives that share less. For the margin on what someone has to pay, see
    /// [`with_markup`](Self::with_markup).
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRate, Money, Share};
    ///
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// let bank = rate.with_spread(Share::from_percent(1));
    /// let dollar = Money::from_major(1, Currency::USD);
    /// assert_eq!(bank.convert(dollar)?.to_string(), "275.7645 PKR");
    /// assert_eq!(bank.to_string(), "1 USD = 278.55 PKR less 1%");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_spread(&self, spread: Share) -> Self {
        Self { spread, ..self.clone() }
    }

    /// Returns the markup: the share that is added to an amount to be paid (see
    /// [`with_markup`](Self::with_markup)). It is zero unless it was set.
    ///
    /// ```
    /// # use bandwidth_cost::{ExchangeRate, Share};
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR plus 1%".parse()?;
    /// assert_eq!(rate.markup(), Share::from_percent(1));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn markup(&self) -> Share {
        self.markup
    }

    /// Returns the exchange rate with the given markup: whoever pays an amount, in either
    /// direction, is charged that share more.
    ///
    /// ```
    /// use bandwidth_cost::{ExchangeRate, Money, Share};
    ///
    /// // Who must pay a bill in dollars pays more rupees, not fewer.
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// let bank = rate.with_markup(Share::from_percent(1));
    /// assert_eq!(bank.to_string(), "1 USD = 278.55 PKR plus 1%");
    /// assert_eq!(bank.convert("100 USD".parse::<Money>()?)?.to_string(), "28133.55 PKR");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_markup(&self, markup: Share) -> Self {
        Self { markup, ..self.clone() }
    }
}

/// Returns (1 + `a`)(1 + `b`) − 1 = a + b + ab, or `None` if that is not a share.
fn sum_with_product(a: Share, b: Share) -> Option<Share> {
    let [a, b] = [a, b].map(|share| (u128::from(share.numerator()), share.denominator().into()));
    let cross = a.0.checked_mul(b.1)?.checked_add(b.0.checked_mul(a.1)?)?;
    let numerator = cross.checked_add(a.0.checked_mul(b.0)?)?;
    let denominator = a.1.checked_mul(b.1)?;
    let common = gcd(numerator, denominator);
    let part = |n: u128| u64::try_from(n.checked_div(common)?).ok();
    Share::new(part(numerator)?, part(denominator)?).ok()
}

impl FromStr for ExchangeRate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        const FORM: &str = "an exchange rate such as 1 USD = 278.55 PKR";
        let mut scanner = Scanner::new(text);
        if text.starts_with(char::is_alphabetic) {
            return Err(scanner.unexpected(FORM).into()); // a pair, USD/PKR, before a number
        }
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            let (what, at) = ("currencies", text.len());
            return Err(TextError::Missing { what, at, expected: FORM }.into());
        }
        let base = Cost::scan(&mut scanner)?;
        if !scanner.skip(" = ") {
            return Err(scanner.missing("` = `", FORM).into());
        }
        let quote = Cost::scan(&mut scanner)?;
        let mut share = |word| {
            if scanner.skip(word) { Share::scan(&mut scanner) } else { Ok(Share::ZERO) }
        };
        let (spread, markup) = (share(" less ")?, share(" plus ")?);
        scanner.finish(FORM)?;
        Ok(Self::from_costs(&base, &quote)?.with_spread(spread).with_markup(markup))
    }
}

impl fmt::Display for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { base, quote, factor, spread, markup } = self;
        let inverse = factor.reciprocal();
        let written = |number: &Ratio| match f.precision() {
            Some(places) => format!("{number:.places$}"),
            None => number.to_string(),
        };
        let mut text = if !factor.is_decimal() && inverse.is_decimal() {
            format!("{} {base} = 1 {quote}", written(&inverse))
        } else {
            format!("1 {base} = {} {quote}", written(factor))
        };
        if *spread != Share::ZERO {
            text = format!("{text} less {spread}");
        }
        if *markup != Share::ZERO {
            text = format!("{text} plus {markup}");
        }
        f.pad_integral(true, "", &text)
    }
}

impl fmt::Debug for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
