//! [`euro_conversion`]: the rates at which the euro replaced currencies for good.

use super::ExchangeRate;
use crate::{money::Currency, number::Ratio};
use jiff::civil::Date;

/// A currency that the euro replaced, and its units in a euro: digits and decimal places.
type Conversion = (Currency, i128, u32);

#[rustfmt::skip]
const CONVERSIONS: [Conversion; 21] = [
    // Council Regulation (EC) No 2866/98
    (Currency::ATS,  137603, 4),
    (Currency::BEF,  403399, 4),
    (Currency::DEM,  195583, 5),
    (Currency::ESP,  166386, 3),
    (Currency::FIM,  594573, 5),
    (Currency::FRF,  655957, 5),
    (Currency::IEP,  787564, 6),
    (Currency::ITL,  193627, 2),
    (Currency::LUF,  403399, 4),
    (Currency::NLG,  220371, 5),
    (Currency::PTE,  200482, 3),
    (Currency::GRD,  340750, 3),  // (EC) No 1478/2000
    (Currency::SIT,  239640, 3),  // (EC) No 1086/2006
    (Currency::CYP,  585274, 6), // (EC) No 1135/2007
    (Currency::MTL,  429300, 6), // (EC) No 1134/2007
    (Currency::SKK,  301260, 4), // (EC) No 694/2008
    (Currency::EEK,  156466, 4), // (EU) No 671/2010
    (Currency::LVL,  702804, 6), // (EU) No 870/2013
    (Currency::LTL,  345280, 5), // (EU) No 851/2014
    (Currency::HRK,  753450, 5), // (EU) 2022/1208
    (Currency::BGN,  195583, 5), // (EU) 2025/1409
];

/// Returns the day from which on the euro replaces a currency, and the irrevocable rate of its
/// conversion; `None` for a currency that the euro has not replaced.
///
/// Source: Council Regulation (EC) No 2866/98 as amended, up to Regulation (EU) 2025/1409 for the lev
/// from 2026 on. The European unit of account (`XEU`) was replaced one for one by Regulation (EC) No
/// 1103/97 and is not among them.
///
/// A file of market rates ends before that day, and no rate is taken across it. Insert the
/// conversion, and amounts in the old currency convert from that day on:
///
/// ```
/// use bandwidth_cost::{
///     Cost, Currency, ExchangeRates, jiff::civil::date, money::exchange::euro_conversion,
/// };
///
/// let mut rates = ExchangeRates::new();
/// if let Some((day, rate)) = euro_conversion(Currency::HRK) {
///     rates.insert_from(day, rate)?;
/// }
/// let rate = rates.rate(Currency::HRK, Currency::EUR, date(2023, 1, 2))?;
/// assert_eq!(rate.to_string(), "7.5345 HRK = 1 EUR (valid from 2023-01-01 on)");
/// let euros = rate.convert("1000000 HRK".parse::<Cost>()?)?;
/// assert_eq!(format!("{euros:.2}"), "132722.81 EUR");
/// assert_eq!(euro_conversion(Currency::PKR), None);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[must_use]
pub fn euro_conversion(currency: Currency) -> Option<(Date, ExchangeRate)> {
    let &(_, digits, places) = CONVERSIONS.iter().find(|(replaced, ..)| *replaced == currency)?;
    let units = Ratio::small(digits, 10_u128.pow(places));
    Some((currency.withdrawn()?, ExchangeRate::of(Currency::EUR, currency, units)))
}
