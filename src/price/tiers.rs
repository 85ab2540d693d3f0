//! [`Tiers`]: prices that depend on how much is used.

use crate::{
    Error,
    money::{Currency, Money},
    price::{PriceError, UnitPrice},
    quantity::{AnyQuantity, Quantity},
};
use core::fmt;

/// A price for the quantities from the end of the tier before to its own bound.
///
/// ```
/// use bandwidth_cost::{DataVolume, Tier};
///
/// // The first 10 TB, and everything above.
/// let first = Tier::up_to(DataVolume::from_terabytes(10), "0.09 USD per 1 GB".parse()?);
/// let rest: Tier<DataVolume> = Tier::rest("0.085 USD per 1 GB".parse()?);
/// assert_eq!(first.to_string(), "up to 10 TB: 0.09 USD per 1 GB");
/// assert_eq!(rest.to_string(), "the rest: 0.085 USD per 1 GB");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tier<Q: Quantity> {
    bound: TierBound<Q>,
    charge: Charge<Q>,
}

/// A price, with or without a fee, or a fee alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Charge<Q: Quantity> {
    Price(UnitPrice<Q>, Option<Money>),
    Fee(Money),
}

/// The end of a tier. Contracts write both "up to 10 TB" and "less than 10 TB".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TierBound<Q> {
    /// The tier ends at this quantity and includes it.
    UpTo(Q),
    /// The tier ends at this quantity, which the next tier includes.
    Below(Q),
    /// The tier has no end.
    Rest,
}

impl<Q: Copy> TierBound<Q> {
    /// Returns the quantity at which the tier ends, or `None` for [`Rest`](Self::Rest), which has no
    /// end. The variant says whether that quantity still belongs to the tier.
    ///
    /// ```
    /// use bandwidth_cost::{TierBound, DataRate};
    ///
    /// assert_eq!(TierBound::Below(DataRate::from_gbps(1)).quantity(), Some(DataRate::from_gbps(1)));
    /// assert_eq!(TierBound::<DataRate>::Rest.quantity(), None);
    /// ```
    #[must_use]
    pub const fn quantity(self) -> Option<Q> {
        match self {
            Self::UpTo(quantity) | Self::Below(quantity) => Some(quantity),
            Self::Rest => None,
        }
    }
}

impl<Q: Quantity> TierBound<Q> {
    fn of_either_kind(self) -> TierBound<AnyQuantity> {
        match self {
            Self::UpTo(bound) => TierBound::UpTo(bound.measured()),
            Self::Below(bound) => TierBound::Below(bound.measured()),
            Self::Rest => TierBound::Rest,
        }
    }
}

