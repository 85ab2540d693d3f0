//! What is paid in cash if the smallest coin is five centimes?

use bandwidth_cost::{
    DataRate, Error, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    tariff::Settlement,
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let schedule = Schedule::flat("0.6047 CHF per Mbps per month".parse()?);
    let schedule = schedule.with_fixed_fee("50 CHF".parse()?)?;
    let transit = Tariff::by_rate("transit", RateMeter::Peak, schedule);
    let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    let rates = [DataRate::from_mbps(100)];
    let bill = transit.bill(&UsageSeries::from_rates(start, Duration::from_secs(300), rates)?)?;

    let half_up = RoundingStrategy::MidpointAwayFromZero;
    println!("{}", bill.settle(Settlement::each_line(half_up).cash("0.05 CHF".parse()?))?);
    Ok(())
}

// Prints:
//
// 2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z
// transit: peak rate, 100 Mbps
//   usage      100 Mbps  at 0.6047 CHF per 1 Mbps   60.47 CHF
//   fixed fee                                       50.00 CHF
// rounding                                          -0.02 CHF
// total                                            110.45 CHF
// each line rounded half away from zero, cash in steps of 0.05 CHF
