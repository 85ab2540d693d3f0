//! What does the traffic in a file of samples cost under a contract?

use bandwidth_cost::{CsvLayout, Error, GapPolicy, RateCard, RoundingStrategy};
use std::collections::BTreeMap;

/// Any reader does: `std::fs::File::open("samples.csv")?`.
const SAMPLES: &str = "\
time,rate
2025-01-01T00:00:00Z,1.2 Gbps
2025-01-01T00:05:00Z,1.9 Gbps
2025-01-01T00:10:00Z,2.4 Gbps
2025-01-01T00:15:00Z,1.5 Gbps
";
const CONTRACT: &str = r#"
[[tariff]]
name = "transit"
measure = "95th percentile"
commitment = "2 Gbps"
graduated = [
    { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps" },
    { price = "1.00 USD per 1 Mbps" },
]
fixed_fee = "250 USD"
"#;

fn main() -> Result<(), Error> {
    let usage = CsvLayout::new().read(SAMPLES.as_bytes(), GapPolicy::Fail)?;
    let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
    println!("{}", card.bill(&usage)?.settle(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// 2025-01-01T00:00:00Z to 2025-01-01T00:20:00Z
// transit: 95th percentile, 2.4 Gbps
//   up to 2 Gbps    2 Gbps  at 0.80 USD per 1 Mbps  1,600.00 USD
//   above 2 Gbps  400 Mbps  at 1.00 USD per 1 Mbps    400.00 USD
//   fixed fee                                         250.00 USD
// total                                             2,250.00 USD
// each line rounded half to even