impl<Q: Quantity> Tier<Q> {
    /// Creates a tier that ends at `bound` and includes it.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Tier};
    ///
    /// let tier = Tier::up_to(DataRate::from_gbps(1), "0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(tier.to_string(), "up to 1 Gbps: 0.80 USD per 1 Mbps");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn up_to(bound: Q, price: UnitPrice<Q>) -> Self {
        Self::priced(TierBound::UpTo(bound), price)
    }

    /// Creates a tier that ends below `bound`, which the next tier includes.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Tier};
    ///
    /// let tier = Tier::below(DataRate::from_gbps(1), "0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(tier.to_string(), "below 1 Gbps: 0.80 USD per 1 Mbps");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn below(bound: Q, price: UnitPrice<Q>) -> Self {
        Self::priced(TierBound::Below(bound), price)
    }

    /// Creates the last tier, which has no end.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Tier};
    ///
    /// let tier = Tier::<DataRate>::rest("0.50 USD per 1 Mbps".parse()?);
    /// assert_eq!(tier.to_string(), "the rest: 0.50 USD per 1 Mbps");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn rest(price: UnitPrice<Q>) -> Self {
        Self::priced(TierBound::Rest, price)
    }

    /// Creates a tier of a fee alone: whatever part of it is used costs the same.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tier, TierBound, Tiers};
    ///
    /// // A port: 500 USD up to 1 Gbps, 900 USD above.
    /// let port = Schedule::all_units(Tiers::new([
    ///     Tier::fee_only(TierBound::UpTo(DataRate::from_gbps(1)), "500 USD".parse()?),
    ///     Tier::fee_only(TierBound::Rest, "900 USD".parse()?),
    /// ])?);
    /// assert_eq!(port.cost(DataRate::from_mbps(20)).to_string(), "500 USD");
    /// assert_eq!(port.cost(DataRate::from_mbps(1_200)).to_string(), "900 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn fee_only(bound: TierBound<Q>, fee: Money) -> Self {
        Self { bound, charge: Charge::Fee(fee) }
    }

    pub(super) const fn priced(bound: TierBound<Q>, price: UnitPrice<Q>) -> Self {
        Self { bound, charge: Charge::Price(price, None) }
    }

    /// Returns the tier with a fee. A graduated schedule charges the fee once, when the quantity
    /// reaches the tier; the first tier is reached at zero. An all-units schedule charges only the
    /// fee of the tier that the quantity falls in.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, DataRate, Money, Tier};
    ///
    /// let port = Money::from_major(500, Currency::USD);
    /// let tier = Tier::up_to(DataRate::from_gbps(1), "0.80 USD per 1 Mbps".parse()?).with_fee(port);
    /// assert_eq!(tier.to_string(), "up to 1 Gbps: 0.80 USD per 1 Mbps, fee 500 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn with_fee(self, fee: Money) -> Self {
        let charge = match self.charge {
            Charge::Price(price, _) => Charge::Price(price, Some(fee)),
            Charge::Fee(_) => Charge::Fee(fee),
        };
        Self { bound: self.bound, charge }
    }

    /// Returns the end of the tier.
    ///
    /// ```
    /// use bandwidth_cost::{TierBound, DataRate, Tier};
    ///
    /// let tier = Tier::<DataRate>::rest("0.50 USD per 1 Mbps".parse()?);
    /// assert_eq!(tier.bound(), TierBound::Rest);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn bound(&self) -> TierBound<Q> {
        self.bound
    }

    /// Returns the price, or `None` for a tier of a fee alone.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, RatePrice, Tier};
    ///
    /// let price: RatePrice = "0.50 USD per 1 Mbps".parse()?;
    /// assert_eq!(Tier::rest(price).price(), Some(price));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn price(&self) -> Option<UnitPrice<Q>> {
        match self.charge {
            Charge::Price(price, _) => Some(price),
            Charge::Fee(_) => None,
        }
    }

    /// Returns the fee, or `None` if the tier has none.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Tier};
    ///
    /// let tier = Tier::<DataRate>::rest("0.50 USD per 1 Mbps".parse()?);
    /// assert_eq!(tier.with_fee("9 USD".parse()?).fee(), Some("9 USD".parse()?));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn fee(&self) -> Option<Money> {
        match self.charge {
            Charge::Price(_, fee) => fee,
            Charge::Fee(fee) => Some(fee),
        }
    }

    /// Returns the amount of the price, or else the fee.
    fn amount(&self) -> Money {
        match self.charge {
            Charge::Price(price, _) => price.amount(),
            Charge::Fee(fee) => fee,
        }
    }

    /// The largest quantity in the tier, in smallest units; `None` for the rest.
    #[expect(clippy::expect_used, reason = "a list of tiers has none below zero")]
    pub(super) fn last(&self) -> Option<u128> {
        match self.bound {
            TierBound::UpTo(bound) => Some(bound.units()),
            TierBound::Below(bound) => {
                Some(bound.units().checked_sub(1).expect("a tier ends below more than zero"))
            }
            TierBound::Rest => None,
        }
    }
}

impl<Q: Quantity> fmt::Display for Tier<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = self.bound;
        f.pad(&match self.charge {
            Charge::Price(price, None) => format!("{bound}: {price}"),
            Charge::Price(price, Some(fee)) => format!("{bound}: {price}, fee {fee}"),
            Charge::Fee(fee) => format!("{bound}: fee {fee}"),
        })
    }
}

impl<Q: fmt::Display> fmt::Display for TierBound<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpTo(bound) => f.pad(&format!("up to {bound}")),
            Self::Below(bound) => f.pad(&format!("below {bound}")),
            Self::Rest => f.pad("the rest"),
        }
    }
}

