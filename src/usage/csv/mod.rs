//! [`CsvLayout`]: the description of a CSV file, and reading it.

mod digits;
mod marks;
#[cfg(feature = "rayon")]
mod parallel;
mod source;
mod time;
mod value;

pub use self::{time::TimeFormat, value::CsvUnit};

use self::{
    digits::digits,
    source::Source,
    time::{Format, Times},
    value::{NumberForm, Value},
};
use crate::{
    Error, ErrorKind, Place,
    quantity::{DataRate, DataVolume},
    usage::{
        CounterLog, CounterWidth, Gaps, LinkUsage, UsageError, UsageSeries,
        series::{Rows, SampleKind, Samples},
    },
};
use core::{num::NonZeroU128, ops::Range, time::Duration};
use jiff::{Timestamp, tz::TimeZone};
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
};

/// The layout of a CSV file: which columns hold the times and the values, and how they are written.
///
/// Nothing is guessed. A new layout describes one form: a header, commas between cells, a column
/// `time` with times as in RFC 3339, one column named `bits`, `bytes`, `volume`, `bps` or `rate`,
/// rows in order of time, and a value in each cell. Each method describes one difference from that
/// form.
///
/// ```
/// use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat};
/// use core::time::Duration;
///
/// // A spreadsheet with semicolons, decimal commas and epoch seconds.
/// let file = "\
/// Timestamp;traffic
/// 1735689600;1500,5
/// 1735689900;
/// 1735690200;1200
/// ";
/// let layout = CsvLayout::new()
///     .separator(b';')
///     .decimal_comma()
///     .time("Timestamp", TimeFormat::UnixSeconds)
///     .value("traffic", CsvUnit::Bytes)
///     .missing(&[""])
///     .interval(Duration::from_secs(300));
/// let series = layout.read(file.as_bytes(), GapPolicy::LeaveOut)?;
/// assert_eq!(series.total().to_string(), "2.7005 kB");
/// assert_eq!(series.coverage().to_string(), "2/3");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// Names of columns are compared without regard to case and the space around them. A byte order
/// mark, quotes and both kinds of line ends are understood. Numbers may have a fraction and an
/// exponent; a value finer than a billionth of a bit is rounded half to even.
///
/// # Memory
///
/// Files are read row by row in a buffer of 64 KiB, which a longer row grows to at most 1 MiB. Beside it
/// and the series that are read, rows take no memory as long as they stand on a grid of times. Rows at
/// unequal distances take 24 bytes each until the series is made, and so do those of an
/// [`unordered`](Self::unordered) file whose layout names the [`interval`](Self::interval).
///
/// # Speed
///
/// Slots are a grid, so a row mostly has the date of the row before, and comes one interval after it:
/// both are compared first. Digits, and times as in RFC 3339 without a fraction, are read without being
/// looked at as text. Other forms are read as exactly and several times slower.
#[derive(Debug, Clone)]
pub struct CsvLayout {
    separator: u8,
    numbers: NumberForm,
    time: (String, Format),
    time_of_day: Option<String>,
    end: Option<String>,
    stamped_at_end: bool,
    zone: TimeZone,
    interval: Option<Duration>,
    value: Option<(String, CsvUnit)>,
    inbound: Option<(String, CsvUnit)>,
    outbound: Option<(String, CsvUnit)>,
    series: Option<String>,
    missing: Vec<String>,
    unordered: bool,
    adding_up: bool,
    header: Option<Vec<String>>,
    max_slots: Option<usize>,
}

/// The names that a column of values may have in a layout that names none.
const VALUES: [(&str, CsvUnit); 5] = [
    ("bits", CsvUnit::Bits),
    ("bytes", CsvUnit::Bytes),
    ("volume", CsvUnit::Volume),
    ("bps", CsvUnit::Bps),
    ("rate", CsvUnit::Rate),
];

impl Default for CsvLayout {
    fn default() -> Self {
        Self::new()
    }
}

