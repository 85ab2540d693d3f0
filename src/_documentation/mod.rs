//! Pages to read: the reasons for the design, a comparison with other ways to price traffic, and
//! the obstacles to a build without the standard library.
//!
//! - [`design`]: why a volume counts billionths of a bit, why money has no `+`, and why a text that
//!   could mean two things is refused.
//! - [`comparison`]: three tasks in a spreadsheet, with `rust_decimal`, in DuckDB, in a billing
//!   engine, and with this crate.
//! - [`no_std`]: the obstacles to targets without the standard library, crate by crate.
//!
//! This module has no items for programs.

pub mod comparison;
pub mod design;
pub mod no_std;
