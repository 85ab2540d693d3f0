//! What holds of every series: percentiles, calendar months, gaps and counters, each against a
//! naive twin.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::model_of_decimal;
use crate::support::volumes_of;
use bandwidth_cost::{
    Baseline, CounterEvent, CounterLog, CounterWidth, DataRate, DataVolume, Decimal, ErrorKind,
    GapPolicy, Percentile, PercentileRule, UsageSeries,
    jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone},
    usage::UsageError,
};
use core::time::Duration;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn whole(count: usize) -> BigRational {
    BigRational::from_integer(count.into())
}

/// The rank of a percentile among `n` slots, as its system's documentation states it.
fn model_rank(percentile: Percentile, slots: usize) -> usize {
    let p = model_of_decimal(percentile.percent()) / BigInt::from(100);
    let n = whole(slots);
    let half = BigRational::new(1.into(), 2.into());
    let rank = match percentile.rule() {
        PercentileRule::NearestRank => (&p * &n).ceil(),
        PercentileRule::DiscardRoundedUp => &n - ((BigRational::one() - &p) * &n).ceil(),
        PercentileRule::RoundedRank => (&p * &n + half).floor(),
        PercentileRule::RoundedEvenRank => half_to_even(&(&p * &n)),
        PercentileRule::RoundedPosition => {
            (&p * (&n - BigRational::one()) + half).floor() + BigRational::one()
        }
        PercentileRule::LinearInclusive | PercentileRule::LinearExclusive => {
            model_position(percentile, slots).ceil()
        }
    };
    rank.clamp(BigRational::one(), n).to_integer().to_usize().unwrap()
}

/// The position of a percentile by an interpolating rule.
fn model_position(percentile: Percentile, slots: usize) -> BigRational {
    let p = model_of_decimal(percentile.percent()) / BigInt::from(100);
    let (n, one) = (whole(slots), BigRational::one());
    let position = match percentile.rule() {
        PercentileRule::LinearInclusive => &p * (&n - &one) + &one,
        PercentileRule::LinearExclusive => &p * (&n + &one),
        _ => whole(model_rank(percentile, slots)),
    };
    position.clamp(one, n)
}

/// The rate at the position of a percentile, interpolated between the sorted volumes and rounded once.
fn model_rate(volumes: &[DataVolume], interval: Duration, percentile: Percentile) -> DataRate {
    let mut sorted = volumes.to_vec();
    sorted.sort();
    let position = model_position(percentile, sorted.len());
    let below = position.floor().to_integer().to_usize().unwrap();
    let at = |rank: usize| {
        BigRational::from_integer(sorted[rank.min(sorted.len()) - 1].as_nanobits().into())
    };
    let part = &position - position.floor();
    let volume = at(below) + part * (at(below + 1) - at(below));
    let rate = half_to_even(&(volume / BigInt::from(interval.as_nanos())));
    DataRate::from_bps(rate.to_integer().to_u64().unwrap())
}

fn half_to_even(number: &BigRational) -> BigRational {
    let below = number.floor();
    let above = &below + BigRational::one();
    match (number - &below).cmp(&(&above - number)) {
        core::cmp::Ordering::Less => below,
        core::cmp::Ordering::Greater => above,
        core::cmp::Ordering::Equal => {
            let is_even = &below.to_integer() % 2 == BigInt::ZERO;
            if is_even { below } else { above }
        }
    }
}

fn percentiles() -> impl Strategy<Value = Percentile> {
    let percent = prop_oneof![
        Just(Decimal::from(95)),
        (1_i64..=100).prop_map(Decimal::from),
        (1_i64..=100_000).prop_map(|thousandths| Decimal::new(thousandths, 3)),
        (1_i128..=i128::pow(10, 28), 26_u32..=28).prop_map(|(digits, places)| {
            Decimal::try_from_i128_with_scale(digits, places).unwrap()
        }),
    ];
    (percent, select(PercentileRule::ALL.to_vec()))
        .prop_map(|(percent, rule)| Percentile::new(percent).unwrap().with_rule(rule))
}

