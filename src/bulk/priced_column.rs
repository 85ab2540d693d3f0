//! [`PricedColumn`]: a schedule over a column.

use super::{
    Column, Pricer,
    kernel::{Amounts, Level},
};
use crate::{
    Error,
    bulk::BulkError,
    money::{Cost, MAX_SCALE},
    number::NumberError,
    price::{UnitPrice, schedule::Schedule},
    quantity::Quantity,
};
use rust_decimal::RoundingStrategy;
use std::borrow::Cow;

/// A schedule over a column.
///
/// ```
/// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
///
/// let flows = [64, 1_500, 900_000_000_000];
/// let column = Column::bytes(&flows);
/// let pricer = pta::INTERNATIONAL_CHARGE.over(&column);
/// assert_eq!(pricer.sum().to_string(), "900000.001564 USD");
///
/// let mut cents = [0; 3];
/// pricer.each_into(2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
/// assert_eq!(cents, [0, 0, 90_000_000]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PricedColumn<'a, Q: Quantity> {
    compiled: Cow<'a, Pricer<Q>>,
    column: Column<'a, Q>,
}

impl<Q: Quantity> UnitPrice<Q> {
    /// The price over a column of numbers: see [`bulk`](crate::bulk).
    ///
    /// ```
    /// use bandwidth_cost::{bulk::Column, pta};
    ///
    /// let hours = [634, 597, 815];
    /// let column = Column::terabytes(&hours);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).sum().to_string(), "2728000 USD");
    /// ```
    #[must_use]
    pub fn over<'a>(&self, column: &Column<'a, Q>) -> PricedColumn<'a, Q> {
        Schedule::flat(*self).over(column)
    }
}

impl<Q: Quantity> Schedule<Q> {
    /// The schedule over a column of numbers, each of which is priced by itself: see
    /// [`bulk`](crate::bulk).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule, bulk::Column};
    ///
    /// // Per started MB.
    /// let price = Schedule::flat("0.02 USD per 1 MB".parse()?)
    ///     .with_increment(DataVolume::from_megabytes(1))?;
    /// let sessions = [1, 1_000_000, 1_000_001];
    /// assert_eq!(price.over(&Column::bytes(&sessions)).sum().to_string(), "0.08 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn over<'a>(&self, column: &Column<'a, Q>) -> PricedColumn<'a, Q> {
        PricedColumn { compiled: Cow::Owned(self.compile(column.unit())), column: *column }
    }
}

impl<Q: Quantity> Pricer<Q> {
    /// The pricer over one of many columns, which share what was made ready.
    ///
    /// # Errors
    ///
    /// [`BulkError::ColumnUnit`] where the column has another unit.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    /// let mut cents = [0; 2];
    /// for batch in [[1, 2], [3, 4]] {
    ///     let column = Column::gigabytes(&batch);
    ///     pricer.over(&column)?.each_into(2, RoundingStrategy::ToZero, &mut cents)?;
    /// }
    /// assert_eq!(cents, [400, 533]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn over<'a>(&'a self, column: &Column<'a, Q>) -> Result<PricedColumn<'a, Q>, Error> {
        self.check_unit(column)?;
        Ok(PricedColumn { compiled: Cow::Borrowed(self), column: *column })
    }
}

impl<Q: Quantity> PricedColumn<'_, Q> {
    /// What all numbers cost together, exactly: the sum of what each costs.
    ///
    /// ```
    /// use bandwidth_cost::{bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 1, 1]);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).sum().to_string(), "4 USD");
    /// ```
    #[must_use]
    pub fn sum(&self) -> Cost {
        self.compiled.cost(&self.compiled.partial_of(self.column.values()).sums)
    }

    /// What each number costs, in units of 10^-`scale` of the currency, rounded as `strategy` says
    /// (see [`Cost::round`]): the numbers of Arrow's `Decimal128(38, scale)`.
    ///
    /// # Errors
    ///
    /// [`BulkError::OutputLength`] unless there is room for exactly one amount for each number;
    /// [`NumberError::TooManyPlaces`] beyond 38; [`BulkError::ElementOverflow`] at the first number whose
    /// amount 128 bits don't hold: all amounts before it are written, and what stands behind them
    /// is unspecified.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 2, 3]); // 4/3, 8/3 and 4 USD
    /// let mut cents = [0; 3];
    /// let nearest = RoundingStrategy::MidpointNearestEven;
    /// pta::DISRUPTION_COST.over(&column).each_into(2, nearest, &mut cents)?;
    /// assert_eq!(cents, [133, 267, 400]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn each_into(
        &self,
        scale: u32,
        strategy: RoundingStrategy,
        out: &mut [i128],
    ) -> Result<(), Error> {
        let amounts = self.amounts(scale, strategy, out)?;
        let written = amounts.write(Level::new(), self.column.values(), out);
        written.map_err(|index| self.overflow(index, scale))
    }

    pub(super) fn amounts(
        &self,
        scale: u32,
        strategy: RoundingStrategy,
        out: &[i128],
    ) -> Result<Amounts<'_>, Error> {
        if out.len() != self.column.len() {
            return Err(
                BulkError::OutputLength { needed: self.column.len(), output: out.len() }.into()
            );
        }
        if scale > MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places: scale, most: MAX_SCALE }.into());
        }
        let (lines, stepper) = self.compiled.lines();
        Ok(Amounts::new(lines, stepper, scale, strategy))
    }

    pub(super) fn overflow(&self, index: usize, scale: u32) -> Error {
        Error::from(BulkError::ElementOverflow { index, element: self.column.text(index), scale })
    }
}

#[cfg(feature = "rayon")]
impl<'a, Q: Quantity> PricedColumn<'a, Q> {
    pub(super) fn parts(&self) -> (&Pricer<Q>, Column<'a, Q>) {
        (&self.compiled, self.column)
    }
}
