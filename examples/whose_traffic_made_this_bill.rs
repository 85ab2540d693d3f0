//! Whose traffic made this bill?

use bandwidth_cost::{
    DataRate, Error, Percentile, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    tariff::Attribution,
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    let card = RateCard::new([transit, Tariff::fee("port", "250 USD".parse()?)])?;

    // April in Mbps, hour by hour: video in the evening, backups at night, and a steady office.
    let april = |mbps: fn(u64) -> u64| {
        let rates = (0..30 * 24).map(|hour| DataRate::from_mbps(mbps(hour % 24)));
        UsageSeries::from_rates("2025-04-01T00:00:00Z".parse()?, Duration::from_secs(3_600), rates)
    };
    let members = [
        ("video", april(|hour| if hour >= 18 { 900 } else { 100 })?),
        ("backup", april(|hour| if hour < 6 { 800 } else { 0 })?),
        ("office", april(|_| 100)?),
    ];

    println!("           by volume   by Shapley values");
    let by_volume = card.attribute(&members, Attribution::ByVolume)?;
    let shapley = card.attribute(&members, Attribution::Shapley)?;
    for ((name, by_volume), (_, by_what_it_adds)) in by_volume.iter().zip(&shapley) {
        println!("{name:<8} {by_volume:>11.2} {by_what_it_adds:>11.2}");
    }
    Ok(())
}

// Prints:
//
//            by volume   by Shapley values
// video     525.00 USD  483.33 USD
// backup    350.00 USD  403.33 USD
// office    175.00 USD  163.33 USD
