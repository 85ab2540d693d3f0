//! [`DayRate`]: the number of a day's fixing, in 16 bytes.

use crate::number::Ratio;
use core::fmt;
use jiff::civil::Date;

/// A day and the exchange rate that was fixed on it: the units of the quote currency for one of the base
/// currency, above zero.
///
/// A history has hundreds of thousands of them, and nearly all are short decimals.
#[derive(Clone)]
pub(super) enum DayRate {
    /// `digits` ÷ 10^`places`, of at most 18 places.
    Decimal { date: Date, places: u8, digits: u64 },
    /// A number that is no such decimal.
    Exact { date: Date, factor: Box<Ratio> },
}

impl DayRate {
    /// The most decimal places for which a power of ten fits beside the digits.
    const MOST_PLACES: u8 = 18;

    /// `factor` must be above zero.
    pub(super) fn new(date: Date, factor: Ratio) -> Self {
        let decimal = || {
            let (numerator, denominator) = factor.small_parts()?;
            let denominator = u64::try_from(denominator).ok()?;
            let is_power = |places: &u8| 10_u64.pow((*places).into()).is_multiple_of(denominator);
            let places = (0..=Self::MOST_PLACES).find(is_power)?;
            let times = 10_u64.pow(places.into()).checked_div(denominator)?;
            let digits = u64::try_from(numerator).ok()?.checked_mul(times)?;
            Some(Self::Decimal { date, places, digits })
        };
        decimal().unwrap_or_else(|| Self::Exact { date, factor: factor.into() })
    }

    /// Reads digits, or digits around one `point`: the form of nearly all cells of a file. Returns `None`
    /// for any other text, for zero and for more than 19 bytes: [`Ratio`] reads or refuses them.
    #[cfg(feature = "csv")]
    #[inline]
    #[expect(clippy::arithmetic_side_effects, reason = "a number of 19 digits is below 2^64")]
    pub(super) fn read(date: Date, text: &[u8], point: u8) -> Option<Self> {
        if text.len() > 19 || !text.first()?.is_ascii_digit() || text.last() == Some(&point) {
            return None;
        }
        let (mut digits, mut places, mut step) = (0, 0, 0);
        for &byte in text {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                digits = digits * 10 + u64::from(digit);
                places += step;
            } else if byte == point && step == 0 {
                step = 1;
            } else {
                return None;
            }
        }
        (digits > 0).then_some(Self::Decimal { date, places, digits })
    }

    pub(super) const fn date(&self) -> Date {
        match self {
            Self::Decimal { date, .. } | Self::Exact { date, .. } => *date,
        }
    }

    pub(super) fn factor(&self) -> Ratio {
        match self {
            Self::Decimal { places, digits, .. } => {
                let power = 10_u64.pow((*places).into());
                Ratio::small((*digits).into(), power.into())
            }
            Self::Exact { factor, .. } => (**factor).clone(),
        }
    }
}

impl PartialEq for DayRate {
    fn eq(&self, other: &Self) -> bool {
        self.date() == other.date() && self.factor() == other.factor()
    }
}

impl Eq for DayRate {}

impl fmt::Debug for DayRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.factor(), self.date())
    }
}

#[cfg(all(test, feature = "csv"))]
mod tests {
    use super::DayRate;
    use crate::number::Ratio;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Binary formats hold lowest terms, and a rate for 200 units is divided by 200.
    #[test]
    fn a_decimal_in_any_terms_is_held_as_a_decimal() {
        for (numerator, denominator, text) in
            [(27_855, 100, "278.55"), (5_571, 20, "278.55"), (55_710, 200, "278.55"), (7, 1, "7")]
        {
            let rate = DayRate::new(date(2024, 12, 31), Ratio::small(numerator, denominator));
            assert!(matches!(rate, DayRate::Decimal { .. }), "{numerator}/{denominator}");
            assert_eq!(rate.factor().to_string(), text);
        }
        for (numerator, denominator) in [(1, 3), (1, 1 << 19), (1 << 64, 10), (i128::MAX, 1)] {
            let number = Ratio::small(numerator, denominator);
            let rate = DayRate::new(date(2024, 12, 31), number.clone());
            assert!(matches!(rate, DayRate::Exact { .. }), "{number}");
            assert_eq!(rate.factor(), number);
        }
    }

    proptest! {
        /// What is read at once is what [`Ratio`] reads, in one form or another of the same number.
        #[test]
        fn digits_read_at_once_are_the_number_that_a_ratio_reads(
            text in prop_oneof![
                "[0-9]{1,20}",
                "[0-9]{1,12}\\.[0-9]{1,12}",
                "0{0,3}[0-9]{0,3}[./e,+ -]?[0-9]{0,3}\\.?",
            ],
        ) {
            let day = date(2024, 12, 31);
            let number = text.parse::<Ratio>().ok().filter(|number| *number > Ratio::ZERO);
            let read = DayRate::read(day, text.as_bytes(), b'.');
            match (read, number) {
                (Some(read), number) => {
                    prop_assert_eq!(Some(read.factor()), number.clone());
                    prop_assert_eq!(number.map(|number| DayRate::new(day, number)), Some(read));
                }
                (None, None) => {}
                (None, Some(number)) => {
                    prop_assert!(text.len() > 19 || text.contains('/'), "{text}");
                    prop_assert_eq!(DayRate::new(day, number.clone()).factor(), number);
                }
            }
            if !text.contains(',') {
                let comma = DayRate::read(day, text.replace('.', ",").as_bytes(), b',');
                prop_assert_eq!(comma, DayRate::read(day, text.as_bytes(), b'.'));
            }
        }
    }
}
