//! The part of [`RateCard`] that finds which interpretation of a contract gives the figure on an invoice.

use super::{
    Billed, Directions, Priced,
    attribute::billed_slots,
    explanation::{Assumption, Explanation, Figure},
    places, sum,
};
use crate::{
    Error,
    money::Cost,
    number::{Ratio, Share},
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity},
    tariff::{Direction, RateCard, RateMeter, Tariff, TariffError, prices::Prices, tariff::Basis},
    usage::{LinkUsage, Percentile, PercentileRule, UsageSeries},
};
use core::{ops::Range, time::Duration};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use rust_decimal::RoundingStrategy;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl RateCard {
    /// Returns the interpretations of the contract that give an invoiced figure, up to `within` of it.
    ///
    /// `month` is the first day of the billing month. The figure is a [`DataRate`], a [`DataVolume`], a
    /// [`Cost`] or a [`Money`](crate::Money). An interpretation is a choice of each of these:
    ///
    /// - the direction: the card's or another;
    /// - the rule of the percentiles, if there are any;
    /// - the length of the slots: the link's, or a multiple of it up to an hour; of slots shorter than a
    ///   minute, the multiples that divide an hour;
    /// - months and days: in the card's time zone or in UTC;
    /// - the units of the prices: as written, or in powers of 1024;
    /// - slots that were not measured: left out, or zero.
    ///
    /// They are sorted by their distance to the figure, and those at the same distance by the number of
    /// assumptions in which they differ from the card. Choices that the card or the link does not have are
    /// not tried, such as a rule for a card without percentiles, and neither are those that can't be
    /// billed, such as longer slots against a baseline of shorter ones.
    ///
    /// Where the link does not reach a day beyond the month on both sides, months in UTC are not tried:
    /// [`Explanation::tried_utc`] says so, and an error if nothing else explains the figure.
    ///
    /// # Errors
    ///
    /// - [`TariffError::NotAMonth`] if no billing month begins on `month`.
    /// - [`TariffError::MonthNotMeasured`] if the link has no slot in the month.
    /// - [`TariffError::NoSuchFigure`] if no tariff measures a rate or a volume, or is in the currency of
    ///   the amount.
    /// - [`TariffError::NotExplained`] if no interpretation gives the figure, and months in UTC were not
    ///   tried. If all were tried, the result is empty.
    /// - The errors of [`bill_link`](Self::bill_link) for the card as it is.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Direction, LinkUsage, Percentile, RateCard, RateMeter, Schedule, Share, Tariff,
    ///     UsageSeries, jiff::{Timestamp, civil::date}, tariff::Assumption,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    /// let card = RateCard::new([transit])?.with_direction(Direction::Outbound);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |busy: u64| {
    ///     let rates = (0..8_928).map(|slot| DataRate::from_mbps(slot * busy % 1_000));
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let link = LinkUsage { inbound: series(7)?, outbound: series(3)? };
    ///
    /// // The invoice says 1,680 Mbps, but the card is for outbound traffic, which had 948.
    /// let invoiced = DataRate::from_mbps(1_680);
    /// let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::from_percent(1))?;
    /// assert_eq!(answers[0].assumptions(), [Assumption::Direction(Direction::Sum)]);
    /// println!("{}", answers[0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(
        &self,
        link: &LinkUsage,
        month: Date,
        billed: impl Into<Figure>,
        within: Share,
    ) -> Result<Vec<Explanation>, Error> {
        link.inbound.check_aligned(&link.outbound)?;
        let question = Question::new(self, billed.into(), within)?;
        let months = Months::new(self, link, month)?;
        let measured = months.around(link);
        let filled = months.filled(link, &measured)?;
        let (mut found, mut with_zeros) = (Vec::new(), Vec::new());
        for (length, of_length) in months.lengths(link) {
            let measured = in_slots(&measured, length);
            let filled = filled.as_ref().and_then(|filled| in_slots(filled, length));
            for (billed, span, of_zone) in &months.zones {
                let in_month = |link: &Both| {
                    let [inbound, outbound] = link.each_ref().map(|series| {
                        let series = series.as_ref().map_err(Clone::clone);
                        series.and_then(|series| months.begun(series, span))
                    });
                    Directions::new(inbound, outbound)
                };
                let assumed = [of_length.as_slice(), of_zone].concat();
                let measured = measured.as_ref().map(in_month);
                if let Some(measured) = &measured {
                    found.extend(question.answers(measured, None, *billed, &assumed)?);
                }
                if let Some(filled) = filled.as_ref().map(in_month) {
                    let assumed = [&[Assumption::LeftOutAsZero], assumed.as_slice()].concat();
                    let measured = measured.as_ref();
                    with_zeros.extend(question.answers(&filled, measured, *billed, &assumed)?);
                }
            }
        }
        found.append(&mut with_zeros);
        if found.is_empty() && !months.tried_utc {
            let billed = question.billed.to_string();
            return Err(TariffError::NotExplained { billed, within, needed: months.needed }.into());
        }
        found.iter_mut().for_each(|answer| answer.tried_utc = months.tried_utc);
        found.sort_by(|a, b| {
            let assumptions = |answer: &Explanation| answer.assumptions.len();
            a.distance.cmp(&b.distance).then_with(|| assumptions(a).cmp(&assumptions(b)))
        });
        Ok(found)
    }
}

