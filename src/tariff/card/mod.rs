//! [`RateCard`]: the tariffs of one link.

mod charges;
#[cfg(feature = "serde")]
pub(super) mod text;

use self::charges::Charges;
#[cfg(feature = "toml")]
use self::text::CardText;
use super::{
    Direction, Statement, Tariff, TariffError,
    bill::{Days, Period},
};
use crate::{
    Error,
    number::Share,
    text::clip,
    usage::{BillingCycle, LinkUsage, UsageSeries},
};
#[cfg(feature = "toml")]
use crate::{Place, usage::Baseline};
use core::cmp::Ordering;
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
/// | `time_zone` | the zone of months and days: an IANA name; `UTC` if left out |
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
/// | `price` | one price; instead of it, one of: |
/// | `graduated` | a list of tiers, each part of the quantity at its own tier's price |
/// | `all_units` | a list of tiers, the whole quantity at the price of the tier that it falls in |
/// | `allowance`, `increment`, `commitment` | quantities, as in [`Schedule`](crate::Schedule) |
/// | `fixed_fee`, `minimum`, `maximum` | money, as in [`Schedule`](crate::Schedule) |
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateCard {
    pub(super) time_zone: TimeZone,
    pub(super) direction: Direction,
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
    ///   alone, below zero.
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
        let mut names: Vec<&str> = tariffs.iter().map(Tariff::name).collect();
        names.sort_unstable();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        if let Some((name, _)) = pairs.find(|(name, next)| name == next) {
            return Err(TariffError::RepeatedTariff { name: clip(name) }.into());
        }
        for tariff in &tariffs {
            tariff.check()?;
        }
        let (time_zone, direction) = (TimeZone::UTC, Direction::default());
        Ok(Self { time_zone, direction, tariffs, charges: Charges::default() })
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

    /// Sets the direction of a link that is billed.
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

    /// Returns the direction of a link that is billed.
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

    /// Bills a series, which is one billing period, by each tariff.
    ///
    /// # Errors
    ///
    /// The errors of [`Tariff::bill`].
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let card = RateCard::new([port])?;
    /// assert_eq!(card.bill(&series)?.total()?.to_string(), "80 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill(&self, series: &UsageSeries) -> Result<Statement, Error> {
        self.bill_part(series, Share::ONE)
    }

    /// Bills a series that is a part of a billing period, as [`Tariff::bill_part`] does.
    ///
    /// # Errors
    ///
    /// The errors of [`Tariff::bill`].
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let card = RateCard::new([port])?;
    /// let bill = card.bill_part(&series, Share::new(1, 31)?)?;
    /// assert_eq!(bill.total()?.to_string(), "80/31 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_part(&self, series: &UsageSeries, in_service: Share) -> Result<Statement, Error> {
        self.statement(series, None, in_service, Period::new(series, &self.time_zone))
    }

    /// Bills each calendar month of the card's time zone by itself, with its first day.
    ///
    /// A month that was measured only in part is billed as a whole one for what was measured, and
    /// [`coverage`](Statement::coverage) says which share of the whole month that is. A month in which
    /// nothing was measured is an error, because its bill can't be known.
    ///
    /// # Errors
    ///
    /// The errors of [`Tariff::bill`].
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = (1..=59).map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(86_400), rates)?;
    /// let months = card.bill_months(&series)?;
    /// let (february, statement) = &months[1];
    /// assert_eq!(february.to_string(), "2025-02-01");
    /// assert_eq!(statement.total()?.to_string(), "47.2 USD"); // 59 Mbps
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_months(&self, series: &UsageSeries) -> Result<Vec<(Date, Statement)>, Error> {
        let cycle = BillingCycle::months();
        let mut expected = Some(series.first_period(&cycle, &self.time_zone));
        let mut bills = Vec::new();
        for (first, month) in series.by_period(&cycle, &self.time_zone) {
            if let Some(missing) = expected.filter(|expected| *expected < first) {
                return Err(TariffError::MonthNotMeasured { month: missing }.into());
            }
            let coverage = month.coverage_of(first, &cycle, &self.time_zone);
            expected = cycle.next(first);
            let last = expected.and_then(|next| next.yesterday().ok());
            let days = Days { first, last: last.unwrap_or(Date::MAX) };
            let period = Period::new(&month, &self.time_zone).of(days, coverage);
            bills.push((first, self.statement(&month, None, Share::ONE, period)?));
        }
        match expected {
            Some(missing) if series.begins_in_or_after(missing, &self.time_zone) => {
                Err(TariffError::MonthNotMeasured { month: missing }.into())
            }
            _ => Ok(bills),
        }
    }

    /// Bills a link by the card's [`direction`](Self::direction). Of two equal bills, the inbound one
    /// counts as the dearer.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`](crate::usage::UsageError::SlotsMismatch) if both directions
    ///   count and their slots differ, and [`UsageError::TooLarge`](crate::usage::UsageError::TooLarge)
    ///   if their sum is too large.
    /// - [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) if the dearer bill
    ///   is kept and the card has more than one currency.
    /// - The errors of [`Tariff::bill`].
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Direction, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    ///     jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |mbps: [u64; 2]| {
    ///     let rates = mbps.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let link = LinkUsage { inbound: series([900, 500])?, outbound: series([80, 700])? };
    /// let bill = |direction| {
    ///     card.clone().with_direction(direction).bill_link(&link)?.total().map(|c| c.to_string())
    /// };
    /// assert_eq!(bill(Direction::Sum)?, "960 USD"); // 500 + 700
    /// assert_eq!(bill(Direction::SlotMax)?, "720 USD"); // 900
    /// assert_eq!(bill(Direction::Outbound)?, "560 USD"); // 700
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_link(&self, link: &LinkUsage) -> Result<Statement, Error> {
        let LinkUsage { inbound, outbound } = link;
        let bill = |series: &UsageSeries, direction| {
            let period = Period::new(series, &self.time_zone);
            self.statement(series, Some(direction), Share::ONE, period)
        };
        match self.direction {
            Direction::Inbound => bill(inbound, Direction::Inbound),
            Direction::Outbound => bill(outbound, Direction::Outbound),
            Direction::Sum => bill(&inbound.sum_with(outbound)?, Direction::Sum),
            Direction::SlotMax => bill(&inbound.max_with(outbound)?, Direction::SlotMax),
            Direction::Higher => {
                inbound.check_aligned(outbound)?;
                let inward = bill(inbound, Direction::Inbound)?;
                let outward = bill(outbound, Direction::Outbound)?;
                let order = inward.total()?.partial_cmp(&outward.total()?);
                Ok(if order == Some(Ordering::Less) { outward } else { inward })
            }
        }
    }

    fn statement(
        &self,
        series: &UsageSeries,
        direction: Option<Direction>,
        in_service: Share,
        period: Period,
    ) -> Result<Statement, Error> {
        let mut lines = Vec::new();
        for tariff in &self.tariffs {
            lines.extend(tariff.lines(series, &self.time_zone, direction, in_service)?);
        }
        lines.extend(self.bound_line(&lines, in_service));
        Ok(Statement::new(period, lines).adjusted(&self.charges.adjustments))
    }
}

/// Returns what the reader says, without the words that are about its types.
#[cfg(feature = "toml")]
fn problem(message: &str) -> &str {
    let of_list = message.strip_prefix("invalid type: map, expected a list: ");
    of_list.unwrap_or(message)
}
