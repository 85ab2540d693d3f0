//! [`PricedColumn`]: a schedule over a column.

use super::{Column, Pricer, amounts::Amounts, kernel::Level};
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

/// A column and a schedule by which each record is priced by itself: fees, minimums and tiers apply
/// to each, and [`sum`](Self::sum) is Σ cost(xᵢ).
///
/// ```
/// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
///
/// let flows = [64, 1_500, 900_000_000_000];
/// let column = Column::bytes(&flows);
/// let priced = pta::INTERNATIONAL_CHARGE.over(&column);
/// assert_eq!(priced.sum().to_string(), "900000.001564 USD");
///
/// let mut cents = [0; 3];
/// priced.each_into(2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
/// assert_eq!(cents, [0, 0, 90_000_000]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PricedColumn<'a, Q: Quantity> {
    pricer: Cow<'a, Pricer<Q>>,
    column: Column<'a, Q>,
}

impl<Q: Quantity> UnitPrice<Q> {
    /// Returns a priced column, in which each record of `column` is priced by itself.
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
    /// Returns a priced column, in which each record of `column` is priced by itself: fees,
    /// minimums and tiers apply to each. The cost of the column's sum is
    /// `schedule.cost(column.total()?)`.
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
        PricedColumn { pricer: Cow::Owned(self.compile(column.unit())), column: *column }
    }
}

impl<Q: Quantity> Pricer<Q> {
    /// Returns a priced column, as [`Schedule::over`] does, without compiling the schedule again.
    ///
    /// # Errors
    ///
    /// [`BulkError::ColumnUnit`] for a column in another unit.
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
        Ok(PricedColumn { pricer: Cow::Borrowed(self), column: *column })
    }
}

impl<Q: Quantity> PricedColumn<'_, Q> {
    /// Returns Σ cost(xᵢ), the exact sum of the costs of all records: fees, minimums and tiers apply to
    /// every record.
    ///
    /// The cost of a sum is `schedule.cost(column.total()?)`.
    ///
    /// ```
    /// use bandwidth_cost::{Schedule, bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 1, 1]);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).sum().to_string(), "4 USD");
    ///
    /// let with_fee = Schedule::flat(pta::DISRUPTION_COST).with_fixed_fee("1 USD".parse()?)?;
    /// assert_eq!(with_fee.over(&column).sum().to_string(), "7 USD"); // three records, three fees
    /// assert_eq!(with_fee.cost(column.total()?).to_string(), "5 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn sum(&self) -> Cost {
        self.pricer.cost(&self.pricer.sums_of(self.column.values()).sums)
    }

    /// Writes the cost of each record in units of 10^-`scale` of the currency, rounded once as
    /// `strategy` says (see [`Cost::round`]): the numbers of Arrow's `Decimal128(38, scale)`.
    ///
    /// # Errors
    ///
    /// - [`BulkError::Length`] if `out` has another length than the column.
    /// - [`NumberError::TooManyPlaces`] for more than 38 decimal places.
    /// - [`BulkError::AmountOverflow`] at the first record whose amount 128 bits don't hold: all
    ///   amounts before it are written, and those behind it are unspecified.
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
            let (found, needed) = (out.len(), self.column.len());
            return Err(BulkError::Length { argument: "out", found, needed }.into());
        }
        if scale > MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places: scale, most: MAX_SCALE }.into());
        }
        let Pricer { segments, stepper, .. } = &*self.pricer;
        Ok(Amounts::new(segments, stepper.as_ref(), scale, strategy))
    }

    #[expect(clippy::expect_used, reason = "the index is that of a record")]
    pub(super) fn overflow(&self, index: usize, scale: u32) -> Error {
        let x = self.column.values().get(index).expect("the record is in the column");
        let cost = Cost::new(self.pricer.segments.cost(*x), self.pricer.currency());
        BulkError::AmountOverflow { index, cost, scale }.into()
    }
}

#[cfg(feature = "rayon")]
impl<'a, Q: Quantity> PricedColumn<'a, Q> {
    pub(super) fn parts(&self) -> (&Pricer<Q>, Column<'a, Q>) {
        (&self.pricer, self.column)
    }
}
