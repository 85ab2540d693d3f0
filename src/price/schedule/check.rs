//! [`Schedule::check`]: what a buyer would want to know before signing.

use crate::{
    money::Cost,
    price::{
        AnyPrice, Tier,
        schedule::{Pricing, Schedule},
    },
    quantity::{AnyQuantity, Quantity},
};
use core::fmt;

/// Something odd about a schedule, though it is valid.
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
    /// More use costs less.
    TotalFalls {
        /// The last quantity before the fall.
        before: AnyQuantity,
        /// The next quantity.
        after: AnyQuantity,
        /// What `before` costs.
        from: Cost,
        /// What `after` costs.
        to: Cost,
    },
    /// A tier that no quantity is ever billed in.
    TierNeverReached {
        /// Which tier, counted from 1.
        number: usize,
        /// The tier.
        tier: String,
    },
    /// A unit price above the one of the tier before.
    PriceRises {
        /// Which tier, counted from 1.
        number: usize,
        /// The price of the tier before.
        from: AnyPrice,
        /// Its price.
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
    /// What is odd about the schedule, in the order of its tiers: where the total falls as use
    /// grows, tiers that are never reached, prices that rise with use.
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
        let (tiers, is_graduated) = match &self.pricing {
            Pricing::Flat(_) => return Vec::new(),
            Pricing::Graduated(tiers) => (tiers, true),
            Pricing::AllUnits(tiers) => (tiers, false),
        };
        let mut findings = Vec::new();
        let mut previous = None::<&Tier<Q>>;
        for (number, tier) in (1..).zip(tiers.as_slice()) {
            let first = previous.and_then(Tier::last).map_or(0, |last| last.saturating_add(1));
            let is_reached =
                if is_graduated { self.exceeds(first) } else { self.bills(first, tier.last()) };
            if !is_reached {
                findings.push(ScheduleWarning::TierNeverReached { number, tier: tier.to_string() });
            }
            if let Some(before) = previous.filter(|before| tier.price() > before.price()) {
                let (from, to) = (before.price().reading(), tier.price().reading());
                findings.push(ScheduleWarning::PriceRises { number, from, to });
            }
            if is_reached {
                findings.extend(tier.last().and_then(|last| self.fall_after(last)));
            }
            previous = Some(tier);
        }
        findings
    }

    /// Whether any quantity is billed as `first` units or more.
    fn exceeds(&self, first: u128) -> bool {
        let most = self.billed(Q::from_units(Q::MOST));
        most.within >= first || most.beyond > 0
    }

    /// Whether any quantity is billed as `first` to `last` units.
    fn bills(&self, first: u128, last: Option<u128>) -> bool {
        let committed = self.commitment.units();
        let least = if committed >= first {
            Some(committed)
        } else {
            match self.increment.units() {
                0 => Some(first),
                increment => first.checked_next_multiple_of(increment),
            }
        };
        match least {
            Some(least) => self.exceeds(least) && last.is_none_or(|last| least <= last),
            None => last.is_none() && self.exceeds(first),
        }
    }

    /// The fall of the total, if there is one, behind the last quantity that is billed as at most
    /// `last` units.
    fn fall_after(&self, last: u128) -> Option<ScheduleWarning> {
        let over = last.checked_rem(self.increment.units()).unwrap_or_default();
        let before = last.checked_sub(over)?.checked_add(self.allowance.units())?;
        let after = before.checked_add(1).filter(|&after| after <= Q::MOST)?;
        let [before, after] = [before, after].map(Q::from_units);
        let [from, to] = [before, after].map(|quantity| self.cost(quantity));
        let (before, after) = (before.measured(), after.measured());
        (to < from).then_some(ScheduleWarning::TotalFalls { before, after, from, to })
    }
}
