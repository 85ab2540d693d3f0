//! Columns as they are used: what they are worth, what is refused and in which words.

use crate::support::kind;
use bandwidth_cost::ErrorKind;
use bandwidth_cost::bulk::BulkError;
use bandwidth_cost::{
    Baseline, Currency, DataRate, DataVolume, Error, Money, Percentile, RateUnit, RoundingStrategy,
    Schedule, Tier, Tiers, UsageSeries, VolumePrice, VolumeUnit,
    bulk::{self, Column, PartialSums, PricedColumn, Pricer},
    jiff::Timestamp,
    pta,
};
use core::time::Duration;

const NEAREST: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

fn price(text: &str) -> VolumePrice {
    text.parse().unwrap()
}

#[track_caller]
fn says<T: core::fmt::Debug>(result: Result<T, Error>, message: &str) {
    assert_eq!(result.unwrap_err().to_string(), message);
}

#[test]
fn an_output_has_one_place_for_each_result() {
    let column = Column::bytes(&[1, 2, 3]);
    let priced = pta::INTERNATIONAL_CHARGE.over(&column);
    for places in [0, 2, 4] {
        says(
            priced.each_into(2, NEAREST, &mut vec![0; places]),
            &format!("`out` has length {places}: pass a slice of length 3"),
        );
    }
    says(
        bulk::percentile_each(&[1, 2, 3, 4], 2, Percentile::P95, &mut [0; 3]),
        "`out` has length 3: pass a slice of length 2",
    );
    let nothing = Column::bytes(&[]);
    assert_eq!(pta::INTERNATIONAL_CHARGE.over(&nothing).each_into(2, NEAREST, &mut []), Ok(()));
    assert_eq!(pta::INTERNATIONAL_CHARGE.over(&nothing).sum().to_string(), "0 USD");
}

#[test]
fn an_amount_that_does_not_fit_is_named() {
    // 10^19 units of 10^19 each are the first that 127 bits don't hold.
    let flat = Schedule::flat(price("10000000000000000000 USD per 1 B"));
    let values = [1, 17_014_118_346_046_923_173, 17_014_118_346_046_923_174, 2];
    let column = Column::bytes(&values);
    let mut out = [7; 4];
    says(
        flat.over(&column).each_into(0, NEAREST, &mut out),
        "the amount at index 2, 170141183460469231740000000000000000000 USD, does not fit 128 bits at \
         0 decimal places: pass fewer places",
    );
    let largest = 170_141_183_460_469_231_730_000_000_000_000_000_000;
    assert_eq!(out[..2], [10_000_000_000_000_000_000, largest]);
    says(
        flat.over(&column).each_into(39, NEAREST, &mut out),
        "can't round to 39 decimal places: pass at most 38",
    );
    // Nothing costs nothing, at any scale that there is.
    let zero = Column::bytes(&[0; 2]);
    let mut out = [7; 2];
    assert_eq!(flat.over(&zero).each_into(38, NEAREST, &mut out), Ok(()));
    assert_eq!(out, [0, 0]);
}

/// (2^64 + 1) × (2^64 − 1) / 2 = 2^127 − 1/2: the largest amount and a half.
#[test]
fn the_last_amount_that_fits_depends_on_the_rounding() {
    let price = price("18446744073709551617 USD per 2 B");
    let written = |strategy| {
        let mut out = [0];
        let result = price.over(&Column::bytes(&[u64::MAX])).each_into(0, strategy, &mut out);
        result.ok().map(|()| out[0])
    };
    for down in [
        RoundingStrategy::ToZero,
        RoundingStrategy::ToNegativeInfinity,
        RoundingStrategy::MidpointTowardZero,
    ] {
        assert_eq!(written(down), Some(i128::MAX), "{down:?}");
    }
    for up in [
        RoundingStrategy::AwayFromZero,
        RoundingStrategy::ToPositiveInfinity,
        RoundingStrategy::MidpointAwayFromZero,
        RoundingStrategy::MidpointNearestEven, // the largest amount is odd
    ] {
        assert_eq!(written(up), None, "{up:?}");
    }
}

/// Of a column of several chunks, under a schedule that rounds up: the index is that in the column.
#[test]
fn an_amount_that_does_not_fit_is_named_behind_the_first_chunk() {
    let started = Schedule::flat(price("79228162514264337593543950335 USD per 1 GB"))
        .with_increment(DataVolume::from_megabytes(1))
        .unwrap();
    let mut values = vec![1; 3_000];
    (values[1_500], values[2_500]) = (u64::MAX, u64::MAX);
    let mut out = vec![7; 3_000];
    let written = started.over(&Column::bytes(&values)).each_into(0, NEAREST, &mut out);
    assert!(matches!(
        written.map_err(kind),
        Err(ErrorKind::Bulk(BulkError::AmountOverflow { index: 1_500, .. }))
    ));
    assert_eq!(out[..1_500], [79_228_162_514_264_337_593_543_950; 1_500]);
}