/// The rules that do not interpolate.
fn ranking() -> impl Iterator<Item = PercentileRule> {
    PercentileRule::ALL.into_iter().filter(|rule| !interpolates(*rule))
}

fn interpolates(rule: PercentileRule) -> bool {
    matches!(rule, PercentileRule::LinearInclusive | PercentileRule::LinearExclusive)
}

/// From 1950 to 2100, to the second.
fn starts() -> impl Strategy<Value = Timestamp> {
    (-631_152_000_i64..4_102_444_800).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn intervals() -> impl Strategy<Value = Duration> {
    prop_oneof![
        select(vec![60_u64, 300, 900, 3_600, 86_400]).prop_map(Duration::from_secs),
        (1_u64..1_000_000_000_000).prop_map(Duration::from_nanos),
    ]
}

/// Few values, so that many are equal, or many.
fn volumes(
    count: impl Into<proptest::collection::SizeRange>,
) -> impl Strategy<Value = Vec<DataVolume>> {
    let count = count.into();
    prop_oneof![
        vec((0_u64..6).prop_map(DataVolume::from_megabytes), count.clone()),
        vec(any::<u64>().prop_map(|n| DataVolume::from_nanobits(n.into())), count),
    ]
}

fn series() -> impl Strategy<Value = UsageSeries> {
    (starts(), intervals(), volumes(1..200))
        .prop_filter_map("a slot's rate fits", |(start, interval, volumes)| {
            UsageSeries::from_volumes(start, interval, volumes).ok()
        })
}

/// The series with another volume in each slot.
fn with_volumes(series: &UsageSeries, volumes: Vec<DataVolume>) -> UsageSeries {
    UsageSeries::from_volumes(series.start(), series.interval(), volumes).unwrap()
}

/// The rate of number `rank` in order of volume, by sorting.
fn sorted_rate(series: &UsageSeries, rank: usize) -> DataRate {
    let mut rates: Vec<DataRate> = series.rates().filter_map(|(_, rate)| rate).collect();
    rates.sort();
    rates[rank - 1]
}

proptest! {
    #[test]
    fn a_rank_is_the_exact_one(percentile in percentiles(), n in 1_usize..20_000) {
        prop_assert_eq!(percentile.rank(n), model_rank(percentile, n));
    }

    #[test]
    fn above_the_median_two_rules_are_at_most_one_rank_apart(
        percentile in percentiles(),
        n in 1_usize..20_000,
    ) {
        prop_assume!(percentile.percent() > Decimal::from(50));
        let ranks: BTreeSet<usize> =
            ranking().map(|rule| percentile.with_rule(rule).rank(n)).collect();
        prop_assert!(ranks.last().unwrap() - ranks.first().unwrap() <= 1);
        let p_times_n = model_of_decimal(percentile.percent()) * whole(n) / BigInt::from(100);
        prop_assert!(!p_times_n.is_integer() || ranks.len() == 1);
    }

    #[test]
    fn a_percentile_is_the_slot_that_sorting_finds(
        series in series(),
        percentile in percentiles(),
    ) {
        let volumes = volumes_of(&series);
        let model = model_rate(&volumes, series.interval(), percentile);
        prop_assert_eq!(series.percentile(percentile), model);
        if model_position(percentile, series.len()).is_integer() {
            let rank = model_rank(percentile, series.len());
            prop_assert_eq!(model, sorted_rate(&series, rank));
        }
        let by_rule =
            PercentileRule::ALL.map(|rule| series.percentile(percentile.with_rule(rule)));
        let (low, high) = series.percentile_range(percentile);
        prop_assert_eq!(low, by_rule.into_iter().min().unwrap());
        prop_assert_eq!(high, by_rule.into_iter().max().unwrap());
    }

    #[test]
    fn the_order_of_the_slots_does_not_matter(
        (series, shuffled) in series().prop_flat_map(|series| {
            let shuffled = Just(volumes_of(&series).to_vec()).prop_shuffle();
            (Just(series), shuffled)
        }),
        percentile in percentiles(),
        baseline in crate::support::rates(),
    ) {
        let shuffled = with_volumes(&series, shuffled);
        let baseline = Baseline::constant(baseline);
        prop_assert_eq!(series.percentile(percentile), shuffled.percentile(percentile));
        prop_assert_eq!(series.peak(), shuffled.peak());
        prop_assert_eq!(series.mean(), shuffled.mean());
        prop_assert_eq!(series.excess_over(&baseline), shuffled.excess_over(&baseline));
    }

    #[test]
    fn the_mean_is_between_the_quietest_and_the_busiest_slot(series in series()) {
        let mut rates = series.rates().filter_map(|(_, rate)| rate);
        let quietest = rates.clone().min().unwrap();
        prop_assert!(quietest <= series.mean() && series.mean() <= series.peak());
        prop_assert!(rates.any(|rate| rate == series.peak()));
        let nanoseconds = series.interval().as_nanos() * series.len() as u128;
        let exact = BigRational::new(series.total().as_nanobits().into(), nanoseconds.into());
        let mean = BigRational::from_integer(series.mean().as_bps().into());
        prop_assert_eq!(mean, half_to_even(&exact));
    }

    #[test]
    fn rates_come_back_as_they_went_in(
        start in starts(),
        interval in (1_u64..1_000_000_000_000_000).prop_map(Duration::from_nanos),
        rates in vec(crate::support::rates(), 1..50),
    ) {
        let series = UsageSeries::from_rates(start, interval, rates.iter().copied()).unwrap();
        let back: Vec<DataRate> = series.rates().filter_map(|(_, rate)| rate).collect();
        prop_assert_eq!(&back, &rates);
        prop_assert_eq!(Some(series.peak()), rates.into_iter().max());
    }

    #[test]
    fn slots_follow_each_other_without_a_gap(series in series()) {
        let starts: Vec<Timestamp> = series.iter().map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([series.end()]);
        for (start, end) in starts.iter().zip(ends) {
            prop_assert_eq!(start.checked_add(series.interval()).unwrap(), end);
        }
        prop_assert_eq!(starts[0], series.start());
    }

    #[test]
    fn slices_put_together_are_the_series(series in series(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(series.len());
        let at = series.iter().nth(cut).unwrap().0;
        let after = series.slice(at..series.end()).unwrap();
        prop_assert_eq!(volumes_of(&after), volumes_of(&series)[cut..].to_vec());
        prop_assert_eq!(after.start(), at);
        if cut > 0 {
            let before = series.slice(series.start()..at).unwrap();
            prop_assert_eq!(volumes_of(&before), volumes_of(&series)[..cut].to_vec());
            prop_assert_eq!(before.end(), at);
        }
    }

    #[test]
    fn sums_and_maxima_are_taken_slot_by_slot(
        (a, b) in series().prop_flat_map(|a| {
            let b = vec((0..u64::MAX).prop_map(DataVolume::from_bits), a.len());
            (Just(a), b)
        }),
    ) {
        let Ok(b) = UsageSeries::from_volumes(a.start(), a.interval(), b) else {
            return Err(TestCaseError::reject("a slot's rate fits"));
        };
        let greater = a.max_with(&b).unwrap();
        prop_assert_eq!(&greater, &b.max_with(&a).unwrap());
        prop_assert_eq!(a.sum_with(&b), b.sum_with(&a));
        for (slot, volume) in volumes_of(&greater).iter().enumerate() {
            prop_assert_eq!(*volume, volumes_of(&a)[slot].max(volumes_of(&b)[slot]));
        }
        if let Ok(sum) = a.sum_with(&b) {
            prop_assert_eq!(sum.total(), a.total() + b.total());
            for (slot, volume) in volumes_of(&sum).iter().enumerate() {
                prop_assert_eq!(*volume, volumes_of(&a)[slot] + volumes_of(&b)[slot]);
            }
        }
    }

    #[test]
    fn more_baseline_is_less_excess(
        series in series(),
        low in crate::support::rates(),
        high in crate::support::rates(),
    ) {
        let (low, high) = (low.min(high), low.max(high));
        let excess = |rate| series.excess_over(&Baseline::constant(rate)).unwrap();
        prop_assert!(excess(high) <= excess(low));
        prop_assert!(excess(low) <= series.total());
        let naive: u128 = volumes_of(&series)
            .iter()
            .map(|volume| {
                let usual = u128::from(low.as_bps()) * series.interval().as_nanos();
                volume.as_nanobits().max(usual) - usual
            })
            .sum();
        prop_assert_eq!(excess(low), DataVolume::from_nanobits(naive));
        // A constant is the series that has it in each slot; the series itself leaves nothing over.
        let constant = vec![low; series.len()];
        if let Ok(constant) = UsageSeries::from_rates(series.start(), series.interval(), constant) {
            let constant = Baseline::series(constant);
            prop_assert_eq!(series.excess_over(&constant).unwrap(), excess(low));
        }
        let own = Baseline::series(series.clone());
        prop_assert_eq!(series.excess_over(&own).unwrap(), DataVolume::ZERO);
    }

    #[test]
    fn headroom_is_how_many_slots_may_exceed(
        rates in vec(0_u64..4, 1..60),
        commit in 0_u64..4,
        percentile in percentiles(),
        remaining in 0_usize..30,
    ) {
        let start = Timestamp::UNIX_EPOCH;
        let of = |rates: Vec<u64>| {
            UsageSeries::from_rates(start, FIVE_MINUTES, rates.into_iter().map(DataRate::from_bps))
        };
        let commit = DataRate::from_bps(commit);
        // Every number of slots that exceed, up to the first that is too many.
        let holds = |exceeding: usize| {
            let rest = (0..remaining).map(|slot| if slot < exceeding { 9 } else { 0 });
            let whole = of(rates.iter().copied().chain(rest).collect()).unwrap();
            whole.percentile(percentile) <= commit
        };
        let most = (0..=remaining).filter(|&exceeding| holds(exceeding)).max().unwrap_or(0);
        let headroom = of(rates.clone()).unwrap().headroom(commit, percentile, remaining);
        if interpolates(percentile.rule()) {
            prop_assert!(headroom <= most);
            prop_assert!(headroom == 0 || holds(headroom));
        } else {
            prop_assert_eq!(headroom, most);
        }
    }

    #[test]
    fn the_bounds_are_the_percentile_with_nothing_and_with_everything(
        rates in vec(0_u64..50, 1..60),
        percentile in percentiles(),
        remaining in 0_usize..80,
    ) {
        let start = Timestamp::UNIX_EPOCH;
        let of = |rates: Vec<u64>| {
            let rates = rates.into_iter().map(DataRate::from_bps);
            UsageSeries::from_rates(start, FIVE_MINUTES, rates).unwrap()
        };
        let with = |rate| {
            let rest = core::iter::repeat_n(rate, remaining);
            of(rates.iter().copied().chain(rest).collect()).percentile(percentile)
        };
        let beyond = DataRate::from_bps(1_000);
        let highest = Some(with(1_000)).filter(|&rate| rate < beyond);
        let rank = percentile.rank(rates.len() + remaining);
        let highest = highest.filter(|_| rank <= rates.len());
        let bounds = of(rates.clone()).percentile_bounds(percentile, remaining);
        prop_assert_eq!(bounds, (with(0), highest));
    }

    #[test]
    fn months_and_days_are_whole_and_follow_each_other(
        start in starts(),
        interval in select(vec![300_u64, 900, 1_000, 3_600, 86_400, 3_000_000]),
        count in 1_usize..3_000,
        zone in select(vec![
            "UTC", "Asia/Karachi", "Europe/Berlin", "America/New_York", "America/St_Johns",
            "Pacific/Auckland", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Damascus",
            "Pacific/Apia",
        ]),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let interval = Duration::from_secs(interval);
        let volumes = (1..=count as u64).map(DataVolume::from_bytes);
        let series = UsageSeries::from_volumes(start, interval, volumes).unwrap();
        let months: Vec<_> = series.by_month(&zone).collect();
        let days: Vec<_> = series.by_day(&zone).collect();
        for (parts, first) in
            [(&months, Date::first_of_month as fn(Date) -> Date), (&days, |date| date)]
        {
            // A part begins with the first slot at which a date in a later one has been shown. Near
            // midnight that may have been before the clocks were put back: some minute in 3 hours.
            let shown = |at: Timestamp| {
                let minutes = if zone.to_datetime(at).hour() < 21 { 0 } else { 180 };
                let before = |minute| at - SignedDuration::from_mins(minute);
                let dates = (0..=minutes).map(|minute| zone.to_datetime(before(minute)).date());
                dates.max().unwrap()
            };
            let mut latest = Date::MIN;
            let mut naive: Vec<(Date, Timestamp, Vec<DataVolume>)> = Vec::new();
            for (at, volume) in series.iter() {
                let date = first(shown(at));
                if date > latest {
                    latest = date;
                    naive.push((date, at, Vec::new()));
                }
                naive.last_mut().unwrap().2.extend(volume);
            }
            let found: Vec<_> = parts
                .iter()
                .map(|(date, part)| (*date, part.start(), volumes_of(part)))
                .collect();
            prop_assert_eq!(found, naive);
            let total: DataVolume = parts.iter().map(|(_, part)| part.total()).sum();
            prop_assert_eq!(total, series.total());
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].1.end(), pair[1].1.start());
            }
            prop_assert_eq!(parts.last().unwrap().1.end(), series.end());
        }
    }

    #[test]
    fn samples_without_gaps_are_the_series(series in series(), gaps in policies()) {
        let back = UsageSeries::from_samples(samples_of(&series), series.interval(), gaps);
        prop_assert_eq!(back, Ok(series));
    }

    #[test]
    fn filling_gaps_keeps_the_sum(
        series in series(),
        kept in vec(any::<bool>(), 200),
        gaps in policies(),
    ) {
        let kept: Vec<(usize, (Timestamp, DataVolume))> = samples_of(&series)
            .enumerate()
            .filter(|&(slot, _)| slot == 0 || kept[slot])
            .collect();
        let last = kept.last().unwrap().0;
        let samples = kept.iter().map(|&(_, sample)| sample);
        let filled = UsageSeries::from_samples(samples.clone(), series.interval(), gaps);
        if gaps == GapPolicy::Fail && kept.len() <= last {
            prop_assert!(filled.is_err());
            return Ok(());
        }
        let filled = filled.unwrap();
        prop_assert_eq!(filled.len(), last + 1);
        prop_assert_eq!(filled.start(), series.start());
        prop_assert_eq!(filled.total(), samples.map(|(_, volume)| volume).sum());
        let mut before = None;
        for (slot, (_, volume)) in kept {
            let first = before.map_or(0, |before| before + 1);
            let span = volumes_of(&filled)[first..=slot].to_vec();
            prop_assert_eq!(span.iter().sum::<DataVolume>(), volume);
            match gaps {
                GapPolicy::Distribute => {
                    // Even to the last unit.
                    let (least, most) = (span.iter().min().unwrap(), span.iter().max().unwrap());
                    prop_assert!(most.as_nanobits() - least.as_nanobits() <= 2);
                }
                _ => prop_assert_eq!(span.last(), Some(&volume)),
            }
            before = Some(slot);
        }
    }

    #[test]
    fn a_counter_log_accounts_for_every_octet(
        width in select(vec![CounterWidth::Bits32, CounterWidth::Bits64]),
        capacity in proptest::option::of(capacities()),
        start in starts(),
        polls in vec((1_u64..2_000_000_000_000, readings(), 0_u8..8), 2..40),
        interval in (1_000_000_000_u64..1_000_000_000_000).prop_map(Duration::from_nanos),
        gaps in select(vec![
            GapPolicy::LeaveOut, GapPolicy::Zero, GapPolicy::Hold, GapPolicy::Distribute,
        ]),
    ) {
        // Mostly readings that go up by what the link may carry, from any to any.
        let mut log = CounterLog::new(width);
        if let Some(capacity) = capacity {
            log = log.with_capacity(capacity);
        }
        let (mut at, mut octets, mut readings) = (start, 0_u64, Vec::new());
        for (nanoseconds, reading, kind) in polls {
            let carried = capacity.map_or(u64::MAX, |capacity| {
                let octets = u128::from(capacity.as_bps()) * u128::from(nanoseconds) / 8_000_000_000;
                u64::try_from(octets).unwrap_or(u64::MAX)
            });
            octets = match kind {
                0 => reading,
                1 => reading >> 8,
                2 => 0,
                _ => octets.wrapping_add((reading >> 8) % carried.max(1)),
            };
            if width == CounterWidth::Bits32 {
                octets %= 1 << 32;
            }
            readings.push((at, octets));
            at = at.checked_add(Duration::from_nanos(nanoseconds)).unwrap();
            log.push(readings.last().unwrap().0, octets).unwrap();
        }
        let readout = match log.to_series(interval, gaps) {
            Ok(readout) => readout,
            Err(error) => {
                let may_be = matches!(
                    error.kind(),
                    ErrorKind::Usage(
                        UsageError::EmptySeries
                            | UsageError::NoWholeSlot { .. }
                            | UsageError::TooLarge { .. }
                    )
                );
                prop_assert!(may_be, "{error}");
                return Ok(());
            }
        };
        let series = &readout.series;
        let accepted = naive_increments(&readings, width, capacity);
        let has_event = |from: Timestamp| readout.events.iter().any(|event| {
            matches!(*event, CounterEvent::Reset { from: at, is_distributed: true, .. } if at == from)
        });

        // Conservation, to the billionth of a bit.
        let mut counted = 0_u128;
        for &(from, _, octets, since_reset) in &accepted {
            counted += u128::from(octets.unwrap_or(0)) * 8_000_000_000;
            if has_event(from) {
                prop_assert_eq!(gaps, GapPolicy::Distribute);
                counted += u128::from(since_reset.unwrap()) * 8_000_000_000;
            }
        }
        let (mut found, mut held) = (series.total().as_nanobits(), 0);
        for event in &readout.events {
            match *event {
                CounterEvent::Head { volume, .. } | CounterEvent::Tail { volume, .. } => {
                    found += volume.as_nanobits();
                }
                CounterEvent::Gap { volume, measured, .. } => {
                    found += volume.unwrap_or(DataVolume::ZERO).as_nanobits();
                    found += measured.as_nanobits();
                }
                CounterEvent::Held { volume, .. } => held += volume.as_nanobits(),
                _ => {}
            }
        }
        prop_assert_eq!(found - held, counted);

        // No slot is above the capacity, under any policy.
        if let Some(capacity) = capacity {
            prop_assert!(series.peak() <= capacity, "{} of {capacity}", series.peak());
        }

        // What was measured is spread exactly, and a slot that a gap touches is left out.
        let nanoseconds = |at: Timestamp| BigInt::from(at.as_nanosecond());
        let twice = interval.as_nanos() * 2;
        for (slot, volume) in series.iter() {
            let end = slot.checked_add(interval).unwrap();
            let mut exact = BigRational::from_integer(BigInt::ZERO);
            let (mut pieces, mut is_touched) = (0_usize, false);
            for &(from, to, octets, since_reset) in &accepted {
                let overlap = nanoseconds(end.min(to)) - nanoseconds(slot.max(from));
                if overlap <= BigInt::ZERO {
                    continue;
                }
                let span = nanoseconds(to) - nanoseconds(from);
                let is_measured = octets.is_some() && span <= BigInt::from(twice);
                let octets = match (octets, gaps) {
                    (Some(octets), _) if is_measured => octets,
                    (Some(octets), GapPolicy::Distribute) => octets,
                    (None, GapPolicy::Distribute) if has_event(from) => since_reset.unwrap(),
                    _ => {
                        is_touched = true;
                        continue;
                    }
                };
                pieces += 1;
                exact += BigRational::new(overlap * octets * BigInt::from(8_000_000_000_u64), span);
            }
            match (volume, gaps) {
                (Some(_), GapPolicy::Hold) if is_touched => {}
                (Some(volume), _) => {
                    prop_assert!(!is_touched || gaps == GapPolicy::Zero);
                    let volume = BigRational::from_integer(volume.as_nanobits().into());
                    // Each piece is cut at two edges, of which each rounds by half at most.
                    let off = if volume > exact { volume - exact } else { exact - volume };
                    prop_assert!(off <= whole(pieces));
                }
                (None, _) => prop_assert!(is_touched),
            }
        }
    }
}

