//! [`RatesLayout`]: how a CSV file of exchange rates is laid out.

use super::dated_rate::Pair;
use crate::{
    Error,
    money::{Currency, MoneyError},
    text::{clip, read_date},
};
use jiff::{civil::Date, fmt::strtime};

/// The direction in which a [wide](RatesLayout::wide) file, with a column for each currency, quotes them.
///
/// The file itself does not say it, and a wrong direction reads without an error: 278.55 rupees per
/// dollar, read as 278.55 dollars per rupee, is wrong by a factor of 278.55², some 77,590. So there is
/// no default, and the program names the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quoting {
    /// The number under a currency is the units of it that one unit of the base currency is worth: the
    /// European Central Bank's 1.1684 under `USD`.
    ForeignPerBase,
    /// The number under a currency is the units of the base currency that one unit of it is worth: 278.55
    /// under `USD` in a table of Pakistan's, as most national banks publish.
    BasePerForeign,
}

impl Quoting {
    /// Returns the currency of which one unit is quoted, and the one in which.
    pub(super) const fn pair(self, base: Currency, foreign: Currency) -> Pair {
        match self {
            Self::ForeignPerBase => (base, foreign),
            Self::BasePerForeign => (foreign, base),
        }
    }
}

/// A description of a CSV file of exchange rates. Nothing that it leaves open is guessed.
///
/// ```
/// use bandwidth_cost::{
///     Cost, Currency, ExchangeRates,
///     jiff::civil::date,
///     money::exchange::{Quoting, RatesLayout},
/// };
///
/// // Rupees per unit of each currency.
/// let file = "\
/// Date;USD;100 JPY
/// 31/12/2024;278,55;177,21
/// ";
/// let layout = RatesLayout::wide(Currency::PKR, Quoting::BasePerForeign)
///     .separator(b';')
///     .decimal_comma()
///     .date_format("%d/%m/%Y");
/// let rates = ExchangeRates::from_csv(file.as_bytes(), &layout)?.rates;
/// let rate = rates.rate(Currency::USD, Currency::PKR, date(2024, 12, 31))?;
/// assert_eq!(rate.convert("100 USD".parse::<Cost>()?)?.to_string(), "27855 PKR");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// | shape | a row is | columns | a cell without a rate is |
/// | --- | --- | --- | --- |
/// | [`long`](Self::long) | an exchange rate | `date`, `base`, `quote`, `rate` | not allowed |
/// | [`wide`](Self::wide) | a day | `Date`, and the codes of currencies | empty, `N/A`, `-` |
/// | [`sdmx`](Self::sdmx) | an observation | `TIME_PERIOD`, `CURRENCY_DENOM`, `CURRENCY`, `OBS_VALUE` | empty, `NaN` |
///
/// A rate is the number of units of the quote currency that one unit of the base currency is worth: a
/// decimal above zero, or a fraction. Rows may be in any order. Other columns are skipped and named in
/// [`RatesRead::skipped`](super::RatesRead::skipped), except one called `unit`, `amount`, `nominal`,
/// `scale` or `per`: it may say that a rate is for 100 units, and is refused unless
/// [`multiplier`](Self::multiplier) names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesLayout {
    pub(super) shape: Shape,
    pub(super) date: String,
    pub(super) dates: Dates,
    pub(super) separator: u8,
    pub(super) decimal_comma: bool,
    pub(super) multiplier: Option<String>,
    pub(super) only: Option<Vec<Currency>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Long { base: String, quote: Side, rate: String, is_sdmx: bool },
    Wide { base: Currency, quoting: Quoting },
}

/// The place of the quote currency in a long file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Side {
    Column(String),
    Always(Currency),
}

/// The form of dates: 2024-12-31, or a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dates {
    Iso,
    Pattern(String),
}

