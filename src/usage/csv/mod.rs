//! [`CsvLayout`]: the description of a CSV file, and reading it.

mod source;
mod time;
mod value;

pub use self::{time::TimeFormat, value::CsvUnit};

use self::{
    source::Source,
    time::{Format, Times},
    value::{NumberForm, Value},
};
use crate::{
    Error, ErrorKind, Place,
    quantity::{DataRate, DataVolume},
    usage::{
        CounterLog, CounterWidth, Gaps, LinkUsage, UsageError, UsageSeries,
        series::{SampleKind, Samples},
    },
};
use core::{ops::Range, time::Duration};
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
/// Files are read row by row: only the series are held in memory, unless
/// [`unordered`](Self::unordered) has to hold all rows.
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

    /// Reads the time of each row as the end of its slot, not as the start. It makes no difference
    /// to counters and records.
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
        Self { missing: marks.iter().map(|&mark| mark.to_owned()).collect(), ..self }
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
        while let Some(at) = file.next(series.last)? {
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
        while let Some(at) = file.next(first.last)? {
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
        let lacks = || UsageError::LayoutLacks { call: "series(\"port\")" };
        let key = file.header.place(self.series.as_deref().ok_or_else(lacks)?)?;
        let mut places = HashMap::<Box<[u8]>, usize>::new();
        let mut all = Vec::<(Box<[u8]>, Building<'_>)>::new();
        // Rows come port by port or in the same order of the ports: one of two guesses is mostly right.
        let mut place = 0_usize;
        while file.source.next()? {
            let name = file.source.cell(key);
            let is_it = |place: usize| all.get(place).is_some_and(|(known, _)| **known == *name);
            let next = place.saturating_add(1);
            place = if is_it(place) {
                place
            } else if is_it(next) {
                next
            } else if let Some(&known) = places.get(name) {
                known
            } else {
                let new = all.len();
                places.insert(name.into(), new);
                all.push((name.into(), Building::new(self, value.unit, gaps)));
                new
            };
            if let Some((_, series)) = all.get_mut(place) {
                let at = file.time(series.last)?;
                series.push(&file, at, &value)?;
            }
        }
        if all.is_empty() {
            return Err(UsageError::HeaderOnly.into());
        }
        let name = |name: Box<[u8]>| {
            String::from_utf8(name.into()).map_err(|_| Error::from(UsageError::NotUtf8))
        };
        let finish = |(key, series): (_, Building<'_>)| {
            let name = name(key)?;
            let place = || Place::Series(crate::text::clip(&name));
            let series = series.finish().map_err(|error| error.at(place()))?;
            Ok((name, series))
        };
        all.into_iter().map(finish).collect()
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
        let (mut last, mut unordered) = (None, Vec::new());
        while let Some(at) = file.next(last)? {
            last = Some(at);
            let mut row = [None; 2];
            for ((octets, log), column) in row.iter_mut().zip(&mut logs).zip([&inbound, &outbound])
            {
                *octets = self.octets(&file, column)?;
                if let (Some(octets), false) = (*octets, self.unordered) {
                    let pushed = log.push(at, octets);
                    pushed.map_err(|error| file.source.at(&column.name, of_rows(error)))?;
                }
            }
            if self.unordered {
                unordered.push((at, row));
            }
        }
        unordered.sort_by_key(|&(at, _)| at);
        for (at, row) in unordered {
            for (log, octets) in logs.iter_mut().zip(row) {
                if let Some(octets) = octets {
                    log.push(at, octets).map_err(of_rows)?;
                }
            }
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
    /// # Errors
    ///
    /// - The errors of [`read`](Self::read).
    /// - [`UsageError::LayoutLacks`] if the layout has no [`end`](Self::end).
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
        let lacks = || UsageError::LayoutLacks { call: "end(\"end\")" };
        let end_name = self.end.as_deref().ok_or_else(lacks)?;
        let end = file.header.place(end_name)?;
        if value.unit.is_rate() {
            return Err(UsageError::RateOfRecord { column: value.name }.into());
        }
        let mut ends = Times::new(&self.time.1, &self.zone);
        let mut records = Vec::<(Range<Timestamp>, DataVolume)>::new();
        while let Some(start) = file.next(None)? {
            let text = file.source.text(end, end_name)?;
            let until = ends.read(text, None).map_err(|error| file.source.at(end_name, error))?;
            let text = file.source.text(value.place, &value.name)?;
            if self.missing.iter().any(|mark| mark == text) {
                continue;
            }
            let volume = value.unit.read(text, self.numbers);
            let volume = volume.and_then(|volume| volume.in_slot(interval, text));
            let volume = volume.map_err(|error| file.source.at(&value.name, error))?;
            records.push((start..until, volume));
        }
        if records.is_empty() {
            return Err(UsageError::HeaderOnly.into());
        }
        UsageSeries::from_records(records, interval)
    }

    /// Reads the octets in a cell, or returns `None` if they are missing.
    fn octets<R: Read>(&self, file: &File<'_, R>, column: &Column) -> Result<Option<u64>, Error> {
        if let Some(octets) = time::digits(file.source.cell(column.place)) {
            return Ok(Some(octets));
        }
        let text = file.source.text(column.place, &column.name)?;
        if self.missing.iter().any(|mark| mark == text) {
            return Ok(None);
        }
        let octets = self.numbers.whole(text);
        octets.map(Some).map_err(|error| file.source.at(&column.name, refused(text, error)))
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
        Ok(File { layout: self, source, header, time, time_of_day, times })
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
}

impl<R: Read> File<'_, R> {
    /// Reads the next row and returns its time, or `None` at the end of the file. `last` is the time
    /// that it should come after.
    fn next(&mut self, last: Option<Timestamp>) -> Result<Option<Timestamp>, Error> {
        if self.source.next()? { self.time(last).map(Some) } else { Ok(None) }
    }

    /// Reads the time of the row.
    fn time(&mut self, last: Option<Timestamp>) -> Result<Timestamp, Error> {
        let name = &self.layout.time.0;
        if self.time_of_day.is_none()
            && let Some(at) = self.times.plain(self.source.cell(self.time))
        {
            return Ok(at);
        }
        // Without a strict order, the two passes of an hour can't be told apart.
        let last = last.filter(|_| !self.layout.unordered && !self.layout.adding_up);
        let text = self.source.text(self.time, name)?;
        let read = match self.time_of_day {
            None => self.times.read(text, last),
            Some(column) => {
                let text = format!("{text} {}", self.source.text(column, name)?);
                self.times.read(&text, last)
            }
        };
        read.map_err(|error| self.source.at(name, error))
    }
}

/// A series so far.
struct Building<'a> {
    layout: &'a CsvLayout,
    kind: SampleKind,
    gaps: Gaps,
    /// The rows before the length of a slot is known.
    first: Option<(Timestamp, Option<Value>)>,
    samples: Option<Samples>,
    /// All rows, where they come in any order.
    rows: Vec<(Timestamp, Option<Value>)>,
    last: Option<Timestamp>,
}

impl<'a> Building<'a> {
    fn new(layout: &'a CsvLayout, unit: CsvUnit, gaps: Gaps) -> Self {
        let kind = if unit.is_rate() { SampleKind::Rates } else { SampleKind::Volumes };
        let (first, samples, rows, last) = (None, None, Vec::new(), None);
        Self { layout, kind, gaps, first, samples, rows, last }
    }

    fn push<R: Read>(
        &mut self,
        file: &File<'_, R>,
        at: Timestamp,
        column: &Column,
    ) -> Result<(), Error> {
        let layout = self.layout;
        // Digits alone are read without looking at them as text.
        if let Some(samples) = &mut self.samples
            && !layout.unordered
            && let Some(volume) =
                column.unit.plain(file.source.cell(column.place), samples.interval())
        {
            self.last = Some(at);
            let pushed = samples.push(at, Some(volume));
            return pushed.map_err(|error| file.source.at(&layout.time.0, of_rows(error)));
        }
        let text = file.source.text(column.place, &column.name)?;
        let value = if layout.missing.iter().any(|mark| mark == text) {
            None
        } else {
            let value = column.unit.read(text, layout.numbers);
            Some(value.map_err(|error| file.source.at(&column.name, refused(text, error)))?)
        };
        if layout.unordered {
            self.rows.push((at, value));
            return Ok(());
        }
        let added = self.add(at, value, text);
        added.map_err(|error| file.source.at(&layout.time.0, of_rows(error)))
    }

    fn add(&mut self, at: Timestamp, value: Option<Value>, text: &str) -> Result<(), Error> {
        let layout = self.layout;
        self.last = Some(at);
        if self.samples.is_none() {
            let interval = match (layout.interval, &self.first) {
                (Some(interval), _) => interval,
                (None, None) => {
                    self.first = Some((at, value));
                    return Ok(());
                }
                (None, Some((first, _))) if at == *first && layout.adding_up => {
                    return Err(UsageError::NoInterval { rows: 1 }.into());
                }
                (None, Some((first, _))) => {
                    crate::usage::series::ascends(*first, at)?;
                    at.duration_since(*first).unsigned_abs()
                }
            };
            let mut samples = Samples::new(interval, self.gaps, self.kind)?
                .of_file()
                .stamped_at_end(layout.stamped_at_end)
                .adding_up(layout.adding_up)
                .on_grid_only(layout.interval.is_none())
                .with_max_slots(layout.max_slots);
            if let Some((first, value)) = self.first.take() {
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

    fn finish(mut self) -> Result<UsageSeries, Error> {
        let mut rows = core::mem::take(&mut self.rows);
        rows.sort_by_key(|&(at, _)| at);
        for (at, value) in rows {
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