impl CsvLayout {
    /// Creates the layout of a file with commas, a column `time` as in RFC 3339, and one of `bits`,
    /// `bytes`, `volume`, `bps` or `rate`.
    ///
    /// ```
    /// use bandwidth_cost::{CsvLayout, GapPolicy};
    ///
    /// let file = "time,rate\n2025-01-01T00:00:00Z,80 Mbps\n2025-01-01T00:05:00Z,0.12 Gbps\n";
    /// let series = CsvLayout::new().read(file.as_bytes(), GapPolicy::Fail)?;
    /// assert_eq!(series.total().to_string(), "7.5 GB");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self {
            separator: b',',
            numbers: NumberForm { decimal_comma: false, thousands: None },
            time: ("time".to_owned(), Format::Rfc3339),
            time_of_day: None,
            end: None,
            stamped_at_end: false,
            zone: TimeZone::UTC,
            interval: None,
            value: None,
            inbound: None,
            outbound: None,
            series: None,
            missing: Vec::new(),
            unordered: false,
            adding_up: false,
            header: None,
            max_slots: None,
        }
    }

    /// Sets the character between cells: `b';'`, `b'\t'`, or `b' '` for any number of spaces.
    #[must_use]
    pub fn separator(self, separator: u8) -> Self {
        Self { separator, ..self }
    }

    /// Reads numbers with a comma before the decimals: `1500,5`.
    #[must_use]
    pub fn decimal_comma(self) -> Self {
        let numbers = NumberForm { decimal_comma: true, ..self.numbers };
        Self { numbers, ..self }
    }

    /// Reads numbers with a separator between thousands: `1,721,992` with `b','`.
    ///
    /// If the same character separates the cells, such numbers must be in quotes.
    #[must_use]
    pub fn thousands(self, separator: u8) -> Self {
        let numbers = NumberForm { thousands: Some(separator), ..self.numbers };
        Self { numbers, ..self }
    }

    /// Sets the column of the times and their format, instead of `time` and RFC 3339.
    #[must_use]
    pub fn time(self, column: &str, format: TimeFormat<'_>) -> Self {
        let (format, time_of_day) = format.owned();
        Self { time: (column.to_owned(), format), time_of_day, ..self }
    }

    /// Sets the column of the end of each record, for [`read_records`](Self::read_records). Its format is
    /// that of the times.
    #[must_use]
    pub fn end(self, column: &str) -> Self {
        Self { end: Some(column.to_owned()), ..self }
    }

    /// Reads the time of each row as the end of its slot, not as the start. Counters, and records with an
    /// [end](Self::end), are read as without it.
    #[must_use]
    pub fn stamped_at_end(self) -> Self {
        Self { stamped_at_end: true, ..self }
    }

    /// Sets the time zone of local times, which is UTC by default.
    #[must_use]
    pub fn zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// Sets the length of a slot. Without it, a slot is as long as the time between the first two rows,
    /// and all rows must lie whole slots apart.
    #[must_use]
    pub fn interval(self, interval: Duration) -> Self {
        Self { interval: Some(interval), ..self }
    }

    /// Sets the column of the values and their unit.
    #[must_use]
    pub fn value(self, column: &str, unit: CsvUnit) -> Self {
        Self { value: Some((column.to_owned(), unit)), ..self }
    }

    /// Sets the column of the inbound values of a link and their unit.
    #[must_use]
    pub fn inbound(self, column: &str, unit: CsvUnit) -> Self {
        Self { inbound: Some((column.to_owned(), unit)), ..self }
    }

    /// Sets the column of the outbound values of a link and their unit.
    #[must_use]
    pub fn outbound(self, column: &str, unit: CsvUnit) -> Self {
        Self { outbound: Some((column.to_owned(), unit)), ..self }
    }

    /// Sets the column that says to which series a row belongs, for [`read_each`](Self::read_each).
    #[must_use]
    pub fn series(self, column: &str) -> Self {
        Self { series: Some(column.to_owned()), ..self }
    }

    /// Sets the texts that stand for a value that is missing, such as an empty cell, `NaN`, `U` or
    /// `N/A`. A missing value is the same gap as a missing row.
    #[must_use]
    pub fn missing(self, marks: &[&str]) -> Self {
        Self { missing: marks.iter().map(|mark| mark.trim().to_owned()).collect(), ..self }
    }

    /// Reads rows in any order of time; they are sorted in memory.
    #[must_use]
    pub fn unordered(self) -> Self {
        Self { unordered: true, ..self }
    }

    /// Adds up the values of rows with the same time, which are an error otherwise.
    #[must_use]
    pub fn adding_up(self) -> Self {
        Self { adding_up: true, ..self }
    }

    /// Names the columns of a file without a header.
    #[must_use]
    pub fn without_header(self, columns: &[&str]) -> Self {
        Self { header: Some(columns.iter().map(|&column| column.to_owned()).collect()), ..self }
    }

    /// Sets the largest number of slots of a series, so that one wrong time can't take all memory.
    /// It is 100,000 plus 1,000 for each row by default.
    #[must_use]
    pub fn max_slots(self, slots: usize) -> Self {
        Self { max_slots: Some(slots), ..self }
    }

    /// Reads a series from the column that [`value`](Self::value) names, or else from the only column
    /// called `bits`, `bytes`, `volume`, `bps` or `rate`. `gaps` says what becomes of slots without a
    /// value.
    ///
    /// # Errors
    ///
    /// - [`UsageError::EmptyFile`] for a file without a header, and [`UsageError::HeaderOnly`] for one
    ///   without rows.
    /// - [`UsageError::NoColumn`] or [`UsageError::RepeatedColumn`] for a column that is not there, or
    ///   there twice; [`UsageError::LayoutLacks`] if several could hold the values.
    /// - [`UsageError::NoInterval`] if the layout names no interval and the rows do not show one.
    /// - [`ErrorKind::In`](crate::ErrorKind::In) with the line, and the column if there is one, of a
    ///   row or cell that can't be read.
    /// - [`UsageError::Unordered`] or [`UsageError::RepeatedTime`] for a time that does not come after
    ///   the one before.
    /// - [`UsageError::Averaged`] if all rows lie the same number of slots apart, two or more: such
    ///   rows are averages.
    /// - [`ErrorKind::Io`](crate::ErrorKind::Io) for a reader that fails.
    /// - The other errors of [`UsageSeries::from_samples`].
    pub fn read(&self, reader: impl Read, gaps: impl Into<Gaps>) -> Result<UsageSeries, Error> {
        let gaps = gaps.into();
        let mut file = self.open(reader)?;
        let value = self.value_column(&file.header)?;
        let mut series = Building::new(self, value.unit, gaps);
        while let Some(at) = file.next(|| series.last())? {
            series.push(&file, at, &value)?;
        }
        series.finish()
    }

    /// Reads the two directions of a link.
    ///
    /// # Errors
    ///
    /// - The errors of [`read`](Self::read).
    /// - [`UsageError::LayoutLacks`] if the layout has no [`inbound`](Self::inbound) or no
    ///   [`outbound`](Self::outbound).
    ///
    /// ```
    /// use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy};
    ///
    /// let file = "time,in,out\n2025-01-01T00:00:00Z,80,20\n2025-01-01T00:05:00Z,60,30\n";
    /// let layout = CsvLayout::new().inbound("in", CsvUnit::Bytes).outbound("out", CsvUnit::Bytes);
    /// let link = layout.read_link(file.as_bytes(), GapPolicy::Fail)?;
    /// assert_eq!(link.inbound.total().to_string(), "140 B");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn read_link(&self, reader: impl Read, gaps: impl Into<Gaps>) -> Result<LinkUsage, Error> {
        let gaps = gaps.into();
        let mut file = self.open(reader)?;
        let [inbound, outbound] = self.directions(&file.header)?;
        let mut directions =
            [&inbound, &outbound].map(|column| Building::new(self, column.unit, gaps));
        let [first, second] = &mut directions;
        while let Some(at) = file.next(|| first.last())? {
            first.push(&file, at, &inbound)?;
            second.push(&file, at, &outbound)?;
        }
        let [inbound, outbound] = directions;
        Ok(LinkUsage { inbound: inbound.finish()?, outbound: outbound.finish()? })
    }

    /// Reads many series, each under the name that stands in the [series](Self::series) column, in
    /// any order of the names.
    ///
    /// # Errors
    ///
    /// - The errors of [`read`](Self::read).
    /// - [`UsageError::LayoutLacks`] if the layout has no [`series`](Self::series).
    ///
    /// ```
    /// use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy};
    ///
    /// let file = "\
    /// port,time,bits
    /// a,2025-01-01T00:00:00Z,80
    /// b,2025-01-01T00:00:00Z,10
    /// a,2025-01-01T00:05:00Z,60
    /// b,2025-01-01T00:05:00Z,20
    /// ";
    /// let ports = CsvLayout::new().series("port").read_each(file.as_bytes(), GapPolicy::Fail)?;
    /// let totals: Vec<_> = ports.values().map(|series| series.total().to_string()).collect();
    /// assert_eq!(totals, ["17.5 B", "3.75 B"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn read_each(
        &self,
        reader: impl Read,
        gaps: impl Into<Gaps>,
    ) -> Result<BTreeMap<String, UsageSeries>, Error> {
        let gaps = gaps.into();
        let mut file = self.open(reader)?;
        let value = self.value_column(&file.header)?;
        let key = self.series_column(&file.header)?;
        let mut all = Keyed::new();
        while file.source.next()? {
            let place = all.place(&file, &key, value.unit, gaps)?;
            if let Some(series) = all.get_mut(place) {
                let at = file.time(|| series.last())?;
                series.push(&file, at, &value)?;
            }
        }
        if all.all.is_empty() {
            return Err(UsageError::HeaderOnly.into());
        }
        all.into_series().collect()
    }

    /// Reads the logs of an interface's two octet counters, inbound and outbound; the units that
    /// the layout gives are ignored, because counters count octets.
    ///
    /// # Errors
    ///
    /// The errors of [`read_link`](Self::read_link) and of [`CounterLog::push`].
    ///
    /// ```
    /// use bandwidth_cost::{CounterWidth, CsvLayout, CsvUnit, GapPolicy};
    /// use core::time::Duration;
    ///
    /// let file = "\
    /// time,in,out
    /// 2025-01-01T00:00:00Z,7000000000,100000
    /// 2025-01-01T00:05:00Z,10000000000,400000
    /// ";
    /// let layout = CsvLayout::new().inbound("in", CsvUnit::Bytes).outbound("out", CsvUnit::Bytes);
    /// let (inbound, _) = layout.read_counters(file.as_bytes(), CounterWidth::Bits64)?;
    /// let readout = inbound.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
    /// assert_eq!(readout.series.total().to_string(), "3 GB");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn read_counters(
        &self,
        reader: impl Read,
        width: CounterWidth,
    ) -> Result<(CounterLog, CounterLog), Error> {
        let mut file = self.open(reader)?;
        let [inbound, outbound] = self.directions(&file.header)?;
        let mut logs = [CounterLog::new(width), CounterLog::new(width)];
        let mut last = None;
        while let Some(at) = file.next(|| last)? {
            last = Some(at);
            for (log, column) in logs.iter_mut().zip([&inbound, &outbound]) {
                if let Some(octets) = self.octets(&file, column)? {
                    let pushed = if self.unordered {
                        log.push_unordered(at, octets)
                    } else {
                        log.push(at, octets).map(drop)
                    };
                    pushed.map_err(|error| file.source.at(&column.name, of_rows(error)))?;
                }
            }
        }
        if self.unordered {
            logs.iter_mut().try_for_each(|log| log.sort().map_err(of_rows))?;
        }
        let [inbound, outbound] = logs.map(|log| match self.max_slots {
            Some(slots) => log.with_max_slots(slots),
            None => log,
        });
        Ok((inbound, outbound))
    }

    /// Reads records with a start, an [end](Self::end) and a volume each, such as flows, and spreads them
    /// over slots by time: see [`UsageSeries::from_records`].
    ///
    /// If the end is in the column of the time, a record has no duration. Without an end and
    /// [stamped at it](Self::stamped_at_end), a row has what passed since the row before it; the first
    /// row only says when that was, because its own start is not known.
    ///
    /// # Errors
    ///
    /// - The errors of [`read`](Self::read).
    /// - [`UsageError::LayoutLacks`] if the layout has no [`end`](Self::end), unless rows are stamped at
    ///   it, and [`UsageError::EmptySeries`] if no row has a volume.
    /// - [`UsageError::RateOfRecord`] for a value that is a rate, and the errors of
    ///   [`UsageSeries::from_records`].
    ///
    /// ```
    /// use bandwidth_cost::{CsvLayout, CsvUnit, TimeFormat};
    /// use core::time::Duration;
    ///
    /// let file = "start,end,bytes\n1735689600,1735689720,1200\n1735689660,1735689660,5\n";
    /// let layout = CsvLayout::new()
    ///     .time("start", TimeFormat::UnixSeconds)
    ///     .end("end")
    ///     .value("bytes", CsvUnit::Bytes);
    /// let series = layout.read_records(file.as_bytes(), Duration::from_secs(60))?;
    /// let volumes: Vec<_> = series.iter().filter_map(|(_, volume)| volume).collect();
    /// assert_eq!(volumes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["600 B", "605 B"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn read_records(
        &self,
        reader: impl Read,
        interval: Duration,
    ) -> Result<UsageSeries, Error> {
        let mut file = self.open(reader)?;
        let value = self.value_column(&file.header)?;
        let end = match &self.end {
            Some(name) => Some((file.header.place(name)?, name)),
            None if self.stamped_at_end => None,
            None => return Err(UsageError::LayoutLacks { call: "end(\"end\")" }.into()),
        };
        if value.unit.is_rate() {
            return Err(UsageError::RateOfRecord { column: value.name }.into());
        }
        let mut ends = Times::new(&self.time.1, &self.zone);
        let mut records = Vec::<(Range<Timestamp>, DataVolume)>::new();
        let mut last = None;
        while let Some(at) = file.next(|| last.filter(|_| end.is_none()))? {
            let before = last.replace(at);
            let span = match (end, before) {
                (Some((place, _)), _) if place == file.time => at..at,
                (Some((place, name)), _) => {
                    let read = ends.read(file.source.text(place, name)?, None);
                    at..read.map_err(|error| file.source.at(name, error))?
                }
                (None, Some(before)) => {
                    let ascends = crate::usage::series::ascends(before, at);
                    ascends.map_err(|error| file.source.at(&self.time.0, of_rows(error)))?;
                    before..at
                }
                // It is not known when the first of them began.
                (None, None) => continue,
            };
            let text = file.source.text(value.place, &value.name)?;
            if self.missing.iter().any(|mark| mark == text) {
                continue;
            }
            let volume = value.unit.read(text, self.numbers);
            let volume = volume.and_then(|volume| volume.in_slot(interval, text));
            let volume = volume.map_err(|error| file.source.at(&value.name, error))?;
            records.push((span, volume));
        }
        match (records.is_empty(), last) {
            (true, None) => return Err(UsageError::HeaderOnly.into()),
            (true, Some(_)) => return Err(UsageError::EmptySeries.into()),
            (false, _) => {}
        }
        UsageSeries::from_records(records, interval)
    }

    /// Reads the octets in a cell, or returns `None` if they are missing.
    fn octets<R: Read>(&self, file: &File<'_, R>, column: &Column) -> Result<Option<u64>, Error> {
        if !self.has_number_as_mark()
            && let Some(octets) = digits(file.source.cell(column.place))
        {
            return Ok(Some(octets));
        }
        let text = file.source.text(column.place, &column.name)?;
        if self.missing.iter().any(|mark| mark == text) {
            return Ok(None);
        }
        let octets = self.numbers.whole(text);
        octets.map(Some).map_err(|error| file.source.at(&column.name, refused(text, error)))
    }

    /// Returns whether a number stands for a missing value, so that digits may not be one.
    #[inline]
    fn has_number_as_mark(&self) -> bool {
        self.missing.iter().any(|mark| mark.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn open<R: Read>(&self, reader: R) -> Result<File<'_, R>, Error> {
        let mut source = Source::new(reader, self.separator);
        let names = match &self.header {
            Some(names) => names.clone(),
            None => source.header()?,
        };
        let header = Header { names };
        let time = header.place(&self.time.0)?;
        let time_of_day = self.time_of_day.as_deref().map(|name| header.place(name)).transpose()?;
        let times = Times::new(&self.time.1, &self.zone);
        Ok(File { layout: self, source, header, time, time_of_day, times, joined: String::new() })
    }

    /// Finds the column of values: the one that is named, or the only one with a usual name.
    fn value_column(&self, header: &Header) -> Result<Column, Error> {
        if let Some((name, unit)) = &self.value {
            return Ok(Column { place: header.place(name)?, name: name.clone(), unit: *unit });
        }
        let found = VALUES.into_iter().filter_map(|(name, unit)| {
            let place = header.find(name).next()?;
            Some(Column { place, name: name.to_owned(), unit })
        });
        let mut found = found.collect::<Vec<_>>();
        match (found.pop(), found.pop()) {
            (Some(column), None) => Ok(column),
            (None, _) => Err(header.lacks("one of `bits`, `bytes`, `volume`, `bps` and `rate`")),
            (Some(_), Some(_)) => {
                Err(UsageError::LayoutLacks { call: "value(\"bytes\", CsvUnit::Bytes)" }.into())
            }
        }
    }

    fn series_column(&self, header: &Header) -> Result<Column, Error> {
        let lacks = || UsageError::LayoutLacks { call: "series(\"port\")" };
        let name = self.series.as_deref().ok_or_else(lacks)?;
        Ok(Column { place: header.place(name)?, name: name.to_owned(), unit: CsvUnit::Bits })
    }

    fn directions(&self, header: &Header) -> Result<[Column; 2], Error> {
        let column = |column: &Option<(String, CsvUnit)>, call| {
            let lacks = || Error::from(UsageError::LayoutLacks { call });
            let (name, unit) = column.as_ref().ok_or_else(lacks)?;
            Ok::<_, Error>(Column { place: header.place(name)?, name: name.clone(), unit: *unit })
        };
        Ok([
            column(&self.inbound, "inbound(\"in\", CsvUnit::Bytes)")?,
            column(&self.outbound, "outbound(\"out\", CsvUnit::Bytes)")?,
        ])
    }
}

