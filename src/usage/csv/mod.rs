//! Series and counter logs from CSV files; the header's names say what the columns are.

use crate::{
    Error, ErrorKind,
    quantity::{DataRate, DataVolume, VolumeUnit},
    text::{
        Misfit, Scanner, Sign, TextError, TimeText, clip,
        rows::{Row, Rows, read_all},
    },
    usage::{
        CounterLog, CounterWidth, Gaps, UsageError, UsageSeries,
        series::{SampleKind, Samples, ascends},
    },
};
use core::{str, time::Duration};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use std::io::Read;

/// What a cell carries in a slot of that length.
type Value = fn(&str, Duration) -> Result<DataVolume, Error>;

/// The columns of values.
const VALUES: [(&str, Value); 4] = [
    ("bits", |cell, _| volume(cell, VolumeUnit::Bit)),
    ("bytes", |cell, _| volume(cell, VolumeUnit::Byte)),
    ("rate", |cell, interval| carried(cell.parse()?, interval)),
    ("bps", |cell, interval| carried(DataRate::from_bps(whole(cell, "data rate")?), interval)),
];

impl UsageSeries {
    /// Reads a series from a CSV file with a column `time` and one of `bits`, `bytes`, `rate` and
    /// `bps`.
    ///
    /// | column | a cell |
    /// | --- | --- |
    /// | `time` | when the slot begins: `2005-06-07T05:00:00Z`, `2005-06-07T07:00:00+02:00`, or `2005-06-07 05:00:00`, a wall time in `zone` |
    /// | `bits` | a number of bits, carried in the slot |
    /// | `bytes` | a number of bytes |
    /// | `rate` | the slot's rate as text: `1.5 Gbps` |
    /// | `bps` | the slot's rate in whole bits per second |
    ///
    /// Other columns are passed over. Without an `interval`, slots are as long as the first two
    /// rows are apart. Missing rows and empty cells are
    /// gaps, as in [`from_samples`](Self::from_samples).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::In`] with the line and the column of a cell that is wrong, and the error of the
    /// cell; [`TextError::Columns`]; [`TextError::Cells`]; [`UsageError::NoInterval`];
    /// [`ErrorKind::Io`]; and as [`from_volumes`](Self::from_volumes).
    ///
    /// ```
    /// use bandwidth_cost::{GapPolicy, UsageSeries, jiff::tz::TimeZone};
    ///
    /// let file = "\
    /// time,rate
    /// 2025-01-01T00:00:00Z,80 Mbps
    /// 2025-01-01T00:05:00Z,0.12 Gbps
    /// ";
    /// let series =
    ///     UsageSeries::from_csv(file.as_bytes(), None, GapPolicy::Fail, &TimeZone::UTC)?;
    /// assert_eq!(series.total().to_string(), "7.5 GB");
    ///
    /// let file = file.replace("80 Mbps", "80 MBPS");
    /// assert_eq!(
    ///     UsageSeries::from_csv(file.as_bytes(), None, GapPolicy::Fail, &TimeZone::UTC)
    ///         .unwrap_err()
    ///         .to_string(),
    ///     "line 2, column `rate`: ambiguous unit `MBPS` at byte 3: expected Mbps (bits) or MB/s (bytes)",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv(
        reader: impl Read,
        interval: Option<Duration>,
        gaps: impl Into<Gaps>,
        zone: &TimeZone,
    ) -> Result<Self, Error> {
        const COLUMNS: &str = "`time` and one of `bits`, `bytes`, `rate` and `bps` (counters are \
                               read with CounterLog::from_csv)";
        let text = read_all(reader)?;
        let mut rows = Rows::open(&text)?;
        let time = rows.column("time", COLUMNS)?;
        let mut values = VALUES.iter().filter(|(name, _)| rows.header.iter().any(|n| n == *name));
        let (Some((name, read)), None) = (values.next(), values.next()) else {
            return Err(rows.columns_error(COLUMNS));
        };
        let value = rows.column(name, COLUMNS)?;
        let time_of = |row: &Row<'_>| row.read(time, |cell| read_time(cell, zone));

        let first = rows.next().transpose()?.ok_or(UsageError::NoInterval { rows: 0 })?;
        let start = time_of(&first)?;
        let second = rows.next().transpose()?;
        let interval = match (interval, &second) {
            (Some(interval), _) => interval,
            (None, None) => return Err(UsageError::NoInterval { rows: 1 }.into()),
            (None, Some(second)) => {
                let next = time_of(second)?;
                second.check(time, ascends(start, next))?;
                next.duration_since(start).unsigned_abs()
            }
        };
        let volume_of = |row: &Row<'_>| {
            let volume = |cell: &str| {
                if cell.is_empty() { Ok(None) } else { read(cell, interval).map(Some) }
            };
            row.read(value, volume)
        };
        let is_rate = matches!(*name, "bps" | "rate");
        let kind = if is_rate { SampleKind::Rates } else { SampleKind::Volumes };
        let mut series = Samples::new(interval, gaps.into(), kind)?;
        for row in [first].into_iter().chain(second).map(Ok).chain(rows) {
            let row = row?;
            let (at, volume) = (time_of(&row)?, volume_of(&row)?);
            row.check(time, series.push(at, volume))?;
        }
        series.into_series()
    }
}

