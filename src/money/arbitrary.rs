//! Money for tests: the features `arbitrary` and `proptest`.

use super::{Currency, Money};
use crate::{
    Decimal,
    number::{near_bounds, refused},
};
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

/// Amounts of up to a billion minor units, which are hundredths where a currency has none, and decimals
/// up to [`Decimal::MAX`] with up to 28 places; a credit as often as a charge.
impl<'a> Arbitrary<'a> for Money {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let currency = Currency::arbitrary(u)?;
        let (digits, places) = if u.ratio(1_u8, 2_u8)? {
            const MOST: u128 = Decimal::MAX.mantissa().unsigned_abs();
            (near_bounds(u, MOST)?, u.int_in_range(0..=Decimal::MAX_SCALE)?)
        } else {
            const HUNDREDTHS: u8 = 2;
            let places = currency.minor_units().unwrap_or(HUNDREDTHS).into();
            (u.int_in_range(0..=1_000_000_000)?, places)
        };
        let digits = i128::try_from(digits).map_err(refused)?;
        #[expect(clippy::arithmetic_side_effects, reason = "at most 96 bits")]
        let digits = if u.arbitrary()? { -digits } else { digits };
        let amount = Decimal::try_from_i128_with_scale(digits, places).map_err(refused)?;
        Ok(Self::new(amount, currency))
    }
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    Currency: 8,
    Money: 48,
}
