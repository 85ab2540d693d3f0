//! What does a month cost if prices change on the 16th?

use bandwidth_cost::{DataRate, Error, RateCard, RoundingStrategy, UsageSeries, jiff::Timestamp};
use core::time::Duration;
use std::collections::BTreeMap;

const CONTRACT: &str = r#"
[[tariff]]
name = "transit"
measure = "95th percentile"
price = "0.80 USD per 1 Mbps"
fixed_fee = "250 USD"

[[tariff.change]]
from = "2025-03-16"
price = "0.70 USD per 1 Mbps"

[[tariff]]
name = "egress"
measure = "total volume"
graduated = [
    { up_to = "100 TB", price = "0.09 USD per 1 GB" },
    { price = "0.07 USD per 1 GB" },
]

[[tariff.change]]
from = "2025-03-16"
graduated = [
    { up_to = "100 TB", price = "0.08 USD per 1 GB" },
    { price = "0.05 USD per 1 GB" },
]
"#;

fn main() -> Result<(), Error> {
    let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
    // 400 Mbps are 4.32 TB a day.
    let start: Timestamp = "2025-03-01T00:00:00Z".parse()?;
    let hour = Duration::from_secs(3_600);
    let month = UsageSeries::from_rates(start, hour, [DataRate::from_mbps(400); 744])?;
    // The rate is read once, and each price is charged for its days. The volume goes on: the tiers
    // count the whole month.
    println!("{}", card.bill(&month)?.settle(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// 2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
// transit: 95th percentile, 400 Mbps
//   usage, 15 of 31 days, 2025-03-01 to 2025-03-15  400 Mbps  at 0.80 USD per 1 Mbps     154.84 USD
//   usage, 16 of 31 days, 2025-03-16 to 2025-03-31  400 Mbps  at 0.70 USD per 1 Mbps     144.52 USD
//   fixed fee                                                                            250.00 USD
// egress: total volume, 133.92 TB
//   up to 100 TB, 2025-03-01 to 2025-03-15           64.8 TB  at 0.09 USD per 1 GB     5,832.00 USD
//   up to 100 TB, 2025-03-16 to 2025-03-31           35.2 TB  at 0.08 USD per 1 GB     2,816.00 USD
//   above 100 TB, 2025-03-16 to 2025-03-31          33.92 TB  at 0.05 USD per 1 GB     1,696.00 USD
// total                                                                               10,893.36 USD
// of this, by rounding                                                                     0.01 USD
// each line rounded half to even
