//! [`Attribution`]: whose traffic made a bill.

use super::{
    Billed,
    coalitions::{coalition_costs, known_slots},
};
use crate::{
    Error,
    money::Cost,
    number::Ratio,
    quantity::DataVolume,
    tariff::{RateCard, RateMeter, Statement, StatementLine, Tariff, TariffError, tariff::Basis},
    text::clip,
    usage::{SlotPart, UsageSeries},
};
use core::borrow::Borrow;

/// A rule by which a bill is split among those whose traffic it is for.
///
/// The rules differ in what they call fair:
///
/// | rule | each member pays for |
/// | --- | --- |
/// | [`ByVolume`](Self::ByVolume) | its traffic, whenever it was |
/// | [`AtBilledSlot`](Self::AtBilledSlot) | its traffic in the slot that was billed |
/// | [`Shapley`](Self::Shapley) | the amount that it adds to the bill, on average over all orders of joining |
///
/// See [`RateCard::attribute`] for an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Attribution {
    /// In proportion to the members' volumes in all slots that the tariff measures.
    ByVolume,
    /// In proportion to the members' traffic in the slot that was billed: that of the percentile or of
    /// the peak, and of equal ones the earliest. Of an interpolated percentile, both slots count, each in
    /// its proportion.
    AtBilledSlot,
    /// By Shapley values: the mean, over all orders in which the members can join, of the amount that a
    /// member adds to the bill of those before it. The bill of nobody is zero, so that the fees are split
    /// evenly.
    ///
    /// It is exact, and evaluates the bill of every coalition: 65,536 of them for 16 members, the most
    /// that it takes.
    Shapley,
}

