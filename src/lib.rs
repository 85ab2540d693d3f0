//! Exact bandwidth pricing: what does this traffic cost, in which currency?
//!
//! Bandwidth is priced in units that look alike and differ by factors of eight, of a thousand, or of
//! the days in a month. In this crate each choice among them is a type or a named value, numbers are
//! exact, and amounts are rounded only where the program says so.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, ExchangeRate, RoundingStrategy, pta};
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Error> {
//!     let vpn: DataRate = "815 Gbps".parse()?;
//!     let hour = vpn * Duration::from_secs(3_600);
//!     let cost = pta::DISRUPTION_COST.cost(hour);
//!     let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
//!     let rupees = rate.convert(&cost)?.round(RoundingStrategy::MidpointNearestEven)?;
//!     println!("{hour} cost {cost}, or {rupees}");
//!     // 366.75 TB cost 489000 USD, or 136210950.00 PKR
//! #   assert_eq!(
//! #       format!("{hour} cost {cost}, or {rupees}"),
//! #       "366.75 TB cost 489000 USD, or 136210950.00 PKR",
//! #   );
//!     Ok(())
//! }
//! ```
//!
//! Each program on this page is whole: paste it into an empty `main.rs`, with these lines in
//! `Cargo.toml`:
//!
//! ```toml
//! [dependencies]
//! bandwidth-cost = "0.2"
//! ```
//!
//! An error ends such a program with a sentence: `Error: ambiguous unit ...`.
//!
//! # Overview
//!
//! > money = price × quantity
//!
//! A quantity is a [`DataVolume`] or a [`DataRate`]; a rate multiplied by a
//! [`Duration`](core::time::Duration) is a volume. A price is money per quantity: a [`VolumePrice`]
//! (`1 USD per 1 MB`) or a [`RatePrice`] (`0.80 USD per 1 Mbps`, per billing period).
//! `$10,000 per minute per Tbps` is money per (rate × time), which is money per volume: a
//! `VolumePrice` too. A calculation returns a [`Cost`], a rational number with its currency. Prices
//! are made of [`Money`], a decimal, and [`Cost::round`] returns it.
//!
//! | to | see |
//! | --- | --- |
//! | hold an amount of data, or a rate of data | [`DataVolume`], [`DataRate`], [`quantity`] |
//! | take a part of a whole, such as 70 % or 15 of 31 days | [`Share`] |
//! | hold, add and split money | [`Money`], [`Money::allocate`], [`Currency`] |
//! | keep amounts exact, then round them | [`Cost`], [`Cost::round`] |
//! | price a volume or a rate | [`VolumePrice`], [`RatePrice`] |
//! | price by tiers, with allowances, commitments, minimums | [`Schedule`], [`Tiers`], [`Schedule::check`] |
//! | hold a link's traffic, and measure it | [`UsageSeries`], [`Percentile`], [`CounterLog`] |
//! | read a file of traffic as a program wrote it | [`CsvLayout`], [`usage::exports`] |
//! | say what traffic is usual, and find what is above it | [`Baseline`], [`UsageSeries::excess_over`] |
//! | bill a month by a contract | [`RateCard`], [`Tariff`], [`Statement`], [`Invoice`] |
//! | add a credit, a surcharge or a tax to a bill | [`Adjustment`], [`Statement::with_adjustment`] |
//! | find the cheapest offer, from which volume on, and how much a budget buys | [`compare_offers`], [`Schedule::crossings`], [`Schedule::largest_within`] |
//! | find the interpretation of a contract that gives an invoiced figure | [`RateCard::explain`] |
//! | split a bill among those whose traffic it is for | [`RateCard::attribute`] |
//! | say where a month will end | [`RateCard::forecast`] |
//! | convert at a rate, or at a day's rate | [`ExchangeRate`], [`ExchangeRates`] |
//! | ask what crosses the border if traffic moves | [`TrafficMix`], [`scenario`] |
//! | price columns of millions of records | [`bulk`], [`Schedule::over`] |
//! | check the figures that Pakistan's regulator published | [`pta`] |
//! | write a quantity, an amount or a price that the compiler checks | [`volume!`], [`rate!`], [`share!`], [`money!`](crate::money!), [`volume_price!`], [`rate_price!`] |
//! | see why a text or a number was refused | [`Error`] |
//! | read the reasons for the design, and a comparison | [`_documentation`] |
//!
//! # Recipes
//!
//! The folder `examples` of the repository has more of these, one question each.
//!
//! ## Check a claim in another unit
//!
//! Ask what one of that unit costs, or take the ratio of two prices.
//!
//! ```
//! use bandwidth_cost::{DataRate, DataVolume, Error, pta};
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Error> {
//!     let price = pta::DISRUPTION_COST; // 10,000 USD per minute per Tbps
//!     assert_eq!(price.cost(DataVolume::from_gigabytes(1)).to_string(), "4/3 USD");
//!
//!     // In a carrier's unit: 1 Mbps for a month of 30 days.
//!     let month = Duration::from_secs(30 * 86_400);
//!     assert_eq!(price.cost(DataRate::from_mbps(1) * month).to_string(), "432 USD");
//!
//!     let factor = pta::INTERNATIONAL_CHARGE.ratio_to(&price)?;
//!     assert_eq!(factor.to_string(), "750");
//!     Ok(())
//! }
//! ```
//!
//! ## Bill part of a month
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, RatePrice, RoundingStrategy, Share};
//!
//! fn main() -> Result<(), Error> {
//!     let transit: RatePrice = "0.80 USD per 1 Mbps".parse()?;
//!     let bill = transit.cost(DataRate::from_mbps(1_234)) * Share::new(15, 31)?;
//!     assert_eq!(bill.to_string(), "14808/31 USD");
//!     assert_eq!(bill.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "477.68 USD");
//!     Ok(())
//! }
//! ```
//!
//! ## Share a bill without losing a cent
//!
//! ```
//! use bandwidth_cost::{Error, Money};
//!
//! fn main() -> Result<(), Error> {
//!     let bill: Money = "100.00 USD".parse()?;
//!     let parts = bill.allocate(&[1, 1, 1])?;
//!     assert_eq!(parts[0].to_string(), "33.34 USD");
//!     assert_eq!(parts[1].to_string(), "33.33 USD");
//!     Ok(())
//! }
//! ```
//!
//! ## Bill a link's month by a contract
//!
//! The 95th percentile of its 5-minute slots, with a commitment and dearer overage.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, RateCard, RoundingStrategy, UsageSeries};
//! use std::{collections::BTreeMap, time::Duration};
//!
//! const CONTRACT: &str = r#"
//! [[tariff]]
//! name = "transit"
//! measure = "95th percentile"
//! commitment = "2 Gbps"
//! graduated = [
//!     { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps" },
//!     { price = "1.00 USD per 1 Mbps" },
//! ]
//! "#;
//!
//! # #[cfg(not(feature = "toml"))]
//! # fn main() {}
//! # #[cfg(feature = "toml")]
//! fn main() -> Result<(), Error> {
//!     let start = "2025-01-01T00:00:00Z".parse()?;
//!     let rates = (0..8_928).map(|slot| DataRate::from_mbps(1_500 + slot % 1_000));
//!     let month = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
//!
//!     let card = RateCard::from_toml(CONTRACT, &BTreeMap::new())?;
//!     let invoice = card.bill(&month)?.settle(RoundingStrategy::MidpointNearestEven)?;
//!     assert_eq!(invoice.total()?.to_string(), "2044.00 USD"); // 2,000 × 0.80 + 444 × 1.00
//!     Ok(())
//! }
//! ```
//!
//! ## Price a disruption at a day's exchange rate
//!
//! ```
//! use bandwidth_cost::{
//!     Baseline, Currency, DataRate, Error, ExchangeRates, Schedule, Tariff, UsageSeries,
//!     VolumeMeter, jiff::civil::date, pta,
//! };
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Error> {
//!     let start = "2024-12-31T00:00:00Z".parse()?;
//!     let rates = [5_600, 5_650, 6_650, 5_900].map(DataRate::from_gbps);
//!     let border = UsageSeries::from_rates(start, Duration::from_secs(60), rates)?;
//!
//!     let usual = Baseline::constant(DataRate::from_gbps(5_650));
//!     let price = Schedule::flat(pta::DISRUPTION_COST);
//!     let tariff = Tariff::by_volume("disruption", VolumeMeter::Excess(usual), price);
//!     let mut fixings = ExchangeRates::new();
//!     fixings.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
//!
//!     let bill = tariff.bill(&border)?; // 1 Tbps and 250 Gbps above, a minute each
//!     assert_eq!(bill.total()?.to_string(), "12500 USD");
//!     let rupees = bill.convert(&fixings, Currency::PKR, date(2025, 1, 2))?;
//!     assert_eq!(rupees.total()?.to_string(), "3481875 PKR");
//!     Ok(())
//! }
//! ```
//!
//! ## Price millions of records
//!
//! Each record is priced by itself, in about the time that it takes to read the numbers.
//!
//! ```
//! use bandwidth_cost::{Error, Schedule, Tier, Tiers, bulk::Column};
//!
//! fn main() -> Result<(), Error> {
//!     let egress = Schedule::graduated(Tiers::new([
//!         Tier::up_to("1 GB".parse()?, "0.09 USD per 1 GB".parse()?),
//!         Tier::rest("0.07 USD per 1 GB".parse()?),
//!     ])?);
//!     let flows = [64, 1_500, 900_000_000_000]; // bytes
//!     let total = egress.over(&Column::bytes(&flows)).sum();
//!     assert_eq!(total.to_string(), "63.02000014076 USD");
//!     Ok(())
//! }
//! ```
//!
//! # What it promises
//!
//! - **Exact.** No float takes part in a result. Amounts are rounded only by [`Cost::round`],
//!   [`Cost::round_to`], [`Cost::round_to_i128`], [`Ratio::round_to`], [`Statement::settle`],
//!   [`PricedColumn::each_into`](bulk::PricedColumn::each_into) and
//!   [`Pricer::finish_each_into`](bulk::Pricer::finish_each_into), and by a precision such as `{:.2}`
//!   in what is printed. Among quantities, a measured rate is rounded to the nearest bit per second
//!   ([`DataVolume::checked_div`]) and a time to the nearest nanosecond
//!   ([`DataVolume::checked_div_rate`]); [`DataRate::portion`] rounds down to whole bits per second,
//!   and [`DataVolume::portion`] to billionths of a bit.
//! - **No surprises.** No input makes it wrap or saturate, in debug or in release builds, and only
//!   the items with a section "Panics" can panic. These are the operators, which panic if a result
//!   does not fit, as those of the standard library's `Duration` do, and have `checked_` twins; and
//!   some constructors, which are meant for values written in the program.
//! - **One unit rule.** MB is 10⁶ bytes and MiB is 2²⁰ bytes; b is a bit and B is a byte; everywhere.
//!
//! # What it does not do
//!
//! It does not measure traffic, fetch prices or exchange rates, know tax law, or open sockets. It
//! does not guess a unit, a currency, or a rate for a day without one.
//!
//! # Features
//!
//! - `csv` (on by default): usage series, counter logs and exchange rates from CSV files.
//! - `serde` (on by default): `Serialize` and `Deserialize` for all types that hold inputs or bills.
//!   They are text in formats such as JSON and compact in binary ones; reading makes the same checks
//!   as the constructors.
//! - `toml` (on by default): rate cards from TOML; brings `serde`.
//! - `rayon`: the `par_` forms of [`bulk`], and `CsvLayout::par_read_each`, on all cores.
//! - `proptest`: realistic values for property tests of a program, by `any::<UsageSeries>()`:
//!   quantities near their bounds, prices, schedules in which [`Schedule::check`] finds nothing, months
//!   that follow the day and the week and have holes, logs of polls with resets and false answers, and
//!   contracts in which [`RateCard::check`] finds nothing. Series and logs are of links of at most
//!   100 Gbps.
//! - `arbitrary`: the same values from a fuzzer's bytes.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod _documentation;
pub mod bulk;
mod error;
mod literal;
pub mod money;
pub mod number;
pub mod price;
pub mod pta;
pub mod quantity;
pub mod scenario;
pub mod tariff;
pub mod text;
pub mod usage;

#[doc(hidden)]
pub use self::literal::__literal;
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
        Adjustment, Direction, Invoice, InvoiceLine, OfferCost, RateCard, RateMeter, Statement,
        StatementLine, Tariff, VolumeMeter, compare_offers,
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
