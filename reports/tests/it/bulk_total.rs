//! The example that totals millions of records: its totals, beside each record priced by itself.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/bulk_total.rs"]
mod bulk_total;

use bandwidth_cost::{Cost, Currency, DataVolume, RoundingStrategy};
use std::ffi::OsString;

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = bulk_total::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

#[test]
fn a_million_records_cost_what_each_of_them_costs() {
    let report = run(&["--records", "1"]).unwrap();
    let records = bulk_total::records(1, &indicatif::ProgressBar::hidden()).unwrap();
    assert_eq!(records.len(), 1_000_000);
    for (name, schedule) in bulk_total::schedules().unwrap() {
        let costs = records.iter().map(|bytes| schedule.cost(DataVolume::from_bytes(*bytes)));
        let total = Cost::sum(Currency::USD, costs).unwrap();
        let total = total.round(RoundingStrategy::MidpointNearestEven).unwrap();
        let row = report.lines().find(|line| line.trim_start().starts_with(name));
        let row = row.unwrap_or_else(|| panic!("no `{name}` in {report}"));
        assert!(row.contains(&format!("  {total:#}  ")), "{row} for {total:#}");
    }
    assert!(report.starts_with("1 million flow records, "), "{report}");
    assert!(report.contains("ns a record"), "{report}");
    assert_eq!(report.lines().filter(|line| line.contains("USD")).count(), 3, "{report}");
}

#[test]
fn what_it_can_not_do_it_says() {
    assert_eq!(run(&["--records", "0"]).unwrap_err(), "0 million records: pass at least 1");
    assert_eq!(
        run(&["--records", "9999999999"]).unwrap_err(),
        "9999999999 million records do not fit in memory: pass fewer",
    );
    assert!(
        run(&["--fast"]).unwrap_err().starts_with("invalid option '--fast'\n\nusage: bulk_total")
    );
    assert!(run(&["--help"]).unwrap().starts_with("usage: bulk_total"));
}
