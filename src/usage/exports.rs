//! Exports of ten programs, and the layouts that read them.
//!
//! Each section is about one program: it has a sample of an export, the layout that reads it, and
//! the mistakes that give no error. The samples are made for this page; their forms are those of
//! the documents that are linked. If a program writes no CSV, a command makes it.
//!
//! # RRDtool
//!
//! `xport` writes XML. With `--showtime`, each row has its time:
//!
//! ```text
//! rrdtool xport --showtime --step 300 --maxrows 10000 --start 1735689600 --end 1738368000 \
//!     DEF:in=port.rrd:INOCTETS:AVERAGE DEF:out=port.rrd:OUTOCTETS:AVERAGE \
//!     XPORT:in:in XPORT:out:out |
//!     sed -n 's:.*<t>\(.*\)</t><v>\(.*\)</v><v>\(.*\)</v>.*:\1,\2,\3:p' > port.csv
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "\
//! 1735689900,3.4000000000e+00,5.4400000000e+01
//! 1735690200,3.4113333333e+00,NaN
//! 1735690500,3.4000000000e+00,5.4400000000e+01
//! ";
//! let layout = CsvLayout::new()
//!     .without_header(&["t", "in", "out"])
//!     .time("t", TimeFormat::UnixSeconds)
//!     .stamped_at_end()
//!     .interval(Duration::from_secs(300))
//!     .inbound("in", CsvUnit::BytesPerSecond)
//!     .outbound("out", CsvUnit::BytesPerSecond)
//!     .missing(&["NaN"]);
//! let link = layout.read_link(file.as_bytes(), GapPolicy::LeaveOut)?;
//! assert_eq!(link.inbound.start().to_string(), "2025-01-01T00:00:00Z");
//! assert_eq!(link.outbound.coverage().to_string(), "2/3");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Without `--maxrows`, `xport` writes at most 400 rows and averages to get there: a month of 5
//!   minutes has 8,928. Such a file is refused if the layout has an interval.
//! - A row is stamped with the end of its step.
//! - An RRD keeps 5 minutes for as long as its first archive lasts; older rows are means of longer
//!   steps.
//!
//! Form: [rrdxport](https://oss.oetiker.ch/rrdtool/doc/rrdxport.en.html).
//!
//! # Prometheus
//!
//! A range query answers in JSON. Ask for the counter itself:
//!
//! ```text
//! curl -s 'http://prometheus:9090/api/v1/query_range' --data-urlencode \
//!     'query=ifHCInOctets{ifName="xe-0/0/1"}' -d start=1735689600 -d end=1738368000 -d step=300 |
//!     jq -r '.data.result[0].values[] | @csv' > port.csv
//! ```
//!
//! ```
//! use bandwidth_cost::{CounterWidth, CsvLayout, CsvUnit, GapPolicy, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "1735689600,\"7000000000\"\n1735689900,\"1e+10\"\n1735690200,\"13000000000\"\n";
//! // One direction: the same column for both.
//! let layout = CsvLayout::new()
//!     .without_header(&["time", "octets"])
//!     .time("time", TimeFormat::UnixSeconds)
//!     .inbound("octets", CsvUnit::Bytes)
//!     .outbound("octets", CsvUnit::Bytes);
//! let (log, _) = layout.read_counters(file.as_bytes(), CounterWidth::Bits64)?;
//! let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
//! assert_eq!(readout.series.total().to_string(), "6 GB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - `increase()` and `rate()` extrapolate to the edges of their range: what they return is an
//!   estimate, with fractions, and their sum is not what the counter counted
//!   ([functions](https://prometheus.io/docs/prometheus/latest/querying/functions/)).
//! - A sample stands for up to 5 minutes (`--query.lookback-delta`): a port that is not scraped shows
//!   its last reading for that long.
//! - An answer has at most 11,000 points a series: ask for a month at a time.
//!
//! # LibreNMS
//!
//! The bytes of a bill are in the table `bill_data`, one row a poll:
//!
//! ```text
//! mysql --batch librenms -e 'SELECT timestamp, in_delta, out_delta FROM bill_data
//!     WHERE bill_id = 1 ORDER BY timestamp' > bill.tsv
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat, jiff::tz::TimeZone};
//! use core::time::Duration;
//!
//! let file = "timestamp\tin_delta\tout_delta\n\
//!     2025-01-01 00:05:03\t300\t60\n\
//!     2025-01-01 00:10:02\t299\t60\n\
//!     2025-01-01 00:15:03\t301\t60\n";
//! let layout = CsvLayout::new()
//!     .separator(b'\t')
//!     .time("timestamp", TimeFormat::Wall)
//!     .zone(TimeZone::get("Asia/Karachi")?)
//!     .stamped_at_end()
//!     .interval(Duration::from_secs(300))
//!     .inbound("in_delta", CsvUnit::Bytes)
//!     .outbound("out_delta", CsvUnit::Bytes);
//! let link = layout.read_link(file.as_bytes(), GapPolicy::Fail)?;
//! assert_eq!(link.inbound.start().to_string(), "2024-12-31T19:05:00Z");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - A delta counts since the poll before, and polls are some seconds early or late. They are put on
//!   the clock; what lies before the first whole slot and after the last is not in the series, so
//!   export a poll more at each end. Of one direction,
//!   [`read_records`](crate::CsvLayout::read_records) of the same layout keeps each byte.
//! - Times are local times of the database server.
//! - The percentile that LibreNMS shows is by its own rule:
//!   [`PercentileRule::RoundedRank`](crate::PercentileRule::RoundedRank).
//!
//! Form: the table's definition in LibreNMS.
//!
//! # MRTG
//!
//! The first line of a log holds the counters. The lines after it hold means, separated by spaces,
//! the newest first. Only the first 600 of these are of 5 minutes:
//!
//! ```text
//! tail -n +2 port.log | head -n 600 > port.txt
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "1735690200 120 30 150 40\n1735689900 100 25 130 30\n1735689600 90 20 95 20\n";
//! let layout = CsvLayout::new()
//!     .separator(b' ')
//!     .without_header(&["time", "in", "out", "most in", "most out"])
//!     .time("time", TimeFormat::UnixSeconds)
//!     .unordered()
//!     .interval(Duration::from_secs(300))
//!     .inbound("in", CsvUnit::BytesPerSecond)
//!     .outbound("out", CsvUnit::BytesPerSecond);
//! let link = layout.read_link(file.as_bytes(), GapPolicy::Fail)?;
//! assert_eq!(link.inbound.total().to_string(), "93 kB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Further down, rows are means of 30 minutes, 2 hours and a day. A percentile of those is lower than
//!   that of their slots, and a file with them is refused or has gaps.
//! - 600 rows are about two days: export daily, or record the counters yourself.
//! - Rates are whole bytes per second.
//!
//! Form: [mrtg-logfile](https://oss.oetiker.ch/mrtg/doc/mrtg-logfile.en.html), by which a row is of
//! the time from its own stamp to that of the line above.
//!
//! # PRTG
//!
//! `historicdata.csv` has each value twice, for people and `(RAW)`, and ends with rows of sums and
//! averages:
//!
//! ```text
//! curl -s 'https://prtg/api/historicdata.csv?id=2001&avg=0&sdate=2025-01-01-00-00-00&edate=2025-02-01-00-00-00&...' |
//!     grep -v -e '^"Sums' -e '^"Averages' > sensor.csv
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat, jiff::tz::TimeZone};
//! use core::time::Duration;
//!
//! let file = r#""Date Time","Traffic In (Volume)","Traffic In (Volume)(RAW)","Coverage"
//! "1/1/2025 12:00:00 AM","1,172 KB","1200000.0000","100 %"
//! "1/1/2025 12:05:00 AM","2,344 KB","2400000.0000","100 %"
//! "#;
//! let layout = CsvLayout::new()
//!     .time("Date Time", TimeFormat::Pattern("%m/%d/%Y %I:%M:%S %p"))
//!     .zone(TimeZone::get("America/New_York")?)
//!     .stamped_at_end()
//!     .interval(Duration::from_secs(300))
//!     .value("Traffic In (Volume)(RAW)", CsvUnit::Bytes);
//! let series = layout.read(file.as_bytes(), GapPolicy::Fail)?;
//! assert_eq!(series.total().to_string(), "3.6 MB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - The form of the time is that of the account's language.
//! - `KB` for people is 1,024 bytes or 1,000, by a setting: take the raw column, and compare one of
//!   its values with the other column's.
//! - `avg=0` is each scan; every other value writes means. A month of scans is more than one request
//!   gives.
//!
//! Forms: Paessler's pages on the [log file](https://kb.paessler.com/en/topic/92) and on historic data.
//!
//! # nfdump
//!
//! Flows have a start and an end, in the time zone of the machine that runs `nfdump`:
//!
//! ```text
//! TZ=UTC nfdump -R /flows/2025/01 -q -N -o 'fmt:%ts,%te,%byt' 'out if 3' > flows.csv
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "\
//! 2025-01-01 00:00:03.120,2025-01-01 00:09:03.120,    1200
//! 2025-01-01 00:04:00.000,2025-01-01 00:04:00.000,     500
//! ";
//! let layout = CsvLayout::new()
//!     .without_header(&["start", "end", "bytes"])
//!     .time("start", TimeFormat::Wall)
//!     .end("end")
//!     .value("bytes", CsvUnit::Bytes);
//! let series = layout.read_records(file.as_bytes(), Duration::from_secs(300))?;
//! assert_eq!(series.total().to_string(), "1.7 kB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Without `-N`, bytes are rounded (`1.2 M`). Without `-q`, a summary follows the rows.
//! - The columns of `-o csv` are others in version 1.7 than in 1.6; `fmt:` is the same in both.
//! - A flow is spread evenly over its time, and long flows are cut by the router's active timeout: the
//!   total is exact, and a percentile is an estimate.
//! - Sampled flows (1 in 1,000) must be multiplied, which `nfdump` does only if the router says the
//!   rate.
//!
//! Form: [nfdump(1)](https://manpages.ubuntu.com/manpages/noble/man1/nfdump.1.html).
//!
//! # AWS VPC flow logs
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "\
//! version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
//! 2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1735689610 1735689670 ACCEPT OK
//! 2 123456789010 eni-1235b8ca - - - - - - - 1735689670 1735689730 - NODATA
//! ";
//! let layout = CsvLayout::new()
//!     .separator(b' ')
//!     .time("start", TimeFormat::UnixSeconds)
//!     .end("end")
//!     .value("bytes", CsvUnit::Bytes)
//!     .missing(&["-"]);
//! let series = layout.read_records(file.as_bytes(), Duration::from_secs(60))?;
//! assert_eq!(series.total().to_string(), "4.249 kB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Both directions of an interface are in one file, and rejected packets too: keep those of one
//!   direction with `grep ACCEPT` and the addresses.
//! - A record is of up to 10 minutes, or of 1 if the log is set so. Shorter slots than that are a
//!   guess.
//! - A row with `SKIPDATA` stands for records that were lost; their bytes are not in the total.
//!
//! Form: [flow log records](https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html).
//!
//! # A cloud's billing export
//!
//! Rows are amounts of an hour, many of the same hour:
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "\
//! lineItem/UsageStartDate,lineItem/UsageType,lineItem/UsageAmount
//! 2025-01-01T00:00:00Z,EUC1-DataTransfer-Out-Bytes,0.0123456789 GiB
//! 2025-01-01T00:00:00Z,EUC1-DataTransfer-Out-Bytes,1.5 GiB
//! 2025-01-01T01:00:00Z,EUC1-DataTransfer-Out-Bytes,2.25 GiB
//! ";
//! let layout = CsvLayout::new()
//!     .time("lineItem/UsageStartDate", TimeFormat::Rfc3339)
//!     .value("lineItem/UsageAmount", CsvUnit::Volume)
//!     .adding_up()
//!     .interval(Duration::from_secs(3_600));
//! let series = layout.read(file.as_bytes(), GapPolicy::Zero)?;
//! assert_eq!(series.len(), 2);
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Amounts of a cost and usage report have no unit in the cell: it is in `pricing/unit`, and a GB of
//!   data transfer may be 2³⁰ bytes. Write the unit that you were billed by behind the number first
//!   (`mlr --csv put '${lineItem/UsageAmount} .= " GiB"'`), after a filter for the usage types that
//!   count.
//! - Columns come and go with the settings of the report, so they are read by name; names are
//!   `line_item_usage_amount` and the like in version 2.
//! - An hour without a row carried nothing, so [`GapPolicy::Zero`](crate::GapPolicy::Zero) is right.
//!
//! Form: [line item columns](https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html).
//!
//! # FreeRADIUS
//!
//! ```text
//! mysql --batch radius -e 'SELECT acctstarttime, acctstoptime, acctoutputoctets FROM radacct
//!     WHERE acctstoptime IS NOT NULL' > sessions.tsv
//! ```
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, TimeFormat};
//! use core::time::Duration;
//!
//! let file = "acctstarttime\tacctstoptime\tacctoutputoctets\n\
//!     2025-01-01 00:00:00\t2025-01-01 02:00:00\t7200000\n\
//!     2025-01-01 00:30:00\t2025-01-01 01:00:00\tNULL\n";
//! let layout = CsvLayout::new()
//!     .separator(b'\t')
//!     .time("acctstarttime", TimeFormat::Wall)
//!     .end("acctstoptime")
//!     .value("acctoutputoctets", CsvUnit::Bytes)
//!     .missing(&["NULL"]);
//! let series = layout.read_records(file.as_bytes(), Duration::from_secs(3_600))?;
//! assert_eq!(series.total().to_string(), "7.2 MB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - Output is what the server sent to the user, so it is the user's download (RFC 2866).
//! - A session that is open has no stop time yet, and its octets are those of its last interim update.
//! - `Acct-Output-Octets` has 32 bits. FreeRADIUS adds the gigawords; other collectors may not, and
//!   then sessions above 4 GiB lose whole multiples of 4 GiB.
//! - Octets are spread evenly over a session: right for volumes of a month, a guess for a percentile.
//!
//! Form: `raddb/mods-config/sql/main/mysql/schema.sql` of FreeRADIUS 3.
//!
//! # A spreadsheet
//!
//! ```
//! use bandwidth_cost::{CsvLayout, CsvUnit, GapPolicy, TimeFormat, jiff::tz::TimeZone};
//!
//! let file = "\u{feff}Datum;Uhrzeit;Verkehr\r\n\
//!     31.12.2024;23:50;1.234,5\r\n\
//!     31.12.2024;23:55;987\r\n";
//! let layout = CsvLayout::new()
//!     .separator(b';')
//!     .decimal_comma()
//!     .thousands(b'.')
//!     .time("Datum", TimeFormat::DateAndTime("Uhrzeit", "%d.%m.%Y %H:%M"))
//!     .zone(TimeZone::get("Europe/Berlin")?)
//!     .value("Verkehr", CsvUnit::Bytes);
//! let series = layout.read(file.as_bytes(), GapPolicy::Fail)?;
//! assert_eq!(series.total().to_string(), "2.2215 kB");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! - A spreadsheet writes what a cell shows: a number that is shown as `1,2E+09` lost its digits.
//! - `01/02/2025` is a day in January or in February: only the pattern says.
//! - The repeated hour in autumn is told apart by the order of the rows; a sorted sheet may have lost
//!   it.
