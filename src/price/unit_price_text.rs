//! Prices as text: `1 USD per 1 MB`, `10000 USD per 1 Tbps for 1 min`.

use crate::{
    Error,
    money::Money,
    price::{PriceError, RatePrice, UnitPrice, VolumePrice, written::Written},
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity, RateIn},
    text::{Fault, Scanner, Sentence, TextError, TimeUnit, UnitAlone, attempt, find, scan_time_in},
};
use core::{fmt, str::FromStr, time::Duration};

pub(super) const VOLUME_FORM: &str =
    "a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
pub(super) const RATE_FORM: &str = "a price such as 0.80 USD per 1 Mbps; it is per billing period";

/// The reason why a text is no price, as a `const` function returns it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PriceFault<'a> {
    Text(Fault<'a>),
    Negative {
        amount: Money,
    },
    Zero {
        per: AnyQuantity,
    },
    /// The rate and the time carry more than the largest volume.
    TooLong {
        rate: DataRate,
        time: Duration,
    },
}

impl PriceFault<'_> {
    /// Returns the words behind the wrong text (see [`Fault::sentence`]).
    pub(crate) const fn sentence(&self) -> Sentence {
        match self {
            Self::Text(fault) => fault.sentence(),
            Self::Negative { .. } => Sentence::new("write ", "an amount of zero or more"),
            Self::Zero { per: AnyQuantity::Volume(_) } => {
                Sentence::new("write ", "a quantity above zero, such as 1 MB")
            }
            Self::Zero { per: AnyQuantity::Rate(_) } => {
                Sentence::new("write ", "a quantity above zero, such as 1 Mbps")
            }
            Self::TooLong { .. } => Sentence::new("expected at most ", DataVolume::MAX_TEXT),
        }
    }
}

impl From<PriceFault<'_>> for Error {
    fn from(fault: PriceFault<'_>) -> Self {
        match fault {
            PriceFault::Text(fault) => fault.into(),
            PriceFault::Negative { amount } => {
                PriceError::NegativeAmount { what: "a price", amount }.into()
            }
            PriceFault::Zero { per } => {
                let what = "the quantity of a price";
                PriceError::ZeroQuantity { what, quantity: per }.into()
            }
            PriceFault::TooLong { rate, time } => TextError::TooLarge {
                text: format!("{rate} for {time:?}"),
                what: "data volume",
                max: DataVolume::MAX_TEXT.to_owned(),
            }
            .into(),
        }
    }
}

impl VolumePrice {
    /// Reads the whole text.
    pub(crate) const fn read(text: &str) -> Result<Self, PriceFault<'_>> {
        let mut scanner = Scanner::new(text);
        let amount = attempt!(amount_per(&mut scanner, VOLUME_FORM), PriceFault::Text);
        if let Some((time, mut rest)) = time_first(&scanner) {
            let rate = attempt!(DataRate::scan(&mut rest, UnitAlone::IsOne), PriceFault::Text);
            attempt!(rest.finish(VOLUME_FORM), PriceFault::Text);
            return per_rate_and_time(amount, rate, time);
        }
        let mut ahead = scanner;
        match DataRate::scan(&mut ahead, UnitAlone::IsOne) {
            Ok(rate) => {
                if !ahead.skip(" for ") {
                    let missing = ahead.missing("` for ` and a time", VOLUME_FORM);
                    return Err(PriceFault::Text(missing));
                }
                let time = attempt!(scan_time_in(&mut ahead, UnitAlone::Refused), PriceFault::Text);
                attempt!(ahead.finish(VOLUME_FORM), PriceFault::Text);
                per_rate_and_time(amount, rate, time)
            }
            Err(of_rate) => {
                // With a time behind it, a rate was meant, and its error is the one that helps.
                let with_time = find(scanner.rest(), b" for ").is_some();
                let (per, unit) = match DataVolume::scan(&mut scanner, UnitAlone::IsOne) {
                    Ok(volume) => volume,
                    Err(_) if with_time => return Err(PriceFault::Text(of_rate)),
                    Err(fault) => return Err(PriceFault::Text(fault)),
                };
                attempt!(scanner.finish(VOLUME_FORM), PriceFault::Text);
                per_volume(amount, per, Written::Volume(unit))
            }
        }
    }
}