/// A list of tiers in ascending order, the last of which has no end.
///
/// ```
/// use bandwidth_cost::{DataVolume, Schedule, Tier, Tiers};
///
/// let tiers = Tiers::new([
///     Tier::up_to(DataVolume::from_terabytes(10), "0.09 USD per 1 GB".parse()?),
///     Tier::up_to(DataVolume::from_terabytes(50), "0.085 USD per 1 GB".parse()?),
///     Tier::rest("0.07 USD per 1 GB".parse()?),
/// ])?;
/// // 10,000 GB at 0.09, 2,000 GB at 0.085.
/// let schedule = Schedule::graduated(tiers);
/// assert_eq!(schedule.cost(DataVolume::from_terabytes(12)).to_string(), "1070 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tiers<Q: Quantity> {
    /// Ascending; only the last one has no bound.
    tiers: Vec<Tier<Q>>,
    /// The one currency of all prices and fees.
    currency: Currency,
}

impl<Q: Quantity> Tiers<Q> {
    /// Creates a list of tiers, which must be in ascending order and end with [`Tier::rest`].
    ///
    /// # Errors
    ///
    /// - [`PriceError::NoTiers`] for an empty list.
    /// - [`PriceError::TierOrder`] for a bound that is not above the one before it, or
    ///   [`Tier::below`] zero.
    /// - [`PriceError::RestNotLast`] if the last tier has a bound or another has none.
    /// - [`PriceError::TwoCurrencies`] for prices and fees in several currencies.
    /// - [`PriceError::NegativeAmount`] for a fee below zero.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Tier, Tiers};
    ///
    /// let tier = Tier::up_to(DataRate::from_gbps(1), "0.80 USD per 1 Mbps".parse()?);
    /// assert_eq!(
    ///     Tiers::new([tier]).unwrap_err().to_string(),
    ///     "tier 1 of 1 is up to 1 Gbps: end with a tier without a bound",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(tiers: impl IntoIterator<Item = Tier<Q>>) -> Result<Self, Error> {
        let tiers: Vec<Tier<Q>> = tiers.into_iter().collect();
        let currency = tiers.first().ok_or(PriceError::NoTiers)?.amount().currency();
        let mut end = None::<Q>;
        for (number, tier) in (1_usize..).zip(&tiers) {
            let is_last = number == tiers.len();
            if is_last != (tier.bound == TierBound::Rest) {
                let bound = tier.bound.of_either_kind();
                return Err(PriceError::RestNotLast { number, tiers: tiers.len(), bound }.into());
            }
            if let Some(bound) = tier.bound.quantity() {
                // The first tier may end at zero if it includes zero.
                let is_above = match end {
                    Some(before) => bound > before,
                    None => bound.units() > 0 || tier.bound == TierBound::UpTo(bound),
                };
                if !is_above {
                    let bound = tier.bound.of_either_kind();
                    let before = end.unwrap_or_else(|| Q::from_units(0)).measured();
                    return Err(PriceError::TierOrder { number, bound, before }.into());
                }
                end = Some(bound);
            }
            if let Some(price) = tier.price() {
                same_currency(currency, price.amount())?;
            }
            if let Some(fee) = tier.fee() {
                same_currency(currency, fee)?;
                not_negative("a tier's fee", fee)?;
            }
        }
        Ok(Self { tiers, currency })
    }

    /// Returns the tiers in ascending order.
    ///
    /// ```
    /// use bandwidth_cost::{Tier, Tiers, VolumePrice};
    ///
    /// let price: VolumePrice = "1 USD per 1 MB".parse()?;
    /// assert_eq!(Tiers::new([Tier::rest(price)])?.as_slice().len(), 1);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[Tier<Q>] {
        &self.tiers
    }

    pub(super) fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount of the first price, or else of the first fee.
    #[expect(clippy::expect_used, reason = "a list of tiers is not empty")]
    pub(super) fn first_amount(&self) -> Money {
        self.tiers.first().expect("a list of tiers has one").amount()
    }

    /// The tiers, each with the bound at which it begins.
    pub(super) fn with_start(&self) -> impl Iterator<Item = (Option<TierBound<Q>>, &Tier<Q>)> {
        let starts = self.tiers.iter().map(|tier| Some(tier.bound));
        core::iter::once(None).chain(starts).zip(&self.tiers)
    }
}

pub(super) fn same_currency(expected: Currency, money: Money) -> Result<(), Error> {
    if money.currency() == expected {
        return Ok(());
    }
    Err(PriceError::TwoCurrencies { expected, found: money }.into())
}

pub(crate) fn not_negative(what: &'static str, amount: Money) -> Result<(), Error> {
    if amount.amount() >= crate::Decimal::ZERO {
        return Ok(());
    }
    Err(PriceError::NegativeAmount { what, amount }.into())
}
