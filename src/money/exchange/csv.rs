//! The part of [`ExchangeRates`] that reads CSV files, in the two layouts in which exchange rates are
//! published.

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

/// Exchange rates read from a CSV file, and the columns that were skipped.
///
/// ```
/// use bandwidth_cost::ExchangeRates;
///
/// let file = "\
/// date,base,quote,rate,source
/// 2023-01-25,USD,PKR,231.550,interbank
/// ";
/// let read = ExchangeRates::from_csv_long(file.as_bytes())?;
/// assert_eq!(read.rates.fixings().count(), 1);
/// assert_eq!(read.skipped, ["source"]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesRead {
    /// The table.
    pub rates: ExchangeRates,
    /// The names of the columns that were skipped, in the order of the file.
    pub skipped: Vec<String>,
}

impl ExchangeRates {
    /// Reads a CSV file with a row for each fixing.
    ///
    /// The columns are `date`, `base`, `quote` and `rate`, the number of units of `quote` that one
    /// unit of `base` is worth: a decimal above zero, or a fraction. Rows may be in any order. Other
    /// columns are skipped, and [`RatesRead::skipped`] names them.
    ///
    /// # Errors
    ///
    /// - [`TextError::Columns`](crate::text::TextError::Columns) if a column is missing or there twice.
    /// - [`TextError::Cells`](crate::text::TextError::Cells), with its line, for a row with more or
    ///   fewer cells.
    /// - The error of a cell that can't be read, or of [`insert`](Self::insert), with its line and
    ///   column.
    /// - [`ErrorKind::Io`](crate::ErrorKind::Io) if the reader fails or the file is not UTF-8.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let file = "\
    /// date,base,quote,rate
    /// 2023-01-25,USD,PKR,231.550
    /// 2023-01-26,USD,PKR,250.500
    /// ";
    /// let rates = ExchangeRates::from_csv_long(file.as_bytes())?.rates;
    /// let rate = rates.rate(Currency::USD, Currency::PKR, date(2023, 1, 28))?;
    /// assert_eq!(rate.to_string(), "1 USD = 250.5 PKR (fixing of 2023-01-26)");
    ///
    /// let file = file.replace("250.500", "0");
    /// assert_eq!(
    ///     ExchangeRates::from_csv_long(file.as_bytes()).unwrap_err().to_string(),
    ///     "line 3, column `rate`: an exchange rate can't have 0 PKR on one side: \
    ///      pass a positive amount",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv_long(reader: impl Read) -> Result<RatesRead, Error> {
        const COLUMNS: &str = "`date`, `base`, `quote` and `rate`";
        let text = read_all(reader)?;
        let rows = Rows::open(&text)?;
        let date = rows.column("date", COLUMNS)?;
        let base = rows.column("base", COLUMNS)?;
        let quote = rows.column("quote", COLUMNS)?;
        let rate = rows.column("rate", COLUMNS)?;
        let known = [date, base, quote, rate].map(|(_, name)| name);
        let skipped = named(rows.header.iter().filter(|name| !known.contains(name)));
        let mut rates = Self::new();
        for row in rows {
            let row = row?;
            let on = row.read(date, read_date)?;
            let from = row.read(base, str::parse)?;
            let to = row.read(quote, |cell| currency_beside(from, cell))?;
            let fixed = row.read(rate, |cell| read_rate(from, to, cell))?;
            row.check(rate, rates.insert(on, fixed))?;
        }
        Ok(RatesRead { rates, skipped })
    }

    /// Reads a CSV file with a row for each day and a column for each currency, as central banks
    /// publish it.
    ///
    /// The columns are `Date` and codes of currencies. The cell under a currency is the number of
    /// its units that one unit of `base` is worth; a cell that is empty or `N/A` is a gap. Rows may
    /// be in any order.
    ///
    /// A column whose name is not a currency, such as one given up long ago, is skipped if it has no
    /// numbers, and [`RatesRead::skipped`] names it. A column of `base` itself may have gaps only.
    /// Exchange rates between two of the columns need [`with_pivot`](Self::with_pivot).
    ///
    /// # Errors
    ///
    /// As [`from_csv_long`](Self::from_csv_long); also
    /// [`TextError::Unknown`](crate::text::TextError::Unknown) for a number in a column whose name is
    /// not a currency, and [`MoneyError::SameCurrency`] for a number in a column of `base`.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let file = "\
    /// Date,USD,JPY,CYP,
    /// 2026-04-13,1.1684,186.75,N/A,
    /// 2026-04-10,1.1711,186.43,N/A,
    /// ";
    /// let read = ExchangeRates::from_csv_wide(file.as_bytes(), Currency::EUR)?;
    /// assert_eq!(read.skipped, ["CYP"]);
    /// let rates = read.rates.with_pivot(Currency::EUR);
    /// let rate = rates.rate(Currency::EUR, Currency::USD, date(2026, 4, 12))?;
    /// assert_eq!(rate.to_string(), "1 EUR = 1.1711 USD (fixing of 2026-04-10)");
    /// let rate = rates.rate(Currency::USD, Currency::JPY, date(2026, 4, 12))?;
    /// assert_eq!(format!("{:.2}", rate.rate()), "1 USD = 159.19 JPY");
    ///
    /// assert_eq!(
    ///     ExchangeRates::from_csv_wide(file.as_bytes(), Currency::USD).unwrap_err().to_string(),
    ///     "line 2, column `USD`: an exchange rate is between two currencies, not USD and USD: \
    ///      pass another currency on one side",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv_wide(reader: impl Read, base: Currency) -> Result<RatesRead, Error> {
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
        let unknown = columns.iter().filter(|(_, currency)| currency.is_err());
        let skipped = named(unknown.map(|&((_, name), _)| name));
        let mut rates = Self::new();
        for row in rows {
            let row = row?;
            let on = row.read(date, read_date)?;
            for (column, currency) in &columns {
                let fixed = row.read(*column, |cell| read_worth(base, currency, cell))?;
                if let Some(fixed) = fixed {
                    row.check(*column, rates.insert(on, fixed))?;
                }
            }
        }
        Ok(RatesRead { rates, skipped })
    }
}

/// Returns the names of columns that have one: a comma at the end of each line makes a column
/// without.
fn named<'n>(columns: impl Iterator<Item = &'n str>) -> Vec<String> {
    columns.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Reads the currency that one unit of `from` is stated in.
fn currency_beside(from: Currency, cell: &str) -> Result<Currency, Error> {
    match cell.parse()? {
        currency if currency == from => Err(MoneyError::SameCurrency { currency }.into()),
        currency => Ok(currency),
    }
}

/// Reads the number of units of `to` that one unit of `from` is worth.
fn read_rate(from: Currency, to: Currency, cell: &str) -> Result<ExchangeRate, Error> {
    let mut scanner = Scanner::new(cell);
    let worth = Ratio::scan(&mut scanner, "a number such as 278.55")?;
    scanner.finish("one number")?;
    ExchangeRate::from_costs(&Cost::new(Ratio::ONE, from), &Cost::new(worth, to))
}

/// Reads a cell under a currency, or under a name that is not a currency.
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
