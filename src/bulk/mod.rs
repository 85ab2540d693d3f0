//! Columns of numbers: the exact cost of millions of records, in about the time it takes to read
//! them.
//!
//! ```
//! use bandwidth_cost::{bulk::Column, pta};
//!
//! // Bytes of three flows, as an exporter counts them.
//! let flows = [64, 1_500, 900_000_000_000];
//! let total = pta::INTERNATIONAL_CHARGE.over(&Column::bytes(&flows)).sum();
//! assert_eq!(total.to_string(), "900000.001564 USD");
//! ```
//!
//! # When to use it
//!
//! This module is for many records that are priced alike: flows, sessions, samples of many ports.
//! Every record is priced **by itself**, as [`Schedule::cost`](crate::Schedule::cost) prices one
//! quantity: fees, minimums and tiers apply to each. A sum here is Σ cost(xᵢ). The cost of a sum,
//! such as a customer's month that is priced by tiers, is `schedule.cost(column.total()?)`.
//!
//! Numbers are `u64` in the unit of their [`Column`].
//!
//! | to | see |
//! | --- | --- |
//! | sum the costs of a column's records | [`UnitPrice::over`](crate::UnitPrice::over), [`Schedule::over`](crate::Schedule::over), [`PricedColumn::sum`] |
//! | get the rounded amount of each record | [`PricedColumn::each_into`]: the numbers of Arrow's `Decimal128` |
//! | sum the costs of data that comes in pieces, on threads or machines | [`Pricer`], [`PartialSums`] |
//! | sum the costs of the records of each of many customers | [`GroupedSums`], [`Pricer::add_grouped`], [`Pricer::finish_each_into`] |
//! | sum a column | [`Column::total`] |
//! | measure the volume of samples above a baseline | [`excess`], [`excess_weighted`] |
//! | bill many ports by their percentile | [`percentile_each`] |
//! | use all cores | the feature `rayon`: `par_total`, `par_each_into`, `par_add`, `par_excess`, `par_excess_weighted`, `par_percentile_each` |
//!
//! ## Data in pieces
//!
//! A [`Pricer`] is a schedule compiled for a unit. Each piece of the data adds to [`PartialSums`],
//! which stay a few integers however long the data is. Sums merge in any order and serialise, so
//! that the pieces can be files, threads or machines:
//!
//! ```
//! use bandwidth_cost::{DataVolume, Schedule, VolumeUnit, bulk::Column};
//!
//! let per_started_mb = Schedule::flat("0.02 USD per 1 MB".parse()?)
//!     .with_increment(DataVolume::from_megabytes(1))?;
//! let pricer = per_started_mb.compile(VolumeUnit::Byte);
//!
//! let mut month = pricer.partial();
//! for hour in [vec![1, 1_000_000], vec![1_000_001]] { // read one file after the other
//!     pricer.add(&mut month, &Column::bytes(&hour))?;
//! }
//! assert_eq!(pricer.finish(&month)?.to_string(), "0.08 USD");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! ## Many customers
//!
//! [`GroupedSums`] are the same sums for each of many customers, whose records come in any order. The
//! sums of one group are [`PartialSums`], to be stored or merged elsewhere:
//!
//! ```
//! use bandwidth_cost::{RoundingStrategy, VolumeUnit, bulk::Column, pta};
//!
//! let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte); // 4/3 USD per GB
//! let mut customers = pricer.groups();
//! for (gigabytes, customer) in [([1, 2, 3], [0, 1, 0]), ([4, 5, 6], [1, 2, 2])] {
//!     customers.grow(3)?; // the customers that are known by now
//!     pricer.add_grouped(&mut customers, &Column::gigabytes(&gigabytes), &customer)?;
//! }
//! let mut cents = [0; 3];
//! pricer.finish_each_into(&customers, 2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
//! assert_eq!(cents, [533, 800, 1_467]); // of 16/3, 8 and 44/3 USD
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! ## Each record
//!
//! ```
//! use bandwidth_cost::{RoundingStrategy, bulk::Column, pta};
//!
//! let gigabytes = [1, 2, 3];
//! let mut cents = [0; 3];
//! pta::DISRUPTION_COST.over(&Column::gigabytes(&gigabytes)).each_into(
//!     2, // decimal places: the amounts are in cents
//!     RoundingStrategy::MidpointNearestEven,
//!     &mut cents,
//! )?;
//! assert_eq!(cents, [133, 267, 400]); // of 4/3, 8/3 and 4 USD
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! ## Many ports
//!
//! ```
//! use bandwidth_cost::{Percentile, RatePrice, bulk::{self, Column}};
//!
//! // A day of 5-minute samples of each of two ports, in bit/s, one port behind the other.
//! let samples: Vec<u64> = (1..=576).map(|slot| slot * 1_000_000).collect();
//! let mut billed = [0; 2];
//! bulk::percentile_each(&samples, 288, Percentile::P95, &mut billed)?;
//! assert_eq!(billed, [274_000_000, 562_000_000]);
//!
//! let transit: RatePrice = "0.80 USD per 1 Mbps".parse()?;
//! assert_eq!(transit.over(&Column::bps(&billed)).sum().to_string(), "668.8 USD");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! # How it stays exact
//!
//! Whatever a schedule has (tiers, fees, an allowance, an increment, a commitment, a minimum and a
//! maximum), its [cost curve](crate::price::CostCurve) is a list of straight segments with exact
//! bounds. The pricer turns them into segments of whole numbers once. The total is then a weighted sum
//! of integers: the number of records, Σ `x`, and for the bound `b` between two segments, Σ min(`x`,
//! `b`) and the number of `x` above it (with an increment, their steps). Only these integers are added
//! up record by record, and sums of integers are the same in any order. The weights are rational
//! numbers; the last step multiplies each by its sum.
//!
//! So a total equals the sum of [`Schedule::cost`](crate::Schedule::cost) of each record to the last
//! digit, under any chunking, order and number of threads. No float takes part.
//! [`PricedColumn::each_into`] writes the exact cost of each record, rounded once.
//!
//! These cases are exact but slower:
//!
//! - numbers of 2⁵⁴ and more: a chunk of 1,024 records with one of them is summed in halves;
//! - fees, and bounds that are not a whole number of the column's unit: records above a bound are
//!   counted too;
//! - many tiers: four bounds are summed while memory is read, and each four more read the chunk again;
//! - an increment that is neither a multiple nor a part of the unit (per started MB over a column in
//!   MiB), or one of more than 2⁶³ units: a division of 128 bits or more for each record;
//! - `each_into` under tiers, where the tier of each record is looked up: 4 tiers take six times as
//!   long as one price, and 64 tiers some forty times;
//! - `each_into` where the prices, fees and bounds of a schedule have no common denominator of up to
//!   2⁶² at the given scale, or where the unit is above the increment and not a multiple of it: each
//!   record is then priced as a [`Cost`](crate::Cost).
//!
//! # How fast it is
//!
//! One thread, ten million records of 10³ to 10¹³ bytes, on a machine with AVX-512. Reading is a plain
//! sum, and widening is a loop that turns each `u64` into an `i128`. `benches/README.md` has the
//! figures, and those of other ways to do the same.
//!
//! | work | at most |
//! | --- | --- |
//! | total of a flat price, or of four graduated tiers | 1.2 × reading |
//! | of four all-units tiers with fees | 1.5 × reading |
//! | per started MB | 2 × reading |
//! | excess over a baseline | 1.2 × reading |
//! | excess × duration | 1.2 × reading both columns |
//! | 95th percentile of each 8,640 samples | 2.75 × reading |
//! | each record into `i128`, exact | 1.3 × widening |
//! | each record in cents, half to even | 1.8 × widening |
//!
//! The sums wait for memory most of the time. They are written for vectors of eight numbers and
//! compiled for each instruction set; the one to use is chosen at run time. AVX2 can't compare
//! unsigned numbers of 64 bits, so that with AVX2 alone tiers and percentiles wait for the
//! processor instead, and take up to 1.5 times as long.

mod amounts;
mod column;
mod error;
mod excess;
mod grouped_sums;
mod kernel;
#[cfg(feature = "rayon")]
mod parallel;
mod partial_sums;
mod percentile;
mod priced_column;
mod pricer;
mod segments;
#[cfg(feature = "serde")]
mod serde;
mod steps;
mod weights;

#[cfg(feature = "rayon")]
pub use self::parallel::{par_excess, par_excess_weighted, par_percentile_each};
pub use self::{
    column::Column,
    error::BulkError,
    excess::{excess, excess_weighted},
    grouped_sums::GroupedSums,
    partial_sums::PartialSums,
    percentile::percentile_each,
    priced_column::PricedColumn,
    pricer::Pricer,
};
