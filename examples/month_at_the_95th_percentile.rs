//! What does a month cost at the 95th percentile of its 5-minute slots?

use bandwidth_cost::{DataRate, Error, Percentile, RatePrice, RoundingStrategy, UsageSeries};
use std::time::Duration;

fn main() -> Result<(), Error> {
    // January 2025: 31 days of 288 slots, from 1,500 to 2,499 Mbps.
    let rates = (1_500..2_500).cycle().take(31 * 288).map(DataRate::from_mbps);
    let start = "2025-01-01T00:00:00Z".parse()?;
    let month = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;

    let billed = month.percentile(Percentile::P95);
    let price: RatePrice = "0.80 USD per 1 Mbps".parse()?;
    let cost = price.cost(billed).round(RoundingStrategy::MidpointNearestEven)?;
    println!("mean {}, peak {}", month.mean(), month.peak());
    println!("95th percentile {billed}: {cost}");
    Ok(())
}

// Prints:
//
// mean 1.995758065 Gbps, peak 2.499 Gbps
// 95th percentile 2.444 Gbps: 1955.20 USD
