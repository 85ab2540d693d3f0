//! The part of [`Schedule`] that itemises a cost: the lines of a bill.

use crate::{
    money::{Cost, Money},
    number::{Ratio, Share},
    price::{
        LineItem, LineKind, TierBound, UnitPrice,
        schedule::{Metering, Pricing, Schedule, Terms},
    },
    quantity::Quantity,
};

/// A line of a bill, before it has a label.
struct Entry<Q> {
    kind: LineKind,
    tier: Option<Bounds<Q>>,
    quantity: Option<Q>,
    price: Option<UnitPrice<Q>>,
    amount: Ratio,
}

/// The bounds at which a tier begins and ends.
type Bounds<Q> = (Option<TierBound<Q>>, TierBound<Q>);

/// A billed quantity in smallest units, of which rounding up may put a part beyond the largest
/// quantity of the type: that part gets a line of its own.
#[derive(Clone, Copy)]
struct Billed {
    within: u128,
    beyond: u128,
}

impl<Q: Quantity> Schedule<Q> {
    /// The lines for a quantity that was used in a part of a period: allowance, commitment and charges
    /// are that part of their whole.
    pub(crate) fn lines_of_part(&self, quantity: Q, part: Share) -> Vec<LineItem> {
        let entries = self.terms.entries(quantity, part).into_iter();
        let lines = entries.map(|entry| LineItem {
            kind: entry.kind,
            label: label(entry.kind, entry.tier),
            quantity: entry.quantity.map(Q::measured),
            unit_price: entry.price.map(UnitPrice::of_either_kind),
            amount: Cost::new(entry.amount, self.currency()),
        });
        lines.collect()
    }
}

impl<Q: Quantity> Terms<Q> {
    /// The contract's arithmetic, one entry for each of its terms that the quantity meets.
    fn entries(&self, quantity: Q, part: Share) -> Vec<Entry<Q>> {
        let charge = |money: Money| &Ratio::from(money.amount()) * &part.into();
        let mut entries = Vec::new();
        let billed = self.billed(quantity, part, &mut entries);
        match &self.pricing {
            Pricing::Flat(price) => entries.extend(usage(None, *price, billed)),
            Pricing::Graduated(tiers) => {
                for (start, tier) in tiers.with_start() {
                    if !billed.reaches(start) {
                        break;
                    }
                    let bounds = Some((start, tier.bound()));
                    let inside = billed.between(start, tier.bound());
                    // A later tier can be reached, and its fee charged, with no quantity in it.
                    if inside.within > 0 || inside.beyond > 0 || start.is_none() {
                        entries.extend(usage(bounds, tier.price(), inside));
                    }
                    let fee = |fee| Entry::money(LineKind::TierFee, bounds, charge(fee));
                    entries.extend(tier.fee().map(fee));
                }
            }
            Pricing::AllUnits(tiers) => {
                #[expect(clippy::expect_used, reason = "the last tier has no bound")]
                let (start, tier) = tiers
                    .with_start()
                    .find(|(_, tier)| billed.is_at_most(tier.last()))
                    .expect("every quantity is in a tier");
                let bounds = Some((start, tier.bound()));
                entries.extend(usage(bounds, tier.price(), billed));
                let fee = |fee| Entry::money(LineKind::TierFee, bounds, charge(fee));
                entries.extend(tier.fee().map(fee));
            }
        }
        let fee = |fee| Entry::money(LineKind::FixedFee, None, charge(fee));
        entries.extend(self.fixed_fee.map(fee));
        let total = entries.iter().fold(Ratio::ZERO, |total, entry| &total + &entry.amount);
        if let Some(minimum) = self.minimum.map(charge).filter(|minimum| total < *minimum) {
            entries.push(Entry::money(LineKind::Minimum, None, &minimum - &total));
        } else if let Some(maximum) = self.maximum.map(charge).filter(|maximum| total > *maximum) {
            entries.push(Entry::money(LineKind::Maximum, None, &maximum - &total));
        }
        entries
    }

    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the free part is at most the quantity, a remainder is below the increment, and \
                  each difference is of a larger and a smaller number"
    )]
    fn billed(&self, quantity: Q, part: Share, entries: &mut Vec<Entry<Q>>) -> Billed {
        let Metering { allowance, increment, commitment } = self.metering(part);
        let used = quantity.units();
        let free = used.min(allowance);
        if free > 0 {
            entries.push(Entry::quantity(LineKind::Allowance, free));
        }
        let mut billed = Billed { within: used - free, beyond: 0 };
        let over = if increment == 0 { 0 } else { billed.within % increment };
        if over > 0 {
            let added = increment - over;
            entries.push(Entry::quantity(LineKind::Increment, added));
            let room = Q::MOST - billed.within;
            billed.within += added.min(room);
            billed.beyond = added.saturating_sub(room);
        }
        if commitment > billed.within {
            entries.push(Entry::quantity(LineKind::Commitment, commitment - billed.within));
            billed.within = commitment;
        }
        billed
    }
}