/// A column of values.
struct Column {
    place: usize,
    name: String,
    unit: CsvUnit,
}

/// The names of a file's columns.
#[cfg_attr(feature = "rayon", derive(Clone))]
struct Header {
    names: Vec<String>,
}

impl Header {
    fn find(&self, name: &str) -> impl Iterator<Item = usize> {
        let name = name.trim().to_lowercase();
        let names = self.names.iter().enumerate();
        names.filter(move |(_, known)| known.trim().to_lowercase() == name).map(|(place, _)| place)
    }

    /// Returns the only column of a name.
    fn place(&self, name: &str) -> Result<usize, Error> {
        let mut places = self.find(name);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (None, _) => Err(self.lacks(&format!("a column `{name}`"))),
            (Some(_), Some(_)) => {
                let column = crate::text::clip(name);
                Err(UsageError::RepeatedColumn { column }.into())
            }
        }
    }

    fn lacks(&self, column: &str) -> Error {
        let found = crate::text::clip(&self.names.join(","));
        let separator = match self.names.as_slice() {
            [only] => [';', '\t', '|', ' '].into_iter().find(|&other| only.contains(other)),
            _ => None,
        };
        UsageError::NoColumn { column: column.to_owned(), found, separator }.into()
    }
}

/// A file whose header was read.
struct File<'a, R> {
    layout: &'a CsvLayout,
    source: Source<R>,
    header: Header,
    time: usize,
    time_of_day: Option<usize>,
    times: Times<'a>,
    /// The date and the time of day of the row, where they are in two columns.
    joined: String,
}