/// No byte lies between 1.25 and 1.5 B, where 2 B would cost 8 USD, as by the tier before.
#[test]
fn tiers_in_which_no_record_falls_add_nothing() {
    let bytes = |text: &str| text.parse::<DataVolume>().unwrap();
    let fee = Money::from_major(2, Currency::USD);
    let tiers = Tiers::new([
        Tier::up_to(bytes("1.25 B"), price("4 USD per 1 B")),
        Tier::up_to(bytes("1.5 B"), price("3 USD per 1 B")).with_fee(fee),
        Tier::rest(price("9 USD per 1 B")),
    ]);
    let schedule = Schedule::all_units(tiers.unwrap());
    let cost = |x| schedule.over(&Column::bytes(&[x])).sum().to_string();
    assert_eq!([0, 1, 2, 3].map(cost), ["0 USD", "4 USD", "18 USD", "27 USD"]);
}

#[test]
fn a_pricer_prices_column_after_column() {
    let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    for batch in [vec![1, 2], vec![], vec![u64::MAX]] {
        let column = Column::gigabytes(&batch);
        let (mut one, mut other) = (vec![0; batch.len()], vec![1; batch.len()]);
        pricer.over(&column).unwrap().each_into(3, NEAREST, &mut one).unwrap();
        pta::DISRUPTION_COST.over(&column).each_into(3, NEAREST, &mut other).unwrap();
        assert_eq!(one, other);
        assert_eq!(pricer.over(&column).unwrap().sum(), pta::DISRUPTION_COST.over(&column).sum());
    }
    says(
        pricer.over(&Column::bytes(&[1])),
        "a column in B for a pricer of GB: pass a column in GB",
    );
}

#[test]
fn a_column_is_shown_without_its_numbers() {
    assert_eq!(format!("{:?}", Column::kilobytes(&[7; 1_000])), "Column(1000 numbers in kB)");
}

#[test]
fn totals_that_no_quantity_holds_are_errors_but_costs_are_not() {
    let exabytes = [u64::MAX, u64::MAX];
    let column: Column<'_, DataVolume> = Column::new(&exabytes, VolumeUnit::Exabyte);
    says(
        column.total(),
        "the sum of the 2 numbers, 36893488147419103230 EB, exceeds \
         42535295865.117307932921825928971026431875 EB: pass fewer numbers per call",
    );
    // 2 × (2^64 − 1) × 10^12 MB
    let cost = pta::INTERNATIONAL_CHARGE.over(&column).sum();
    assert_eq!(cost.to_string(), "36893488147419103230000000000000 USD");
    assert_eq!(Column::bps(&[u64::MAX, 0]).total(), Ok(DataRate::MAX));
    says(
        Column::bps(&[u64::MAX, 1]).total(),
        "the sum of the 2 numbers, 18446744073709551616 bps, exceeds 18446.744073709551615 Pbps: pass \
         fewer numbers per call",
    );
}

#[test]
fn sums_of_different_pricers_do_not_mix() {
    let usd = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Byte);
    let others = [
        pta::DISRUPTION_COST.compile(VolumeUnit::Byte),
        pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Kilobyte),
        price("1 EUR per 1 MB").compile(VolumeUnit::Byte),
        Schedule::flat(pta::INTERNATIONAL_CHARGE)
            .with_increment(DataVolume::from_megabytes(1))
            .unwrap()
            .compile(VolumeUnit::Byte),
        Schedule::flat(pta::INTERNATIONAL_CHARGE)
            .with_minimum(Money::from_major(1, Currency::USD))
            .unwrap()
            .compile(VolumeUnit::Byte),
    ];
    for other in &others {
        let mut partial = other.partial();
        let (left, right) = (usd.partial(), other.partial());
        let message = |error: Error| match error.kind() {
            ErrorKind::Bulk(BulkError::OtherPricer { sums, pricer }) => {
                assert_ne!(sums, pricer);
                format!(
                    "sums of pricer {sums:016x} for pricer {pricer:016x}: pass sums of a pricer with \
                     the same schedule and unit"
                )
            }
            _ => error.to_string(),
        };
        let error = usd.finish(&partial).unwrap_err();
        assert_eq!(error.to_string(), message(error.clone()));
        assert!(matches!(
            left.clone().merge(&right).map_err(kind),
            Err(ErrorKind::Bulk(BulkError::OtherPricer { .. }))
        ));
        let before = partial.clone();
        let added = usd.add(&mut partial, &Column::bytes(&[1]));
        assert!(matches!(added.map_err(kind), Err(ErrorKind::Bulk(BulkError::OtherPricer { .. }))));
        assert_eq!(partial, before);
    }
    let mut partial = usd.partial();
    says(
        usd.add(&mut partial, &Column::kilobytes(&[1])),
        "a column in kB for a pricer of B: pass a column in B",
    );
    assert_eq!(partial, usd.partial());
    // A price by another name is the same price.
    let same = price("2 USD per 2 MB").compile(VolumeUnit::Byte);
    assert_eq!(same.finish(&usd.partial()).unwrap().to_string(), "0 USD");
}