type Accepted = (Timestamp, Timestamp, Option<u64>, Option<u64>);

/// What the rules say of each interval, as they are written: its octets, or else those since a reset.
fn naive_increments(
    readings: &[(Timestamp, u64)],
    width: CounterWidth,
    capacity: Option<DataRate>,
) -> Vec<Accepted> {
    let carried = |from: Timestamp, to: Timestamp, octets: u64| {
        let nanoseconds = BigInt::from(to.as_nanosecond() - from.as_nanosecond());
        capacity.is_none_or(|capacity| {
            BigInt::from(octets) * 8_000_000_000_u64 <= nanoseconds * capacity.as_bps()
        })
    };
    let possible = |(from, before): (Timestamp, u64), (to, after): (Timestamp, u64)| {
        let octets = match width {
            _ if after >= before => after - before,
            CounterWidth::Bits32 => (1 << 32) - before + after,
            CounterWidth::Bits64 => return None,
        };
        carried(from, to, octets).then_some(octets)
    };
    let (mut place, mut accepted) = (0, Vec::new());
    while place + 1 < readings.len() {
        let from = readings[place];
        let nexts = place + 1..readings.len().min(place + 5);
        match nexts.into_iter().find(|&next| possible(from, readings[next]).is_some()) {
            Some(next) => {
                let to = readings[next];
                accepted.push((from.0, to.0, possible(from, to), None));
                place = next;
            }
            None => {
                let to = readings[place + 1];
                accepted.push((from.0, to.0, None, (to.1 < from.1).then_some(to.1)));
                place += 1;
            }
        }
    }
    accepted
}