impl<R: Read> File<'_, R> {
    /// Reads the next row and returns its time, or `None` at the end of the file. `last` is the time
    /// that it should come after.
    #[inline]
    fn next(
        &mut self,
        last: impl FnOnce() -> Option<Timestamp>,
    ) -> Result<Option<Timestamp>, Error> {
        if self.source.next()? { self.time(last).map(Some) } else { Ok(None) }
    }

    /// Reads the time of the row.
    #[inline]
    fn time(&mut self, last: impl FnOnce() -> Option<Timestamp>) -> Result<Timestamp, Error> {
        if self.time_of_day.is_none()
            && let Some(at) = self.times.plain(self.source.cell(self.time))
        {
            return Ok(at);
        }
        // Without a strict order, the two passes of an hour can't be told apart.
        let is_strict = !self.layout.unordered && !self.layout.adding_up;
        let last = if is_strict { last() } else { None };
        self.other_time(last)
    }

    /// Reads the time of the row in any form.
    fn other_time(&mut self, last: Option<Timestamp>) -> Result<Timestamp, Error> {
        let name = &self.layout.time.0;
        let text = self.source.text(self.time, name)?;
        let read = match self.time_of_day {
            None => self.times.read(text, last),
            Some(column) => {
                self.joined.clear();
                self.joined.push_str(text);
                self.joined.push(' ');
                self.joined.push_str(self.source.text(column, name)?);
                self.times.read(&self.joined, last)
            }
        };
        read.map_err(|error| self.source.at(name, error))
    }
}

