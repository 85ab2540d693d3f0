//! What does this traffic cost, in which currency? **Exactly.**
//!
//! Bandwidth is priced in units that look alike and differ by factors of eight, of a thousand, of
//! days in a month. This crate makes each of those choices a type or a named value, computes with
//! exact numbers to the end, and rounds only where you say so.
//!
//! ```
//! use bandwidth_cost::{DataRate, ExchangeRate, RoundingStrategy, pta};
//! use core::time::Duration;
//!
//! # fn main() -> Result<(), bandwidth_cost::Error> {
//! let vpn: DataRate = "815 Gbps".parse()?;
//! let hour = vpn * Duration::from_secs(3600);
//! let cost = pta::DISRUPTION_COST.cost(hour);
//! let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
//! let rupees = rate.convert(&cost)?.round(RoundingStrategy::MidpointNearestEven)?;
//! println!("{vpn} for an hour is {hour}, and costs {cost} or {rupees}");
//! # assert_eq!(
//! #     format!("{vpn} for an hour is {hour}, and costs {cost} or {rupees}"),
//! #     "815 Gbps for an hour is 366.75 TB, and costs 489000 USD or 136210950.00 PKR",
//! # );
//! // 815 Gbps for an hour is 366.75 TB, and costs 489000 USD or 136210950.00 PKR
//! # Ok(())
//! # }
//! ```
//!
//! # The idea
//!
//! > money = price × quantity
//!
//! A quantity is a [`DataVolume`] or a [`DataRate`]; a rate over a [`Duration`](core::time::Duration)
//! is a volume. A price is money per quantity: [`VolumePrice`] (`1 USD per 1 MB`) or [`RatePrice`]
//! (`0.80 USD per 1 Mbps`, per billing period). `$10,000 per minute per Tbps` is money per rate ×
//! time, so it is a `VolumePrice` too, and two claims that look unlike can be divided:
//!
//! ```
//! use bandwidth_cost::pta;
//!
//! let factor = pta::INTERNATIONAL_CHARGE.ratio_to(&pta::DISRUPTION_COST)?;
//! assert_eq!(factor.to_string(), "750");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! A calculation returns a [`Cost`], which is a rational number and its currency: $10,000 per 7.5 TB
//! is 4/3 USD per GB, and no decimal holds that. Costs add up in any order and never overflow.
//! [`Money`] is what goes in (prices) and what comes out (settled amounts), and [`Cost::round`] is
//! the only door from one to the other.
//!
//! # The map
//!
//! | to | see |
//! | --- | --- |
//! | count data, and say how fast it flows | [`DataVolume`], [`DataRate`], [`quantity`] |
//! | take 70 %, or 15 of 31 days | [`Share`] |
//! | hold, add and split money | [`Money`], [`Money::allocate`], [`Currency`] |
//! | keep amounts exact, then round them | [`Cost`], [`Cost::round`] |
//! | price a volume or a rate | [`VolumePrice`], [`RatePrice`] |
//! | price by tiers, with allowances, commitments, minimums | [`Schedule`], [`Tiers`], [`Schedule::check`] |
//! | hold a link's traffic, and measure it | [`UsageSeries`], [`Percentile`], [`CounterLog`] |
//! | say what traffic is usual, and find what is extra | [`Baseline`], [`UsageSeries::excess_over`] |
//! | bill a month by a contract | [`RateCard`], [`Tariff`], [`Statement`], [`Invoice`] |
//! | turn one currency into another | [`ExchangeRate`] |
//! | look up a day's exchange rate | [`ExchangeRates`], [`DatedRate`] |
//! | ask what crosses the border if traffic moves or a server goes abroad | [`TrafficMix`], [`scenario`] |
//! | price columns of millions of records, in pieces, by customer, on all cores | [`bulk`], [`bulk::Column`], [`Schedule::over`] |
//! | check the figures that Pakistan's regulator published | [`pta`] |
//! | see what was refused, and what to write instead | [`Error`] |
//!
//! # Recipes
//!
//! **Check a claim in another unit.** Restating a price needs no call of its own: ask what one of
//! the other unit costs.
//!
//! ```
//! use bandwidth_cost::{DataRate, DataVolume, pta};
//! use core::time::Duration;
//!
//! let price = pta::DISRUPTION_COST;
//! assert_eq!(price.cost(DataVolume::from_gigabytes(1)).to_string(), "4/3 USD");
//!
//! // In a carrier's unit: 1 Mbps for a month of 30 days.
//! let month = Duration::from_secs(30 * 86_400);
//! assert_eq!(price.cost(DataRate::from_mbps(1) * month).to_string(), "432 USD");
//! ```
//!
//! **Bill part of a month**, and round once, at the end:
//!
//! ```
//! use bandwidth_cost::{DataRate, RatePrice, RoundingStrategy, Share};
//!
//! let transit: RatePrice = "0.80 USD per 1 Mbps".parse()?;
//! let bill = transit.cost(DataRate::from_mbps(1_234)) * Share::new(15, 31)?;
//! assert_eq!(bill.to_string(), "14808/31 USD");
//! assert_eq!(bill.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "477.68 USD");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! **Share a bill** among those who used the link, without losing a cent:
//!
//! ```
//! use bandwidth_cost::{DataVolume, Money};
//!
//! let bill: Money = "100.00 USD".parse()?;
//! let parts = bill.allocate(&[1, 1, 1])?;
//! assert_eq!(parts[0].to_string(), "33.34 USD");
//! assert_eq!(parts[1].to_string(), "33.33 USD");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! **Bill a link's month** by a contract in TOML: the 95th percentile of its 5-minute slots, with a
//! commitment and dearer overage.
//!
//! ```
//! # #[cfg(feature = "toml")] {
//! use bandwidth_cost::{DataRate, RateCard, RoundingStrategy, UsageSeries, jiff::Timestamp};
//! use core::time::Duration;
//! use std::collections::BTreeMap;
//!
//! let contract = r#"
//! [[tariff]]
//! name = "transit"
//! measure = "95th percentile"
//! commitment = "2 Gbps"
//! graduated = [
//!     { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps" },
//!     { price = "1.00 USD per 1 Mbps" },
//! ]
//! "#;
//! let card = RateCard::from_toml(contract, &BTreeMap::new())?;
//!
//! let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
//! let rates = (0..8_928).map(|slot| DataRate::from_mbps(1_500 + slot % 1_000));
//! let month = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
//! let invoice = card.bill(&month)?.settle(RoundingStrategy::MidpointNearestEven)?;
//! assert_eq!(invoice.total()?.to_string(), "2044.00 USD"); // 2,000 × 0.80 + 444 × 1.00
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Price a disruption**: what was above the usual traffic, at a day's exchange rate.
//!
//! ```
//! use bandwidth_cost::{
//!     Baseline, Currency, DataRate, ExchangeRates, Schedule, Tariff, UsageSeries, VolumeMeter,
//!     jiff::{Timestamp, civil::date}, pta,
//! };
//! use core::time::Duration;
//!
//! let start: Timestamp = "2024-12-31T00:00:00Z".parse()?;
//! let rates = [5_600, 5_650, 6_650, 5_900].map(DataRate::from_gbps);
//! let border = UsageSeries::from_rates(start, Duration::from_secs(60), rates)?;
//!
//! let usual = Baseline::constant(DataRate::from_gbps(5_650));
//! let price = Schedule::flat(pta::DISRUPTION_COST);
//! let tariff = Tariff::by_volume("disruption", VolumeMeter::Excess(usual), price);
//! let mut fixings = ExchangeRates::new();
//! fixings.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
//!
//! let bill = tariff.bill(&border)?; // 1 Tbps for a minute, 250 Gbps for another
//! assert_eq!(bill.total()?.to_string(), "12500 USD");
//! let rupees = bill.convert(&fixings, Currency::PKR, date(2025, 1, 2))?;
//! assert_eq!(rupees.total()?.to_string(), "3481875 PKR");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Bill months in local currency**, part of the price being in dollars and part in rupees, each
//! month at the rate of its last day:
//!
//! ```
//! # #[cfg(feature = "toml")] {
//! use bandwidth_cost::{
//!     Currency, DataRate, RateCard, ExchangeRates, UsageSeries, jiff::{Timestamp, civil::date},
//! };
//! use core::time::Duration;
//! use std::collections::BTreeMap;
//!
//! let contract = r#"
//! [[tariff]]
//! name = "transit"
//! measure = "peak rate"
//! price = "0.80 USD per 1 Mbps"
//!
//! [[tariff]]
//! name = "local loop"
//! measure = "total volume"
//! price = "0 PKR per 1 GB"
//! fixed_fee = "90000 PKR"
//! "#;
//! let card = RateCard::from_toml(contract, &BTreeMap::new())?;
//! let start: Timestamp = "2023-01-01T00:00:00Z".parse()?;
//! let days = [DataRate::from_gbps(1); 31 + 28];
//! let series = UsageSeries::from_rates(start, Duration::from_secs(86_400), days)?;
//!
//! let mut fixings = ExchangeRates::new();
//! fixings.insert(date(2023, 1, 31), "1 USD = 267.50 PKR".parse()?)?;
//! fixings.insert(date(2023, 2, 28), "1 USD = 261 PKR".parse()?)?;
//! let mut bills = Vec::new();
//! for (first, bill) in card.bill_months(&series)? {
//!     let bill = bill.convert(&fixings, Currency::PKR, first.last_of_month())?;
//!     bills.push(bill.total()?.to_string()); // 800 USD and 90,000 PKR
//! }
//! assert_eq!(bills, ["304000 PKR", "298800 PKR"]);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Price millions of records**, each by itself, in about the time that reading them takes; see
//! [`bulk`] for data that comes in pieces and for each record's amount.
//!
//! ```
//! use bandwidth_cost::{DataVolume, Schedule, Tier, Tiers, bulk::Column};
//!
//! let egress = Schedule::graduated(Tiers::new([
//!     Tier::up_to(DataVolume::from_gigabytes(1), "0.09 USD per 1 GB".parse()?),
//!     Tier::rest("0.07 USD per 1 GB".parse()?),
//! ])?);
//! let flows = [64, 1_500, 900_000_000_000]; // bytes
//! let total = egress.over(&Column::bytes(&flows)).sum();
//! assert_eq!(total.to_string(), "63.02000014076 USD");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! **Read what people write**, and tell them what was wrong:
//!
//! ```
//! use bandwidth_cost::DataVolume;
//!
//! assert_eq!(
//!     "10 mb".parse::<DataVolume>().unwrap_err().to_string(),
//!     "ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
//! );
//! ```
//!
//! # What it promises
//!
//! - **Exact.** No float takes part in a result. Nothing is rounded but where a method says so by
//!   name: [`Cost::round`], [`Cost::round_to`] and [`Cost::round_to_i128`] (and
//!   [`Ratio::round_to`]) to decimals, [`PricedColumn::each_into`](bulk::PricedColumn::each_into) and
//!   [`Pricer::finish_each_into`](bulk::Pricer::finish_each_into) to as many as they are asked for,
//!   [`volume / duration`](DataVolume::checked_div) and so each measured rate to whole bits per
//!   second, [`Statement::settle`] to minor units,
//!   [`DataRate::portion`] down to whole bits per second, and `{:.2}` in what is printed.
//! - **No surprises.** No panic, no wrapping, no saturation on any input, and the same in debug and
//!   release builds. The exceptions say so under "Panics", as std's `Duration` does: operators whose
//!   result does not fit or that divide by no time, each with a `checked_` twin, and constructors
//!   for constants that are given what they can't hold (more than the largest, a negative price),
//!   with a parser or `new` beside them.
//! - **One unit rule.** MB is 10⁶ bytes and MiB is 2²⁰; b is a bit and B is a byte; everywhere.
//!
//! # What it does not do
//!
//! It measures no traffic, fetches no prices and no exchange rates, knows no taxes, and opens no
//! sockets. It does not guess: neither a unit, nor a currency, nor a rate for a day without one.
//!
//! # Features
//!
//! - `csv` (on by default): usage series, counter logs and exchange rates from CSV files.
//! - `toml` (on by default): rate cards from TOML; brings `serde`.
//! - `rayon`: the `par_` forms of [`bulk`], on all cores.
//! - `serde` (on by default): `Serialize` and `Deserialize` for all types that hold what
//!   was given or billed: text in formats for people, compact in binary ones, with the checks of the constructors.

