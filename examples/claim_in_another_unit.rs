//! What is $10,000 a minute per Tbps in a cloud's unit, and in a carrier's?

use bandwidth_cost::{DataRate, DataVolume, Error, pta};
use std::time::Duration;

const MONTH: Duration = Duration::from_secs(30 * 86_400);

fn main() -> Result<(), Error> {
    // A price in another unit is the cost of one such unit.
    let per_gigabyte = pta::DISRUPTION_COST.cost(DataVolume::from_gigabytes(1));
    println!("a gigabyte: {per_gigabyte}, about {per_gigabyte:.2}");

    let per_mbps = pta::DISRUPTION_COST.cost(DataRate::from_mbps(1) * MONTH);
    println!("1 Mbps for a month of 30 days: {per_mbps}");
    Ok(())
}

// Prints:
//
// a gigabyte: 4/3 USD, about 1.33 USD
// 1 Mbps for a month of 30 days: 432 USD