/// Series by name, in the order in which they come.
struct Keyed<'a> {
    places: HashMap<Box<[u8]>, usize>,
    all: Vec<(Box<str>, Building<'a>)>,
    /// The series of the row before.
    last: usize,
}

impl<'a> Keyed<'a> {
    fn new() -> Self {
        Self { places: HashMap::new(), all: Vec::new(), last: 0 }
    }

    /// Returns the place of a series that came before.
    ///
    /// Rows mostly come series by series, or the series in the same order for each time.
    #[inline]
    fn find(&mut self, name: &[u8]) -> Option<usize> {
        let is_it = |place: usize| {
            self.all.get(place).is_some_and(|(known, _)| is_same(known.as_bytes(), name))
        };
        let next = self.last.saturating_add(1);
        self.last = if is_it(self.last) {
            self.last
        } else if is_it(next) {
            next
        } else {
            *self.places.get(name)?
        };
        Some(self.last)
    }

    /// Returns the place of the series that the row of a file belongs to.
    #[inline]
    fn place<R: Read>(
        &mut self,
        file: &File<'a, R>,
        key: &Column,
        unit: CsvUnit,
        gaps: Gaps,
    ) -> Result<usize, Error> {
        if let Some(place) = self.find(file.source.cell(key.place).trim_ascii()) {
            return Ok(place);
        }
        let name = file.source.text(key.place, &key.name)?;
        self.last = self.all.len();
        // A vector that doubles takes a megabyte more for some thousand series.
        if self.last == self.all.capacity() {
            self.all.reserve_exact((self.last / 8).max(16));
        }
        self.places.insert(name.as_bytes().into(), self.last);
        self.all.push((name.into(), Building::new(file.layout, unit, gaps)));
        Ok(self.last)
    }

