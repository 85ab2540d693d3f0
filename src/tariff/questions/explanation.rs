//! [`Explanation`]: an interpretation of a contract that gives the figure on an invoice.

use crate::{
    money::{Cost, Money},
    number::Ratio,
    quantity::{DataRate, DataVolume},
    tariff::Direction,
    text::TimeText,
    usage::PercentileRule,
};
use core::{fmt, time::Duration};
use jiff::Timestamp;

/// A figure on an invoice: a rate, a volume or an amount.
///
/// ```
/// use bandwidth_cost::{DataRate, tariff::Figure};
///
/// assert_eq!(Figure::from(DataRate::from_mbps(950)).to_string(), "950 Mbps");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// The rate that a tariff by rate measured.
    Rate(DataRate),
    /// The volume that a tariff by volume measured.
    Volume(DataVolume),
    /// The total of the bill in its currency, with minimum, maximum and adjustments.
    Amount(Cost),
}

/// An assumption of an interpretation that differs from the card.
///
/// ```
/// use bandwidth_cost::{Direction, tariff::Assumption};
///
/// assert_eq!(Assumption::Direction(Direction::SlotMax).to_string(), "direction slot_max");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assumption {
    /// All tariffs bill this direction.
    Direction(Direction),
    /// The slot of each percentile is found by this rule.
    Rule(PercentileRule),
    /// The traffic was measured in slots of this length, on the clock.
    SlotLength(Duration),
    /// Months and days are those of UTC.
    Utc,
    /// The units of the prices are in powers of 1024: the price for 1 Mbps is for 1,048,576 bit/s. A rate
    /// or a volume is stated in such units of its tariff's first price.
    BinaryUnits,
    /// The slots that were not measured count as zero.
    LeftOutAsZero,
}

/// An interpretation of a contract that gives an invoiced figure, or one near to it.
///
/// See [`RateCard::explain`](crate::RateCard::explain).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub(super) figure: Figure,
    pub(super) distance: Ratio,
    pub(super) tariff: Option<String>,
    pub(super) assumptions: Vec<Assumption>,
    pub(super) slots: Vec<(String, Timestamp)>,
    pub(super) tried_utc: bool,
}

impl Explanation {
    /// Returns the figure that the interpretation gives.
    #[must_use]
    pub const fn figure(&self) -> &Figure {
        &self.figure
    }

    /// Returns the distance to the invoiced figure, as a part of that one; zero if both are equal.
    #[must_use]
    pub const fn distance(&self) -> &Ratio {
        &self.distance
    }

    /// Returns the name of the tariff that measures the figure, or `None` for an amount, which is of all
    /// tariffs.
    #[must_use]
    pub fn tariff(&self) -> Option<&str> {
        self.tariff.as_deref()
    }

    /// Returns the assumptions that differ from the card; none for the card's own interpretation.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Returns the starts of the slots that were billed, each with the name of its tariff: one for a
    /// percentile or a peak, and two for an interpolated percentile. Of slots with the same traffic it is
    /// the earliest. Other measures are of all slots.
    #[must_use]
    pub fn slots(&self) -> &[(String, Timestamp)] {
        &self.slots
    }

    /// Returns whether months in UTC were tried, or are those of the card. If not, the link does not
    /// reach a day beyond the month on both sides.
    #[must_use]
    pub const fn tried_utc(&self) -> bool {
        self.tried_utc
    }
}

impl Figure {
    /// Returns the figure in bits per second, in billionths of a bit, or in money.
    pub(super) fn number(&self) -> Ratio {
        match self {
            Self::Rate(rate) => rate.as_bps().into(),
            Self::Volume(volume) => volume.as_nanobits().into(),
            Self::Amount(cost) => cost.amount().clone(),
        }
    }
}

impl From<DataRate> for Figure {
    fn from(rate: DataRate) -> Self {
        Self::Rate(rate)
    }
}

impl From<DataVolume> for Figure {
    fn from(volume: DataVolume) -> Self {
        Self::Volume(volume)
    }
}

impl From<Cost> for Figure {
    fn from(cost: Cost) -> Self {
        Self::Amount(cost)
    }
}

impl From<Money> for Figure {
    fn from(money: Money) -> Self {
        Self::Amount(money.into())
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(rate) => rate.fmt(f),
            Self::Volume(volume) => volume.fmt(f),
            Self::Amount(cost) => cost.fmt(f),
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Self::Direction(direction) => format!("direction {direction}"),
            Self::Rule(rule) => format!("percentile by {rule}"),
            Self::SlotLength(length) => format!("slots of {}", TimeText(*length)),
            Self::Utc => "months in UTC".to_owned(),
            Self::BinaryUnits => "units of 1024".to_owned(),
            Self::LeftOutAsZero => "zero where it was not measured".to_owned(),
        })
    }
}

impl fmt::Display for Explanation {
    /// Writes the figure, how far it is from the invoiced one, the assumptions and the billed slots.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        if let Some(tariff) = &self.tariff {
            text += &format!("{tariff}, ");
        }
        text += &match &self.figure {
            Figure::Rate(rate) => rate.to_string(),
            Figure::Volume(volume) => volume.to_string(),
            Figure::Amount(cost) => shown(cost),
        };
        if !self.distance.is_zero() {
            let percent = format!("{:.3}", &self.distance * &Ratio::from(100));
            let percent = if percent == "0.000" { "less than 0.001" } else { &percent };
            text += &format!(" (off by {percent}%)");
        }
        let assumptions: Vec<String> = self.assumptions.iter().map(ToString::to_string).collect();
        let as_written = assumptions.is_empty();
        text += ": ";
        text += &if as_written { "as the card says".to_owned() } else { assumptions.join(", ") };
        for (tariff, at) in &self.slots {
            text += &match &self.tariff {
                Some(_) => format!("; slot of {at}"),
                None => format!("; {tariff}, slot of {at}"),
            };
        }
        if !self.tried_utc {
            text += "; months in UTC not tried";
        }
        f.pad(&text)
    }
}

/// Writes an amount exactly, or rounded to minor units if it has no end.
fn shown(cost: &Cost) -> String {
    let exact = cost.to_string();
    if !exact.contains('/') {
        return exact;
    }
    let places = usize::from(cost.currency().minor_units().unwrap_or(2));
    format!("≈ {cost:.places$}")
}
