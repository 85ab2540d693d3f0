//! What holds for all rate tables, by a twin that looks at every fixing.

use crate::support::{positive_money, ratios};
use bandwidth_cost::money::MoneyError;
use bandwidth_cost::{
    Cost, Currency, ErrorKind, ExchangeRate, ExchangeRates, Ratio,
    jiff::civil::{Date, date},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Few, so that fixings meet.
const CURRENCIES: [Currency; 4] = [Currency::USD, Currency::PKR, Currency::EUR, Currency::JPY];

/// A day of three weeks around the end of a year.
fn days() -> impl Strategy<Value = Date> {
    (0_i8..21).prop_map(|day| match day {
        0..11 => date(2024, 12, 21 + day),
        _ => date(2025, 1, day - 10),
    })
}

fn currencies() -> impl Strategy<Value = Currency> {
    select(CURRENCIES.to_vec())
}

fn pairs() -> impl Strategy<Value = (Currency, Currency)> {
    (0_usize..4, 1_usize..4)
        .prop_map(|(from, steps)| (CURRENCIES[from], CURRENCIES[(from + steps) % 4]))
}

/// Rates between round amounts, of which some are each other's inverse, and between any amounts.
fn fixings() -> impl Strategy<Value = (Date, ExchangeRate)> {
    let rates = pairs().prop_flat_map(|(base, quote)| {
        let round = (1_u32..5, 1_u32..5).prop_map(move |(left, right)| {
            format!("{left} {base} = {right} {quote}").parse().unwrap()
        });
        let any = (positive_money(base), positive_money(quote))
            .prop_map(|(left, right)| ExchangeRate::new(left, right).unwrap());
        prop_oneof![3 => round, 1 => any]
    });
    (days(), rates)
}

/// Fixings as a table holds them: of those for one day and direction, the first.
fn lists() -> impl Strategy<Value = Vec<(Date, ExchangeRate)>> {
    vec(fixings(), 0..40).prop_map(|mut fixings| {
        let mut seen = Vec::new();
        fixings.retain(|(day, rate)| {
            let key = (*day, rate.base(), rate.quote());
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        fixings
    })
}

fn settings() -> impl Strategy<Value = (u32, Option<Currency>)> {
    (prop_oneof![0_u32..9, Just(u32::MAX)], proptest::option::of(currencies()))
}

fn table_of(
    fixings: &[(Date, ExchangeRate)],
    (age, pivot): (u32, Option<Currency>),
) -> ExchangeRates {
    let mut table = ExchangeRates::new().with_max_age(age);
    for (day, rate) in fixings {
        table.insert(*day, rate.clone()).unwrap();
    }
    match pivot {
        Some(pivot) => table.with_pivot(pivot),
        None => table,
    }
}

/// The rate of two currencies by the contract, by a look at every fixing: today's, else the newest within
/// the age; of one day the direct one.
fn of_pair(
    fixings: &[(Date, ExchangeRate)],
    (from, to): (Currency, Currency),
    on: Date,
    age: u32,
) -> Option<(Date, ExchangeRate)> {
    let mut day = on;
    for _ in 0..=age.min(30) {
        let today = || fixings.iter().filter(|fixing| fixing.0 == day).map(|fixing| &fixing.1);
        if let Some(direct) = today().find(|rate| (rate.base(), rate.quote()) == (from, to)) {
            return Some((day, direct.clone()));
        }
        if let Some(inverse) = today().find(|rate| (rate.quote(), rate.base()) == (from, to)) {
            return Some((day, inverse.inverse()));
        }
        day = day.yesterday().unwrap();
    }
    None
}

/// The rate as the contract words it, and the days of its fixings: through the pivot only if the older
/// of its two legs is newer.
fn naive(
    fixings: &[(Date, ExchangeRate)],
    (age, pivot): (u32, Option<Currency>),
    (from, to): (Currency, Currency),
    on: Date,
) -> Option<(ExchangeRate, Vec<Date>)> {
    let single = of_pair(fixings, (from, to), on, age);
    let path = pivot.filter(|&pivot| pivot != from && pivot != to).and_then(|pivot| {
        let (first_day, first) = of_pair(fixings, (from, pivot), on, age)?;
        let (second_day, second) = of_pair(fixings, (pivot, to), on, age)?;
        Some((first.then(&second).unwrap(), vec![first_day, second_day]))
    });
    let single = single.map(|(day, rate)| (rate, vec![day]));
    match (single, path) {
        (Some(single), Some(path)) => {
            Some(if path.1.iter().min() > single.1.iter().min() { path } else { single })
        }
        (single, path) => single.or(path),
    }
}

proptest! {
    #![proptest_config(crate::support::cases(4_000))]

    #[test]
    fn a_table_finds_what_a_look_at_every_fixing_finds(
        fixings in lists(),
        settings in settings(),
        pair in pairs(),
        on in days(),
    ) {
        let table = table_of(&fixings, settings);
        let (from, to) = pair;
        match (table.rate(from, to, on).map_err(|error| error.kind().clone()), naive(&fixings, settings, pair, on)) {
            (Ok(found), Some((rate, days))) => {
                prop_assert_eq!(found.rate(), &rate);
                let dates: Vec<Date> = found.fixings().iter().map(|fixing| fixing.date()).collect();
                prop_assert_eq!(dates, days);
                for fixing in found.fixings() {
                    prop_assert!(fixings.contains(&(fixing.date(), fixing.rate().clone())));
                }
            }
            (Err(ErrorKind::Money(MoneyError::NoRate { nearest, .. })), None) => {
                for pair in nearest {
                    let of_pair = |rate: &ExchangeRate| {
                        let sides = [rate.base(), rate.quote()];
                        sides.contains(&pair.from) && sides.contains(&pair.to)
                    };
                    let mut days: Vec<Date> =
                        fixings.iter().filter(|(_, rate)| of_pair(rate)).map(|(day, _)| *day).collect();
                    days.sort_unstable();
                    prop_assert_eq!(pair.before, days.iter().copied().rfind(|day| *day <= on));
                    prop_assert_eq!(pair.after, days.iter().copied().find(|day| *day > on));
                }
            }
            (found, expected) => prop_assert!(false, "{found:?} for {expected:?}"),
        }
    }

    #[test]
    fn the_order_of_inserting_changes_nothing(
        (fixings, shuffled) in lists().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        again in any::<prop::sample::Index>(),
        settings in settings(),
        pair in pairs(),
        on in days(),
    ) {
        let table = table_of(&fixings, settings);
        let mut other = table_of(&shuffled, settings);
        if !shuffled.is_empty() {
            let (day, rate) = again.get(&shuffled);
            other.insert(*day, rate.clone()).unwrap();
        }
        prop_assert_eq!(&table, &other);
        prop_assert_eq!(table.rate(pair.0, pair.1, on), other.rate(pair.0, pair.1, on));
        prop_assert_eq!(table.fixings().count(), fixings.len());
    }

    #[test]
    fn another_rate_in_the_place_of_a_fixing_is_refused_and_leaves_the_table(
        fixings in lists(),
        (day, rate) in fixings(),
    ) {
        let mut table = table_of(&fixings, (7, None));
        let before = table.clone();
        let place = fixings
            .iter()
            .find(|(on, there)| (*on, there.base(), there.quote()) == (day, rate.base(), rate.quote()));
        match (table.insert(day, rate.clone()).map_err(|error| error.kind().clone()), place) {
            (Ok(()), None) => prop_assert_eq!(table.fixings().count(), fixings.len() + 1),
            (Ok(()), Some((_, there))) => {
                prop_assert_eq!(there, &rate);
                prop_assert_eq!(table, before);
            }
            (Err(ErrorKind::Money(MoneyError::FixingConflict { .. })), Some((_, there))) => {
                prop_assert_ne!(there, &rate);
                prop_assert_eq!(table, before);
            }
            (result, place) => prop_assert!(false, "{result:?} for {place:?}"),
        }
    }

    #[test]
    fn converting_through_the_pivot_is_converting_twice(
        fixings in lists(),
        age in 0_u32..9,
        pair in pairs(),
        pivot in currencies(),
        on in days(),
        amount in ratios(),
    ) {
        let (from, to) = pair;
        let of_pair = |rate: &ExchangeRate| {
            [(from, to), (to, from)].contains(&(rate.base(), rate.quote()))
        };
        let others: Vec<_> = fixings.into_iter().filter(|(_, rate)| !of_pair(rate)).collect();
        let legs = table_of(&others, (age, None));
        let table = table_of(&others, (age, Some(pivot)));
        let cost = Cost::new(amount, from);
        let twice = legs
            .rate(from, pivot, on)
            .and_then(|first| first.convert(cost.clone()))
            .and_then(|there| legs.rate(pivot, to, on)?.convert(there));
        match (table.rate(from, to, on), twice) {
            (Ok(rate), Ok(twice)) => prop_assert_eq!(rate.convert(cost).unwrap(), twice),
            (found, twice) => prop_assert!(found.is_err() && twice.is_err()),
        }
    }

    #[test]
    fn with_one_direction_of_each_pair_the_way_back_is_the_inverse(
        fixings in lists(),
        settings in settings(),
        (from, to) in pairs(),
        on in days(),
    ) {
        let one_way: Vec<_> =
            fixings.into_iter().filter(|(_, rate)| rate.base() < rate.quote()).collect();
        let table = table_of(&one_way, settings);
        match (table.rate(from, to, on), table.rate(to, from, on)) {
            (Ok(there), Ok(back)) => {
                prop_assert_eq!(&there.rate().inverse(), back.rate());
                let cost = Cost::new(Ratio::ONE, from);
                prop_assert_eq!(back.convert(there.convert(cost.clone()).unwrap()).unwrap(), cost);
                let mut fixings = back.fixings().to_vec();
                fixings.reverse();
                prop_assert_eq!(there.fixings(), fixings);
            }
            (there, back) => prop_assert!(there.is_err() && back.is_err()),
        }
    }

    #[test]
    fn a_greater_age_loses_no_rate(
        fixings in lists(),
        (age, pivot) in settings(),
        older in 0_u32..9,
        (from, to) in pairs(),
        on in days(),
    ) {
        let table = table_of(&fixings, (age, pivot));
        if let Ok(found) = table.rate(from, to, on) {
            let older = table.with_max_age(age.saturating_add(older)).rate(from, to, on).unwrap();
            prop_assert_eq!(older, found);
        }
    }
}

#[cfg(feature = "csv")]
use bandwidth_cost::money::exchange::{Quoting, RatesLayout};

#[cfg(feature = "csv")]
proptest! {
    #![proptest_config(crate::support::cases(2_000))]

    #[test]
    fn a_table_written_as_a_long_file_reads_back(fixings in lists()) {
        let table = table_of(&fixings, (7, None));
        let row = |(day, rate): &(Date, ExchangeRate)| {
            format!("{day},{},{},{}\n", rate.base(), rate.quote(), rate.factor())
        };
        let rows: String = fixings.iter().map(row).collect();
        let file = format!("date,base,quote,rate\n{rows}");
        prop_assert_eq!(ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long()).unwrap().rates, table);
    }

    #[test]
    fn a_table_against_one_currency_reads_back_from_a_wide_file(fixings in lists()) {
        let base = Currency::EUR;
        let of_base: Vec<_> = fixings.into_iter().filter(|(_, rate)| rate.base() == base).collect();
        let quotes: Vec<_> = CURRENCIES.into_iter().filter(|quote| *quote != base).collect();
        let mut days: Vec<Date> = of_base.iter().map(|(day, _)| *day).collect();
        days.sort_unstable();
        days.dedup();
        let mut file = format!("Date,{},{},{},\n", quotes[0], quotes[1], quotes[2]);
        for day in days.into_iter().rev() {
            file += &day.to_string();
            for quote in &quotes {
                let cell = of_base.iter().find(|(on, rate)| (*on, rate.quote()) == (day, *quote));
                let cell = cell.map_or("N/A".to_owned(), |(_, rate)| rate.factor().to_string());
                file += &format!(",{cell}");
            }
            file += ",\n";
        }
        let read = ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::wide(base, Quoting::ForeignPerBase)).unwrap();
        prop_assert_eq!(read.rates, table_of(&of_base, (7, None)));
    }

    #[test]
    fn any_file_is_read_or_refused(text in vec(select(SCRAPS.to_vec()), 0..40)) {
        let text = text.concat();
        let long = ExchangeRates::from_csv(format!("date,base,quote,rate\n{text}").as_bytes(), &RatesLayout::long());
        let wide = format!("Date,USD,XYZ,\n{text}");
        let wide = ExchangeRates::from_csv(wide.as_bytes(), &RatesLayout::wide(Currency::EUR, Quoting::ForeignPerBase));
        for read in [long, wide] {
            match read.map_err(|error| error.kind().clone()) {
                Ok(read) => prop_assert!(read.rates.fixings().all(|fixing| !fixing.rate().factor().is_zero())),
                Err(ErrorKind::In { place: bandwidth_cost::Place::Cell { line, .. } | bandwidth_cost::Place::Line(line), .. }) => {
                    prop_assert!((2..=text.lines().count() as u64 + 1).contains(&line));
                }
                Err(other) => prop_assert!(false, "{other:?}"),
            }
        }
    }
}

/// The parts that files are made of.
#[cfg(feature = "csv")]
const SCRAPS: [&str; 18] = [
    "2024-12-31",
    "2024-12-31,USD,PKR,278.55\n",
    "2024-12-30,1.0389,N/A,\n",
    "USD",
    "PKR",
    "EUR",
    "278.55",
    "4/3",
    "0",
    "-",
    "N/A",
    ",",
    ",,",
    "\n",
    "\r\n",
    "\"",
    " ",
    "é",
];

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(crate::support::cases(500))]

    #[test]
    fn a_table_and_its_rates_read_back_from_text_and_from_bytes(
        fixings in lists(),
        settings in settings(),
        (from, to) in pairs(),
        on in days(),
    ) {
        let table = table_of(&fixings, settings);
        let text = serde_json::to_string(&table).unwrap();
        prop_assert_eq!(&serde_json::from_str::<ExchangeRates>(&text).unwrap(), &table);
        let bytes = postcard::to_stdvec(&table).unwrap();
        prop_assert_eq!(&postcard::from_bytes::<ExchangeRates>(&bytes).unwrap(), &table);
        if let Ok(rate) = table.rate(from, to, on) {
            let text = serde_json::to_string(&rate).unwrap();
            prop_assert_eq!(&serde_json::from_str::<bandwidth_cost::DatedRate>(&text).unwrap(), &rate);
            let bytes = postcard::to_stdvec(&rate).unwrap();
            prop_assert_eq!(postcard::from_bytes(&bytes), Ok(rate));
        }
    }
}
