//! [`Ratio`]: an exact number without a unit.

use super::rounding;
use crate::{
    Error,
    number::{NumberError, Share},
    text::{Number, Scanner, Sign, write_decimal},
};
use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::{Add, Mul, Neg, Sub},
    str::FromStr,
};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rust_decimal::{Decimal, RoundingStrategy};

/// An exact rational number without a unit, such as a factor between two prices or a number of
/// megabytes.
///
/// Operators never overflow and never round. They take values and references.
///
/// ```
/// use bandwidth_cost::{Ratio, pta};
///
/// let factor = pta::INTERNATIONAL_CHARGE.ratio_to(&pta::DISRUPTION_COST)?;
/// assert_eq!(factor, Ratio::from(750));
/// assert_eq!(&factor - &Ratio::ONE, Ratio::from(749));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// A decimal or a fraction: `0.125`, `4/3`. A number is written as a decimal if one is exact, else
/// as the fraction in lowest terms, and reads back to the same value. `{:.2}` rounds half to even,
/// `{:>12}` pads, `{:#}` groups the thousands.
///
/// ```
/// # use bandwidth_cost::Ratio;
/// let third: Ratio = "4/3".parse()?;
/// assert_eq!(format!("{third} {third:.2}"), "4/3 1.33");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Clone)]
pub struct Ratio(Repr);

/// Small values stay inline, and are reduced to lowest terms only where it shows: then adding costs
/// of one price adds two integers.
#[derive(Clone)]
enum Repr {
    /// The denominator is not zero; the two may have common factors.
    Small { numerator: i128, denominator: u128 },
    /// A value whose lowest terms do not fit `Small`.
    Big(Box<RBig>),
}

use Repr::{Big, Small};

impl Ratio {
    /// The number zero.
    pub const ZERO: Self = Self::small(0, 1);

    /// The number one.
    pub const ONE: Self = Self::small(1, 1);

    /// Returns `numerator`/`denominator`; `denominator` must not be zero.
    pub(crate) const fn small(numerator: i128, denominator: u128) -> Self {
        Self(Small { numerator, denominator })
    }

    /// Returns ±`numerator`/`denominator`; `denominator` must not be zero.
    pub(crate) fn fraction(negative: bool, numerator: u128, denominator: u128) -> Self {
        match i128::try_from(numerator) {
            #[expect(clippy::arithmetic_side_effects, reason = "not below zero before")]
            Ok(numerator) => {
                Self::small(if negative { -numerator } else { numerator }, denominator)
            }
            Err(_) => {
                let numerator = IBig::from(numerator);
                let numerator = if negative { -numerator } else { numerator };
                Self::from_big(RBig::from_parts(numerator, denominator.into()))
            }
        }
    }

    fn from_big(value: RBig) -> Self {
        match (i128::try_from(value.numerator()), u128::try_from(value.denominator())) {
            (Ok(numerator), Ok(denominator)) => Self::small(numerator, denominator),
            _ => Self(Big(Box::new(value))),
        }
    }

    /// Converts a whole number of any size.
    pub(crate) fn whole(value: impl Into<IBig>) -> Self {
        Self::from_big(RBig::from(value.into()))
    }

    /// Creates a number from a numerator and a denominator of any size.
    #[cfg(feature = "serde")]
    pub(crate) fn from_parts(numerator: IBig, denominator: UBig) -> Result<Self, Error> {
        if denominator.is_zero() {
            return Err(NumberError::DivisionByZero { dividend: Self::whole(numerator) }.into());
        }
        Ok(Self::from_big(RBig::from_parts(numerator, denominator)))
    }

    /// Returns numerator and denominator in lowest terms.
    pub(crate) fn into_parts(self) -> (IBig, UBig) {
        self.to_big().into_parts()
    }

    /// Returns numerator and denominator, which is not zero, if they are small; they may have common
    /// factors.
    pub(crate) const fn small_parts(&self) -> Option<(i128, u128)> {
        match self.0 {
            Small { numerator, denominator } => Some((numerator, denominator)),
            Big(_) => None,
        }
    }

