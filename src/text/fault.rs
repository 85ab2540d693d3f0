//! [`Fault`]: the reason why a text can't be read, as a `const` function returns it.

use super::{Scanner, TextError, clip};
use crate::Error;

/// The reason why a text can't be read, before a sentence is made of it.
///
/// At run time it becomes an [`Error`]. For a literal, its [`sentence`](Self::sentence) is the
/// compiler's message; both advise the same words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault<'a> {
    /// The text, to its end or to the end of the part that is read.
    text: &'a str,
    /// The byte at which the wrong part begins, and the one behind it.
    at: usize,
    end: usize,
    kind: FaultKind,
    /// What can stand there.
    advice: &'static str,
}

/// The kinds of [`TextError`] that a `const` function returns.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FaultKind {
    AmbiguousUnit,
    Unknown { what: &'static str },
    Missing { what: &'static str },
    Unexpected,
    TooLarge { what: &'static str },
    TooPrecise { what: &'static str },
}

impl<'a> Fault<'a> {
    /// Creates the fault of the text that the scanner read since `start`.
    pub(crate) const fn since(
        start: usize,
        scanner: &Scanner<'a>,
        kind: FaultKind,
        advice: &'static str,
    ) -> Self {
        Self { text: scanner.text(), at: start, end: scanner.at(), kind, advice }
    }

    /// Returns the words behind the wrong text. The compiler shows the text itself beside them.
    pub(crate) const fn sentence(&self) -> Sentence {
        let beginning = match self.kind {
            FaultKind::TooLarge { .. } => "expected at most ",
            _ => "expected ",
        };
        Sentence::new(beginning, self.advice)
    }
}

impl From<Fault<'_>> for Error {
    #[cold]
    #[expect(clippy::expect_used, reason = "scanners stop between characters only")]
    fn from(Fault { text, at, end, kind, advice }: Fault<'_>) -> Self {
        let quoted = || clip(text.get(at..end).expect("a part of the text"));
        let expected = advice;
        Self::from(match kind {
            FaultKind::AmbiguousUnit => {
                TextError::AmbiguousUnit { unit: quoted(), at, expected: expected.to_owned() }
            }
            FaultKind::Unknown { what } => {
                TextError::Unknown { what, text: quoted(), at, expected: expected.to_owned() }
            }
            FaultKind::Missing { what } => TextError::Missing { what, at, expected },
            FaultKind::Unexpected => TextError::Unexpected { found: quoted(), at, expected },
            FaultKind::TooLarge { what } => {
                TextError::TooLarge { text: quoted(), what, max: expected.to_owned() }
            }
            FaultKind::TooPrecise { what } => {
                TextError::TooPrecise { text: quoted(), what, expected }
            }
        })
    }
}

/// A sentence of two parts, joined without an allocation.
#[derive(Debug)]
pub(crate) struct Sentence {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Sentence {
    const LONGEST: usize = 160;

    #[expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        reason = "in a constant, a sentence that is too long is an error of the compiler"
    )]
    pub(crate) const fn new(beginning: &str, rest: &str) -> Self {
        let mut sentence = Self { bytes: [0; Self::LONGEST], length: 0 };
        let mut parts: &[&str] = &[beginning, rest];
        while let [part, behind @ ..] = parts {
            let mut part = part.as_bytes();
            while let [byte, behind @ ..] = part {
                sentence.bytes[sentence.length] = *byte;
                sentence.length += 1;
                part = behind;
            }
            parts = behind;
        }
        sentence
    }

    #[expect(clippy::panic, reason = "two texts after each other are a text")]
    pub(crate) const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => panic!("two texts are not a text"),
        }
    }
}

/// Returns the value of a result, or its fault from the function: `?`, which no `const` function has.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(fault) => return Err(fault),
        }
    };
    ($result:expr, $wrap:path) => {
        match $result {
            Ok(value) => value,
            Err(fault) => return Err($wrap(fault)),
        }
    };
}

pub(crate) use attempt;
