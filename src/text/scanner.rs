//! Reading text: a scanner that knows where it is, and numbers that are never rounded.
//!
//! All but [`Scanner::one_of`] is `const`, because the compiler reads literals by the same functions:
//! so the code is of slices and loops, without iterators and closures.

use super::{Fault, FaultKind};
use crate::Error;

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
    pub(crate) whole: &'a [u8],
    /// The digits after the point, without trailing zeros.
    pub(crate) fraction: &'a [u8],
    /// How many digits stood after the point, trailing zeros among them.
    pub(crate) places: usize,
}

/// Why a number is not a whole count of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    TooLarge,
    TooPrecise,
}

/// A text and how far it has been read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    /// The end of the text, from a whole character on.
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    #[inline]
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, rest: text.as_bytes() }
    }

    /// Returns the position: the byte that is read next.
    #[inline]
    pub(crate) const fn at(&self) -> usize {
        self.text.len().abs_diff(self.rest.len())
    }

    /// Returns the text, read or not.
    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the bytes that are still to be read.
    #[inline]
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Returns the text read since `start`, which must be an earlier position.
    pub(crate) const fn since(&self, start: usize) -> &'a str {
        let (before, _) = self.text.split_at(self.at());
        before.split_at(start).1
    }

    /// Returns a scanner of the next `bytes` bytes, which must be whole characters of the rest. Its
    /// positions are those of the whole text.
    #[expect(clippy::arithmetic_side_effects, reason = "callers found an end")]
    pub(crate) const fn only(&self, bytes: usize) -> Self {
        let (text, _) = self.text.split_at(self.at() + bytes);
        let (rest, _) = self.rest.split_at(bytes);
        Self { text, rest }
    }

    /// Reads `bytes` bytes, which must be whole characters of the rest.
    #[inline]
    pub(crate) const fn take(&mut self, bytes: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Reads the rest.
    pub(crate) const fn all(&mut self) -> &'a [u8] {
        self.take(self.rest.len())
    }

    /// Reads a word that is not empty, up to the next white space.
    #[inline(always)]
    pub(crate) const fn word(
        &mut self,
        what: &'static str,
        expected: &'static str,
    ) -> Result<&'a [u8], Fault<'a>> {
        match self.take(word_length(self.rest)) {
            [] => Err(self.absent(what, expected)),
            word => Ok(word),
        }
    }

    /// Reads a word of letters and digits that is not empty.
    pub(crate) const fn letters(
        &mut self,
        what: &'static str,
        expected: &'static str,
    ) -> Result<&'a [u8], Fault<'a>> {
        let mut behind = self.rest;
        while let Some((letter, rest)) = next_char(behind) {
            if !is_alphanumeric(letter) {
                break;
            }
            behind = rest;
        }
        match self.take(self.rest.len().abs_diff(behind.len())) {
            [] => Err(self.absent(what, expected)),
            word => Ok(word),
        }
    }

    /// Returns the fault where a word has to begin and none does.
    const fn absent(&self, what: &'static str, expected: &'static str) -> Fault<'a> {
        if self.rest.is_empty() { self.missing(what, expected) } else { self.unexpected(expected) }
    }

    /// Reads one space, if there is one.
    #[inline]
    pub(crate) const fn space(&mut self) {
        if let [b' ', behind @ ..] = self.rest {
            self.rest = behind;
        }
    }

    /// Reads `literal`, if it is next.
    #[inline]
    pub(crate) const fn skip(&mut self, literal: &str) -> bool {
        match strip(self.rest, literal.as_bytes()) {
            Some(behind) => {
                self.rest = behind;
                true
            }
            None => false,
        }
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
        found.ok_or_else(|| self.missing(what, expected).into())
    }

    /// Checks that the text is read to its end.
    #[inline]
    pub(crate) const fn finish(&self, expected: &'static str) -> Result<(), Fault<'a>> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(self.unexpected_behind_space(expected))
    }

    /// Returns the fault of the text that is next, without a space before it.
    const fn unexpected_behind_space(&self, expected: &'static str) -> Fault<'a> {
        let mut ahead = *self;
        ahead.space();
        if ahead.rest.is_empty() { self.unexpected(expected) } else { ahead.unexpected(expected) }
    }

    /// Returns the fault of the text that is next: its first word, or the white space before it.
    #[cold]
    pub(crate) const fn unexpected(&self, expected: &'static str) -> Fault<'a> {
        let mut ahead = *self;
        ahead.rest = ahead.rest.split_at(word_length(self.rest)).1;
        if ahead.rest.len() == self.rest.len() {
            while let Some((space, behind)) = next_char(ahead.rest) {
                if !space.is_whitespace() {
                    break;
                }
                ahead.rest = behind;
            }
        }
        Fault::since(self.at(), &ahead, FaultKind::Unexpected, expected)
    }

    /// Returns the fault where `what` has to follow: it is missing, or something else stands there.
    #[cold]
    pub(crate) const fn missing(&self, what: &'static str, expected: &'static str) -> Fault<'a> {
        if self.rest.is_empty() {
            return Fault::since(self.at(), self, FaultKind::Missing { what }, expected);
        }
        self.unexpected_behind_space(expected)
    }

    /// Reads a number: digits, a point and digits if there is one. `expected` is what an empty text
    /// or another beginning lacks.
    #[inline(always)]
    pub(crate) const fn number(
        &mut self,
        sign: Sign,
        expected: &'static str,
    ) -> Result<Number<'a>, Fault<'a>> {
        let negative = matches!(sign, Sign::Minus) && self.skip("-");
        let whole = self.digits();
        if whole.is_empty() {
            return Err(self.not_a_number(sign, expected));
        }
        let mut fraction: &[u8] = &[];
        if let [b'.', behind @ ..] = self.rest {
            let point = *self;
            self.rest = behind;
            fraction = self.digits();
            if fraction.is_empty() {
                return Err(point.unexpected("a digit after the point"));
            }
        }
        if let Some(expected) = self.goes_on() {
            return Err(self.unexpected(expected));
        }
        let places = fraction.len();
        while let [before @ .., b'0'] = fraction {
            fraction = before;
        }
        Ok(Number { negative, whole, fraction, places })
    }

    #[inline(always)]
    const fn digits(&mut self) -> &'a [u8] {
        let mut behind = self.rest;
        while let [b'0'..=b'9', rest @ ..] = behind {
            behind = rest;
        }
        self.take(self.rest.len().abs_diff(behind.len()))
    }

    /// Returns what is expected instead where a number goes on with a separator, an exponent or
    /// other digits.
    #[inline(always)]
    const fn goes_on(&self) -> Option<&'static str> {
        match self.rest {
            [b',' | b'_' | b'.' | b'\'', ..] => {
                Some("the digits without separators, and one point before the decimals")
            }
            [b'e' | b'E', b'0'..=b'9' | b'+' | b'-', ..] => {
                Some("all the digits, without an exponent")
            }
            [byte, ..] if !byte.is_ascii() && begins_with_other_digit(self.rest) => {
                Some("the digits 0 to 9")
            }
            _ => None,
        }
    }

    /// Returns the fault where a number does not begin with a digit.
    #[cold]
    const fn not_a_number(&self, sign: Sign, expected: &'static str) -> Fault<'a> {
        let expected = match next_char(self.rest) {
            None => return self.missing("number", expected),
            Some(('+', _)) => "the number without a sign",
            Some(('-' | '\u{2212}', _)) => match sign {
                Sign::Refused => "the number without a sign",
                Sign::Minus => "one `-` and then the digits",
            },
            Some(('.', _)) => "a digit before the point",
            Some((c, _)) if is_other_digit(c) => "the digits 0 to 9",
            Some(_) => expected,
        };
        self.unexpected(expected)
    }
}

