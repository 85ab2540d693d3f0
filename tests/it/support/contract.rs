//! Contracts for properties, and what they cost in another crate's rational numbers.

use bandwidth_cost::{
    Currency, DataRate, DataVolume, Decimal, Money, Quantity, RateUnit, Schedule, Tier, Tiers,
    UnitPrice, VolumeUnit,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// The terms of a schedule, kept for the twin.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Smallest units that a price is for.
    pub per: u128,
    /// Bound in nanobits (the last one is the rest), whether it includes it, cents per GB, fee.
    pub tiers: Vec<(u128, bool, i64, Option<i64>)>,
    pub is_graduated: bool,
    pub allowance: u128,
    pub increment: Option<u128>,
    pub commitment: u128,
    pub fixed_fee: Option<i64>,
    pub minimum: Option<i64>,
    pub maximum: Option<i64>,
}

pub const GB: u128 = 8_000_000_000_000_000_000;

pub fn cents(amount: i64) -> Money {
    Money::new(Decimal::new(amount, 2), Currency::USD)
}

impl Contract {
    pub fn schedule(&self) -> Schedule<DataVolume> {
        self.schedule_of(DataVolume::from_nanobits)
    }

    /// The same for rates: a bit per second for what were 10⁻¹² GB.
    pub fn of_rates(&self) -> Self {
        let bps = |nanobits: u128| (nanobits / (GB / 1_000_000)).min(u64::MAX.into());
        Self {
            per: bps(self.per),
            tiers: self
                .tiers
                .iter()
                .map(|&(bound, i, price, fee)| (bps(bound), i, price, fee))
                .collect(),
            allowance: bps(self.allowance),
            increment: self.increment.map(|increment| bps(increment).max(1)),
            commitment: bps(self.commitment),
            ..self.clone()
        }
    }

    /// A schedule of quantities that are made of smallest units.
    pub fn schedule_of<Q: Quantity>(&self, of: impl Fn(u128) -> Q) -> Schedule<Q> {
        let last = self.tiers.len() - 1;
        let tier = |(index, &(bound, included, price, fee)): (usize, &(u128, bool, i64, _))| {
            let price = UnitPrice::new(cents(price), of(self.per)).unwrap();
            let tier = match (index == last, included) {
                (true, _) => Tier::rest(price),
                (false, true) => Tier::up_to(of(bound), price),
                (false, false) => Tier::below(of(bound), price),
            };
            Option::map_or(fee, tier, |fee| tier.with_fee(cents(fee)))
        };
        let tiers = Tiers::new(self.tiers.iter().enumerate().map(tier)).unwrap();
        let mut schedule =
            if self.is_graduated { Schedule::graduated(tiers) } else { Schedule::all_units(tiers) };
        schedule = schedule.with_allowance(of(self.allowance)).with_commitment(of(self.commitment));
        if let Some(increment) = self.increment {
            schedule = schedule.with_increment(of(increment)).unwrap();
        }
        if let Some(fee) = self.fixed_fee {
            schedule = schedule.with_fixed_fee(cents(fee)).unwrap();
        }
        if let Some(minimum) = self.minimum {
            schedule = schedule.with_minimum(cents(minimum)).unwrap();
        }
        if let Some(maximum) = self.maximum {
            schedule = schedule.with_maximum(cents(maximum)).unwrap();
        }
        schedule
    }

    /// The billed quantity, of any size.
    pub fn billed(&self, used: impl Into<BigInt>) -> BigInt {
        let mut billed = (used.into() - BigInt::from(self.allowance)).max(BigInt::ZERO);
        if let Some(increment) = self.increment.map(BigInt::from) {
            while &billed % &increment != BigInt::ZERO {
                billed += &increment - &billed % &increment;
            }
        }
        billed.max(self.commitment.into())
    }

    /// In dollars.
    pub fn cost(&self, used: impl Into<BigInt>) -> BigRational {
        let billed = self.billed(used);
        let dollars = |cents: i64| BigRational::new(cents.into(), 100.into());
        let priced =
            |price: i64, part: BigInt| dollars(price) * BigRational::new(part, self.per.into());
        let last = self.tiers.len() - 1;
        // Where each tier ends, so that quantities up to there are in it or in one before.
        let end = |index: usize| {
            let (bound, included, ..) = self.tiers[index];
            (index < last).then(|| BigInt::from(bound) - i32::from(!included))
        };
        let mut total = dollars(0);
        if self.is_graduated {
            let mut start = BigInt::ZERO;
            for (index, &(bound, _, price, fee)) in self.tiers.iter().enumerate() {
                let reached = index == 0 || end(index - 1).is_some_and(|end| billed > end);
                let stop = if index == last {
                    billed.clone()
                } else {
                    BigInt::from(bound).min(billed.clone())
                };
                if stop > start {
                    total += priced(price, &stop - &start);
                }
                if reached {
                    total += dollars(fee.unwrap_or(0));
                }
                start = start.max(bound.into());
            }
        } else {
            let tier =
                (0..=last).find(|&index| end(index).is_none_or(|end| billed <= end)).unwrap();
            let (_, _, price, fee) = self.tiers[tier];
            total += priced(price, billed) + dollars(fee.unwrap_or(0));
        }
        total += dollars(self.fixed_fee.unwrap_or(0));
        total = self.minimum.map(dollars).map_or(total.clone(), |minimum| total.max(minimum));
        self.maximum.map(dollars).map_or(total.clone(), |maximum| total.min(maximum))
    }
}