/// The inbound and the outbound traffic of a link, or why there is none.
type Both = [Result<UsageSeries, Error>; 2];

/// The month of an invoice in each time zone in which it may have been billed.
struct Months<'a> {
    month: Date,
    zones: Vec<(Billed<'a>, Range<Timestamp>, Vec<Assumption>)>,
    tried_utc: bool,
    /// The time that the link must reach for months in UTC.
    needed: Range<Timestamp>,
    /// The length of the slots that the contract is for.
    interval: Duration,
}

impl<'a> Months<'a> {
    fn new(card: &'a RateCard, link: &LinkUsage, month: Date) -> Result<Self, Error> {
        static UTC: TimeZone = TimeZone::UTC;
        let (cycle, zone) = (card.billing_cycle(), card.time_zone());
        let first = cycle.first_day(month);
        if first != month {
            return Err(TariffError::NotAMonth { date: month, first }.into());
        }
        let billed = Billed::month(card, month, zone)?;
        let in_utc = Billed { zone: &UTC, ..billed };
        let (span, span_in_utc) = (billed.span(), in_utc.span());
        // A day beyond, as far as timestamps go.
        let needed = span.start.checked_sub(DAY).unwrap_or(Timestamp::MIN)
            ..span.end.checked_add(DAY).unwrap_or(Timestamp::MAX);
        let measured = link.inbound.start()..link.inbound.end();
        let is_utc = span == span_in_utc;
        let reaches = measured.start <= needed.start && needed.end <= measured.end;
        let mut zones = vec![(billed, span, Vec::new())];
        if !is_utc && reaches {
            zones.push((in_utc, span_in_utc, vec![Assumption::Utc]));
        }
        let interval = card.interval().unwrap_or(link.inbound.interval());
        Ok(Self { month, zones, tried_utc: is_utc || reaches, needed, interval })
    }

    /// Returns the slots of a series that begin in a span of time.
    fn begun(&self, series: &UsageSeries, span: &Range<Timestamp>) -> Result<UsageSeries, Error> {
        let missing = || TariffError::MonthNotMeasured { month: self.month }.into();
        series.begun_in(span).ok_or_else(missing)
    }

    /// Returns both directions around the month.
    fn around(&self, link: &LinkUsage) -> Both {
        // Longer slots may begin an hour before the month and end an hour after it.
        [&link.inbound, &link.outbound].map(|series| self.begun(series, &self.needed))
    }

    /// Returns both directions around the month with zero where a slot was not measured, or `None` if all
    /// were.
    fn filled(&self, link: &LinkUsage, measured: &Both) -> Result<Option<Both>, Error> {
        let is_whole = |series: &UsageSeries| series.known() == series.len();
        if measured.iter().all(|series| series.as_ref().is_ok_and(is_whole)) {
            return Ok(None);
        }
        let (inbound, outbound) = (with_zeros(&link.inbound)?, with_zeros(&link.outbound)?);
        Ok(Some(self.around(&LinkUsage { inbound, outbound })))
    }