    fn to_big(&self) -> RBig {
        match &self.0 {
            Small { numerator, denominator } => {
                RBig::from_parts((*numerator).into(), (*denominator).into())
            }
            Big(value) => (**value).clone(),
        }
    }

    /// Converts a number that was read.
    pub(crate) fn from_number(number: &Number<'_>) -> Self {
        let digits = number.digits();
        let scale = u32::try_from(number.fraction.len()).ok().and_then(|n| 10_u128.checked_pow(n));
        if let (Ok(digits), Some(scale)) = (digits.parse(), scale) {
            return Self::fraction(number.negative, digits, scale);
        }
        #[expect(clippy::expect_used, reason = "the scanner takes nothing else")]
        let digits = digits.parse::<IBig>().expect("ASCII digits, at least one");
        let digits = if number.negative { -digits } else { digits };
        Self::from_big(RBig::from_parts(digits, UBig::from(10_u8).pow(number.fraction.len())))
    }

    /// Reads a decimal or a fraction where the scanner stands.
    pub(crate) fn scan(scanner: &mut Scanner<'_>, example: &'static str) -> Result<Self, Error> {
        let number = scanner.number(Sign::Minus, example)?;
        let dividend = Self::from_number(&number);
        if number.places > 0 && scanner.rest().starts_with(b"/") {
            let one = "a decimal or a fraction of whole numbers, not both";
            return Err(scanner.unexpected(one).into());
        }
        if !scanner.skip("/") {
            return Ok(dividend);
        }
        let before = *scanner;
        let divisor = scanner.number(Sign::Refused, example)?;
        if divisor.places > 0 {
            return Err(before.unexpected("a whole number below the line").into());
        }
        if scanner.rest().starts_with(b"/") {
            return Err(scanner.unexpected("one number below the line").into());
        }
        dividend
            .checked_div(&Self::from_number(&divisor))
            .map_err(|_| before.unexpected("a number above zero below the line").into())
    }