impl CounterLog {
    /// Reads the logs of an interface's two directions, inbound and outbound, from a CSV file with
    /// the columns `time`, `in_octets` and `out_octets`.
    ///
    /// A time is written as in [`UsageSeries::from_csv`]. Other columns are passed over.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::In`] with the line and the column of a cell that is wrong, and the error of the
    /// cell; [`TextError::Columns`]; [`TextError::Cells`]; [`ErrorKind::Io`].
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, GapPolicy, jiff::tz::TimeZone};
    /// use core::time::Duration;
    ///
    /// let file = "\
    /// time,in_octets,out_octets
    /// 2025-01-01T00:00:00Z,7000000000,100000
    /// 2025-01-01T00:05:00Z,10000000000,400000
    /// ";
    /// let (inbound, outbound) =
    ///     CounterLog::from_csv(file.as_bytes(), CounterWidth::Bits64, &TimeZone::UTC)?;
    /// let five_minutes = Duration::from_secs(300);
    /// let inbound = inbound.to_series(five_minutes, GapPolicy::Fail)?.series;
    /// let outbound = outbound.to_series(five_minutes, GapPolicy::Fail)?.series;
    /// assert_eq!(inbound.sum_with(&outbound)?.total().to_string(), "3.0003 GB");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn from_csv(
        reader: impl Read,
        width: CounterWidth,
        zone: &TimeZone,
    ) -> Result<(Self, Self), Error> {
        const COLUMNS: &str = "`time`, `in_octets` and `out_octets`";
        let text = read_all(reader)?;
        let rows = Rows::open(&text)?;
        let time = rows.column("time", COLUMNS)?;
        let directions = [rows.column("in_octets", COLUMNS)?, rows.column("out_octets", COLUMNS)?];
        let mut logs = [Self::new(width), Self::new(width)];
        for row in rows {
            let row = row?;
            let at = row.read(time, |cell| read_time(cell, zone))?;
            for (log, column) in logs.iter_mut().zip(directions) {
                let octets = row.read(column, |cell| whole(cell, "counter"))?;
                match log.push(at, octets) {
                    Err(error) if is_of_counter(&error) => row.check(column, Err(error))?,
                    pushed => row.check(time, pushed.map(|_| ()))?,
                }
            }
        }
        let [inbound, outbound] = logs;
        Ok((inbound, outbound))
    }
}

/// Returns the volume that a rate carries in a slot.
fn carried(rate: DataRate, interval: Duration) -> Result<DataVolume, Error> {
    rate.checked_mul(interval).ok_or_else(|| {
        Error::from(TextError::TooLarge {
            text: format!("{rate} for {}", TimeText(interval)),
            what: "data volume",
            max: DataVolume::MAX.to_string(),
        })
    })
}

/// Whether it is the reading that is wrong, not its time.
fn is_of_counter(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Usage(UsageError::CounterTooLarge { .. }))
}

fn read_time(cell: &str, zone: &TimeZone) -> Result<Timestamp, Error> {
    if let Ok(at) = cell.parse() {
        return Ok(at);
    }
    // A zone in brackets would be passed over: the times of a file are in the zone of the caller.
    let wall = cell.parse().ok().filter(|_| !cell.contains('['));
    let wall: DateTime = wall.ok_or_else(|| TextError::not_a_time(cell))?;
    zone.to_ambiguous_timestamp(wall).unambiguous().map_err(|_| {
        Error::from(TextError::LocalTime {
            text: clip(cell),
            zone: zone.iana_name().unwrap_or("the zone").to_owned(),
        })
    })
}

/// A number of such units.
fn volume(cell: &str, unit: VolumeUnit) -> Result<DataVolume, Error> {
    let max = || DataVolume::MAX.to_string();
    let finest = "a multiple of 0.000000001 b";
    number(cell, unit.size(), "data volume", max, finest).map(DataVolume::from_nanobits)
}

/// A whole number.
fn whole(cell: &str, what: &'static str) -> Result<u64, Error> {
    let max = || u64::MAX.to_string();
    let count = number(cell, 1, what, max, "a whole number")?;
    u64::try_from(count)
        .map_err(|_| Error::from(TextError::TooLarge { text: clip(cell), what, max: max() }))
}

fn number(
    cell: &str,
    unit: u128,
    what: &'static str,
    max: fn() -> String,
    finest: &'static str,
) -> Result<u128, Error> {
    const WRITE: &str = "a number, such as 3562279127";
    let mut scanner = Scanner::new(cell);
    let number = scanner.number(Sign::Refused, WRITE)?;
    scanner.finish(WRITE)?;
    number.times(unit).map_err(|misfit| match misfit {
        Misfit::TooLarge => Error::from(TextError::TooLarge { text: clip(cell), what, max: max() }),
        Misfit::TooPrecise => {
            Error::from(TextError::TooPrecise { text: clip(cell), what, expected: finest })
        }
    })
}
