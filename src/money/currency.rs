//! [`Currency`]: a code of ISO 4217.

use super::currency_table::{Code, ROWS, Row};
use crate::{
    Error,
    text::{Scanner, TextError, clip},
};
use core::{fmt, str::FromStr};

/// A currency of ISO 4217.
///
/// There is a constant for each code. Of the codes that ISO has withdrawn, those that were still in
/// use in 2021 are here too, because exchange rates and contracts of their time name them.
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
/// The code in capitals. It is written so, and read in no other form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub(super) Code);

/// Whether ISO still lists a code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Current,
    Withdrawn,
}

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

    /// Returns the numeric code, of up to three digits. A withdrawn currency may share it with its
    /// successor.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Currency::USD.numeric(), 840);
    /// ```
    #[must_use]
    pub const fn numeric(self) -> u16 {
        self.row().numeric
    }

    /// Returns the English name in ISO's list.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::Currency::GBP.name(), "Pound Sterling");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the number of decimal places of the minor unit, 2 for cents; `None` for gold, the test
    /// code and their like, which have no minor unit.
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

    /// Returns whether ISO has withdrawn the code.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// assert!(Currency::HRK.is_withdrawn()); // the kuna, since 2023
    /// ```
    #[must_use]
    pub const fn is_withdrawn(self) -> bool {
        matches!(self.row().status, Status::Withdrawn)
    }

    /// Returns the currency with this code, in capitals, or `None`.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// assert_eq!(Currency::from_code("EUR"), Some(Currency::EUR));
    /// assert_eq!(Currency::from_code("eur"), None);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let place = ROWS.binary_search_by(|row| row.code.cmp(code)).ok()?;
        ROWS.get(place).map(|row| row.currency)
    }

    /// Returns all currencies, ordered by code.
    ///
    /// ```
    /// # use bandwidth_cost::Currency;
    /// let without_cents = Currency::all().filter(|c| c.minor_units() == Some(0)).count();
    /// assert_eq!(without_cents, 17);
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        ROWS.iter().map(|row| row.currency)
    }

    /// Reads a code where the scanner stands.
    pub(crate) fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        const CODE: &str = "an ISO 4217 code such as USD";
        let at = scanner.at();
        let code = scanner.letters("currency", CODE)?;
        Self::from_code(code).ok_or_else(|| {
            let (text, expected) = (clip(code), CODE.to_owned());
            TextError::Unknown { what: "currency", text, at, expected }.into()
        })
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
