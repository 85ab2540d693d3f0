//! [`Percentile`] and [`PercentileRule`]: the rank of the slot that is billed.

use crate::{
    Error,
    number::{Ratio, portion},
    text::{Number, Scanner, Sign, TextError, clip, digits_to_u128},
    usage::UsageError,
};
use core::{fmt, str::FromStr};
use rust_decimal::{Decimal, RoundingStrategy};

/// A percentile of the slots' rates, with the rule that finds its slot.
///
/// ```
/// use bandwidth_cost::{Decimal, Percentile, PercentileRule};
///
/// let contract = Percentile::P95;
/// let cacti = contract.with_rule(PercentileRule::DiscardRoundedUp);
/// // The rank of the billed slot among the 8,928 five-minute slots of 31 days:
/// assert_eq!((contract.rank(8_928), cacti.rank(8_928)), (8_482, 8_481));
/// assert_eq!(cacti.to_string(), "95th percentile by discard rounded up");
/// assert_eq!(Percentile::new(Decimal::new(999, 1))?.to_string(), "99.9th percentile");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// A rank is computed exactly, without floating point.
///
/// # Text
///
/// `95th percentile`; with a rule other than nearest rank, `95th percentile by rounded rank`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Percentile {
    /// Above 0 and at most 100, in lowest terms.
    percent: Decimal,
    rule: PercentileRule,
}

/// The rule by which a system finds the slot of a percentile: its rank among *n* slots in ascending
/// order.
///
/// *p* is the percentile as a proportion, such as 0.95. A rank is never below 1. Above the median,
/// two rules without interpolation are never more than one rank apart. They give the same 95th
/// percentile if *n* is a multiple of 20, as in 30 days of 5-minute samples (8,640). They may differ in
/// 28 days (8,064), 29 (8,352), 31 (8,928) and in a month in which clocks change.
///
/// | rule | position | used by |
/// | --- | --- | --- |
/// | `NearestRank` | ⌈*p*·*n*⌉ | carriers' contracts, Zabbix |
/// | `DiscardRoundedUp` | *n* − ⌈(1 − *p*)·*n*⌉ | Cacti until July 2026 |
/// | `RoundedRank` | *p*·*n*, rounded half up | LibreNMS, Observium; Cacti since July 2026 (its pull request 7377) |
/// | `RoundedEvenRank` | *p*·*n*, rounded half to even | vnStat |
/// | `RoundedPosition` | *p*·(*n* − 1), rounded half up, + 1 | RRDtool |
/// | `LinearInclusive` | *p*·(*n* − 1) + 1, interpolated | spreadsheets' `PERCENTILE.INC`, numpy's default, PRTG's continuous percentile |
/// | `LinearExclusive` | *p*·(*n* + 1), interpolated | spreadsheets' `PERCENTILE.EXC` |
///
/// At a position between two slots, the volume is interpolated between theirs, exactly, and its
/// rate is then rounded once to the bit per second.
///
/// ```
/// use bandwidth_cost::{Percentile, PercentileRule};
///
/// for rule in PercentileRule::ALL {
///     println!("{rule}: number {}", Percentile::P95.with_rule(rule).rank(8_064));
/// }
/// ```
///
/// # Text
///
/// The name in lower case: `nearest rank`, `discard rounded up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PercentileRule {
    /// Rank ⌈*p*·*n*⌉, which discards the top ⌊(1 − *p*)·*n*⌋ slots: carriers' contracts, Zabbix.
    #[default]
    NearestRank,
    /// The top ⌈(1 − *p*)·*n*⌉ slots are discarded: Cacti until July 2026.
    DiscardRoundedUp,
    /// Rank *p*·*n*, rounded half up: LibreNMS and Observium, and Cacti since July 2026.
    RoundedRank,
    /// Rank *p*·*n*, rounded half to even: vnStat.
    RoundedEvenRank,
    /// Position *p*·(*n* − 1), counted from zero, rounded half up: RRDtool.
    RoundedPosition,
    /// Position *p*·(*n* − 1) + 1, interpolated: spreadsheets' `PERCENTILE.INC`, numpy's default,
    /// PRTG's continuous percentile.
    LinearInclusive,
    /// Position *p*·(*n* + 1), at least 1 and at most *n*, interpolated: spreadsheets'
    /// `PERCENTILE.EXC`.
    LinearExclusive,
}

impl Percentile {
    /// The 95th percentile by nearest rank, as carriers bill it.
    ///
    /// ```
    /// use bandwidth_cost::Percentile;
    ///
    /// // Of 30 days of 5-minute slots, the top 432 (36 hours) are free.
    /// assert_eq!(Percentile::P95.rank(8_640), 8_640 - 432);
    /// ```
    pub const P95: Self = Self {
        percent: Decimal::from_parts(95, 0, 0, false, 0),
        rule: PercentileRule::NearestRank,
    };

