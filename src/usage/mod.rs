//! The traffic of a link in slots of equal length, and its measures.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, Percentile, UsageSeries, jiff::Timestamp};
//! use core::time::Duration;
//!
//! // A router reports its rate every five minutes. The first slot begins on 1 January.
//! let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
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
//! A [`UsageSeries`] is made of rates, of volumes, of samples with a time each, of the readings of an
//! interface's counter ([`CounterLog`]), or of a CSV file. Its measures are the quantities that are
//! priced: the total and the excess over a [`Baseline`] are volumes; the peak, the mean and a
//! [`Percentile`] are rates.
//!
//! A slot contains its start and not its end, so that a day has 288 slots of 5 minutes. Volumes are
//! exact. A measured rate is rounded to the nearest bit per second, half to even.

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod baseline;
mod billing_cycle;
mod counter;
#[cfg(feature = "csv")]
mod csv;
mod error;
#[cfg(feature = "csv")]
pub mod exports;
mod gaps;
mod link;
mod percentile;
#[cfg(feature = "serde")]
mod serde;
mod series;
mod window;

#[cfg(feature = "csv")]
pub use self::csv::{CsvLayout, CsvUnit, TimeFormat};
pub(crate) use self::series::{SlotPart, span_of_days, usual_slots};
pub use self::{
    baseline::Baseline,
    billing_cycle::BillingCycle,
    counter::{CounterEvent, CounterLog, CounterReadout, CounterWidth},
    error::{SeriesLimit, Slots, UsageError},
    gaps::{GapPolicy, Gaps},
    link::LinkUsage,
    percentile::{Percentile, PercentileRule},
    series::UsageSeries,
    window::Window,
};
