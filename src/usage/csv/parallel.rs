//! The part of [`CsvLayout`] that reads on all cores: feature `rayon`.

use super::{Column, CsvLayout, File, Keyed, time::Times};
use crate::{
    Error, ErrorKind,
    usage::{Gaps, UsageError, UsageSeries},
};
use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    io::{self, Read},
    sync::Arc,
};

/// The bytes that all threads read before they wait for each other.
const BLOCK: u64 = 1 << 20;

impl CsvLayout {
    /// Does [`read_each`](Self::read_each) on all threads of the current rayon pool, with the same
    /// result.
    ///
    /// Each thread splits the file into rows, and reads the times and values of its own series.
    ///
    /// # Errors
    ///
    /// Those of [`read_each`](Self::read_each): of several, the same one.
    ///
    /// ```
    /// use bandwidth_cost::{CsvLayout, GapPolicy};
    ///
    /// let file = "\
    /// port,time,bits
    /// a,2025-01-01T00:00:00Z,80
    /// b,2025-01-01T00:00:00Z,10
    /// a,2025-01-01T00:05:00Z,60
    /// b,2025-01-01T00:05:00Z,20
    /// ";
    /// let layout = CsvLayout::new().series("port");
    /// let ports = layout.par_read_each(file.as_bytes(), GapPolicy::Fail)?;
    /// assert_eq!(ports, layout.read_each(file.as_bytes(), GapPolicy::Fail)?);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn par_read_each(
        &self,
        reader: impl Read,
        gaps: impl Into<Gaps>,
    ) -> Result<BTreeMap<String, UsageSeries>, Error> {
        self.read_in_blocks(reader, gaps.into(), BLOCK)
    }

    fn read_in_blocks(
        &self,
        reader: impl Read,
        gaps: Gaps,
        block_size: u64,
    ) -> Result<BTreeMap<String, UsageSeries>, Error> {
        let file = self.open(reader)?;
        let value = self.value_column(&file.header)?;
        let key = self.series_column(&file.header)?;
        let threads = rayon::current_num_threads();
        let part = |nth| Part {
            own: (nth, threads),
            file: File {
                layout: self,
                source: file.source.fork(Block::default()),
                header: file.header.clone(),
                time: file.time,
                time_of_day: file.time_of_day,
                times: Times::new(&self.time.1, &self.zone),
                joined: String::new(),
            },
            columns: (&key, &value),
            gaps,
            all: Keyed::new(),
            error: None,
        };
        let mut parts: Vec<_> = (0..threads).map(part).collect();
        let mut reader = file.source.into_reader();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let read = reader.by_ref().take(block_size).read_to_end(&mut bytes);
            let is_last = read.is_ok() && bytes.is_empty();
            let block = Arc::new(bytes);
            parts.par_iter_mut().for_each(|part| part.read(&block, is_last));
            let errors = parts.iter_mut().filter_map(|part| part.error.take());
            if let Some((_, error)) = errors.min_by_key(|&(line, _)| line) {
                return Err(error);
            }
            read?;
            if is_last {
                break;
            }
            bytes = Arc::try_unwrap(block).unwrap_or_default();
        }
        let finished = parts.into_par_iter().flat_map_iter(Part::finish);
        let mut all: Vec<_> = finished.collect();
        if all.is_empty() {
            return Err(UsageError::HeaderOnly.into());
        }
        all.sort_unstable_by_key(|&(place, _)| place);
        all.into_iter().map(|(_, series)| series).collect()
    }
}

/// What one thread reads: every `own.1`th series, from the `own.0`th on.
struct Part<'a> {
    own: (usize, usize),
    file: File<'a, Block>,
    columns: (&'a Column, &'a Column),
    gaps: Gaps,
    /// All series; the others' stay empty.
    all: Keyed<'a>,
    /// The first error, and its line.
    error: Option<(u64, Error)>,
}

