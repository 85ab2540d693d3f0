//! What does a bill in dollars come to in rupees, at a dated rate?

use bandwidth_cost::{
    Currency, DataRate, Error, ExchangeRates, RoundingStrategy, Schedule, Tariff, UsageSeries,
    VolumeMeter, jiff::civil::date, pta,
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let start = "2024-12-31T00:00:00Z".parse()?;
    let rates = [DataRate::from_gbps(400), DataRate::from_gbps(815)];
    let traffic = UsageSeries::from_rates(start, Duration::from_secs(3_600), rates)?;
    let price = Schedule::flat(pta::DISRUPTION_COST);
    let bill = Tariff::by_volume("VPN traffic", VolumeMeter::Total, price).bill(&traffic)?;

    // The closing rate between banks on 31 December 2024, State Bank of Pakistan.
    let mut fixings = ExchangeRates::new();
    fixings.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    let rupees = bill.convert(&fixings, Currency::PKR, date(2025, 1, 2))?;
    println!("{}", rupees.settle(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// 2024-12-31T00:00:00Z to 2024-12-31T02:00:00Z
// VPN traffic: total volume, 546.75 TB
//   usage  546.75 TB  at 10000 USD per 1 Tbps for 1 min  729,000.00 USD  203,062,950.00 PKR
// total                                                                  203,062,950.00 PKR
// 1 USD = 278.55 PKR (fixing of 2024-12-31)
// each line rounded half to even