impl Number<'_> {
    pub(crate) const ONE: Self = Self { negative: false, whole: b"1", fraction: b"", places: 0 };

    /// Returns all digits, of the whole part and of the fraction.
    pub(crate) fn digits(&self) -> String {
        self.whole.iter().chain(self.fraction).copied().map(char::from).collect()
    }

    /// Returns the number × `unit`, if that is a whole number below 2¹²⁸.
    ///
    /// `unit` must be at most 3·10²⁸, so that ten digits of it fit.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "ten digits × unit, plus a part of unit, is below 2^128; the divisors are powers \
                  of ten"
    )]
    #[inline(always)]
    pub(crate) const fn times(&self, unit: u128) -> Result<u128, Misfit> {
        let Some(whole) = digits_to_u128(self.whole) else { return Err(Misfit::TooLarge) };
        let Some(whole) = whole.checked_mul(unit) else { return Err(Misfit::TooLarge) };
        // Horner's rule from the last digit up, ten digits at a time. Where the whole product is
        // an integer, so is every step of it: each is that product modulo a power of ten.
        let mut part = 0;
        let mut left = self.fraction;
        while !left.is_empty() {
            let (before, mut digits) = left.split_at(left.len().saturating_sub(10));
            let (mut chunk, mut base) = (0_u64, 1_u64);
            while let [digit, behind @ ..] = digits {
                chunk = chunk * 10 + (*digit & 15) as u64;
                base *= 10;
                digits = behind;
            }
            let product = part + chunk as u128 * unit;
            part = product / base as u128;
            if part * base as u128 != product {
                return Err(Misfit::TooPrecise);
            }
            left = before;
        }
        match whole.checked_add(part) {
            Some(count) => Ok(count),
            None => Err(Misfit::TooLarge),
        }
    }
}

/// Returns the value of ASCII digits, or `None` from 2¹²⁸ on.
#[inline(always)]
#[expect(clippy::arithmetic_side_effects, reason = "a number of 19 digits is below 2^64")]
pub(crate) const fn digits_to_u128(digits: &[u8]) -> Option<u128> {
    let mut digits = digits;
    if digits.len() <= 19 {
        let mut number = 0_u64; // several times faster than 128 bits
        while let [digit, behind @ ..] = digits {
            number = number * 10 + (*digit & 15) as u64;
            digits = behind;
        }
        return Some(number as u128);
    }
    let mut number = 0_u128;
    while let [digit, behind @ ..] = digits {
        let Some(tens) = number.checked_mul(10) else { return None };
        let Some(sum) = tens.checked_add((*digit & 15) as u128) else { return None };
        (number, digits) = (sum, behind);
    }
    Some(number)
}

