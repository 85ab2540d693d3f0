//! Aligned tables: bills for people.

use crate::price::Line;
use core::fmt;

/// A bill as rows of a label, a quantity, a unit price and an amount, under headings.
pub(super) struct Table {
    rows: Vec<Row>,
}

enum Row {
    Heading(String),
    Cells([String; 4]),
}

impl Table {
    pub(super) fn new(heading: String) -> Self {
        Self { rows: vec![Row::Heading(heading)] }
    }

    /// A heading, unless it is the last one again.
    pub(super) fn section(&mut self, heading: String) {
        let is_last = |row: &&Row| matches!(row, Row::Heading(_));
        let last = self.rows.iter().rev().find(is_last);
        if !matches!(last, Some(Row::Heading(last)) if *last == heading) {
            self.rows.push(Row::Heading(heading));
        }
    }

    pub(super) fn line(&mut self, line: &Line, amount: String) {
        let label = format!("  {}", line.label());
        let quantity = line.quantity().map(|quantity| quantity.to_string()).unwrap_or_default();
        let price = line.unit_price().map(|price| format!("at {price}")).unwrap_or_default();
        // A line that only explains the quantity costs nothing.
        let explains = line.unit_price().is_none() && line.quantity().is_some();
        self.rows.push(Row::Cells([
            label,
            quantity,
            price,
            if explains { String::new() } else { amount },
        ]));
    }

    pub(super) fn total(&mut self, label: &str, amount: String) {
        self.rows.push(Row::Cells([label.to_owned(), String::new(), String::new(), amount]));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; 4];
        for row in &self.rows {
            if let Row::Cells(cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = cell.chars().count().max(*width);
                }
            }
        }
        let [labels, quantities, prices, amounts] = widths;
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            match row {
                Row::Heading(heading) => write!(f, "{heading}")?,
                Row::Cells([label, quantity, price, amount]) => {
                    let line = format!(
                        "{label:labels$}  {quantity:>quantities$}  {price:prices$}  {amount:>amounts$}",
                    );
                    write!(f, "{}", line.trim_end())?;
                }
            }
        }
        Ok(())
    }
}
