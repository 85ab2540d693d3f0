//! The part of [`Cost`] that rounds: the one door to [`Money`].

use crate::{
    Error,
    money::{Cost, Money, MoneyError},
    number::NumberError,
};
use rust_decimal::{Decimal, RoundingStrategy};

/// The most decimal places of an amount in 128 bits.
pub(crate) const MAX_SCALE: u32 = 38;

impl Cost {
    /// Rounds to whole minor units of the currency as `strategy` says.
    ///
    /// The strategies round these numbers of minor units, such as cents, as follows:
    ///
    /// | strategy | 2.5 | −2.5 | 2.6 | −2.6 |
    /// | --- | --- | --- | --- | --- |
    /// | `MidpointNearestEven` | 2 | −2 | 3 | −3 |
    /// | `MidpointAwayFromZero` | 3 | −3 | 3 | −3 |
    /// | `MidpointTowardZero` | 2 | −2 | 3 | −3 |
    /// | `ToZero` | 2 | −2 | 2 | −2 |
    /// | `AwayFromZero` | 3 | −3 | 3 | −3 |
    /// | `ToNegativeInfinity` | 2 | −3 | 2 | −3 |
    /// | `ToPositiveInfinity` | 3 | −2 | 3 | −2 |
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NoMinorUnits`] for a currency without minor units, such as gold (`XAU`).
    /// - [`NumberError::Overflow`] if the digits do not fit a [`Decimal`].
    ///
    /// ```
    /// use bandwidth_cost::{Cost, RoundingStrategy};
    ///
    /// let cost: Cost = "4/3 USD".parse()?;
    /// assert_eq!(cost.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "1.33 USD");
    /// assert_eq!(cost.round(RoundingStrategy::AwayFromZero)?.to_string(), "1.34 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn round(&self, strategy: RoundingStrategy) -> Result<Money, Error> {
        let currency = self.currency();
        let places = currency.minor_units().ok_or(MoneyError::NoMinorUnits { currency })?;
        self.round_to(places.into(), strategy)
    }

    /// Rounds to `places` decimal places as `strategy` says (see [`Cost::round`]).
    ///
    /// # Errors
    ///
    /// - [`NumberError::TooManyPlaces`] for more than 28 places.
    /// - [`NumberError::Overflow`] if the digits do not fit a [`Decimal`].
    ///
    /// ```
    /// use bandwidth_cost::{Cost, RoundingStrategy};
    ///
    /// let cost: Cost = "4/3 USD".parse()?;
    /// let tenths_of_cents = cost.round_to(3, RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(tenths_of_cents.to_string(), "1.333 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn round_to(&self, places: u32, strategy: RoundingStrategy) -> Result<Money, Error> {
        Ok(Money::new(self.amount().round_to(places, strategy)?, self.currency()))
    }

    /// Rounds to `scale` decimal places as `strategy` says (see [`Cost::round`]), and returns the
    /// amount in units of 10^-`scale`, as Arrow's `Decimal128(38, scale)` holds it.
    ///
    /// # Errors
    ///
    /// - [`NumberError::TooManyPlaces`] for more than 38 places.
    /// - [`NumberError::Overflow`] if the digits do not fit 128 bits.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, RoundingStrategy};
    ///
    /// let cost: Cost = "4/3 USD".parse()?;
    /// assert_eq!(cost.round_to_i128(2, RoundingStrategy::MidpointNearestEven)?, 133);
    /// assert_eq!(cost.round_to_i128(0, RoundingStrategy::AwayFromZero)?, 2);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn round_to_i128(&self, scale: u32, strategy: RoundingStrategy) -> Result<i128, Error> {
        if scale > MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places: scale, most: MAX_SCALE }.into());
        }
        i128::try_from(self.amount().scaled(scale, strategy))
            .map_err(|_| NumberError::i128_overflow(self.amount(), scale).into())
    }

    /// Converts to [`Money`] with the fewest decimal places that are exact.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::Inexact`] if no decimal of at most 28 places is exact.
    /// - [`NumberError::Overflow`] if the digits do not fit a [`Decimal`].
    ///
    /// ```
    /// use bandwidth_cost::Cost;
    ///
    /// let eighth: Cost = "1/8 USD".parse()?;
    /// assert_eq!(eighth.to_money_exact()?.to_string(), "0.125 USD");
    /// let third: Cost = "4/3 USD".parse()?;
    /// assert_eq!(
    ///     third.to_money_exact().unwrap_err().to_string(),
    ///     "4/3 USD is not a decimal of at most 28 places: round it with round or round_to",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn to_money_exact(&self) -> Result<Money, Error> {
        let inexact = || Error::from(MoneyError::Inexact { cost: self.clone() });
        let (digits, places) = self.amount().exact_decimal().ok_or_else(inexact)?;
        let places = u32::try_from(places).ok().filter(|&places| places <= Decimal::MAX_SCALE);
        let places = places.ok_or_else(inexact)?;
        let amount = i128::try_from(digits).ok();
        let amount = amount.and_then(|n| Decimal::try_from_i128_with_scale(n, places).ok());
        let overflow = || NumberError::decimal_overflow(self.amount(), places);
        Ok(Money::new(amount.ok_or_else(overflow)?, self.currency()))
    }
}
