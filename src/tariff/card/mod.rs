//! [`RateCard`]: the tariffs of one link.

mod billing;
mod charges;
mod check;
#[cfg(feature = "serde")]
pub(super) mod text;

use self::charges::Charges;
pub use self::check::CardWarning;
#[cfg(feature = "toml")]
use self::text::CardText;

use super::{Direction, Tariff, TariffError};
#[cfg(feature = "toml")]
use crate::usage::Baseline;
use crate::{
    Error, Place,
    text::clip,
    usage::{BillingCycle, UsageError},
};
use core::time::Duration;
use jiff::{civil::Date, tz::TimeZone};
#[cfg(feature = "toml")]
use std::collections::BTreeMap;

/// The tariffs that apply to one link: a contract, as a person writes it in TOML.
///
/// ```
/// # #[cfg(feature = "toml")]
/// # {
/// use bandwidth_cost::{DataRate, RateCard, UsageSeries, jiff::Timestamp};
/// use core::time::Duration;
/// use std::collections::BTreeMap;
///
/// let contract = r#"
/// time_zone = "Asia/Karachi"
/// direction = "higher"
///
/// [[tariff]]
/// name = "transit"
/// measure = "95th percentile"
/// commitment = "1 Gbps"
/// graduated = [
///     { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps" },
///     { price = "0.50 USD per 1 Mbps" },
/// ]
///
/// [[tariff]]
/// name = "port"
/// measure = "peak rate"
/// price = "0 USD per 1 Mbps"
/// fixed_fee = "250 USD"
/// "#;
/// let card = RateCard::from_toml(contract, &BTreeMap::new())?;
///
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let rates = [DataRate::from_mbps(2_400); 288];
/// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
/// // 2,000 at 0.80, 400 at 0.50, and the port.
/// assert_eq!(card.bill(&series)?.total()?.to_string(), "2050 USD");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # The file
///
/// | key | meaning |
/// | --- | --- |
/// | `time_zone` | the zone of months, days and times of day: an IANA name; `UTC` if left out |
/// | `billing_day` | the day on which months begin, a number from 1 to 28; 1 if left out |
/// | `interval` | the length of the slots that the contract counts, such as `5 min`; a series with another is refused |
/// | `begins`, `ends` | the first and the last day of service, such as `2025-03-15`: a month in part is billed for its days |
/// | `direction` | the direction of a link that is billed: `inbound`, `outbound`, `sum`, `slot_max` or `higher`; `sum` if left out |
/// | `minimum`, `maximum` | money: the least and the most that all tariffs together cost; all must be in its currency |
/// | `[[tariff]]` | one or more, each with a name of its own |
/// | `[[adjustment]]` | any number, in order: see [`Adjustment`](crate::tariff::Adjustment) |
///
/// Of a tariff:
///
/// | key | meaning |
/// | --- | --- |
/// | `name` | the name on the bill |
/// | `measure` | `total volume`, `excess volume`; `95th percentile` (or another, or `95th percentile by rounded rank` for another rule), `peak rate`, `mean rate`, `mean of daily peaks` |
/// | `baseline` | for `excess volume`: a rate, or the name of a baseline that the program supplies |
/// | `inline_baseline` | instead, a baseline as [serde](crate::Baseline#serde) writes it |
/// | `direction` | the direction that the tariff measures; the card's if left out |
/// | `hours` | the times of day that are measured, such as `22:00 to 06:00`; all if left out |
/// | `days` | the days of the week that are measured, such as `Mon to Fri` or `Sat, Sun`; all if left out |
/// | `price` | one price; instead of it, one of: |
/// | `graduated` | a list of tiers, each part of the quantity at its own tier's price |
/// | `all_units` | a list of tiers, the whole quantity at the price of the tier that it falls in |
/// | `allowance`, `increment`, `commitment` | quantities, as in [`Schedule`](crate::Schedule) |
/// | `fixed_fee`, `minimum`, `maximum` | money, as in [`Schedule`](crate::Schedule) |
/// | `[[tariff.change]]` | prices from a day on: `from`, and one of `price`, `graduated` and `all_units` |
///
/// A tier is `{ up_to = "10 TB", price = "…" }` or `{ below = "10 TB", price = "…" }`, and may have a
/// `fee`, with a price or alone. The last tier has neither `up_to` nor `below`.
///
/// A tariff without `measure` is its `fixed_fee` alone.
///
/// Of an adjustment:
///
/// | key | meaning |
/// | --- | --- |
/// | `name` | the name on the bill |
/// | `amount` | money, negative for a credit; instead of it: |
/// | `percent` | a percentage, such as `15%` or `-2.5%`, of the lines before it |
/// | `of` | for a percentage: the names of the tariffs and the adjustments above it that it is of |
/// | `on` | a local day, such as `2025-03-03`: only the bill with this day has the adjustment |
///
/// Editors complete and check these keys by the schema `rate_card.schema.json`, which is in the folder of
/// the crate: with `#:schema path/to/rate_card.schema.json` as the first line of a card, for one.
///
/// # Times of day
///
/// A slot counts for a tariff with `hours` or `days` if clocks in the card's time zone show a time in them
/// when it begins. `hours` may go on over midnight, and their end is not part of them. `days` are the dates
/// of the slots themselves, so that the night from Friday to Saturday is of two days. `hours` must begin and
/// end where slots do. A percentile is of the slots that count, and the coverage of a bill is not lowered.
/// [`check`](Self::check) finds times that no tariff measures, or two do.
///
/// # Changes of prices
///
/// A change has prices alone. Allowance, increment, commitment, fixed fee, minimum and maximum are the
/// month's. By volume, the quantity of the month goes on over a change, so that tiers count the month: see
/// [`Tariff::with_volume_change`]. By rate, the measure is of the whole month, and each price is charged for
/// its days: see [`Tariff::with_rate_change`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateCard {
    pub(super) time_zone: TimeZone,
    pub(super) cycle: BillingCycle,
    /// Any, if there is none.
    pub(super) interval: Option<Duration>,
    pub(super) direction: Direction,
    /// The first and the last local day of service; `ends` is not before `begins`.
    pub(super) begins: Option<Date>,
    pub(super) ends: Option<Date>,
    /// At least one, each with a name of its own.
    pub(super) tariffs: Vec<Tariff>,
    charges: Charges,
}

