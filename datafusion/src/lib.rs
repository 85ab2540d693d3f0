//! What does this traffic cost? The exact prices of [`bandwidth_cost`] as functions of SQL, for
//! records that outgrow a program of one's own: on one core, on all cores, or on a cluster, with
//! the same answer to the last digit.
//!
//! ```
//! use bandwidth_cost::RateCard;
//! use bandwidth_cost_datafusion::{Tariffs, register};
//! use datafusion::prelude::SessionContext;
//! use std::collections::BTreeMap;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let card = RateCard::from_toml(
//!     r#"
//!     [[tariff]]
//!     name = "international"
//!     measure = "total volume"
//!     price = "1 USD per 1 MB"
//!     "#,
//!     &BTreeMap::new(),
//! )?;
//! let context = SessionContext::new();
//! register(&context, &Tariffs::new(&card))?;
//!
//! let flows = "(VALUES ('ab', 1500), ('cd', 900000000000), ('ab', 64)) AS flows(customer, bytes)";
//! let sql = format!(
//!     "SELECT customer, sum_cost('international', bytes) AS usd FROM {flows} \
//!      GROUP BY customer ORDER BY customer"
//! );
//! let answer = context.sql(&sql).await?.to_string().await?;
//! assert_eq!(
//!     answer,
//!     "\
//! +----------+---------------+
//! | customer | usd           |
//! +----------+---------------+
//! | ab       | 0.001564      |
//! | cd       | 900000.000000 |
//! +----------+---------------+",
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # Functions
//!
//! | function | gives | of |
//! | --- | --- | --- |
//! | `volume_cost(tariff, bytes)` | `DECIMAL(38, s)` | each row |
//! | `rate_cost(tariff, bps)` | `DECIMAL(38, s)` | each row |
//! | `sum_cost(tariff, bytes)` | `DECIMAL(38, s)` | all rows or each group: the sum of what each row costs by itself. Of bits per second, if the tariff prices rates |
//! | `excess_cost(tariff, bps, seconds, baseline)` | `DECIMAL(38, s)` | all rows or each group: the cost of the one volume that they carry above the baseline, in bits per second or a text such as `'5.65 Tbps'` |
//! | `rate_percentile(percent, bps)` | `BIGINT UNSIGNED` | all rows or each group: one of the rates. A percent with a fraction or a rule is a text, such as `'99.9'` or `'95th percentile by rounded rank'` |
//!
//! - The tariff, the percent and the baseline are literals. The others are columns of whole numbers:
//!   integers, or decimals without places. A number below zero or above 64 bits is an error.
//! - A null is no row: it costs nothing, and what has no other rows gives a null.
//! - An aggregate takes a `FILTER`, and is a window function too, for windows that only grow. There
//!   a percentile looks at all rows of its window for each of them.
//! - The field of a cost says the currency in its metadata, under `currency`.
//!
//! # Exactness
//!
//! A cost is exact, with as many decimal places `s` as the prices need: $1 a megabyte is a millionth
//! of a dollar a byte, so 6. Where no decimal is exact, such as $10,000 for 7.5 TB, or none of up to
//! 28 places, it is rounded half to even, once, to the places that [`Tariffs::with_scale`] says. What
//! needs more than 38 digits is an error.
//!
//! What partitions and machines hand on are no costs but integers, the sums of
//! [`bulk`](bandwidth_cost::bulk): they add up to the same in any order, and only their total is
//! priced and rounded. So `sum_cost` over all rows is not the sum of rounded costs: those of
//! `volume_cost` can differ from it where they are rounded.
//!
//! # On a cluster
//!
//! With the feature `codec`, the functions travel in a plan together with their tariffs: the
//! machines that run it need the codec, and no rate card. See [`codec`].
#![cfg_attr(not(feature = "codec"), doc = "\n[`codec`]: https://docs.rs/bandwidth-cost-datafusion")]

mod accumulate;
mod aggregate;
#[cfg(feature = "codec")]
pub mod codec;
mod each;
mod error;
mod excess;
mod functions;
mod literal;
mod numbers;
mod percentile;
mod planner;
mod state;
mod tariffs;
mod total;

pub use self::{error::Error, tariffs::Tariffs};

use datafusion::{
    error::Result, execution::FunctionRegistry, logical_expr::AggregateUDF, prelude::SessionContext,
};
use planner::{Binder, Kind, Unbound};
use std::sync::Arc;

/// Makes the functions known to a session, with the tariffs of a card. Once more with others, it
/// replaces them for queries to come: views, prepared statements and frames keep those they were
/// planned with.
///
/// # Errors
///
/// None of its own: DataFusion's, where a session takes no functions.
///
/// ```
/// use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
/// use bandwidth_cost_datafusion::{Tariffs, register};
/// use datafusion::prelude::SessionContext;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let price = Schedule::flat(pta::DISRUPTION_COST);
/// let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
/// let context = SessionContext::new();
/// register(&context, &Tariffs::new(&card).with_scale(2)?)?;
///
/// // A minute of a Tbps.
/// let sql = "SELECT volume_cost('pta', 7500000000000) AS usd";
/// assert!(context.sql(sql).await?.to_string().await?.contains("| 10000.00 |"));
/// # Ok(())
/// # }
/// ```
pub fn register(context: &SessionContext, tariffs: &Tariffs) -> Result<()> {
    let known = context.udaf(total::FUNCTION);
    let is_planned = known.is_ok_and(|total| total.inner().is::<Unbound>());
    context.register_udf(tariffs.volume_cost());
    context.register_udf(tariffs.rate_cost());
    let shared = Arc::new(tariffs.clone());
    for kind in Kind::ALL {
        context.register_udaf(AggregateUDF::from(Unbound::new(kind, Arc::clone(&shared))));
    }
    if !is_planned {
        context.state_ref().write().register_expr_planner(Arc::new(Binder))?;
    }
    Ok(())
}

/// The README's programs, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