    /// Returns the length of the link's slots and each multiple of it up to an hour, with what is assumed.
    fn lengths(&self, link: &LinkUsage) -> impl Iterator<Item = (Duration, Vec<Assumption>)> {
        let own = link.inbound.interval();
        // No slot is longer than the link. Slots of seconds have too many multiples to try them all.
        let times = u32::try_from(link.inbound.len()).map_or(u32::MAX, |slots| slots.max(1));
        let longer = (2..=times)
            .map_while(move |times| own.checked_mul(times))
            .take_while(|slot| *slot <= HOUR);
        let is_tried =
            move |slot: &Duration| own >= MINUTE || HOUR.as_nanos().is_multiple_of(slot.as_nanos());
        let lengths = core::iter::once(own).chain(longer.filter(is_tried));
        let interval = self.interval;
        lengths.map(move |length| {
            let is_other = length != interval;
            (length, is_other.then_some(Assumption::SlotLength(length)).into_iter().collect())
        })
    }
}

/// Returns both directions in slots of a length, or `None` if one has no such slot: it is shorter, or each
/// of them is left out.
fn in_slots([inbound, outbound]: &Both, length: Duration) -> Option<Both> {
    let resample = |series: &Result<UsageSeries, Error>| match series {
        Ok(series) if length != series.interval() => series.resample(length).ok().map(Ok),
        as_it_is => Some(as_it_is.clone()),
    };
    Some([resample(inbound)?, resample(outbound)?])
}

/// Returns the series with zero where a slot is left out.
fn with_zeros(series: &UsageSeries) -> Result<UsageSeries, Error> {
    let volumes = series.iter().map(|(_, volume)| volume.unwrap_or(DataVolume::ZERO));
    UsageSeries::from_volumes(series.start(), series.interval(), volumes)
}

/// A tariff's measure of a series, and its cost with the units of prices as they are written and, if any
/// of the card has powers of 1000, in powers of 1024.
#[derive(Clone)]
struct Measure {
    quantity: Option<AnyQuantity>,
    costs: Vec<Cost>,
}

/// A figure to be explained by a card.
struct Question<'a> {
    card: &'a RateCard,
    billed: Figure,
    /// The invoiced figure, and how far another may be from it: both in smallest units, or money.
    target: Ratio,
    limit: Ratio,
    /// The card's own rules first.
    rules: Vec<Option<PercentileRule>>,
    /// Each tariff with the units of its prices as they are written, and in powers of 1024.
    tariffs: Vec<Vec<Tariff>>,
}

impl<'a> Question<'a> {
    fn new(card: &'a RateCard, billed: Figure, within: Share) -> Result<Self, Error> {
        let tariffs = card.tariffs();
        let is_there = match &billed {
            Figure::Rate(_) => tariffs.iter().any(|tariff| tariff.rate().is_some()),
            Figure::Volume(_) => tariffs.iter().any(|tariff| tariff.volume().is_some()),
            Figure::Amount(cost) => {
                tariffs.iter().any(|tariff| tariff.currency() == cost.currency())
            }
        };
        if !is_there {
            return Err(TariffError::NoSuchFigure { billed: billed.to_string() }.into());
        }
        let percentiles: Vec<PercentileRule> = tariffs.iter().filter_map(rule_of).collect();
        let others = PercentileRule::ALL.into_iter();
        let others = others.filter(|rule| percentiles.iter().any(|own| own != rule)).map(Some);
        let binary: Vec<Option<Tariff>> = tariffs.iter().map(in_binary).collect();
        let is_decimal = binary.iter().any(Option::is_some);
        let tariffs = tariffs.iter().zip(binary).map(|(tariff, binary)| {
            let binary = is_decimal.then(|| binary.unwrap_or_else(|| tariff.clone()));
            core::iter::once(tariff.clone()).chain(binary).collect()
        });
        let target = billed.number();
        let limit = &abs(target.clone()) * &Ratio::from(within);
        let (tariffs, rules) = (tariffs.collect(), core::iter::once(None).chain(others).collect());
        Ok(Self { card, billed, target, limit, rules, tariffs })
    }

