//! [`Share`]: an exact proportion.

use crate::{
    Error,
    number::{NumberError, Ratio, gcd},
    text::{Scanner, Sign, TextError, clip},
};
use core::{cmp::Ordering, fmt, str::FromStr};

/// An exact proportion from 0 to 1: a ratio of two `u64` in lowest terms.
///
/// ```
/// use bandwidth_cost::Share;
///
/// let in_service = Share::new(15, 30)?;
/// assert_eq!(in_service, Share::from_percent(50));
/// assert_eq!(Share::from_percent(70).complement().to_string(), "30%");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// `70%`, `12.5%` or `15/31`; a bare `0.7` is refused. A share is written as a percentage if that
/// is exact with at most nine decimal places, else as a fraction, and reads back to the same value.
/// `{:.1}` writes a percentage, rounded half to even.
///
/// ```
/// # use bandwidth_cost::Share;
/// let share: Share = "15/31".parse()?;
/// assert_eq!(format!("{share} is about {share:.1}"), "15/31 is about 48.4%");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    numerator: u64,
    denominator: u64,
}

impl Share {
    /// Zero: no part of the whole.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// One: the whole.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// Creates a share of `numerator` parts out of `denominator`.
    ///
    /// # Errors
    ///
    /// [`NumberError::NotAShare`] if the denominator is zero or the numerator is above it.
    ///
    /// ```
    /// # use bandwidth_cost::Share;
    /// assert_eq!(Share::new(14, 28)?.to_string(), "50%");
    /// assert_eq!(
    ///     Share::new(31, 30).unwrap_err().to_string(),
    ///     "a share can't be 31 of 30: pass at most the denominator, and a denominator above zero",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(numerator: u64, denominator: u64) -> Result<Self, Error> {
        if denominator == 0 || numerator > denominator {
            return Err(NumberError::NotAShare { numerator, denominator }.into());
        }
        Ok(Self::in_lowest_terms(numerator, denominator))
    }

    /// Creates a share of `percent` percent.
    ///
    /// # Panics
    ///
    /// Panics if `percent` is above 100; `Share::new(percent, 100)` returns an error instead.
    ///
    /// ```
    /// # use bandwidth_cost::Share;
    /// assert_eq!(Share::from_percent(70).to_string(), "70%");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn from_percent(percent: u64) -> Self {
        assert!(percent <= 100, "share above 100 percent");
        Self::in_lowest_terms(percent, 100)
    }

    /// `denominator` must not be zero.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "the greatest common divisor is not zero, as the denominator is not, and at most \
                  either of the two"
    )]
    const fn in_lowest_terms(numerator: u64, denominator: u64) -> Self {
        let divisor = gcd(numerator as u128, denominator as u128) as u64;
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// Returns the rest of the whole, one minus the share.
    ///
    /// ```
    /// # use bandwidth_cost::Share;
    /// assert_eq!(Share::new(15, 31)?.complement(), Share::new(16, 31)?);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "the numerator is at most the denominator")]
    pub const fn complement(self) -> Self {
        Self { numerator: self.denominator - self.numerator, denominator: self.denominator }
    }

    /// Returns the numerator in lowest terms.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Share::from_percent(70).numerator(), 7);
    /// ```
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// Returns the denominator in lowest terms; never zero.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Share::from_percent(70).denominator(), 10);
    /// ```
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Returns the product, a share of a share, or `None` if it is not a ratio of two `u64`.
    ///
    /// ```
    /// # use bandwidth_cost::Share;
    /// let half = Share::from_percent(50);
    /// assert_eq!(half.checked_mul(half), Some(Share::from_percent(25)));
    /// ```
    #[must_use]
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "u64 × u64 fits u128, and the greatest common divisor is not zero"
    )]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let numerator = u128::from(self.numerator) * u128::from(other.numerator);
        let denominator = u128::from(self.denominator) * u128::from(other.denominator);
        let divisor = gcd(numerator, denominator);
        Some(Self {
            numerator: u64::try_from(numerator / divisor).ok()?,
            denominator: u64::try_from(denominator / divisor).ok()?,
        })
    }

    /// Returns the share of `units`, rounded down.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "whole and rest are at most the units, u64 × u64 fits u128, and the denominator \
                  is not zero"
    )]
    pub(crate) const fn of_units(self, units: u128) -> u128 {
        let (parts, whole) = (self.numerator as u128, self.denominator as u128);
        units / whole * parts + units % whole * parts / whole
    }

    /// Reads a share where the scanner stands.
    pub(crate) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        const EXAMPLE: &str = "a share such as 70% or 15/31";
        let start = scanner.at();
        let number = scanner.number(Sign::Refused, EXAMPLE)?;
        let too_precise = |text| {
            Error::from(TextError::TooPrecise {
                text: clip(text),
                what: "share",
                expected: "a ratio of two 64-bit numbers",
            })
        };
        let too_large = |text| {
            let max = Self::ONE.to_string();
            Error::from(TextError::TooLarge { text: clip(text), what: "share", max })
        };
        if scanner.skip("%") {
            let text = scanner.since(start);
            let ratio = &Ratio::from_number(&number) * &Ratio::small(1, 100);
            if ratio > Ratio::ONE {
                return Err(too_large(text));
            }
            let (parts, whole) = ratio.into_parts();
            return match (u64::try_from(parts), u64::try_from(whole)) {
                (Ok(parts), Ok(whole)) => Self::new(parts, whole),
                _ => Err(too_precise(text)),
            };
        }
        if number.places > 0 || !scanner.skip("/") {
            return Err(scanner.missing("`%`", EXAMPLE));
        }
        let before = scanner.clone();
        let divisor = scanner.number(Sign::Refused, EXAMPLE)?;
        let text = scanner.since(start);
        match (number.whole.parse::<u64>(), divisor.whole.parse::<u64>()) {
            _ if divisor.places > 0 => Err(too_precise(text)),
            (Ok(_), Ok(0)) => Err(before.unexpected("a number above zero below the line")),
            (Ok(part), Ok(whole)) if part > whole => Err(too_large(text)),
            (Ok(part), Ok(whole)) => Self::new(part, whole),
            _ => Err(too_precise(text)),
        }
    }
}

impl FromStr for Share {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let share = Self::scan(&mut scanner)?;
        scanner.finish("one share")?;
        Ok(share)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NINE_DECIMALS: u64 = 100_000_000_000;
        if f.precision().is_some() || NINE_DECIMALS.is_multiple_of(self.denominator) {
            return (&Ratio::from(*self) * &Ratio::from(100)).fmt_with(f, "%");
        }
        let text = format!("{}/{}", self.numerator, self.denominator);
        f.pad_integral(true, "", &text)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Ord for Share {
    #[expect(clippy::arithmetic_side_effects, reason = "u64 × u64 fits u128")]
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.numerator) * u128::from(other.denominator);
        let right = u128::from(other.numerator) * u128::from(self.denominator);
        left.cmp(&right)
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
