//! [`Source`]: the rows of a file, one at a time in a buffer that is used again.

use super::marks::{Marks, WORD};
use crate::{Error, Place, text::clip, usage::UsageError};
use core::ops::Range;
use std::io::{self, Read};

/// The size of the buffer, in bytes.
const BUFFER: usize = 1 << 16;

/// The longest row that is read, in bytes: a quote that is not closed can't take all memory.
const LONGEST: usize = 1 << 20;

/// A file that is read row by row.
///
/// A row without quotes is split where it stands in the buffer. A row with quotes is copied without
/// them. Both give the rows that the `csv` crate reads, with which the tests compare them.
pub(super) struct Source<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The bytes of the buffer that are read and not yet taken.
    rest: Range<usize>,
    /// The separators and the ends of rows among them.
    marks: Marks,
    has_ended: bool,
    has_begun: bool,
    separator: u8,
    /// The byte at which rows end: a line feed, or a carriage return in a file without line feeds.
    end: u8,
    /// The cells of the row, in `buffer`, or in `unquoted` if the row has quotes.
    cells: Vec<(usize, usize)>,
    is_quoted: bool,
    unquoted: Vec<u8>,
    /// The line on which the row begins, and the one on which the next does, counted from 1.
    line: u64,
    next_line: u64,
    /// The number of cells of a row: that of the header or of the first row.
    columns: usize,
}

/// Returns the bytes of the buffer that are read and not yet taken.
#[expect(clippy::expect_used, reason = "reading and taking keep the rest within the buffer")]
fn unread<'a>(buffer: &'a [u8], rest: &Range<usize>) -> &'a [u8] {
    buffer.get(rest.clone()).expect("the rest is within the buffer")
}

/// The kind of text at the start of the bytes that are not yet taken.
enum Found {
    /// A row, with its length and the lines that it takes.
    Row { bytes: usize, lines: u64 },
    /// A row without an end.
    Part,
    /// A row with quotes, or one in which a quote is not closed.
    Quotes,
}

