//! The cost of every coalition of members, for Shapley values.

use super::Billed;
use crate::{
    Error,
    money::Cost,
    number::Ratio,
    quantity::{AnyQuantity, BIT, DataRate, DataVolume},
    tariff::{RateMeter, Tariff, TariffError, VolumeMeter, tariff::Basis},
    usage::{Percentile, UsageSeries},
};
use core::ops::{AddAssign, SubAssign};
use rust_decimal::Decimal;

/// The most members of which every coalition is billed.
const MOST_MEMBERS: usize = 16;

/// Returns the cost of each coalition under a tariff. A coalition's place has a bit for each of its
/// members: the first is nobody, and the last are all.
pub(super) fn coalition_costs(
    tariff: &Tariff,
    members: &[&UsageSeries],
    total: &UsageSeries,
    billed: Billed<'_>,
) -> Result<Vec<Ratio>, Error> {
    if members.len() > MOST_MEMBERS {
        let (members, most) = (members.len(), MOST_MEMBERS);
        return Err(TariffError::TooManyMembers { members, most }.into());
    }
    let measured = tariff.measured(billed.of(total), true)?;
    if let Some(fee) = tariff.fee_alone() {
        let fee = tariff.fee_line(fee, billed.in_service)?.amount().amount().clone();
        return Ok(with_nobody_free(vec![fee; 1 << members.len()]));
    }
    let quantities: Option<Vec<AnyQuantity>> = match (tariff.basis(), &measured) {
        (Basis::Volume(VolumeMeter::Total, _), Some(measured)) => {
            let sums = sums_of_volumes(members, measured);
            Some(sums.into_iter().map(AnyQuantity::Volume).collect())
        }
        (Basis::Rate(RateMeter::Mean, _), Some(measured)) => {
            let sums = sums_of_volumes(members, measured).into_iter();
            Some(sums.map(|sum| AnyQuantity::Rate(measured.mean_of(sum))).collect())
        }
        (Basis::Rate(RateMeter::Percentile(percentile), _), Some(measured)) => {
            let rates = percentiles(members, measured, *percentile);
            Some(rates.into_iter().map(AnyQuantity::Rate).collect())
        }
        (Basis::Rate(RateMeter::Peak, _), Some(measured)) => {
            let rates = percentiles(members, measured, Percentile::new(Decimal::ONE_HUNDRED)?);
            Some(rates.into_iter().map(AnyQuantity::Rate).collect())
        }
        _ => None,
    };
    let cost = |quantity| tariff.cost_of(quantity, billed).map(Cost::into_amount);
    let costs = quantities.and_then(|all| all.into_iter().map(cost).collect::<Option<Vec<_>>>());
    match costs {
        Some(costs) => Ok(with_nobody_free(costs)),
        None => costs_of_series(tariff, members, total, billed),
    }
}

/// Returns the costs of all coalitions with zero for the first, which is nobody.
fn with_nobody_free(costs: Vec<Ratio>) -> Vec<Ratio> {
    core::iter::once(Ratio::ZERO).chain(costs.into_iter().skip(1)).collect()
}

/// The coalitions in an order in which each differs from the one before by one member: the member that
/// joins or leaves, whether it joins, and the coalition. Starts from nobody, who is not listed.
fn changes(members: usize) -> impl Iterator<Item = (usize, bool, usize)> {
    (1..1_usize << members).map(|step| {
        let (member, coalition) = (step.trailing_zeros() as usize, step ^ step >> 1);
        (member, coalition >> member & 1 == 1, coalition)
    })
}

/// Returns the volume of a member in each slot that the total knows.
pub(super) fn known_slots<'a>(
    member: &'a UsageSeries,
    total: &'a UsageSeries,
) -> impl Iterator<Item = DataVolume> + 'a {
    let slots = member.iter().zip(total.iter());
    slots.filter_map(|((_, own), (_, all))| all.and(own))
}

/// Returns the total volume of each coalition.
#[expect(clippy::indexing_slicing, reason = "a coalition is one of all")]
#[expect(clippy::arithmetic_side_effects, reason = "the volume of all members fits")]
fn sums_of_volumes(members: &[&UsageSeries], total: &UsageSeries) -> Vec<DataVolume> {
    let volumes: Vec<DataVolume> =
        members.iter().map(|member| known_slots(member, total).sum()).collect();
    let mut sums = vec![DataVolume::ZERO; 1 << members.len()];
    let mut sum = DataVolume::ZERO;
    for (member, joins, coalition) in changes(members.len()) {
        sum = if joins { sum + volumes[member] } else { sum - volumes[member] };
        sums[coalition] = sum;
    }
    sums
}

