//! What the examples share.

pub(crate) mod chart;
pub(crate) mod table;
