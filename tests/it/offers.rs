//! Offers that are compared by months of traffic.

use crate::support::{parse, says};
use bandwidth_cost::{
    Cost, Currency, DataRate, Direction, Error, ErrorKind, LinkUsage, OfferCost, Place, RateCard,
    RateMeter, Schedule, Tariff, UsageSeries, VolumeMeter, compare_offers, tariff::TariffError,
};
use core::time::Duration;
use proptest::prelude::*;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn series(mbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = mbps.into_iter().map(DataRate::from_mbps);
    UsageSeries::from_rates(parse("2025-01-01T00:00:00Z"), FIVE_MINUTES, rates).unwrap()
}

/// A month of 20 slots, of which a 95th percentile leaves out the highest.
fn month(inbound: u64, outbound: u64) -> LinkUsage {
    let of = |mbps: u64| series([mbps; 19].into_iter().chain([mbps * 2]));
    LinkUsage { inbound: of(inbound), outbound: of(outbound) }
}

fn card(schedule: Schedule<DataRate>) -> RateCard {
    let percentile = parse("95th percentile");
    RateCard::new([Tariff::by_rate("transit", RateMeter::Percentile(percentile), schedule)])
        .unwrap()
        .with_direction(Direction::Inbound)
}

fn metered(price: &str) -> RateCard {
    card(Schedule::flat(parse(price)))
}

fn port(fee: &str) -> RateCard {
    card(Schedule::flat(parse("0 USD per 1 Mbps")).with_fixed_fee(parse(fee)).unwrap())
}

fn compare(offers: &[(&str, &RateCard)], months: &[LinkUsage]) -> Vec<OfferCost> {
    compare_offers(offers, months).unwrap()
}

fn text(cost: Option<&Cost>) -> String {
    cost.map_or("none".to_owned(), ToString::to_string)
}

#[test]
fn the_cheapest_in_total_is_first_and_the_others_regret_the_difference() {
    let months = [month(100, 0), month(300, 0), month(200, 0)];
    let (metered, port) = (metered("2 USD per 1 Mbps"), port("450 USD"));
    let offers = compare(&[("port", &port), ("metered", &metered)], &months);
    let rows: Vec<_> = offers
        .iter()
        .map(|offer| {
            let costs = offer.months().iter().map(|month| month.cost().to_string());
            let best: Vec<bool> = offer.months().iter().map(|month| month.is_cheapest()).collect();
            let totals = [offer.total(), offer.regret()].map(ToString::to_string);
            (offer.name(), costs.collect::<Vec<_>>(), best, totals)
        })
        .collect();
    let texts = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
    assert_eq!(
        rows,
        [
            (
                "metered",
                texts(["200 USD", "600 USD", "400 USD"]),
                vec![true, false, true],
                ["1200 USD", "0 USD"].map(str::to_owned)
            ),
            (
                "port",
                texts(["450 USD"; 3]),
                vec![false, true, false],
                ["1350 USD", "150 USD"].map(str::to_owned)
            ),
        ],
    );
}

#[test]
fn equally_cheap_offers_stay_in_the_given_order() {
    let card = metered("2 USD per 1 Mbps");
    let names = ["b", "a", "c"];
    let offers = compare(&names.map(|name| (name, &card)), &[month(100, 0), month(50, 0)]);
    assert_eq!(offers.iter().map(OfferCost::name).collect::<Vec<_>>(), names);
    for (index, offer) in offers.iter().enumerate() {
        assert!(offer.regret().is_zero());
        assert!(offer.months().iter().all(|month| month.is_cheapest() == (index == 0)));
    }
}

#[test]
fn blended_prices_are_per_mbps_of_the_higher_direction_and_per_gb_of_both() {
    // 100 and 300 Mbps are the 95th percentiles of the higher direction; 20 slots of 300 s carry
    // 21 × 300 s × (100 + 80 + 10 + 300) Mbps = 385.875 GB.
    let months = [month(100, 80), month(10, 300)];
    // Inbound is billed: 110 Mbps at 2 USD, and twice the fee.
    let (metered, port) = (metered("2 USD per 1 Mbps"), port("500 USD"));
    let offers = compare(&[("metered", &metered), ("port", &port)], &months);
    let blended: Vec<_> =
        offers.iter().map(|offer| [text(offer.per_mbps()), text(offer.per_gigabyte())]).collect();
    assert_eq!(
        blended,
        [["0.55 USD", "1760/3087 USD"], ["2.5 USD", "8000/3087 USD"]]
            .map(|row| row.map(str::to_owned)),
    );
}

#[test]
fn without_traffic_there_is_no_blended_price() {
    let port = port("450 USD");
    let offers = compare(&[("port", &port)], &[month(0, 0)]);
    assert_eq!((offers[0].per_mbps(), offers[0].per_gigabyte()), (None, None));
    assert_eq!(offers[0].total().to_string(), "450 USD");
    // A peak in less than 5% of the slots is a volume, and no 95th percentile.
    let peak = || series([0; 19].into_iter().chain([100]));
    let rare = LinkUsage { inbound: peak(), outbound: peak() };
    let offers = compare(&[("port", &port)], &[rare]);
    assert_eq!(text(offers[0].per_mbps()), "none");
    assert_eq!(text(offers[0].per_gigabyte()), "60 USD"); // 7.5 GB
}

