//! [`Table`]: a bill as aligned text.

use super::{period::Period, statement::approximate};
use crate::tariff::StatementLine;
use core::fmt;

/// A bill as rows of a label, a quantity, a unit price and an amount, under headings.
pub(super) struct Table {
    rows: Vec<Row>,
    /// Whether the measured directions differ, so that each heading says its own.
    has_directions: bool,
}

enum Row {
    Heading(String),
    Cells([String; 5]),
}

impl Table {
    /// Creates the head of a table: the period, with the direction that was measured if all lines have
    /// one, and the share that was measured.
    pub(super) fn new<'a>(period: &Period, lines: impl Iterator<Item = &'a StatementLine>) -> Self {
        let mut directions = lines.filter_map(StatementLine::direction);
        let first = directions.next();
        let has_directions = directions.any(|other| Some(other) != first);
        let time = match first.filter(|_| !has_directions) {
            Some(direction) => format!("{period}, {direction}"),
            None => period.to_string(),
        };
        let headings = [Some(time), period.measured()];
        let rows = headings.into_iter().flatten().map(Row::Heading).collect();
        Self { rows, has_directions }
    }

    /// Adds a line with its amount, under the heading of its tariff; a converted amount has the line's
    /// own amount before it.
    pub(super) fn line(&mut self, line: &StatementLine, amount: String, places: Option<usize>) {
        let own = match line.rate() {
            Some(_) => approximate(line.line().amount(), places),
            None => String::new(),
        };
        let mut label = line.text();
        if let Some(heading) = line.heading() {
            self.section(match line.direction() {
                Some(direction) if self.has_directions => format!("{heading}, {direction}"),
                _ => heading,
            });
            label = format!("  {label}");
        }
        let quantity = line.quantity().map(|quantity| quantity.to_string()).unwrap_or_default();
        let price = line.unit_price().map(|price| format!("at {price}")).unwrap_or_default();
        // A line that only explains the quantity has no amount.
        let explains = line.unit_price().is_none() && line.quantity().is_some();
        let [own, amount] = [own, amount].map(|text| if explains { String::new() } else { text });
        self.rows.push(Row::Cells([label, quantity, price, own, amount]));
    }

    /// Adds a heading, unless it equals the last one.
    fn section(&mut self, heading: String) {
        let is_last = |row: &&Row| matches!(row, Row::Heading(_));
        let last = self.rows.iter().rev().find(is_last);
        if !matches!(last, Some(Row::Heading(last)) if *last == heading) {
            self.rows.push(Row::Heading(heading));
        }
    }

    pub(super) fn total(&mut self, label: &str, amount: String) {
        let [quantity, price, own] = [const { String::new() }; 3];
        self.rows.push(Row::Cells([label.to_owned(), quantity, price, own, amount]));
    }

    /// Adds a line of words.
    pub(super) fn note(&mut self, text: String) {
        self.rows.push(Row::Heading(text));
    }

    /// Adds the rates at which lines were converted, each once.
    pub(super) fn rates<'a>(&mut self, lines: impl IntoIterator<Item = &'a StatementLine>) {
        for rate in lines.into_iter().filter_map(StatementLine::rate) {
            let rate = rate.to_string();
            let is_it = |row: &Row| matches!(row, Row::Heading(known) if *known == rate);
            if !self.rows.iter().any(is_it) {
                self.rows.push(Row::Heading(rate));
            }
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; 5];
        for row in &self.rows {
            if let Row::Cells(cells) = row {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = cell.chars().count().max(*width);
                }
            }
        }
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            match row {
                Row::Heading(heading) => write!(f, "{heading}")?,
                Row::Cells(cells) => {
                    let columns = cells.iter().zip(widths).enumerate();
                    let columns = columns.filter(|(_, (_, width))| *width > 0);
                    let columns = columns.map(|(column, (cell, width))| match column {
                        // Words to the left, numbers to the right.
                        0 | 2 => format!("{cell:width$}"),
                        _ => format!("{cell:>width$}"),
                    });
                    let row = columns.collect::<Vec<_>>().join("  ");
                    write!(f, "{}", row.trim_end())?;
                }
            }
        }
        Ok(())
    }
}
