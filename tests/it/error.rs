//! The error as a type: its size, its sources and what a program prints that ends with it.

use crate::support::{parse, says};
use bandwidth_cost::{DataVolume, Error, ErrorKind, Place, jiff::Timestamp};
use core::error::Error as StdError;
use std::{io, thread};

#[test]
fn an_error_is_a_word_wide_and_goes_to_other_threads() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert!(size_of::<Result<DataVolume, Error>>() <= 32);
    let error = thread::spawn(|| "10 mb".parse::<DataVolume>().unwrap_err()).join().unwrap();
    let shared: Box<dyn StdError + Send + Sync> = error.clone().into();
    assert_eq!(shared.to_string(), error.to_string());
}

#[test]
fn a_place_leads_to_the_error_that_was_found_there() {
    let found = Error::from(io::Error::other("the disk is full"));
    let line = Error::from(ErrorKind::In { place: Place::Line(7), source: found.clone() });
    let key = Error::from(ErrorKind::In { place: Place::Key("csv"), source: line.clone() });
    assert_eq!(key.to_string(), "`csv`, line 7: the disk is full");

    let first = key.source().unwrap().downcast_ref::<Error>().unwrap();
    assert_eq!(first, &line);
    let second = first.source().unwrap().downcast_ref::<Error>().unwrap();
    assert_eq!(second, &found);
    assert!(second.source().is_none());
}

/// As `fn main() -> Result<(), Error>` of a program would.
fn instant(text: &str) -> Result<Timestamp, Error> {
    Ok(text.parse::<Timestamp>()?)
}

fn first_byte(mut reader: impl io::Read) -> Result<u8, Error> {
    let mut byte = [0];
    reader.read_exact(&mut byte)?;
    Ok(byte[0])
}

#[test]
fn errors_of_jiff_and_of_readers_pass_through_a_question_mark() {
    assert_eq!(instant("2025-01-01T00:00:00Z").unwrap(), parse("2025-01-01T00:00:00Z"));
    let error = instant("yesterday").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Time(_)), "{error}");

    assert_eq!(first_byte(&b"7"[..]).unwrap(), b'7');
    let error = first_byte(io::empty()).unwrap_err();
    let ErrorKind::Io(inner) = error.kind() else { panic!("{error}") };
    assert_eq!(inner.kind(), io::ErrorKind::UnexpectedEof);
    says(Err::<u8, _>(error), "failed to fill whole buffer");
}

#[test]
fn a_main_that_returns_an_error_ends_with_its_sentence() {
    let found = Error::from(io::Error::other("the disk is full"));
    let error = Error::from(ErrorKind::In { place: Place::Line(2), source: found });
    assert_eq!(format!("Error: {error:?}"), "Error: line 2: the disk is full");
    let found = "10 mb".parse::<DataVolume>().unwrap_err();
    assert_eq!(format!("{found:?}"), found.to_string());
}
