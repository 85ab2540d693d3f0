//! Writing a number with its unit: point, grouping, width and sign, the same for every type.

use core::fmt;

/// Writes `digits` with a decimal point before the last `places` of them, then `suffix`.
///
/// Width, fill, alignment and `+` act as on std's integers. The alternate form (`{:#}`) groups the
/// thousands by commas.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "there are more digits than places, once zeros stand before those that are too few"
)]
pub(crate) fn write_decimal(
    f: &mut fmt::Formatter<'_>,
    negative: bool,
    digits: &str,
    places: usize,
    suffix: &str,
) -> fmt::Result {
    let padded;
    let digits = if digits.len() <= places {
        padded = ["0".repeat(places - digits.len() + 1).as_str(), digits].concat();
        &padded
    } else {
        digits
    };
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let point = if fraction.is_empty() { "" } else { "." };
    let grouped = f.alternate().then(|| group(whole));
    let whole = grouped.as_deref().unwrap_or(whole);
    f.pad_integral(!negative, "", &[whole, point, fraction, suffix].concat())
}

/// Returns the digits in groups of three: `1234567` as `1,234,567`.
pub(crate) fn group(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().abs_diff(index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
