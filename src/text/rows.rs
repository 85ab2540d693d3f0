//! The rows of a CSV file under its header, and errors that say where a cell stands.

use crate::{
    Error, Place,
    text::{TextError, clip},
};
use csv::{ReaderBuilder, StringRecord};
use std::io::{self, Read};

/// Reads a file to its end.
pub(crate) fn read_all(mut reader: impl Read) -> Result<String, Error> {
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    Ok(text)
}

/// The place of a column, counted from 0, and its name.
pub(crate) type Column<'n> = (usize, &'n str);

/// The rows under a header, each with as many cells as it has columns.
pub(crate) struct Rows<'a> {
    text: &'a str,
    pub(crate) header: StringRecord,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
}

/// One row.
pub(crate) struct Row<'a> {
    text: &'a str,
    cells: StringRecord,
}

impl<'a> Rows<'a> {
    /// Reads the header.
    pub(crate) fn separated(text: &'a str, separator: u8) -> Result<Self, Error> {
        let mut reader =
            ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let header = reader.headers().map_err(io::Error::from)?.clone();
        Ok(Self { text, header, records: reader.into_records() })
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let cells = match self.records.next()? {
            Ok(cells) => cells,
            Err(error) => return Some(Err(io::Error::from(error).into())),
        };
        let row = Row { text: self.text, cells };
        let (found, columns) = (row.cells.len(), self.header.len());
        if found == columns {
            Some(Ok(row))
        } else {
            let error = Error::from(TextError::Cells { found, columns });
            Some(Err(error.at(Place::Line(row.line()))))
        }
    }
}

impl Row<'_> {
    /// Reads the cell in a column. An error says where it stands.
    pub(crate) fn read<T>(
        &self,
        column: Column<'_>,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        #[expect(clippy::expect_used, reason = "`Rows` yields no shorter row")]
        let cell = self.cells.get(column.0).expect("a row has a cell for each column");
        self.check(column, read(cell))
    }

    /// Returns the error inside the place of the cell in a column.
    pub(crate) fn check<T>(
        &self,
        (_, name): Column<'_>,
        result: Result<T, Error>,
    ) -> Result<T, Error> {
        result.map_err(|error| error.at(Place::Cell { line: self.line(), column: clip(name) }))
    }

    /// Returns the line on which the row begins, counted from 1. The reader's own count is taken
    /// before the ends of lines that it skips.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "the reader sets the position of each record, and a text in memory has fewer lines \
                  than u64::MAX"
    )]
    fn line(&self) -> u64 {
        let at = self.cells.position().expect("a record that was read has a position").byte();
        let at = usize::try_from(at).expect("the text is in memory, and so is its length");
        let (before, rest) = self.text.as_bytes().split_at(at);
        let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let ends = before.iter().chain(skipped).filter(|&&byte| byte == b'\n').count();
        ends as u64 + 1
    }
}
