//! The functions of this room on all cores: feature `rayon`.

use super::{
    Column, PartialSums, PricedColumn, Pricer,
    excess::{bits_per_second_above, over_interval, same_length, volume},
    kernel::{self, Level, Scratch},
    percentile,
};
use crate::{
    Error,
    money::Cost,
    quantity::{DataRate, DataVolume, Quantity},
    usage::Percentile,
};
use core::time::Duration;
use rayon::prelude::*;
use rust_decimal::RoundingStrategy;

/// The numbers that a thread takes at once: half a megabyte, so that the cost of starting threads
/// is small beside it.
const PART: usize = 1 << 16;

impl<Q: Quantity> Column<'_, Q> {
    /// Returns the sum as [`total`](Self::total) does, on all threads of the current rayon pool.
    ///
    /// # Errors
    ///
    /// The errors of [`total`](Self::total).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, bulk::Column};
    ///
    /// assert_eq!(Column::bytes(&[64, 1_500]).par_total()?, DataVolume::from_bytes(1_564));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn par_total(&self) -> Result<Q, Error> {
        let sum = |part: &[u64]| kernel::add_bounded(Level::new(), part, &[], false, &mut []);
        self.quantity(self.values().par_chunks(PART).map(sum).sum())
    }
}

impl<Q: Quantity> Pricer<Q> {
    /// Adds a column as [`add`](Self::add) does, on all threads of the current rayon pool.
    ///
    /// # Errors
    ///
    /// The errors of [`add`](Self::add).
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Kilobyte);
    /// let mut sums = pricer.partial();
    /// pricer.par_add(&mut sums, &Column::kilobytes(&[1, 999]))?;
    /// assert_eq!(pricer.finish(&sums)?.to_string(), "1 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn par_add(&self, sums: &mut PartialSums, column: &Column<'_, Q>) -> Result<(), Error> {
        self.check(sums)?;
        self.check_unit(column)?;
        sums.merge(&self.par_sums_of(column.values()))
    }

    #[expect(clippy::expect_used, reason = "a slice holds at most 2^60 numbers of 64 bits")]
    fn par_sums_of(&self, values: &[u64]) -> PartialSums {
        let parts = values.par_chunks(PART).map(|part| self.sums_of(part));
        parts.reduce(
            || self.partial(),
            |mut left, right| {
                left.merge(&right).expect("the sums of one column don't overflow");
                left
            },
        )
    }
}

impl<Q: Quantity> PricedColumn<'_, Q> {
    /// Returns Σ cost(xᵢ) as [`sum`](Self::sum) does, on all threads of the current rayon pool.
    ///
    /// ```
    /// use bandwidth_cost::{bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 1, 1]);
    /// assert_eq!(pta::DISRUPTION_COST.over(&column).par_sum().to_string(), "4 USD");
    /// ```
    #[must_use]
    pub fn par_sum(&self) -> Cost {
        let (pricer, column) = self.parts();
        pricer.cost(&pricer.par_sums_of(column.values()).sums)
    }

    /// Writes the cost of each record as [`each_into`](Self::each_into) does, on all threads of the
    /// current rayon pool.
    ///
    /// # Errors
    ///
    /// The errors of [`each_into`](Self::each_into), with the same index.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
    ///
    /// let column = Column::gigabytes(&[1, 2, 3]); // 4/3, 8/3 and 4 USD
    /// let mut cents = [0; 3];
    /// let nearest = RoundingStrategy::MidpointNearestEven;
    /// pta::DISRUPTION_COST.over(&column).par_each_into(2, nearest, &mut cents)?;
    /// assert_eq!(cents, [133, 267, 400]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[expect(clippy::arithmetic_side_effects, reason = "an index into the column")]
    pub fn par_each_into(
        &self,
        scale: u32,
        strategy: RoundingStrategy,
        out: &mut [i128],
    ) -> Result<(), Error> {
        let amounts = self.amounts(scale, strategy, out)?;
        let (_, column) = self.parts();
        let parts = column.values().par_chunks(PART).zip(out.par_chunks_mut(PART)).enumerate();
        let failures = parts.filter_map(|(part, (values, out))| {
            let written = amounts.write(Level::new(), values, out);
            written.err().map(|index| part * PART + index)
        });
        failures.min().map_or(Ok(()), |index| Err(self.overflow(index, scale)))
    }
}

/// Returns the volume that [`excess`](super::excess) returns, computed on all threads of the
/// current rayon pool.
///
/// # Errors
///
/// The errors of [`excess`](super::excess).
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume, bulk};
/// use core::time::Duration;
///
/// let rates = [9_000_000_000, 12_000_000_000]; // bit/s
/// let extra = bulk::par_excess(&rates, Duration::from_secs(60), DataRate::from_gbps(10))?;
/// assert_eq!(extra, DataVolume::from_gigabytes(15));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn par_excess(
    rates_bps: &[u64],
    interval: Duration,
    baseline: DataRate,
) -> Result<DataVolume, Error> {
    let parts = rates_bps.par_chunks(PART);
    let bits = parts.map(|part| bits_per_second_above(part, baseline)).sum();
    over_interval(bits, interval, baseline)
}

/// Returns the volume that [`excess_weighted`](super::excess_weighted) returns, computed on all
/// threads of the current rayon pool.
///
/// # Errors
///
/// The errors of [`excess_weighted`](super::excess_weighted).
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume, bulk};
///
/// let rates = [9_000_000_000, 12_000_000_000]; // bit/s
/// let durations = [60_000_000_000, 1_500_000_000]; // ns
/// let extra = bulk::par_excess_weighted(&rates, &durations, DataRate::from_gbps(10))?;
/// assert_eq!(extra, DataVolume::from_megabytes(375));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn par_excess_weighted(
    rates_bps: &[u64],
    durations_ns: &[u64],
    baseline: DataRate,
) -> Result<DataVolume, Error> {
    same_length(rates_bps, durations_ns)?;
    let parts = rates_bps.par_chunks(PART).zip(durations_ns.par_chunks(PART));
    let sums = parts.map(|(rates, durations)| {
        kernel::weighted(Level::new(), rates, durations, baseline.as_bps())
    });
    volume(sums.try_reduce(|| 0, u128::checked_add), baseline)
}

/// Writes the percentiles that [`percentile_each`](super::percentile_each) writes, computed on all
/// threads of the current rayon pool.
///
/// # Errors
///
/// The errors of [`percentile_each`](super::percentile_each).
///
/// ```
/// use bandwidth_cost::{Percentile, bulk};
///
/// let samples: Vec<u64> = (0..288).chain(1_000..1_288).collect();
/// let mut billed = [0; 2];
/// bulk::par_percentile_each(&samples, 288, Percentile::P95, &mut billed)?;
/// assert_eq!(billed, [273, 1_273]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn par_percentile_each(
    samples: &[u64],
    series_len: usize,
    percentile: Percentile,
    out: &mut [u64],
) -> Result<(), Error> {
    percentile::check(samples, series_len, out)?;
    let (level, place) = (Level::new(), percentile::Place::new(percentile, series_len));
    // A thread takes whole series.
    let at_once = PART.div_ceil(series_len);
    let parts =
        samples.par_chunks(at_once.saturating_mul(series_len)).zip(out.par_chunks_mut(at_once));
    parts.for_each_init(Scratch::default, |scratch, (samples, out)| {
        place.write_each(level, samples, out, scratch);
    });
    Ok(())
}
