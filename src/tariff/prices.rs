//! [`Prices`]: a schedule whose prices change on some days.

use super::bill::Days;
use crate::{Error, price::schedule::Schedule, quantity::Quantity, tariff::TariffError};
use jiff::civil::Date;

/// The prices of a tariff: those that it begins with, and those of its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prices<Q: Quantity> {
    first: Schedule<Q>,
    /// In ascending order of the local days from which they hold. Each has the terms of the first.
    changes: Vec<(Date, Schedule<Q>)>,
}

impl<Q: Quantity> Prices<Q> {
    pub(crate) const fn new(first: Schedule<Q>) -> Self {
        Self { first, changes: Vec::new() }
    }

    /// Returns the schedule with the prices that the tariff begins with.
    pub(crate) const fn first(&self) -> &Schedule<Q> {
        &self.first
    }

    /// Returns the days from which other prices hold, and these.
    pub(crate) fn changes(&self) -> &[(Date, Schedule<Q>)] {
        &self.changes
    }

    pub(crate) const fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Adds a change of prices.
    pub(crate) fn change(&mut self, from: Date, prices: &Schedule<Q>) -> Result<(), Error> {
        if let Some((before, _)) = self.changes.last().filter(|(before, _)| *before >= from) {
            return Err(TariffError::ChangeOrder { from, before: *before }.into());
        }
        if prices.prices() != *prices {
            return Err(TariffError::ChangeTerms { from }.into());
        }
        self.changes.push((from, self.first.with_prices_of(prices)?));
        Ok(())
    }

    /// Returns the prices with other schedules.
    pub(crate) fn map(&self, mut change: impl FnMut(&Schedule<Q>) -> Schedule<Q>) -> Self {
        let first = change(&self.first);
        let changes = self.changes.iter().map(|(from, schedule)| (*from, change(schedule)));
        Self { first, changes: changes.collect() }
    }

    /// Returns the schedules that hold on some days, in their order, each with its own days.
    #[expect(
        clippy::expect_used,
        reason = "a part was there, and its first day is before the change"
    )]
    pub(in crate::tariff) fn on(&self, days: Days) -> Vec<(Days, &Schedule<Q>)> {
        let mut parts = vec![(days, &self.first)];
        for (from, schedule) in self.changes.iter().filter(|(from, _)| *from <= days.last) {
            if *from <= days.first {
                parts.clear();
            } else {
                let (before, _) = parts.last_mut().expect("prices before a change");
                before.last = from.yesterday().expect("a day before a change");
            }
            parts.push((Days { first: days.first.max(*from), last: days.last }, schedule));
        }
        parts
    }
}
