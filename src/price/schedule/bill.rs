//! The part of [`Schedule`] that itemises a cost: the lines of a bill.

use crate::{
    money::{Cost, Currency, Money},
    number::{Ratio, Share},
    price::{
        LineItem, LineKind, TierBound, UnitPrice,
        schedule::{Metering, Pricing, Schedule, Terms},
    },
    quantity::Quantity,
};

/// A line of a bill, before it has a label.
pub(super) struct Entry<Q> {
    pub(super) kind: LineKind,
    pub(super) tier: Option<Bounds<Q>>,
    /// More words for the label.
    pub(super) note: Option<String>,
    pub(super) quantity: Option<Q>,
    pub(super) price: Option<UnitPrice<Q>>,
    pub(super) amount: Ratio,
}

/// The bounds at which a tier begins and ends.
pub(super) type Bounds<Q> = (Option<TierBound<Q>>, TierBound<Q>);

/// A billed quantity in smallest units, of which rounding up may put a part beyond the largest
/// quantity of the type: that part gets a line of its own.
#[derive(Clone, Copy)]
pub(super) struct Billed {
    within: u128,
    beyond: u128,
}

impl<Q: Quantity> Schedule<Q> {
    /// The lines for a quantity that was used in a part of a period: allowance, commitment and charges
    /// are that part of their whole.
    pub(crate) fn lines_of_part(&self, quantity: Q, part: Share) -> Vec<LineItem> {
        let mut entries = Vec::new();
        let billed = self.terms.metered(quantity, part, &mut entries);
        entries.extend(self.terms.prices_between(None, billed, part));
        self.terms.charges(&mut entries, part);
        entries.into_iter().map(|entry| entry.line(self.currency())).collect()
    }
}

impl<Q: Quantity> Terms<Q> {
    /// The prices of the billed quantity up to `to`, less those of the quantity up to `from`, which was
    /// billed before.
    pub(super) fn prices_between(
        &self,
        from: Option<Billed>,
        to: Billed,
        part: Share,
    ) -> Vec<Entry<Q>> {
        let charge = |money: Money| &Ratio::from(money.amount()) * &part.into();
        let mut entries = Vec::new();
        match &self.pricing {
            Pricing::Flat(price) => {
                let more = to.above(from);
                if from.is_none() || !more.is_zero() {
                    entries.extend(usage(None, Some(*price), more));
                }
            }
            Pricing::Graduated(tiers) => {
                for (start, tier) in tiers.with_start() {
                    if !to.reaches(start) {
                        break;
                    }
                    let bounds = Some((start, tier.bound()));
                    let before = from.map(|from| from.between(start, tier.bound()));
                    let inside = to.between(start, tier.bound()).above(before);
                    // A later tier can be reached, and its fee charged, with no quantity in it.
                    if !inside.is_zero() || (start.is_none() && from.is_none()) {
                        entries.extend(usage(bounds, tier.price(), inside));
                    }
                    let is_new = from.is_none_or(|from| !from.reaches(start));
                    let fee = |fee| Entry::money(LineKind::TierFee, bounds, charge(fee));
                    entries.extend(tier.fee().filter(|_| is_new).map(fee));
                }
            }
            Pricing::AllUnits(tiers) => {
                let tier_of = |billed: Billed| {
                    #[expect(clippy::expect_used, reason = "the last tier has no bound")]
                    tiers
                        .with_start()
                        .find(|(_, tier)| billed.is_at_most(tier.last()))
                        .expect("every quantity is in a tier")
                };
                let (start, tier) = tier_of(to);
                let bounds = Some((start, tier.bound()));
                let fee = |fee| Entry::money(LineKind::TierFee, bounds, charge(fee));
                let more = to.above(from);
                if from.is_none() || !more.is_zero() {
                    entries.extend(usage(bounds, tier.price(), more));
                }
                let before = from.map(|from| (from, tier_of(from)));
                match before {
                    Some((_, (old_start, _))) if old_start == start => {}
                    Some((from, (old_start, old))) => {
                        entries.extend(moved(from, old.price(), tier.price()));
                        let bounds = Some((old_start, old.bound()));
                        let back = |fee| Entry::money(LineKind::TierFee, bounds, -charge(fee));
                        entries.extend(old.fee().map(back));
                        entries.extend(tier.fee().map(fee));
                    }
                    None => entries.extend(tier.fee().map(fee)),
                }
            }
        }
        entries
    }

    /// Adds the fixed fee, and what raises the sum of the lines to the minimum or cuts it to the maximum.
    pub(super) fn charges(&self, entries: &mut Vec<Entry<Q>>, part: Share) {
        let charge = |money: Money| &Ratio::from(money.amount()) * &part.into();
        let fee = |fee| Entry::money(LineKind::FixedFee, None, charge(fee));
        entries.extend(self.fixed_fee.map(fee));
        let total = entries.iter().fold(Ratio::ZERO, |total, entry| &total + &entry.amount);
        if let Some(minimum) = self.minimum.map(charge).filter(|minimum| total < *minimum) {
            entries.push(Entry::money(LineKind::Minimum, None, &minimum - &total));
        } else if let Some(maximum) = self.maximum.map(charge).filter(|maximum| total > *maximum) {
            entries.push(Entry::money(LineKind::Maximum, None, &maximum - &total));
        }
    }