/// Returns the percentile of each coalition.
fn percentiles(
    members: &[&UsageSeries],
    total: &UsageSeries,
    percentile: Percentile,
) -> Vec<DataRate> {
    // Most volumes are whole bits, whose sums 64 bits hold: half the memory to read.
    let whole_bits = || {
        let lane = |volume: DataVolume| {
            let nanobits = volume.as_nanobits();
            let bits = nanobits.checked_div(BIT)?;
            if nanobits.is_multiple_of(BIT) { u64::try_from(bits).ok() } else { None }
        };
        let fits = total.iter().all(|(_, volume)| volume.is_none_or(|sum| lane(sum).is_some()));
        let slots = |member: &&UsageSeries| known_slots(member, total).map(lane).collect();
        if fits { members.iter().map(slots).collect::<Option<Vec<Vec<u64>>>>() } else { None }
    };
    let interval = total.interval();
    match whole_bits() {
        Some(lanes) => ranked_sums(&lanes, percentile, |pair| {
            let [lower, upper] = pair.map(DataVolume::from_bits);
            percentile.rate_of(lower, upper, total.known(), interval)
        }),
        None => {
            let slots = |member: &&UsageSeries| {
                known_slots(member, total).map(DataVolume::as_nanobits).collect()
            };
            let lanes: Vec<Vec<u128>> = members.iter().map(slots).collect();
            ranked_sums(&lanes, percentile, |pair| {
                let [lower, upper] = pair.map(DataVolume::from_nanobits);
                percentile.rate_of(lower, upper, total.known(), interval)
            })
        }
    }
}

/// Adds the members' slots to each coalition's, and returns what `rate` makes of the slot with the
/// percentile's rank and of the one below it.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a coalition is one of all, and so is a member; its sums are at most those of all"
)]
fn ranked_sums<L: Copy + Ord + Default + AddAssign + SubAssign>(
    members: &[Vec<L>],
    percentile: Percentile,
    rate: impl Fn([L; 2]) -> DataRate,
) -> Vec<DataRate> {
    let slots = members.first().map_or(0, Vec::len);
    let mut rates = vec![DataRate::ZERO; 1 << members.len()];
    let mut sums = vec![L::default(); slots];
    let mut scratch = sums.clone();
    let rank = percentile.rank(slots);
    for (member, joins, coalition) in changes(members.len()) {
        let changed = sums.iter_mut().zip(&members[member]);
        if joins {
            changed.for_each(|(sum, own)| *sum += *own);
        } else {
            changed.for_each(|(sum, own)| *sum -= *own);
        }
        rates[coalition] = rate(ranked(&sums, rank, &mut scratch));
    }
    rates
}

/// Returns the slot before a rank in ascending order and the slot with it; both are the first for the
/// first rank.
///
/// Few slots are above a billed one. So it selects among those that are not below a guess: the slot
/// above which a sample has somewhat more than its part.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a rank is from 1 to the number of slots, and the scratch as long as they are"
)]
fn ranked<L: Copy + Ord>(sums: &[L], rank: usize, scratch: &mut [L]) -> [L; 2] {
    // One in 61 slots: it shares no factor with the slots of an hour or a day.
    const SAMPLED: usize = 61;
    let above = sums.len() - rank;
    let mut sample = 0;
    for sum in sums.iter().step_by(SAMPLED) {
        scratch[sample] = *sum;
        sample += 1;
    }
    let guess = sample.saturating_sub(above / SAMPLED * 3 / 2 + 5);
    let (_, &mut guess, _) = scratch[..sample].select_nth_unstable(guess);
    let mut kept = 0;
    for sum in sums {
        // Without a branch: each is written, and the next one takes its place if it is too small.
        scratch[kept] = *sum;
        kept += usize::from(*sum >= guess);
    }
    if kept < above + 2 {
        scratch.copy_from_slice(sums);
        kept = sums.len();
    }
    let (below, &mut upper, _) = scratch[..kept].select_nth_unstable(kept - 1 - above);
    [below.iter().max().copied().unwrap_or(upper), upper]
}

/// Bills each coalition's series.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a coalition is one of all, and its slots are at most those of all"
)]
fn costs_of_series(
    tariff: &Tariff,
    members: &[&UsageSeries],
    total: &UsageSeries,
    billed: Billed<'_>,
) -> Result<Vec<Ratio>, Error> {
    let slots = |member: &&UsageSeries| {
        let slots = member.iter().zip(total.iter());
        slots.map(|((_, own), (_, all))| all.and(own)).collect()
    };
    let members: Vec<Vec<Option<DataVolume>>> = members.iter().map(slots).collect();
    let mut sums: Vec<_> =
        total.iter().map(|(_, volume)| volume.map(|_| DataVolume::ZERO)).collect();
    let mut costs = vec![Ratio::ZERO; 1 << members.len()];
    for (member, joins, coalition) in changes(members.len()) {
        for (sum, own) in sums.iter_mut().zip(&members[member]) {
            if let (Some(sum), Some(own)) = (sum, own) {
                *sum = if joins { *sum + *own } else { *sum - *own };
            }
        }
        let series =
            UsageSeries::from_volumes(total.start(), total.interval(), sums.iter().copied())?;
        costs[coalition] = tariff.priced(billed.of(&series))?.cost.into_amount();
    }
    Ok(costs)
}
