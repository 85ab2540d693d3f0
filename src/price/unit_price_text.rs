//! Prices as text: `1 USD per 1 MB`, `10000 USD per 1 Tbps for 1 min`.

use crate::{
    Error,
    money::Money,
    price::{
        RatePrice, UnitPrice, VolumePrice,
        written::{Written, scan_time_in},
    },
    quantity::{DataRate, DataVolume, Quantity},
    text::{Scanner, TimeUnit, UnitAlone},
};
use core::{fmt, str::FromStr, time::Duration};

pub(super) const VOLUME_FORM: &str =
    "a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
pub(super) const RATE_FORM: &str = "a price such as 0.80 USD per 1 Mbps; it is per billing period";

impl FromStr for VolumePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let amount = amount_per(&mut scanner, VOLUME_FORM)?;
        if let Some((time, mut rest)) = time_first(&scanner) {
            return per_rate_time(amount, &mut rest, time);
        }
        let mut ahead = scanner.clone();
        let start = scanner.at();
        match DataRate::scan(&mut ahead, UnitAlone::IsOne) {
            Ok(_) => {
                if !ahead.skip(" for ") {
                    return Err(ahead.missing("` for ` and a time", VOLUME_FORM));
                }
                let time = scan_time_in(&mut ahead, UnitAlone::Refused)?;
                ahead.finish(VOLUME_FORM)?;
                let end = scanner.rest().find(" for ").unwrap_or(scanner.rest().len());
                per_rate_time(amount, &mut scanner.only(end), time)
            }
            Err(error) => {
                // With a time behind it, a rate was meant, and its error is the one that helps.
                let with_time = scanner.rest().contains(" for ");
                let per = DataVolume::scan(&mut scanner, UnitAlone::IsOne);
                let per = per.map_err(|other| if with_time { error } else { other })?;
                let written = Written::volume_since(&scanner, start);
                scanner.finish(VOLUME_FORM)?;
                Ok(Self::new(amount, per)?.written(written))
            }
        }
    }
}

impl FromStr for RatePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let amount = amount_per(&mut scanner, RATE_FORM)?;
        let rest = scanner.rest();
        // A rate is priced by the billing period, which a month is.
        let rest = rest.strip_suffix(" per month").or_else(|| rest.strip_suffix("/month"));
        if let Some(rest) = rest {
            scanner = scanner.only(rest.len());
        }
        let start = scanner.at();
        let per = DataRate::scan(&mut scanner, UnitAlone::IsOne)?;
        let written = Written::rate_since(&scanner, start).map_or(Written::Plainly, Written::Rate);
        scanner.finish(RATE_FORM)?;
        Ok(Self::new(amount, per)?.written(written))
    }
}

/// Reads an amount and ` per `, or `/`.
fn amount_per(scanner: &mut Scanner<'_>, form: &'static str) -> Result<Money, Error> {
    if scanner.rest().starts_with('$') {
        return Err(scanner.unexpected(
            "a code after the amount, such as 1 USD/MB, because `$` is several currencies",
        ));
    }
    let amount = Money::scan(scanner)?;
    if scanner.skip(" per ") || scanner.skip("/") {
        Ok(amount)
    } else {
        Err(scanner.missing("` per `", form))
    }
}

/// Reads a time before a rate: `min per Tbps`, `min/Tbps`.
fn time_first<'a>(scanner: &Scanner<'a>) -> Option<((Duration, Option<TimeUnit>), Scanner<'a>)> {
    let mut scanner = scanner.clone();
    let rest = scanner.rest();
    let end = [" per ", "/"].into_iter().filter_map(|separator| rest.find(separator)).min()?;
    let mut ahead = scanner.only(end);
    let time = scan_time_in(&mut ahead, UnitAlone::IsOne).ok()?;
    ahead.finish(VOLUME_FORM).ok()?;
    scanner.skip(rest.get(..end)?);
    let separated = scanner.skip(" per ") || scanner.skip("/");
    separated.then_some((time, scanner))
}

/// Reads the rate of a price that is for a time.
fn per_rate_time(
    amount: Money,
    scanner: &mut Scanner<'_>,
    (time, time_in): (Duration, Option<TimeUnit>),
) -> Result<VolumePrice, Error> {
    let start = scanner.at();
    let rate = DataRate::scan(scanner, UnitAlone::IsOne)?;
    let rate_in = Written::rate_since(scanner, start);
    scanner.finish(VOLUME_FORM)?;
    let written = Written::RateTime { rate, rate_in, time, time_in };
    Ok(VolumePrice::per_rate_time(amount, rate, time)?.written(written))
}

impl<Q: Quantity> fmt::Display for UnitPrice<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount().fmt_with(f, &format!(" {} per {}", self.currency(), self.per_text()))
    }
}

impl<Q: Quantity> fmt::Debug for UnitPrice<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
