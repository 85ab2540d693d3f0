//! Money for tests: the features `arbitrary` and `proptest`.

use super::{Currency, Money};
use crate::{Decimal, number::near_bounds};
use arbitrary::{Arbitrary, Result, Unstructured};

/// The dollar, the rupee and the euro as often as all other currencies together.
impl<'a> Arbitrary<'a> for Currency {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        if u.ratio(1_u8, 2_u8)? {
            let all: Vec<Self> = Self::all().collect();
            return u.choose(&all).copied();
        }
        u.choose(&[Self::USD, Self::PKR, Self::EUR]).copied()
    }
}

/// Amounts in whole minor units up to ten million, and decimals up to [`Decimal::MAX`] with up to 28
/// places; a credit as often as a charge.
impl<'a> Arbitrary<'a> for Money {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let currency = Currency::arbitrary(u)?;
        let (digits, places) = if u.ratio(1_u8, 2_u8)? {
            const MOST: u128 = Decimal::MAX.mantissa().unsigned_abs();
            (near_bounds(u, MOST)?, u.int_in_range(0..=Decimal::MAX_SCALE)?)
        } else {
            let places = u32::from(currency.minor_units().unwrap_or(2));
            (u.int_in_range(0..=1_000_000_000)?, places)
        };
        let digits = i128::try_from(digits).map_err(|_| arbitrary::Error::IncorrectFormat)?;
        let digits = if u.arbitrary()? { digits.saturating_neg() } else { digits };
        let amount = Decimal::try_from_i128_with_scale(digits, places);
        Ok(Self::new(amount.map_err(|_| arbitrary::Error::IncorrectFormat)?, currency))
    }
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    Currency: 8,
    Money: 48,
}
