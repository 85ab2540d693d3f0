//! What is the bill of flow records by their 95th percentile?

use bandwidth_cost::{
    CsvLayout, CsvUnit, Error, Percentile, RatePrice, TimeFormat, jiff::Timestamp,
};
use core::time::Duration;

fn report() -> Result<String, Error> {
    // nfdump -q -N -o 'fmt:%ts,%te,%byt' 'out if 3'
    let flows = "\
2025-01-01 00:00:00.000,2025-01-01 00:10:00.000,  6000000000
2025-01-01 00:04:00.000,2025-01-01 00:04:30.000,   750000000
2025-01-01 00:07:30.000,2025-01-01 00:10:00.000,  1500000000
";
    let layout = CsvLayout::new()
        .without_header(&["start", "end", "bytes"])
        .time("start", TimeFormat::Wall)
        .end("end")
        .value("bytes", CsvUnit::Bytes);
    let series = layout.read_records(flows.as_bytes(), Duration::from_secs(300))?;
    let end: Timestamp = series.end();
    let billed = series.percentile(Percentile::P95);
    let price: RatePrice = "0.80 USD per 1 Mbps".parse()?;
    Ok(format!("{} up to {end}: {billed} cost {:#.2}", series.total(), price.cost(billed)))
}

fn main() -> Result<(), Error> {
    println!("{}", report()?);
    Ok(())
}

// Prints:
//
// 8.25 GB up to 2025-01-01T00:10:00Z: 120 Mbps cost 96.00 USD
