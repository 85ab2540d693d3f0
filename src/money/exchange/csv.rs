//! The part of [`ExchangeRates`] that reads CSV files, in the layouts in which exchange rates are
//! published.

use super::{
    RatesLayout,
    layout::{Dates, Quoting, Shape, Side},
};
use crate::{
    Error,
    money::{
        Cost, Currency, MoneyError,
        exchange::{ExchangeRates, Fixing, dated_rate::Pair, day_rate::DayRate},
    },
    number::Ratio,
    text::{
        Scanner, TextError, clip, listed,
        rows::{Column, Row, Rows, read_all},
    },
};
use std::{collections::BTreeMap, io::Read};

/// Exchange rates read from a CSV file, and the columns that were skipped.
///
/// ```
/// use bandwidth_cost::{ExchangeRates, money::exchange::RatesLayout};
///
/// let file = "\
/// date,base,quote,rate,source
/// 2023-01-25,USD,PKR,231.550,interbank
/// ";
/// let read = ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long())?;
/// assert_eq!(read.rates.fixings().count(), 1);
/// assert_eq!(read.skipped, ["source"]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesRead {
    /// The table of exchange rates.
    pub rates: ExchangeRates,
    /// The names of the columns that were skipped, in the order of the file.
    pub skipped: Vec<String>,
}

impl ExchangeRates {
    /// Reads the fixings of a CSV file with the given layout.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::RateColumns`] if a column that the layout names is missing or there twice.
    /// - [`MoneyError::UnnamedMultiplier`] for a column called `unit`, `amount`, `nominal`, `scale` or
    ///   `per` that the layout does not name.
    /// - [`MoneyError::DatePattern`] if the layout's pattern of dates lacks the year, the month or
    ///   the day.
    /// - [`TextError::Cells`], with its line, for a row with more or fewer cells than there are columns.
    /// - The error of a cell that can't be read, or of [`insert`](Self::insert), with its line and
    ///   column.
    /// - [`ErrorKind::Io`](crate::ErrorKind::Io) if the reader fails or the file is not UTF-8.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date, money::exchange::RatesLayout};
    ///
    /// let file = "\
    /// date,base,quote,rate
    /// 2023-01-25,USD,PKR,231.550
    /// 2023-01-26,USD,PKR,250.500
    /// ";
    /// let rates = ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long())?.rates;
    /// let rate = rates.rate(Currency::USD, Currency::PKR, date(2023, 1, 28))?;
    /// assert_eq!(rate.to_string(), "1 USD = 250.5 PKR (fixing of 2023-01-26)");
    ///
    /// let file = file.replace("250.500", "0");
    /// assert_eq!(
    ///     ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long()).unwrap_err().to_string(),
    ///     "line 3, column `rate`: an exchange rate can't have 0 PKR on one side: \
    ///      pass a positive amount",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv(reader: impl Read, layout: &RatesLayout) -> Result<RatesRead, Error> {
        layout.dates.check()?;
        let text = read_all(reader)?;
        let header = Header::read(&text, layout)?;
        let skipped = header.skipped.clone();
        let mut histories = Histories { rows: header.rows(&text), ..Histories::default() };
        header.each(&text, |pair, rate| {
            histories.push(pair, rate);
            Ok(())
        })?;
        if let Some(rates) = histories.table() {
            return Ok(RatesRead { rates, skipped });
        }
        // Two fixings of a pair are of one day: one by one, for the line on which they differ.
        let mut rates = Self::new();
        header.each(&text, |pair, rate| rates.insert_fixing(Fixing::of_day(pair, &rate)))?;
        Ok(RatesRead { rates, skipped })
    }
}

/// The exchange rates of each pair, in the order of the file.
#[derive(Default)]
struct Histories {
    all: Vec<(Pair, Vec<DayRate>)>,
    places: BTreeMap<Pair, usize>,
    /// Where the next pair is looked for first: a wide file has its pairs in one order in each row.
    next: usize,
    /// How many exchange rates of a pair to expect.
    rows: usize,
}

impl Histories {
    #[expect(clippy::arithmetic_side_effects, reason = "a place in a list, and the one behind it")]
    fn push(&mut self, pair: Pair, rate: DayRate) {
        if self.all.get(self.next).is_none_or(|(there, _)| *there != pair) {
            self.next = *self.places.entry(pair).or_insert(self.all.len());
        }
        match self.all.get_mut(self.next) {
            Some((_, rates)) => rates.push(rate),
            None => {
                let mut rates = Vec::with_capacity(self.rows);
                rates.push(rate);
                self.all.push((pair, rates));
            }
        }
        self.next += 1;
        if self.next == self.all.len() {
            self.next = 0;
        }
    }

