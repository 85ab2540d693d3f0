//! The part of [`Tariff`] that measures the traffic of a period and prices it.

use super::{bill::Days, prices::Prices, tariff::Basis};
use crate::{
    Error, Place,
    money::{Cost, Money},
    number::{Ratio, Share},
    price::{LineItem, LineKind, schedule::Schedule},
    quantity::{AnyQuantity, DataRate, DataVolume},
    tariff::{Direction, RateMeter, StatementLine, Tariff, TariffError, VolumeMeter},
    text::clip,
    usage::UsageSeries,
};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// The traffic of a billing period, and what is billed of it.
#[derive(Clone, Copy)]
pub(super) struct Traffic<'a> {
    pub(super) series: &'a UsageSeries,
    /// The direction of a link that the series is of.
    pub(super) direction: Option<Direction>,
    pub(super) zone: &'a TimeZone,
    /// The local days that are billed.
    pub(super) days: Days,
    /// The share of the period that is in service.
    pub(super) in_service: Share,
}

/// Lines, each with the days for which its price holds if these are not all.
type DatedLines = Vec<(Option<Days>, LineItem)>;

impl Tariff {
    /// Returns the lines of a bill.
    pub(super) fn lines(&self, traffic: Traffic<'_>) -> Result<Vec<StatementLine>, Error> {
        let window = |error: Error| error.at(self.place());
        let (meter, measured, lines) = match self.basis() {
            Basis::Volume(meter, prices) => {
                let looks_at_times =
                    matches!(meter, VolumeMeter::Excess(_)) || prices.has_changes();
                let series = self.measured(traffic, looks_at_times).map_err(window)?;
                let (volume, lines) = volume_lines(meter, prices, series.as_deref(), traffic)?;
                (meter.to_string(), AnyQuantity::Volume(volume), lines)
            }
            Basis::Rate(meter, prices) => {
                let looks_at_times = *meter == RateMeter::DailyPeakMean;
                let series = self.measured(traffic, looks_at_times).map_err(window)?;
                let (rate, lines) = rate_lines(*meter, prices, series.as_deref(), traffic);
                (meter.to_string(), AnyQuantity::Rate(rate), lines)
            }
            Basis::Fee(fee) => return Ok(vec![self.fee_line(*fee, traffic.in_service)?]),
        };
        let meter = self.window().map_or(meter.clone(), |window| format!("{meter} of {window}"));
        let line = |(days, line)| {
            let measured = Some((meter.as_str(), measured));
            StatementLine::new(self.name(), measured, line).of(traffic.direction, days)
        };
        Ok(lines.into_iter().map(line).collect())
    }

    /// Returns the line of a tariff that is a fee alone.
    pub(super) fn fee_line(&self, fee: Money, in_service: Share) -> Result<StatementLine, Error> {
        self.check_fee(fee)?;
        let (kind, amount) = (LineKind::FixedFee, Cost::from(fee) * in_service);
        let line = LineItem::charge(kind, kind.in_words().to_owned(), amount);
        Ok(StatementLine::new(self.name(), None, line))
    }

    fn place(&self) -> Place {
        Place::Tariff(clip(self.name()))
    }

    /// Returns the traffic in the window, or `None` if the window is closed on all days of the period.
    ///
    /// If the measure does not look at times, the slots in the window are moved together.
    pub(super) fn measured<'a>(
        &self,
        traffic: Traffic<'a>,
        looks_at_times: bool,
    ) -> Result<Option<Cow<'a, UsageSeries>>, Error> {
        let Some(window) = self.window() else { return Ok(Some(Cow::Borrowed(traffic.series))) };
        let Traffic { series, zone, days, .. } = traffic;
        let place = || Place::Key(if window.has_hours() { "hours" } else { "days" });
        let slots = series.slots_within(window, zone).map_err(|edge| {
            let at = zone.to_datetime(edge);
            let interval = series.interval();
            Error::from(TariffError::WindowOffSlots { window, at, interval }).at(place())
        })?;
        let within = if looks_at_times { series.only(&slots) } else { series.joined(&slots) };
        match within {
            Some(within) => Ok(Some(Cow::Owned(within))),
            None if !days.has(|date| window.is_on(date)) => Ok(None),
            None => Err(Error::from(TariffError::WindowNotMeasured { window }).at(place())),
        }
    }
}

/// Returns the volume, and the lines of its parts, each with the prices of its days.
fn volume_lines(
    meter: &VolumeMeter,
    prices: &Prices<DataVolume>,
    series: Option<&UsageSeries>,
    Traffic { zone, days, in_service, .. }: Traffic<'_>,
) -> Result<(DataVolume, DatedLines), Error> {
    let parts = prices.on(days);
    if let [(_, schedule)] = parts.as_slice() {
        let volume = series.map_or(Ok(DataVolume::ZERO), |series| meter.measure(series))?;
        let lines = schedule.lines_of_part(volume, in_service).into_iter();
        return Ok((volume, lines.map(|line| (None, line)).collect()));
    }
    let counted = series.map(|series| meter.counted(series)).transpose()?;
    let (total, volumes) = match counted {
        Some(counted) => {
            let starts = parts.iter().skip(1).map(|(days, _)| days.first);
            (counted.total(), counted.totals_from(starts, zone))
        }
        None => (DataVolume::ZERO, vec![DataVolume::ZERO; parts.len()]),
    };
    let used: Vec<_> = parts.iter().map(|(_, schedule)| *schedule).zip(volumes).collect();
    Ok((total, dated(Schedule::lines_in_turn(&used, total, in_service), &parts)))
}

/// Returns the rate of the whole period, and its lines, for each of the prices the share of its days.
fn rate_lines(
    meter: RateMeter,
    prices: &Prices<DataRate>,
    series: Option<&UsageSeries>,
    Traffic { zone, days, in_service, .. }: Traffic<'_>,
) -> (DataRate, DatedLines) {
    let rate = series.map_or(DataRate::ZERO, |series| meter.measure(series, zone));
    let parts = prices.on(days);
    let mut lines: DatedLines = match parts.as_slice() {
        [(_, schedule)] => schedule.lines(rate).into_iter().map(|line| (None, line)).collect(),
        _ => {
            let priced: Vec<_> = parts.iter().map(|(days, s)| (*s, days.count())).collect();
            dated(Schedule::lines_by_days(&priced, rate), &parts)
        }
    };
    if in_service != Share::ONE {
        let off = in_service.complement();
        let currency = prices.first().currency();
        let total =
            lines.iter().fold(Ratio::ZERO, |total, (_, line)| &total + line.amount().amount());
        let amount = -(Cost::new(total, currency) * off);
        let label = format!("out of service, {off}");
        lines.push((None, LineItem::charge(LineKind::OutOfService, label, amount)));
    }
    (rate, lines)
}

/// Replaces the number of a part by its days.
#[expect(clippy::expect_used, reason = "the numbers are those of the parts")]
fn dated<S>(lines: Vec<(Option<usize>, LineItem)>, parts: &[(Days, S)]) -> DatedLines {
    let days = |number: usize| parts.get(number).expect("the number of a part").0;
    lines.into_iter().map(|(number, line)| (number.map(days), line)).collect()
}