    /// Returns the explanations by the traffic of one month. Where zeros take the place of slots that were
    /// not measured, `measured` is the traffic without them, if there is any: directions that are the same
    /// in both are not tried.
    ///
    /// Returns the error of the card's own interpretation; others that can't be billed are passed over.
    fn answers(
        &self,
        directions: &Directions,
        measured: Option<&Directions>,
        billed: Billed<'_>,
        assumed: &[Assumption],
    ) -> Result<Vec<Explanation>, Error> {
        let of_tariff = |tariff: &Vec<Tariff>| {
            let is_fee = tariff.first().is_some_and(|tariff| tariff.fee_alone().is_some());
            if let Some(series) = directions.0.iter().flatten().next().filter(|_| is_fee) {
                // A fee is the same in each direction.
                let measures = self.measures(tariff, series, billed);
                return core::array::from_fn(|_| measures.clone());
            }
            directions.0.each_ref().map(|series| match series {
                Ok(series) => self.measures(tariff, series, billed),
                Err(error) => Err(error.clone()),
            })
        };
        let measures: Vec<_> = self.tariffs.iter().map(of_tariff).collect();
        let own: Vec<Direction> =
            self.card.tariffs().iter().map(|tariff| self.card.direction_of(tariff)).collect();
        let needed = self.card.directions_measured();
        let is_other = |direction: &Direction| needed.iter().any(|own| own != direction);
        let others = Direction::ALL.into_iter().filter(is_other).map(Some);
        let is_filled = |direction: Option<Direction>, measured: &Directions| {
            let places = needed.iter().flat_map(|own| places(direction.unwrap_or(*own)));
            places.into_iter().any(|place| directions.0.get(place) != measured.0.get(place))
        };
        let mut answers = Vec::new();
        for direction in core::iter::once(None).chain(others) {
            if measured.is_some_and(|measured| !is_filled(direction, measured)) {
                continue;
            }
            for (rule, percentile_rule) in self.rules.iter().enumerate() {
                let units = self.tariffs.first().map_or(0, Vec::len);
                for unit in 0..units {
                    let choice = |(measures, own): (_, &Direction)| {
                        let direction = direction.unwrap_or(*own);
                        Choice { direction, rule, unit }.of(measures)
                    };
                    let chosen: Result<Vec<_>, Error> =
                        measures.iter().zip(&own).map(choice).collect();
                    let mut assumptions = Vec::new();
                    assumptions.extend(direction.map(Assumption::Direction));
                    assumptions.extend(percentile_rule.map(Assumption::Rule));
                    assumptions.extend_from_slice(assumed);
                    assumptions.extend((unit > 0).then_some(Assumption::BinaryUnits));
                    let chosen = match chosen {
                        Ok(chosen) => chosen,
                        Err(error) if assumptions.is_empty() => return Err(error),
                        Err(_) => continue,
                    };
                    for (tariff, figure) in self.figures(&chosen, unit, billed) {
                        let Some(distance) = self.distance(&figure) else { continue };
                        let slots =
                            self.slots(tariff, *percentile_rule, &chosen, directions, billed);
                        let tariff = tariff.and_then(|tariff| self.card.tariffs().get(tariff));
                        answers.push(Explanation {
                            figure,
                            distance,
                            tariff: tariff.map(|tariff| tariff.name().to_owned()),
                            assumptions: assumptions.clone(),
                            slots,
                            tried_utc: true,
                        });
                    }
                }
            }
        }
        Ok(answers)
    }

