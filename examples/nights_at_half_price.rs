//! What does a link cost under a contract that halves the price by night?

use bandwidth_cost::{DataRate, Error, RateCard, RoundingStrategy, UsageSeries, jiff::Timestamp};
use core::time::Duration;
use std::collections::BTreeMap;

const CONTRACT: &str = r#"
time_zone = "Asia/Karachi"
interval = "5 min"

[[tariff]]
name = "day"
measure = "total volume"
hours = "06:00 to 22:00"
price = "0.08 USD per 1 GB"

[[tariff]]
name = "night"
measure = "total volume"
hours = "22:00 to 06:00"
price = "0.04 USD per 1 GB"
"#;

fn main() -> Result<(), Error> {
    let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
    // Each time of day is measured by one of the tariffs, and by one only.
    assert!(card.check().is_empty());

    // March in Karachi: 100 Mbps, and 500 Mbps from 22:00 to 06:00, which is 17:00 to 01:00 UTC.
    let midnight: Timestamp = "2025-02-28T19:00:00Z".parse()?;
    let is_night = |slot: u64| !(72..264).contains(&(slot % 288));
    let rates =
        (0..31 * 288).map(|slot| DataRate::from_mbps(if is_night(slot) { 500 } else { 100 }));
    let series = UsageSeries::from_rates(midnight, Duration::from_secs(300), rates)?;
    for (_, month) in card.bill_months(&series)? {
        println!("{}", month.settle(RoundingStrategy::MidpointNearestEven)?);
    }
    Ok(())
}

// Prints:
//
// 2025-03-01T00:00:00+05:00 to 2025-04-01T00:00:00+05:00
// day: total volume of 06:00 to 22:00, 22.32 TB
//   usage  22.32 TB  at 0.08 USD per 1 GB  1,785.60 USD
// night: total volume of 22:00 to 06:00, 55.8 TB
//   usage   55.8 TB  at 0.04 USD per 1 GB  2,232.00 USD
// total                                    4,017.60 USD
// each line rounded half to even