    /// Creates a percentile from a number such as 95, by nearest rank.
    ///
    /// # Errors
    ///
    /// [`UsageError::PercentileOutOfRange`] if `percent` is not above 0 and at most 100.
    ///
    /// ```
    /// use bandwidth_cost::{Decimal, Percentile};
    ///
    /// let median = Percentile::new(Decimal::from(50))?;
    /// assert_eq!(median.rank(7), 4);
    /// assert_eq!(
    ///     Percentile::new(Decimal::ZERO).unwrap_err().to_string(),
    ///     "a percentile can't be 0: pass one above 0 and at most 100",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(percent: Decimal) -> Result<Self, Error> {
        if percent <= Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            return Err(UsageError::PercentileOutOfRange { percent }.into());
        }
        Ok(Self { percent: percent.normalize(), rule: PercentileRule::NearestRank })
    }

    /// Returns the same percentile by another rule.
    ///
    /// ```
    /// use bandwidth_cost::{Percentile, PercentileRule};
    ///
    /// let rrdtool = Percentile::P95.with_rule(PercentileRule::RoundedPosition);
    /// assert_eq!(rrdtool.rank(8_064), 7_661);
    /// ```
    #[must_use]
    pub const fn with_rule(self, rule: PercentileRule) -> Self {
        Self { rule, ..self }
    }

    /// Returns the percentile, above 0 and at most 100.
    ///
    /// ```
    /// use bandwidth_cost::{Decimal, Percentile};
    ///
    /// assert_eq!(Percentile::P95.percent(), Decimal::from(95));
    /// ```
    #[must_use]
    pub const fn percent(self) -> Decimal {
        self.percent
    }

    /// Returns the rule that finds the slot.
    ///
    /// ```
    /// use bandwidth_cost::{Percentile, PercentileRule};
    ///
    /// assert_eq!(Percentile::P95.rule(), PercentileRule::NearestRank);
    /// ```
    #[must_use]
    pub const fn rule(self) -> PercentileRule {
        self.rule
    }

    /// Returns the exact position of the percentile among `slots` slots in ascending order, counted from
    /// 1; zero if there are no slots.
    ///
    /// It is whole, unless the rule interpolates between two slots.
    ///
    /// ```
    /// use bandwidth_cost::{Percentile, PercentileRule};
    ///
    /// let spreadsheet = Percentile::P95.with_rule(PercentileRule::LinearInclusive);
    /// assert_eq!(spreadsheet.position(10).to_string(), "9.55");
    /// assert_eq!(Percentile::P95.position(10).to_string(), "10");
    /// ```
    #[must_use]
    pub fn position(self, slots: usize) -> Ratio {
        self.wide_position(slots as u128)
    }

    pub(super) fn wide_position(self, slots: u128) -> Ratio {
        let p = &Ratio::from(self.percent) * &Ratio::fraction(false, 1, 100);
        let n = Ratio::from(slots);
        let position = match self.rule {
            PercentileRule::LinearInclusive => &p * &(n.clone() - Ratio::ONE) + Ratio::ONE,
            PercentileRule::LinearExclusive => &p * &(n.clone() + Ratio::ONE),
            _ => Ratio::from(self.wide_rank(slots)),
        };
        position.max(Ratio::ONE).min(n)
    }

    /// Returns the rank of the billed slot among `slots` slots in ascending order, counted from 1: the
    /// [`position`](Self::position), rounded up. Zero if there are no slots.
    ///
    /// ```
    /// use bandwidth_cost::Percentile;
    ///
    /// assert_eq!(Percentile::P95.rank(8_640), 8_208);
    /// assert_eq!(Percentile::P95.rank(1), 1);
    /// ```
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a rank is at most the slots"
    )]
    pub fn rank(self, slots: usize) -> usize {
        let rank = self.wide_rank(slots as u128);
        usize::try_from(rank).expect("a rank is at most the number of slots")
    }

    #[expect(
        clippy::arithmetic_side_effects,
        clippy::cast_sign_loss,
        clippy::expect_used,
        reason = "the percentile is above 0 and has at most 28 places; a portion of one slot less \
                  leaves room for one more; a position is from 0 to the number of slots"
    )]
    pub(super) fn wide_rank(self, slots: u128) -> u128 {
        use RoundingStrategy::{
            MidpointAwayFromZero, MidpointNearestEven, ToPositiveInfinity, ToZero,
        };
        let p_times = |slots, strategy| {
            let hundred = 100 * 10_u128.pow(self.percent.scale());
            portion(slots, self.percent.mantissa() as u128, hundred, strategy)
        };
        let rank = match self.rule {
            PercentileRule::NearestRank => p_times(slots, ToPositiveInfinity),
            // n − ⌈(1 − p)·n⌉ = ⌊p·n⌋
            PercentileRule::DiscardRoundedUp => p_times(slots, ToZero),
            PercentileRule::RoundedRank => p_times(slots, MidpointAwayFromZero),
            PercentileRule::RoundedEvenRank => p_times(slots, MidpointNearestEven),
            PercentileRule::RoundedPosition => {
                p_times(slots.saturating_sub(1), MidpointAwayFromZero) + 1
            }
            PercentileRule::LinearInclusive | PercentileRule::LinearExclusive => {
                let rank = self.wide_position(slots).scaled(0, ToPositiveInfinity);
                u128::try_from(rank).expect("a position is from 0 to the number of slots")
            }
        };
        rank.max(1).min(slots)
    }

    const FORM: &str = "a percentile such as 95th percentile, or 95th percentile by rounded rank";

    fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        let start = scanner.at();
        let number = scanner.number(Sign::Refused, Self::FORM)?;
        let text = scanner.since(start);
        let ordinal = ["th percentile", "st percentile", "nd percentile", "rd percentile"];
        if !ordinal.into_iter().any(|ending| scanner.skip(ending)) {
            return Err(scanner.missing("`th percentile`", Self::FORM).into());
        }
        let out_of_range = || {
            let write = "a percentile above 0 and at most 100";
            Error::from(TextError::Unexpected { found: clip(text), at: start, expected: write })
        };
        let percentile = match to_decimal(&number) {
            Some(percent) => Self::new(percent).map_err(|_| out_of_range())?,
            None if digits_to_u128(number.whole).is_none_or(|whole| whole > 100) => {
                return Err(out_of_range());
            }
            None => {
                let expected = "at most 26 decimal places";
                return Err(TextError::TooPrecise {
                    text: clip(text),
                    what: "percentile",
                    expected,
                }
                .into());
            }
        };
        if !scanner.skip(" by ") {
            return Ok(percentile);
        }
        Ok(percentile.with_rule(PercentileRule::scan(scanner)?))
    }
}

