//! Days as they are written in files.

use super::TextError;
use crate::Error;
use jiff::civil::Date;

/// Reads a day as it is written in files, 2024-12-31, and in no other form.
pub(crate) fn read_date(text: &str) -> Result<Date, Error> {
    let in_digits = || {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i16, |number, digit| {
                let digit = digit.is_ascii_digit().then(|| i16::from(digit & 15))?;
                number.checked_mul(10)?.checked_add(digit)
            })
        };
        let (month, day) = (number(&[e, f])?, number(&[g, h])?);
        Date::new(number(&[a, b, c, d])?, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    let far = || text.parse().ok().filter(|date: &Date| date.to_string() == text);
    in_digits().or_else(far).ok_or_else(|| TextError::not_a_date(text).into())
}
