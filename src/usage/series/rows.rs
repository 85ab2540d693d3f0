//! [`Rows`]: samples with a time each, in memory.

use crate::{
    Error,
    quantity::DataVolume,
    usage::{SeriesLimit, series::ascends},
};
use jiff::Timestamp;

/// Samples with their times, in 24 bytes each. A value may be missing.
///
/// Volumes from 2⁹⁶ billionths of a bit on, which are ten exabytes, stand in a list of their own.
#[derive(Debug, Default)]
pub(in crate::usage) struct Rows {
    rows: Vec<Row>,
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

impl Rows {
    pub(in crate::usage) fn push(&mut self, at: Timestamp, volume: Option<DataVolume>) {
        // An eighth more each time: a vector that doubles takes up to 48 bytes a row.
        if self.rows.len() == self.rows.capacity() {
            self.rows.reserve_exact((self.rows.len() / 8).max(64));
        }
        self.rows.push(Row::new(at, volume, &mut self.large));
    }

    /// Adds a volume to that of the last row, or returns `None` if the sum exceeds [`DataVolume::MAX`].
    pub(in crate::usage) fn add_to_last(&mut self, volume: DataVolume) -> Option<()> {
        let Some(last) = self.rows.last_mut() else { return Some(()) };
        let sum = last.volume(&self.large).unwrap_or(DataVolume::ZERO).checked_add(volume)?;
        *last = Row::new(last.at(), Some(sum), &mut self.large);
        Some(())
    }

    pub(in crate::usage) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::usage) fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (Timestamp, Option<DataVolume>)> + DoubleEndedIterator {
        self.rows.iter().map(|row| (row.at(), row.volume(&self.large)))
    }

    /// Sorts the rows by time.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn sort(&mut self) {
        self.rows.sort_unstable_by_key(|row| (row.second, row.nanosecond & NANOSECOND));
    }

    /// Makes one row of those with the same time, where they are `adding_up`.
    ///
    /// # Errors
    ///
    /// Two rows have the same time and are not added up, or their sum exceeds [`DataVolume::MAX`].
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn with_each_time_once(mut self, adding_up: bool) -> Result<Self, Error> {
        let mut result = Ok(());
        let large = &mut self.large;
        let add = |at: Timestamp, before: Option<DataVolume>, volume: Option<DataVolume>| {
            if !adding_up {
                return ascends(at, at).map(|()| volume);
            }
            let (Some(before), Some(volume)) = (before, volume) else {
                return Ok(before.or(volume));
            };
            before.checked_add(volume).map(Some).ok_or_else(|| SeriesLimit::of_volume(at))
        };
        self.rows.dedup_by(|row, before| {
            let at = row.at();
            let is_same = at == before.at();
            if is_same && result.is_ok() {
                match add(at, before.volume(large), row.volume(large)) {
                    Ok(sum) => *before = Row::new(at, sum, large),
                    Err(error) => result = Err(error),
                }
            }
            is_same
        });
        result.map(|()| self)
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
        assert!(rows.iter().eq(all));
    }
}
