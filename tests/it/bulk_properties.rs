//! Laws of columns: they cost what their numbers cost, in whatever pieces and order.

use crate::support::{
    contract::{
        Contract, Pick, RATE_UNITS, VOLUME_UNITS, contracts, many_tiers, numbers, picks, rate_size,
        volume_size,
    },
    model_of, rounded, strategies,
};
use bandwidth_cost::ErrorKind;
use bandwidth_cost::bulk::BulkError;
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, Percentile, PercentileRule, Quantity,
    RoundingStrategy, Schedule, VolumeUnit,
    bulk::{self, Column, PartialSums},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// The cost of each number, by the twin.
fn costs(contract: &Contract, numbers: &[u64], size: u128) -> Vec<BigRational> {
    numbers.iter().map(|x| contract.cost(BigInt::from(*x) * BigInt::from(size))).collect()
}

fn same(cost: &Cost, expected: &BigRational) -> Result<(), TestCaseError> {
    prop_assert_eq!(&model_of(&cost.to_string()), expected);
    Ok(())
}

/// All that holds of a schedule over a column of which the twin knows each cost.
fn prices_as_its_numbers<Q: Quantity + std::fmt::Debug>(
    schedule: &Schedule<Q>,
    column: &Column<'_, Q>,
    costs: &[BigRational],
    (scale, strategy): (u32, RoundingStrategy),
) -> Result<(), TestCaseError> {
    let priced = schedule.over(column);
    let total: BigRational = costs.iter().sum();
    same(&priced.sum(), &total)?;
    #[cfg(feature = "rayon")]
    same(&priced.par_sum(), &total)?;

    let amounts: Vec<Option<i128>> =
        costs.iter().map(|cost| i128::try_from(rounded(cost, scale, strategy)).ok()).collect();
    let first_too_large = amounts.iter().position(Option::is_none);
    let good = first_too_large.unwrap_or(amounts.len());
    let check = |written: Result<(), Error>, out: &[i128]| {
        let index = written.err().map(|error| match error.kind() {
            ErrorKind::Bulk(BulkError::AmountOverflow { index, .. }) => *index,
            other => unreachable!("{other:?}"),
        });
        prop_assert_eq!(index, first_too_large);
        let out: Vec<Option<i128>> = out[..good].iter().copied().map(Some).collect();
        prop_assert_eq!(&out, &amounts[..good]);
        Ok(())
    };
    let mut out = vec![7; column.len()];
    let written = priced.each_into(scale, strategy, &mut out);
    check(written, &out)?;
    #[cfg(feature = "rayon")]
    {
        let written = priced.par_each_into(scale, strategy, &mut out);
        check(written, &out)?;
    }
    Ok(())
}

fn scales() -> impl Strategy<Value = (u32, RoundingStrategy)> {
    (prop_oneof![4 => 0_u32..10, 1 => 10_u32..=38], strategies())
}

proptest! {
    #![proptest_config(crate::support::cases(2_000))]

    #[test]
    fn volumes_cost_what_each_of_them_costs(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        picks in picks(0..40),
        scale in scales(),
    ) {
        let size = volume_size(unit);
        let numbers = numbers(&picks, &contract, size);
        let costs = costs(&contract, &numbers, size);
        prices_as_its_numbers(&contract.schedule(), &Column::new(&numbers, unit), &costs, scale)?;
    }

    #[test]
    fn rates_cost_what_each_of_them_costs(
        contract in contracts(),
        unit in proptest::sample::select(RATE_UNITS.to_vec()),
        picks in picks(0..40),
        scale in scales(),
    ) {
        let (contract, size) = (contract.of_rates(), rate_size(unit));
        let numbers = numbers(&picks, &contract, size);
        let costs = costs(&contract, &numbers, size);
        let schedule = contract.schedule_of(|bps| DataRate::from_bps(bps.try_into().unwrap()));
        prices_as_its_numbers(&schedule, &Column::new(&numbers, unit), &costs, scale)?;
    }

    /// The scalar API is another twin, where it has the quantity.
    #[test]
    fn bytes_cost_what_the_schedule_says(contract in contracts(), picks in picks(0..40)) {
        let schedule = contract.schedule();
        let numbers = numbers(&picks, &contract, volume_size(VolumeUnit::Byte));
        let costs = numbers.iter().map(|x| schedule.cost(DataVolume::from_bytes(*x)));
        let sum = Cost::sum(Currency::USD, costs).unwrap();
        prop_assert_eq!(schedule.over(&Column::bytes(&numbers)).sum(), sum);
    }
}

