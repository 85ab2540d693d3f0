//! [`Schedule`]: how a quantity is priced.

use super::{
    Bound, Item, Line, Tiers, UnitPrice,
    tiers::{not_negative, same_currency},
};
use crate::{
    Error,
    money::{Cost, Currency, Money},
    quantity::{Quantity, Ratio, Share},
};

/// How a quantity is priced: flat or by tiers, and what contracts put around that.
///
/// ```
/// use bandwidth_cost::{Currency, DataRate, Money, Schedule};
///
/// // Transit: 0.80 USD per Mbps, at least 2 Gbps are billed, and 500 USD for the port.
/// let contract = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
///     .with_commitment(DataRate::from_gbps(2))
///     .with_fixed_fee(Money::from_major(500, Currency::USD))?;
/// assert_eq!(contract.cost(DataRate::from_gbps(1)).to_string(), "2100 USD");
/// assert_eq!(contract.cost(DataRate::from_gbps(3)).to_string(), "2900 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// The arithmetic is in this order, whatever the order of the calls:
///
/// 1. the allowance is taken off the quantity;
/// 2. what is left is rounded up to a multiple of the increment,
/// 3. and raised to the commitment;
/// 4. that is priced, flat, graduated or all-units, with the tiers' fees;
/// 5. the fixed fee is added;
/// 6. the whole is raised to the minimum, and cut to the maximum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schedule<Q: Quantity> {
    pub(super) pricing: Pricing<Q>,
    /// Zero where there is none, and so are the increment and the commitment.
    pub(super) allowance: Q,
    pub(super) increment: Q,
    pub(super) commitment: Q,
    pub(super) fixed_fee: Option<Money>,
    pub(super) minimum: Option<Money>,
    pub(super) maximum: Option<Money>,
}

/// How the billed quantity meets the prices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Pricing<Q: Quantity> {
    Flat(UnitPrice<Q>),
    Graduated(Tiers<Q>),
    AllUnits(Tiers<Q>),
}

/// One step of the arithmetic, and what it adds to the total.
struct Step<Q> {
    item: Item,
    tier: Option<Bounds<Q>>,
    quantity: Option<Q>,
    price: Option<UnitPrice<Q>>,
    amount: Ratio,
}

/// Where a tier begins and ends.
type Bounds<Q> = (Option<Bound<Q>>, Bound<Q>);

/// A number of smallest units, of which rounding up may put some beyond the type's largest.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) within: u128,
    pub(super) beyond: u128,
}

