//! Which interpretation of the contract gives the figure on this invoice?
#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    DataRate, Direction, Error, LinkUsage, Money, Percentile, RateCard, RateMeter, Schedule, Share,
    Tariff, UsageSeries,
    jiff::{civil::date, tz::TimeZone},
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    // The contract: the 95th percentile of outbound traffic, for a month of Karachi.
    let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    let card = RateCard::new([transit])?
        .with_direction(Direction::Outbound)
        .with_time_zone(TimeZone::get("Asia/Karachi")?);

    // What the router counted in January, and a day before and after it for months of UTC.
    let start = "2024-12-30T19:00:00Z".parse()?;
    let measured = |times: u64| {
        let rates = (0..33 * 288).map(|slot| DataRate::from_kbps(slot * times % 999_983));
        UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    };
    let link = LinkUsage { inbound: measured(76_543)?, outbound: measured(54_321)? };

    let (invoiced, month) = ("737.92 USD".parse::<Money>()?, date(2025, 1, 1));
    let within = Share::new(1, 100_000)?; // less than a cent
    let explanations = card.explain(&link, month, invoiced, within)?;
    println!("{invoiced} is");
    for explanation in explanations.iter().filter(|other| other.assumptions().len() < 2) {
        println!("{explanation}");
    }
    Ok(())
}

// Prints:
//
// 737.92 USD is
// 737.9204 USD (off by less than 0.001%): slots of 10 min; transit, slot of 2025-01-05T02:10:00Z