/// Fingerprints are stored beside sums: they must be those of yesterday.
#[test]
fn a_schedule_keeps_its_fingerprint() {
    let tiers = Tiers::new([
        Tier::up_to(DataRate::from_gbps(2), "0.80 USD per 1 Mbps".parse().unwrap()),
        Tier::rest("1.00 USD per 1 Mbps".parse().unwrap()),
    ]);
    let transit = Schedule::graduated(tiers.unwrap()).compile(RateUnit::Mbps);
    let prints = [
        format!("{:?}", pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Byte).partial()),
        format!("{:?}", transit.partial()),
    ];
    let fingerprint = |text: &String| {
        let after = text.split("fingerprint: ").nth(1).unwrap();
        after.split(',').next().unwrap().parse::<u64>().unwrap()
    };
    assert_eq!(
        prints.each_ref().map(fingerprint),
        [8_272_739_628_881_412_397, 7_790_374_389_274_753_652]
    );
}

#[test]
fn samples_come_in_whole_series() {
    let mut out = [0; 2];
    says(
        bulk::percentile_each(&[1, 2, 3], 0, Percentile::P95, &mut out),
        "`series_len` is zero: pass one above zero",
    );
    says(
        bulk::percentile_each(&[1, 2, 3], 2, Percentile::P95, &mut out),
        "`samples` has length 3: pass a slice of length 4",
    );
    assert_eq!(bulk::percentile_each(&[], 2, Percentile::P95, &mut []), Ok(()));
    assert_eq!(bulk::percentile_each(&[5, 3], 1, Percentile::P95, &mut out), Ok(()));
    assert_eq!(out, [5, 3]);
}

#[test]
fn an_excess_is_that_of_a_usage_series() {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let minute = Duration::from_secs(60);
    let rates = [5_600, 5_650, 6_650, 5_900].map(|gbps| gbps * 1_000_000_000);
    let baseline = DataRate::from_gbps(5_650);
    let series = UsageSeries::from_rates(start, minute, rates.map(DataRate::from_bps)).unwrap();
    let excess = series.excess_over(&Baseline::constant(baseline)).unwrap();
    assert_eq!(bulk::excess(&rates, minute, baseline), Ok(excess));
    let durations = [60_000_000_000; 4];
    assert_eq!(bulk::excess_weighted(&rates, &durations, baseline), Ok(excess));
    assert_eq!(bulk::excess(&[], minute, baseline), Ok(DataVolume::ZERO));
    assert_eq!(bulk::excess_weighted(&[], &[], baseline), Ok(DataVolume::ZERO));
}

#[test]
fn an_excess_that_does_not_fit_is_an_error() {
    let message = "excess over 0 bps does not fit a data volume: pass fewer rates per call";
    let year = Duration::from_secs(u64::MAX);
    says(bulk::excess(&[u64::MAX; 40], year, DataRate::ZERO), message);
    says(bulk::excess_weighted(&[u64::MAX; 2], &[u64::MAX; 2], DataRate::ZERO), message);
    says(
        bulk::excess(&[1], Duration::ZERO, DataRate::ZERO),
        "`interval` is zero: pass one above zero",
    );
    says(
        bulk::excess_weighted(&[1, 2], &[1], DataRate::ZERO),
        "`durations_ns` has length 1: pass a slice of length 2",
    );
}

#[test]
fn pricers_and_sums_cross_threads() {
    fn is_shared<T: core::fmt::Debug + Clone + Send + Sync>() {}
    is_shared::<Column<'_, DataRate>>();
    is_shared::<Pricer<DataVolume>>();
    is_shared::<PricedColumn<'_, DataVolume>>();
    is_shared::<PartialSums>();
}

#[cfg(feature = "rayon")]
mod parallel {
    use super::*;

    /// Longer than the part that a thread takes at once, so that there are several parts.
    fn records() -> Vec<u64> {
        (0..300_000_u64).map(|at| at * at % 10_007 * 1_000_003).collect()
    }

