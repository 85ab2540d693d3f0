//! What does a month's egress cost in tiers, line by line?

use bandwidth_cost::{DataVolume, Error, Schedule, Tier, Tiers};

fn main() -> Result<(), Error> {
    let tiers = Tiers::new([
        Tier::up_to("10 TB".parse()?, "0.09 USD per 1 GB".parse()?),
        Tier::up_to("50 TB".parse()?, "0.085 USD per 1 GB".parse()?),
        Tier::rest("0.07 USD per 1 GB".parse()?),
    ])?;
    let egress = Schedule::graduated(tiers).with_allowance(DataVolume::from_gigabytes(100));
    let used = DataVolume::from_terabytes(62);
    for line in egress.lines(used) {
        let quantity = line.quantity().map(|quantity| quantity.to_string()).unwrap_or_default();
        println!("{:24} {quantity:>8} {:>14}", line.label(), format!("{:#.2}", line.amount()));
    }
    println!("{:33} {:>14}", "total", format!("{:#.2}", egress.cost(used)));
    Ok(())
}

// Prints:
//
// allowance                  100 GB       0.00 USD
// up to 10 TB                 10 TB     900.00 USD
// above 10 TB, up to 50 TB    40 TB   3,400.00 USD
// above 50 TB               11.9 TB     833.00 USD
// total                               5,133.00 USD
