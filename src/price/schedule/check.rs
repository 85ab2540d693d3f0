//! The part of [`Schedule`] that finds what a buyer wants to know before signing.

use crate::{
    money::Cost,
    price::{
        AnyPrice, Tier,
        schedule::{Metering, Pricing, Schedule},
    },
    quantity::{AnyQuantity, Quantity},
};
use core::fmt;

/// A warning about a valid schedule: a term that may be a mistake.
///
/// ```
/// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
///
/// let schedule = Schedule::all_units(Tiers::new([
///     Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
/// ])?);
/// let findings = schedule.check();
/// assert_eq!(findings.len(), 1);
/// assert_eq!(
///     findings[0].to_string(),
///     "the total falls from 1000 USD at 1 Gbps to 500.0000005 USD just above it",
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleWarning {
    /// The cost falls as use grows.
    TotalFalls {
        /// The last quantity before the fall.
        before: AnyQuantity,
        /// The next quantity.
        after: AnyQuantity,
        /// The cost of `before`.
        from: Cost,
        /// The cost of `after`.
        to: Cost,
    },
    /// No quantity is ever billed in a tier.
    TierNeverReached {
        /// The position of the tier, counted from 1.
        number: usize,
        /// The tier.
        tier: String,
    },
    /// A tier's unit price is above that of the tier before.
    PriceRises {
        /// The position of the tier, counted from 1.
        number: usize,
        /// The price of the tier before.
        from: AnyPrice,
        /// The price of the tier.
        to: AnyPrice,
    },
}

impl fmt::Display for ScheduleWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TotalFalls { before, after, from, to } => {
                // One of the two is a bound, the other a smallest unit beside it.
                let (before, after) = (before.to_string(), after.to_string());
                if before.len() <= after.len() {
                    write!(f, "the total falls from {from} at {before} to {to} just above it")
                } else {
                    write!(f, "the total falls from {from} just below {after} to {to} at it")
                }
            }
            Self::TierNeverReached { number, tier } => {
                write!(f, "tier {number} ({tier}) is never reached")
            }
            Self::PriceRises { number, from, to } => {
                write!(f, "the price of tier {number} rises from {from} to {to}")
            }
        }
    }
}

impl<Q: Quantity> Schedule<Q> {
    /// Returns warnings about the schedule, in the order of its tiers: tiers that are never
    /// reached, prices that rise with use, and places where the cost falls as use grows.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
    ///
    /// let tiers = Tiers::new([
    ///     Tier::up_to(DataRate::from_gbps(1), "0.50 USD per 1 Mbps".parse()?),
    ///     Tier::rest("0.80 USD per 1 Mbps".parse()?),
    /// ])?;
    /// let findings = Schedule::all_units(tiers).with_commitment(DataRate::from_gbps(2)).check();
    /// let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    /// assert_eq!(findings, [
    ///     "tier 1 (up to 1 Gbps: 0.50 USD per 1 Mbps) is never reached",
    ///     "the price of tier 2 rises from 0.50 USD per 1 Mbps to 0.80 USD per 1 Mbps",
    /// ]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<ScheduleWarning> {
        let (tiers, is_graduated) = match &self.terms.pricing {
            Pricing::Flat(_) => return Vec::new(),
            Pricing::Graduated(tiers) => (tiers, true),
            Pricing::AllUnits(tiers) => (tiers, false),
        };
        let mut findings = Vec::new();
        let mut previous = None::<&Tier<Q>>;
        for (number, tier) in (1..).zip(tiers.as_slice()) {
            let before = previous.and_then(Tier::last);
            let is_reached = if is_graduated {
                before.is_none_or(|before| self.curve.exceeds(before))
            } else {
                self.bills(before, tier.last())
            };
            if !is_reached {
                findings.push(ScheduleWarning::TierNeverReached { number, tier: tier.to_string() });
            }
            let prices = previous.and_then(Tier::price).zip(tier.price());
            if let Some((from, to)) = prices.filter(|(from, to)| to > from) {
                let (from, to) = (from.of_either_kind(), to.of_either_kind());
                findings.push(ScheduleWarning::PriceRises { number, from, to });
            }
            if is_reached {
                findings.extend(tier.last().and_then(|last| self.fall_after(last)));
            }
            previous = Some(tier);
        }
        findings
    }

    /// Whether any quantity is billed as more than `before` and at most `last` units.
    fn bills(&self, before: Option<u128>, last: Option<u128>) -> bool {
        let Metering { increment, commitment, .. } = self.curve.metering();
        let first = before.map_or(Some(0), |before| before.checked_add(1));
        let least = match first {
            Some(first) if commitment >= first => Some(commitment),
            Some(first) if increment == 0 => Some(first),
            Some(first) => first.checked_next_multiple_of(increment),
            None => None,
        };
        match least {
            Some(0) => true,
            Some(least) => {
                self.curve.exceeds(least.saturating_sub(1)) && last.is_none_or(|last| least <= last)
            }
            // The least quantity exceeds 128 bits, so that only the last tier holds it.
            None => last.is_none() && self.curve.exceeds(u128::MAX),
        }
    }

    /// The fall of the cost, if there is one, behind the last quantity that is billed as at most
    /// `last` units.
    fn fall_after(&self, last: u128) -> Option<ScheduleWarning> {
        let Metering { allowance, increment, .. } = self.curve.metering();
        let over = if increment == 0 { 0 } else { last.checked_rem(increment)? };
        let before = last.checked_sub(over)?.checked_add(allowance)?;
        let after = before.checked_add(1).filter(|&after| after <= Q::MOST)?;
        let [before, after] = [before, after].map(Q::from_units);
        let [from, to] = [before, after].map(|quantity| self.cost(quantity));
        let (before, after) = (before.measured(), after.measured());
        (to < from).then_some(ScheduleWarning::TotalFalls { before, after, from, to })
    }
}