impl<Q: Quantity> Schedule<Q> {
    /// One price for all of the quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?);
    /// assert_eq!(egress.cost(DataVolume::from_terabytes(1)).to_string(), "90 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn flat(price: UnitPrice<Q>) -> Self {
        Self::of(Pricing::Flat(price))
    }

    /// Each part of the quantity at the price of its own tier.
    ///
    /// A tier's fee is charged once, when the tier is reached; the first tier's at zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
    ///
    /// let schedule = Schedule::graduated(Tiers::new([
    ///     Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
    ///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
    /// ])?);
    /// // 1,000 Mbps at 1 USD and 500 Mbps at 0.50 USD.
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_500)).to_string(), "1250 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn graduated(tiers: Tiers<Q>) -> Self {
        Self::of(Pricing::Graduated(tiers))
    }

    /// The whole quantity at the price of the tier that it falls in, whose fee alone is charged.
    ///
    /// The total may fall where use grows: see [`Schedule::check`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, Tiers};
    ///
    /// let schedule = Schedule::all_units(Tiers::new([
    ///     Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
    ///     Tier::rest("0.50 USD per 1 Mbps".parse()?),
    /// ])?);
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_000)).to_string(), "1000 USD");
    /// assert_eq!(schedule.cost(DataRate::from_mbps(1_500)).to_string(), "750 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn all_units(tiers: Tiers<Q>) -> Self {
        Self::of(Pricing::AllUnits(tiers))
    }

    fn of(pricing: Pricing<Q>) -> Self {
        let none = Q::from_units(0);
        Self {
            pricing,
            allowance: none,
            increment: none,
            commitment: none,
            fixed_fee: None,
            minimum: None,
            maximum: None,
        }
    }

    /// With a free quantity, which is taken off first.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?)
    ///     .with_allowance(DataVolume::from_gigabytes(100));
    /// assert_eq!(egress.cost(DataVolume::from_gigabytes(80)).to_string(), "0 USD");
    /// assert_eq!(egress.cost(DataVolume::from_gigabytes(300)).to_string(), "18 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_allowance(mut self, free: Q) -> Self {
        self.allowance = free;
        self
    }

    /// Rounded up to a multiple of an increment: "per started MB". A package ("5 USD per started
    /// 100 MB, the first 100 free") is a flat price with an allowance and an increment.
    ///
    /// # Errors
    ///
    /// [`Error::ZeroIncrement`].
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let hundred = DataVolume::from_megabytes(100);
    /// let package = Schedule::flat("5 USD per 100 MB".parse()?)
    ///     .with_allowance(hundred)
    ///     .with_increment(hundred)?;
    /// assert_eq!(package.cost(DataVolume::from_megabytes(201)).to_string(), "10 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_increment(mut self, increment: Q) -> Result<Self, Error> {
        if increment.units() == 0 {
            let increment = increment.to_string();
            return Err(Error::ZeroIncrement { increment, write: Q::USUAL });
        }
        self.increment = increment;
        Ok(self)
    }

    /// With a quantity that is billed at least.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?)
    ///     .with_commitment(DataRate::from_mbps(500));
    /// assert_eq!(transit.cost(DataRate::from_mbps(120)).to_string(), "400 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_commitment(mut self, least: Q) -> Self {
        self.commitment = least;
        self
    }

    /// With a fee that is added after the tiers.
    ///
    /// # Errors
    ///
    /// [`Error::CurrencyMismatch`]; [`Error::NegativeCharge`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let with_port = transit.with_fixed_fee("250 USD".parse()?)?;
    /// assert_eq!(with_port.cost(DataRate::from_mbps(100)).to_string(), "330 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_fixed_fee(mut self, fee: Money) -> Result<Self, Error> {
        self.fixed_fee = Some(self.charge("fixed fee", fee)?);
        Ok(self)
    }

    /// With an amount that the whole is at least.
    ///
    /// # Errors
    ///
    /// [`Error::CurrencyMismatch`]; [`Error::NegativeCharge`]; [`Error::MaximumBelowMinimum`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_minimum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(100)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_minimum(mut self, least: Money) -> Result<Self, Error> {
        self.minimum = Some(self.charge("minimum", least)?);
        self.in_order()
    }

    /// With an amount that the whole is at most.
    ///
    /// # Errors
    ///
    /// [`Error::CurrencyMismatch`]; [`Error::NegativeCharge`]; [`Error::MaximumBelowMinimum`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_maximum("99 USD".parse()?)?;
    /// assert_eq!(transit.cost(DataRate::from_mbps(500)).to_string(), "99 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_maximum(mut self, most: Money) -> Result<Self, Error> {
        self.maximum = Some(self.charge("maximum", most)?);
        self.in_order()
    }

    fn charge(&self, what: &'static str, money: Money) -> Result<Money, Error> {
        same_currency(self.currency(), money)?;
        not_negative(what, money)?;
        Ok(money)
    }

    fn in_order(self) -> Result<Self, Error> {
        match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if maximum < minimum => {
                Err(Error::MaximumBelowMinimum {
                    maximum: maximum.to_string(),
                    minimum: minimum.to_string(),
                })
            }
            _ => Ok(self),
        }
    }

    /// The currency of all its prices and fees.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, DataRate, Schedule};
    ///
    /// let transit = Schedule::<DataRate>::flat("0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(transit.currency(), Currency::USD);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Currency {
        match &self.pricing {
            Pricing::Flat(price) => price.currency(),
            Pricing::Graduated(tiers) | Pricing::AllUnits(tiers) => tiers.currency(),
        }
    }

    /// The free quantity; zero without one.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let free = DataVolume::from_gigabytes(100);
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?).with_allowance(free);
    /// assert_eq!(egress.allowance(), free);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn allowance(&self) -> Q {
        self.allowance
    }

    /// The quantity that is billed at least; zero without one.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule};
    ///
    /// let least = DataRate::from_gbps(2);
    /// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?).with_commitment(least);
    /// assert_eq!(transit.commitment(), least);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn commitment(&self) -> Q {
        self.commitment
    }

    /// What a quantity costs, exactly. It never fails.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?);
    /// assert_eq!(egress.cost(DataVolume::from_megabytes(1)).to_string(), "0.00009 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn cost(&self, quantity: Q) -> Cost {
        self.cost_of_part(quantity, Share::ONE)
    }

    /// What is still to be billed when `billed` has been: month to date. The first bill of a period,
    /// with `None`, is [`cost`](Self::cost), fees and minimum among it; all bills of a period add up
    /// to the cost of its whole quantity.
    ///
    /// It may be negative, where the total falls as use grows.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency, DataVolume, Schedule};
    ///
    /// let egress = Schedule::flat("0.09 USD per 1 GB".parse()?).with_minimum("5 USD".parse()?)?;
    /// let [half, whole] = [40, 100].map(DataVolume::from_gigabytes);
    /// let first = egress.cost_between(None, half);
    /// let second = egress.cost_between(Some(half), whole);
    /// assert_eq!((first.to_string(), second.to_string()), ("5 USD".into(), "4 USD".into()));
    /// assert_eq!(Cost::sum(Currency::USD, [first, second])?, egress.cost(whole));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn cost_between(&self, billed: Option<Q>, quantity: Q) -> Cost {
        let total = self.cost(quantity);
        match billed {
            Some(billed) => Cost::new(total.amount() - self.cost(billed).amount(), self.currency()),
            None => total,
        }
    }

    /// The same total, itemised: the lines' amounts sum to [`cost`](Self::cost).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, Schedule, Tier, Tiers};
    ///
    /// let egress = Schedule::graduated(Tiers::new([
    ///     Tier::up_to(DataVolume::from_terabytes(10), "0.09 USD per 1 GB".parse()?),
    ///     Tier::rest("0.07 USD per 1 GB".parse()?),
    /// ])?);
    /// let lines = egress.lines(DataVolume::from_terabytes(12));
    /// let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    /// assert_eq!(lines, [
    ///     "up to 10 TB: 10 TB at 0.09 USD per 1 GB = 900 USD",
    ///     "above 10 TB: 2 TB at 0.07 USD per 1 GB = 140 USD",
    /// ]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn lines(&self, quantity: Q) -> Vec<Line> {
        self.lines_of_part(quantity, Share::ONE)
    }

    /// The cost of a quantity used in a part of a period: fees, minimum, maximum, allowance and
    /// commitment are that part of their whole.
    pub(crate) fn cost_of_part(&self, quantity: Q, part: Share) -> Cost {
        let mut total = Ratio::ZERO;
        self.walk(quantity, part, |step| total = &total + &step.amount);
        Cost::new(total, self.currency())
    }

    /// The lines of [`cost_of_part`](Self::cost_of_part).
    pub(crate) fn lines_of_part(&self, quantity: Q, part: Share) -> Vec<Line> {
        let mut lines = Vec::new();
        self.walk(quantity, part, |step| {
            lines.push(Line {
                item: step.item,
                label: label(step.item, step.tier),
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
                        charge(Step::money(Item::TierFee, bounds, of_part(fee)));
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
                        charge(Step::money(Item::TierFee, bounds, of_part(fee)));
                    }
                }
            }
        }
        if let Some(fee) = self.fixed_fee {
            charge(Step::money(Item::FixedFee, None, of_part(fee)));
        }
        if let Some(minimum) = self.minimum.map(of_part).filter(|minimum| total < *minimum) {
            visit(Step::money(Item::Minimum, None, &minimum - &total));
        } else if let Some(maximum) = self.maximum.map(of_part).filter(|most| total > *most) {
            visit(Step::money(Item::Maximum, None, &maximum - &total));
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
            visit(Step::quantity(Item::Allowance, free));
        }
        let mut billed = Units { within: used - free, beyond: 0 };
        let over = billed.within.checked_rem(self.increment.units()).unwrap_or_default();
        if over > 0 {
            let added = self.increment.units() - over;
            visit(Step::quantity(Item::Increment, added));
            let room = Q::MOST - billed.within;
            billed.within += added.min(room);
            billed.beyond = added.saturating_sub(room);
        }
        let committed = part.of_units(self.commitment.units());
        if committed > billed.within {
            visit(Step::quantity(Item::Commitment, committed - billed.within));
            billed.within = committed;
        }
        billed
    }
}