    /// Returns the table, or `None` if two exchange rates of a pair are of one day.
    fn table(self) -> Option<ExchangeRates> {
        let mut table = ExchangeRates::new();
        self.all.into_iter().try_for_each(|(pair, rates)| table.insert_days(pair, rates))?;
        Some(table)
    }
}

/// The columns of a file that its layout reads.
struct Header<'l> {
    layout: &'l RatesLayout,
    names: Vec<String>,
    date: usize,
    multiplier: Option<usize>,
    rates: RateColumns,
    skipped: Vec<String>,
}

enum RateColumns {
    Long { base: usize, quote: Quote, rate: usize, power_of_ten: Option<usize>, is_sdmx: bool },
    Wide { base: Currency, quoting: Quoting, columns: Vec<WideColumn> },
}

enum Quote {
    Column(usize),
    Always(Currency),
}

/// A column of a wide file.
struct WideColumn {
    place: usize,
    /// The pair of which a number in the column is the rate as it stands.
    plain: Option<Pair>,
    quoted: Result<Quoted, Error>,
}

/// The units that the rates of a column are for, and their currency.
struct Quoted {
    units: Ratio,
    currency: Currency,
}

/// SDMX's name of the column with the power of ten by which a value is multiplied.
const POWER_OF_TEN: &str = "UNIT_MULT";

/// Names of columns that may say for how many units a rate is.
const MULTIPLIERS: [&str; 5] = ["unit", "amount", "nominal", "scale", "per"];

impl<'l> Header<'l> {
    fn read(text: &str, layout: &'l RatesLayout) -> Result<Self, Error> {
        let names: Vec<String> =
            Rows::separated(text, layout.separator)?.header.iter().map(str::to_owned).collect();
        let mut wanted = vec![layout.date.clone()];
        let mut has_power_of_ten = false;
        if let Shape::Long { base, quote, rate, is_sdmx } = &layout.shape {
            wanted.push(base.clone());
            if let Side::Column(quote) = quote {
                wanted.push(quote.clone());
            }
            wanted.push(rate.clone());
            has_power_of_ten = *is_sdmx && names.iter().any(|name| name == POWER_OF_TEN);
            wanted.extend(has_power_of_ten.then(|| POWER_OF_TEN.to_owned()));
        }
        wanted.extend(layout.multiplier.clone());
        let missing = || {
            let mut expected = listed(&wanted, "and");
            if matches!(layout.shape, Shape::Wide { .. }) {
                expected.push_str(", and the code of a currency for each of the other columns");
            }
            let found = names.join(char::from(layout.separator).to_string().as_str());
            let others = [';', '\t', '|', ','].into_iter();
            let mut others = others.filter(|&other| u32::from(other) != layout.separator.into());
            let separator = others.find(|&other| found.contains(other));
            Error::from(MoneyError::RateColumns { found: clip(&found), expected, separator })
        };
        let place = |name: &str| {
            let mut places = names.iter().enumerate().filter(|(_, found)| *found == name);
            match (places.next(), places.next()) {
                (Some((place, _)), None) => Ok(place),
                _ => Err(missing()),
            }
        };
        let date = place(&layout.date)?;
        let multiplier = layout.multiplier.as_deref().map(place).transpose()?;
        let mut known = vec![date];
        known.extend(multiplier);
        let mut skipped = Vec::new();
        let rates = match &layout.shape {
            Shape::Long { base, quote, rate, is_sdmx } => {
                let (base, rate) = (place(base)?, place(rate)?);
                let quote = match quote {
                    Side::Column(name) => Quote::Column(place(name)?),
                    Side::Always(currency) => Quote::Always(*currency),
                };
                let power_of_ten = has_power_of_ten.then(|| place(POWER_OF_TEN)).transpose()?;
                known.extend([base, rate]);
                known.extend(power_of_ten);
                if let Quote::Column(place) = quote {
                    known.push(place);
                }
                RateColumns::Long { base, quote, rate, power_of_ten, is_sdmx: *is_sdmx }
            }
            &Shape::Wide { base, quoting } => {
                let mut columns = Vec::new();
                for (place, name) in names.iter().enumerate() {
                    if known.contains(&place) || is_multiplier(name) {
                        continue;
                    }
                    let quoted = read_column(name);
                    let wanted = match (&quoted, &layout.only) {
                        (Ok(quoted), Some(only)) => only.contains(&quoted.currency),
                        (Err(_), Some(_)) => false,
                        (_, None) => true,
                    };
                    if wanted && quoted.is_ok() {
                        known.push(place);
                    }
                    if wanted {
                        let plain = quoted.as_ref().ok().filter(|quoted| {
                            quoted.units == Ratio::ONE
                                && quoted.currency != base
                                && multiplier.is_none()
                        });
                        let plain = plain.map(|quoted| quoting.pair(base, quoted.currency));
                        columns.push(WideColumn { place, plain, quoted });
                    }
                }
                if columns.is_empty() && names.len() <= known.len() {
                    return Err(missing());
                }
                RateColumns::Wide { base, quoting, columns }
            }
        };
        let is_sdmx = matches!(rates, RateColumns::Long { is_sdmx: true, .. });
        for (place, name) in names.iter().enumerate() {
            if known.contains(&place) || name.is_empty() {
                continue; // a comma at the end of each line makes a column without a name
            }
            if is_multiplier(name) && !is_sdmx {
                return Err(MoneyError::UnnamedMultiplier { column: clip(name) }.into());
            }
            skipped.push(name.clone());
        }
        Ok(Self { layout, names, date, multiplier, rates, skipped })
    }

