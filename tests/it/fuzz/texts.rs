//! Any text as any value: what is read is written, and read back as the same; what is not is refused
//! with a short sentence.

use bandwidth_cost::{
    AnyPrice, AnyQuantity, Cost, CounterWidth, Currency, DataRate, DataVolume, Direction, Error,
    ExchangeRate, GapPolicy, Money, Percentile, PercentileRule, RatePrice, RateUnit, Ratio, Share,
    VolumePrice, VolumeUnit, usage::Window,
};
use core::{fmt, str::FromStr};

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    reads_back::<AnyPrice>(&text);
    reads_back::<AnyQuantity>(&text);
    reads_back::<Cost>(&text);
    reads_back::<CounterWidth>(&text);
    reads_back::<Currency>(&text);
    reads_back::<DataRate>(&text);
    reads_back::<DataVolume>(&text);
    reads_back::<Direction>(&text);
    reads_back::<ExchangeRate>(&text);
    reads_back::<GapPolicy>(&text);
    reads_back::<Money>(&text);
    reads_back::<Percentile>(&text);
    reads_back::<PercentileRule>(&text);
    reads_back::<RatePrice>(&text);
    reads_back::<RateUnit>(&text);
    reads_back::<Ratio>(&text);
    reads_back::<Share>(&text);
    reads_back::<VolumePrice>(&text);
    reads_back::<VolumeUnit>(&text);
    reads_back::<Window>(&text);
    in_units(&text);
}

fn reads_back<T>(text: &str)
where
    T: FromStr<Err = Error> + fmt::Display + fmt::Debug + PartialEq,
{
    let value = match text.parse::<T>() {
        Ok(value) => value,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.is_empty() && message.len() < 1_000, "{message}");
            return;
        }
    };
    let written = value.to_string();
    assert_eq!(written.parse().as_ref(), Ok(&value), "`{text}` was written as `{written}`");
    // Written with a precision, a width and as debug text, it is a text too.
    let _ = (format!("{value:.2}"), format!("{value:>40.20}"), format!("{value:#?}"));
}

/// A quantity in each unit is the same quantity.
fn in_units(text: &str) {
    if let Ok(volume) = text.parse::<DataVolume>() {
        use VolumeUnit::{Bit, Byte, Exabyte, Gibibyte, Kilobyte, Mebibyte, Petabyte};
        for unit in [Bit, Byte, Kilobyte, Mebibyte, Gibibyte, Petabyte, Exabyte] {
            let written = volume.display_in(unit).to_string();
            assert_eq!(written.parse(), Ok(volume), "{written}");
        }
    }
    if let Ok(rate) = text.parse::<DataRate>() {
        for unit in [RateUnit::Bps, RateUnit::Kbps, RateUnit::Mbps, RateUnit::Pbps] {
            let written = rate.display_in(unit).to_string();
            assert_eq!(written.parse(), Ok(rate), "{written}");
        }
    }
}
