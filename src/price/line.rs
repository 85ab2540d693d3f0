//! [`Line`]: one line of a bill.

use super::PriceReading;
use crate::{money::Cost, quantity::Measured};
use core::fmt;

/// One line of a bill: what is charged, the quantity, the unit price and the amount.
///
/// ```
/// use bandwidth_cost::{DataVolume, Schedule};
///
/// let schedule = Schedule::flat("0.09 USD per 1 GB".parse()?)
///     .with_allowance(DataVolume::from_gigabytes(100));
/// let lines = schedule.lines(DataVolume::from_gigabytes(350));
/// assert_eq!(lines[0].to_string(), "allowance: 100 GB");
/// assert_eq!(lines[1].to_string(), "usage: 250 GB at 0.09 USD per 1 GB = 22.5 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    pub(super) item: Item,
    pub(super) label: String,
    pub(super) quantity: Option<Measured>,
    pub(super) unit_price: Option<PriceReading>,
    pub(super) amount: Cost,
}

/// What a line is for.
///
/// The first three explain how the measured quantity becomes the billed one, and cost nothing:
/// measured − [`Allowance`](Self::Allowance) + [`Increment`](Self::Increment) +
/// [`Commitment`](Self::Commitment) is the sum of the [`Usage`](Self::Usage).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Item {
    /// The free quantity that was used.
    Allowance,
    /// What rounding up to a multiple of the increment adds.
    Increment,
    /// What was not used of the commitment.
    Commitment,
    /// A quantity at its unit price.
    Usage,
    /// The fee of a tier.
    TierFee,
    /// The fixed fee.
    FixedFee,
    /// What is missing to the minimum.
    Minimum,
    /// What is above the maximum, taken off.
    Maximum,
    /// The part of the period in which the link was not in service, taken off.
    OutOfService,
}

impl Line {
    /// A line for money alone.
    pub(crate) const fn charge(item: Item, label: String, amount: Cost) -> Self {
        Self { item, label, quantity: None, unit_price: None, amount }
    }

    /// What it is for.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Item, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(schedule.lines(DataRate::from_mbps(5))[0].item(), Item::Usage);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn item(&self) -> Item {
        self.item
    }

    /// The same in words, with the tier's bounds: "up to 10 TB".
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(schedule.lines(DataRate::from_mbps(5))[0].label(), "usage");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How much, if the line is for a quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Measured, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let rate = DataRate::from_mbps(5);
    /// assert_eq!(schedule.lines(rate)[0].quantity(), Some(Measured::Rate(rate)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn quantity(&self) -> Option<Measured> {
        self.quantity
    }

    /// At which price, if the quantity is priced.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, PriceReading, Schedule};
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let lines = Schedule::flat(price).lines(DataRate::from_mbps(5));
    /// assert_eq!(lines[0].unit_price(), Some(PriceReading::Rate(price)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn unit_price(&self) -> Option<PriceReading> {
        self.unit_price
    }

    /// What it adds to the bill, exactly; negative for what is taken off.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(schedule.lines(DataRate::from_mbps(5))[0].amount().to_string(), "4 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn amount(&self) -> &Cost {
        &self.amount
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { label, amount, .. } = self;
        let text = match (self.quantity, self.unit_price) {
            (Some(quantity), Some(price)) => format!("{label}: {quantity} at {price} = {amount}"),
            (Some(quantity), None) => format!("{label}: {quantity}"),
            (None, _) => format!("{label}: {amount}"),
        };
        f.pad(&text)
    }
}
