//! [`PartialSums`]: what pieces of a column add up to, before it is money.

use super::kernel::{Bounded, Stepped};
use crate::{Error, bulk::BulkError};

/// The sums of a part of the data, as a [`Pricer`](super::Pricer) pricer made them: integers,
/// which add up to the same in any order.
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
/// It carries the fingerprint of what it was compiled from: sums of another schedule, unit or
/// currency are refused. That tells mistakes, not forgeries.
///
/// It serialises (feature `serde`), as numbers in text for people and compact in binary formats,
/// for other threads and machines to merge. The same schedule and unit have the same fingerprint on
/// each machine, and in each version of this crate with the same minor number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialSums {
    pub(crate) fingerprint: u64,
    pub(crate) sums: Sums,
}

/// What the cost of a column depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sums {
    /// How many numbers there are.
    pub(crate) records: u64,
    /// Σ x
    pub(crate) units: u128,
    /// Σ steps(x)
    pub(crate) steps: u128,
    /// At each bound of the schedule: what lies within it,
    pub(crate) bounded: Vec<Bounded>,
    /// and the steps of what is above it, where there are steps.
    pub(crate) stepped: Vec<Stepped>,
}

impl PartialSums {
    /// How many numbers were added.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut partial = pricer.partial();
    /// pricer.add(&mut partial, &Column::bytes(&[64, 1_500]))?;
    /// assert_eq!(partial.records(), 2);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.sums.records
    }

    /// Adds what another part of the data summed up to.
    ///
    /// # Errors
    ///
    /// [`BulkError::OtherPricer`] where the two were made by different pricers;
    /// [`BulkError::PartialOverflow`] where a sum does not fit 128 bits, or the records 64, which those
    /// of columns in memory never come near; [`BulkError::PartialBounds`] where one was read and is not
    /// as it was written. The partial is left as it was.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let mut bytes = pta::DISRUPTION_COST.compile(VolumeUnit::Byte).partial();
    /// let megabytes = pta::DISRUPTION_COST.compile(VolumeUnit::Megabyte).partial();
    /// assert!(bytes.merge(&megabytes).is_err());
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.expect(other)?;
        self.sums = self.sums.checked_add(&other.sums).ok_or(BulkError::PartialOverflow {
            left: self.sums.records,
            right: other.sums.records,
        })?;
        Ok(())
    }

    /// Whether the sums are those of the same pricer as `other`.
    pub(super) fn expect(&self, other: &Self) -> Result<(), Error> {
        let (bounded, stepped) = (other.sums.bounded.len(), other.sums.stepped.len());
        self.expect_of(other.fingerprint, bounded, stepped)
    }

    /// Whether the sums have this fingerprint, and are at so many bounds.
    pub(super) fn expect_of(
        &self,
        fingerprint: u64,
        bounded: usize,
        stepped: usize,
    ) -> Result<(), Error> {
        if self.fingerprint != fingerprint {
            return Err(
                BulkError::OtherPricer { left: self.fingerprint, right: fingerprint }.into()
            );
        }
        // Only what was read from elsewhere can differ here.
        let own = (self.sums.bounded.len(), self.sums.stepped.len());
        for (left, right) in [(own.0, bounded), (own.1, stepped)] {
            if left != right {
                return Err(BulkError::PartialBounds { left, right }.into());
            }
        }
        Ok(())
    }
}

impl Sums {
    pub(super) fn at_bounds(bounded: usize, stepped: usize) -> Self {
        Self {
            bounded: vec![Bounded::default(); bounded],
            stepped: vec![Stepped::default(); stepped],
            ..Self::default()
        }
    }

    /// Whether no part is more than the whole. That a column has just these sums is not shown.
    #[cfg(feature = "serde")]
    pub(crate) fn are_possible(&self) -> bool {
        let most = u128::from(self.records).saturating_mul(u64::MAX.into());
        let (units, steps) = (self.units, self.steps);
        let bounded = |at: &Bounded| at.within <= units && at.above <= self.records;
        let stepped = |at: &Stepped| at.steps <= steps && at.above <= self.records;
        units <= most
            && steps <= most
            && self.bounded.iter().all(bounded)
            && self.stepped.iter().all(stepped)
    }

    /// The sums of both; nothing where one does not fit.
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
