//! The tests that need no other processes.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed"
)]

#[cfg(feature = "codec")]
mod codec;
mod identical;
mod parquet;
mod sql;
mod support;