impl RateCard {
    /// Splits the bill of the members' sum among them, in their order.
    ///
    /// The parts are exact and sum to the [`bill`](Self::bill) of the members' traffic, added slot by
    /// slot, without the card's adjustments. A slot that one of them leaves out is left out for all. Each tariff is split by itself, and
    /// a member's parts are added. Equal members get equal parts; a tariff for which no member has
    /// traffic is split into equal parts.
    ///
    /// # Errors
    ///
    /// - [`TariffError::NoMembers`] without members, and [`TariffError::RepeatedMember`] if two have
    ///   the same name.
    /// - [`TariffError::TwoCurrencies`] if the tariffs are in two currencies.
    /// - [`TariffError::NoBilledSlot`] if a tariff measures neither a percentile nor the peak, which
    ///   [`AtBilledSlot`](Attribution::AtBilledSlot) needs.
    /// - [`TariffError::TooManyMembers`] for more than 16 members by
    ///   [`Shapley`](Attribution::Shapley).
    /// - The errors of [`UsageSeries::sum_with`] and of [`bill`](Self::bill).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    ///     tariff::Attribution,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "1 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |mbps: [u64; 2]| {
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), mbps.map(DataRate::from_mbps))
    /// };
    /// // The video is busy when the peak is; the backup mostly is not.
    /// let members = [("video", series([80, 20])?), ("backup", series([20, 60])?)];
    /// let parts = |rule| {
    ///     let parts = card.attribute(&members, rule)?;
    ///     Ok::<_, bandwidth_cost::Error>(parts.into_iter().map(|(_, cost)| cost.to_string()))
    /// };
    /// assert!(parts(Attribution::ByVolume)?.eq(["500/9 USD", "400/9 USD"])); // 100 : 80
    /// assert!(parts(Attribution::AtBilledSlot)?.eq(["80 USD", "20 USD"]));
    /// assert!(parts(Attribution::Shapley)?.eq(["60 USD", "40 USD"])); // 80 and 20, or 40 and 60
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn attribute<N: AsRef<str>, S: Borrow<UsageSeries>>(
        &self,
        members: &[(N, S)],
        rule: Attribution,
    ) -> Result<Vec<(String, Cost)>, Error> {
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_ref()).collect();
        check_names(&names)?;
        let currency = self.only_currency()?;
        let series: Vec<&UsageSeries> = members.iter().map(|(_, series)| series.borrow()).collect();
        let total = total_of(&series)?;
        let statement = self.bill(&total)?;
        let billed = Billed::of_series(self, &total)?;
        let in_service = |series: &UsageSeries| {
            let part = series.on_days(self.begins(), self.ends(), self.time_zone());
            let (begins, ends) = (self.begins(), self.ends());
            part.ok_or_else(|| Error::from(TariffError::OutsideContract { begins, ends }))
        };
        let total = in_service(&total)?;
        let series = series.into_iter().map(in_service).collect::<Result<Vec<_>, _>>()?;
        let parts = match rule {
            Attribution::Shapley => self.shapley(&series, &total, billed)?,
            Attribution::ByVolume => self.in_proportion(&statement, members.len(), |tariff| {
                let measured = tariff.measured(billed.of(&total), true)?;
                Ok(measured.map(|measured| {
                    let volume = |member| known_slots(member, &measured).sum::<DataVolume>();
                    series.iter().map(|member| volume(member).as_nanobits().into()).collect()
                }))
            })?,
            Attribution::AtBilledSlot => {
                self.in_proportion(&statement, members.len(), |tariff| {
                    let measured = tariff.measured(billed.of(&total), true)?;
                    let slots = measured.map(|measured| {
                        billed_slots(tariff, &measured).ok_or_else(|| no_billed_slot(tariff))
                    });
                    Ok(slots.transpose()?.map(|slots| {
                        series.iter().map(|member| volume_in(member, &slots)).collect()
                    }))
                })?
            }
        };
        let parts = parts.into_iter().map(|part| Cost::new(part, currency));
        Ok(names.into_iter().map(str::to_owned).zip(parts).collect())
    }

    /// Splits the cost of each tariff by the weights of its members, and the amount that raises or cuts the sum
    /// to a minimum or maximum of the card by the parts of that sum.
    fn in_proportion(
        &self,
        statement: &Statement,
        members: usize,
        weights: impl Fn(&Tariff) -> Result<Option<Vec<Ratio>>, Error>,
    ) -> Result<Vec<Ratio>, Error> {
        let sum = |is_of: &dyn Fn(&StatementLine) -> bool| {
            let lines = statement.lines().iter().filter(|line| is_of(line));
            lines.fold(Ratio::ZERO, |sum, line| &sum + line.amount().amount())
        };
        let mut parts = vec![Ratio::ZERO; members];
        for tariff in self.tariffs() {
            let cost = sum(&|line| line.tariff() == Some(tariff.name()));
            // Nobody has traffic in a window that is closed.
            let weights = weights(tariff)?.unwrap_or_else(|| vec![Ratio::ZERO; members]);
            for (sum, part) in parts.iter_mut().zip(in_proportion(&cost, &weights)) {
                *sum = &*sum + &part;
            }
        }
        let bound = sum(&|line| line.tariff().is_none() && line.adjustment().is_none());
        let of_bound = in_proportion(&bound, &parts);
        Ok(parts.iter().zip(&of_bound).map(|(part, more)| part + more).collect())
    }

    /// Returns the Shapley value of each member, of the bill of all tariffs with the card's minimum and
    /// maximum.
    fn shapley(
        &self,
        series: &[UsageSeries],
        total: &UsageSeries,
        billed: Billed<'_>,
    ) -> Result<Vec<Ratio>, Error> {
        let series: Vec<&UsageSeries> = series.iter().collect();
        let mut costs = Vec::<Ratio>::new();
        for tariff in self.tariffs() {
            let of_tariff = coalition_costs(tariff, &series, total, billed)?;
            if costs.is_empty() {
                costs = of_tariff;
            } else {
                for (sum, cost) in costs.iter_mut().zip(&of_tariff) {
                    *sum = &*sum + cost;
                }
            }
        }
        let [minimum, maximum] = [self.minimum(), self.maximum()]
            .map(|bound| Some((Cost::from(bound?) * billed.in_service).into_amount()));
        // Nobody, the first, costs nothing.
        for cost in costs.iter_mut().skip(1) {
            if let Some(minimum) = minimum.as_ref().filter(|minimum| *minimum > cost) {
                *cost = minimum.clone();
            }
            if let Some(maximum) = maximum.as_ref().filter(|maximum| *maximum < cost) {
                *cost = maximum.clone();
            }
        }
        Ok(shapley(&costs))
    }
}

fn check_names(names: &[&str]) -> Result<(), Error> {
    if names.is_empty() {
        return Err(TariffError::NoMembers.into());
    }
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    let mut pairs = sorted.iter().zip(sorted.iter().skip(1));
    match pairs.find(|(name, next)| name == next) {
        Some((name, _)) => Err(TariffError::RepeatedMember { name: clip(name) }.into()),
        None => Ok(()),
    }
}