    #[inline]
    fn get_mut(&mut self, place: usize) -> Option<&mut Building<'a>> {
        self.all.get_mut(place).map(|(_, series)| series)
    }

    /// Makes the series, in the order in which they came.
    fn into_series(self) -> impl Iterator<Item = Result<(String, UsageSeries), Error>> {
        self.all.into_iter().map(|(name, series)| {
            let place = || Place::Series(crate::text::clip(&name));
            let series = series.finish().map_err(|error| error.at(place()))?;
            Ok((name.into_string(), series))
        })
    }
}

/// Returns whether two names are the same: faster for short ones than the standard library's call.
#[inline]
fn is_same(name: &[u8], other: &[u8]) -> bool {
    let ((words, rest), (others, other_rest)) = (name.as_chunks::<8>(), other.as_chunks::<8>());
    name.len() == other.len()
        && words.iter().zip(others).all(|(a, b)| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b))
        && rest.iter().zip(other_rest).all(|(a, b)| a == b)
}

/// A series so far.
struct Building<'a> {
    layout: &'a CsvLayout,
    kind: SampleKind,
    unit: CsvUnit,
    gaps: Gaps,
    /// The first row, before the length of a slot is known.
    first: Option<Box<(Timestamp, Option<Value>)>>,
    samples: Option<Samples>,
    /// The billionths of a bit that a number of a cell stands for, once that is known and if rows ascend.
    nanobits: Option<NonZeroU128>,
    /// All rows, where they come in any order.
    unordered: Option<Box<Unordered>>,
}

