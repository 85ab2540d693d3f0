//! Prices as text: `1 USD per 1 MB`, `10000 USD per 1 Tbps for 1 min`.

use crate::{
    Error,
    money::Money,
    price::{RatePrice, UnitPrice, VolumePrice},
    quantity::{DataRate, DataVolume, Quantity},
    text::{Scanner, UnitAlone, scan_time},
};
use core::{fmt, str::FromStr};

pub(super) const VOLUME_FORM: &str =
    "a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
pub(super) const RATE_FORM: &str = "a price such as 0.80 USD per 1 Mbps; it is per billing period";

impl FromStr for VolumePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let amount = amount_per(&mut scanner, VOLUME_FORM)?;
        let mut ahead = scanner.clone();
        match DataRate::scan(&mut ahead, UnitAlone::IsOne) {
            Ok(rate) => {
                if !ahead.skip(" for ") {
                    return Err(ahead.missing("` for ` and a time", VOLUME_FORM));
                }
                let time = scan_time(&mut ahead)?;
                ahead.finish(VOLUME_FORM)?;
                Self::per_rate_time(amount, rate, time)
            }
            Err(error) => {
                // With a time behind it, a rate was meant, and its error is the one that helps.
                let with_time = scanner.rest().contains(" for ");
                let per = DataVolume::scan(&mut scanner, UnitAlone::IsOne);
                let per = per.map_err(|other| if with_time { error } else { other })?;
                scanner.finish(VOLUME_FORM)?;
                Self::new(amount, per)
            }
        }
    }
}

impl FromStr for RatePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let amount = amount_per(&mut scanner, RATE_FORM)?;
        let per = DataRate::scan(&mut scanner, UnitAlone::IsOne)?;
        scanner.finish(RATE_FORM)?;
        Self::new(amount, per)
    }
}

fn amount_per(scanner: &mut Scanner<'_>, form: &'static str) -> Result<Money, Error> {
    let amount = Money::scan(scanner)?;
    if scanner.skip(" per ") { Ok(amount) } else { Err(scanner.missing("` per `", form)) }
}

impl<Q: Quantity> fmt::Display for UnitPrice<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount().fmt_with(f, &format!(" {} per {}", self.currency(), self.per()))
    }
}

impl<Q: Quantity> fmt::Debug for UnitPrice<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
