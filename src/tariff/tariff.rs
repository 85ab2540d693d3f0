//! [`Tariff`]: a named meter and schedule.

use super::{lines::Traffic, prices::Prices};
use crate::{
    Error,
    money::{Currency, Money},
    number::Share,
    price::{not_negative, schedule::Schedule},
    quantity::{DataRate, DataVolume},
    tariff::{
        Direction, RateMeter, Statement, TariffError, VolumeMeter,
        bill::{Days, Period},
    },
    text::clip,
    usage::{UsageSeries, Window},
};
use core::time::Duration;
use jiff::{civil::Date, tz::TimeZone};

/// A named charge for a link's traffic: a meter that measures it, and a schedule that prices the
/// measure.
///
/// ```
/// use bandwidth_cost::{
///     DataRate, Percentile, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
/// };
/// use core::time::Duration;
///
/// let transit = Tariff::by_rate(
///     "transit",
///     RateMeter::Percentile(Percentile::P95),
///     Schedule::flat("0.80 USD per 1 Mbps".parse()?),
/// );
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let rates = [100, 200, 900].map(DataRate::from_mbps);
/// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
/// assert_eq!(transit.bill(&series)?.total()?.to_string(), "720 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    name: String,
    /// The card's, if there is none.
    direction: Option<Direction>,
    /// All times, if there is none.
    window: Option<Window>,
    basis: Basis,
}

/// The quantity that a tariff measures and prices.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Basis {
    Volume(VolumeMeter, Prices<DataVolume>),
    Rate(RateMeter, Prices<DataRate>),
    /// A fee, for which nothing is measured.
    Fee(Money),
}