/// Rows in any order.
#[derive(Default)]
struct Unordered {
    rows: Rows,
    /// Rows whose volume is not known as long as the length of a slot is not.
    rates: Vec<(Timestamp, Option<Value>)>,
}

impl<'a> Building<'a> {
    fn new(layout: &'a CsvLayout, unit: CsvUnit, gaps: Gaps) -> Self {
        let kind = if unit.is_rate() { SampleKind::Rates } else { SampleKind::Volumes };
        let (first, samples, nanobits, unordered) = (None, None, None, None);
        Self { layout, kind, unit, gaps, first, samples, nanobits, unordered }
    }

    /// Returns the time of the last row, where rows ascend.
    fn last(&self) -> Option<Timestamp> {
        match &self.samples {
            Some(samples) => samples.last(),
            None => self.first.as_ref().map(|first| first.0),
        }
    }

    #[inline]
    fn push<R: Read>(
        &mut self,
        file: &File<'_, R>,
        at: Timestamp,
        column: &Column,
    ) -> Result<(), Error> {
        // Digits alone are read without looking at them as text.
        if let (Some(samples), Some(nanobits)) = (&mut self.samples, self.nanobits)
            && let Some(count) = digits(file.source.cell(column.place))
        {
            if samples.push_count(at, count) {
                return Ok(());
            }
            if let Some(nanobits) = u128::from(count).checked_mul(nanobits.get()) {
                let pushed = samples.push(at, Some(DataVolume::from_nanobits(nanobits)));
                let name = &self.layout.time.0;
                return pushed.map_err(|error| file.source.at(name, of_rows(error)));
            }
        }
        self.push_other(file, at, column)
    }

    /// Adds a row with any value.
    fn push_other<R: Read>(
        &mut self,
        file: &File<'_, R>,
        at: Timestamp,
        column: &Column,
    ) -> Result<(), Error> {
        let layout = self.layout;
        let text = file.source.text(column.place, &column.name)?;
        let refused = |error| file.source.at(&column.name, refused(text, error));
        let value = if layout.missing.iter().any(|mark| mark == text) {
            None
        } else {
            Some(column.unit.read(text, layout.numbers).map_err(refused)?)
        };
        if !layout.unordered {
            let added = self.add(at, value, text);
            return added.map_err(|error| file.source.at(&layout.time.0, of_rows(error)));
        }
        let unordered = self.unordered.get_or_insert_default();
        let volume = match (value, layout.interval) {
            (None, _) => None,
            (Some(Value::Volume(volume)), _) => Some(volume),
            (Some(value), Some(interval)) => Some(value.in_slot(interval, text).map_err(refused)?),
            (value, None) => {
                unordered.rates.push((at, value));
                return Ok(());
            }
        };
        if self.kind == SampleKind::Rates && layout.interval.is_none() {
            unordered.rates.push((at, None));
        } else {
            unordered.rows.push(at, volume);
        }
        Ok(())
    }

