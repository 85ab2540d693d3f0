//! Digits, eight at a time.
//!
//! Eight bytes are one number of 64 bits, so that one operation is on all of them: the first byte is
//! the lowest.
#![expect(clippy::arithmetic_side_effects, reason = "19 digits fit 64 bits, and two fit a byte")]

const ZEROS: u64 = u64::from_le_bytes(*b"00000000");

/// Reads at most 19 digits, or returns `None` for any other text.
#[inline]
pub(super) fn digits(text: &[u8]) -> Option<u64> {
    match text.len() {
        1..8 => few(text),
        8 => eight(0, text.first_chunk()?),
        9..17 => {
            // The last eight bytes overlap the first eight; only what comes after those is taken.
            let after = text.len() - 8;
            let first = eight(0, text.first_chunk()?)?;
            let last = eight(8 * (8 - after), text.last_chunk()?)?;
            Some(first * POWERS.get(after)? + last)
        }
        17..20 => {
            let (front, last) = text.split_last_chunk::<16>()?;
            let (middle, last) = last.split_at(8);
            let middle = eight(0, middle.first_chunk()?)?;
            let last = eight(0, last.first_chunk()?)?;
            Some(few(front)? * POWERS.get(8)? * POWERS.get(8)? + middle * POWERS.get(8)? + last)
        }
        _ => None,
    }
}

const POWERS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Reads fewer than eight digits one by one.
#[inline]
fn few(text: &[u8]) -> Option<u64> {
    let mut number = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    Some(number)
}

/// Reads eight digits of which the first are taken as zeros: as many as have `skipped` bits.
#[inline]
fn eight(skipped: usize, text: &[u8; 8]) -> Option<u64> {
    let digits = values(*text)?;
    let digits = digits >> skipped << skipped;
    // Two digits a byte, four in two bytes, eight in four: each is ten times its left and its right.
    let pairs = digits.wrapping_mul(10) + (digits >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = (pairs >> 16 & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    Some(low.wrapping_add(high) >> 32)
}

/// Returns the values of eight digits, a byte each.
#[inline]
fn values(text: [u8; 8]) -> Option<u64> {
    let values = u64::from_le_bytes(text) ^ ZEROS;
    // A byte above 9 carries into its highest bit, or has it.
    let above = values.wrapping_add(0x7676_7676_7676_7676) | values;
    (above & 0x8080_8080_8080_8080 == 0).then_some(values)
}

/// Reads the seconds of a time of day such as `23:59:59`, or returns `None` for any other text.
#[inline]
pub(super) fn clock(text: [u8; 8]) -> Option<i64> {
    const COLONS: u64 = u64::from_le_bytes(*b"00:00:00") ^ ZEROS;
    let values = values((u64::from_le_bytes(text) ^ COLONS).to_le_bytes())?;
    let are_colons = values & 0x0000_FF00_00FF_0000 == 0;
    let pairs = values * 10 + (values >> 8);
    let [hour, minute, second] = [pairs, pairs >> 24, pairs >> 48].map(|pair| pair & 0xFF);
    let is_time = are_colons && hour < 24 && minute < 60 && second < 60;
    is_time.then_some((hour * 3_600 + minute * 60 + second).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::{clock, digits};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_those_of_the_standard_library(text in "[0-9]{0,21}", at in 0_usize..21, byte: u8) {
            let whole = |text: &[u8]| {
                let is_number = text.len() < 20 && text.iter().all(u8::is_ascii_digit);
                str::from_utf8(text).ok()?.parse().ok().filter(|_| is_number)
            };
            let mut text = text.into_bytes();
            prop_assert_eq!(digits(&text), whole(&text));
            if let Some(place) = text.get_mut(at) {
                *place = byte;
            }
            prop_assert_eq!(digits(&text), whole(&text));
        }

        #[test]
        fn a_time_of_day_has_its_seconds(second in 0_i64..86_400, at in 0_usize..9, byte: u8) {
            let text = format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
            let mut text: [u8; 8] = text.into_bytes().try_into().unwrap_or_default();
            prop_assert_eq!(clock(text), Some(second));
            let naive = |text: &[u8; 8]| {
                let text = str::from_utf8(text).ok()?;
                let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
                let parts: Vec<i64> = text.split(':').map(|two| two.parse().ok()).collect::<Option<_>>()?;
                match parts[..] {
                    [h, m, s] if is_plain && h < 24 && m < 60 && s < 60 => Some(h * 3_600 + m * 60 + s),
                    _ => None,
                }
            };
            if let Some(place) = text.get_mut(at) {
                *place = byte;
            }
            let is_in_place = text.get(2) == Some(&b':') && text.get(5) == Some(&b':');
            prop_assert_eq!(clock(text), naive(&text).filter(|_| is_in_place));
        }
    }
}
