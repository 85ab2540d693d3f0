//! The part of [`Schedule`] that takes the units of its prices in powers of 1024.

use crate::{
    number::Ratio,
    price::{
        Schedule, Tier, TierBound, Tiers, UnitPrice,
        schedule::{Pricing, Terms},
    },
    quantity::Quantity,
};

/// 1024/1000 in lowest terms.
const BINARY: u128 = 128;
const DECIMAL: u128 = 125;

impl<Q: Quantity> Schedule<Q> {
    /// Returns the schedule with the units of its prices in powers of 1024, or `None` if no price has a
    /// unit in powers of 1000. Bounds of tiers, commitment and allowance stay.
    pub(crate) fn in_binary(&self) -> Option<Self> {
        let tiers = |tiers: &Tiers<Q>| {
            let is_decimal =
                |tier: &Tier<Q>| tier.price().is_some_and(|price| binary(&price).is_some());
            if !tiers.as_slice().iter().any(is_decimal) {
                return None;
            }
            Some(in_binary(tiers))
        };
        let pricing = match &self.terms.pricing {
            Pricing::Flat(price) => Pricing::Flat(binary(price)?),
            Pricing::Graduated(of) => Pricing::Graduated(tiers(of)?),
            Pricing::AllUnits(of) => Pricing::AllUnits(tiers(of)?),
        };
        Some(Self::new(Terms { pricing, ..self.terms.clone() }))
    }

    /// Returns the number of units of the first price in one such unit in powers of 1024: 1.048576 for
    /// Mbps. `None` for a unit without powers of 1000.
    pub(crate) fn binary_unit(&self) -> Option<Ratio> {
        let price = match &self.terms.pricing {
            Pricing::Flat(price) => *price,
            Pricing::Graduated(tiers) | Pricing::AllUnits(tiers) => {
                tiers.as_slice().iter().find_map(Tier::price)?
            }
        };
        let (of_1024, of_1000) = factor(&price)?;
        Some(Ratio::fraction(false, of_1024, of_1000))
    }
}

/// Returns tiers with the units of their prices in powers of 1024.
#[expect(clippy::expect_used, reason = "the bounds and currencies are those of other tiers")]
fn in_binary<Q: Quantity>(tiers: &Tiers<Q>) -> Tiers<Q> {
    let tiers = tiers.as_slice().iter().map(|tier| {
        let Some(price) = tier.price() else { return *tier };
        let price = binary(&price).unwrap_or(price);
        let binary = match tier.bound() {
            TierBound::UpTo(bound) => Tier::up_to(bound, price),
            TierBound::Below(bound) => Tier::below(bound, price),
            TierBound::Rest => Tier::rest(price),
        };
        tier.fee().map_or(binary, |fee| binary.with_fee(fee))
    });
    Tiers::new(tiers).expect("tiers that differ in their prices alone")
}

/// Returns a price with its unit in powers of 1024, or `None` for a unit without powers of 1000, and
/// for a quantity that this makes too large or a fraction of a smallest unit.
fn binary<Q: Quantity>(price: &UnitPrice<Q>) -> Option<UnitPrice<Q>> {
    let (of_1024, of_1000) = factor(price)?;
    let scaled = price.per().units().checked_mul(of_1024)?;
    let per = scaled.checked_div(of_1000).filter(|per| *per <= Q::MOST)?;
    let is_whole = scaled.is_multiple_of(of_1000);
    if is_whole { UnitPrice::new(price.amount(), Q::from_units(per)).ok() } else { None }
}

/// Returns the powers of 1024 and of 1000 in the unit that a price is written in, reduced by what they
/// have in common.
fn factor<Q: Quantity>(price: &UnitPrice<Q>) -> Option<(u128, u128)> {
    let per = price.per_text();
    let mut unit = per.split(' ').nth(1)?.chars();
    let power = match unit.next()? {
        'k' => 1,
        'M' => 2,
        'G' => 3,
        'T' => 4,
        'P' => 5,
        'E' => 6,
        _ => return None,
    };
    let is_binary = unit.next() == Some('i');
    if is_binary { None } else { Some((BINARY.checked_pow(power)?, DECIMAL.checked_pow(power)?)) }
}
