//! The rows of a CSV file under its header, and errors that say where a cell stands.

use crate::{
    Error, Place,
    text::{TextError, clip},
};
use csv::{ReaderBuilder, StringRecord};
use std::io::Read;

pub(crate) fn read_all(mut reader: impl Read) -> Result<String, Error> {
    let mut text = String::new();
    match reader.read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(TextError::CsvUnreadable { reason: error.to_string() }.into()),
    }
}

/// A column's place and name.
pub(crate) type Column<'n> = (usize, &'n str);

/// The rows under a header.
pub(crate) struct Rows<'a> {
    text: &'a str,
    pub(crate) header: StringRecord,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
}

pub(crate) struct Row<'a> {
    text: &'a str,
    cells: StringRecord,
}

impl<'a> Rows<'a> {
    pub(crate) fn open(text: &'a str) -> Result<Self, Error> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
        Ok(Self { text, header, records: reader.into_records() })
    }

    /// The only column of that name.
    pub(crate) fn column(
        &self,
        name: &'static str,
        write: &'static str,
    ) -> Result<Column<'static>, Error> {
        let mut places = self.header.iter().enumerate().filter(|&(_, found)| found == name);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => Ok((place, name)),
            _ => Err(self.columns_error(write)),
        }
    }

    pub(crate) fn columns_error(&self, write: &'static str) -> Error {
        let header: Vec<&str> = self.header.iter().collect();
        Error::from(TextError::CsvColumns { found: clip(&header.join(",")), write })
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let cells = match self.records.next()? {
            Ok(cells) => cells,
            Err(error) => return Some(Err(unreadable(&error))),
        };
        let row = Row { text: self.text, cells };
        let (found, columns) = (row.cells.len(), self.header.len());
        if found == columns {
            Some(Ok(row))
        } else {
            Some(Err(TextError::CsvCells { line: row.line(), found, columns }.into()))
        }
    }
}

fn unreadable(error: &csv::Error) -> Error {
    Error::from(TextError::CsvUnreadable { reason: error.to_string() })
}

impl Row<'_> {
    /// Reads the cell in a column; what is wrong with it says where it stands.
    pub(crate) fn read<T>(
        &self,
        column: Column<'_>,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.check(column, read(self.cells.get(column.0).unwrap_or_default()))
    }

    pub(crate) fn check<T>(
        &self,
        (_, name): Column<'_>,
        result: Result<T, Error>,
    ) -> Result<T, Error> {
        result.map_err(|error| error.at(Place::Cell { line: self.line(), column: clip(name) }))
    }

    /// The line that the row begins on. The reader's own count stands before the ends of lines
    /// that it skips.
    fn line(&self) -> u64 {
        let at = self.cells.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let (before, rest) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let skipped = rest.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let ends = before.bytes().chain(skipped).filter(|&byte| byte == b'\n').count();
        (ends as u64).saturating_add(1)
    }
}
