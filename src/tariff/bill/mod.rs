//! Bills: exact statements, rounded invoices, and both as tables of text.

mod converted;
mod invoice;
mod statement;
mod table;

pub use self::{
    invoice::{Invoice, InvoiceLine},
    statement::{Statement, StatementLine},
};
