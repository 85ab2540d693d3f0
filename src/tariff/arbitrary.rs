//! Contracts for tests: the features `arbitrary` and `proptest`.

use super::{Adjustment, Direction, RateCard, RateMeter, Tariff, VolumeMeter};
use crate::{
    money::{Currency, Money},
    number::refused,
    price::schedule_in,
    usage::{Percentile, Window},
};
use arbitrary::{Arbitrary, Result, Unstructured};
use jiff::tz::TimeZone;

/// Contracts in one currency that a carrier might write: transit by the 95th percentile, the peak or
/// the mean, traffic by volume, at times with other prices at night, and a port's fee; then a tax and a
/// credit. [`RateCard::check`] finds nothing in them, and [`Schedule::check`](crate::Schedule::check)
/// nothing in their schedules.
impl<'a> Arbitrary<'a> for RateCard {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let currency = *u.choose(&[Currency::USD, Currency::PKR, Currency::EUR])?;
        let mut tariffs = Vec::new();
        if u.arbitrary()? {
            let meter = *u.choose(&[
                RateMeter::Percentile(Percentile::P95),
                RateMeter::Peak,
                RateMeter::Mean,
            ])?;
            tariffs.push(Tariff::by_rate("transit", meter, schedule_in(u, currency)?));
        }
        if u.arbitrary()? {
            let names = [("day", "06:00 to 22:00"), ("night", "22:00 to 06:00")];
            for (name, hours) in names {
                let window: Window = hours.parse().map_err(refused)?;
                let schedule = schedule_in(u, currency)?;
                let tariff = Tariff::by_volume(name, VolumeMeter::Total, schedule);
                tariffs.push(tariff.with_window(window));
            }
        } else if u.arbitrary()? {
            let schedule = schedule_in(u, currency)?;
            tariffs.push(Tariff::by_volume("traffic", VolumeMeter::Total, schedule));
        }
        if tariffs.is_empty() || u.arbitrary()? {
            let fee = Money::from_major(u.int_in_range(0..=1_000)?, currency);
            tariffs.push(Tariff::fee("port", fee));
        }
        let zone = *u.choose(&["UTC", "Asia/Karachi", "Europe/Berlin", "America/New_York"])?;
        let zone = TimeZone::get(zone).map_err(refused)?;
        let mut card = Self::new(tariffs).map_err(refused)?;
        card = card.with_time_zone(zone).with_direction(*u.choose(&Direction::ALL)?);
        if u.arbitrary()? {
            let credit = Money::from_major(u.int_in_range(-500..=-1)?, currency);
            card = card.with_adjustment(Adjustment::amount("credit", credit)).map_err(refused)?;
        }
        if u.arbitrary()? {
            let percent = format!("{}%", u.int_in_range(1..=25)?);
            let tax = Adjustment::percent("tax", &percent).map_err(refused)?;
            card = card.with_adjustment(tax).map_err(refused)?;
        }
        Ok(card)
    }
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    RateCard: 256,
}
