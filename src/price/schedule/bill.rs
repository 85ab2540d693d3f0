//! The arithmetic of a schedule, step by step.

use crate::{
    money::{Cost, Money},
    number::{Ratio, Share},
    price::{
        LineItem, LineKind, TierBound, UnitPrice,
        schedule::{Pricing, Schedule},
    },
    quantity::Quantity,
};

/// One step of the arithmetic, and what it adds to the total.
struct Step<Q> {
    kind: LineKind,
    tier: Option<Bounds<Q>>,
    quantity: Option<Q>,
    price: Option<UnitPrice<Q>>,
    amount: Ratio,
}

/// Where a tier begins and ends.
type Bounds<Q> = (Option<TierBound<Q>>, TierBound<Q>);

/// A number of smallest units, of which rounding up may put some beyond the type's largest.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) within: u128,
    pub(super) beyond: u128,
}

impl<Q: Quantity> Schedule<Q> {
    /// The cost of a quantity used in a part of a period: fees, minimum, maximum, allowance and
    /// commitment are that part of their whole.
    pub(crate) fn cost_of_part(&self, quantity: Q, part: Share) -> Cost {
        let mut total = Ratio::ZERO;
        self.walk(quantity, part, |step| total = &total + &step.amount);
        Cost::new(total, self.currency())
    }

    /// The lines of [`cost_of_part`](Self::cost_of_part).
    pub(crate) fn lines_of_part(&self, quantity: Q, part: Share) -> Vec<LineItem> {
        let mut lines = Vec::new();
        self.walk(quantity, part, |step| {
            lines.push(LineItem {
                kind: step.kind,
                label: label(step.kind, step.tier),
                quantity: step.quantity.map(Q::measured),
                unit_price: step.price.map(UnitPrice::reading),
                amount: Cost::new(step.amount, self.currency()),
            });
        });
        lines
    }

    /// The arithmetic, step by step.
    fn walk(&self, quantity: Q, part: Share, mut visit: impl FnMut(Step<Q>)) {
        let billed = self.billed_in(quantity, part, &mut visit);
        let of_part = |money: Money| &Ratio::from(money.amount()) * &part.into();
        let mut total = Ratio::ZERO;
        let mut charge = |step: Step<Q>| {
            total = &total + &step.amount;
            visit(step);
        };
        match &self.pricing {
            Pricing::Flat(price) => usage(None, *price, billed, &mut charge),
            Pricing::Graduated(tiers) => {
                for (start, tier) in tiers.with_start() {
                    if !billed.reaches(start) {
                        break;
                    }
                    let bounds = Some((start, tier.bound()));
                    let within = billed.between(start, tier.bound());
                    // A tier that ends where it begins to be used has no line of its own.
                    if within.within > 0 || within.beyond > 0 || start.is_none() {
                        usage(bounds, tier.price(), within, &mut charge);
                    }
                    if let Some(fee) = tier.fee() {
                        charge(Step::money(LineKind::TierFee, bounds, of_part(fee)));
                    }
                }
            }
            Pricing::AllUnits(tiers) => {
                if let Some((start, tier)) =
                    tiers.with_start().find(|(_, t)| billed.is_in(t.last()))
                {
                    let bounds = Some((start, tier.bound()));
                    usage(bounds, tier.price(), billed, &mut charge);
                    if let Some(fee) = tier.fee() {
                        charge(Step::money(LineKind::TierFee, bounds, of_part(fee)));
                    }
                }
            }
        }
        if let Some(fee) = self.fixed_fee {
            charge(Step::money(LineKind::FixedFee, None, of_part(fee)));
        }
        if let Some(minimum) = self.minimum.map(of_part).filter(|minimum| total < *minimum) {
            visit(Step::money(LineKind::Minimum, None, &minimum - &total));
        } else if let Some(maximum) = self.maximum.map(of_part).filter(|most| total > *most) {
            visit(Step::money(LineKind::Maximum, None, &maximum - &total));
        }
    }

    /// The quantity that is billed for a measured one.
    pub(super) fn billed(&self, quantity: Q) -> Units {
        self.billed_in(quantity, Share::ONE, &mut |_| ())
    }

    #[allow(
        clippy::arithmetic_side_effects,
        reason = "the free part is at most the quantity, a remainder is below the increment, and \
                  each difference is of a larger and a smaller number"
    )]
    fn billed_in(&self, quantity: Q, part: Share, visit: &mut impl FnMut(Step<Q>)) -> Units {
        let used = quantity.units();
        let free = used.min(part.of_units(self.allowance.units()));
        if free > 0 {
            visit(Step::quantity(LineKind::Allowance, free));
        }
        let mut billed = Units { within: used - free, beyond: 0 };
        let over = billed.within.checked_rem(self.increment.units()).unwrap_or_default();
        if over > 0 {
            let added = self.increment.units() - over;
            visit(Step::quantity(LineKind::Increment, added));
            let room = Q::MOST - billed.within;
            billed.within += added.min(room);
            billed.beyond = added.saturating_sub(room);
        }
        let committed = part.of_units(self.commitment.units());
        if committed > billed.within {
            visit(Step::quantity(LineKind::Commitment, committed - billed.within));
            billed.within = committed;
        }
        billed
    }
}

impl Units {
    /// Whether the tier that begins at `start` is reached.
    fn reaches<Q: Quantity>(self, start: Option<TierBound<Q>>) -> bool {
        match start {
            None => true,
            Some(TierBound::UpTo(start)) => self.within > start.units() || self.beyond > 0,
            Some(TierBound::Below(start)) => self.within >= start.units(),
            Some(TierBound::Rest) => false,
        }
    }

    /// Whether it is at most the last of a tier.
    fn is_in(self, last: Option<u128>) -> bool {
        last.is_none_or(|last| self.within <= last && self.beyond == 0)
    }

    /// What lies between a tier's ends.
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

impl<Q: Quantity> Step<Q> {
    fn quantity(kind: LineKind, units: u128) -> Self {
        let quantity = Some(Q::from_units(units));
        Self { kind, tier: None, quantity, price: None, amount: Ratio::ZERO }
    }

    fn money(kind: LineKind, tier: Option<Bounds<Q>>, amount: Ratio) -> Self {
        Self { kind, tier, quantity: None, price: None, amount }
    }
}

/// A quantity at its price; what is beyond the type's largest quantity gets a step of its own.
fn usage<Q: Quantity>(
    tier: Option<Bounds<Q>>,
    price: UnitPrice<Q>,
    units: Units,
    charge: &mut impl FnMut(Step<Q>),
) {
    let mut step = |units| {
        let quantity = Q::from_units(units);
        let amount = price.cost(quantity).into_amount();
        let (quantity, price) = (Some(quantity), Some(price));
        charge(Step { kind: LineKind::Usage, tier, quantity, price, amount });
    };
    step(units.within);
    if units.beyond > 0 {
        step(units.beyond);
    }
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
