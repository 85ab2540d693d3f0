//! From which volume on is which of two offers the cheaper one?

use bandwidth_cost::{DataVolume, Error, Schedule, Tier, Tiers, VolumeUnit};

fn main() -> Result<(), Error> {
    let list = Schedule::graduated(Tiers::new([
        Tier::up_to("10 TB".parse()?, "0.09 USD per 1 GB".parse()?),
        Tier::rest("0.05 USD per 1 GB".parse()?),
    ])?);
    let plan = Schedule::flat("0.06 USD per 1 GB".parse()?)
        .with_allowance(DataVolume::from_terabytes(5))
        .with_fixed_fee("400 USD".parse()?)?;

    for crossing in list.crossings(&plan)? {
        let (at, cheaper) = (crossing.quantity(), crossing.other_is_cheaper());
        let cost = if cheaper { plan.cost(at) } else { list.cost(at) };
        let name = if cheaper { "plan" } else { "list price" };
        let volume = at.display_in(VolumeUnit::Terabyte);
        println!("above {volume:.3}: the {name}, {cost:#.2}");
    }
    Ok(())
}

// Prints:
//
// above 4.444 TB: the plan, 400.00 USD
// above 30.000 TB: the list price, 1,900.00 USD
