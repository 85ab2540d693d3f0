//! Prices for tests: the features `arbitrary` and `proptest`.

use super::{Schedule, Tier, Tiers, UnitPrice};
use crate::{
    Decimal,
    money::{Currency, Money},
    number::{near_bounds, refused},
    quantity::Quantity,
};
use arbitrary::{Arbitrary, Result, Unstructured};

/// Prices of up to 1,000 with up to four places per usual quantity (1 MB, 1 Mbps), and of any amount
/// per any quantity above zero.
impl<'a, Q: Quantity + Arbitrary<'a>> Arbitrary<'a> for UnitPrice<Q> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let currency = Currency::arbitrary(u)?;
        if u.arbitrary()? {
            return usual_price(u, currency, 10_000_000);
        }
        let amount = Money::arbitrary(u)?.amount().abs();
        let per = near_bounds(u, Q::MOST)?.max(1);
        Self::new(Money::new(amount, currency), Q::from_units(per)).map_err(refused)
    }
}

/// Schedules that a carrier might offer: one to four tiers whose prices fall, and each of the other
/// terms in one of three. [`Schedule::check`] finds nothing in them.
impl<'a, Q: Quantity> Arbitrary<'a> for Schedule<Q> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let currency = *u.choose(&[Currency::USD, Currency::PKR, Currency::EUR])?;
        schedule_in(u, currency)
    }
}

/// Returns such a schedule in a currency.
pub(crate) fn schedule_in<Q: Quantity>(
    u: &mut Unstructured<'_>,
    currency: Currency,
) -> Result<Schedule<Q>> {
    let simple = Schedule::flat(usual_price(u, currency, 10_000_000)?);
    let schedule = offer(u, simple.clone(), currency)?;
    Ok(if schedule.check().is_empty() { schedule } else { simple })
}

/// Returns `simple` or tiers in its place, with further terms.
fn offer<Q: Quantity>(
    u: &mut Unstructured<'_>,
    simple: Schedule<Q>,
    currency: Currency,
) -> Result<Schedule<Q>> {
    let mut schedule = match u.int_in_range(0..=2)? {
        0 => simple,
        1 => Schedule::graduated(falling_tiers(u, currency)?),
        _ => Schedule::all_units(falling_tiers(u, currency)?),
    };
    let some = |u: &mut Unstructured<'_>| u.ratio(1_u8, 3_u8);
    if some(u)? {
        schedule = schedule.with_allowance(usual_quantity(u, 1_000)?);
    }
    if some(u)? {
        schedule = schedule.with_increment(usual_quantity(u, 100)?).map_err(refused)?;
    }
    if some(u)? {
        schedule = schedule.with_commitment(usual_quantity(u, 1_000)?);
    }
    if some(u)? {
        let fee = Money::from_major(u.int_in_range(0..=1_000)?, currency);
        schedule = schedule.with_fixed_fee(fee).map_err(refused)?;
    }
    if some(u)? {
        let least = Money::from_major(u.int_in_range(0..=1_000)?, currency);
        schedule = schedule.with_minimum(least).map_err(refused)?;
    }
    if some(u)? {
        let most = Money::from_major(u.int_in_range(1_000..=1_000_000)?, currency);
        schedule = schedule.with_maximum(most).map_err(refused)?;
    }
    Ok(schedule)
}

/// Returns one to four tiers; each price is at most that of the tier before.
#[expect(clippy::arithmetic_side_effects, reason = "three bounds of at most 10,000")]
fn falling_tiers<Q: Quantity>(u: &mut Unstructured<'_>, currency: Currency) -> Result<Tiers<Q>> {
    let (mut bound, mut most) = (0_u64, 10_000_000);
    let mut tiers = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        bound += u.int_in_range(1..=10_000)?;
        let price: UnitPrice<Q> = usual_price(u, currency, most)?;
        most = price.amount().amount().mantissa().unsigned_abs();
        tiers.push(Tier::up_to(usual::<Q>(bound), price));
    }
    tiers.push(Tier::rest(usual_price(u, currency, most)?));
    Tiers::new(tiers).map_err(refused)
}

/// Returns a price of up to `most` ten-thousandths of the currency per 1 MB or 1 Mbps.
fn usual_price<Q: Quantity>(
    u: &mut Unstructured<'_>,
    currency: Currency,
    most: u128,
) -> Result<UnitPrice<Q>> {
    const PLACES: u32 = 4;
    let digits = i128::try_from(u.int_in_range(0..=most)?).map_err(refused)?;
    let amount = Decimal::try_from_i128_with_scale(digits, PLACES).map_err(refused)?;
    UnitPrice::new(Money::new(amount, currency), usual(1)).map_err(refused)
}

/// Returns one to `most` times 1 MB or 1 Mbps.
fn usual_quantity<Q: Quantity>(u: &mut Unstructured<'_>, most: u64) -> Result<Q> {
    Ok(usual(u.int_in_range(1..=most)?))
}

/// Returns `times` times 1 MB or 1 Mbps; `times` must be at most 30,000.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "the text is the crate's own, and 30 GB and 30 Gbps are far below the largest quantities"
)]
fn usual<Q: Quantity>(times: u64) -> Q {
    let one: Q = Q::USUAL.parse().expect("a quantity");
    Q::from_units(one.units() * u128::from(times))
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    UnitPrice<crate::quantity::DataVolume>: 64,
    UnitPrice<crate::quantity::DataRate>: 64,
    Schedule<crate::quantity::DataVolume>: 96,
    Schedule<crate::quantity::DataRate>: 96,
}
