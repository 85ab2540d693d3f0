//! What do a million flow records cost, each priced by itself?

use bandwidth_cost::{DataVolume, Error, Schedule, bulk::Column};

fn main() -> Result<(), Error> {
    let flows: Vec<u64> = (64..).step_by(7).take(1_000_000).collect(); // bytes
    let column = Column::bytes(&flows);

    let per_gigabyte = Schedule::flat("0.09 USD per 1 GB".parse()?);
    let per_started_mb = Schedule::flat("0.0001 USD per 1 MB".parse()?)
        .with_increment(DataVolume::from_megabytes(1))?;
    println!("{} in all", column.total()?);
    println!("per gigabyte: {}", per_gigabyte.over(&column).sum());
    println!("per started megabyte: {}", per_started_mb.over(&column).sum());
    Ok(())
}

// Prints:
//
// 3.5000605 TB in all
// per gigabyte: 315.005445 USD
// per started megabyte: 400.006 USD