    /// Measures and prices a series by a tariff, under each rule.
    fn measures(
        &self,
        units: &[Tariff],
        series: &UsageSeries,
        billed: Billed<'_>,
    ) -> Result<Vec<Measure>, Error> {
        let Some(tariff) = units.first() else { return Ok(Vec::new()) };
        let Some(rates) = self.percentiles(tariff, series, billed)? else {
            // The rule of a percentile does not matter.
            let priced = units.iter().map(|tariff| tariff.priced(billed.of(series)));
            let priced = priced.collect::<Result<Vec<Priced>, Error>>()?;
            let quantity = priced.first().and_then(|priced| priced.measured);
            let costs = priced.into_iter().map(|priced| priced.cost).collect();
            return Ok(vec![Measure { quantity, costs }; self.rules.len()]);
        };
        let mut measures: Vec<Measure> = Vec::with_capacity(rates.len());
        for quantity in rates.into_iter().map(AnyQuantity::Rate) {
            // Most rules find the same slot.
            let same = measures.iter().find(|measure| measure.quantity == Some(quantity)).cloned();
            #[expect(clippy::expect_used, reason = "only a volume's cost may depend on more")]
            let cost =
                |tariff: &Tariff| tariff.cost_of(quantity, billed).expect("a rate has a cost");
            measures.push(same.unwrap_or_else(|| {
                let costs = units.iter().map(cost).collect();
                Measure { quantity: Some(quantity), costs }
            }));
        }
        Ok(measures)
    }

    /// Returns the percentile of a tariff under each rule, or `None` for a tariff without one.
    fn percentiles(
        &self,
        tariff: &Tariff,
        series: &UsageSeries,
        billed: Billed<'_>,
    ) -> Result<Option<Vec<DataRate>>, Error> {
        let Some((RateMeter::Percentile(percentile), _)) = tariff.rate() else { return Ok(None) };
        let by = |rule: &Option<_>| rule.map_or(percentile, |rule| percentile.with_rule(rule));
        let percentiles: Vec<Percentile> = self.rules.iter().map(by).collect();
        Ok(Some(match tariff.measured(billed.of(series), true)? {
            Some(measured) => measured.percentiles(&percentiles),
            None => vec![DataRate::ZERO; percentiles.len()],
        }))
    }

    /// Returns the figures of an interpretation, each with the place of its tariff if it is of one.
    fn figures(
        &self,
        chosen: &[(usize, &Measure)],
        unit: usize,
        time: Billed<'_>,
    ) -> Vec<(Option<usize>, Figure)> {
        if let Figure::Amount(billed) = &self.billed {
            let costs: Vec<&Cost> =
                chosen.iter().filter_map(|(_, measure)| measure.costs.get(unit)).collect();
            let total = if self.card.is_sum() {
                let costs = costs.into_iter().filter(|cost| cost.currency() == billed.currency());
                Cost::new(sum(costs), billed.currency())
            } else {
                self.card.total(billed.currency(), &costs, time)
            };
            return vec![(None, Figure::Amount(total))];
        }
        let figure = |(tariff, (_, measure)): (usize, &(usize, &Measure))| {
            let scale = if unit == 0 { Ratio::ONE } else { self.binary_unit(tariff)? };
            let figure = match (measure.quantity?, &self.billed) {
                (AnyQuantity::Rate(rate), Figure::Rate(_)) => Figure::Rate(over(rate, &scale)),
                (AnyQuantity::Volume(volume), Figure::Volume(_)) => {
                    Figure::Volume(over(volume, &scale))
                }
                _ => return None,
            };
            Some((Some(tariff), figure))
        };
        chosen.iter().enumerate().filter_map(figure).collect()
    }

    /// Returns the number of units of a tariff's first price in one such unit in powers of 1024.
    fn binary_unit(&self, tariff: usize) -> Option<Ratio> {
        let tariff = self.card.tariffs().get(tariff)?;
        let of_volume = tariff.volume().and_then(|(_, schedule)| schedule.binary_unit());
        of_volume.or_else(|| tariff.rate().and_then(|(_, schedule)| schedule.binary_unit()))
    }

    /// Returns the distance of a figure to the invoiced one, or `None` if it is too far.
    fn distance(&self, figure: &Figure) -> Option<Ratio> {
        let apart = abs(&figure.number() - &self.target);
        if apart > self.limit {
            return None;
        }
        // Only zero is as near as zero to a figure of zero.
        Some(apart.checked_div(&abs(self.target.clone())).unwrap_or(Ratio::ZERO))
    }

