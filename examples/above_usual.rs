//! What did the traffic above the usual rate cost?

use bandwidth_cost::{Baseline, DataRate, Error, UsageSeries, pta};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let start = "2025-01-14T10:00:00Z".parse()?;
    let gbps = [5_600, 5_650, 6_650, 5_900];
    let border =
        UsageSeries::from_rates(start, Duration::from_secs(60), gbps.map(DataRate::from_gbps))?;

    let usual = Baseline::constant(DataRate::from_gbps(5_650));
    let excess = border.excess_over(&usual)?; // 1 Tbps and 250 Gbps, a minute each
    println!("{excess} above the usual rate");
    println!("{:#.2}", pta::DISRUPTION_COST.cost(excess));
    Ok(())
}

// Prints:
//
// 9.375 TB above the usual rate
// 12,500.00 USD