impl Billed {
    /// Whether the tier that begins at `start` is reached.
    fn reaches<Q: Quantity>(self, start: Option<TierBound<Q>>) -> bool {
        match start {
            None => true,
            Some(TierBound::UpTo(start)) => self.within > start.units() || self.beyond > 0,
            Some(TierBound::Below(start)) => self.within >= start.units(),
            Some(TierBound::Rest) => false,
        }
    }

    /// Whether it is at most the last quantity of a tier.
    fn is_at_most(self, last: Option<u128>) -> bool {
        last.is_none_or(|last| self.within <= last && self.beyond == 0)
    }

    /// The part that lies between the ends of a tier.
    fn between<Q: Quantity>(self, start: Option<TierBound<Q>>, end: TierBound<Q>) -> Self {
        let start = start.and_then(TierBound::quantity).map_or(0, |start| start.units());
        match end.quantity() {
            Some(end) => {
                Self { within: self.within.min(end.units()).saturating_sub(start), beyond: 0 }
            }
            None => Self { within: self.within.saturating_sub(start), beyond: self.beyond },
        }
    }
}

impl<Q: Quantity> Entry<Q> {
    fn quantity(kind: LineKind, units: u128) -> Self {
        let quantity = Some(Q::from_units(units));
        Self { kind, tier: None, quantity, price: None, amount: Ratio::ZERO }
    }

    fn money(kind: LineKind, tier: Option<Bounds<Q>>, amount: Ratio) -> Self {
        Self { kind, tier, quantity: None, price: None, amount }
    }
}

/// A quantity at its price, with an entry of its own for the part beyond the type's largest.
fn usage<Q: Quantity>(
    tier: Option<Bounds<Q>>,
    price: UnitPrice<Q>,
    billed: Billed,
) -> impl Iterator<Item = Entry<Q>> {
    let beyond = Some(billed.beyond).filter(|beyond| *beyond > 0);
    core::iter::once(billed.within).chain(beyond).map(move |units| {
        let quantity = Q::from_units(units);
        let amount = price.cost(quantity).into_amount();
        let (quantity, price) = (Some(quantity), Some(price));
        Entry { kind: LineKind::Usage, tier, quantity, price, amount }
    })
}

fn label<Q: Quantity>(kind: LineKind, tier: Option<Bounds<Q>>) -> String {
    let tier = match tier {
        None => String::new(),
        Some((None, TierBound::Rest)) => "all".to_owned(),
        Some((None, end)) => end.to_string(),
        Some((Some(start), end)) => {
            let from = match start {
                TierBound::UpTo(start) => format!("above {start}"),
                TierBound::Below(start) => format!("from {start}"),
                TierBound::Rest => start.to_string(),
            };
            if end == TierBound::Rest { from } else { format!("{from}, {end}") }
        }
    };
    match kind {
        LineKind::Allowance => "allowance".to_owned(),
        LineKind::Increment => "rounded up by".to_owned(),
        LineKind::Commitment => "unused commitment".to_owned(),
        LineKind::Usage if tier.is_empty() => "usage".to_owned(),
        LineKind::Usage => tier,
        LineKind::TierFee => format!("fee, {tier}"),
        LineKind::FixedFee => "fixed fee".to_owned(),
        LineKind::Minimum => "up to the minimum".to_owned(),
        LineKind::Maximum => "down to the maximum".to_owned(),
        LineKind::OutOfService => "out of service".to_owned(),
    }
}