    /// Returns whether the number is zero.
    ///
    /// ```
    /// assert!(bandwidth_cost::Ratio::ZERO.is_zero());
    /// ```
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small { numerator: 0, .. })
    }

    /// Returns whether the number is below zero.
    ///
    /// ```
    /// assert!(bandwidth_cost::Ratio::from(-1).is_negative());
    /// ```
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small { numerator, .. } => *numerator < 0,
            Big(value) => value.numerator() < &IBig::ZERO,
        }
    }

    /// Returns the exact quotient.
    ///
    /// # Errors
    ///
    /// [`NumberError::DivisionByZero`] if `divisor` is zero.
    ///
    /// ```
    /// # use bandwidth_cost::Ratio;
    /// let third = Ratio::ONE.checked_div(&Ratio::from(3))?;
    /// assert_eq!(third.to_string(), "1/3");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn checked_div(&self, divisor: &Self) -> Result<Self, Error> {
        if divisor.is_zero() {
            return Err(NumberError::DivisionByZero { dividend: self.clone() }.into());
        }
        let small = || {
            let (&Small { numerator: a, denominator: b }, &Small { numerator: c, denominator: d }) =
                (&self.0, &divisor.0)
            else {
                return None;
            };
            let numerator = a.unsigned_abs().checked_mul(d)?;
            let denominator = b.checked_mul(c.unsigned_abs())?;
            Some(Self::fraction((a < 0) != (c < 0), numerator, denominator))
        };
        Ok(small().unwrap_or_else(|| Self::from_big(self.to_big() / divisor.to_big())))
    }

    /// Returns the nearest `f64`, for charts. A float is not exact, and no calculation of this
    /// crate uses one.
    ///
    /// Returns infinity, with the number's sign, for a number beyond the range of `f64`.
    ///
    /// ```
    /// # use bandwidth_cost::Ratio;
    /// let third: Ratio = "1/3".parse()?;
    /// assert_eq!(third.to_f64_lossy(), 1.0 / 3.0);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn to_f64_lossy(&self) -> f64 {
        self.to_big().to_f64().value()
    }

    /// Returns one over the number, which must not be zero.
    pub(crate) fn reciprocal(&self) -> Self {
        match self.0 {
            Small { numerator, denominator } => {
                Self::fraction(numerator < 0, denominator, numerator.unsigned_abs())
            }
            Big(ref value) => {
                let (numerator, denominator) = value.clone().into_parts();
                let (sign, numerator) = numerator.into_parts();
                Self::from_big(RBig::from_parts(IBig::from_parts(sign, denominator), numerator))
            }
        }
    }

    /// Returns whether a decimal, of any number of places, is exact.
    pub(crate) fn is_decimal(&self) -> bool {
        self.exact_decimal().is_some()
    }

    /// Rounds to `places` decimal places as `strategy` says.
    ///
    /// # Errors
    ///
    /// - [`NumberError::TooManyPlaces`] for more than 28 places.
    /// - [`NumberError::Overflow`] if the digits do not fit a [`Decimal`].
    ///
    /// ```
    /// # use bandwidth_cost::{Ratio, RoundingStrategy};
    /// let ratio: Ratio = "4/3".parse()?;
    /// let rounded = ratio.round_to(2, RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(rounded.to_string(), "1.33");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn round_to(&self, places: u32, strategy: RoundingStrategy) -> Result<Decimal, Error> {
        if places > Decimal::MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places, most: Decimal::MAX_SCALE }.into());
        }
        i128::try_from(self.scaled(places, strategy))
            .ok()
            .and_then(|digits| Decimal::try_from_i128_with_scale(digits, places).ok())
            .ok_or_else(|| NumberError::decimal_overflow(self, places).into())
    }

    /// Returns the number × 10^`places`, rounded to a whole number.
    pub(crate) fn scaled(&self, places: u32, strategy: RoundingStrategy) -> IBig {
        if let Small { numerator, denominator } = self.0 {
            let scale = 10_u128.checked_pow(places);
            let negative = numerator < 0;
            if let Some(n) = scale.and_then(|scale| numerator.unsigned_abs().checked_mul(scale)) {
                let rounded = IBig::from(rounding::round_u128(n, denominator, negative, strategy));
                return if negative { -rounded } else { rounded };
            }
        }
        let (numerator, denominator) = self.to_big().into_parts();
        let scale = IBig::from(10).pow(places as usize);
        rounding::round_big(numerator * scale, &denominator, strategy)
    }

    /// Returns the number × 10^places as a whole number, and the fewest places for which it is one;
    /// `None` if no decimal is exact.
    #[expect(clippy::expect_used, reason = "a denominator is not zero")]
    pub(crate) fn exact_decimal(&self) -> Option<(IBig, usize)> {
        let (numerator, mut rest) = self.to_big().into_parts();
        let denominator = rest.clone();
        let twos = rest.trailing_zeros().expect("not zero");
        rest >>= twos;
        let fives = rest.remove(&UBig::from(5_u8)).expect("not zero, and 5 is a factor");
        if !rest.is_one() {
            return None;
        }
        let places = twos.max(fives);
        let digits = numerator * IBig::from(10).pow(places) / IBig::from(denominator);
        Some((digits, places))
    }

    /// Writes the number, then `suffix`.
    pub(crate) fn fmt_with(&self, f: &mut fmt::Formatter<'_>, suffix: &str) -> fmt::Result {
        let decimal = match f.precision() {
            Some(places) => {
                let nearest = RoundingStrategy::MidpointNearestEven;
                #[expect(clippy::expect_used, reason = "std's limit is 16 bits")]
                let precision = u32::try_from(places).expect("a precision is at most 65535");
                Some((self.scaled(precision, nearest), places))
            }
            None => self.exact_decimal(),
        };
        if let Some((digits, places)) = decimal {
            let negative = digits < IBig::ZERO;
            let (_, digits) = digits.into_parts();
            return write_decimal(f, negative, &digits.to_string(), places, suffix);
        }
        let (numerator, denominator) = self.to_big().into_parts();
        let negative = numerator < IBig::ZERO;
        let (_, numerator) = numerator.into_parts();
        f.pad_integral(!negative, "", &format!("{numerator}/{denominator}{suffix}"))
    }
}

