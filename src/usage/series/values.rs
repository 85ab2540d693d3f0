//! [`Values`]: the volumes of samples so far.

use crate::quantity::DataVolume;
use core::num::NonZeroU128;

/// Volumes in order, of which the first may be numbers of one unit.
///
/// A number takes half the memory of a volume, so that also a vector with as much free space again is
/// no larger than the series that it becomes.
#[derive(Debug)]
pub(super) struct Values {
    /// In billionths of a bit; not zero.
    unit: u128,
    /// The largest number whose volume is not above [`DataVolume::MAX`].
    #[cfg(feature = "csv")]
    most: u128,
    counts: Vec<u64>,
    volumes: Vec<DataVolume>,
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "the unit is not zero, a count is at most the largest of it, and lengths are in memory"
)]
impl Values {
    /// Creates values of which those before the first other volume may be numbers of a unit of
    /// billionths of a bit.
    pub(super) const fn of_unit(unit: NonZeroU128) -> Self {
        let unit = unit.get();
        Self {
            unit,
            #[cfg(feature = "csv")]
            most: u128::MAX / unit,
            counts: Vec::new(),
            volumes: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.counts.len() + self.volumes.len()
    }

    pub(super) fn get(&self, place: usize) -> Option<DataVolume> {
        match self.counts.get(place) {
            Some(&count) => Some(self.volume(count)),
            None => self.volumes.get(place.checked_sub(self.counts.len())?).copied(),
        }
    }

    fn volume(&self, count: u64) -> DataVolume {
        DataVolume::from_nanobits(self.unit * u128::from(count))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = DataVolume> {
        let counts = self.counts.iter().map(|&count| self.volume(count));
        counts.chain(self.volumes.iter().copied())
    }

    /// Adds a number of the unit, or returns `false` if it is too large or other volumes came before it.
    #[cfg(feature = "csv")]
    #[inline]
    pub(super) fn push_count(&mut self, count: u64) -> bool {
        let fits = u128::from(count) <= self.most && self.volumes.is_empty();
        if fits {
            self.counts.push(count);
        }
        fits
    }

    /// Adds a volume as a number of the unit, or returns `false` if it can't be.
    #[cfg(feature = "csv")]
    fn push_as_count(&mut self, volume: DataVolume) -> bool {
        let nanobits = volume.as_nanobits();
        self.unit > 1
            && self.volumes.is_empty()
            && nanobits.is_multiple_of(self.unit)
            && u64::try_from(nanobits / self.unit).is_ok_and(|count| self.push_count(count))
    }

    /// Makes room for volumes.
    #[cfg(feature = "csv")]
    pub(super) fn reserve(&mut self, volumes: usize) {
        self.volumes.reserve_exact(volumes);
    }

    pub(super) fn push(&mut self, volume: DataVolume) {
        #[cfg(feature = "csv")]
        if self.push_as_count(volume) {
            return;
        }
        // A vector that doubles has up to as much free space as the whole series takes.
        if self.volumes.len() == self.volumes.capacity() {
            self.volumes.reserve_exact(self.volumes.len() / 8 + 8);
        }
        self.volumes.push(volume);
    }

    /// Adds a volume to the last one, if there is one, or returns `None` if the sum exceeds
    /// [`DataVolume::MAX`].
    pub(super) fn add_to_last(&mut self, volume: DataVolume) -> Option<()> {
        if let Some(last) = self.volumes.last_mut() {
            *last = last.checked_add(volume)?;
        } else if let Some(count) = self.counts.pop() {
            self.push(self.volume(count).checked_add(volume)?);
        }
        Some(())
    }

    /// Returns the volumes in no more memory than they need.
    pub(super) fn into_volumes(mut self) -> Vec<DataVolume> {
        if self.counts.is_empty() {
            self.volumes.shrink_to_fit();
            return self.volumes;
        }
        let mut volumes = Vec::with_capacity(self.len());
        volumes.extend(self.iter());
        volumes
    }
}
