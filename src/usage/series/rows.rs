//! [`Rows`]: samples with a time each, in memory.

use crate::quantity::DataVolume;
use core::{cmp::Reverse, slice};
use jiff::Timestamp;
use std::collections::BinaryHeap;

/// Samples with their times, in 24 bytes each. A value may be missing.
///
/// They stand in chunks that are never moved: a vector that grows has its old and its new memory for a
/// while. Volumes from 2⁹⁶ billionths of a bit on, which are ten exabytes, stand in a list of their own.
#[derive(Debug, Default)]
pub(in crate::usage) struct Rows {
    chunks: Vec<Vec<Row>>,
    count: usize,
    large: Vec<DataVolume>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// The second since 1970 that the time is in.
    second: i64,
    /// The nanoseconds after it, and in the bits above them what `value` is.
    nanosecond: u32,
    /// The words of a small volume, or of the place of a large one.
    value: [u32; 3],
}

const SMALL: u32 = 1 << 30;
const LARGE: u32 = 2 << 30;
const NANOSECOND: u32 = SMALL - 1;

/// The largest number of rows in a chunk.
const CHUNK: usize = 1 << 14;

#[expect(clippy::arithmetic_side_effects, reason = "rows are in memory")]
impl Rows {
    pub(in crate::usage) fn push(&mut self, at: Timestamp, volume: Option<DataVolume>) {
        let row = Row::new(at, volume, &mut self.large);
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < chunk.capacity() => chunk.push(row),
            _ => {
                let mut chunk = Vec::with_capacity((self.count / 8).clamp(16, CHUNK));
                chunk.push(row);
                self.chunks.push(chunk);
            }
        }
        self.count += 1;
    }

    /// Adds a volume to that of the last row, or returns `None` if the sum exceeds [`DataVolume::MAX`].
    pub(in crate::usage) fn add_to_last(&mut self, volume: DataVolume) -> Option<()> {
        let last = self.chunks.last_mut().and_then(|chunk| chunk.last_mut());
        let Some(last) = last else { return Some(()) };
        let sum = last.volume(&self.large).unwrap_or(DataVolume::ZERO).checked_add(volume)?;
        *last = Row::new(last.at(), Some(sum), &mut self.large);
        Some(())
    }

    pub(in crate::usage) fn len(&self) -> usize {
        self.count
    }

    /// Sorts the rows of each chunk by time; else they must have been added in order of time.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn sort(&mut self) {
        self.chunks.iter_mut().for_each(|chunk| chunk.sort_unstable_by_key(Row::time));
    }

    /// Returns the rows in order of time.
    pub(in crate::usage) fn iter(&self) -> impl Iterator<Item = (Timestamp, Option<DataVolume>)> {
        let start =
            |(chunk, rows): (usize, &Vec<Row>)| Some(Reverse((rows.first()?.time(), chunk, 0)));
        let others = self.chunks.iter().enumerate().filter_map(start).collect();
        let rows = InOrder { chunks: &self.chunks, chunk: 0, rows: [].iter(), others };
        rows.map(|row| (row.at(), row.volume(&self.large)))
    }
}

/// The rows of some chunks, each of which is in order of time.
struct InOrder<'a> {
    chunks: &'a [Vec<Row>],
    /// The chunk that rows are taken from, and the rest of it.
    chunk: usize,
    rows: slice::Iter<'a, Row>,
    others: BinaryHeap<Reverse<Next>>,
}

/// The time of the next row of a chunk, the chunk, and the row's place in it.
type Next = ((i64, u32), usize, usize);

impl<'a> Iterator for InOrder<'a> {
    type Item = &'a Row;

    fn next(&mut self) -> Option<&'a Row> {
        let rest = self.rows.as_slice();
        if let Some(&Reverse((time, chunk, place))) = self.others.peek()
            && rest.first().is_none_or(|row| row.time() > time)
        {
            self.others.pop();
            if let Some(row) = rest.first() {
                let taken = self.chunks.get(self.chunk)?.len().checked_sub(rest.len())?;
                self.others.push(Reverse((row.time(), self.chunk, taken)));
            }
            self.chunk = chunk;
            self.rows = self.chunks.get(chunk)?.get(place..)?.iter();
        }
        self.rows.next()
    }
}

