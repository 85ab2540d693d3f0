//! [`Source`]: the rows of a file, one at a time in a buffer that is used again.

use crate::{Error, Place, text::clip, usage::UsageError};
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, BufRead, BufReader, Read};

/// A file that is read row by row.
pub(super) struct Source<R> {
    rows: Rows<R>,
    /// The number of cells of a row: that of the header or of the first row.
    columns: usize,
}

enum Rows<R> {
    Separated(Box<csv::Reader<R>>, ByteRecord),
    Spaced { reader: BufReader<R>, text: Vec<u8>, cells: Vec<(usize, usize)>, line: u64 },
}

impl<R: Read> Source<R> {
    /// Opens a file whose cells are between separators; a space stands for any number of spaces.
    pub(super) fn new(reader: R, separator: u8) -> Self {
        let rows = if separator == b' ' {
            let reader = BufReader::new(reader);
            Rows::Spaced { reader, text: Vec::new(), cells: Vec::new(), line: 0 }
        } else {
            let mut builder = ReaderBuilder::new();
            builder.delimiter(separator).has_headers(false).flexible(true);
            Rows::Separated(Box::new(builder.from_reader(reader)), ByteRecord::new())
        };
        Self { rows, columns: 0 }
    }

    /// Reads the next row, or returns `false` at the end of the file.
    fn advance(&mut self) -> Result<bool, Error> {
        match &mut self.rows {
            Rows::Separated(reader, record) => {
                Ok(reader.read_byte_record(record).map_err(io::Error::from)?)
            }
            Rows::Spaced { reader, text, cells, line } => loop {
                text.clear();
                if reader.read_until(b'\n', text)? == 0 {
                    return Ok(false);
                }
                *line = line.saturating_add(1);
                cells.clear();
                let mut from = None;
                for (at, byte) in text.iter().chain(b"\n").enumerate() {
                    match (byte.is_ascii_whitespace(), from) {
                        (false, None) => from = Some(at),
                        (true, Some(start)) => {
                            cells.push((start, at));
                            from = None;
                        }
                        _ => {}
                    }
                }
                if !cells.is_empty() {
                    return Ok(true);
                }
            },
        }
    }

    /// Reads the header: the names of the columns, without the space around them.
    pub(super) fn header(&mut self) -> Result<Vec<String>, Error> {
        if !self.advance()? {
            return Err(UsageError::EmptyFile.into());
        }
        self.columns = self.len();
        let name = |column| String::from_utf8_lossy(self.cell(column)).trim().to_owned();
        Ok((0..self.columns).map(name).collect())
    }

    /// Reads the next row, which must have as many cells as the first.
    pub(super) fn next(&mut self) -> Result<bool, Error> {
        if !self.advance()? {
            return Ok(false);
        }
        let found = self.len();
        if self.columns == 0 {
            self.columns = found;
        }
        if found == self.columns {
            return Ok(true);
        }
        let columns = self.columns;
        let error = Error::from(crate::text::TextError::Cells { found, columns });
        Err(error.at(Place::Line(self.line())))
    }

    fn len(&self) -> usize {
        match &self.rows {
            Rows::Separated(_, record) => record.len(),
            Rows::Spaced { cells, .. } => cells.len(),
        }
    }

    /// Returns a cell of the row, which is empty beyond the last.
    pub(super) fn cell(&self, column: usize) -> &[u8] {
        match &self.rows {
            Rows::Separated(_, record) => record.get(column).unwrap_or_default(),
            Rows::Spaced { text, cells, .. } => {
                cells.get(column).and_then(|&(from, to)| text.get(from..to)).unwrap_or_default()
            }
        }
    }

    /// Returns a cell as text, without the space around it.
    pub(super) fn text(&self, column: usize, name: &str) -> Result<&str, Error> {
        match str::from_utf8(self.cell(column).trim_ascii()) {
            Ok(text) => Ok(text),
            Err(_) => Err(self.at(name, UsageError::NotUtf8.into())),
        }
    }

    /// Returns the line on which the row begins, counted from 1.
    fn line(&self) -> u64 {
        match &self.rows {
            Rows::Separated(_, record) => record.position().map_or(1, csv::Position::line),
            Rows::Spaced { line, .. } => *line,
        }
    }

    /// Puts the place of a cell of the row around an error.
    pub(super) fn at(&self, column: &str, error: Error) -> Error {
        error.at(Place::Cell { line: self.line(), column: clip(column) })
    }
}
