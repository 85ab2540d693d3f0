//! What does an invoice look like as JSON?

use bandwidth_cost::{DataRate, RateCard, RoundingStrategy, UsageSeries};
use std::{collections::BTreeMap, error::Error, time::Duration};

const CONTRACT: &str = r#"
[[tariff]]
name = "transit"
measure = "peak rate"
price = "0.80 USD per 1 Mbps"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let start = "2025-01-01T00:00:00Z".parse()?;
    let month = [DataRate::from_mbps(1_250); 31];
    let month = UsageSeries::from_rates(start, Duration::from_secs(86_400), month)?;
    let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
    let invoice = card.bill(&month)?.settle(RoundingStrategy::MidpointNearestEven)?;
    println!("{}", serde_json::to_string_pretty(&invoice)?);
    Ok(())
}

// Prints:
//
// {
//   "period": {
//     "start": "2025-01-01T00:00:00Z",
//     "end": "2025-02-01T00:00:00Z",
//     "zone": "UTC",
//     "days": {
//       "first": "2025-01-01",
//       "last": "2025-01-31"
//     },
//     "coverage": "100%"
//   },
//   "lines": [
//     {
//       "tariff": "transit",
//       "meter": "peak rate",
//       "measured": "1.25 Gbps",
//       "kind": "usage",
//       "label": "usage",
//       "quantity": "1.25 Gbps",
//       "unit_price": "0.80 USD per 1 Mbps",
//       "amount": "1000.00",
//       "currency": "USD",
//       "exact": "1000 USD"
//     }
//   ],
//   "totals": [
//     "1000.00 USD"
//   ],
//   "differences": [
//     "0.00 USD"
//   ],
//   "settlement": {
//     "rule": "each_line",
//     "strategy": "half to even",
//     "places": null,
//     "cash": []
//   }
// }