impl FromStr for VolumePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::read(text)?)
    }
}

impl RatePrice {
    /// Reads the whole text.
    pub(crate) const fn read(text: &str) -> Result<Self, PriceFault<'_>> {
        let mut scanner = Scanner::new(text);
        let amount = attempt!(amount_per(&mut scanner, RATE_FORM), PriceFault::Text);
        // A rate is priced by the billing period, which a month is.
        if let [rest @ .., b' ', b'p', b'e', b'r', b' ', b'm', b'o', b'n', b't', b'h']
        | [rest @ .., b'/', b'm', b'o', b'n', b't', b'h'] = scanner.rest()
        {
            scanner = scanner.only(rest.len());
        }
        let (per, unit) =
            attempt!(DataRate::scan(&mut scanner, UnitAlone::IsOne), PriceFault::Text);
        attempt!(scanner.finish(RATE_FORM), PriceFault::Text);
        if amount.is_negative() {
            return Err(PriceFault::Negative { amount });
        }
        if per.is_zero() {
            return Err(PriceFault::Zero { per: AnyQuantity::Rate(per) });
        }
        Ok(Self::of(amount, per, per.as_bps() as u128).written(Written::Rate(unit)))
    }
}

impl FromStr for RatePrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::read(text)?)
    }
}

/// Reads an amount and ` per `, or `/`.
const fn amount_per<'a>(scanner: &mut Scanner<'a>, form: &'static str) -> Result<Money, Fault<'a>> {
    if let [b'$', ..] = scanner.rest() {
        return Err(scanner.unexpected(
            "a code after the amount, such as 1 USD/MB, because `$` is several currencies",
        ));
    }
    let amount = attempt!(Money::scan(scanner));
    if scanner.skip(" per ") || scanner.skip("/") {
        Ok(amount)
    } else {
        Err(scanner.missing("` per `", form))
    }
}

/// Reads a time before a rate: `min per Tbps`, `min/Tbps`.
const fn time_first<'a>(scanner: &Scanner<'a>) -> Option<((Duration, TimeUnit), Scanner<'a>)> {
    let mut scanner = *scanner;
    let end = match (find(scanner.rest(), b" per "), find(scanner.rest(), b"/")) {
        (Some(per), Some(line)) if per < line => per,
        (_, Some(line)) => line,
        (Some(per), None) => per,
        (None, None) => return None,
    };
    let mut ahead = scanner.only(end);
    let Ok(time) = scan_time_in(&mut ahead, UnitAlone::IsOne) else { return None };
    let Ok(()) = ahead.finish(VOLUME_FORM) else { return None };
    scanner.take(end);
    if scanner.skip(" per ") || scanner.skip("/") { Some((time, scanner)) } else { None }
}

/// Creates the price of a volume.
const fn per_volume<'a>(
    amount: Money,
    per: DataVolume,
    written: Written,
) -> Result<VolumePrice, PriceFault<'a>> {
    if amount.is_negative() {
        return Err(PriceFault::Negative { amount });
    }
    if per.is_zero() {
        return Err(PriceFault::Zero { per: AnyQuantity::Volume(per) });
    }
    Ok(VolumePrice::of(amount, per, per.as_nanobits()).written(written))
}

/// Creates the price of a rate for a time, each with the unit in which it was read.
const fn per_rate_and_time<'a>(
    amount: Money,
    (rate, rate_in): (DataRate, RateIn),
    (time, time_in): (Duration, TimeUnit),
) -> Result<VolumePrice, PriceFault<'a>> {
    let Some(per) = rate.checked_mul(time) else {
        return Err(PriceFault::TooLong { rate, time });
    };
    let written = Written::RateTime { rate, rate_in: Some(rate_in), time, time_in: Some(time_in) };
    per_volume(amount, per, written)
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