/// Returns the bytes behind `beginning`, or `None` if they do not begin so.
#[inline]
pub(crate) const fn strip<'a>(bytes: &'a [u8], beginning: &[u8]) -> Option<&'a [u8]> {
    let (mut behind, mut wanted) = (bytes, beginning);
    while let [next, others @ ..] = wanted {
        match behind {
            [byte, rest @ ..] if *byte == *next => (behind, wanted) = (rest, others),
            _ => return None,
        }
    }
    Some(behind)
}

/// Returns the place of the first `wanted`.
#[expect(clippy::arithmetic_side_effects, reason = "places in a slice")]
pub(crate) const fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (mut place, mut rest) = (0, bytes);
    loop {
        if strip(rest, wanted).is_some() {
            return Some(place);
        }
        match rest {
            [] => return None,
            [_, behind @ ..] => (place, rest) = (place + 1, behind),
        }
    }
}

/// Returns the length of the word that is next, up to white space.
#[inline(always)]
const fn word_length(bytes: &[u8]) -> usize {
    let mut behind = bytes;
    while let [byte, rest @ ..] = behind
        && byte.is_ascii_graphic()
    {
        behind = rest;
    }
    match behind {
        [] | [b' ', ..] => {}
        _ => behind = behind_word(behind),
    }
    bytes.len().abs_diff(behind.len())
}

/// Returns the bytes behind the word that is next.
#[cold]
const fn behind_word(bytes: &[u8]) -> &[u8] {
    let mut behind = bytes;
    while let Some((c, rest)) = next_char(behind) {
        if c.is_whitespace() {
            break;
        }
        behind = rest;
    }
    behind
}

#[cold]
const fn begins_with_other_digit(text: &[u8]) -> bool {
    matches!(next_char(text), Some((c, _)) if is_other_digit(c))
}

/// Returns the first character of a text, and the bytes behind it.
#[expect(clippy::panic, reason = "the bytes are those of a text, from a whole character on")]
const fn next_char(text: &[u8]) -> Option<(char, &[u8])> {
    let (code, rest) = match text {
        [] => return None,
        [a @ ..0x80, rest @ ..] => (*a as u32, rest),
        [a @ ..0xe0, b, rest @ ..] => ((*a as u32 & 0x1f) << 6 | bits(*b), rest),
        [a @ ..0xf0, b, c, rest @ ..] => {
            ((*a as u32 & 0x0f) << 12 | bits(*b) << 6 | bits(*c), rest)
        }
        [a, b, c, d, rest @ ..] => {
            ((*a as u32 & 0x07) << 18 | bits(*b) << 12 | bits(*c) << 6 | bits(*d), rest)
        }
        _ => panic!("a text ends within a character"),
    };
    match char::from_u32(code) {
        Some(c) => Some((c, rest)),
        None => panic!("a text has bytes that are no character"),
    }
}

const fn bits(continuation: u8) -> u32 {
    continuation as u32 & 0x3f
}

/// Returns whether a character belongs to a word of letters and digits; beyond ASCII, whether it is
/// neither white space nor in one of the large blocks of signs.
const fn is_alphanumeric(c: char) -> bool {
    match c {
        ..'\u{80}' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{b4}'
        | '\u{b6}'..='\u{b8}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2190}'..='\u{245f}'
        | '\u{2500}'..='\u{2775}'
        | '\u{2794}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f000}'..='\u{1faff}' => false,
        _ => !c.is_whitespace(),
    }
}

/// Returns whether a character is a digit of another script than ASCII's, or a fraction or the like.
const fn is_other_digit(c: char) -> bool {
    matches!(
        c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}'
            | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{7c0}'..='\u{7c9}'
            | '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' | '\u{a66}'..='\u{a6f}'
            | '\u{ae6}'..='\u{aef}' | '\u{b66}'..='\u{b6f}' | '\u{be6}'..='\u{bf2}'
            | '\u{c66}'..='\u{c6f}' | '\u{ce6}'..='\u{cef}' | '\u{d66}'..='\u{d78}'
            | '\u{de6}'..='\u{def}' | '\u{e50}'..='\u{e59}' | '\u{ed0}'..='\u{ed9}'
            | '\u{f20}'..='\u{f33}' | '\u{1040}'..='\u{1049}' | '\u{17e0}'..='\u{17e9}'
            | '\u{1810}'..='\u{1819}' | '\u{2070}' | '\u{2074}'..='\u{2079}'
            | '\u{2080}'..='\u{2089}' | '\u{2150}'..='\u{218b}' | '\u{2460}'..='\u{249b}'
            | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{ff10}'..='\u{ff19}'
    )
}

/// Lists names to choose from: `a`, `b` or `c`.
pub(crate) fn choices(names: &[String]) -> String {
    listed(names, "or")
}

/// Lists names with a word before the last.
pub(crate) fn listed(names: &[String], word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
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
