//! The volume that rates carry above a baseline.

use super::kernel::{self, Bounded, Level};
use crate::{
    Error,
    bulk::BulkError,
    quantity::{DataRate, DataVolume},
};
use core::time::Duration;

/// Returns the volume that rates, in bit/s, carry above a baseline, each for the same time: Σ
/// max(rate − baseline, 0) × interval.
///
/// [`UsageSeries::excess_over`](crate::UsageSeries::excess_over) does the same for a series.
///
/// # Errors
///
/// - [`BulkError::Zero`] for an interval of zero.
/// - [`BulkError::ExcessTooLarge`] for an excess above [`DataVolume::MAX`].
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume, bulk, pta};
/// use core::time::Duration;
///
/// let rates = [5_600_000_000_000, 6_650_000_000_000, 5_900_000_000_000]; // bit/s
/// let usual = DataRate::from_gbps(5_650);
/// let extra = bulk::excess(&rates, Duration::from_secs(60), usual)?;
/// assert_eq!(extra, DataVolume::from_gigabytes(9_375)); // 1 Tbps and 250 Gbps for a minute
/// assert_eq!(pta::DISRUPTION_COST.cost(extra).to_string(), "12500 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn excess(
    rates_bps: &[u64],
    interval: Duration,
    baseline: DataRate,
) -> Result<DataVolume, Error> {
    over_interval(bits_per_second_above(rates_bps, baseline), interval, baseline)
}

/// Returns the volume that rates carry above a baseline, each for a time of its own:
/// Σ max(rate − baseline, 0) × duration.
///
/// Rates are in bit/s, durations in nanoseconds.
///
/// # Errors
///
/// - [`BulkError::Length`] if the two slices have different lengths.
/// - [`BulkError::ExcessTooLarge`] for an excess above [`DataVolume::MAX`].
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume, bulk};
///
/// let rates = [9_000_000_000, 12_000_000_000]; // bit/s
/// let durations = [60_000_000_000, 1_500_000_000]; // ns
/// let extra = bulk::excess_weighted(&rates, &durations, DataRate::from_gbps(10))?;
/// assert_eq!(extra, DataVolume::from_megabytes(375)); // 2 Gbps for 1.5 s
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
pub fn excess_weighted(
    rates_bps: &[u64],
    durations_ns: &[u64],
    baseline: DataRate,
) -> Result<DataVolume, Error> {
    same_length(rates_bps, durations_ns)?;
    let level = Level::new();
    volume(kernel::weighted(level, rates_bps, durations_ns, baseline.as_bps()), baseline)
}

/// Σ max(rate − baseline, 0), in bit/s.
#[expect(clippy::arithmetic_side_effects, reason = "a number cut to a bound is at most the number")]
pub(super) fn bits_per_second_above(rates_bps: &[u64], baseline: DataRate) -> u128 {
    let mut at = [Bounded::default()];
    let bounds = [baseline.as_bps()];
    let total = kernel::add_bounded(Level::new(), rates_bps, &bounds, false, &mut at);
    let [Bounded { within, .. }] = at;
    total - within
}

pub(super) fn over_interval(
    bits: u128,
    interval: Duration,
    baseline: DataRate,
) -> Result<DataVolume, Error> {
    if interval.is_zero() {
        return Err(BulkError::Zero { argument: "interval" }.into());
    }
    volume(bits.checked_mul(interval.as_nanos()), baseline)
}

pub(super) fn volume(nanobits: Option<u128>, baseline: DataRate) -> Result<DataVolume, Error> {
    nanobits
        .map(DataVolume::from_nanobits)
        .ok_or(Error::from(BulkError::ExcessTooLarge { baseline }))
}

pub(super) fn same_length(rates_bps: &[u64], durations_ns: &[u64]) -> Result<(), Error> {
    if rates_bps.len() == durations_ns.len() {
        return Ok(());
    }
    let (found, needed) = (durations_ns.len(), rates_bps.len());
    Err(BulkError::Length { argument: "durations_ns", found, needed }.into())
}
