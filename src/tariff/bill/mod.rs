//! Bills: exact statements, rounded invoices, and both as tables of text.

mod adjustment;
#[cfg(feature = "serde")]
pub(super) mod adjustment_text;
mod converted;
#[cfg(feature = "csv")]
mod export;
mod invoice;
#[cfg(feature = "serde")]
mod invoice_serde;
mod period;
mod settlement;
mod statement;
mod statement_line;
#[cfg(feature = "serde")]
mod statement_serde;
mod table;

pub use self::{
    adjustment::Adjustment,
    invoice::{Invoice, InvoiceLine},
    settlement::Settlement,
    statement::Statement,
    statement_line::StatementLine,
};
pub(super) use self::{
    period::{Days, Period},
    statement::totals,
};
