//! Tariffs, rate cards and bills: the traffic of a link measured and priced by a contract.
//!
//! ```
//! # #[cfg(feature = "toml")]
//! # {
//! use bandwidth_cost::{DataRate, RateCard, UsageSeries, jiff::Timestamp};
//! use core::time::Duration;
//! use std::collections::BTreeMap;
//!
//! let card = RateCard::from_toml(
//!     r#"
//!     [[tariff]]
//!     name = "transit"
//!     measure = "95th percentile"
//!     commitment = "2 Gbps"
//!     price = "0.80 USD per 1 Mbps"
//!     "#,
//!     &BTreeMap::new(),
//! )?;
//! let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
//! let month = (0..8_928).map(|slot| DataRate::from_mbps(1_500 + slot % 1_000));
//! let series = UsageSeries::from_rates(start, Duration::from_secs(300), month)?;
//! println!("{}", card.bill(&series)?);
//! # assert_eq!(card.bill(&series)?.total()?.to_string(), "1955.2 USD");
//! # }
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! A [`Tariff`] is a name, a meter and a [`Schedule`](crate::Schedule). A [`RateCard`] is the
//! tariffs of one link, as a person writes them in TOML. Billing a
//! [`UsageSeries`](crate::UsageSeries) gives an exact [`Statement`], and [`Statement::settle`] rounds
//! it to an [`Invoice`]. Credits, surcharges and taxes are [`Adjustment`]s.
//!
//! A card also answers questions about its bills: which interpretation of the contract gives the figure on
//! an invoice ([`RateCard::explain`]), whose traffic made a bill ([`RateCard::attribute`]), and where a
//! month will end ([`RateCard::forecast`], [`RateCard::backtest`]).

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod bill;
mod card;
mod direction;
mod error;
mod lines;
mod meter;
mod offers;
mod prices;
mod questions;
#[cfg(feature = "serde")]
mod serde;
#[expect(clippy::module_inception, reason = "the module's main type, in a file of its own")]
mod tariff;

pub use self::error::{BillAmounts, TariffError};
pub use self::{
    bill::{Adjustment, Invoice, InvoiceLine, Settlement, Statement, StatementLine},
    card::{CardWarning, RateCard},
    direction::Direction,
    meter::{RateMeter, VolumeMeter},
    offers::{OfferCost, OfferMonth, compare_offers},
    questions::{
        Assumption, Attribution, Backtest, Ends, Explanation, Figure, Forecast, TariffForecast,
    },
    tariff::Tariff,
};
