//! Prices traffic in SQL: the exact prices of [`bandwidth_cost`] as functions of DataFusion, on one
//! core, on all cores, or on a cluster, with the same answer to the last digit.
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
//!     "SELECT customer, cost_of_sum('international', bytes) AS usd FROM {flows} \
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
//! | function | type | result |
//! | --- | --- | --- |
//! | `volume_cost(tariff, bytes)` | `DECIMAL(38, s)` | the cost of each row |
//! | `rate_cost(tariff, bps)` | `DECIMAL(38, s)` | the cost of each row |
//! | `sum_cost(tariff, x)` | `DECIMAL(38, s)` | the sum of the rows' costs: fees, minimums and tiers apply to every row |
//! | `cost_of_sum(tariff, x)` | `DECIMAL(38, s)` | the cost of the sum of the rows: fees, minimums and tiers apply to the sum, as on a monthly bill |
//! | `excess_cost(tariff, bps, seconds, baseline)` | `DECIMAL(38, s)` | the cost of the volume above a baseline, which is in bits per second or a text such as `'5.65 Tbps'` |
//! | `rate_percentile(percent, bps)` | `BIGINT UNSIGNED` | a percentile of the rates. A percent with a fraction or a rule is a text, such as `'99.9'` or `'95th percentile by rounded rank'` |
//!
//! The last four are aggregates: their result is of all rows, or of each group. The `x` of a tariff
//! for volumes is bytes, and that of a tariff for rates is bits per second.
//!
//! - The tariff, the percent and the baseline are literals. The other arguments are columns of
//!   whole numbers: integers, or decimals without decimal places. A number that is negative or
//!   above 64 bits is an error. So is a sum above the largest data volume or data rate.
//! - Nulls are ignored; a group of nulls yields null.
//! - An aggregate takes a `FILTER`. It is also a window function, for windows whose frames only grow.
//!   A percentile of a window looks at all its rows for each result.
//! - `DISTINCT` is refused.
//! - The field of a cost has its currency in its metadata, under `currency`.
//!
//! # Exactness
//!
//! A cost is exact, with as many decimal places `s` as the tariff's prices need for whole numbers of
//! bytes or bits per second up to 64 bits: $1 a megabyte is a millionth of a dollar a byte, so `s` is
//! 6. If no decimal of up to 28 places is exact, as for $10,000 per 7.5 TB, `s` is the scale of
//! [`Tariffs::with_scale`], and the cost is rounded half to even, once. `excess_cost` is rounded in
//! the same way if a fraction of a byte needs more places, and `cost_of_sum` if a sum above 64 bits
//! does. A cost of more than 38 digits is an error.
//!
//! Partitions and machines exchange integers, not costs: the sums of [`bulk`](bandwidth_cost::bulk),
//! and the sum of the numbers themselves. Integers add up to the same in any order, and only the last
//! sum is priced and rounded. So `sum_cost` is not the sum of rounded costs: if the costs of
//! `volume_cost` are rounded, their sum can differ from it.
//!
//! # On a cluster
//!
//! With the feature `codec`, a plan contains the functions and their tariffs: the machines that run
//! it need the codec, and no rate card. See the module
//! `codec`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod accumulate;
mod aggregate;
#[cfg(feature = "codec")]
pub mod codec;
mod cost_of_sum;
mod each_cost;
mod error;
mod excess_cost;
mod functions;
mod groups;
mod literal;
mod numbers;
mod planner;
mod priced;
mod quantity_sums;
mod rate_percentile;
mod scale;
mod state;
mod sum_cost;
mod tariffs;

pub use self::{error::Error, tariffs::Tariffs};

use datafusion::{
    error::Result, execution::FunctionRegistry, logical_expr::AggregateUDF, prelude::SessionContext,
};
use planner::{Binder, Kind, Unbound};
use std::sync::Arc;

/// Registers the functions with a session, with the tariffs of a rate card.
///
/// A second call with other tariffs replaces them for later queries: views, prepared statements and
/// frames keep those that they were planned with.
///
/// # Errors
///
/// Returns an error of DataFusion if the session takes no functions.
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
/// // One minute of 1 Tbps.
/// let sql = "SELECT volume_cost('pta', 7500000000000) AS usd";
/// assert!(context.sql(sql).await?.to_string().await?.contains("| 10000.00 |"));
/// # Ok(())
/// # }
/// ```
pub fn register(context: &SessionContext, tariffs: &Tariffs) -> Result<()> {
    let known = context.udaf(sum_cost::FUNCTION);
    let is_planned = known.is_ok_and(|known| known.inner().is::<Unbound>());
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