impl Tariff {
    /// Creates a tariff that prices a volume.
    ///
    /// ```
    /// use bandwidth_cost::{Schedule, Tariff, VolumeMeter};
    ///
    /// let price = "0.09 USD per 1 GB".parse()?;
    /// let egress = Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(price));
    /// assert_eq!(egress.name(), "egress");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn by_volume(
        name: impl Into<String>,
        meter: VolumeMeter,
        schedule: Schedule<DataVolume>,
    ) -> Self {
        Self::new(name.into(), Basis::Volume(meter, Prices::new(schedule)))
    }

    /// Creates a tariff that prices a rate; its prices are per billing period.
    ///
    /// ```
    /// use bandwidth_cost::{RateMeter, Schedule, Tariff};
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// assert_eq!(port.name(), "port");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn by_rate(
        name: impl Into<String>,
        meter: RateMeter,
        schedule: Schedule<DataRate>,
    ) -> Self {
        Self::new(name.into(), Basis::Rate(meter, Prices::new(schedule)))
    }

    /// Creates a tariff of a fee alone, for which nothing is measured: a port, a licence.
    ///
    /// The fee is charged once in each bill, however long its period is: see
    /// [`RateCard::bill_months`](crate::RateCard::bill_months) for a fee in each month.
    ///
    /// A fee below zero can't be billed: a credit is an [`Adjustment`](crate::tariff::Adjustment).
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use bandwidth_cost::DataRate;
    /// # use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let transit = Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    /// let port = Tariff::fee("port", "250 USD".parse()?);
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = RateCard::new([transit, port])?.bill(&series)?;
    /// assert_eq!(bill.total()?.to_string(), "330 USD"); // 80 and 250
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fee(name: impl Into<String>, fee: Money) -> Self {
        Self::new(name.into(), Basis::Fee(fee))
    }

    pub(crate) const fn new(name: String, basis: Basis) -> Self {
        Self { name, direction: None, window: None, basis }
    }

    /// Sets the direction of a link that is measured, instead of that of the [`RateCard`](crate::RateCard).
    /// A series that is billed by itself has no direction.
    ///
    /// A fee alone has none either: [`RateCard::new`](crate::RateCard::new) refuses one with a direction,
    /// and so does [`bill`](Self::bill).
    ///
    /// ```
    /// # use bandwidth_cost::{Direction, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))
    ///     .with_direction(Direction::Outbound);
    /// assert_eq!(port.direction(), Some(Direction::Outbound));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn with_direction(mut self, direction: Direction) -> Self {
        self.direction = Some(direction);
        self
    }

    /// Sets the window of local times that are measured: the slots that begin outside it are left out.
    ///
    /// The window must begin and end where slots do. Its local times are those of the card's time zone,
    /// or of UTC if the tariff bills by itself. It does not lower the coverage of a bill.
    ///
    /// A fee alone has no window: [`RateCard::new`](crate::RateCard::new) refuses one with a window, and so
    /// does [`bill`](Self::bill).
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tariff, UsageSeries, VolumeMeter, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let price = "0.045 USD per 1 GB".parse()?;
    /// let night = Tariff::by_volume("night", VolumeMeter::Total, Schedule::flat(price))
    ///     .with_window("22:00 to 06:00".parse()?);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3600);
    /// let day = UsageSeries::from_rates(start, hour, [DataRate::from_gbps(8); 24])?;
    /// let bill = night.bill(&day)?;
    /// assert_eq!(bill.total()?.to_string(), "1296 USD"); // 8 hours, 28.8 TB
    /// assert_eq!(bill.coverage(), bandwidth_cost::Share::ONE);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }

    /// Adds other prices for a volume, from a local day on. Changes are added in their order.
    ///
    /// The day is one of the card's time zone, or of UTC in [`bill`](Self::bill).
    ///
    /// The quantity of the month goes on over a change. What is used from the day on costs the new prices
    /// of the quantity so far with it, less the new prices of the quantity so far. Allowance, increment,
    /// fixed fee, commitment, minimum and maximum are the month's: the allowance is used first, the
    /// increment rounds the quantity so far up, and the rest of a commitment has the last prices of the
    /// month.
    ///
    /// # Errors
    ///
    /// - [`TariffError::ChangeOrder`] if the day does not come after that of the change before.
    /// - [`TariffError::ChangeTerms`] if the schedule has more than prices.
    /// - [`TariffError::ChangeOfOther`] if the tariff is by rate, and [`TariffError::ChangeOfFee`] if it is
    ///   a fee alone.
    /// - [`PriceError::TwoCurrencies`](crate::price::PriceError::TwoCurrencies) if the prices are in another
    ///   currency.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tariff, UsageSeries, VolumeMeter};
    /// use bandwidth_cost::jiff::{Timestamp, civil::date};
    /// use core::time::Duration;
    ///
    /// let [old, new] = ["0.09 USD per 1 GB", "0.08 USD per 1 GB"].map(|price| price.parse());
    /// let egress = Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(old?))
    ///     .with_volume_change(date(2025, 1, 2), Schedule::flat(new?))?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3600);
    /// let series = UsageSeries::from_rates(start, hour, [DataRate::from_gbps(8); 48])?;
    /// let bill = egress.bill(&series)?;
    /// let amounts: Vec<String> = bill.lines().iter().map(|l| l.amount().to_string()).collect();
    /// assert_eq!(amounts, ["7776 USD", "6912 USD"]); // 86.4 TB on each day
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_volume_change(
        mut self,
        from: Date,
        prices: Schedule<DataVolume>,
    ) -> Result<Self, Error> {
        match &mut self.basis {
            Basis::Volume(_, all) => all.change(from, &prices)?,
            Basis::Fee(_) => return Err(TariffError::ChangeOfFee { from }.into()),
            Basis::Rate(..) => {
                let (found, measured) = ("volume", "rate");
                return Err(TariffError::ChangeOfOther { from, found, measured }.into());
            }
        }
        Ok(self)
    }

    /// Adds other prices for a rate, from a local day on. Changes are added in their order.
    ///
    /// The day is one of the card's time zone, or of UTC in [`bill`](Self::bill).
    ///
    /// The rate is measured once for the whole month, and each of the prices is charged for the days on
    /// which it holds. Allowance, increment, fixed fee, commitment, minimum and maximum are the month's:
    /// the allowance and the increment are of the rate, before the days.
    ///
    /// # Errors
    ///
    /// The errors of [`with_volume_change`](Self::with_volume_change); [`TariffError::ChangeOfOther`] if the
    /// tariff is by volume.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries};
    /// use bandwidth_cost::jiff::{Timestamp, civil::date};
    /// use core::time::Duration;
    ///
    /// let [old, new] = ["0.80 USD per 1 Mbps", "0.70 USD per 1 Mbps"].map(|price| price.parse());
    /// let transit = Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(old?))
    ///     .with_rate_change(date(2025, 6, 16), Schedule::flat(new?))?;
    /// let start: Timestamp = "2025-06-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_rates(start, day, [DataRate::from_gbps(2); 30])?;
    /// assert_eq!(transit.bill(&series)?.total()?.to_string(), "1500 USD"); // 1600 and 1400, half each
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_rate_change(
        mut self,
        from: Date,
        prices: Schedule<DataRate>,
    ) -> Result<Self, Error> {
        match &mut self.basis {
            Basis::Rate(_, all) => all.change(from, &prices)?,
            Basis::Fee(_) => return Err(TariffError::ChangeOfFee { from }.into()),
            Basis::Volume(..) => {
                let (found, measured) = ("rate", "volume");
                return Err(TariffError::ChangeOfOther { from, found, measured }.into());
            }
        }
        Ok(self)
    }

    /// Returns the direction of a link that is measured, or `None` if it is the card's.
    ///
    /// See [`with_direction`](Self::with_direction) for an example.
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// Returns the window of local times that are measured, or `None` for all.
    ///
    /// ```
    /// # use bandwidth_cost::{RateMeter, Schedule, Tariff, usage::Window};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// let nights: Window = "22:00 to 06:00".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price)).with_window(nights);
    /// assert_eq!(port.window(), Some(nights));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn window(&self) -> Option<Window> {
        self.window
    }

    /// Returns the local days from which other prices hold than those that the tariff begins with.
    ///
    /// ```
    /// # use bandwidth_cost::{RateMeter, Schedule, Tariff, jiff::civil::date};
    /// # let [old, new] = ["0.80 USD per 1 Mbps", "0.70 USD per 1 Mbps"].map(|price| price.parse());
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(old?))
    ///     .with_rate_change(date(2025, 6, 16), Schedule::flat(new?))?;
    /// assert_eq!(port.changes(), [date(2025, 6, 16)]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn changes(&self) -> Vec<Date> {
        match &self.basis {
            Basis::Volume(_, prices) => prices.changes().iter().map(|(from, _)| *from).collect(),
            Basis::Rate(_, prices) => prices.changes().iter().map(|(from, _)| *from).collect(),
            Basis::Fee(_) => Vec::new(),
        }
    }

    /// Returns the name.
    ///
    /// ```
    /// # use bandwidth_cost::{RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// assert_eq!(port.name(), "port");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the currency of the prices.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// assert_eq!(port.currency(), Currency::USD);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Currency {
        match &self.basis {
            Basis::Volume(_, prices) => prices.first().currency(),
            Basis::Rate(_, prices) => prices.first().currency(),
            Basis::Fee(fee) => fee.currency(),
        }
    }

    /// Returns the meter and the schedule, with the prices that it begins with, of a tariff by volume, or
    /// `None` for another.
    ///
    /// ```
    /// # use bandwidth_cost::{Schedule, Tariff, VolumeMeter};
    /// # let price = "0.09 USD per 1 GB".parse()?;
    /// let egress = Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(price));
    /// let (meter, _) = egress.volume().ok_or("not by volume")?;
    /// assert_eq!(meter, &VolumeMeter::Total);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn volume(&self) -> Option<(&VolumeMeter, &Schedule<DataVolume>)> {
        match &self.basis {
            Basis::Volume(meter, prices) => Some((meter, prices.first())),
            Basis::Rate(..) | Basis::Fee(_) => None,
        }
    }

    /// Returns the meter and the schedule, with the prices that it begins with, of a tariff by rate, or
    /// `None` for another.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff};
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// let committed = Schedule::flat(price).with_commitment(DataRate::from_gbps(2));
    /// let transit = Tariff::by_rate("transit", RateMeter::Peak, committed);
    /// let (_, schedule) = transit.rate().ok_or("not by rate")?;
    /// assert_eq!(schedule.commitment(), DataRate::from_gbps(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn rate(&self) -> Option<(RateMeter, &Schedule<DataRate>)> {
        match &self.basis {
            Basis::Rate(meter, prices) => Some((*meter, prices.first())),
            Basis::Volume(..) | Basis::Fee(_) => None,
        }
    }

    /// Returns the fee of a tariff that is a fee alone, or `None` for another.
    ///
    /// ```
    /// use bandwidth_cost::Tariff;
    ///
    /// let port = Tariff::fee("port", "250 USD".parse()?);
    /// assert_eq!(port.fee_alone(), Some("250 USD".parse()?));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn fee_alone(&self) -> Option<Money> {
        match &self.basis {
            Basis::Fee(fee) => Some(*fee),
            Basis::Volume(..) | Basis::Rate(..) => None,
        }
    }

    /// Refuses a fee alone that is below zero, or that has a direction or a window.
    pub(super) fn check_fee(&self, fee: Money) -> Result<(), Error> {
        not_negative("a fee", fee)?;
        let direction = self.direction.map(|_| "direction");
        match direction.or(self.window.map(|_| "window")) {
            Some(term) => Err(TariffError::FeeMeasured { tariff: clip(&self.name), term }.into()),
            None => Ok(()),
        }
    }

    /// Refuses a fee alone that can't be billed.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.fee_alone().map_or(Ok(()), |fee| self.check_fee(fee))
    }

    /// Bills a series, which is one billing period. The days and the local times are those of UTC.
    ///
    /// # Errors
    ///
    /// - [`TariffError::LongerThanMonth`] if the tariff is by rate, and the series longer than 31 days and
    ///   one hour. The last slot may hang over the end of a month.
    /// - [`TariffError::WindowOffSlots`] if the window begins or ends within a slot, and
    ///   [`TariffError::WindowNotMeasured`] if nothing was measured in it.
    /// - The errors of [`UsageSeries::excess_over`], if the meter is an excess over a baseline.
    /// - [`PriceError::NegativeAmount`](crate::price::PriceError::NegativeAmount) for a fee alone, below
    ///   zero, and [`TariffError::FeeMeasured`] for one with a direction or a window.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Schedule, Tariff, UsageSeries, VolumeMeter, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let price = "0.09 USD per 1 GB".parse()?;
    /// let egress = Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(price));
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3600);
    /// let series = UsageSeries::from_rates(start, hour, [DataRate::from_gbps(8); 24])?;
    /// assert_eq!(egress.bill(&series)?.total()?.to_string(), "7776 USD"); // 86.4 TB
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill(&self, series: &UsageSeries) -> Result<Statement, Error> {
        self.bill_part(series, Share::ONE)
    }

    /// Bills a series that is a part of a billing period: the share `in_service`, such as 14 of 30
    /// days.
    ///
    /// A tariff by rate, or of a fee alone, costs this share of the whole period. A tariff by volume prices
    /// the usage as measured. Its fees, minimum and maximum are multiplied by the share, and so are its
    /// allowance and its commitment, rounded down to the billionth of a bit. Its tier bounds and unit
    /// prices stay.
    ///
    /// # Errors
    ///
    /// The errors of [`bill`](Self::bill).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateMeter, Schedule, Share, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let start: Timestamp = "2025-06-17T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = UsageSeries::from_rates(start, day, [DataRate::from_gbps(3); 14])?;
    /// let statement = port.bill_part(&series, Share::new(14, 30)?)?;
    /// assert_eq!(statement.total()?.to_string(), "1120 USD"); // 14/30 of 2400 USD
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_part(&self, series: &UsageSeries, in_service: Share) -> Result<Statement, Error> {
        let zone = &TimeZone::UTC;
        self.check_length(series, zone, false)?;
        let period = Period::new(series, zone);
        let traffic = Traffic { series, direction: None, zone, days: period.days, in_service };
        Ok(Statement::new(period, self.lines(traffic)?))
    }

    /// Checks that a series of a tariff by rate is not longer than a month.
    ///
    /// A slot is of the month in which it begins, so that the last one may hang over its end.
    pub(super) fn check_length(
        &self,
        series: &UsageSeries,
        zone: &TimeZone,
        of_link: bool,
    ) -> Result<(), Error> {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        const MONTH: Duration = Duration::from_secs((31 * 24 + 1) * 60 * 60);
        let (start, end) = (series.start(), series.end());
        let is_longer = end.duration_since(start).unsigned_abs() > MONTH;
        let is_of_a_month = || {
            let last = series.last_start();
            let hangs_over = last.duration_since(start).unsigned_abs() < MONTH;
            hangs_over && (series.interval() < DAY || Days::of(series, zone).count() <= 31)
        };
        if matches!(self.basis, Basis::Rate(..)) && is_longer && !is_of_a_month() {
            let tariff = clip(&self.name);
            return Err(TariffError::LongerThanMonth { tariff, start, end, of_link }.into());
        }
        Ok(())
    }

    pub(crate) const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Returns the tariff with another meter or other prices.
    pub(super) fn with_basis(&self, basis: Basis) -> Self {
        Self { basis, ..self.clone() }
    }
}
