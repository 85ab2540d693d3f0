//! The percentile of each of many series.

use super::kernel::{self, Level, Scratch};
use crate::{
    Error,
    bulk::BulkError,
    usage::{Percentile, UsageError},
};

/// The percentile of each of many series of equal length, which stand one behind the other: the
/// 95th of each port, from a column of all their samples.
///
/// The numbers are in any unit, and so are the percentiles. Nothing is sorted, and the samples stay
/// as they are.
///
/// # Errors
///
/// [`UsageError::EmptySeries`] for a length of zero; [`BulkError::SeriesLength`] where the samples are no
/// whole number of series; [`BulkError::OutputLength`] unless there is room for exactly one percentile
/// for each series.
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
        return Err(UsageError::EmptySeries.into());
    }
    if !samples.len().is_multiple_of(series_len) {
        return Err(BulkError::SeriesLength { samples: samples.len(), series_len }.into());
    }
    let needed = samples.len().checked_div(series_len).unwrap_or_default();
    if out.len() != needed {
        return Err(BulkError::OutputLength { needed, output: out.len() }.into());
    }
    Ok(())
}
