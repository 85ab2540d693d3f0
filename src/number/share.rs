//! [`Share`]: an exact proportion.

use crate::{
    Error,
    number::{NumberError, Ratio, gcd},
    text::{Fault, FaultKind, Number, Scanner, Sign, attempt, digits_to_u128},
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
/// `{:.1}` writes a percentage, rounded half to even. [`share!`](crate::share) reads a literal when
/// compiling.
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
    pub(crate) const fn scan<'a>(scanner: &mut Scanner<'a>) -> Result<Self, Fault<'a>> {
        const EXAMPLE: &str = "a share such as 70% or 15/31";
        const LARGE: FaultKind = FaultKind::TooLarge { what: "share" };
        const PRECISE: FaultKind = FaultKind::TooPrecise { what: "share" };
        const FINEST: &str = "a ratio of two 64-bit numbers";
        let start = scanner.at();
        let number = attempt!(scanner.number(Sign::Refused, EXAMPLE));
        if scanner.skip("%") {
            if is_above_a_hundred(&number) {
                return Err(Fault::since(start, scanner, LARGE, "100%"));
            }
            return match Self::of_percent(&number) {
                Some(share) => Ok(share),
                None => Err(Fault::since(start, scanner, PRECISE, FINEST)),
            };
        }
        if number.places > 0 || !scanner.skip("/") {
            return Err(scanner.missing("`%`", EXAMPLE));
        }
        let before = *scanner;
        let divisor = attempt!(scanner.number(Sign::Refused, EXAMPLE));
        let (part, whole) = match (in_64_bits(number.whole), in_64_bits(divisor.whole)) {
            _ if divisor.places > 0 => return Err(Fault::since(start, scanner, PRECISE, FINEST)),
            (Some(part), Some(whole)) => (part, whole),
            _ => return Err(Fault::since(start, scanner, PRECISE, FINEST)),
        };
        if whole == 0 {
            return Err(before.unexpected("a number above zero below the line"));
        }
        if part > whole {
            return Err(Fault::since(start, scanner, LARGE, "100%"));
        }
        Ok(Self::in_lowest_terms(part, whole))
    }

    /// Returns the share of a percentage from 0 to 100, or `None` if it is no ratio of two `u64`.
    ///
    /// In lowest terms, a decimal of n places has 2ⁿ or 5ⁿ in its denominator, for its last digit is not
    /// zero. So if it is a ratio of `u64`, its denominator divides the largest 2ⁿ·5ᵏ or 5ⁿ·2ᵏ that is one.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "100 × u64 fits u128, a divisor is not zero, and the casts are checked"
    )]
    const fn of_percent(number: &Number<'_>) -> Option<Self> {
        const MOST: u128 = u64::MAX as u128;
        let mut bases: &[(u128, u128)] = &[(2, 5), (5, 2)];
        while let [(base, other), behind @ ..] = bases {
            bases = behind;
            let mut unit = 1_u128;
            let mut places = number.fraction.len();
            while places > 0 && unit <= MOST {
                unit *= *base;
                places -= 1;
            }
            if unit > MOST {
                continue;
            }
            while unit * *other <= MOST {
                unit *= *other;
            }
            let Ok(parts) = number.times(unit) else { continue };
            let whole = unit * 100;
            let common = gcd(parts, whole);
            let (parts, whole) = (parts / common, whole / common);
            if parts <= MOST && whole <= MOST {
                return Some(Self { numerator: parts as u64, denominator: whole as u64 });
            }
        }
        None
    }

    /// Reads the whole text.
    pub(crate) const fn read(text: &str) -> Result<Self, Fault<'_>> {
        let mut scanner = Scanner::new(text);
        let share = attempt!(Self::scan(&mut scanner));
        attempt!(scanner.finish("one share"));
        Ok(share)
    }
}

const fn is_above_a_hundred(number: &Number<'_>) -> bool {
    match digits_to_u128(number.whole) {
        Some(whole) => whole > 100 || (whole == 100 && !number.fraction.is_empty()),
        None => true,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "checked")]
const fn in_64_bits(digits: &[u8]) -> Option<u64> {
    match digits_to_u128(digits) {
        Some(number) if number <= u64::MAX as u128 => Some(number as u64),
        _ => None,
    }
}

impl FromStr for Share {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::read(text)?)
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