    fn add(&mut self, at: Timestamp, value: Option<Value>, text: &str) -> Result<(), Error> {
        let layout = self.layout;
        if self.samples.is_none() {
            let interval = match (layout.interval, &self.first) {
                (Some(interval), _) => interval,
                (None, None) => {
                    self.first = Some(Box::new((at, value)));
                    return Ok(());
                }
                (None, Some(first)) if at == first.0 && layout.adding_up => {
                    return Err(UsageError::NoInterval { rows: 1 }.into());
                }
                (None, Some(first)) => {
                    crate::usage::series::ascends(first.0, at)?;
                    at.duration_since(first.0).unsigned_abs()
                }
            };
            let mut samples = self.samples(interval)?;
            if let Some((first, value)) = self.first.take().map(|first| *first) {
                let volume = value.map(|value| value.in_slot(interval, text)).transpose()?;
                samples.push(first, volume)?;
            }
            self.samples = Some(samples);
        }
        if let Some(samples) = &mut self.samples {
            let interval = samples.interval();
            let volume = value.map(|value| value.in_slot(interval, text)).transpose()?;
            samples.push(at, volume)?;
        }
        Ok(())
    }

    /// Creates the samples of slots of a length.
    fn samples(&mut self, interval: Duration) -> Result<Samples, Error> {
        let layout = self.layout;
        let samples = Samples::new(interval, self.gaps, self.kind)?
            .of_file()
            .stamped_at_end(layout.stamped_at_end)
            .adding_up(layout.adding_up)
            .on_grid_only(layout.interval.is_none())
            .with_max_slots(layout.max_slots);
        let is_plain = !layout.unordered && !layout.has_number_as_mark();
        self.nanobits = self.unit.in_slot(interval).filter(|_| is_plain);
        Ok(match self.nanobits {
            Some(nanobits) => samples.in_units_of(nanobits),
            None => samples,
        })
    }

    fn finish(mut self) -> Result<UsageSeries, Error> {
        let Unordered { mut rows, mut rates } =
            self.unordered.take().map(|rows| *rows).unwrap_or_default();
        rows.sort();
        if let (Some(interval), 1..) = (self.layout.interval, rows.len()) {
            let mut samples = self.samples(interval)?;
            samples.push_rows(rows).map_err(of_rows)?;
            return samples.into_series();
        }
        for (at, volume) in rows.iter() {
            self.add(at, volume.map(Value::Volume), "").map_err(of_rows)?;
        }
        rates.sort_by_key(|&(at, _)| at);
        for (at, value) in rates {
            self.add(at, value, "").map_err(of_rows)?;
        }
        match (self.samples, self.first) {
            (Some(samples), _) => samples.into_series(),
            (None, Some(_)) => Err(UsageError::NoInterval { rows: 1 }.into()),
            (None, None) => Err(UsageError::HeaderOnly.into()),
        }
    }
}

/// Adds what would help to the error of a value.
fn refused(text: &str, error: Error) -> Error {
    let is_mark =
        text.is_empty() || ["nan", "n/a", "u", "null", "-"].contains(&text.to_lowercase().as_str());
    let with_unit = if text.parse::<DataVolume>().is_ok() {
        Some("Volume")
    } else if text.parse::<DataRate>().is_ok() {
        Some("Rate")
    } else {
        None
    };
    match with_unit {
        _ if is_mark => UsageError::LooksMissing { text: text.to_owned() }.into(),
        Some(unit) => UsageError::LooksWithUnit { text: crate::text::clip(text), unit }.into(),
        None => error,
    }
}

/// Makes the error of a time that does not come after the one before that of a row.
fn of_rows(error: Error) -> Error {
    match *error.kind() {
        ErrorKind::Usage(UsageError::OutOfOrder { at, previous }) if at == previous => {
            UsageError::RepeatedTime { at }.into()
        }
        ErrorKind::Usage(UsageError::OutOfOrder { at, previous }) => {
            UsageError::Unordered { at, previous }.into()
        }
        _ => error,
    }
}
