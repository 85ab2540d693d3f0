//! What does the traffic in a spreadsheet with semicolons and decimal commas cost?

use bandwidth_cost::{
    CsvLayout, CsvUnit, Error, GapPolicy, TimeFormat, VolumePrice, jiff::tz::TimeZone,
};

fn report() -> Result<String, Error> {
    let sheet = "Datum;Uhrzeit;Verkehr\n31.12.2024;23:50;1.234,5\n31.12.2024;23:55;987\n";
    let layout = CsvLayout::new()
        .separator(b';')
        .decimal_comma()
        .thousands(b'.')
        .time("Datum", TimeFormat::DateAndTime("Uhrzeit", "%d.%m.%Y %H:%M"))
        .zone(TimeZone::get("Europe/Berlin")?)
        .value("Verkehr", CsvUnit::Bytes);
    let series = layout.read(sheet.as_bytes(), GapPolicy::Fail)?;
    let price: VolumePrice = "0.02 EUR per 1 kB".parse()?;
    let cost = price.cost(series.total());
    Ok(format!("{} from {} on cost {cost:#.2}", series.total(), series.start()))
}

fn main() -> Result<(), Error> {
    println!("{}", report()?);
    Ok(())
}

// Prints:
//
// 2.2215 kB from 2024-12-31T22:50:00Z on cost 0.04 EUR
