//! How much transit can be bought for a budget?

use bandwidth_cost::{Cost, DataRate, Error, Schedule, Tier, Tiers};

fn main() -> Result<(), Error> {
    // The whole rate at the price of its tier, in steps of 100 Mbps, and the port.
    let transit = Schedule::all_units(Tiers::new([
        Tier::below("5 Gbps".parse()?, "0.80 USD per Mbps per month".parse()?),
        Tier::rest("0.60 USD per Mbps per month".parse()?),
    ])?)
    .with_increment(DataRate::from_mbps(100))?
    .with_fixed_fee("250 USD".parse()?)?;

    for budget in ["200 USD", "1000 USD", "3000 USD", "3300 USD"] {
        let budget: Cost = budget.parse()?;
        match transit.largest_within(&budget)? {
            Some(most) => println!("{budget}: up to {most} for {}", transit.cost(most)),
            None => println!("{budget}: not even the port"),
        }
    }
    Ok(())
}

// Prints:
//
// 200 USD: not even the port
// 1000 USD: up to 900 Mbps for 970 USD
// 3000 USD: up to 3.4 Gbps for 2970 USD
// 3300 USD: up to 5 Gbps for 3250 USD