    /// The billed quantity, with an entry for each step that leads to it.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the commitment is larger than the quantity from which it is reached"
    )]
    pub(super) fn metered(&self, quantity: Q, part: Share, entries: &mut Vec<Entry<Q>>) -> Billed {
        let Metering { commitment, .. } = self.metering(part);
        let (free, added, mut billed) = self.rounded(quantity, part);
        if free > 0 {
            entries.push(Entry::quantity(LineKind::Allowance, free));
        }
        if added > 0 {
            entries.push(Entry::quantity(LineKind::Increment, added));
        }
        if commitment > billed.within {
            entries.push(Entry::quantity(LineKind::Commitment, commitment - billed.within));
            billed.within = commitment;
        }
        billed
    }

    /// The quantity that the allowance makes free, the quantity that is added by rounding up, and the
    /// billed quantity before it is raised to the commitment.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the free part is at most the quantity, a remainder is below the increment, and \
                  each difference is of a larger and a smaller number"
    )]
    pub(super) fn rounded(&self, quantity: Q, part: Share) -> (u128, u128, Billed) {
        let Metering { allowance, increment, .. } = self.metering(part);
        let used = quantity.units();
        let free = used.min(allowance);
        let mut billed = Billed { within: used - free, beyond: 0 };
        let over = if increment == 0 { 0 } else { billed.within % increment };
        if over == 0 {
            return (free, 0, billed);
        }
        let added = increment - over;
        let within = added.min(Q::MOST - billed.within);
        billed.within += within;
        billed.beyond = added - within;
        (free, added, billed)
    }
}

impl Billed {
    const fn is_zero(self) -> bool {
        self.within == 0 && self.beyond == 0
    }

    /// What is above a quantity that was billed before, which is at most as large.
    #[expect(
        clippy::expect_used,
        reason = "more is billed of a larger quantity, within and beyond"
    )]
    fn above(self, before: Option<Self>) -> Self {
        let less = |more: u128, less| more.checked_sub(less).expect("a quantity so far grows");
        match before {
            Some(Self { within, beyond }) => {
                Self { within: less(self.within, within), beyond: less(self.beyond, beyond) }
            }
            None => self,
        }
    }

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
    /// Creates an entry of all prices together.
    pub(super) fn of_prices(amount: Ratio) -> Self {
        Self::money(LineKind::Usage, None, amount)
    }

    fn quantity(kind: LineKind, units: u128) -> Self {
        let quantity = Some(Q::from_units(units));
        Self { kind, tier: None, note: None, quantity, price: None, amount: Ratio::ZERO }
    }

    fn money(kind: LineKind, tier: Option<Bounds<Q>>, amount: Ratio) -> Self {
        Self { kind, tier, note: None, quantity: None, price: None, amount }
    }

    pub(super) fn line(self, currency: Currency) -> LineItem {
        let label = label(self.kind, self.tier);
        LineItem {
            kind: self.kind,
            label: match self.note {
                Some(note) if label.is_empty() => note,
                Some(note) => format!("{label}, {note}"),
                None => label,
            },
            quantity: self.quantity.map(Q::measured),
            unit_price: self.price.map(UnitPrice::of_either_kind),
            amount: Cost::new(self.amount, currency),
        }
    }
}

/// A quantity at its price if it has one, with an entry of its own for the part beyond the type's largest.
fn usage<Q: Quantity>(
    tier: Option<Bounds<Q>>,
    price: Option<UnitPrice<Q>>,
    billed: Billed,
) -> impl Iterator<Item = Entry<Q>> {
    let beyond = Some(billed.beyond).filter(|beyond| *beyond > 0);
    core::iter::once(billed.within).chain(beyond).map(move |units| {
        let quantity = Q::from_units(units);
        let amount = cost(price, quantity);
        let quantity = Some(quantity);
        Entry { kind: LineKind::Usage, tier, note: None, quantity, price, amount }
    })
}

/// The cost of a quantity, which is zero without a price.
fn cost<Q: Quantity>(price: Option<UnitPrice<Q>>, quantity: Q) -> Ratio {
    price.map_or(Ratio::ZERO, |price| price.cost(quantity).into_amount())
}

/// The difference for a quantity that was billed before, and that moves to another tier's price.
fn moved<Q: Quantity>(
    billed: Billed,
    from: Option<UnitPrice<Q>>,
    to: Option<UnitPrice<Q>>,
) -> impl Iterator<Item = Entry<Q>> {
    let has_price = from.is_some() || to.is_some();
    let parts =
        [billed.within, billed.beyond].into_iter().filter(move |units| has_price && *units > 0);
    parts.map(move |units| {
        let quantity = Q::from_units(units);
        let amount = &cost(to, quantity) - &cost(from, quantity);
        let text = |price: Option<UnitPrice<Q>>| {
            price.map_or_else(|| "no price".to_owned(), |price| price.to_string())
        };
        let note = Some(format!("{quantity} before, from {} to {}", text(from), text(to)));
        Entry { note, ..Entry::money(LineKind::Repriced, None, amount) }
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
        LineKind::Usage if !tier.is_empty() => tier,
        LineKind::TierFee => format!("fee, {tier}"),
        LineKind::Repriced => String::new(),
        kind => kind.in_words().to_owned(),
    }
}
