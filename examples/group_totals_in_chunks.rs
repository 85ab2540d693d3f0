//! What does each customer owe, when the records come in chunks?

use bandwidth_cost::{Decimal, Error, RoundingStrategy, Schedule, VolumeUnit, bulk::Column};

fn main() -> Result<(), Error> {
    // The customer and the bytes of each record, chunk by chunk of a file.
    let chunks: [(&[usize], &[u64]); 2] = [
        (&[0, 1, 0], &[40_000_000_000, 1_500, 2_000_000_000]),
        (&[2, 1], &[900_000_000_000, 3_000_000_000]),
    ];
    let pricer = Schedule::flat("0.09 USD per 1 GB".parse()?).compile(VolumeUnit::Byte);
    let mut groups = pricer.groups();
    groups.grow(3)?;
    for (customers, bytes) in chunks {
        pricer.add_grouped(&mut groups, &Column::bytes(bytes), customers)?;
    }
    let mut cents = [0; 3];
    pricer.finish_each_into(&groups, 2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
    for (customer, cents) in cents.into_iter().enumerate() {
        println!("customer {customer}: {} USD", Decimal::from_i128_with_scale(cents, 2));
    }
    Ok(())
}

// Prints:
//
// customer 0: 3.78 USD
// customer 1: 0.27 USD
// customer 2: 81.00 USD
