//! The part of [`Money`] that splits an amount by weights.

use crate::{
    Error,
    money::{Money, MoneyError},
    number::NumberError,
};
use dashu_int::{IBig, UBig, ops::DivRem};
use rust_decimal::Decimal;

impl Money {
    /// Splits the amount in proportion to `weights`, one part each; the parts sum to the whole.
    ///
    /// Parts are whole minor units of the currency, or whole units of the amount's own last decimal
    /// place if that is finer. Each part is rounded down; the units left over go, one each, to the
    /// parts with the largest remainders, the earlier one first on a tie. A weight of zero gets
    /// zero, and a negative amount is split like the positive one, with the signs changed.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NoWeights`] if no weight is above zero.
    /// - [`MoneyError::NoMinorUnits`] for a currency without minor units.
    /// - [`NumberError::Overflow`] if the amount in minor units does not fit a [`Decimal`].
    ///
    /// ```
    /// use bandwidth_cost::{Currency, Money};
    ///
    /// let bill = Money::from_major(100, Currency::USD);
    /// let parts = bill.allocate(&[1, 1, 1])?;
    /// assert_eq!(parts, [
    ///     Money::from_minor(33_34, Currency::USD),
    ///     Money::from_minor(33_33, Currency::USD),
    ///     Money::from_minor(33_33, Currency::USD),
    /// ]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "rounding down takes less than one unit from each part"
    )]
    pub fn allocate(self, weights: &[u64]) -> Result<Vec<Self>, Error> {
        let (amount, currency) = (self.amount(), self.currency());
        let minor_units = currency.minor_units().ok_or(MoneyError::NoMinorUnits { currency })?;
        let places = amount.normalize().scale().max(minor_units.into());
        let overflow = || Error::from(NumberError::decimal_overflow(&amount.into(), places));

        let sum: UBig = weights.iter().map(|&weight| UBig::from(weight)).sum();
        if sum.is_zero() {
            return Err(MoneyError::NoWeights { amount: self, parts: weights.len() }.into());
        }
        let scale = |n: i128, from: u32| {
            let digits = 10_i128.checked_pow(places.checked_sub(from)?)?.checked_mul(n)?;
            Decimal::try_from_i128_with_scale(digits, places).ok()
        };
        let exact = amount.normalize();
        let units = scale(exact.mantissa(), exact.scale()).ok_or_else(overflow)?.mantissa();

        // Each part rounded down, and the remainder that decides who gets one more.
        let whole = UBig::from(units.unsigned_abs());
        let mut parts: Vec<(UBig, UBig)> =
            weights.iter().map(|&weight| (&whole * UBig::from(weight)).div_rem(&sum)).collect();
        let given: UBig = parts.iter().map(|(part, _)| part).sum();
        let left = usize::try_from(&whole - given).expect("fewer units than parts");
        let mut largest_first: Vec<&mut (UBig, UBig)> = parts.iter_mut().collect();
        largest_first.sort_by(|(_, a), (_, b)| b.cmp(a)); // stable: the earlier one first on a tie
        for (part, _) in largest_first.into_iter().take(left) {
            *part += UBig::ONE;
        }

        parts
            .into_iter()
            .map(|(part, _)| {
                let part = if units < 0 { -IBig::from(part) } else { part.into() };
                let part = i128::try_from(part).ok().and_then(|part| scale(part, places));
                Ok(Self::new(part.ok_or_else(overflow)?, currency))
            })
            .collect()
    }
}
