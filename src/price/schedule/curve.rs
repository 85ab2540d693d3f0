//! A schedule as straight lines: what it costs as a function of the quantity that is billed.

use crate::{
    number::Ratio,
    price::schedule::{Pricing, Schedule},
    quantity::Quantity,
};
use dashu_int::IBig;
use rust_decimal::RoundingStrategy;

/// Where the cost of a quantity `q`, after allowance and increment, is `slope × q + base`.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// The largest `q`, in smallest units; none for the last piece.
    pub(crate) last: Option<IBig>,
    /// Money per smallest unit, never below zero.
    pub(crate) slope: Ratio,
    pub(crate) base: Ratio,
}

/// What is done to a quantity before it meets the prices, in smallest units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metering {
    pub(crate) allowance: u128,
    /// Zero where there is none.
    pub(crate) increment: u128,
}

impl<Q: Quantity> Schedule<Q> {
    pub(crate) fn metering(&self) -> Metering {
        let (allowance, increment) = (self.allowance.units(), self.increment.units());
        Metering { allowance, increment }
    }

    /// The pieces, in ascending order, from zero on. Their order is that of the arithmetic:
    /// commitment, prices, fixed fee, minimum, maximum.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = self.priced();
        if self.commitment.units() > 0 {
            pieces = committed(pieces, self.commitment.units());
        }
        if let Some(fee) = self.fixed_fee {
            for piece in &mut pieces {
                piece.base = &piece.base + &fee.amount().into();
            }
        }
        if let Some(minimum) = self.minimum {
            let minimum = minimum.amount().into();
            pieces = split(pieces, &minimum, |below, above| [below.flat(&minimum), above]);
        }
        if let Some(maximum) = self.maximum {
            let maximum = maximum.amount().into();
            pieces = split(pieces, &maximum, |below, above| [below, above.flat(&maximum)]);
        }
        pieces
    }

    fn priced(&self) -> Vec<Piece> {
        let fee_of =
            |fee: Option<crate::Money>| fee.map_or(Ratio::ZERO, |fee| Ratio::from(fee.amount()));
        match &self.pricing {
            Pricing::Flat(price) => {
                vec![Piece { last: None, slope: price.value(), base: Ratio::ZERO }]
            }
            Pricing::Graduated(tiers) => {
                // What the tiers before cost in whole, and where they end.
                let (mut before, mut start) = (Ratio::ZERO, Ratio::ZERO);
                let pieces = tiers.as_slice().iter().map(|tier| {
                    let slope = tier.price().value();
                    before = &before + &fee_of(tier.fee());
                    let base = &before - &(&slope * &start);
                    if let Some(end) = tier.bound().quantity() {
                        start = end.units().into();
                        before = &base + &(&slope * &start);
                    }
                    Piece { last: tier.last().map(IBig::from), slope, base }
                });
                pieces.collect()
            }
            Pricing::AllUnits(tiers) => {
                let pieces = tiers.as_slice().iter().map(|tier| Piece {
                    last: tier.last().map(IBig::from),
                    slope: tier.price().value(),
                    base: fee_of(tier.fee()),
                });
                pieces.collect()
            }
        }
    }
}

impl Piece {
    fn cost(&self, quantity: &Ratio) -> Ratio {
        &(&self.slope * quantity) + &self.base
    }

    fn flat(self, base: &Ratio) -> Self {
        Self { last: self.last, slope: Ratio::ZERO, base: base.clone() }
    }

    fn holds(&self, quantity: &IBig) -> bool {
        self.last.as_ref().is_none_or(|last| quantity <= last)
    }

    /// The largest quantity of the piece that costs at most `amount`; below zero where none does.
    fn last_within(&self, amount: &Ratio) -> Option<IBig> {
        let room = amount - &self.base;
        let last = match (self.slope.is_zero(), room.is_negative()) {
            (true, false) => return self.last.clone(),
            (true, true) => IBig::NEG_ONE,
            (false, _) => {
                let quantity = &room * &self.slope.reciprocal();
                quantity.scaled(0, RoundingStrategy::ToNegativeInfinity)
            }
        };
        Some(self.last.as_ref().map_or_else(|| last.clone(), |end| end.min(&last).clone()))
    }
}

/// A quantity below the commitment costs what the commitment does.
fn committed(pieces: Vec<Piece>, commitment: u128) -> Vec<Piece> {
    let last = IBig::from(commitment);
    let above =
        pieces.into_iter().skip_while(|piece| piece.last.as_ref().is_some_and(|end| *end < last));
    let above: Vec<Piece> = above.collect();
    let cost = above.first().map(|piece| piece.cost(&commitment.into()));
    let below = cost.map(|base| Piece { last: Some(last), slope: Ratio::ZERO, base });
    below.into_iter().chain(above).collect()
}

/// Each piece in two: what costs at most `amount`, and what costs more.
fn split(
    pieces: Vec<Piece>,
    amount: &Ratio,
    change: impl Fn(Piece, Piece) -> [Piece; 2],
) -> Vec<Piece> {
    let mut end = IBig::NEG_ONE;
    let halves = pieces.into_iter().flat_map(|piece| {
        let below = Piece { last: piece.last_within(amount), ..piece.clone() };
        change(below, piece)
    });
    // A half that ends where the one before it does is empty.
    let mut kept = Vec::new();
    for half in halves {
        let is_last = half.last.is_none();
        if half.holds(&(&end + IBig::ONE)) {
            end = half.last.clone().unwrap_or_default();
            kept.push(half);
        }
        if is_last {
            break;
        }
    }
    kept
}
