//! The percentile of each of many series.

use super::kernel::{self, Level, Scratch};
use crate::{Error, bulk::BulkError, usage::Percentile};

/// Writes the percentile of each of many series of equal length, which stand one behind the other:
/// the 95th percentile of each port, from a slice of all samples.
///
/// A percentile is in the unit of the samples. The samples are not sorted.
///
/// # Errors
///
/// [`BulkError::Zero`] for series of length zero; [`BulkError::Length`] if `samples` is not a whole
/// number of series, or `out` has another length than there are series.
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
    let (level, rank) = (Level::new(), percentile.rank(series_len));
    let series = samples.chunks_exact(series_len).zip(out);
    kernel::nth_of_each(level, series, rank, &mut Scratch::default());
    Ok(())
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
