//! [`Days`]: the fixings of a pair, found by their days.

use super::day_rate::DayRate;
use jiff::civil::Date;
use std::collections::VecDeque;

/// The exchange rates of a pair that were fixed on days, in their order, one a day. Histories ascend or
/// descend: at either end, one more takes constant time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Days(VecDeque<DayRate>);

impl Days {
    /// Creates the history of fixings in any order, or returns `None` if two are of one day.
    #[cfg(feature = "csv")]
    pub(super) fn sorted(mut rates: Vec<DayRate>) -> Option<Self> {
        rates.sort_by_key(DayRate::date); // in one pass where they ascend or descend
        let same_day = |two: &[DayRate]| matches!(two, [a, b] if a.date() == b.date());
        (!rates.windows(2).any(same_day)).then(|| Self(rates.into()))
    }

    /// Returns the fixings in the order of their days.
    pub(super) fn all(&self) -> impl Iterator<Item = &DayRate> {
        self.0.iter()
    }

    /// Returns the number of days with a fixing up to a day.
    fn count_until(&self, on: Date) -> usize {
        let date = |place: usize| self.0.get(place).map(DayRate::date);
        let Some(last) = self.0.len().checked_sub(1) else { return 0 };
        if date(0) > Some(on) {
            return 0;
        }
        if date(last) <= Some(on) {
            return self.0.len();
        }
        // From here on the fixing at `low` is of the day or of one before it, that at `high` of one after
        // it. Business days are nearly evenly spread: the place is mostly close to the one guessed, and is
        // found without reading the table all over.
        let near = || {
            let guess = spread(on, date(0)?, date(last)?, last)?;
            let (low, high) = (guess.saturating_sub(4), guess.saturating_add(4).min(last));
            (date(low)? <= on && on < date(high)?).then_some((low, high))
        };
        let (mut low, mut high) = near().unwrap_or((0, last));
        while high.abs_diff(low) > 1 {
            let middle = low.midpoint(high);
            if date(middle) <= Some(on) { low = middle } else { high = middle }
        }
        high
    }

    /// Returns the last fixing on a day or before it.
    pub(super) fn last_until(&self, on: Date) -> Option<&DayRate> {
        self.0.get(self.count_until(on).checked_sub(1)?)
    }

    /// Returns the first fixing after a day.
    pub(super) fn first_after(&self, on: Date) -> Option<&DayRate> {
        self.0.get(self.count_until(on))
    }

    /// Returns the fixings of a period.
    pub(super) fn within(&self, first: Date, last: Date) -> impl Iterator<Item = &DayRate> {
        let before = self.0.partition_point(|rate| rate.date() < first);
        self.0.range(..self.count_until(last)).skip(before)
    }

    /// Adds a fixing, or returns the other one of that day.
    pub(super) fn insert(&mut self, rate: DayRate) -> Result<(), &DayRate> {
        match self.0.binary_search_by_key(&rate.date(), DayRate::date) {
            Ok(place) => match self.0.get(place) {
                Some(there) if *there != rate => Err(there),
                _ => Ok(()),
            },
            Err(place) => {
                self.0.insert(place, rate);
                Ok(())
            }
        }
    }
}

/// Returns the place of a day among `last` + 1 that are evenly spread from `from` to `to`, or one near it.
fn spread(on: Date, from: Date, to: Date, last: usize) -> Option<usize> {
    // Nearly the days since the year 0, by months of 31.
    #[expect(clippy::arithmetic_side_effects, reason = "years have at most four digits")]
    let number = |day: Date| {
        i32::from(day.year()) * 372 + i32::from(day.month()) * 31 + i32::from(day.day())
    };
    let days = |to| u64::from(number(to).abs_diff(number(from)));
    usize::try_from(days(on).checked_mul(last.try_into().ok()?)?.checked_div(days(to))?).ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::{DayRate, Days};
    use crate::number::Ratio;
    use jiff::{ToSpan, civil::date};
    use proptest::{collection::btree_set, prelude::*};

    proptest! {
        /// Against a count of all, with days that are evenly spread, clustered, or far away.
        #[test]
        fn a_day_is_found_by_guessing_as_by_counting(
            near in btree_set(0_i32..200, 0..120),
            far in btree_set(-3_000_000_i32..2_000_000, 0..4),
            asked in prop_oneof![-10_i32..210, -3_000_000_i32..2_000_000],
        ) {
            let day = |days: &i32| date(2020, 1, 1).checked_add(days.days()).unwrap();
            let mut all = Days::default();
            for days in near.iter().chain(&far).rev() {
                prop_assert!(all.insert(DayRate::new(day(days), Ratio::ONE)).is_ok());
            }
            let dates: Vec<_> = all.all().map(DayRate::date).collect();
            prop_assert!(dates.is_sorted());
            let until = dates.iter().filter(|&&date| date <= day(&asked)).count();
            prop_assert_eq!(all.count_until(day(&asked)), until);
        }
    }
}