    /// Returns the billed slots of a tariff, or of all that are in the currency of the amount.
    fn slots(
        &self,
        tariff: Option<usize>,
        rule: Option<PercentileRule>,
        chosen: &[(usize, &Measure)],
        directions: &Directions,
        billed: Billed<'_>,
    ) -> Vec<(String, Timestamp)> {
        let mut slots = Vec::new();
        for (place, (of, (direction, _))) in self.card.tariffs().iter().zip(chosen).enumerate() {
            let is_of_amount = match &self.billed {
                Figure::Amount(cost) => cost.currency() == of.currency(),
                _ => tariff == Some(place),
            };
            if let (true, Some(Ok(series))) = (is_of_amount, directions.0.get(*direction))
                && let Ok(Some(measured)) = of.measured(billed.of(series), true)
            {
                let found = billed_slots(&with_rule(of, rule), &measured).into_iter().flatten();
                slots.extend(found.map(|slot| (of.name().to_owned(), slot.at)));
            }
        }
        slots
    }
}

/// A direction, a rule and the units of prices, the last two by their places.
#[derive(Clone, Copy)]
struct Choice {
    direction: Direction,
    rule: usize,
    unit: usize,
}

impl Choice {
    /// Returns a tariff's measure in the direction, and the place of its series. Of two, it is the dearer
    /// one.
    fn of<'m>(
        self,
        measures: &'m [Result<Vec<Measure>, Error>; 4],
    ) -> Result<(usize, &'m Measure), Error> {
        let mut dearest = None::<(usize, &Measure)>;
        let places = places(self.direction);
        let measures = measures.iter().enumerate().skip(places.start).take(places.len());
        for (place, measures) in measures {
            let measures = measures.as_ref().map_err(Clone::clone)?;
            let measure = measures.get(self.rule);
            let cost = |measure: &'m Measure| measure.costs.get(self.unit).map(Cost::amount);
            if let Some(measure) = measure
                && dearest.is_none_or(|(_, dearest)| cost(measure) > cost(dearest))
            {
                dearest = Some((place, measure));
            }
        }
        #[expect(clippy::expect_used, reason = "each direction is of one series or two")]
        Ok(dearest.expect("a direction has a series"))
    }
}

fn rule_of(tariff: &Tariff) -> Option<PercentileRule> {
    match tariff.rate() {
        Some((RateMeter::Percentile(percentile), _)) => Some(percentile.rule()),
        _ => None,
    }
}

/// Returns the tariff with another rule of its percentile, if it has one and a rule is given.
fn with_rule(tariff: &Tariff, rule: Option<PercentileRule>) -> Tariff {
    match (tariff.basis(), rule) {
        (Basis::Rate(RateMeter::Percentile(percentile), prices), Some(rule)) => {
            let meter = RateMeter::Percentile(percentile.with_rule(rule));
            tariff.with_basis(Basis::Rate(meter, prices.clone()))
        }
        _ => tariff.clone(),
    }
}

/// Returns the tariff with the units of its prices in powers of 1024, or `None` if none of them has
/// powers of 1000.
fn in_binary(tariff: &Tariff) -> Option<Tariff> {
    fn prices<Q: Quantity>(prices: &Prices<Q>) -> Option<Prices<Q>> {
        let mut is_changed = false;
        let prices = prices.map(|schedule| {
            let binary = schedule.in_binary();
            is_changed |= binary.is_some();
            binary.unwrap_or_else(|| schedule.clone())
        });
        is_changed.then_some(prices)
    }
    Some(tariff.with_basis(match tariff.basis() {
        Basis::Volume(meter, all) => Basis::Volume(meter.clone(), prices(all)?),
        Basis::Rate(meter, all) => Basis::Rate(*meter, prices(all)?),
        Basis::Fee(_) => return None,
    }))
}

/// Returns a quantity over a scale of at least one, rounded to the nearest smallest unit, half to even.
fn over<Q: Quantity>(quantity: Q, scale: &Ratio) -> Q {
    let units = Ratio::from(quantity.units()) * scale.reciprocal();
    let units = units.scaled(0, RoundingStrategy::MidpointNearestEven);
    #[expect(clippy::expect_used, reason = "the scale is at least one")]
    Q::from_units(u128::try_from(units).expect("it is at most the quantity"))
}

fn abs(number: Ratio) -> Ratio {
    if number.is_negative() { -number } else { number }
}
