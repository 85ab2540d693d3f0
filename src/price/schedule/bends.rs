//! The part of [`Schedule`] that says where its cost can fall.

use crate::{number::Share, price::Schedule, quantity::Quantity};

impl<Q: Quantity> Schedule<Q> {
    /// Returns measured quantities in a range, its ends among them, between two neighbours of which the
    /// cost does not fall: so that the least and the largest cost in the range are among theirs.
    ///
    /// Allowance, commitment and charges are those of a `part` of a period.
    pub(crate) fn bends(&self, from: Q, to: Q, part: Share) -> Vec<Q> {
        let curve = self.terms.curve(part);
        let metering = curve.metering();
        let last_of = |end: u128| {
            // The largest quantity that is billed as at most the segment's last.
            if end < metering.commitment {
                return None;
            }
            let steps = end.checked_div(metering.increment);
            let charged = steps.map_or(Some(end), |steps| steps.checked_mul(metering.increment))?;
            charged.checked_add(metering.allowance)
        };
        let ends = curve.all_segments().iter().filter_map(|segment| segment.end());
        let lasts = ends.filter_map(|end| u128::try_from(end).ok()).filter_map(last_of);
        let bends = lasts.flat_map(|last| [Some(last), last.checked_add(1)]).flatten();
        let inside = bends.filter(|units| (from.units()..=to.units()).contains(units));
        [from, to].into_iter().chain(inside.map(Q::from_units)).collect()
    }
}
