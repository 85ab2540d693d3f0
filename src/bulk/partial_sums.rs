//! [`PartialSums`]: the sums of a part of the data.

use super::kernel::{Bounded, Stepped};
use crate::{Error, bulk::BulkError};

/// The sums of a part of the data, from which a [`Pricer`](super::Pricer) computes Σ cost(xᵢ):
/// each record is priced by itself, and fees, minimums and tiers apply to each record.
///
/// They are integers, so their sums are the same in any order. Sums without records cost zero.
///
/// ```
/// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
///
/// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
/// let (mut monday, mut tuesday) = (pricer.partial(), pricer.partial());
/// pricer.add(&mut monday, &Column::gigabytes(&[1, 2]))?;
/// pricer.add(&mut tuesday, &Column::gigabytes(&[5]))?;
/// monday.merge(&tuesday)?;
/// assert_eq!(monday.records(), 3);
/// assert_eq!(pricer.finish(&monday)?.to_string(), "32/3 USD"); // 8 GB at 4/3 USD
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// They carry the fingerprint of their pricer: sums for another schedule, unit or currency are refused.
/// The fingerprint reveals mistakes, not forgeries.
///
/// With the feature `serde` they can be sent to other machines and merged there: numbers are text in
/// formats such as JSON, and compact in binary ones. The same schedule and unit have the same
/// fingerprint on each machine, and in each version of this crate with the same major and minor number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialSums {
    pub(crate) fingerprint: u64,
    pub(crate) sums: Sums,
}

/// The sums on which the cost of a column depends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sums {
    /// The number of records.
    pub(crate) records: u64,
    /// Σ x.
    pub(crate) units: u128,
    /// Σ steps(x).
    pub(crate) steps: u128,
    /// The sums within each bound.
    pub(crate) bounded: Vec<Bounded>,
    /// The steps above each bound; empty without steps.
    pub(crate) stepped: Vec<Stepped>,
}

impl PartialSums {
    /// Returns the number of records.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut sums = pricer.partial();
    /// pricer.add(&mut sums, &Column::bytes(&[64, 1_500]))?;
    /// assert_eq!(sums.records(), 2);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.sums.records
    }

    /// Adds the sums of another part of the data.
    ///
    /// # Errors
    ///
    /// - [`BulkError::OtherPricer`] for sums of a pricer for another schedule, unit or currency.
    /// - [`BulkError::Bounds`] for sums that were read and differ from those that were written.
    /// - [`BulkError::SumOverflow`] for a sum above 128 bits or more records than 64 bits count,
    ///   which columns in memory never reach.
    ///
    /// After an error the sums are unchanged.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let mut bytes = pta::DISRUPTION_COST.compile(VolumeUnit::Byte).partial();
    /// let megabytes = pta::DISRUPTION_COST.compile(VolumeUnit::Megabyte).partial();
    /// assert!(bytes.merge(&megabytes).is_err());
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        other.check_same(self)?;
        self.sums = self
            .sums
            .checked_add(&other.sums)
            .ok_or(BulkError::SumOverflow { left: self.sums.records, right: other.sums.records })?;
        Ok(())
    }

    /// Checks that the sums are those of the same pricer as `other`.
    pub(super) fn check_same(&self, other: &Self) -> Result<(), Error> {
        self.check(other.fingerprint, (other.sums.bounded.len(), other.sums.stepped.len()))
    }

    /// Checks that the sums have this fingerprint, and are at these numbers of bounds.
    pub(super) fn check(
        &self,
        fingerprint: u64,
        (bounded, stepped): (usize, usize),
    ) -> Result<(), Error> {
        if self.fingerprint != fingerprint {
            let (sums, pricer) = (self.fingerprint, fingerprint);
            return Err(BulkError::OtherPricer { sums, pricer }.into());
        }
        // Only sums that were read can differ here.
        let own = (self.sums.bounded.len(), self.sums.stepped.len());
        for (found, needed) in [(own.0, bounded), (own.1, stepped)] {
            if found != needed {
                return Err(BulkError::Bounds { found, needed }.into());
            }
        }
        Ok(())
    }
}

impl Sums {
    pub(super) fn at_bounds((bounded, stepped): (usize, usize)) -> Self {
        Self {
            bounded: vec![Bounded::default(); bounded],
            stepped: vec![Stepped::default(); stepped],
            ..Self::default()
        }
    }

    /// Whether no part exceeds the whole: a column need not have just these sums.
    #[cfg(feature = "serde")]
    pub(crate) fn are_possible(&self) -> bool {
        let (units, steps) = (self.units, self.steps);
        #[expect(clippy::arithmetic_side_effects, reason = "u64 × u64 fits u128")]
        let most = u128::from(self.records) * u128::from(u64::MAX);
        let bounded = |at: &Bounded| at.within <= units && at.above <= self.records;
        let stepped = |at: &Stepped| at.steps <= steps && at.above <= self.records;
        units <= most
            && steps <= most
            && self.bounded.iter().all(bounded)
            && self.stepped.iter().all(stepped)
    }

    /// Adds two sums, or returns `None` on overflow.
    pub(super) fn checked_add(&self, other: &Self) -> Option<Self> {
        let bounded = self.bounded.iter().zip(&other.bounded).map(|(left, right)| {
            Some(Bounded {
                within: left.within.checked_add(right.within)?,
                above: left.above.checked_add(right.above)?,
            })
        });
        let stepped = self.stepped.iter().zip(&other.stepped).map(|(left, right)| {
            Some(Stepped {
                steps: left.steps.checked_add(right.steps)?,
                above: left.above.checked_add(right.above)?,
            })
        });
        Some(Self {
            records: self.records.checked_add(other.records)?,
            units: self.units.checked_add(other.units)?,
            steps: self.steps.checked_add(other.steps)?,
            bounded: bounded.collect::<Option<_>>()?,
            stepped: stepped.collect::<Option<_>>()?,
        })
    }
}
