//! The part of [`Schedule`] that says how little and how much a range of quantities can cost.

use crate::{
    number::{Ratio, Share},
    price::{
        Schedule,
        schedule::{Metering, Segment, bill::Entry},
    },
    quantity::Quantity,
};
use core::ops::RangeInclusive;

/// A least and a largest amount.
pub(crate) type Range = RangeInclusive<Ratio>;

impl<Q: Quantity> Schedule<Q> {
    /// Returns measured quantities in a range, its ends among them. Between two neighbours the cost is on
    /// one segment and does not fall, so that the least and the largest cost in the range are among theirs.
    ///
    /// Allowance, commitment and charges are those of a `part` of a period.
    pub(crate) fn bends(&self, range: &RangeInclusive<Q>, part: Share) -> Vec<Q> {
        let curve = self.terms.curve(part);
        bends(range, curve.metering(), curve.all_segments())
    }

    /// Returns bounds of the cost of quantities that follow one another, as
    /// [`lines_in_turn`](Self::lines_in_turn) bills them: of each, how much was used so far with it, at
    /// least and at most.
    ///
    /// The cost is regrouped by these quantities: each counts once under the prices that lead to it, and
    /// once less under those that go on from it. So each has its own bounds, and the sum of these bounds
    /// the whole.
    pub(crate) fn range_in_turn(parts: &[(&Self, RangeInclusive<Q>)], share: Share) -> Range {
        let mut total = Ratio::ZERO..=Ratio::ZERO;
        let Some((first, _)) = parts.first() else { return total };
        let following = parts.iter().skip(1).map(|(schedule, _)| Some(*schedule));
        for ((schedule, used), next) in parts.iter().zip(following.chain([None])) {
            let both = [Some(*schedule), next];
            let of_both = both.iter().flatten().flat_map(|schedule| {
                let curve = schedule.prices().terms.curve(share);
                let metering = first.terms.metering(share);
                let commitment = if next.is_none() { metering.commitment } else { 0 };
                bends(used, Metering { commitment, ..metering }, curve.all_segments())
            });
            let cost = |quantity: Q| {
                let billed = match next {
                    Some(_) => first.terms.rounded(quantity, share).2,
                    None => first.terms.metered(quantity, share, &mut Vec::new()),
                };
                let of = |schedule: &Self| sum(&schedule.terms.prices_between(None, billed, share));
                let less = next.map_or(Ratio::ZERO, of);
                of(schedule) - less
            };
            let part = range_of(of_both.map(cost));
            total = total.start() + part.start()..=total.end() + part.end();
        }
        let charged = |prices: &Ratio| {
            let mut entries = vec![Entry::of_prices(prices.clone())];
            first.terms.charges(&mut entries, share);
            sum(&entries)
        };
        charged(total.start())..=charged(total.end())
    }
}

/// Returns the least and the largest of some amounts; zero of none.
pub(crate) fn range_of(amounts: impl Iterator<Item = Ratio>) -> Range {
    let mut range = None::<Range>;
    for amount in amounts {
        range = Some(match range {
            None => amount.clone()..=amount,
            Some(range) => {
                let (least, most) = range.into_inner();
                least.min(amount.clone())..=most.max(amount)
            }
        });
    }
    range.unwrap_or(Ratio::ZERO..=Ratio::ZERO)
}

fn sum<Q>(entries: &[Entry<Q>]) -> Ratio {
    entries.iter().fold(Ratio::ZERO, |sum, entry| &sum + &entry.amount)
}

/// Returns the ends of a range, and the quantities in it that are the last or the first of a segment.
#[expect(clippy::arithmetic_side_effects, reason = "what is below the end of a range has a next")]
fn bends<Q: Quantity>(
    range: &RangeInclusive<Q>,
    metering: Metering,
    segments: &[Segment<Q>],
) -> Vec<Q> {
    let (from, to) = (range.start().units(), range.end().units());
    let ends = segments.iter().filter_map(Segment::end);
    // The first of the next segment counts too, unless the last one is the end of the range.
    let lasts = ends.filter_map(|end| metering.largest(end, to)).filter(|last| *last < to);
    let bends = lasts.flat_map(|last| [last, last + 1]);
    let inside = bends.filter(|units| (from..=to).contains(units)).map(Q::from_units);
    [*range.start(), *range.end()].into_iter().chain(inside).collect()
}
