//! Three tasks, done in five ways.
//!
//! The table holds the figures that each way gives. The spreadsheet's are computed with
//! floating-point numbers of 64 bits (`f64`), which spreadsheets hold. DuckDB is version 2.0.1. The
//! billing engine is one that keeps the price of a unit in cents with at most 12 decimal places, as
//! Stripe's `unit_amount_decimal` does (docs.stripe.com/api/prices/object), and that rounds each
//! line. The programs on this page are tested.
//!
//! | | 3.96 PB at $10,000 per minute per Tbps | 95th percentile of 100, 200, … 2,000 Mbps | 100.00 USD for three, added up again |
//! | --- | ---: | ---: | ---: |
//! | spreadsheet | 5,280,000.00 | 1,905 | 99.99 |
//! | `rust_decimal` by hand | 5,279,999.999999999999868 | 2,000 or 1,900 | 99.99 |
//! | DuckDB | an error, 5,280,000.00 or 5,278,680.00 | 1,905 or 1,900 | 99.99 |
//! | billing engine | 5,279,986.80 | measures no rates | 99.99 |
//! | this crate | 5,280,000 | 1,900, or the rule that is named | 100.00 |
//!
//! The spreadsheet does the first task right, and so does `rust_decimal`, to the cent. With this
//! crate nobody has to check whether the result was right this time.
//!
//! # A price that no decimal holds
//!
//! $10,000 per minute per Tbps is $10,000 per 7.5 TB, which is 4/3 dollars per GB.
//!
//! ```
//! use bandwidth_cost::{DataVolume, Decimal, pta};
//!
//! fn main() {
//!     let bytes = 3_960_000_000_000_000_u64; // 3.96 PB
//!
//!     // Spreadsheet: the price of a byte is rounded to 53 binary digits.
//!     assert_eq!(bytes as f64 * (10_000.0 / 7.5e12), 5_280_000.0);
//!
//!     // `rust_decimal`: the price of a byte is cut after 28 places.
//!     let per_byte = Decimal::from(10_000) / Decimal::from(7_500_000_000_000_u64);
//!     let cost = per_byte * Decimal::from(bytes);
//!     assert_eq!(cost.normalize().to_string(), "5279999.999999999999868");
//!
//!     // Billing engine: the price of a byte in cents, with 12 places.
//!     let cents = (per_byte * Decimal::from(100)).round_dp(12);
//!     let cost = cents * Decimal::from(bytes) / Decimal::from(100);
//!     assert_eq!(cost.round_dp(2).normalize().to_string(), "5279986.8");
//!
//!     // This crate.
//!     let cost = pta::DISRUPTION_COST.cost(DataVolume::from_bytes(bytes));
//!     assert_eq!(cost.to_string(), "5280000 USD");
//! }
//! ```
//!
//! In DuckDB it depends on how the product is written:
//!
//! ```sql
//! SELECT 3960000000000000 * 10000 / 7500000000000;    -- Out of Range Error: Overflow in multiplication of INT64
//! SELECT 3960000000000000 * (10000 / 7500000000000);  -- 5280000.0, a DOUBLE
//! SELECT 3960000000000000 * (10000 / 7500000000000)::DECIMAL(18, 12);  -- 5278680.000000000000
//! ```
//!
//! A price in a larger unit, such as a gigabyte, loses less in each of these ways.
//!
//! # A percentile whose rule is not said
//!
//! Twenty samples of 100, 200, … 2,000 Mbps. Carriers bill the nearest rank: number ⌈0.95 × 20⌉ =
//! 19, which is 1,900 Mbps. `PERCENTILE.INC` of spreadsheets and DuckDB's `quantile_cont`
//! interpolate at position 0.95 × 19 + 1 = 19.05, which gives 1,905 Mbps; `quantile_disc` gives
//! 1,900. A program written by hand gives what its index says:
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, Percentile, PercentileRule, UsageSeries};
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Error> {
//!     let mbps: Vec<u64> = (1..=20).map(|sample| sample * 100).collect();
//!     let n = mbps.len();
//!
//!     // By hand, on sorted samples: the obvious index is one too high.
//!     assert_eq!(mbps[n * 95 / 100], 2_000);
//!     assert_eq!(mbps[(n * 95).div_ceil(100) - 1], 1_900);
//!
//!     // This crate: the rule has a name.
//!     let rates = mbps.into_iter().map(DataRate::from_mbps);
//!     let start = "2025-01-01T00:00:00Z".parse()?;
//!     let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
//!     assert_eq!(series.percentile(Percentile::P95).to_string(), "1.9 Gbps");
//!     let spreadsheet = Percentile::P95.with_rule(PercentileRule::LinearInclusive);
//!     assert_eq!(series.percentile(spreadsheet).to_string(), "1.905 Gbps");
//!     Ok(())
//! }
//! ```
//!
//! # Parts that add up
//!
//! A bill of 100.00 USD is shared by three. A third rounded to cents is 33.33, and three of those are
//! 99.99, in a spreadsheet (`=ROUND(100/3,2)*3`), with `rust_decimal`, in DuckDB
//! (`SELECT round(100.00 / 3, 2) * 3`), and on three lines of a billing engine.
//!
//! ```
//! use bandwidth_cost::{Decimal, Error, Money};
//!
//! fn main() -> Result<(), Error> {
//!     let third = (Decimal::from(100) / Decimal::from(3)).round_dp(2);
//!     assert_eq!((third * Decimal::from(3)).to_string(), "99.99");
//!
//!     // This crate: the cent that is left goes to one of the parts.
//!     let bill: Money = "100.00 USD".parse()?;
//!     let parts: Vec<String> = bill.allocate(&[1, 1, 1])?.iter().map(Money::to_string).collect();
//!     assert_eq!(parts, ["33.34 USD", "33.33 USD", "33.33 USD"]);
//!     Ok(())
//! }
//! ```
