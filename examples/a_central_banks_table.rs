//! How are a central bank's rates read, and a bank's markup on them?

use bandwidth_cost::{
    Currency, Error, ExchangeRates, Money, Share,
    jiff::civil::date,
    money::exchange::{Quoting, RatesLayout},
};

const TABLE: &str = "\
Date;USD;EUR;100 JPY
30/12/2024;278,37;290,01;176,25
31/12/2024;278,55;289,39;177,21
";

fn main() -> Result<(), Error> {
    let layout = RatesLayout::wide(Currency::PKR, Quoting::BasePerForeign)
        .separator(b';')
        .decimal_comma()
        .date_format("%d/%m/%Y");
    let rates = ExchangeRates::from_csv(TABLE.as_bytes(), &layout)?.rates;
    let rates = rates.with_markup(Share::from_percent(1));
    for amount in ["100 USD", "100 EUR", "5000 JPY"] {
        let amount: Money = amount.parse()?;
        let rate = rates.rate(amount.currency(), Currency::PKR, date(2025, 1, 1))?;
        println!("{amount} is {} at {rate}", rate.convert(amount)?);
    }
    Ok(())
}

// Prints:
//
// 100 USD is 28133.55 PKR at 1 USD = 278.55 PKR plus 1% (fixing of 2024-12-31)
// 100 EUR is 29228.39 PKR at 1 EUR = 289.39 PKR plus 1% (fixing of 2024-12-31)
// 5000 JPY is 8949.105 PKR at 1 JPY = 1.7721 PKR plus 1% (fixing of 2024-12-31)
