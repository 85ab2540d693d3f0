//! The least move from one class to another that is enough.
//!
//! What is local is rounded down for each of the two classes, so that it does not fall (or rise)
//! step by step as traffic moves, but wavers by 1 bit/s about a straight line, over as many moves as
//! the shares have digits. Bisecting it would miss the least move, and trying each would take too
//! long; but sums of it can be bisected, and have a closed form.

use super::TrafficClass;
use crate::{
    number::{Ratio, Share},
    quantity::DataRate,
};
use core::ops::Range;

/// The least move after which local CDNs serve at most `enough` of the two classes, if there is
/// one. Before any move they must serve more, and the two demands must sum to a rate.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "a move is at most the demand that it is of; demands, and `enough` with one more, are \
              below 2^64, so their products and sums are below 2^128"
)]
pub(super) fn least_move(
    from: &TrafficClass,
    to: &TrafficClass,
    enough: DataRate,
) -> Option<DataRate> {
    let [source, target, enough] =
        [from.demand(), to.demand(), enough].map(|rate| u128::from(rate.as_bps()));
    let (left_share, reached_share) = (from.local_share(), to.local_share());

    // The straight line. Rounding takes less than 1 bit/s off each class: from 2 bit/s above what
    // is enough up, no move is. Where the line is below that, what is served is at most one more
    // than enough.
    let line = |moved| {
        let left = &Ratio::from(source - moved) * &left_share.into();
        let reached = &Ratio::from(target + moved) * &reached_share.into();
        &left + &reached
    };
    let is_near = |moved| line(moved) < Ratio::from(enough + 2);
    let moves = 0..source + 1;
    let near = if left_share > reached_share {
        first(moves.clone(), is_near)?..moves.end
    } else {
        0..first(moves.clone(), |moved| !is_near(moved)).unwrap_or(moves.end)
    };

    // Over the near moves, `enough + 1` less what is served is never negative, and positive where
    // the move is enough: its sum becomes positive with the first such move.
    let served = |moved: Range<u128>| {
        let left = portions(source + 1 - moved.end..source + 1 - moved.start, left_share);
        let reached = portions(target + moved.start..target + moved.end, reached_share);
        left + reached
    };
    let least = first(near.clone(), |moved| {
        let moves = near.start..moved + 1;
        served(moves.clone()) < (enough + 1) * (moves.end - moves.start)
    })?;
    u64::try_from(least).ok().map(DataRate::from_bps)
}

/// The first number of the range for which `holds` holds, which then holds for all that follow.
#[allow(clippy::arithmetic_side_effects, reason = "the numbers stay within the range")]
fn first(range: Range<u128>, holds: impl Fn(u128) -> bool) -> Option<u128> {
    let Range { mut start, end: mut found } = range;
    while start < found {
        let middle = start + (found - start) / 2;
        if holds(middle) {
            found = middle;
        } else {
            start = middle + 1;
        }
    }
    (found < range.end).then_some(found)
}

/// The sum of the portions of each demand of the range, which ends at 2^64 at most.
#[allow(clippy::arithmetic_side_effects, reason = "the sum grows with the range")]
fn portions(demands: Range<u128>, share: Share) -> u128 {
    portions_below(demands.end, share) - portions_below(demands.start, share)
}

/// The sum of the portions of 0, 1, 2… `end` − 1: the whole points below a line through the origin,
/// counted by whole slopes; what is left of the slope is turned on its side and counted so again, as
/// Euclid divides.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "the share is at most 1 and the end at most 2^64, so that the sum is below 2^127, and \
              so is each of its terms; a slope of 0 ends the loop and is never divided by"
)]
fn portions_below(end: u128, share: Share) -> u128 {
    let (mut rise, mut run) = (u128::from(share.numerator()), u128::from(share.denominator()));
    let (mut count, mut offset, mut sum) = (end, 0, 0);
    loop {
        let triangle = count * count.saturating_sub(1) / 2;
        sum += triangle * (rise / run) + count * (offset / run);
        (rise, offset) = (rise % run, offset % run);
        let height = rise * count + offset;
        if height < run {
            return sum;
        }
        (count, offset) = (height / run, height % run);
        (rise, run) = (run, rise);
    }
}