/// Returns the sum of at least one series, slot by slot.
fn total_of(series: &[&UsageSeries]) -> Result<UsageSeries, Error> {
    let mut series = series.iter();
    #[expect(clippy::expect_used, reason = "there is a member")]
    let first = (*series.next().expect("there is at least one member")).clone();
    series.try_fold(first, |total, member| total.sum_with(member))
}

/// Returns the slots whose traffic is the measure of a tariff, or `None` if it is of all slots.
pub(super) fn billed_slots(tariff: &Tariff, measured: &UsageSeries) -> Option<Vec<SlotPart>> {
    match tariff.rate()? {
        (RateMeter::Percentile(percentile), _) => Some(measured.slots_of_percentile(percentile)),
        (RateMeter::Peak, _) => Some(vec![measured.slot_of_peak()]),
        (RateMeter::Mean | RateMeter::DailyPeakMean, _) => None,
    }
}

fn no_billed_slot(tariff: &Tariff) -> Error {
    let meter = match tariff.basis() {
        Basis::Volume(meter, _) => meter.to_string(),
        Basis::Rate(meter, _) => meter.to_string(),
        Basis::Fee(_) => "a fee alone".to_owned(),
    };
    TariffError::NoBilledSlot { tariff: clip(tariff.name()), meter }.into()
}

/// Returns a member's volume in slots that all members know, of which each counts in part.
#[expect(clippy::expect_used, reason = "the sum of all members leaves out what one of them does")]
fn volume_in(member: &UsageSeries, slots: &[SlotPart]) -> Ratio {
    let volume = |slot: &SlotPart| {
        let (_, volume) = member.iter().nth(slot.slot).expect("a slot of all members");
        let volume = volume.expect("a slot that all members know");
        Ratio::from(volume.as_nanobits()) * slot.part.clone()
    };
    slots.iter().map(volume).fold(Ratio::ZERO, |sum, volume| sum + volume)
}

/// Splits an amount in proportion to weights, or into equal parts if all weights are zero.
fn in_proportion(amount: &Ratio, weights: &[Ratio]) -> Vec<Ratio> {
    let total = weights.iter().fold(Ratio::ZERO, |total, weight| &total + weight);
    let members = Ratio::from(weights.len() as u64);
    let part = |weight: &Ratio| match weight.checked_div(&total) {
        Ok(part) => amount * &part,
        Err(_) => amount * &members.reciprocal(),
    };
    weights.iter().map(part).collect()
}

/// Returns the Shapley value of each member, of the cost of each coalition: a coalition's place has a
/// bit for each of its members.
///
/// A member's value is the sum over coalitions of `size` members of cost × (size − 1)! (n − size)! ÷ n!
/// where it is a member, less cost × size! (n − size − 1)! ÷ n! where it is not.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "sizes are at most the 16 members, whose factorial 64 bits hold"
)]
fn shapley(costs: &[Ratio]) -> Vec<Ratio> {
    let members = costs.len().ilog2() as usize;
    // The costs of all coalitions of a size, and of those with a member.
    let mut of_size = vec![Ratio::ZERO; members + 1];
    let mut with_member = vec![vec![Ratio::ZERO; members + 1]; members];
    for (coalition, cost) in costs.iter().enumerate() {
        let size = coalition.count_ones() as usize;
        of_size[size] = &of_size[size] + cost;
        for (member, with) in with_member.iter_mut().enumerate() {
            if coalition >> member & 1 == 1 {
                with[size] = &with[size] + cost;
            }
        }
    }
    let factorial = |n: usize| (1..=n as u128).product::<u128>();
    let weight = |before: usize| {
        let orders = factorial(before) * factorial(members - before - 1);
        Ratio::fraction(false, orders, factorial(members))
    };
    let value = |with: Vec<Ratio>| {
        let mut value = Ratio::ZERO;
        for (size, with) in with.iter().enumerate() {
            if size > 0 {
                value = value + with * &weight(size - 1);
            }
            if size < members {
                value = value - &(&of_size[size] - with) * &weight(size);
            }
        }
        value
    };
    with_member.into_iter().map(value).collect()
}
