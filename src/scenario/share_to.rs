//! The least move from one class to another after which the local traffic is low or high enough.
//!
//! Each class's local traffic is rounded down, so that it does not fall (or rise) steadily as traffic
//! moves: it wavers by 1 bit/s about its unrounded value, over as many moves as the shares have
//! digits. A bisection of the traffic itself would therefore miss the least move, and trying each
//! move would take too long. Its running sum can be bisected, and has a closed form.

use super::TrafficClass;
use crate::{
    number::{Ratio, Share},
    quantity::DataRate,
};
use core::ops::Range;

/// The local traffic that two classes must have together after a move.
#[derive(Debug, Clone, Copy)]
pub(super) enum Local {
    /// At most this: the border traffic reaches a limit.
    AtMost(DataRate),
    /// More than this: the border traffic stays below a limit.
    Above(DataRate),
}

impl Local {
    fn bound(self) -> u128 {
        match self {
            Self::AtMost(bound) | Self::Above(bound) => bound.as_bps().into(),
        }
    }
}

/// Returns the least move after which the local traffic of the two classes is as `wanted`, or `None`
/// if no move is enough.
///
/// Before any move it must be otherwise, and the two demands must sum to a rate.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a move is at most the demand that it is of; demands, and the bound with one more, are \
              below 2^64, so their products and sums are below 2^128"
)]
pub(super) fn least_move(
    from: &TrafficClass,
    to: &TrafficClass,
    wanted: Local,
) -> Option<DataRate> {
    let [source, target] = [from.demand(), to.demand()].map(|rate| u128::from(rate.as_bps()));
    let (left_share, reached_share) = (from.local_share(), to.local_share());
    let bound = wanted.bound();

    // Rounding takes less than 1 bit/s off each class. So where the unrounded traffic is 2 bit/s
    // above the most that is wanted, no move is enough; nor where it is below the least. Elsewhere,
    // near the bound, the traffic misses the wanted side by 1 bit/s at most.
    let unrounded = |moved| {
        let left = &Ratio::from(source - moved) * &left_share.into();
        let reached = &Ratio::from(target + moved) * &reached_share.into();
        &left + &reached
    };
    let (comes_near, is_near): (_, &dyn Fn(u128) -> bool) = match wanted {
        Local::AtMost(_) => {
            (left_share > reached_share, &|moved| unrounded(moved) < Ratio::from(bound + 2))
        }
        Local::Above(_) => {
            (left_share < reached_share, &|moved| unrounded(moved) >= Ratio::from(bound + 1))
        }
    };
    let moves = 0..source + 1;
    let near = if comes_near {
        first(moves.clone(), is_near)?..moves.end
    } else {
        0..first(moves.clone(), |moved| !is_near(moved)).unwrap_or(moves.end)
    };

    // Over the near moves, the distance to the nearest unwanted value is never negative, and it is
    // positive where a move is enough: its running sum becomes positive with the first such move.
    let local = |moved: Range<u128>| {
        let left = portions(source + 1 - moved.end..source + 1 - moved.start, left_share);
        let reached = portions(target + moved.start..target + moved.end, reached_share);
        left + reached
    };
    let least = first(near.clone(), |moved| {
        let moves = near.start..moved + 1;
        let count = moves.end - moves.start;
        match wanted {
            Local::AtMost(_) => local(moves) < (bound + 1) * count,
            Local::Above(_) => local(moves) > bound * count,
        }
    })?;
    u64::try_from(least).ok().map(DataRate::from_bps)
}

/// Returns the first number of the range for which `holds` holds, or `None` if there is none; it must
/// hold for all that follow.
#[expect(clippy::arithmetic_side_effects, reason = "the numbers stay within the range")]
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

/// Returns the sum of the portions of each demand of the range, which ends at 2^64 at most.
#[expect(clippy::arithmetic_side_effects, reason = "the sum grows with the range")]
fn portions(demands: Range<u128>, share: Share) -> u128 {
    portions_below(demands.end, share) - portions_below(demands.start, share)
}

/// Returns the sum of the portions of 0, 1, 2… `end` − 1.
///
/// These are the whole points below a slope through the origin. Whole slopes are counted by the
/// triangle's formula; the rest is turned on its side and counted again, as Euclid divides.
#[expect(
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