impl Units {
    /// Whether the tier that begins at `start` is reached.
    fn reaches<Q: Quantity>(self, start: Option<Bound<Q>>) -> bool {
        match start {
            None => true,
            Some(Bound::UpTo(start)) => self.within > start.units() || self.beyond > 0,
            Some(Bound::Below(start)) => self.within >= start.units(),
            Some(Bound::Rest) => false,
        }
    }

    /// Whether it is at most the last of a tier.
    fn is_in(self, last: Option<u128>) -> bool {
        last.is_none_or(|last| self.within <= last && self.beyond == 0)
    }

    /// What lies between a tier's ends.
    fn between<Q: Quantity>(self, start: Option<Bound<Q>>, end: Bound<Q>) -> Self {
        let start = start.and_then(Bound::quantity).map_or(0, |start| start.units());
        match end.quantity() {
            Some(end) => {
                Self { within: self.within.min(end.units()).saturating_sub(start), beyond: 0 }
            }
            None => Self { within: self.within.saturating_sub(start), beyond: self.beyond },
        }
    }
}

impl<Q: Quantity> Step<Q> {
    fn quantity(item: Item, units: u128) -> Self {
        let quantity = Some(Q::from_units(units));
        Self { item, tier: None, quantity, price: None, amount: Ratio::ZERO }
    }

