//! The volume that rates carry above a baseline, each for a time of its own.

use super::{Block, CHUNK, LOW, Level, NARROW, Sum, any, filled, vector};
use fearless_simd::{Simd, dispatch, prelude::*, u64x8};

/// Returns Σ max(rate − baseline, 0) × time, or `None` on overflow of 128 bits.
///
/// The two columns must have the same length.
pub(crate) fn weighted(level: Level, rates: &[u64], times: &[u64], baseline: u64) -> Option<u128> {
    dispatch!(level, simd => all(simd, rates, times, baseline))
}

#[inline(always)]
fn all<S: Simd>(simd: S, rates: &[u64], times: &[u64], baseline: u64) -> Option<u128> {
    let ((rates, last_rates), (times, last_times)) = (rates.as_chunks(), times.as_chunks());
    let (last_rates, last_times) = ([filled(last_rates)], [filled(last_times)]);
    let whole = rates.chunks(CHUNK).zip(times.chunks(CHUNK));
    let mut total = 0_u128;
    for (rates, times) in whole.chain([(&last_rates[..], &last_times[..])]) {
        let (product, bits) = products(simd, rates, times, baseline);
        let sum = if bits < NARROW { product } else { wide(rates, times, baseline)? };
        total = total.checked_add(sum)?;
    }
    Some(total)
}

/// Fast because the four products of 32-bit halves take one instruction each, and are summed as they
/// are: below 2^54, only the sum of the lowest can overflow, and its summands are split.
#[inline(always)]
fn products<S: Simd>(simd: S, rates: &[Block], times: &[Block], baseline: u64) -> (u128, u64) {
    let (baseline, low) = (u64x8::splat(simd, baseline), u64x8::splat(simd, LOW));
    let mut bits = u64x8::splat(simd, 0);
    let mut lowest = Sum::<S, true>::zero(simd);
    let (mut middle, mut highest) = (Sum::<S, false>::zero(simd), Sum::<S, false>::zero(simd));
    for (rate, time) in rates.iter().zip(times) {
        let excess = vector(simd, rate).saturating_sub(baseline);
        let time = vector(simd, time);
        bits |= excess | time;
        let (excess_low, excess_high) = (excess & low, excess >> 32);
        let (time_low, time_high) = (time & low, time >> 32);
        lowest.add(simd, excess_low * time_low);
        middle.add(simd, excess_low * time_high + excess_high * time_low);
        highest.add(simd, excess_high * time_high);
    }
    let total = lowest.total() + (middle.total() << 32);
    // The bits tell if numbers are too large for these sums.
    (total.wrapping_add(highest.total() << 64), any(bits))
}

fn wide(rates: &[Block], times: &[Block], baseline: u64) -> Option<u128> {
    let mut pairs = rates.as_flattened().iter().zip(times.as_flattened());
    pairs.try_fold(0_u128, |total, (&rate, &time)| {
        total.checked_add(u128::from(rate.saturating_sub(baseline)) * u128::from(time))
    })
}
