//! The part of [`Schedule`] that itemises a month in which the prices change.

use super::{Pricing, Schedule, Terms, bill::Entry};
use crate::{
    Error,
    number::Share,
    price::{LineItem, tiers::same_currency},
    quantity::Quantity,
};

/// A line, and the number of the prices that it is charged by, or `None` if it is the whole month's.
type PricedLine = (Option<usize>, LineItem);

impl<Q: Quantity> Schedule<Q> {
    /// Returns the schedule with other prices.
    pub(crate) fn with_prices_of(&self, prices: &Self) -> Result<Self, Error> {
        let pricing = prices.terms.pricing.clone();
        let amount = match &pricing {
            Pricing::Flat(price) => price.amount(),
            Pricing::Graduated(tiers) | Pricing::AllUnits(tiers) => tiers.first_amount(),
        };
        same_currency(self.currency(), amount)?;
        Ok(Self::new(Terms { pricing, ..self.terms.clone() }))
    }

    /// Returns the prices alone, without the other terms.
    pub(crate) fn prices(&self) -> Self {
        Self::of(self.terms.pricing.clone())
    }

    /// Returns the lines of quantities that follow one another, each with the prices of its own time: the
    /// cost under its prices of the quantity so far with it, less that of the quantity so far.
    ///
    /// Allowance, increment, commitment, fee, minimum and maximum are of all of them together: those of the
    /// first schedule, and `share` of them. The rest of a commitment is known at the end, and has the last
    /// prices.
    ///
    /// There is at least one part, and the quantities add up to the total.
    #[expect(clippy::expect_used, reason = "a part is there, and the total is a quantity")]
    pub(crate) fn lines_in_turn(parts: &[(&Self, Q)], total: Q, share: Share) -> Vec<PricedLine> {
        let (first, _) = parts.first().expect("prices hold on each day");
        let mut entries = Vec::new();
        let billed = first.terms.metered(total, share, &mut entries);
        let mut numbers = vec![None; entries.len()];
        let (mut used, mut before) = (0_u128, None);
        for (number, (schedule, quantity)) in parts.iter().enumerate() {
            used = used.checked_add(quantity.units()).expect("a quantity so far is in the total");
            let is_last = parts.get(number..).is_some_and(|rest| rest.len() == 1);
            let so_far = || first.terms.rounded(Q::from_units(used), share).2;
            let after = if is_last { billed } else { so_far() };
            entries.extend(schedule.terms.prices_between(before, after, share));
            numbers.resize(entries.len(), Some(number));
            before = Some(after);
        }
        first.terms.charges(&mut entries, share);
        numbers.resize(entries.len(), None);
        let lines = entries.into_iter().map(|entry| entry.line(first.currency()));
        numbers.into_iter().zip(lines).collect()
    }

    /// Returns the lines of one quantity of a period, with several prices that hold for some of its days
    /// each.
    ///
    /// The other terms are those of the first schedule. There is at least one part.
    #[expect(clippy::expect_used, reason = "a part is there, and its days are some of the whole")]
    pub(crate) fn lines_by_days(parts: &[(&Self, u64)], quantity: Q) -> Vec<PricedLine> {
        let (first, _) = parts.first().expect("prices hold on each day");
        let whole = parts.iter().map(|(_, days)| days).sum();
        let mut entries = Vec::new();
        let billed = first.terms.metered(quantity, Share::ONE, &mut entries);
        let mut numbers = vec![None; entries.len()];
        for (number, (schedule, days)) in parts.iter().enumerate() {
            let share = Share::new(*days, whole).expect("the days are some of the whole").into();
            for entry in schedule.terms.prices_between(None, billed, Share::ONE) {
                let note = Some(format!("{days} of {whole} days"));
                entries.push(Entry { amount: &entry.amount * &share, note, ..entry });
            }
            numbers.resize(entries.len(), Some(number));
        }
        first.terms.charges(&mut entries, Share::ONE);
        numbers.resize(entries.len(), None);
        let lines = entries.into_iter().map(|entry| entry.line(first.currency()));
        numbers.into_iter().zip(lines).collect()
    }
}
