//! Bills: exact statements, rounded invoices, and both as tables of text.

mod converted;
mod invoice;
mod period;
mod statement;
mod table;

pub(super) use self::period::Period;
pub use self::{
    invoice::{Invoice, InvoiceLine},
    statement::{Statement, StatementLine},
};
