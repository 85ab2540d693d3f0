//! The reports, as a person runs them: their figures, their errors and their pictures.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]
#![expect(clippy::module_inception, reason = "a module holds the program that it tests")]

mod attribution;
#[cfg(feature = "progress")]
mod bulk_total;
mod claim;
mod disruption;
mod month_end;
mod offers;
mod rate_cards;
#[cfg(feature = "plot")]
mod svg;
mod transit_invoice;
mod vpn_report;
mod what_if;
