//! What were kunas worth before and after the euro?

use bandwidth_cost::{
    Currency, Error, ExchangeRates, Money, jiff::civil::date, money::exchange::euro_conversion,
};

fn main() -> Result<(), Error> {
    let mut rates = ExchangeRates::new();
    rates.insert(date(2022, 12, 30), "1 EUR = 7.5365 HRK".parse()?)?;
    let bill: Money = "1000000 HRK".parse()?;

    // The market's last rate is not taken across the day on which the kuna ended.
    if let Err(missing) = rates.rate(Currency::HRK, Currency::EUR, date(2023, 1, 2)) {
        println!("{missing}");
    }

    for (day, rate) in Currency::all().filter_map(euro_conversion) {
        rates.insert_from(day, rate)?;
    }
    for day in [date(2022, 12, 31), date(2023, 1, 2)] {
        let rate = rates.rate(Currency::HRK, Currency::EUR, day)?;
        println!("{day}: {:.2} at {rate}", rate.convert(bill)?);
    }
    Ok(())
}

// Prints:
//
// no exchange rate from HRK to EUR on 2023-01-02 or in the 7 days before it (HRK/EUR was last fixed on 2022-12-30): HRK ended on 2023-01-01: insert its euro_conversion with insert_from
// 2022-12-31: 132687.59 EUR at 7.5365 HRK = 1 EUR (fixing of 2022-12-30)
// 2023-01-02: 132722.81 EUR at 7.5345 HRK = 1 EUR (valid from 2023-01-01 on)