impl Row {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the words of a number, the highest of which is looked at first"
    )]
    fn new(at: Timestamp, volume: Option<DataVolume>, large: &mut Vec<DataVolume>) -> Self {
        let (second, nanosecond) = parts(at);
        let words = |number: u128| [0, 32, 64].map(|word| (number >> word) as u32);
        let (kind, value) = match volume.map(DataVolume::as_nanobits) {
            None => (0, [0; 3]),
            Some(nanobits) if nanobits >> 96 == 0 => (SMALL, words(nanobits)),
            Some(nanobits) => {
                let place = large.len();
                large.push(DataVolume::from_nanobits(nanobits));
                (LARGE, words(place as u128))
            }
        };
        Self { second, nanosecond: nanosecond | kind, value }
    }

    /// Returns what rows are in order of.
    fn time(&self) -> (i64, u32) {
        (self.second, self.nanosecond & NANOSECOND)
    }

    #[expect(clippy::expect_used, reason = "the row was made of a time")]
    fn at(&self) -> Timestamp {
        let nanosecond = (self.nanosecond & NANOSECOND).cast_signed();
        Timestamp::new(self.second, nanosecond).expect("the time of a row")
    }

    #[expect(clippy::expect_used, reason = "the row was made of a place in the list")]
    fn volume(&self, large: &[DataVolume]) -> Option<DataVolume> {
        let [low, middle, high] = self.value.map(u128::from);
        let value = low | middle << 32 | high << 64;
        match self.nanosecond & !NANOSECOND {
            0 => None,
            SMALL => Some(DataVolume::from_nanobits(value)),
            _ => {
                let place = usize::try_from(value).ok().and_then(|place| large.get(place));
                Some(*place.expect("the place of a large volume"))
            }
        }
    }
}

/// Returns the second that a time is in, and the nanoseconds from its start to the time.
#[expect(clippy::arithmetic_side_effects, reason = "the seconds of jiff, and parts of a second")]
fn parts(at: Timestamp) -> (i64, u32) {
    let (second, nanosecond) = (at.as_second(), at.subsec_nanosecond());
    // Before 1970, both are negative.
    if nanosecond < 0 {
        (second - 1, 1_000_000_000 - nanosecond.unsigned_abs())
    } else {
        (second, nanosecond.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Rows};
    use crate::quantity::DataVolume;
    use jiff::Timestamp;

    #[test]
    fn a_row_takes_24_bytes_and_holds_any_time_and_volume() {
        assert_eq!(size_of::<Row>(), 24);
        let times = [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH]
            .into_iter()
            .chain([-1, 1, -1_000_000_000].into_iter().flat_map(Timestamp::from_nanosecond));
        let volumes = [0, 1, (1 << 96) - 1, 1 << 96, u128::MAX].map(DataVolume::from_nanobits);
        let volumes = volumes.map(Some).into_iter().chain([None]);
        let mut rows = Rows::default();
        let all: Vec<_> = times.flat_map(|at| volumes.clone().map(move |v| (at, v))).collect();
        all.iter().for_each(|&(at, volume)| rows.push(at, volume));
        let found = rows.chunks.iter().flatten().map(|row| (row.at(), row.volume(&rows.large)));
        assert!(found.eq(all));
    }

    #[cfg(feature = "csv")]
    #[test]
    fn rows_of_all_chunks_come_in_order() {
        let mut rows = Rows::default();
        // A permutation: 7 and 100,003 have no divisor in common.
        for row in 0..100_003 {
            let second = row * 7 % 100_003;
            rows.push(Timestamp::from_second(second).unwrap_or_default(), None);
        }
        rows.sort();
        assert!(rows.chunks.len() > 6);
        assert!(rows.iter().map(|(at, _)| at.as_second()).eq(0..100_003));
        let capacity: usize = rows.chunks.iter().map(Vec::capacity).sum();
        assert!(capacity * 8 <= rows.len() * 9, "{capacity}");
    }
}
