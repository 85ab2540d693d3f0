//! The part of [`Invoice`] that writes it as CSV.

use super::invoice::InvoiceLine;
use crate::{Error, tariff::Invoice};
use csv::{Terminator, WriterBuilder};
use std::io;

/// The header, in the order of the cells.
const COLUMNS: [&str; 10] = [
    "period_start",
    "period_end",
    "tariff",
    "meter",
    "measured",
    "line",
    "quantity",
    "unit_price",
    "amount",
    "currency",
];

impl Invoice {
    /// Writes the lines as CSV, as RFC 4180 describes it: a header, then a row a line, each ended by CR
    /// and LF, with quotes around a cell only where it needs them.
    ///
    /// | column | content |
    /// | --- | --- |
    /// | `period_start`, `period_end` | the times of the bill, as the clocks of its time zone show them, with their offset |
    /// | `tariff` | the name; empty for a line of the whole bill |
    /// | `meter`, `measured` | the measure and the measured quantity; empty for a fee alone and for a line of the whole bill |
    /// | `line` | the label of the line, with the days of its price if these are not all; for an adjustment its name, and its percentage if it is one; `rounding` for what a total was rounded by |
    /// | `quantity`, `unit_price` | those of the line; empty where it has none |
    /// | `amount`, `currency` | the rounded amount as a decimal, and the code of its currency |
    ///
    /// Totals are not rows: the amounts of a currency sum to its total. Of a converted line, the amount
    /// is the converted one.
    ///
    /// Names are written as they are. A spreadsheet may take one that begins with `=`, `+`, `-` or `@`
    /// for a formula: where others wrote the names, import the columns as text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the writer fails.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "1 USD per 3 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(100); 288];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    ///
    /// let mut file = Vec::new();
    /// invoice.write_csv(&mut file)?;
    /// assert_eq!(
    ///     String::from_utf8(file)?,
    ///     "period_start,period_end,tariff,meter,measured,line,quantity,unit_price,amount,currency\r\n\
    ///      2025-01-01T00:00:00Z,2025-01-02T00:00:00Z,port,peak rate,100 Mbps,\
    ///      usage,100 Mbps,1 USD per 3 Mbps,33.33,USD\r\n",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_csv(&self, writer: impl io::Write) -> Result<(), Error> {
        let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(writer);
        csv.write_record(COLUMNS).map_err(io::Error::from)?;
        let [start, end] = self.period.local_times();
        for line in self.lines() {
            csv.write_record(cells(line, &start, &end)).map_err(io::Error::from)?;
        }
        Ok(csv.flush()?)
    }
}

/// Returns the cells of a line, in the order of the columns.
fn cells(line: &InvoiceLine, start: &str, end: &str) -> [String; COLUMNS.len()] {
    let of_statement = line.line();
    let text = |text: Option<&str>| text.unwrap_or("").to_owned();
    let written = |value: Option<String>| value.unwrap_or_default();
    [
        start.to_owned(),
        end.to_owned(),
        text(of_statement.and_then(|line| line.tariff())),
        text(of_statement.and_then(|line| line.meter())),
        written(of_statement.and_then(|line| line.measured()).map(|measured| measured.to_string())),
        of_statement.map_or_else(|| line.label().to_owned(), |line| line.text()),
        written(of_statement.and_then(|line| line.quantity()).map(|quantity| quantity.to_string())),
        written(of_statement.and_then(|line| line.unit_price()).map(|price| price.to_string())),
        line.amount().amount().to_string(),
        line.amount().currency().to_string(),
    ]
}
