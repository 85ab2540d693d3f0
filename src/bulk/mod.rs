//! Columns.

mod column;
mod excess;
mod kernel;
mod lines;
#[cfg(feature = "rayon")]
mod parallel;
mod partial;
mod percentile;
mod pricer;

#[cfg(feature = "rayon")]
pub use self::parallel::{par_excess, par_excess_weighted, par_percentile_each};
pub use self::{
    column::Column,
    excess::{excess, excess_weighted},
    partial::Partial,
    percentile::percentile_each,
    pricer::{Compiled, Pricer},
};
#[cfg(feature = "serde")]
pub(crate) use self::{
    kernel::{Bounded, Stepped},
    partial::Sums,
};