impl Dates {
    /// Checks that the pattern has the year, the month and the day.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Iso => Ok(()),
            Self::Pattern(pattern) => match example(pattern) {
                Some(_) => Ok(()),
                None => Err(MoneyError::DatePattern { pattern: clip(pattern) }.into()),
            },
        }
    }

    /// Reads a date. The pattern must be [checked](Self::check).
    #[expect(clippy::expect_used, reason = "a pattern that was checked has an example")]
    pub(super) fn read(&self, text: &str) -> Result<Date, Error> {
        match self {
            Self::Iso => read_date(text),
            Self::Pattern(pattern) => Date::strptime(pattern, text).map_err(|_| {
                let example = example(pattern).expect("a pattern of whole dates");
                let (text, pattern) = (clip(text), clip(pattern));
                MoneyError::DateNotInPattern { text, pattern, example }.into()
            }),
        }
    }
}

/// Returns the last day of 2024 in a pattern, if that reads back.
fn example(pattern: &str) -> Option<String> {
    let day = jiff::civil::date(2024, 12, 31);
    let text = strtime::format(pattern, day).ok()?;
    (Date::strptime(pattern, &text).ok()? == day).then_some(text)
}

impl RatesLayout {
    fn new(shape: Shape, date: &str) -> Self {
        Self {
            shape,
            date: date.to_owned(),
            dates: Dates::Iso,
            separator: b',',
            decimal_comma: false,
            multiplier: None,
            only: None,
        }
    }

