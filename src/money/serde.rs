//! Serde for money: text in formats for people, digits and codes in binary formats. With [`parts`],
//! the number and the currency are two fields.
//!
//! To serialize a [`Decimal`] in a struct of your own as text, add
//! `rust_decimal = { version = "1", features = ["serde"] }` to your dependencies.

use super::{Cost, Currency, Money};
use crate::{
    Error, RoundingStrategy,
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

/// Amounts as a decimal and a currency in fields of their own, for charts and databases:
/// `#[serde(with = "bandwidth_cost::money::serde::parts")]` on a field of [`Money`] or
/// [`Cost`].
///
/// A cost that no decimal of 28 digits holds is written twice: in `amount` as a decimal, rounded
/// half to even to at most 12 places, and in `exact` as a fraction, which is the value that is read
/// back. Binary formats are the same with and without this attribute.
///
/// ```
/// use bandwidth_cost::{Cost, Money};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// struct Row {
///     #[serde(with = "bandwidth_cost::money::serde::parts")]
///     price: Money,
///     #[serde(with = "bandwidth_cost::money::serde::parts")]
///     cost: Cost,
/// }
///
/// let row = Row { price: "12.50 USD".parse()?, cost: "4/3 USD".parse()? };
/// let json = serde_json::to_string(&row)?;
/// assert_eq!(
///     json,
///     r#"{"price":{"amount":"12.50","currency":"USD"},"#.to_owned()
///         + r#""cost":{"amount":"1.333333333333","currency":"USD","exact":"4/3"}}"#,
/// );
/// let row: Row = serde_json::from_str(&json)?;
/// assert_eq!(row.cost.to_string(), "4/3 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod parts {
    use super::{
        Cost, Currency, Decimal, Error, Money, NumberError, Ratio, RoundingStrategy, sealed,
    };
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    #[derive(Serialize, Deserialize)]
    #[serde(rename = "Amount", deny_unknown_fields)]
    struct Parts {
        amount: String,
        currency: Currency,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exact: Option<Ratio>,
    }

    /// Writes an amount as two fields, its number and its currency.
    ///
    /// # Errors
    ///
    /// The error of the serializer.
    pub fn serialize<T: sealed::Amount, S: Serializer>(
        amount: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return amount.serialize(serializer);
        }
        let currency = amount.currency();
        if let Some(decimal) = amount.decimal() {
            let amount = decimal.to_string();
            return Parts { amount, currency, exact: None }.serialize(serializer);
        }
        let exact = amount.exact();
        let amount = rounded(&exact).map_err(serde::ser::Error::custom)?.to_string();
        Parts { amount, currency, exact: Some(exact) }.serialize(serializer)
    }

    /// Reads an amount from two fields, its number and its currency.
    ///
    /// # Errors
    ///
    /// - The error of the deserializer.
    /// - An error if `amount` is not a decimal, or is not `exact` in its rounded form.
    /// - An error if a field of [`Money`] has `exact`, because only a [`Cost`] holds a fraction.
    pub fn deserialize<'de, T: sealed::Amount, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        if !deserializer.is_human_readable() {
            return T::deserialize(deserializer);
        }
        let Parts { amount, currency, exact } = Parts::deserialize(deserializer)?;
        let money: Money = format!("{amount} {currency}").parse().map_err(de::Error::custom)?;
        let Some(exact) = exact else { return Ok(T::from_money(money)) };
        let expected = rounded(&exact).map_err(de::Error::custom)?;
        if money.amount() != expected {
            let message = format!("amount {amount} of exactly {exact}: expected {expected}");
            return Err(de::Error::custom(message));
        }
        T::from_cost(Cost::new(exact, currency)).map_err(de::Error::custom)
    }

    /// Rounds to 12 places, or to fewer that fit.
    fn rounded(exact: &Ratio) -> Result<Decimal, Error> {
        let mut rounded = Err(NumberError::decimal_overflow(exact, 0).into());
        for places in (0..=12).rev() {
            rounded = exact.round_to(places, RoundingStrategy::MidpointNearestEven);
            if rounded.is_ok() {
                break;
            }
        }
        rounded
    }
}

mod sealed {
    use super::{Cost, Currency, Decimal, Error, Money, Ratio};
    use serde::{Serialize, de::DeserializeOwned};

    /// An amount with parts: [`Money`] or [`Cost`].
    pub trait Amount: Serialize + DeserializeOwned {
        fn currency(&self) -> Currency;

        /// Returns the decimal, or `None` if none is exact.
        fn decimal(&self) -> Option<Decimal>;

        fn exact(&self) -> Ratio;

        fn from_money(money: Money) -> Self;

        fn from_cost(cost: Cost) -> Result<Self, Error>;
    }

    impl Amount for Money {
        fn currency(&self) -> Currency {
            Self::currency(*self)
        }

        fn decimal(&self) -> Option<Decimal> {
            Some(self.amount())
        }

        fn exact(&self) -> Ratio {
            self.amount().into()
        }

        fn from_money(money: Money) -> Self {
            money
        }

        fn from_cost(cost: Cost) -> Result<Self, Error> {
            cost.to_money_exact()
        }
    }

    impl Amount for Cost {
        fn currency(&self) -> Currency {
            Self::currency(self)
        }

        fn decimal(&self) -> Option<Decimal> {
            self.to_money_exact().ok().map(Money::amount)
        }

        fn exact(&self) -> Ratio {
            self.amount().clone()
        }

        fn from_money(money: Money) -> Self {
            money.into()
        }

        fn from_cost(cost: Cost) -> Result<Self, Error> {
            Ok(cost)
        }
    }
}