#[test]
fn offers_that_measure_other_things_are_compared() {
    let egress =
        Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(parse("0.50 USD per 1 GB")));
    let egress = RateCard::new([egress]).unwrap();
    let transit = metered("2 USD per 1 Mbps");
    let months = [month(100, 0)]; // 78.75 GB
    let offers = compare(&[("transit", &transit), ("egress", &egress)], &months);
    let totals: Vec<_> = offers.iter().map(|offer| offer.total().to_string()).collect();
    assert_eq!(totals, ["39.375 USD", "200 USD"]);
}

#[test]
fn offers_that_cannot_be_compared_are_errors() {
    let (dollars, rupees) = (metered("2 USD per 1 Mbps"), metered("500 PKR per 1 Mbps"));
    let months = [month(100, 0), month(50, 0)];
    let none: [(&str, &RateCard); 0] = [];
    says(compare_offers(&none, &months), "no offers to compare: pass at least one");
    says(
        compare_offers(&[("a", &dollars)], &[]),
        "no months to compare offers by: pass at least one",
    );
    says(
        compare_offers(&[("a", &dollars), ("b", &dollars), ("a", &rupees)], &months),
        "two offers are named `a`: pass another name for one of them",
    );
    let long = "x".repeat(50);
    says(
        compare_offers(&[(&long, &dollars), (&long, &dollars)], &months),
        "two offers are named `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`: pass another name for one of \
         them",
    );
    says(
        compare_offers(&[("a", &dollars), ("b", &rupees)], &months),
        "offer `b`, month 1: currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
    let tariffs = dollars.tariffs().iter().cloned().chain(rupees.tariffs().iter().map(|tariff| {
        Tariff::by_rate(
            format!("{} in rupees", tariff.name()),
            RateMeter::Peak,
            Schedule::flat(parse("1 PKR per 1 Mbps")),
        )
    }));
    let both = RateCard::new(tariffs).unwrap();
    says(
        compare_offers(&[("both", &both)], &months),
        "offer `both`, month 1: currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
}

#[test]
fn the_error_of_a_bill_names_the_offer_and_the_month() {
    let card = metered("2 USD per 1 Mbps").with_direction(Direction::Sum);
    let odd = LinkUsage { inbound: series([1, 2]), outbound: series([1, 2, 3]) };
    let error: Error = compare_offers(&[("sum", &card)], &[month(1, 1), odd]).unwrap_err();
    let ErrorKind::In { place, .. } = error.kind() else { panic!("{error}") };
    assert_eq!(*place, Place::Offer { name: "sum".to_owned(), month: 2 });
    assert!(error.to_string().starts_with("offer `sum`, month 2: slots of 5 min "), "{error}");
    assert_eq!(
        Error::from(TariffError::NoOffers).to_string(),
        "no offers to compare: pass at least one"
    );
}

proptest! {
    #![proptest_config(crate::support::cases(64))]

    #[test]
    fn totals_and_regrets_are_those_of_the_bills(
        prices in proptest::collection::vec((0_u64..5, 0_u64..400), 1..5),
        rates in proptest::collection::vec((0_u64..300, 0_u64..300), 1..5),
    ) {
        let months: Vec<LinkUsage> = rates.iter().map(|&(inbound, outbound)| month(inbound, outbound)).collect();
        let cards: Vec<(String, RateCard)> = prices.iter().enumerate().map(|(index, (price, fee))| {
            let schedule = Schedule::flat(parse(&format!("{price} USD per 1 Mbps")));
            (index.to_string(), card(schedule.with_fixed_fee(parse(&format!("{fee} USD"))).unwrap()))
        }).collect();
        let offers: Vec<(&str, &RateCard)> = cards.iter().map(|(name, card)| (&**name, card)).collect();
        let compared = compare_offers(&offers, &months).unwrap();
        let bills = |card: &RateCard| -> Vec<Cost> {
            months.iter().map(|month| card.bill_link(month).unwrap().total().unwrap()).collect()
        };
        let amounts = |cost: &Cost| cost.amount().clone();
        for offer in &compared {
            let (_, card) = offers.iter().find(|(name, _)| *name == offer.name()).unwrap();
            let bills = bills(card);
            prop_assert_eq!(offer.months().iter().map(|month| month.cost().clone()).collect::<Vec<_>>(), bills.clone());
            prop_assert_eq!(offer.total(), &Cost::sum(Currency::USD, &bills).unwrap());
            let least = compared.iter().map(|other| amounts(other.total())).min().unwrap();
            prop_assert_eq!(offer.regret().amount(), &(amounts(offer.total()) - least));
        }
        for pair in compared.windows(2) {
            let [one, other] = [&pair[0], &pair[1]].map(|offer| (amounts(offer.total()), offer.name().parse::<usize>().unwrap()));
            prop_assert!(one < other);
        }
        for at in 0..months.len() {
            let best: Vec<_> = compared.iter().filter(|offer| offer.months()[at].is_cheapest()).collect();
            prop_assert_eq!(best.len(), 1);
            let first = offers.iter().map(|(_, card)| amounts(&bills(card)[at])).enumerate().min_by(|a, b| a.1.cmp(&b.1)).unwrap().0;
            prop_assert_eq!(best[0].name(), first.to_string());
        }
    }
}