fn to_decimal(number: &Number<'_>) -> Option<Decimal> {
    let digits = number.digits().parse().ok()?;
    let places = u32::try_from(number.fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(digits, places).ok()
}

impl PercentileRule {
    /// All rules, in the order of the table above.
    ///
    /// ```
    /// use bandwidth_cost::{Percentile, PercentileRule};
    ///
    /// let ranks = PercentileRule::ALL.map(|rule| Percentile::P95.with_rule(rule).rank(8_928));
    /// assert_eq!(ranks, [8_482, 8_481, 8_482, 8_482, 8_482, 8_482, 8_483]);
    /// ```
    pub const ALL: [Self; 7] = [
        Self::NearestRank,
        Self::DiscardRoundedUp,
        Self::RoundedRank,
        Self::RoundedEvenRank,
        Self::RoundedPosition,
        Self::LinearInclusive,
        Self::LinearExclusive,
    ];

    /// Returns whether a position by the rule may be between two slots.
    pub(crate) const fn interpolates(self) -> bool {
        matches!(self, Self::LinearInclusive | Self::LinearExclusive)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::NearestRank => "nearest rank",
            Self::DiscardRoundedUp => "discard rounded up",
            Self::RoundedRank => "rounded rank",
            Self::RoundedEvenRank => "rounded even rank",
            Self::RoundedPosition => "rounded position",
            Self::LinearInclusive => "linear inclusive",
            Self::LinearExclusive => "linear exclusive",
        }
    }

    fn scan(scanner: &mut Scanner<'_>) -> Result<Self, Error> {
        scanner.one_of("rule", Self::ALL, Self::name, Self::FORM)
    }

    const FORM: &str = "nearest rank, discard rounded up, rounded rank, rounded even rank, rounded \
                        position, linear inclusive or linear exclusive";
}

impl FromStr for Percentile {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let percentile = Self::scan(&mut scanner)?;
        scanner.finish(Self::FORM)?;
        Ok(percentile)
    }
}

impl FromStr for PercentileRule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let rule = Self::scan(&mut scanner)?;
        scanner.finish(Self::FORM)?;
        Ok(rule)
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { percent, rule } = *self;
        let last_two = percent.mantissa() % 100;
        let ending = match (last_two, last_two % 10) {
            _ if percent.scale() > 0 => "th",
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        let mut text = format!("{percent}{ending} percentile");
        if rule != PercentileRule::NearestRank {
            text = format!("{text} by {rule}");
        }
        f.pad(&text)
    }
}

impl fmt::Debug for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for PercentileRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
