//! How do $1 per MB and $10,000 a minute per Tbps compare?

use bandwidth_cost::{DataRate, Error, pta};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let (charge, disruption) = (pta::INTERNATIONAL_CHARGE, pta::DISRUPTION_COST);
    println!("{charge} is {} times {disruption}", charge.ratio_to(&disruption)?);

    let hour = DataRate::from_gbps(815) * Duration::from_secs(3_600);
    println!("815 Gbps for an hour is {hour}");
    println!("at the one price:   {:#.2}", charge.cost(hour));
    println!("at the other price: {:#.2}", disruption.cost(hour));
    Ok(())
}

// Prints:
//
// 1 USD per 1 MB is 750 times 10000 USD per 1 Tbps for 1 min
// 815 Gbps for an hour is 366.75 TB
// at the one price:   366,750,000.00 USD
// at the other price: 489,000.00 USD
