//! Serde for money: text for people, digits and codes in binary formats.

use super::{Cost, Currency, Money};
use crate::{
    Error,
    number::{NumberError, Ratio},
    text::serde::{Wire, on_the_wire},
};
use rust_decimal::Decimal;

on_the_wire! { Currency Money Cost }

impl Wire for Currency {
    const EXAMPLE: &'static str = "USD";
    type Parts = [u8; 3];

    fn to_parts(&self) -> [u8; 3] {
        #[expect(clippy::expect_used, reason = "so are the codes of ISO 4217")]
        self.code().as_bytes().try_into().expect("a code has three letters")
    }

    fn from_parts(code: [u8; 3]) -> Result<Self, Error> {
        String::from_utf8_lossy(&code).parse()
    }
}

impl Wire for Money {
    const EXAMPLE: &'static str = "250.00 USD";
    /// Digits, decimal places, currency.
    type Parts = (i128, u32, Currency);

    fn to_parts(&self) -> Self::Parts {
        (self.amount().mantissa(), self.amount().scale(), self.currency())
    }

    fn from_parts((digits, places, currency): Self::Parts) -> Result<Self, Error> {
        match Decimal::try_from_i128_with_scale(digits, places) {
            Ok(amount) => Ok(Self::new(amount, currency)),
            Err(_) if places > Decimal::MAX_SCALE => {
                Err(NumberError::TooManyPlaces { places, most: Decimal::MAX_SCALE }.into())
            }
            Err(_) => {
                let amount = Ratio::small(digits, 10_u128.pow(places));
                Err(NumberError::decimal_overflow(&amount, places).into())
            }
        }
    }
}

impl Wire for Cost {
    const EXAMPLE: &'static str = "4/3 USD";
    type Parts = (Ratio, Currency);

    fn to_parts(&self) -> Self::Parts {
        (self.amount().clone(), self.currency())
    }

    fn from_parts((amount, currency): Self::Parts) -> Result<Self, Error> {
        Ok(Self::new(amount, currency))
    }
}
