//! [`CsvUnit`]: what the numbers of a file count, and how they are written.

use super::digits::digits;
use crate::{
    Error,
    number::scaled,
    quantity::{DataRate, DataVolume, VolumeUnit},
    text::{TextError, clip},
};
use core::{num::NonZeroU128, str::FromStr, time::Duration};
use dashu_int::UBig;

/// The unit of the values in a CSV file.
///
/// A volume is that of the whole slot, and a rate is the mean over the slot. See
/// [`CsvLayout`](crate::CsvLayout) for examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CsvUnit {
    /// A number of bits.
    Bits,
    /// A number of bytes.
    Bytes,
    /// A volume with its unit: `3 GB`.
    Volume,
    /// A number of bits per second.
    Bps,
    /// A number of bytes per second.
    BytesPerSecond,
    /// A rate with its unit: `80 Mbps`.
    Rate,
}

/// A value as it was read, whose volume may depend on the length of its slot.
#[derive(Debug)]
pub(super) enum Value {
    Volume(DataVolume),
    /// A number of units a second: its digits, the power of ten that they are multiplied by, and the
    /// bits of one unit.
    PerSecond {
        digits: UBig,
        exponent: i64,
        bits: u64,
    },
    Rate(DataRate),
}

/// The form of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberForm {
    pub(super) decimal_comma: bool,
    pub(super) thousands: Option<u8>,
}

/// The largest power of ten that a number is read with: no volume is as large or as small.
const MOST: i64 = 400;

impl CsvUnit {
    pub(super) const fn is_rate(self) -> bool {
        matches!(self, Self::Bps | Self::BytesPerSecond | Self::Rate)
    }

    /// Returns the billionths of a bit that one unit is in a slot, or `None` if it has no number or each
    /// cell names it.
    pub(super) fn in_slot(self, interval: Duration) -> Option<NonZeroU128> {
        let nanobits = match self {
            Self::Bits => VolumeUnit::Bit.size(),
            Self::Bytes => VolumeUnit::Byte.size(),
            Self::Bps => interval.as_nanos(),
            Self::BytesPerSecond => interval.as_nanos().checked_mul(8)?,
            Self::Volume | Self::Rate => return None,
        };
        NonZeroU128::new(nanobits)
    }

    /// Returns the value that a cell holds.
    pub(super) fn read(self, text: &str, form: NumberForm) -> Result<Value, Error> {
        let plain = || digits(text.as_bytes());
        match self {
            Self::Volume => text.parse().map(Value::Volume).or_else(|error| {
                let Some((number, unit)) = with_unit::<DataVolume>(text) else {
                    return Err(form.without_unit(text, "a unit such as MB, GiB or Mbit", error));
                };
                let (digits, exponent) = form.read(number)?;
                volume(&digits, exponent, unit.as_nanobits(), text).map(Value::Volume)
            }),
            Self::Rate => text.parse().map(Value::Rate).or_else(|error| {
                let Some((number, unit)) = with_unit::<DataRate>(text) else {
                    return Err(form.without_unit(
                        text,
                        "a unit such as Mbps, Mbit/s or MB/s",
                        error,
                    ));
                };
                let (digits, exponent) = form.read(number)?;
                Ok(Value::PerSecond { digits, exponent, bits: unit.as_bps() })
            }),
            Self::Bits | Self::Bytes => {
                let unit = if self == Self::Bits { VolumeUnit::Bit } else { VolumeUnit::Byte };
                if let Some(count) = plain() {
                    return Ok(Value::Volume(DataVolume::from_nanobits(
                        u128::from(count).saturating_mul(unit.size()),
                    )));
                }
                let (digits, exponent) = form.read(text)?;
                volume(&digits, exponent, unit.size(), text).map(Value::Volume)
            }
            Self::Bps | Self::BytesPerSecond => {
                let bits = if self == Self::Bps { 1 } else { 8 };
                if let Some(rate) = plain().and_then(|count| count.checked_mul(bits)) {
                    return Ok(Value::Rate(DataRate::from_bps(rate)));
                }
                let (digits, exponent) = form.read(text)?;
                Ok(Value::PerSecond { digits, exponent, bits })
            }
        }
    }
}

impl NumberForm {
    /// Returns the error for a number alone where a unit is expected, or else `error`.
    fn without_unit(self, text: &str, expected: &'static str, error: Error) -> Error {
        match self.read(text) {
            Ok(_) => TextError::Missing { what: "unit", at: text.len(), expected }.into(),
            Err(_) => error,
        }
    }

    /// Reads a whole number, such as the reading of a counter, which may have an exponent.
    pub(super) fn whole(self, text: &str) -> Result<u64, Error> {
        let refused = || {
            let expected = "a counter's reading in octets, a whole number of 64 bits";
            Error::from(TextError::Unexpected { found: clip(text), at: 0, expected })
        };
        if let Some(count) = digits(text.as_bytes()) {
            return Ok(count);
        }
        let (digits, exponent) = self.read(text)?;
        let octet = volume(&digits, exponent, VolumeUnit::Byte.size(), text)?.as_nanobits();
        let is_whole = octet.is_multiple_of(VolumeUnit::Byte.size());
        let count = octet.checked_div(VolumeUnit::Byte.size()).filter(|_| is_whole);
        count.and_then(|count| u64::try_from(count).ok()).ok_or_else(refused)
    }
}

impl Value {
    /// Returns the volume of a slot of the given length.
    pub(super) fn in_slot(&self, interval: Duration, text: &str) -> Result<DataVolume, Error> {
        match self {
            Self::Volume(volume) => Ok(*volume),
            Self::Rate(rate) => rate.checked_mul(interval).ok_or_else(|| too_large(text)),
            Self::PerSecond { digits, exponent, bits } => {
                let unit = u128::from(*bits).checked_mul(interval.as_nanos());
                volume(digits, *exponent, unit.ok_or_else(|| too_large(text))?, text)
            }
        }
    }
}

