//! A contract from the bytes of a fuzzed input.

use super::source::Source;
use crate::support::contract::{Contract, GB};

/// A quantity in the smallest units: some GB, some bits, or any.
pub(super) fn units(source: &mut Source<'_>) -> u128 {
    let number = u128::from(source.number());
    match source.below(4) {
        0 => number % 1_000 * GB,
        1 => number % 1_000 * (GB / 8) + number % 3,
        2 => number,
        _ => number << source.below(64),
    }
}

pub(super) fn contract(source: &mut Source<'_>) -> Contract {
    let mut bound = 0_u128;
    let tiers = (0..=source.below(6)).map(|_| {
        bound = bound.saturating_add(units(source).max(1)).min(u128::MAX / 4);
        let price = i64::from(source.byte()) * i64::from(source.byte());
        let fee = source.one_in(4).then(|| i64::from(source.byte()) * 100);
        (bound, source.one_in(2), price, fee)
    });
    let tiers: Vec<_> = tiers.collect();
    let some = |source: &mut Source<'_>| source.one_in(3).then(|| units(source));
    let (allowance, increment, commitment) = (some(source), some(source), some(source));
    let cents = |source: &mut Source<'_>| {
        source.one_in(4).then(|| i64::try_from(source.number() >> 24).unwrap_or(i64::MAX))
    };
    let (fixed_fee, minimum) = (cents(source), cents(source));
    let maximum = cents(source).map(|most| most + minimum.unwrap_or(0));
    // Bounds that do not ascend, because they are as large as they get, are left out.
    let mut last = 0;
    let tiers = tiers.into_iter().filter(|tier| core::mem::replace(&mut last, tier.0) < tier.0);
    Contract {
        per: units(source).clamp(1, u128::MAX / 4),
        tiers: tiers.collect(),
        is_graduated: source.one_in(2),
        allowance: allowance.unwrap_or(0),
        increment: increment.map(|increment| increment.max(1)),
        commitment: commitment.unwrap_or(0),
        fixed_fee,
        minimum,
        maximum,
    }
}

/// A quantity in the smallest units, often at a place where the contract changes, or beside one.
pub(super) fn near(source: &mut Source<'_>, contract: &Contract) -> u128 {
    if source.one_in(3) {
        return units(source);
    }
    let Contract { tiers, allowance, increment, commitment, .. } = contract;
    let bounds = tiers.iter().map(|tier| tier.0).chain([0, *commitment, increment.unwrap_or(1)]);
    let bounds: Vec<u128> = bounds.map(|bound| bound.saturating_add(*allowance)).collect();
    let at = source.pick(&bounds);
    at.saturating_add_signed(i128::from(source.byte() % 5) - 2)
}
