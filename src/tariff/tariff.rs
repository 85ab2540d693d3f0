//! [`Tariff`]: a named meter and schedule.

use crate::{
    Error,
    money::{Cost, Currency, Money},
    number::Share,
    price::{LineItem, LineKind, not_negative, schedule::Schedule},
    quantity::{AnyQuantity, DataRate, DataVolume},
    tariff::{Direction, RateMeter, Statement, StatementLine, VolumeMeter, bill::Period},
    usage::UsageSeries,
};
use jiff::tz::TimeZone;

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
    basis: Basis,
}

/// The quantity that a tariff measures and prices.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Basis {
    Volume(VolumeMeter, Schedule<DataVolume>),
    Rate(RateMeter, Schedule<DataRate>),
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
        Self::new(name.into(), Basis::Volume(meter, schedule))
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
        Self::new(name.into(), Basis::Rate(meter, schedule))
    }

    /// Creates a tariff of a fee alone, for which nothing is measured: a port, a licence.
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
        Self { name, basis }
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
            Basis::Volume(_, schedule) => schedule.currency(),
            Basis::Rate(_, schedule) => schedule.currency(),
            Basis::Fee(fee) => fee.currency(),
        }
    }

    /// Returns the meter and the schedule of a tariff by volume, or `None` for another.
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
            Basis::Volume(meter, schedule) => Some((meter, schedule)),
            Basis::Rate(..) | Basis::Fee(_) => None,
        }
    }

    /// Returns the meter and the schedule of a tariff by rate, or `None` for another.
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
            Basis::Rate(meter, schedule) => Some((*meter, schedule)),
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

    /// Refuses a fee below zero.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.fee_alone().map_or(Ok(()), |fee| not_negative("a fee", fee))
    }

    /// Bills a series, which is one billing period. The days of a mean of daily peaks are those of UTC.
    ///
    /// # Errors
    ///
    /// - The errors of [`UsageSeries::excess_over`], if the meter is an excess over a baseline.
    /// - [`PriceError::NegativeAmount`](crate::price::PriceError::NegativeAmount) for a tariff of a fee
    ///   alone, below zero.
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
    /// A tariff by rate, or of a fee alone, costs this share of the whole period. A tariff by volume prices the usage as
    /// measured. Its fees, minimum and maximum are multiplied by the share, and so are its allowance
    /// and its commitment, rounded down to the billionth of a bit. Its tier bounds and unit prices
    /// stay.
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
        let lines = self.lines(series, &TimeZone::UTC, None, in_service)?;
        Ok(Statement::new(Period::new(series, &TimeZone::UTC), lines))
    }

    #[cfg(feature = "serde")]
    pub(crate) const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Returns the lines of a bill, with the days of a time zone.
    pub(super) fn lines(
        &self,
        series: &UsageSeries,
        zone: &TimeZone,
        direction: Option<Direction>,
        part: Share,
    ) -> Result<Vec<StatementLine>, Error> {
        self.check()?;
        let (meter, measured, lines) = match &self.basis {
            Basis::Volume(meter, schedule) => {
                let volume = meter.measure(series)?;
                (
                    meter.to_string(),
                    AnyQuantity::Volume(volume),
                    schedule.lines_of_part(volume, part),
                )
            }
            Basis::Rate(meter, schedule) => {
                let rate = meter.measure(series, zone);
                (meter.to_string(), AnyQuantity::Rate(rate), in_service(schedule, rate, part))
            }
            Basis::Fee(fee) => {
                let (kind, amount) = (LineKind::FixedFee, Cost::from(*fee) * part);
                let line = LineItem::charge(kind, kind.in_words().to_owned(), amount);
                return Ok(vec![StatementLine::new(&self.name, None, line)]);
            }
        };
        let line = |line| {
            let measured = Some((meter.as_str(), measured));
            StatementLine::new(&self.name, measured, line).of(direction, None)
        };
        Ok(lines.into_iter().map(line).collect())
    }
}

/// Returns the lines of a whole period, and one that takes off the share out of service.
fn in_service(schedule: &Schedule<DataRate>, rate: DataRate, part: Share) -> Vec<LineItem> {
    let mut lines = schedule.lines(rate);
    if part != Share::ONE {
        let off = part.complement();
        let amount = -(schedule.cost(rate) * off);
        lines.push(LineItem::charge(
            LineKind::OutOfService,
            format!("out of service, {off}"),
            amount,
        ));
    }
    lines
}
