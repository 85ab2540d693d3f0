//! What does a month cost after a credit for an outage and a tax?

use bandwidth_cost::{DataRate, RateCard, RoundingStrategy, UsageSeries};
use std::{collections::BTreeMap, error::Error, time::Duration};

const CONTRACT: &str = r#"
[[tariff]]
name = "transit"
measure = "peak rate"
price = "0.80 USD per 1 Mbps"

[[tariff]]
name = "port"
fixed_fee = "250 USD"

[[adjustment]]
name = "credit, outage of 3 March"
amount = "-200 USD"
on = "2025-03-03" # in no other month

[[adjustment]]
name = "sales tax"
percent = "15%" # of all lines before it
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let start = "2025-03-01T00:00:00Z".parse()?;
    let days = [DataRate::from_mbps(1_234); 31 + 30];
    let series = UsageSeries::from_rates(start, Duration::from_secs(86_400), days)?;
    let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
    for (_, month) in card.bill_months(&series)? {
        println!("{}\n", month.settle(RoundingStrategy::MidpointAwayFromZero)?);
    }
    Ok(())
}

// Prints:
//
// 2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
// transit: peak rate, 1.234 Gbps
//   usage                    1.234 Gbps  at 0.80 USD per 1 Mbps    987.20 USD
// port
//   fixed fee                                                      250.00 USD
// credit, outage of 3 March                                       -200.00 USD
// sales tax, 15%                                                   155.58 USD
// total                                                          1,192.78 USD
// each line rounded half away from zero
//
// 2025-04-01T00:00:00Z to 2025-05-01T00:00:00Z
// transit: peak rate, 1.234 Gbps
//   usage         1.234 Gbps  at 0.80 USD per 1 Mbps    987.20 USD
// port
//   fixed fee                                           250.00 USD
// sales tax, 15%                                        185.58 USD
// total                                               1,422.78 USD
// each line rounded half away from zero
//
