//! Reading text: a scanner that knows where it is, and numbers that are never rounded.

use crate::{Error, text::TextError};

/// Whether a number may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Refused,
    Minus,
}

/// A number as it was written: ASCII digits only, the whole part not empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number<'a> {
    pub(crate) negative: bool,
    pub(crate) whole: &'a str,
    /// The digits after the point, without trailing zeros.
    pub(crate) fraction: &'a str,
    /// The number of digits after the point, trailing zeros included.
    pub(crate) places: usize,
}

/// The reason why a number is not a whole count of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    TooLarge,
    TooPrecise,
}

/// A text, and the position up to which it has been read.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, rest: text }
    }

    /// Returns the position: the byte that is read next.
    pub(crate) fn at(&self) -> usize {
        self.text.len().abs_diff(self.rest.len())
    }

    /// Returns the text that is still to be read.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Returns the text read since `start`, which must be an earlier position.
    #[expect(clippy::expect_used, reason = "a scanner only moves forward, by whole characters")]
    pub(crate) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at()).expect("an earlier position of this scanner")
    }

    /// Returns a scanner of the next `bytes` bytes, which must be whole characters of the rest. Its
    /// positions are those of the whole text.
    #[expect(clippy::expect_used, clippy::arithmetic_side_effects, reason = "callers found an end")]
    pub(crate) fn only(&self, bytes: usize) -> Self {
        let text = self.text.get(..self.at() + bytes).expect("an end within the text");
        let (rest, _) = self.rest.split_at(bytes);
        Self { text, rest }
    }

    /// Reads `bytes` bytes, which must be whole characters of the rest.
    #[inline]
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Reads a word that is not empty, up to the next white space.
    #[inline]
    pub(crate) fn word(
        &mut self,
        what: &'static str,
        expected: &'static str,
    ) -> Result<&'a str, Error> {
        match self.token() {
            "" if self.rest.is_empty() => {
                Err(TextError::Missing { what, at: self.at(), expected }.into())
            }
            "" => Err(self.unexpected(expected)),
            word => Ok(word),
        }
    }

    /// Reads a word of letters and digits that is not empty.
    pub(crate) fn letters(
        &mut self,
        what: &'static str,
        expected: &'static str,
    ) -> Result<&'a str, Error> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest.len());
        match self.take(end) {
            "" if self.rest.is_empty() => {
                Err(TextError::Missing { what, at: self.at(), expected }.into())
            }
            "" => Err(self.unexpected(expected)),
            word => Ok(word),
        }
    }

    #[inline]
    fn token(&mut self) -> &'a str {
        // Mostly the word is the whole rest, and ASCII: that is seen without decoding it.
        let end = if self.rest.bytes().all(|byte| byte.is_ascii_graphic()) {
            None
        } else {
            self.rest.find(char::is_whitespace)
        };
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// Reads one space, if there is one.
    pub(crate) fn space(&mut self) {
        self.skip(" ");
    }

    /// Reads `literal`, if it is next.
    #[inline]
    pub(crate) fn skip(&mut self, literal: &str) -> bool {
        let behind = self.rest.strip_prefix(literal);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// Reads the name of one of `all`, and returns that one.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        what: &'static str,
        all: impl IntoIterator<Item = T>,
        name: fn(T) -> &'static str,
        expected: &'static str,
    ) -> Result<T, Error> {
        let found = all.into_iter().find(|&one| self.skip(name(one)));
        found.ok_or_else(|| self.missing(what, expected))
    }

    /// Checks that the text is read to its end.
    #[inline]
    pub(crate) fn finish(&self, expected: &'static str) -> Result<(), Error> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(self.unexpected_behind_space(expected))
    }

    /// Returns the error for the text that is next, without a space before it.
    fn unexpected_behind_space(&self, expected: &'static str) -> Error {
        let mut ahead = self.clone();
        ahead.space();
        if ahead.rest().is_empty() { self.unexpected(expected) } else { ahead.unexpected(expected) }
    }

    /// Returns the error for the text that is next: its first word, or the white space before it.
    pub(crate) fn unexpected(&self, expected: &'static str) -> Error {
        let found = match self.clone().token() {
            "" => self.rest.chars().take_while(|c| c.is_whitespace()).collect(),
            token => token.to_owned(),
        };
        Error::from(TextError::Unexpected { found: clip(&found), at: self.at(), expected })
    }

    /// Returns the error where `what` has to follow: it is missing, or something else stands there.
    pub(crate) fn missing(&self, what: &'static str, expected: &'static str) -> Error {
        if self.rest.is_empty() {
            return Error::from(TextError::Missing { what, at: self.at(), expected });
        }
        self.unexpected_behind_space(expected)
    }

    /// Reads a number: digits, a point and digits if there is one. `expected` describes the number
    /// for the error of an empty text or another beginning.
    #[inline]
    pub(crate) fn number(
        &mut self,
        sign: Sign,
        expected: &'static str,
    ) -> Result<Number<'a>, Error> {
        let negative = sign == Sign::Minus && self.skip("-");
        let whole = self.digits();
        if whole.is_empty() {
            return Err(self.not_a_number(sign, expected));
        }
        let mut fraction = "";
        if self.rest.starts_with('.') {
            let rest = self.rest;
            self.take(1);
            fraction = self.digits();
            if fraction.is_empty() {
                return Err(Self { rest, ..*self }.unexpected("a digit after the point"));
            }
        }
        if let Some(expected) = self.goes_on() {
            return Err(self.unexpected(expected));
        }
        let places = fraction.len();
        Ok(Number { negative, whole, fraction: fraction.trim_end_matches(['0']), places })
    }

    #[inline]
    fn digits(&mut self) -> &'a str {
        self.take(self.rest.bytes().take_while(u8::is_ascii_digit).count())
    }

    /// Returns the expected text where a number goes on with a separator, an exponent or other
    /// digits.
    #[inline]
    fn goes_on(&self) -> Option<&'static str> {
        let mut rest = self.rest.chars();
        match rest.next()? {
            ',' | '_' | '.' | '\'' => {
                Some("the digits without separators, and one point before the decimals")
            }
            'e' | 'E' if rest.next().is_some_and(|c| matches!(c, '0'..='9' | '+' | '-')) => {
                Some("all the digits, without an exponent")
            }
            c if !c.is_ascii() && c.is_numeric() => Some("the digits 0 to 9"),
            _ => None,
        }
    }

    /// Returns the error where a number does not begin with a digit.
    fn not_a_number(&self, sign: Sign, expected: &'static str) -> Error {
        let expected = match self.rest.chars().next() {
            None => return self.missing("number", expected),
            Some('+') => "the number without a sign",
            Some('-' | '\u{2212}') if sign == Sign::Refused => "the number without a sign",
            Some('-' | '\u{2212}') => "one `-` and then the digits",
            Some('.') => "a digit before the point",
            Some(c) if !c.is_ascii() && c.is_numeric() => "the digits 0 to 9",
            Some(_) => expected,
        };
        self.unexpected(expected)
    }
}