    fn money(item: Item, tier: Option<Bounds<Q>>, amount: Ratio) -> Self {
        Self { item, tier, quantity: None, price: None, amount }
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
        charge(Step { item: Item::Usage, tier, quantity, price, amount });
    };
    step(units.within);
    if units.beyond > 0 {
        step(units.beyond);
    }
}

fn label<Q: Quantity>(item: Item, tier: Option<Bounds<Q>>) -> String {
    let tier = match tier {
        None => String::new(),
        Some((None, Bound::Rest)) => "all".to_owned(),
        Some((None, end)) => end.to_string(),
        Some((Some(start), end)) => {
            let from = match start {
                Bound::UpTo(start) => format!("above {start}"),
                Bound::Below(start) => format!("from {start}"),
                Bound::Rest => start.to_string(),
            };
            if end == Bound::Rest { from } else { format!("{from}, {end}") }
        }
    };
    match item {
        Item::Allowance => "allowance".to_owned(),
        Item::Increment => "rounded up by".to_owned(),
        Item::Commitment => "unused commitment".to_owned(),
        Item::Usage if tier.is_empty() => "usage".to_owned(),
        Item::Usage => tier,
        Item::TierFee => format!("fee, {tier}"),
        Item::FixedFee => "fixed fee".to_owned(),
        Item::Minimum => "up to the minimum".to_owned(),
        Item::Maximum => "down to the maximum".to_owned(),
        Item::OutOfService => "out of service".to_owned(),
    }
}
