//! Quantities for tests: the features `arbitrary` and `proptest`.

use super::{DataRate, DataVolume, sealed::Units};
use crate::number::near_bounds;
use arbitrary::{Arbitrary, Result, Unstructured};

/// Volumes near zero and near [`DataVolume::MAX`], beside powers of two and of ten, and anywhere.
impl<'a> Arbitrary<'a> for DataVolume {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        near_bounds(u, Self::MOST).map(Self::from_units)
    }
}

/// Rates near zero and near [`DataRate::MAX`], beside powers of two and of ten, and anywhere.
impl<'a> Arbitrary<'a> for DataRate {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        near_bounds(u, Self::MOST).map(Self::from_units)
    }
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    DataVolume: 32,
    DataRate: 32,
}