    #[expect(clippy::expect_used, reason = "places are those of the header's names")]
    fn column(&self, place: usize) -> Column<'_> {
        (place, self.names.get(place).expect("a column of the header"))
    }

    /// Returns the number of exchange rates of a pair to make room for: growing would take as long as
    /// half of the reading. A text whose rows are too short for its columns gets no more than it has bytes.
    fn rows(&self, text: &str) -> usize {
        match self.rates {
            RateColumns::Wide { .. } => {
                let lines = text.bytes().filter(|&byte| byte == b'\n').count();
                text.len().checked_div(self.names.len()).map_or(0, |most| lines.min(most))
            }
            RateColumns::Long { .. } => 0, // any number of pairs share the rows
        }
    }

    /// Passes the pair and the rate of each fixing to `put`, whose error gets the place of the cell.
    fn each(
        &self,
        text: &str,
        mut put: impl FnMut(Pair, DayRate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut rows = Rows::separated(text, self.layout.separator)?;
        while let Some(row) = rows.next()? {
            match &self.rates {
                RateColumns::Long { base, quote, rate, power_of_ten, is_sdmx } => {
                    if !self.is_wanted(&row, *base, quote)? {
                        continue;
                    }
                    let on = row.read(self.column(self.date), |cell| self.dates().read(cell))?;
                    let from: Currency = row.read(self.column(*base), str::parse)?;
                    let to = match *quote {
                        Quote::Column(place) => {
                            row.read(self.column(place), |cell| currency_beside(from, cell))?
                        }
                        Quote::Always(currency) if currency == from => {
                            let same = MoneyError::SameCurrency { currency };
                            return row.check(self.column(*base), Err(same.into()));
                        }
                        Quote::Always(currency) => currency,
                    };
                    let mut units = self.units(&row)?;
                    if let Some(place) = *power_of_ten {
                        let power = row.read(self.column(place), read_power_of_ten)?;
                        units = units.checked_div(&power)?;
                    }
                    let column = self.column(*rate);
                    let factor = row.read(column, |cell| {
                        if *is_sdmx && matches!(cell, "" | "NaN") {
                            return Ok(None);
                        }
                        self.factor((from, to), &units, cell).map(Some)
                    })?;
                    if let Some(factor) = factor {
                        row.check(column, put((from, to), DayRate::new(on, factor)))?;
                    }
                }
                RateColumns::Wide { base, quoting, columns } => {
                    let on = row.read(self.column(self.date), |cell| self.dates().read(cell))?;
                    let row_units = self.units(&row)?;
                    for column in columns {
                        let cell = row.cell(column.place);
                        let point = if self.layout.decimal_comma { b',' } else { b'.' };
                        let plain = DayRate::read(on, cell.as_bytes(), point);
                        let put = match column.plain.zip(plain) {
                            Some((pair, rate)) => put(pair, rate),
                            None => self
                                .wide_cell(*base, *quoting, &row_units, column, cell)
                                .and_then(|read| match read {
                                    Some((pair, factor)) => put(pair, DayRate::new(on, factor)),
                                    None => Ok(()),
                                }),
                        };
                        if put.is_err() {
                            return row.check(self.column(column.place), put);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    const fn dates(&self) -> &Dates {
        &self.layout.dates
    }

    /// Returns whether the row of a long file has one of the currencies asked for.
    fn is_wanted(&self, row: &Row<'_>, base: usize, quote: &Quote) -> Result<bool, Error> {
        let Some(only) = &self.layout.only else { return Ok(true) };
        let among = |cell: &str| Ok(only.iter().any(|currency| currency.code() == cell));
        Ok(row.read(self.column(base), among)?
            || match *quote {
                Quote::Column(place) => row.read(self.column(place), among)?,
                Quote::Always(_) => false,
            })
    }

    /// Returns the units that the rates of a row are for.
    fn units(&self, row: &Row<'_>) -> Result<Ratio, Error> {
        let Some(place) = self.multiplier else { return Ok(Ratio::ONE) };
        row.read(self.column(place), |cell| {
            let multiplier = self.number(cell)?;
            if multiplier.is_zero() || multiplier.is_negative() {
                return Err(MoneyError::NotAMultiplier { multiplier }.into());
            }
            Ok(multiplier)
        })
    }

    fn number(&self, cell: &str) -> Result<Ratio, Error> {
        if !self.layout.decimal_comma {
            return read_number(cell);
        }
        if let Some(at) = cell.find('.') {
            let expected = "the digits without separators, and one comma before the decimals";
            let found = clip(cell.split_at(at).1);
            return Err(TextError::Unexpected { found, at, expected }.into());
        }
        read_number(&cell.replacen(',', ".", 1))
    }

    /// Reads a cell of a wide file, or returns `None` for a gap.
    fn wide_cell(
        &self,
        base: Currency,
        quoting: Quoting,
        row_units: &Ratio,
        column: &WideColumn,
        cell: &str,
    ) -> Result<Option<(Pair, Ratio)>, Error> {
        let quoted = match &column.quoted {
            Ok(_) if matches!(cell, "" | "N/A" | "-") => return Ok(None),
            Ok(quoted) => quoted,
            Err(error) if cell.contains(char::is_numeric) => return Err(error.clone()),
            Err(_) => return Ok(None),
        };
        let units = row_units * &quoted.units;
        let units = match quoting {
            Quoting::BasePerForeign => units, // 100 JPY = 177.21 PKR
            Quoting::ForeignPerBase => units.reciprocal(), // 1 EUR = 1.8675 hundreds of JPY
        };
        let pair = quoting.pair(base, quoted.currency);
        Ok(Some((pair, self.factor(pair, &units, cell)?)))
    }

    /// Reads the number of units of the second currency that `units` of the first are worth, and returns
    /// the number for one.
    fn factor(&self, (from, to): Pair, units: &Ratio, cell: &str) -> Result<Ratio, Error> {
        let worth = self.number(cell)?;
        if from == to {
            return Err(MoneyError::SameCurrency { currency: from }.into());
        }
        if worth.is_zero() || worth.is_negative() {
            return Err(MoneyError::NotPositive { amount: Cost::new(worth, to) }.into());
        }
        worth.checked_div(units)
    }
}

fn is_multiplier(name: &str) -> bool {
    MULTIPLIERS.iter().any(|known| name.trim().eq_ignore_ascii_case(known))
}

/// Reads the name of a column of a wide file: `USD`, or `100 JPY`.
fn read_column(name: &str) -> Result<Quoted, Error> {
    if let Some((units, code)) = name.split_once(' ')
        && let (Ok(units), Ok(currency)) = (units.parse::<u32>(), code.parse())
        && units > 0
    {
        return Ok(Quoted { units: units.into(), currency });
    }
    name.parse().map(|currency| Quoted { units: Ratio::ONE, currency })
}

/// Reads the currency that one unit of `from` is stated in.
fn currency_beside(from: Currency, cell: &str) -> Result<Currency, Error> {
    match cell.parse()? {
        currency if currency == from => Err(MoneyError::SameCurrency { currency }.into()),
        currency => Ok(currency),
    }
}

fn read_number(cell: &str) -> Result<Ratio, Error> {
    let mut scanner = Scanner::new(cell);
    let number = Ratio::scan(&mut scanner, "a number such as 278.55")?;
    scanner.finish("one number")?;
    Ok(number)
}

/// Reads the exponent of a power of ten, zero if the cell is empty, and returns the power.
fn read_power_of_ten(cell: &str) -> Result<Ratio, Error> {
    if cell.is_empty() {
        return Ok(Ratio::ONE);
    }
    let power = cell.parse().ok().and_then(|power| 10_u128.checked_pow(power));
    power.map(Ratio::from).ok_or_else(|| {
        let expected = "a power of ten of at most 38, such as 0 or 3";
        TextError::Unexpected { found: clip(cell), at: 0, expected }.into()
    })
}
