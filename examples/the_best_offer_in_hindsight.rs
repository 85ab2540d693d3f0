//! Which offer would have been the cheapest for three months of traffic, and at which price?

use bandwidth_cost::{
    DataRate, Direction, Error, LinkUsage, Percentile, RateCard, RateMeter, Schedule, Tariff,
    UsageSeries, compare_offers,
};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

fn offer(price: Schedule<DataRate>) -> Result<RateCard, Error> {
    let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    Ok(RateCard::new([transit])?.with_direction(Direction::Higher))
}

fn month(first: &str, days: usize, mbps: u64) -> Result<LinkUsage, Error> {
    let series = |mbps| {
        let rates = vec![DataRate::from_mbps(mbps); days];
        UsageSeries::from_rates(first.parse()?, DAY, rates)
    };
    Ok(LinkUsage { inbound: series(mbps)?, outbound: series(mbps / 10)? })
}

fn main() -> Result<(), Error> {
    let metered = offer(Schedule::flat("1.20 USD per 1 Mbps".parse()?))?;
    let price = Schedule::flat("0.70 USD per 1 Mbps".parse()?);
    let committed = offer(price.with_commitment(DataRate::from_gbps(3)))?;
    let months = [
        month("2025-01-01T00:00:00Z", 31, 1_200)?,
        month("2025-02-01T00:00:00Z", 28, 1_500)?,
        month("2025-03-01T00:00:00Z", 31, 2_400)?,
    ];
    for offer in compare_offers(&[("metered", &metered), ("committed", &committed)], &months)? {
        let blended = offer.per_mbps().map(|price| format!("{price:.2} per Mbps"));
        let best = offer.months().iter().filter(|month| month.is_cheapest()).count();
        println!("{:9}  {:#.2}, {}", offer.name(), offer.total(), blended.unwrap_or_default());
        println!("           regret {:#.2}, best in {best} of 3 months", offer.regret());
    }
    Ok(())
}

// Prints:
//
// metered    6,120.00 USD, 1.20 USD per Mbps
//            regret 0.00 USD, best in 2 of 3 months
// committed  6,300.00 USD, 1.24 USD per Mbps
//            regret 180.00 USD, best in 1 of 3 months