proptest! {
    #![proptest_config(crate::support::cases(150))]

    #[test]
    fn long_columns_under_up_to_69_tiers_cost_what_each_record_costs(
        contract in many_tiers(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        picks in picks(0..=1_000),
        scale in scales(),
    ) {
        let size = volume_size(unit);
        let numbers = numbers(&picks, &contract, size);
        let costs = costs(&contract, &numbers, size);
        prices_as_its_numbers(&contract.schedule(), &Column::new(&numbers, unit), &costs, scale)?;
    }

    #[test]
    fn pieces_in_any_order_sum_to_the_whole(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        picks in picks(0..=1_000),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..12),
        order in any::<u64>(),
    ) {
        let numbers = numbers(&picks, &contract, volume_size(unit));
        let pricer = contract.schedule().compile(unit);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(numbers.len() + 1)).collect();
        cuts.extend([0, numbers.len()]);
        cuts.sort_unstable();
        let mut pieces: Vec<PartialSums> = Vec::new();
        for pair in cuts.windows(2) {
            let mut sums = pricer.partial();
            pricer.add(&mut sums, &Column::new(&numbers[pair[0]..pair[1]], unit)).unwrap();
            pieces.push(sums);
        }
        // Merged two at a time, from wherever in the list.
        while pieces.len() > 1 {
            let at = usize::try_from(order).unwrap_or(7) % pieces.len();
            let mut one = pieces.swap_remove(at);
            let other = pieces.swap_remove(at * 7 % pieces.len());
            one.merge(&other).unwrap();
            pieces.push(one);
        }
        let whole = contract.schedule().over(&Column::new(&numbers, unit)).sum();
        prop_assert_eq!(pricer.finish(&pieces[0]).unwrap(), whole);
        prop_assert_eq!(pieces[0].records(), numbers.len() as u64);

        let mut backwards = numbers.clone();
        backwards.reverse();
        let mut one_by_one = pricer.partial();
        for x in &backwards {
            pricer.add(&mut one_by_one, &Column::new(std::slice::from_ref(x), unit)).unwrap();
        }
        prop_assert_eq!(&one_by_one, &pieces[0]);
    }

    #[test]
    fn records_at_a_price_of_28_digits_cost_what_each_of_them_costs(
        digits in any::<i128>(), scale in 0_u32..=28, picks in picks(0..200), (places, strategy) in scales(),
    ) {
        let amount = Decimal::try_from_i128_with_scale((digits >> 33).abs(), scale).unwrap();
        let price = bandwidth_cost::VolumePrice::per_gigabyte(bandwidth_cost::Money::new(amount, Currency::USD));
        let numbers: Vec<u64> = picks.iter().map(|pick| match *pick {
            Pick::Any(x) => x,
            Pick::Near { bound, .. } => bound as u64,
        }).collect();
        let per_byte = crate::support::model_of_decimal(amount) / crate::support::whole(1_000_000_000);
        let costs: Vec<_> = numbers.iter().map(|x| &per_byte * crate::support::whole(*x)).collect();
        prices_as_its_numbers(&Schedule::flat(price), &Column::bytes(&numbers), &costs, (places, strategy))?;
    }
}

/// The percentile at its position in a sorted list, in rational numbers, rounded once.
fn sorted_percentile(samples: &[u64], percentile: Percentile) -> BigInt {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let position = model_of(&percentile.position(sorted.len()).to_string());
    let below = usize::try_from(position.to_integer()).unwrap();
    let at = |rank: usize| BigRational::from_integer(sorted[rank.min(sorted.len()) - 1].into());
    let exact = at(below) + position.fract() * (at(below + 1) - at(below));
    rounded(&exact, 0, RoundingStrategy::MidpointNearestEven)
}

proptest! {
    #[test]
    fn the_percentile_of_each_series_is_that_of_its_sorted_list(
        samples in proptest::collection::vec(
            prop_oneof![0_u64..10, 0_u64..100_000, any::<u64>()],
            1..1_500,
        ),
        length in 1_usize..700,
        tenths in 1_i64..=1_000,
        rule in proptest::sample::select(PercentileRule::ALL.to_vec()),
    ) {
        let percentile = Percentile::new(Decimal::new(tenths, 1)).unwrap().with_rule(rule);
        let length = length.min(samples.len());
        let samples = &samples[..samples.len() / length * length];
        let mut out = vec![0; samples.len() / length];
        bulk::percentile_each(samples, length, percentile, &mut out).unwrap();
        let expected: Vec<BigInt> =
            samples.chunks(length).map(|series| sorted_percentile(series, percentile)).collect();
        prop_assert_eq!(&out.iter().map(|&bps| BigInt::from(bps)).collect::<Vec<_>>(), &expected);
        #[cfg(feature = "rayon")]
        {
            let mut parallel = vec![0; out.len()];
            bulk::par_percentile_each(samples, length, percentile, &mut parallel).unwrap();
            prop_assert_eq!(parallel, out);
        }
    }
}
