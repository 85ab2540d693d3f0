//! What a link carried: its traffic in slots of equal length, and what is measured of it.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, Percentile, UsageSeries, jiff::Timestamp};
//! use core::time::Duration;
//!
//! // What a router reports every five minutes. The first slot begins on 1 January.
//! let start: Timestamp = "2025-01-01T00:00:00Z".parse().expect("a time");
//! let rates = [412, 390, 377, 401, 968].map(DataRate::from_mbps);
//! let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
//!
//! println!("{} in all, at most {}", series.total(), series.peak());
//! println!("95th percentile: {}", series.percentile(Percentile::P95));
//! # assert_eq!(series.total().to_string(), "95.55 GB");
//! # assert_eq!(series.percentile(Percentile::P95).to_string(), "968 Mbps");
//! # Ok::<(), Error>(())
//! ```
//!
//! A [`UsageSeries`] is made of rates, of volumes, of samples with a time each, of the counters of
//! an interface ([`CounterLog`]), or of a CSV file. From it come a volume or a rate, which is what
//! a price is per: the total, the excess over a [`Baseline`], the peak, the mean, a [`Percentile`].
//!
//! Slots are half-open: one begins where the one before ends, so a day of 5 minutes has 288. A
//! measured rate is the nearest whole bit per second, half to even; volumes are exact.

mod baseline;
mod counter;
#[cfg(feature = "csv")]
mod csv;
mod error;
mod link;
mod percentile;
#[cfg(feature = "serde")]
mod serde;
mod series;

pub use self::error::UsageError;
pub use self::{
    baseline::Baseline,
    counter::{CounterEvent, CounterLog, CounterReadout, CounterWidth},
    link::LinkUsage,
    percentile::{Percentile, PercentileRule},
    series::{GapPolicy, UsageSeries},
};