impl<'a> Part<'a> {
    /// Reads the rows that end in a block, or in one before that.
    fn read(&mut self, block: &Arc<Vec<u8>>, is_last: bool) {
        *self.file.source.reader() = Block { bytes: Arc::clone(block), place: 0, is_last };
        let read = loop {
            match self.row() {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.error = match read {
            Err(error) if !is_end_of_block(&error) => Some((self.file.source.line(), error)),
            _ => None,
        };
        *self.file.source.reader() = Block::default();
    }

    /// Reads the next row, or returns `false` at the end of the file.
    #[inline]
    fn row(&mut self) -> Result<bool, Error> {
        let (key, value) = self.columns;
        if !self.file.source.next()? {
            return Ok(false);
        }
        let place = self.all.place(&self.file, key, value.unit, self.gaps)?;
        if self.is_own(place)
            && let Some(series) = self.all.get_mut(place)
        {
            let at = self.file.time(|| series.last())?;
            series.push(&self.file, at, value)?;
        }
        Ok(true)
    }

    #[expect(clippy::arithmetic_side_effects, reason = "there is a thread")]
    fn is_own(&self, place: usize) -> bool {
        let (nth, threads) = self.own;
        place % threads == nth
    }

    /// Makes the series of this part, each with its place among all.
    fn finish(self) -> impl Iterator<Item = (usize, Result<(String, UsageSeries), Error>)> {
        let (nth, threads) = self.own;
        self.all.into_series().enumerate().skip(nth).step_by(threads)
    }
}

/// Bytes of a file.
#[derive(Debug, Default)]
struct Block {
    bytes: Arc<Vec<u8>>,
    place: usize,
    is_last: bool,
}

impl Read for Block {
    /// Reads from the block; at its end, a read would block unless it is the last.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.bytes.get(self.place..).unwrap_or_default();
        let read = rest.read(buffer)?;
        if read == 0 && !self.is_last {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.place = self.place.saturating_add(read);
        Ok(read)
    }
}

fn is_end_of_block(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Io(error) if error.kind() == io::ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::arithmetic_side_effects,
        clippy::unwrap_used,
        reason = "a test may fail by panicking"
    )]

    use super::super::CsvLayout;
    use crate::usage::GapPolicy;
    use core::time::Duration;
    use proptest::{collection::vec, prelude::*, sample::select};
    use std::io::{self, Read};

    /// Bytes, and then a reader that fails.
    struct Failing<'a>(&'a [u8]);

    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the disk is gone")),
                read => Ok(read),
            }
        }
    }

    proptest! {
        #[test]
        fn all_cores_read_what_one_does(
            rows in vec((0_usize..7, 0_u32..3, 0_usize..12), 0..60),
            by_series: bool,
            end in select(vec!["\n", "\r\n", "\r"]),
            // One byte that is another.
            at: prop::sample::Index,
            byte in select(b"x,\"\n\r9\xff".to_vec()),
            is_changed: bool,
            has_header: bool,
            block in 1_u64..400,
            threads in 2_usize..5,
        ) {
            let mut rows = rows;
            if by_series {
                rows.sort_by_key(|&(series, ..)| series);
            }
            let values = ["5", "7", "123456789012", "1.5", "2e3", "0", "18446744073709551616", "9",
                "\"8\"", "3", "\"a\nb\"", ""];
            let mut minutes = [0; 7];
            let row = |(series, skipped, value): (usize, u32, usize)| {
                let minute = minutes.get_mut(series).unwrap();
                *minute += 5 * (1 + skipped / 2);
                let (hour, minute) = (*minute / 60 % 24, *minute % 60);
                // Faults are rare.
                let value = if value > 8 && skipped == 0 { 0 } else { value };
                let value = values.get(value).unwrap();
                format!("s{series} ,2025-01-01T{hour:02}:{minute:02}:00Z,{value}{end}")
            };
            let rows: String = rows.into_iter().map(row).collect();
            let header = if has_header { format!("port,time,bytes{end}") } else { String::new() };
            let mut file = format!("{header}{rows}").into_bytes();
            if is_changed && !file.is_empty() {
                let at = at.index(file.len());
                *file.get_mut(at).unwrap() = byte;
            }
            let mut layout = CsvLayout::new().series("port").interval(Duration::from_secs(300));
            if !has_header {
                layout = layout.without_header(&["port", "time", "bytes"]);
            }
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            for gaps in [GapPolicy::Fail, GapPolicy::LeaveOut] {
                let one = layout.read_each(&*file, gaps);
                let all = pool.install(|| layout.read_in_blocks(&*file, gaps.into(), block));
                prop_assert_eq!(all, one);
                let one = layout.read_each(Failing(&file), gaps);
                let failing = Failing(&file);
                let all = pool.install(|| layout.read_in_blocks(failing, gaps.into(), block));
                prop_assert_eq!(all, one);
            }
        }
    }
}