    /// Creates the layout with a row for each exchange rate: `date,base,quote,rate`.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date, money::exchange::RatesLayout};
    ///
    /// let file = "date,base,quote,rate\n2023-01-26,USD,PKR,250.500\n";
    /// let rates = ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long())?.rates;
    /// let rate = rates.rate(Currency::USD, Currency::PKR, date(2023, 1, 28))?;
    /// assert_eq!(rate.to_string(), "1 USD = 250.5 PKR (fixing of 2023-01-26)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn long() -> Self {
        let [base, rate] = ["base", "rate"].map(str::to_owned);
        let quote = Side::Column("quote".to_owned());
        Self::new(Shape::Long { base, quote, rate, is_sdmx: false }, "date")
    }

    /// Creates the layout with a row for each day and a column for each currency against `base`, as
    /// central banks publish it.
    ///
    /// A column's name is the code of a currency, or the number of its units that the rate is for
    /// and the code: `100 JPY`. A column whose name is not a currency is skipped if it has no
    /// numbers. A column of `base` itself must be empty. For exchange rates between two of the
    /// columns, set the pivot of the table to `base` (see
    /// [`with_pivot`](super::ExchangeRates::with_pivot)).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     Currency, ExchangeRates,
    ///     jiff::civil::date,
    ///     money::exchange::{Quoting, RatesLayout},
    /// };
    ///
    /// let file = "\
    /// Date,USD,JPY,CYP,
    /// 2026-04-13,1.1684,186.75,N/A,
    /// 2026-04-10,1.1711,186.43,N/A,
    /// ";
    /// let layout = RatesLayout::wide(Currency::EUR, Quoting::ForeignPerBase);
    /// let rates = ExchangeRates::from_csv(file.as_bytes(), &layout)?.rates;
    /// let rates = rates.with_pivot(Currency::EUR);
    /// let rate = rates.rate(Currency::USD, Currency::JPY, date(2026, 4, 12))?;
    /// assert_eq!(format!("{:.2}", rate.rate()), "1 USD = 159.19 JPY");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn wide(base: Currency, quoting: Quoting) -> Self {
        Self::new(Shape::Wide { base, quoting }, "Date")
    }

    /// Creates the layout of SDMX-CSV, in which central banks answer queries: `OBS_VALUE` is the number
    /// of units of `CURRENCY` that one unit of `CURRENCY_DENOM` is worth on the day `TIME_PERIOD`. If
    /// there is a column `UNIT_MULT`, the value is multiplied by ten to that power.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date, money::exchange::RatesLayout};
    ///
    /// let file = "\
    /// KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE
    /// EXR.D.PLN.EUR.SP00.A,D,PLN,EUR,SP00,A,2026-08-07,4.2983
    /// ";
    /// let rates = ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::sdmx())?.rates;
    /// let rate = rates.rate(Currency::EUR, Currency::PLN, date(2026, 8, 8))?;
    /// assert_eq!(rate.to_string(), "1 EUR = 4.2983 PLN (fixing of 2026-08-07)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn sdmx() -> Self {
        let [base, rate] = ["CURRENCY_DENOM", "OBS_VALUE"].map(str::to_owned);
        let quote = Side::Column("CURRENCY".to_owned());
        Self::new(Shape::Long { base, quote, rate, is_sdmx: true }, "TIME_PERIOD")
    }

    /// Returns the layout with the given names of columns. A wide layout uses only the first.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().columns("Day", "From", "To", "Closing");
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn columns(mut self, date: &str, base: &str, quote: &str, rate: &str) -> Self {
        date.clone_into(&mut self.date);
        if let Shape::Long { base: base_name, quote: quote_side, rate: rate_name, .. } =
            &mut self.shape
        {
            base.clone_into(base_name);
            *quote_side = Side::Column(quote.to_owned());
            rate.clone_into(rate_name);
        }
        self
    }

    /// Returns the layout with the given name of the column of dates.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, money::exchange::{Quoting, RatesLayout}};
    ///
    /// let layout = RatesLayout::wide(Currency::CZK, Quoting::BasePerForeign).date_column("Datum");
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn date_column(mut self, name: &str) -> Self {
        name.clone_into(&mut self.date);
        self
    }

    /// Returns the layout with the given name of the column of rates, for a long file with several:
    /// buying, selling, middle.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().rate_column("Selling");
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn rate_column(mut self, name: &str) -> Self {
        if let Shape::Long { rate, .. } = &mut self.shape {
            name.clone_into(rate);
        }
        self
    }

    /// Returns the layout for a long file in which all rates are in `currency`, and no column names
    /// it.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency, ExchangeRates, jiff::civil::date, money::exchange::RatesLayout};
    ///
    /// let file = "date,code,unit,Buying,Selling\n2021-01-13,JPY,100,7.0953,7.1424\n";
    /// let layout = RatesLayout::long()
    ///     .columns("date", "code", "", "Selling")
    ///     .quoted_in(Currency::TRY)
    ///     .multiplier("unit");
    /// let rates = ExchangeRates::from_csv(file.as_bytes(), &layout)?.rates;
    /// let rate = rates.rate(Currency::JPY, Currency::TRY, date(2021, 1, 13))?;
    /// assert_eq!(rate.convert("5000 JPY".parse::<Cost>()?)?.to_string(), "357.12 TRY");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn quoted_in(mut self, currency: Currency) -> Self {
        if let Shape::Long { quote, .. } = &mut self.shape {
            *quote = Side::Always(currency);
        }
        self
    }

    /// Returns the layout with the given pattern of dates, in the conversions of `strftime`
    /// ([`jiff::fmt::strtime`]): `%d/%m/%Y` for 31/12/2024. Without a pattern, dates
    /// are read as 2024-12-31.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().date_format("%d.%m.%Y");
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn date_format(mut self, pattern: &str) -> Self {
        self.dates = Dates::Pattern(pattern.to_owned());
        self
    }

    /// Returns the layout with the given separator of columns instead of the comma.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().separator(b'\t');
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub const fn separator(mut self, separator: u8) -> Self {
        self.separator = separator;
        self
    }

    /// Returns the layout with a comma before the decimals: `278,55`. A number with a point is an error
    /// when the file is read.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().separator(b';').decimal_comma();
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub const fn decimal_comma(mut self) -> Self {
        self.decimal_comma = true;
        self
    }

    /// Returns the layout with a column that says how many units of the currency a rate is for: 7.1424
    /// beside 100 is 0.071424 for one.
    ///
    /// ```
    /// use bandwidth_cost::money::exchange::RatesLayout;
    ///
    /// let layout = RatesLayout::long().multiplier("unit");
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn multiplier(mut self, name: &str) -> Self {
        self.multiplier = Some(name.to_owned());
        self
    }

    /// Returns the layout that reads only the exchange rates of the given currencies: of a wide
    /// file only the columns of these, and of another file only the rows with one of their codes.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, money::exchange::{Quoting, RatesLayout}};
    ///
    /// let layout = RatesLayout::wide(Currency::EUR, Quoting::ForeignPerBase)
    ///     .only(&[Currency::USD, Currency::GBP]);
    /// # let _ = layout;
    /// ```
    #[must_use]
    pub fn only(mut self, currencies: &[Currency]) -> Self {
        self.only = Some(currencies.to_vec());
        self
    }
}