impl<R: Read> Source<R> {
    /// Opens a file whose cells are between separators; a space stands for any number of spaces.
    pub(super) fn new(reader: R, separator: u8) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            rest: 0..0,
            marks: Marks::new(),
            has_ended: false,
            has_begun: false,
            separator,
            end: b'\n',
            cells: Vec::new(),
            is_quoted: false,
            unquoted: Vec::new(),
            line: 1,
            next_line: 1,
            columns: 0,
        }
    }

    /// Returns a source that goes on from this one with another reader.
    #[cfg(feature = "rayon")]
    pub(super) fn fork<S: Read>(&self, reader: S) -> Source<S> {
        let mut source = Source {
            reader,
            buffer: self.buffer.clone(),
            rest: self.rest.clone(),
            marks: Marks::new(),
            has_ended: false,
            has_begun: self.has_begun,
            separator: self.separator,
            end: self.end,
            cells: Vec::new(),
            is_quoted: false,
            unquoted: Vec::new(),
            line: self.line,
            next_line: self.next_line,
            columns: self.columns,
        };
        source.mark(0);
        source
    }

    #[cfg(feature = "rayon")]
    pub(super) fn reader(&mut self) -> &mut R {
        &mut self.reader
    }

    #[cfg(feature = "rayon")]
    pub(super) fn into_reader(self) -> R {
        self.reader
    }

    /// Returns the line on which the row begins.
    #[cfg(feature = "rayon")]
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Reads the next row, or returns `false` at the end of the file.
    fn advance(&mut self) -> Result<bool, Error> {
        if !self.has_begun {
            self.begin()?;
        }
        loop {
            self.line = self.next_line;
            let found = match self.split() {
                Found::Quotes => self.unquote(),
                found => found,
            };
            match found {
                Found::Row { bytes, lines } => {
                    self.rest.start = self.rest.start.saturating_add(bytes);
                    self.next_line = self.next_line.saturating_add(lines);
                    if !self.is_blank() {
                        return Ok(true);
                    }
                }
                _ if !self.has_ended => self.read_on()?,
                Found::Quotes => {
                    let error = Error::from(UsageError::OpenQuote);
                    return Err(error.at(Place::Line(self.line)));
                }
                Found::Part => return Ok(false),
            }
        }
    }

    /// Returns whether the row is a line without a byte, or of spaces where spaces separate: no row.
    fn is_blank(&self) -> bool {
        match self.cells.as_slice() {
            [] => true,
            [(from, to)] => from == to && !self.is_quoted,
            _ => false,
        }
    }

    /// Splits the next row where it stands, if it has no quotes.
    #[expect(clippy::arithmetic_side_effects, reason = "places in the buffer")]
    fn split(&mut self) -> Found {
        self.cells.clear();
        self.is_quoted = false;
        if self.separator == b' ' {
            return self.split_spaces();
        }
        let Range { start, end } = self.rest;
        let byte = |place: usize| self.buffer.get(place).copied();
        let without_return = |from: usize, to: usize| {
            if to > from && byte(to - 1) == Some(b'\r') { to - 1 } else { to }
        };
        let mut from = start;
        let (mut word, mut marks) = (start / WORD, self.marks.from(start));
        loop {
            while marks == 0 && (word + 1) * WORD < end {
                word += 1;
                marks = self.marks.word(word);
            }
            if from < end && byte(from) == Some(b'"') {
                return Found::Quotes;
            }
            if marks == 0 {
                break;
            }
            let place = word * WORD + marks.trailing_zeros() as usize;
            marks &= marks - 1;
            if byte(place) == Some(self.separator) {
                self.cells.push((from, place));
                from = place + 1;
            } else {
                self.cells.push((from, without_return(from, place)));
                return Found::Row { bytes: place + 1 - start, lines: 1 };
            }
        }
        if self.has_ended && start < end {
            self.cells.push((from, without_return(from, end)));
            return Found::Row { bytes: end - start, lines: 1 };
        }
        Found::Part
    }

    /// Splits the next row where spaces or tabs are between its cells.
    #[expect(clippy::arithmetic_side_effects, reason = "places in the buffer")]
    fn split_spaces(&mut self) -> Found {
        let start = self.rest.start;
        let text = unread(&self.buffer, &self.rest);
        let length = match memchr::memchr(self.end, text) {
            Some(place) => place + 1,
            None if self.has_ended && !text.is_empty() => text.len(),
            None => return Found::Part,
        };
        let mut from = None;
        for (at, byte) in text.iter().take(length).chain(b"\n").enumerate() {
            match (byte.is_ascii_whitespace(), from) {
                (false, None) => from = Some(at),
                (true, Some(first)) => {
                    self.cells.push((start + first, start + at));
                    from = None;
                }
                _ => {}
            }
        }
        Found::Row { bytes: length, lines: 1 }
    }

    /// Copies the next row without its quotes; a cell is in quotes if its first byte is one, and two
    /// quotes in it are one. Bytes after the closing quote belong to the cell.
    #[expect(clippy::arithmetic_side_effects, reason = "places in the buffer")]
    fn unquote(&mut self) -> Found {
        self.cells.clear();
        self.unquoted.clear();
        self.is_quoted = true;
        let text = unread(&self.buffer, &self.rest);
        let (mut from, mut lines, mut in_quotes, mut is_first) = (0, 1, false, true);
        // A carriage return before this byte was in quotes, and is not part of the end of the line.
        let mut closed = 0;
        let mut bytes = text.iter().copied().enumerate().peekable();
        while let Some((place, byte)) = bytes.next() {
            if in_quotes {
                lines += u64::from(byte == self.end);
                if byte != b'"' {
                    self.unquoted.push(byte);
                } else if bytes.next_if(|&(_, next)| next == b'"').is_some() {
                    self.unquoted.push(b'"');
                } else {
                    in_quotes = false;
                    closed = self.unquoted.len();
                }
            } else if byte == b'"' && is_first {
                in_quotes = true;
            } else if byte == self.separator || byte == self.end {
                if byte == self.end
                    && self.unquoted.len() > from.max(closed)
                    && self.unquoted.ends_with(b"\r")
                {
                    self.unquoted.pop();
                }
                self.cells.push((from, self.unquoted.len()));
                if byte == self.end {
                    return Found::Row { bytes: place + 1, lines };
                }
                from = self.unquoted.len();
                is_first = true;
                continue;
            } else {
                self.unquoted.push(byte);
            }
            is_first = false;
        }
        if !self.has_ended || in_quotes {
            return Found::Quotes;
        }
        if self.unquoted.len() > from.max(closed) && self.unquoted.ends_with(b"\r") {
            self.unquoted.pop();
        }
        self.cells.push((from, self.unquoted.len()));
        Found::Row { bytes: text.len(), lines }
    }

    /// Reads the first bytes: past a byte order mark, and to the first end of a line.
    fn begin(&mut self) -> Result<(), Error> {
        let first_end = loop {
            let text = unread(&self.buffer, &self.rest);
            let mut in_quotes = false;
            let mut marks = memchr::memchr3_iter(b'\n', b'\r', b'"', text);
            let end = marks.find(|&place| {
                let is_quote = text.get(place) == Some(&b'"');
                in_quotes ^= is_quote;
                !is_quote && !in_quotes
            });
            let two = end.map(|place| text.get(place..).unwrap_or_default());
            match two {
                Some([first, next, ..]) => break [*first, *next],
                Some([first]) if self.has_ended => break [*first, b'\n'],
                _ if self.has_ended => break [b'\n'; 2],
                _ => self.read_on()?,
            }
        };
        if first_end[0] == b'\r' && first_end[1] != b'\n' {
            self.end = b'\r';
            self.mark(0);
        }
        let text = unread(&self.buffer, &self.rest);
        if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
            return Err(UsageError::Utf16.into());
        }
        if text.starts_with(b"\xef\xbb\xbf") {
            self.rest.start = self.rest.start.saturating_add(3);
        }
        self.has_begun = true;
        Ok(())
    }

    /// Marks the bytes of the buffer from a place on.
    fn mark(&mut self, from: usize) {
        let marked = [self.separator, self.end];
        self.marks.mark(&self.buffer, from..self.rest.end, marked);
    }

    /// Reads more bytes behind those that are not yet taken.
    fn read_on(&mut self) -> Result<(), Error> {
        let mut old = self.rest.end;
        if self.rest.end == self.buffer.len() && self.rest.start > 0 {
            self.buffer.copy_within(self.rest.clone(), 0);
            self.rest = 0..self.rest.len();
            old = 0;
        }
        if self.rest.end == self.buffer.len() {
            let grown = self.buffer.len().saturating_mul(2).max(BUFFER);
            if grown > LONGEST {
                let error = Error::from(UsageError::LongRow { most: LONGEST });
                return Err(error.at(Place::Line(self.line)));
            }
            self.buffer.resize(grown, 0);
        }
        let free = self.buffer.get_mut(self.rest.end..).unwrap_or_default();
        let read = loop {
            match self.reader.read(free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.has_ended = read == 0;
        self.rest.end = self.rest.end.saturating_add(read).min(self.buffer.len());
        self.mark(old);
        Ok(())
    }

    /// Reads the header: the names of the columns, without the space around them.
    pub(super) fn header(&mut self) -> Result<Vec<String>, Error> {
        if !self.advance()? {
            return Err(UsageError::EmptyFile.into());
        }
        self.columns = self.cells.len();
        let name = |column| String::from_utf8_lossy(self.cell(column)).trim().to_owned();
        Ok((0..self.columns).map(name).collect())
    }

    /// Reads the next row, which must have as many cells as the first.
    #[inline]
    pub(super) fn next(&mut self) -> Result<bool, Error> {
        if !self.advance()? {
            return Ok(false);
        }
        let found = self.cells.len();
        if found == self.columns {
            return Ok(true);
        }
        if self.columns == 0 {
            self.columns = found;
            return Ok(true);
        }
        let (columns, separator) = (self.columns, char::from(self.separator));
        let error = Error::from(UsageError::RowLength { found, columns, separator });
        Err(error.at(Place::Line(self.line)))
    }

    /// Returns a cell of the row, which is empty beyond the last.
    #[inline]
    pub(super) fn cell(&self, column: usize) -> &[u8] {
        let text = if self.is_quoted { &self.unquoted } else { &self.buffer };
        let cell = self.cells.get(column).and_then(|&(from, to)| text.get(from..to));
        cell.unwrap_or_default()
    }

    /// Returns a cell as text, without the space around it.
    pub(super) fn text(&self, column: usize, name: &str) -> Result<&str, Error> {
        match str::from_utf8(self.cell(column).trim_ascii()) {
            Ok(text) => Ok(text),
            Err(_) => Err(self.at(name, UsageError::NotUtf8.into())),
        }
    }

    /// Puts the place of a cell of the row around an error.
    #[cold]
    pub(super) fn at(&self, column: &str, error: Error) -> Error {
        error.at(Place::Cell { line: self.line, column: clip(column) })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::Source;
    use proptest::{collection::vec, prelude::*};
    use std::io::{self, Read};

    /// A reader that gives some bytes at a time.
    struct Chunks<'a>(&'a [u8], usize);

    impl Read for Chunks<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(buffer.len());
            let read = (&mut self.0).take(u64::try_from(length).unwrap()).read(buffer)?;
            Ok(read)
        }
    }

    /// Returns the rows of a file, or `None` if a quote is not closed.
    fn rows(file: &[u8], chunk: usize) -> Option<Vec<Vec<Vec<u8>>>> {
        let mut source = Source::new(Chunks(file, chunk), b',');
        let mut rows = Vec::new();
        while source.advance().ok()? {
            let cells = (0..source.cells.len()).map(|cell| source.cell(cell).to_vec()).collect();
            rows.push(cells);
        }
        Some(rows)
    }

    /// The rows that the `csv` crate reads.
    fn rows_of_csv(file: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.flexible(true).has_headers(false).from_reader(file);
        let row = |row: csv::ByteRecord| row.iter().map(<[u8]>::to_vec).collect();
        reader.byte_records().map(|record| row(record.unwrap())).collect()
    }

    proptest! {
        #[test]
        fn written_rows_are_those_of_the_csv_crate(
            cells in vec(vec("[ab \",;\r\n\u{e9}]{0,6}", 1..4), 0..20),
            chunk in 1_usize..40,
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            cells.iter().for_each(|row| writer.write_record(row).unwrap());
            let file = writer.into_inner().unwrap();
            prop_assert_eq!(rows(&file, chunk).unwrap(), rows_of_csv(&file));
        }

        #[test]
        fn any_bytes_make_the_rows_of_the_csv_crate(
            text in "([ab,\"]|\n|\r\n){0,60}",
            chunk in 1_usize..40,
        ) {
            let found = rows(text.as_bytes(), chunk);
            prop_assert_eq!(&found, &rows(text.as_bytes(), 1 << 20));
            if let Some(found) = found {
                prop_assert_eq!(found, rows_of_csv(text.as_bytes()), "{:?}", text);
            }
        }
    }
}