/// Returns `digits` × 10^`exponent` × `unit` billionths of a bit, rounded half to even.
fn volume(digits: &UBig, exponent: i64, unit: u128, text: &str) -> Result<DataVolume, Error> {
    let power =
        |exponent: u64| usize::try_from(exponent).map(|places| UBig::from(10_u8).pow(places));
    let Ok(power) = power(exponent.unsigned_abs()) else { return Err(too_large(text)) };
    let (count, parts) =
        if exponent < 0 { (digits.clone(), power) } else { (digits * power, UBig::ONE) };
    let small = (u128::try_from(&count), u128::try_from(&parts));
    let nanobits = match small {
        (Ok(count), Ok(parts)) => scaled(count, unit, parts),
        _ => crate::number::round_wide(count * UBig::from(unit), &parts),
    };
    nanobits.map(DataVolume::from_nanobits).ok_or_else(|| too_large(text))
}

/// Splits a number from its unit, of which one is returned, or returns `None` if it has none.
fn with_unit<Q: FromStr>(text: &str) -> Option<(&str, Q)> {
    // From the end, because a number may have an exponent.
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '/');
    let unit = text.strip_prefix(number).filter(|unit| !unit.is_empty())?;
    Some((number.trim_end(), format!("1 {unit}").parse().ok()?))
}

fn too_large(text: &str) -> Error {
    let (text, max) = (clip(text), DataVolume::MAX.to_string());
    TextError::TooLarge { text, what: "data volume", max }.into()
}

impl NumberForm {
    /// Reads a decimal of at most 19 digits without an allocation, or returns `None` for any other text.
    fn read_short(self, text: &str) -> Option<(UBig, i64)> {
        let split = |text, separator| match memchr::memchr(separator, text) {
            Some(place) => {
                let (before, after) = text.split_at(place);
                Some((before, after.split_first()?.1))
            }
            None => Some((text, &[][..])),
        };
        let exponent_mark = if text.contains('E') { b'E' } else { b'e' };
        let (mantissa, exponent) = split(text.as_bytes(), exponent_mark)?;
        let (whole, fraction) = split(mantissa, if self.decimal_comma { b',' } else { b'.' })?;
        let exponent = match exponent {
            [] if mantissa.len() == text.len() => 0,
            [b'-', exponent @ ..] => i64::try_from(digits(exponent)?).ok()?.checked_neg()?,
            [b'+', exponent @ ..] | exponent => i64::try_from(digits(exponent)?).ok()?,
        };
        let places = u32::try_from(fraction.len()).ok()?;
        let of_fraction = if fraction.is_empty() { 0 } else { digits(fraction)? };
        let shifted = digits(whole)?.checked_mul(10_u64.checked_pow(places)?)?;
        let number = shifted.checked_add(of_fraction)?;
        let exponent = exponent.checked_sub(i64::from(places))?;
        if number == 0 {
            return Some((UBig::ZERO, 0));
        }
        (-MOST..=MOST).contains(&exponent).then(|| (UBig::from(number), exponent))
    }

    /// Reads a decimal, with an exponent or without: its digits and the power of ten.
    fn read(self, text: &str) -> Result<(UBig, i64), Error> {
        if let Some(read) = self.read_short(text) {
            return Ok(read);
        }
        let refused = |expected: &'static str| {
            Error::from(TextError::Unexpected { found: clip(text), at: 0, expected })
        };
        const FORM: &str = "a number such as 3562279127 or 1.5e+08, without a sign";
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                let exponent = exponent.strip_prefix('+').unwrap_or(exponent).parse::<i64>();
                let exponent = exponent.ok().filter(|_| is_number).ok_or_else(|| refused(FORM))?;
                (mantissa, exponent)
            }
            None => (text, 0),
        };
        let point = if self.decimal_comma { ',' } else { '.' };
        let (whole, fraction) = mantissa.split_once(point).unwrap_or((mantissa, ""));
        let mut digits = String::with_capacity(mantissa.len());
        match self.thousands.map(char::from) {
            Some(separator) if whole.contains(separator) => {
                let mut groups = whole.split(separator);
                let first = groups.next().unwrap_or_default();
                let are_whole = groups.clone().all(|group| group.len() == 3);
                if first.is_empty() || first.len() > 3 || !are_whole {
                    return Err(refused("groups of three digits between the separators"));
                }
                digits.push_str(first);
                digits.extend(groups);
            }
            _ => digits.push_str(whole),
        }
        if digits.is_empty() {
            return Err(refused(FORM));
        }
        digits.push_str(fraction);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let has = |c| digits.contains(c);
            return Err(refused(if has(',') && !self.decimal_comma {
                "a number without `,`: call decimal_comma() or thousands(b',') if that is how the \
                 file writes numbers"
            } else if has('.') && self.decimal_comma {
                "a number without `.`: call thousands(b'.') if that is how the file writes numbers"
            } else {
                FORM
            }));
        }
        let places = i64::try_from(fraction.len()).map_err(|_| refused(FORM))?;
        let exponent = exponent.saturating_sub(places);
        let number = UBig::from_str_radix(&digits, 10).map_err(|_| refused(FORM))?;
        if number.is_zero() {
            return Ok((number, 0));
        }
        if !(-MOST..=MOST).contains(&exponent) || digits.len() > 400 {
            return Err(refused("a number that a data volume holds"));
        }
        Ok((number, exponent))
    }
}