impl Number<'_> {
    pub(crate) const ONE: Self = Self { negative: false, whole: "1", fraction: "", places: 0 };

    /// Returns the number × `unit`, if that is a whole number below 2¹²⁸.
    ///
    /// `unit` must be at most 3·10²⁸, so that ten digits of it fit.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "ten digits × unit, plus a part of unit, is below 2^128; the divisors are powers \
                  of ten"
    )]
    #[inline]
    pub(crate) fn times(&self, unit: u128) -> Result<u128, Misfit> {
        let whole = digits_to_u128(self.whole)
            .and_then(|whole| whole.checked_mul(unit))
            .ok_or(Misfit::TooLarge)?;
        if self.fraction.is_empty() {
            return Ok(whole);
        }
        // Horner's rule from the last digit up, ten digits at a time. Where the whole product is
        // an integer, so is every step of it: each is that product modulo a power of ten.
        let mut part = 0;
        for digits in self.fraction.as_bytes().rchunks(10) {
            let chunk = digits.iter().fold(0, |n, d| n * 10 + u64::from(d - b'0'));
            let base = digits.iter().fold(1_u64, |base, _| base * 10);
            let product = part + u128::from(chunk) * unit;
            part = product / u128::from(base);
            if part * u128::from(base) != product {
                return Err(Misfit::TooPrecise);
            }
        }
        whole.checked_add(part).ok_or(Misfit::TooLarge)
    }
}

/// Returns the value of ASCII digits, or `None` from 2¹²⁸ on.
#[inline]
pub(crate) fn digits_to_u128(digits: &str) -> Option<u128> {
    if digits.len() <= 19 {
        return digits.parse::<u64>().ok().map(u128::from); // several times faster than 128 bits
    }
    digits.parse().ok()
}

/// Lists names to choose from: `a`, `b` or `c`.
pub(crate) fn choices(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Returns a text to quote in an error: at most 40 characters of it, and `…` if there are more.
pub(crate) fn clip(text: &str) -> String {
    const MOST: usize = 40;
    let mut rest = text.chars();
    let mut quoted: String = rest.by_ref().take(MOST).collect();
    if !rest.as_str().is_empty() {
        quoted.push('…');
    }
    quoted
}