fn capacities() -> impl Strategy<Value = DataRate> {
    (0_u32..40).prop_map(|shift| DataRate::from_bps(1 << shift))
}

fn samples_of(series: &UsageSeries) -> impl Iterator<Item = (Timestamp, DataVolume)> {
    series.iter().map(|(at, volume)| (at, volume.unwrap()))
}

fn policies() -> impl Strategy<Value = GapPolicy> {
    select(vec![GapPolicy::Fail, GapPolicy::Zero, GapPolicy::Distribute])
}

fn readings() -> impl Strategy<Value = u64> {
    (any::<u64>(), 8_u32..64).prop_map(|(bits, shift)| bits >> shift)
}

#[test]
fn a_slot_that_begins_as_clocks_go_back_over_midnight_is_of_the_new_day() {
    // St. John's, 2 November 2008: at 00:01 the clocks go back to 23:01, at 02:31 UTC.
    let zone = TimeZone::get("America/St_Johns").unwrap();
    let start: Timestamp = "2008-11-02T01:31:00Z".parse().unwrap();
    let volumes = [1, 2].map(DataVolume::from_bytes);
    let series = UsageSeries::from_volumes(start, Duration::from_secs(3_600), volumes).unwrap();
    let days: Vec<String> = series.by_day(&zone).map(|(day, _)| day.to_string()).collect();
    assert_eq!(days, ["2008-11-01", "2008-11-02"]);
}
