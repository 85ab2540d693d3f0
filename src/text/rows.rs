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
    reader: csv::Reader<&'a [u8]>,
    cells: StringRecord,
}

/// One row.
pub(crate) struct Row<'r> {
    text: &'r str,
    cells: &'r StringRecord,
}

impl<'a> Rows<'a> {
    /// Reads the header.
    pub(crate) fn separated(text: &'a str, separator: u8) -> Result<Self, Error> {
        let mut reader =
            ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let header = reader.headers().map_err(io::Error::from)?.clone();
        Ok(Self { text, header, reader, cells: StringRecord::new() })
    }

    /// Reads the next row, or returns `None` at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        if !self.reader.read_record(&mut self.cells).map_err(io::Error::from)? {
            return Ok(None);
        }
        let row = Row { text: self.text, cells: &self.cells };
        let (found, columns) = (row.cells.len(), self.header.len());
        if found == columns {
            return Ok(Some(row));
        }
        let error = Error::from(TextError::Cells { found, columns });
        Err(error.at(Place::Line(row.line())))
    }
}

impl Row<'_> {
    /// Returns the cell in the column at a place of the header.
    pub(crate) fn cell(&self, place: usize) -> &str {
        #[expect(clippy::expect_used, reason = "`Rows` yields no shorter row")]
        self.cells.get(place).expect("a row has a cell for each column")
    }

    /// Reads the cell in a column. An error says where it stands.
    pub(crate) fn read<T>(
        &self,
        column: Column<'_>,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.check(column, read(self.cell(column.0)))
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
