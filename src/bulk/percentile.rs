//! The percentile of each of many series.

use super::kernel::{self, Level, Scratch};
use crate::{Error, bulk::BulkError, number::Ratio, usage::Percentile};
use rust_decimal::RoundingStrategy;

/// Writes the percentile of each of many series of equal length, which stand one behind the other:
/// the 95th percentile of each port, from a slice of all samples.
///
/// A percentile is in the unit of the samples. The samples are not sorted. By a rule that interpolates, a
/// percentile between two samples is computed exactly and rounded once, half to even.
///
/// # Errors
///
/// - [`BulkError::Zero`] for series of length zero.
/// - [`BulkError::Length`] if `samples` is not a whole number of series, or `out` has another
///   length than there are series.
///
/// ```
/// use bandwidth_cost::{Percentile, bulk};
///
/// // Two ports of a day of 5-minute samples each.
/// let samples: Vec<u64> = (0..288).chain(1_000..1_288).collect();
/// let mut billed = [0; 2];
/// bulk::percentile_each(&samples, 288, Percentile::P95, &mut billed)?;
/// assert_eq!(billed, [273, 1_273]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn percentile_each(
    samples: &[u64],
    series_len: usize,
    percentile: Percentile,
    out: &mut [u64],
) -> Result<(), Error> {
    check(samples, series_len, out)?;
    let place = Place::new(percentile, series_len);
    place.write_each(Level::new(), samples, out, &mut Scratch::default());
    Ok(())
}

/// The position of a percentile in series of one length.
pub(super) struct Place {
    series_len: usize,
    /// The position, rounded up, counted from 1.
    rank: usize,
    /// The distance from the position up to the rank, from zero to less than one.
    below: Ratio,
}

impl Place {
    /// `series_len` must not be zero.
    pub(super) fn new(percentile: Percentile, series_len: usize) -> Self {
        let rank = percentile.rank(series_len);
        let below = Ratio::from(rank as u128) - percentile.position(series_len);
        Self { series_len, rank, below }
    }

    /// Writes the percentile of each series; there must be as many as `out` has places.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "a position between two ranks is above the first, and what is between two numbers of \
                  64 bits is one"
    )]
    pub(super) fn write_each(
        &self,
        level: Level,
        samples: &[u64],
        out: &mut [u64],
        scratch: &mut Scratch,
    ) {
        let series = || samples.chunks_exact(self.series_len);
        kernel::nth_of_each(level, series().zip(&mut *out), self.rank, scratch);
        if self.below.is_zero() {
            return;
        }
        let mut lower = vec![0; out.len()];
        kernel::nth_of_each(level, series().zip(&mut lower), self.rank - 1, scratch);
        for (upper, lower) in out.iter_mut().zip(lower) {
            let apart = Ratio::from(u128::from(*upper - lower));
            let exact = Ratio::from(u128::from(*upper)) - &apart * &self.below;
            let nearest = exact.scaled(0, RoundingStrategy::MidpointNearestEven);
            *upper = u64::try_from(nearest).expect("it is between two numbers of 64 bits");
        }
    }
}

pub(super) fn check(samples: &[u64], series_len: usize, out: &[u64]) -> Result<(), Error> {
    if series_len == 0 {
        return Err(BulkError::Zero { argument: "series_len" }.into());
    }
    if !samples.len().is_multiple_of(series_len) {
        let (found, needed) = (samples.len(), samples.len().next_multiple_of(series_len));
        return Err(BulkError::Length { argument: "samples", found, needed }.into());
    }
    let (found, needed) = (out.len(), samples.len().div_euclid(series_len));
    if found != needed {
        return Err(BulkError::Length { argument: "out", found, needed }.into());
    }
    Ok(())
}
