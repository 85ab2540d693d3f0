//! Bills: exact statements, rounded invoices, and both as tables of text.

mod converted;
mod invoice;
#[cfg(feature = "serde")]
mod invoice_serde;
mod period;
mod settlement;
mod statement;
mod table;

pub(super) use self::period::{Days, Period};
pub use self::{
    invoice::{Invoice, InvoiceLine},
    settlement::Settlement,
    statement::{Statement, StatementLine},
};
