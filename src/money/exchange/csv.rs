//! Rate tables from CSV files, in the two layouts in which rates are published.

use super::read_date;
use crate::{
    Error,
    money::{
        Cost, Currency, MoneyError,
        exchange::{ExchangeRate, ExchangeRates},
    },
    number::Ratio,
    text::{
        Scanner,
        rows::{Rows, read_all},
    },
};
use std::io::Read;

impl ExchangeRates {
    /// Reads a CSV file with a row for each fixing, in the columns `date`, `base`, `quote` and
    /// `rate`: how many units of `quote` one of `base` is worth.
    ///
    /// A rate is a decimal above zero, or a fraction. Rows may be in any order. Other columns are
    /// passed over, and [`skipped`](Self::skipped) names them.
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] with the line and the column of a cell that is wrong, and what is wrong with
    /// it; [`TextError::CsvColumns`]; [`TextError::CsvCells`]; [`TextError::CsvUnreadable`].
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let file = "\
    /// date,base,quote,rate
    /// 2023-01-25,USD,PKR,231.550
    /// 2023-01-26,USD,PKR,250.500
    /// ";
    /// let table = ExchangeRates::from_csv_long(file.as_bytes())?;
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2023, 1, 28))?;
    /// assert_eq!(rate.to_string(), "1 USD = 250.5 PKR (fixing of 2023-01-26)");
    ///
    /// let file = file.replace("250.500", "0");
    /// assert_eq!(
    ///     ExchangeRates::from_csv_long(file.as_bytes()).unwrap_err().to_string(),
    ///     "line 3, column `rate`: an exchange rate can't have 0 PKR on one side: \
    ///      write a positive amount",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv_long(reader: impl Read) -> Result<Self, Error> {
        const COLUMNS: &str = "`date`, `base`, `quote` and `rate`";
        let text = read_all(reader)?;
        let rows = Rows::open(&text)?;
        let date = rows.column("date", COLUMNS)?;
        let base = rows.column("base", COLUMNS)?;
        let quote = rows.column("quote", COLUMNS)?;
        let rate = rows.column("rate", COLUMNS)?;
        let mut table = Self::new();
        let read = [date, base, quote, rate].map(|(_, name)| name);
        table.skip(rows.header.iter().filter(|name| !read.contains(name)));
        for row in rows {
            let row = row?;
            let on = row.read(date, read_date)?;
            let from = row.read(base, str::parse)?;
            let to = row.read(quote, |cell| currency_beside(from, cell))?;
            let fixed = row.read(rate, |cell| read_rate(from, to, cell))?;
            row.check(rate, table.insert(on, fixed))?;
        }
        Ok(table)
    }

    /// Reads a CSV file with a row for each day and a column for each currency, as central banks
    /// publish it: the column `Date`, and under each currency's code how many units of it one of
    /// `base` is worth.
    ///
    /// Rows may be in any order. A cell that is empty or `N/A` is a gap. A column that is named by
    /// no currency is passed over if there is no number in it, and [`skipped`](Self::skipped) names
    /// it: such is a currency that was given up long ago. A column of `base` itself may hold gaps
    /// only: a rate in it, even 1, is refused with [`MoneyError::SameCurrency`]. Rates from one of the
    /// currencies to another need [`with_pivot`](Self::with_pivot).
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] with the line and the column of a cell that is wrong, and what is wrong with
    /// it; [`TextError::CsvColumns`]; [`TextError::CsvCells`]; [`TextError::CsvUnreadable`].
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let file = "\
    /// Date,USD,JPY,CYP,
    /// 2026-04-13,1.1684,186.75,N/A,
    /// 2026-04-10,1.1711,186.43,N/A,
    /// ";
    /// let table = ExchangeRates::from_csv_wide(file.as_bytes(), Currency::EUR)?;
    /// assert_eq!(table.skipped(), ["CYP"]);
    /// let rate = table.rate(Currency::EUR, Currency::USD, date(2026, 4, 12))?;
    /// assert_eq!(rate.to_string(), "1 EUR = 1.1711 USD (fixing of 2026-04-10)");
    ///
    /// let table = table.with_pivot(Currency::EUR);
    /// let rate = table.rate(Currency::USD, Currency::JPY, date(2026, 4, 12))?;
    /// assert_eq!(format!("{:.2}", rate.rate()), "1 USD = 159.19 JPY");
    ///
    /// assert_eq!(
    ///     ExchangeRates::from_csv_wide(file.as_bytes(), Currency::USD).unwrap_err().to_string(),
    ///     "line 2, column `USD`: an exchange rate is between two currencies, not USD and USD: \
    ///      write another currency on one side",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv_wide(reader: impl Read, base: Currency) -> Result<Self, Error> {
        const COLUMNS: &str = "`Date`, and the code of a currency for each of the other columns";
        let text = read_all(reader)?;
        let rows = Rows::open(&text)?;
        let date = rows.column("Date", COLUMNS)?;
        let header = rows.header.clone();
        let columns = header.iter().enumerate().filter(|&column| column != date);
        let columns: Vec<_> = columns.map(|column| (column, column.1.parse())).collect();
        if columns.is_empty() {
            return Err(rows.columns_error(COLUMNS));
        }
        let mut table = Self::new();
        let unknown = columns.iter().filter(|(_, currency)| currency.is_err());
        table.skip(unknown.map(|&((_, name), _)| name));
        for row in rows {
            let row = row?;
            let on = row.read(date, read_date)?;
            for (column, currency) in &columns {
                let fixed = row.read(*column, |cell| read_worth(base, currency, cell))?;
                if let Some(fixed) = fixed {
                    row.check(*column, table.insert(on, fixed))?;
                }
            }
        }
        Ok(table)
    }

    /// Notes columns that are passed over. A comma at the end of each line makes one without a
    /// name.
    fn skip<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        self.skipped = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    }
}

/// A currency that a rate can be to.
fn currency_beside(from: Currency, cell: &str) -> Result<Currency, Error> {
    match cell.parse()? {
        currency if currency == from => Err(MoneyError::SameCurrency { currency }.into()),
        currency => Ok(currency),
    }
}

/// How many units of one currency one of the other is worth.
fn read_rate(from: Currency, to: Currency, cell: &str) -> Result<ExchangeRate, Error> {
    let mut scanner = Scanner::new(cell);
    let worth = Ratio::scan(&mut scanner, "a rate such as 278.55")?;
    scanner.finish("one number")?;
    ExchangeRate::from_costs(&Cost::new(Ratio::ONE, from), &Cost::new(worth, to))
}

/// A cell under a currency, or under what is none.
fn read_worth(
    base: Currency,
    currency: &Result<Currency, Error>,
    cell: &str,
) -> Result<Option<ExchangeRate>, Error> {
    match currency {
        Ok(_) if matches!(cell, "" | "N/A") => Ok(None),
        Ok(currency) => read_rate(base, *currency, cell).map(Some),
        Err(error) if cell.contains(char::is_numeric) => Err(error.clone()),
        Err(_) => Ok(None),
    }
}