/// Returns the greatest common divisor; that of zero and `b` is `b`.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a number with its trailing zeros shifted out stays odd, and the larger minus the \
              smaller is not negative"
)]
pub(crate) const fn gcd(mut a: u128, mut b: u128) -> u128 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            (a, b) = (b, a);
        }
        b -= a;
    }
    a << twos
}

impl Add for &Ratio {
    type Output = Ratio;

    #[inline]
    fn add(self, other: Self) -> Ratio {
        let small = || {
            let (&Small { numerator: a, denominator: b }, &Small { numerator: c, denominator: d }) =
                (&self.0, &other.0)
            else {
                return None;
            };
            if b == d {
                return Some(Ratio::small(a.checked_add(c)?, b));
            }
            // Over the least common multiple: c/d joins a/b as (a·right + c·left) / (b·right).
            let common = gcd(b, d);
            let (left, right) = (b.checked_div(common)?, d.checked_div(common)?);
            let a = a.checked_mul(i128::try_from(right).ok()?)?;
            let c = c.checked_mul(i128::try_from(left).ok()?)?;
            Some(Ratio::small(a.checked_add(c)?, b.checked_mul(right)?))
        };
        small().unwrap_or_else(|| Ratio::from_big(self.to_big() + other.to_big()))
    }
}

impl Sub for &Ratio {
    type Output = Ratio;

    fn sub(self, other: Self) -> Ratio {
        self + &-other
    }
}

impl Mul for &Ratio {
    type Output = Ratio;

    fn mul(self, other: Self) -> Ratio {
        let small = || {
            let (&Small { numerator: a, denominator: b }, &Small { numerator: c, denominator: d }) =
                (&self.0, &other.0)
            else {
                return None;
            };
            Some(Ratio::small(a.checked_mul(c)?, b.checked_mul(d)?))
        };
        small().unwrap_or_else(|| Ratio::from_big(self.to_big() * other.to_big()))
    }
}

impl Neg for &Ratio {
    type Output = Ratio;

    fn neg(self) -> Ratio {
        if let Small { numerator, denominator } = self.0
            && let Some(numerator) = numerator.checked_neg()
        {
            return Ratio::small(numerator, denominator);
        }
        Ratio::from_big(-self.to_big())
    }
}

/// Implements the operators on values by those on references.
macro_rules! by_value {
    ($($operator:ident $method:ident)*) => {$(
        impl $operator for Ratio {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                $operator::$method(&self, &other)
            }
        }
    )*};
}

by_value! { Add add Sub sub Mul mul }

impl Neg for Ratio {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (&Small { numerator: a, denominator: b }, &Small { numerator: c, denominator: d }) =
            (&self.0, &other.0)
        {
            if b == d {
                return a.cmp(&c);
            }
            let cross = |n: i128, d| i128::try_from(d).ok().and_then(|d| n.checked_mul(d));
            if let (Some(left), Some(right)) = (cross(a, d), cross(c, b)) {
                return left.cmp(&right);
            }
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_big().hash(state);
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}

impl FromStr for Ratio {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let ratio = Self::scan(&mut scanner, "a number such as 0.125 or 4/3")?;
        scanner.finish("one number")?;
        Ok(ratio)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_with(f, "")
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Ratio {
            fn from(value: $integer) -> Self {
                Self::small(i128::from(value), 1)
            }
        }
    )*};
}

from_integers! { i32 i64 i128 u32 u64 }

impl From<u128> for Ratio {
    fn from(value: u128) -> Self {
        Self::fraction(false, value, 1)
    }
}

impl From<Decimal> for Ratio {
    fn from(value: Decimal) -> Self {
        Self::small(value.mantissa(), 10_u128.pow(value.scale()))
    }
}

impl From<Share> for Ratio {
    fn from(share: Share) -> Self {
        Self::small(i128::from(share.numerator()), u128::from(share.denominator()))
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
    fn a_number_times_its_reciprocal_is_one() {
        let long = "123456789012345678901234567890123456789012345678901234567890";
        for text in ["1/3", "-3/4", "7", "-1", long, &format!("-1/{long}")] {
            let number: Ratio = text.parse().unwrap();
            assert_eq!(&number * &number.reciprocal(), Ratio::from(1), "{text}");
        }
    }
}
