//! What is the 95th percentile of an RRDtool export with a gap?

use bandwidth_cost::{CsvLayout, CsvUnit, Error, GapPolicy, Percentile, TimeFormat};
use core::time::Duration;

fn report() -> Result<String, Error> {
    // Made of the XML by the command in `bandwidth_cost::usage::exports`.
    let export = "\
1735689900,3.4000000000e+06,5.4400000000e+06
1735690200,3.4113333333e+06,NaN
1735690500,3.5000000000e+06,5.5000000000e+06
";
    let layout = CsvLayout::new()
        .without_header(&["t", "in", "out"])
        .time("t", TimeFormat::UnixSeconds)
        .stamped_at_end()
        .interval(Duration::from_secs(300))
        .inbound("in", CsvUnit::BytesPerSecond)
        .outbound("out", CsvUnit::BytesPerSecond)
        .missing(&["NaN"]);
    let link = layout.read_link(export.as_bytes(), GapPolicy::LeaveOut)?;
    let (inbound, outbound) = (&link.inbound, &link.outbound);
    Ok(format!(
        "in {}, out {} (measured for {} of the time)",
        inbound.percentile(Percentile::P95),
        outbound.percentile(Percentile::P95),
        outbound.coverage(),
    ))
}

fn main() -> Result<(), Error> {
    println!("{}", report()?);
    Ok(())
}

// Prints:
//
// in 28 Mbps, out 44 Mbps (measured for 2/3 of the time)
