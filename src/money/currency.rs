//! [`Currency`]: a code of ISO 4217.

use super::currency_table::{Code, ROWS, Row};
use crate::{
    Error,
    text::{Fault, FaultKind, Scanner, attempt},
};
use core::{fmt, str::FromStr};
use jiff::civil::Date;

/// A currency of ISO 4217.
///
/// There is a constant for each code: those in use (list one) and those that ISO has withdrawn
/// (list three), because exchange rates and contracts of their time name them. A code in both lists
/// is the currency of list one.
///
/// ```
/// use bandwidth_cost::Currency;
///
/// let rupee: Currency = "PKR".parse()?;
/// assert_eq!(rupee, Currency::PKR);
/// assert_eq!((rupee.name(), rupee.minor_units()), ("Pakistan Rupee", Some(2)));
/// assert_eq!(Currency::XAU.minor_units(), None);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// The code in capitals, such as `USD`. No other form is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub(super) Code);

impl Currency {
    const fn row(self) -> &'static Row {
        #[expect(clippy::indexing_slicing, reason = "each code has a row: one list declares both")]
        &ROWS[self.0 as usize]
    }

    /// Returns the code, three letters.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Currency::USD.code(), "USD");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.row().code
    }

    /// Returns the numeric code, of up to three digits, or `None` for the three codes without one (`XFO`,
    /// `XFU` and `XRE`). A withdrawn currency may share it with its successor.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Currency::USD.numeric(), Some(840));
    /// ```
    #[must_use]
    pub const fn numeric(self) -> Option<u16> {
        self.row().numeric
    }

    /// Returns the name in ISO's list.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Currency::GBP.name(), "Pound Sterling");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the number of decimal places of the minor unit, 2 for cents; `None` for codes such
    /// as gold (`XAU`) and the test code (`XTS`), which have no minor unit, and for withdrawn
    /// currencies whose minor unit no edition of ISO's list is known to state.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// assert_eq!(Currency::USD.minor_units(), Some(2));
    /// assert_eq!(Currency::JPY.minor_units(), Some(0));
    /// assert_eq!(Currency::XAU.minor_units(), None);
    /// ```
    #[must_use]
    pub const fn minor_units(self) -> Option<u8> {
        self.row().minor_units
    }

    /// Returns the first day on which the currency was no longer in use, or `None` if it still is.
    ///
    /// For a currency that the euro replaced, it is the day of its conversion
    /// ([`euro_conversion`](super::exchange::euro_conversion)). For another it is the first day of the
    /// month in which list three says that the code was withdrawn, or in which its range begins; the
    /// notes and coins were often good for some weeks more.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, jiff::civil::date};
    ///
    /// assert_eq!(Currency::HRK.withdrawn(), Some(date(2023, 1, 1))); // the kuna
    /// assert_eq!(Currency::TRL.withdrawn(), Some(date(2005, 12, 1))); // list three: 2005-12
    /// assert_eq!(Currency::TRY.withdrawn(), None);
    /// ```
    #[must_use]
    pub const fn withdrawn(self) -> Option<Date> {
        self.row().withdrawn
    }

    /// Returns the currency with this code, in capitals, or `None`.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// assert_eq!(Currency::from_code("EUR"), Some(Currency::EUR));
    /// assert_eq!(Currency::from_code("eur"), None);
    /// ```
    #[must_use]
    pub const fn from_code(code: &str) -> Option<Self> {
        match Self::row_of(code.as_bytes()) {
            Some(row) => Some(row.currency),
            None => None,
        }
    }

    /// Returns whether three letters are a code.
    pub(super) const fn is_code(code: [u8; 3]) -> bool {
        Self::row_of(&code).is_some()
    }

    /// Returns the row of the code: half of the rows that may have it are left in each step.
    #[expect(clippy::panic, reason = "each code of the table is three letters")]
    const fn row_of(code: &[u8]) -> Option<&'static Row> {
        let &[a, b, c] = code else { return None };
        let mut rows = ROWS;
        while let Some((row, after)) = rows.split_at(rows.len() / 2).1.split_first() {
            let &[d, e, f] = row.code.as_bytes() else { panic!("a code has three letters") };
            let (wanted, found) =
                (u32::from_be_bytes([0, a, b, c]), u32::from_be_bytes([0, d, e, f]));
            if wanted == found {
                return Some(row);
            }
            rows = if wanted < found { rows.split_at(rows.len() / 2).0 } else { after };
        }
        None
    }

    /// Returns all currencies, ordered by code.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// let without_cents = Currency::all().filter(|c| c.minor_units() == Some(0)).count();
    /// assert_eq!(without_cents, 30);
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        ROWS.iter().map(|row| row.currency)
    }

    /// Reads a code where the scanner stands.
    pub(crate) const fn scan<'a>(scanner: &mut Scanner<'a>) -> Result<Self, Fault<'a>> {
        const CODE: &str = "an ISO 4217 code such as USD";
        let at = scanner.at();
        let code = attempt!(scanner.letters("currency", CODE));
        if let Some(row) = Self::row_of(code) {
            return Ok(row.currency);
        }
        let mut expected = CODE;
        if let &[a, b, c] = code {
            let capitals = [a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()];
            if let Some(row) = Self::row_of(&capitals) {
                expected = row.in_capitals;
            }
        }
        Err(Fault::since(at, scanner, FaultKind::Unknown { what: "currency" }, expected))
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let currency = Self::scan(&mut scanner)?;
        scanner.finish("one currency")?;
        Ok(currency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
