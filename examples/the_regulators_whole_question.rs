//! What does the regulator's claim come to in rupees, and what would licensing change?

use bandwidth_cost::{
    Currency, DataRate, Error, ExchangeRates, Share, TrafficClass, TrafficMix, jiff::civil::date,
    pta,
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    // Assumed: a fifth of the traffic of February 2024 moves to VPNs. Licensed ones break out
    // locally, so that the CDNs serve the same share of their traffic; the others bypass them.
    let local = Share::new(1_238, 1_803)?; // 12.38 of 18.03 Tbps
    let before = TrafficMix::new([
        TrafficClass::new("direct", DataRate::from_gbps(18_030), local),
        TrafficClass::new("licensed", DataRate::ZERO, local),
        TrafficClass::new("unlicensed", DataRate::ZERO, Share::ZERO),
    ])?;
    let moved = before.shift("direct", "unlicensed", Share::from_percent(20))?;

    // The closing rate between banks, State Bank of Pakistan (dailytimes.com.pk/1252459).
    let mut fixings = ExchangeRates::new();
    fixings.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    let rate = fixings.rate(Currency::USD, Currency::PKR, date(2025, 1, 2))?;

    for licensed in [0, 50, 90] {
        let after = moved.shift("unlicensed", "licensed", Share::from_percent(licensed))?;
        let more = before.international_increase(&after);
        println!("{licensed}% of it licensed: {more} more at the border, a minute of which is");
        for price in [pta::DISRUPTION_COST, pta::INTERNATIONAL_CHARGE] {
            let rupees = rate.convert(price.cost(more * Duration::from_secs(60)))?;
            println!("  {rupees:#.2} at {price}");
        }
    }
    println!("{rate}");
    Ok(())
}

// Prints:
//
// 0% of it licensed: 2.476 Tbps more at the border, a minute of which is
//   6,896,898.00 PKR at 10000 USD per 1 Tbps for 1 min
//   5,172,673,500.00 PKR at 1 USD per 1 MB
// 50% of it licensed: 1.238 Tbps more at the border, a minute of which is
//   3,448,449.00 PKR at 10000 USD per 1 Tbps for 1 min
//   2,586,336,750.00 PKR at 1 USD per 1 MB
// 90% of it licensed: 247.6 Gbps more at the border, a minute of which is
//   689,689.80 PKR at 10000 USD per 1 Tbps for 1 min
//   517,267,350.00 PKR at 1 USD per 1 MB
// 1 USD = 278.55 PKR (fixing of 2024-12-31)