/// Quantities from a fraction of a bit to the type's largest.
pub fn units() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => (0_u128..400, prop_oneof![Just(GB), Just(GB / 8), Just(1)]).prop_map(|(n, unit)| n * unit),
        1 => super::magnitudes(),
    ]
}

pub fn contracts() -> impl Strategy<Value = Contract> {
    let tier = (1_u128..100, any::<bool>(), 0_i64..500, proptest::option::of(0_i64..5_000));
    let extras = (
        prop_oneof![2 => Just(0), 1 => units()],
        proptest::option::of(units().prop_map(|n| n.max(1))),
        prop_oneof![2 => Just(0), 1 => units()],
    );
    let charges = (
        proptest::option::of(0_i64..10_000),
        proptest::option::of(0_i64..20_000),
        proptest::option::of(20_000_i64..40_000),
    );
    (proptest::collection::vec(tier, 1..6), any::<bool>(), extras, charges).prop_map(
        |(
            steps,
            is_graduated,
            (allowance, increment, commitment),
            (fixed_fee, minimum, maximum),
        )| {
            let mut bound = 0;
            let tiers = steps.into_iter().map(|(step, included, price, fee)| {
                bound += step * GB;
                (bound, included, price, fee)
            });
            let tiers = tiers.collect();
            Contract {
                per: GB,
                tiers,
                is_graduated,
                allowance,
                increment,
                commitment,
                fixed_fee,
                minimum,
                maximum,
            }
        },
    )
}

pub const VOLUME_UNITS: [VolumeUnit; 10] = [
    VolumeUnit::Bit,
    VolumeUnit::Byte,
    VolumeUnit::Kilobyte,
    VolumeUnit::Mebibyte,
    VolumeUnit::Megabyte,
    VolumeUnit::Gibibyte,
    VolumeUnit::Gigabyte,
    VolumeUnit::Terabit,
    VolumeUnit::Petabyte,
    VolumeUnit::Exabyte,
];

pub const RATE_UNITS: [RateUnit; 4] =
    [RateUnit::Bps, RateUnit::Kbps, RateUnit::Mbps, RateUnit::Pbps];

/// Smallest units in one unit, as the quantities themselves say it.
pub fn volume_size(unit: VolumeUnit) -> u128 {
    format!("1 {unit}").parse::<DataVolume>().unwrap().as_nanobits()
}

pub fn rate_size(unit: RateUnit) -> u128 {
    format!("1 {unit}").parse::<DataRate>().unwrap().as_bps().into()
}

/// A number: any, or one beside where a contract changes, given in parts of the unit.
#[derive(Debug, Clone)]
pub enum Pick {
    Any(u64),
    Near { bound: usize, step: i8 },
}

pub fn picks(
    length: impl Into<proptest::collection::SizeRange>,
) -> impl Strategy<Value = Vec<Pick>> {
    let any = (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| Pick::Any(bits >> shift));
    let edge = proptest::sample::select(vec![0, 1, i64::MAX as u64, 1 << 63, u64::MAX]);
    let near = (0_usize..16, -2_i8..=2).prop_map(|(bound, step)| Pick::Near { bound, step });
    proptest::collection::vec(
        prop_oneof![3 => any, 1 => edge.prop_map(Pick::Any), 4 => near],
        length,
    )
}

/// Where the contract's cost may bend or jump, in smallest units used.
pub fn bends(contract: &Contract) -> Vec<u128> {
    let Contract { allowance, increment, commitment, .. } = *contract;
    let bounds = contract.tiers.iter().map(|tier| tier.0);
    let increment = increment.unwrap_or(1);
    let billed = bounds.chain([0, commitment, increment, increment.saturating_mul(2)]);
    billed.map(|billed| billed.saturating_add(allowance)).chain([allowance]).collect()
}

pub fn numbers(picks: &[Pick], contract: &Contract, size: u128) -> Vec<u64> {
    let bends = bends(contract);
    let number = |pick: &Pick| match *pick {
        Pick::Any(number) => number,
        Pick::Near { bound, step } => {
            let at = u64::try_from(bends[bound % bends.len()] / size).unwrap_or(u64::MAX);
            at.saturating_add_signed(step.into())
        }
    };
    picks.iter().map(number).collect()
}

/// Contracts as they are mostly, and with more tiers than registers.
pub fn many_tiers() -> impl Strategy<Value = Contract> {
    (contracts(), proptest::collection::vec((1_u128..50, 0_i64..500), 0..64)).prop_map(
        |(mut contract, more)| {
            let (mut bound, ..) = contract.tiers[contract.tiers.len() - 1];
            for (step, price) in more {
                bound += step * GB / 16;
                contract.tiers.push((bound, step % 2 == 0, price, None));
            }
            contract
        },
    )
}