impl RateCard {
    /// Creates a card of the given tariffs, with the months and days of UTC, that bills the sum of both
    /// directions.
    ///
    /// # Errors
    ///
    /// - [`TariffError::Empty`] if there are no tariffs.
    /// - [`TariffError::RepeatedTariff`] if two tariffs have the same name.
    /// - [`PriceError::NegativeAmount`](crate::price::PriceError::NegativeAmount) for a tariff of a fee
    ///   alone, below zero, and [`TariffError::FeeMeasured`] for one with a direction or a window.
    /// - [`TariffError::NoName`] for a tariff with an empty name, with its number as the [`Place`].
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff};
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// assert_eq!(RateCard::new([port])?.tariffs().len(), 1);
    /// assert_eq!(
    ///     RateCard::new([]).unwrap_err().to_string(),
    ///     "a rate card can't be empty: write at least one tariff",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(tariffs: impl IntoIterator<Item = Tariff>) -> Result<Self, Error> {
        let tariffs: Vec<Tariff> = tariffs.into_iter().collect();
        if tariffs.is_empty() {
            return Err(TariffError::Empty { whole: "rate card", part: "tariff" }.into());
        }
        if let Some((number, _)) = (1..).zip(&tariffs).find(|(_, tariff)| tariff.name().is_empty())
        {
            let no_name = Error::from(TariffError::NoName { part: "tariff" });
            return Err(no_name.at(Place::TariffNumber(number)));
        }
        let mut names: Vec<&str> = tariffs.iter().map(Tariff::name).collect();
        names.sort_unstable();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        if let Some((name, _)) = pairs.find(|(name, next)| name == next) {
            return Err(TariffError::RepeatedTariff { name: clip(name) }.into());
        }
        for tariff in &tariffs {
            tariff.check()?;
        }
        Ok(Self {
            time_zone: TimeZone::UTC,
            cycle: BillingCycle::months(),
            interval: None,
            direction: Direction::default(),
            begins: None,
            ends: None,
            tariffs,
            charges: Charges::default(),
        })
    }

    /// Reads a card from the text of a TOML file: see [the file](Self#the-file).
    ///
    /// A card may name the given `baselines`.
    ///
    /// # Errors
    ///
    /// - [`TariffError::CardSyntax`], at its line, if the text is not TOML, a key is unknown, or its
    ///   value is of another type.
    /// - The error of a value, with its tariff and key as the [`Place`].
    /// - The errors of [`new`](Self::new).
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate, RateCard};
    /// use std::collections::BTreeMap;
    ///
    /// let text = r#"
    /// [[tariff]]
    /// name = "disruption"
    /// measure = "excess volume"
    /// baseline = "usual"
    /// price = "10000 USD per 1 Tbps for 1 min"
    /// "#;
    /// let usual = Baseline::constant(DataRate::from_gbps(5_650));
    /// let card = RateCard::from_toml(text, &BTreeMap::from([("usual".to_owned(), usual)]))?;
    /// assert_eq!(card.tariffs()[0].name(), "disruption");
    ///
    /// assert_eq!(
    ///     RateCard::from_toml(text, &BTreeMap::new()).unwrap_err().to_string(),
    ///     "tariff `disruption`, `baseline`: no baseline is named `usual`: write a rate such as \
    ///      5 Tbps",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str, baselines: &BTreeMap<String, Baseline>) -> Result<Self, Error> {
        let card: CardText = toml::from_str(text).map_err(|error| {
            // A key that is missing at the end is missing after the last line.
            let at = error.span().map_or(0, |span| span.start.min(text.trim_end().len()));
            let before = text.bytes().take(at).filter(|&byte| byte == b'\n').count();
            let written = text.lines().nth(before).map_or("", str::trim);
            let problem = problem(error.message()).to_owned();
            Error::from(TariffError::CardSyntax { text: clip(written), problem })
                .at(Place::Line((before as u64).saturating_add(1)))
        })?;
        card.build(&|name| {
            baselines.get(name).cloned().ok_or_else(|| {
                let known = baselines.keys().map(|name| clip(name)).collect();
                Error::from(TariffError::UnknownBaseline { name: clip(name), known })
            })
        })
    }

    /// Sets the time zone of months and days.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff, jiff::tz::TimeZone};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_time_zone(TimeZone::get("Asia/Karachi")?);
    /// assert_eq!(card.time_zone().iana_name(), Some("Asia/Karachi"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_time_zone(mut self, time_zone: TimeZone) -> Self {
        self.time_zone = time_zone;
        self
    }

    /// Sets the local day on which months begin.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff, usage::BillingCycle};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_billing_cycle(BillingCycle::from_day(21)?);
    /// assert_eq!(card.billing_cycle().day(), 21);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_billing_cycle(mut self, cycle: BillingCycle) -> Self {
        self.cycle = cycle;
        self
    }

    /// Sets the length of the slots that the contract counts. A series with slots of another length is
    /// refused.
    ///
    /// # Errors
    ///
    /// [`UsageError::ZeroInterval`] for slots of zero length.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries};
    /// # use bandwidth_cost::jiff::Timestamp;
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_interval(Duration::from_secs(300))?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3_600);
    /// let hours = UsageSeries::from_rates(start, hour, [DataRate::from_mbps(100); 24])?;
    /// assert_eq!(
    ///     card.bill(&hours).unwrap_err().to_string(),
    ///     "`interval`: the contract's slots are 5 min long, and the series' are 1 h: pass a series of \
    ///      such slots, which resample makes of shorter ones",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_interval(mut self, interval: Duration) -> Result<Self, Error> {
        if interval.is_zero() {
            return Err(UsageError::ZeroInterval.into());
        }
        self.interval = Some(interval);
        Ok(self)
    }

    /// Sets the first local day of service: nothing is measured before it, and the month that has it is
    /// billed for the days from it on.
    ///
    /// # Errors
    ///
    /// [`TariffError::EndsBeforeBegins`] if the last day of service is before it.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries};
    /// # use bandwidth_cost::jiff::{Timestamp, civil::date};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_begins(date(2025, 3, 15))?;
    /// let start: Timestamp = "2025-03-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_rates(start, day, [DataRate::from_mbps(310); 31])?;
    /// let march = &card.bill_months(&series)?[0].1;
    /// assert_eq!(march.total()?.to_string(), "136 USD"); // 17/31 of 248 USD
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_begins(mut self, day: Date) -> Result<Self, Error> {
        self.begins = Some(day);
        self.in_order()
    }

    /// Sets the last local day of service: nothing is measured after it, and the month that has it is
    /// billed for the days up to it.
    ///
    /// # Errors
    ///
    /// [`TariffError::EndsBeforeBegins`] if it is before the first day of service.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff, jiff::civil::date};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_begins(date(2025, 3, 15))?;
    /// assert_eq!(
    ///     card.with_ends(date(2025, 3, 14)).unwrap_err().to_string(),
    ///     "a contract can't end on 2025-03-14, before it begins on 2025-03-15: write a last day that is \
    ///      not before the first",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_ends(mut self, day: Date) -> Result<Self, Error> {
        self.ends = Some(day);
        self.in_order()
    }

    fn in_order(self) -> Result<Self, Error> {
        match (self.begins, self.ends) {
            (Some(begins), Some(ends)) if ends < begins => {
                Err(TariffError::EndsBeforeBegins { begins, ends }.into())
            }
            _ => Ok(self),
        }
    }

    /// Sets the direction of a link that is billed by the tariffs that have none of their own.
    ///
    /// ```
    /// # use bandwidth_cost::{Direction, RateCard, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?.with_direction(Direction::Higher);
    /// assert_eq!(card.direction(), Direction::Higher);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Returns the time zone of months and days.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?;
    /// assert_eq!(card.time_zone().iana_name(), Some("UTC"));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// Returns the day on which months begin.
    ///
    /// See [`with_billing_cycle`](Self::with_billing_cycle) for an example.
    #[must_use]
    pub const fn billing_cycle(&self) -> BillingCycle {
        self.cycle
    }

    /// Returns the length of the contract's slots, or `None` if a series may have any.
    ///
    /// See [`with_interval`](Self::with_interval) for an example.
    #[must_use]
    pub const fn interval(&self) -> Option<Duration> {
        self.interval
    }

    /// Returns the first local day of service, or `None` if there is none.
    ///
    /// See [`with_begins`](Self::with_begins) for an example.
    #[must_use]
    pub const fn begins(&self) -> Option<Date> {
        self.begins
    }

    /// Returns the last local day of service, or `None` if there is none.
    ///
    /// See [`with_ends`](Self::with_ends) for an example.
    #[must_use]
    pub const fn ends(&self) -> Option<Date> {
        self.ends
    }

    /// Returns the direction of a link that is billed by the tariffs that have none of their own.
    ///
    /// ```
    /// # use bandwidth_cost::{Direction, RateCard, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?;
    /// assert_eq!(card.direction(), Direction::Sum);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn direction(&self) -> Direction {
        self.direction
    }

    /// Returns the tariffs.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let card = RateCard::new([port])?;
    /// let names: Vec<&str> = card.tariffs().iter().map(Tariff::name).collect();
    /// assert_eq!(names, ["port"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn tariffs(&self) -> &[Tariff] {
        &self.tariffs
    }
}

/// Returns what the reader says, without the words that are about its types.
#[cfg(feature = "toml")]
fn problem(message: &str) -> &str {
    let of_list = message.strip_prefix("invalid type: map, expected a list: ");
    of_list.unwrap_or(message)
}