pub mod bulk;
mod error;
pub mod money;
pub mod number;
pub mod price;
pub mod pta;
pub mod quantity;
pub mod scenario;
pub mod tariff;
pub mod text;
pub mod usage;

#[cfg(feature = "csv")]
pub use self::usage::{CsvLayout, CsvUnit, TimeFormat};
pub use self::{
    error::{Error, ErrorKind, Place},
    money::{
        Cost, Currency, Money,
        exchange::{DatedRate, ExchangeRate, ExchangeRates, Fixing, NearestFixings},
    },
    number::{Ratio, Share},
    price::{
        AnyPrice, LineItem, LineKind, RatePrice, Schedule, ScheduleWarning, Tier, TierBound, Tiers,
        UnitPrice, VolumePrice,
    },
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity, RateUnit, VolumeUnit},
    scenario::{TrafficClass, TrafficMix},
    tariff::{
        Direction, Invoice, InvoiceLine, RateCard, RateMeter, Statement, StatementLine, Tariff,
        VolumeMeter,
    },
    usage::{
        Baseline, CounterEvent, CounterLog, CounterReadout, CounterWidth, GapPolicy, LinkUsage,
        Percentile, PercentileRule, UsageSeries,
    },
};
pub use jiff;
pub use rust_decimal::{self, Decimal, RoundingStrategy};

/// The README's programs, tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
