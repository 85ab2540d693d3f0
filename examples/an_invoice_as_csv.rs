//! How does an invoice get into a spreadsheet?

use bandwidth_cost::{
    Adjustment, DataRate, Error, RateCard, RateMeter, RoundingStrategy, Schedule, Tariff,
    UsageSeries,
};
use std::{io, time::Duration};

fn main() -> Result<(), Error> {
    let start = "2025-03-01T00:00:00Z".parse()?;
    let month = [DataRate::from_mbps(1_234); 31];
    let month = UsageSeries::from_rates(start, Duration::from_secs(86_400), month)?;

    let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    let transit = Tariff::by_rate("transit, Karachi", RateMeter::Peak, transit);
    let port = Tariff::fee("port", "250 USD".parse()?);
    let card = RateCard::new([transit, port])?
        .with_adjustment(Adjustment::percent("sales tax", "15%")?)?;

    let invoice = card.bill(&month)?.settle(RoundingStrategy::MidpointAwayFromZero)?;
    invoice.write_csv(io::stdout())
}

// Prints:
//
// period_start,period_end,tariff,meter,measured,line,quantity,unit_price,amount,currency
// 2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,"transit, Karachi",peak rate,1.234 Gbps,usage,1.234 Gbps,0.80 USD per 1 Mbps,987.20,USD
// 2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,port,,,fixed fee,,,250.00,USD
// 2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,,,,"sales tax, 15%",,,185.58,USD