    #[test]
    fn results_on_all_cores_are_those_on_one() {
        let records = records();
        let column = Column::bytes(&records);
        let tiers = Tiers::new([
            Tier::up_to(DataVolume::from_megabytes(5), price("0.09 USD per 1 GB")),
            Tier::rest(price("0.07 USD per 1 GB")).with_fee(Money::from_minor(3, Currency::USD)),
        ]);
        let schedule = Schedule::graduated(tiers.unwrap());
        let priced = schedule.over(&column);
        assert_eq!(priced.par_sum(), priced.sum());
        assert_eq!(column.par_total(), column.total());
        let (mut one, mut all) = (vec![0; records.len()], vec![1; records.len()]);
        priced.each_into(6, NEAREST, &mut one).unwrap();
        priced.par_each_into(6, NEAREST, &mut all).unwrap();
        assert_eq!(one, all);

        let pricer = schedule.compile(VolumeUnit::Byte);
        let (mut one, mut all) = (pricer.partial(), pricer.partial());
        pricer.add(&mut one, &column).unwrap();
        pricer.par_add(&mut all, &column).unwrap();
        assert_eq!(one, all);

        let baseline = DataRate::from_mbps(500);
        let second = Duration::from_secs(1);
        assert_eq!(
            bulk::par_excess(&records, second, baseline),
            bulk::excess(&records, second, baseline),
        );
        assert_eq!(
            bulk::par_excess_weighted(&records, &records, baseline),
            bulk::excess_weighted(&records, &records, baseline),
        );
        for length in [1, 100, 3_000, 100_000, 300_000] {
            let mut one = vec![0; records.len() / length];
            let mut all = one.clone();
            bulk::percentile_each(&records, length, Percentile::P95, &mut one).unwrap();
            bulk::par_percentile_each(&records, length, Percentile::P95, &mut all).unwrap();
            assert_eq!(one, all, "series of {length}");
        }
    }

    #[test]
    fn results_are_the_same_on_any_number_of_threads() {
        let records = records();
        let column = Column::bytes(&records);
        let priced = pta::DISRUPTION_COST.over(&column);
        let mut one = vec![0; 100];
        bulk::percentile_each(&records, 3_000, Percentile::P95, &mut one).unwrap();
        for threads in [1, 3, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| priced.par_sum()), priced.sum(), "{threads}");
            let mut all = vec![0; 100];
            pool.install(|| bulk::par_percentile_each(&records, 3_000, Percentile::P95, &mut all))
                .unwrap();
            assert_eq!(all, one, "{threads}");
        }
    }

    #[test]
    fn the_first_that_does_not_fit_is_named_whichever_thread_finds_it() {
        let mut records = records();
        (records[170_000], records[70_000]) = (u64::MAX, u64::MAX);
        let column = Column::bytes(&records);
        let dear = price("79228162514264337593543950335 USD per 1 GB");
        let mut out = vec![0; records.len()];
        says(
            dear.over(&column).par_each_into(0, NEAREST, &mut out),
            "the amount at index 70000, 1461501637330902918124456670183571937988.679041025 USD, does not fit \
             128 bits at 0 decimal places: pass fewer places",
        );
        let mut before = vec![0; 70_000];
        dear.over(&Column::bytes(&records[..70_000])).each_into(0, NEAREST, &mut before).unwrap();
        assert_eq!(out[..70_000], before);
    }

    #[test]
    fn errors_on_all_cores_are_those_on_one() {
        let column = Column::bytes(&[1]);
        let priced = pta::INTERNATIONAL_CHARGE.over(&column);
        assert!(matches!(
            priced.par_each_into(2, NEAREST, &mut []).map_err(kind),
            Err(ErrorKind::Bulk(BulkError::Length { argument: "out", found: 0, needed: 1 }))
        ));
        let pricer = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Kilobyte);
        let added = pricer.par_add(&mut pricer.partial(), &column);
        assert!(matches!(added.map_err(kind), Err(ErrorKind::Bulk(BulkError::ColumnUnit { .. }))));
        let most = Column::gbps(&[u64::MAX, 1]).par_total();
        assert!(matches!(
            most.map_err(kind),
            Err(ErrorKind::Bulk(BulkError::TotalTooLarge { .. }))
        ));
        let huge = bulk::par_excess_weighted(&[u64::MAX; 2], &[u64::MAX; 2], DataRate::ZERO);
        assert!(matches!(
            huge.map_err(kind),
            Err(ErrorKind::Bulk(BulkError::ExcessTooLarge { .. }))
        ));
        assert!(matches!(
            bulk::par_percentile_each(&[1], 0, Percentile::P95, &mut []).map_err(kind),
            Err(ErrorKind::Bulk(BulkError::Zero { argument: "series_len" }))
        ));
    }
}
