//! [`LineItem`]: a line of a bill.

use crate::{money::Cost, price::AnyPrice, quantity::AnyQuantity};
use core::fmt;

/// A line of a bill: a label, a quantity, a unit price and an amount.
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
pub struct LineItem {
    pub(super) kind: LineKind,
    pub(super) label: String,
    pub(super) quantity: Option<AnyQuantity>,
    pub(super) unit_price: Option<AnyPrice>,
    pub(super) amount: Cost,
}

/// The kind of a [`LineItem`].
///
/// The first three explain how the measured quantity becomes the billed one, and their amounts are
/// zero: measured − [`Allowance`](Self::Allowance) + [`Increment`](Self::Increment) +
/// [`Commitment`](Self::Commitment) is the sum of the quantities of [`Usage`](Self::Usage). In a month
/// in which the price of a rate changes, each price has that sum, for its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum LineKind {
    /// The part of the allowance that was used.
    Allowance,
    /// The quantity that rounding up to a multiple of the increment adds.
    Increment,
    /// The unused part of the commitment.
    Commitment,
    /// A quantity at its unit price, or the quantity in a tier of a fee alone.
    Usage,
    /// The fee of a tier; below zero if it was charged before a change of prices, and use moved on to
    /// another tier.
    TierFee,
    /// The difference for a quantity that was billed before in the month, and that more use moves to the
    /// price of another tier: of all-units prices after a change.
    Repriced,
    /// The fixed fee.
    FixedFee,
    /// The amount that raises the total to the minimum.
    Minimum,
    /// The amount above the maximum, which is taken off.
    Maximum,
    /// The cost of the part of the period in which the link was not in service, which is taken off.
    OutOfService,
    /// An adjustment of the whole bill, such as a credit, a surcharge or a tax.
    Adjustment,
}

impl LineKind {
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Allowance => "allowance",
            Self::Increment => "rounded up by",
            Self::Commitment => "unused commitment",
            Self::Usage => "usage",
            Self::TierFee => "fee",
            Self::FixedFee => "fixed fee",
            Self::Minimum => "up to the minimum",
            Self::Maximum => "down to the maximum",
            Self::OutOfService => "out of service",
            Self::Repriced => "repriced",
            Self::Adjustment => "adjustment",
        }
    }
}

impl LineItem {
    /// Creates a line without a quantity.
    pub(crate) const fn charge(kind: LineKind, label: String, amount: Cost) -> Self {
        Self { kind, label, quantity: None, unit_price: None, amount }
    }

    /// Creates a line from its parts.
    #[cfg(feature = "serde")]
    pub(crate) const fn from_parts(
        kind: LineKind,
        label: String,
        quantity: Option<AnyQuantity>,
        unit_price: Option<AnyPrice>,
        amount: Cost,
    ) -> Self {
        Self { kind, label, quantity, unit_price, amount }
    }

    /// Returns the kind of line.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, LineKind, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(schedule.lines(DataRate::from_mbps(5))[0].kind(), LineKind::Usage);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> LineKind {
        self.kind
    }

    /// Returns the kind in words, the bounds of the tier ("up to 10 TB"), or the name and the percentage of
    /// the adjustment.
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

    /// Returns the quantity, or `None` for a line of money alone.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, AnyQuantity, Schedule};
    ///
    /// let schedule = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let rate = DataRate::from_mbps(5);
    /// assert_eq!(schedule.lines(rate)[0].quantity(), Some(AnyQuantity::Rate(rate)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn quantity(&self) -> Option<AnyQuantity> {
        self.quantity
    }

    /// Returns the unit price, or `None` if the line has no priced quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, AnyPrice, Schedule};
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let lines = Schedule::flat(price).lines(DataRate::from_mbps(5));
    /// assert_eq!(lines[0].unit_price(), Some(AnyPrice::Rate(price)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn unit_price(&self) -> Option<AnyPrice> {
        self.unit_price
    }

    /// Returns the exact amount that the line adds to the bill; negative for what is taken off.
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

impl fmt::Display for LineItem {
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
