//! The part of [`RateCard`] that finds terms that may be a mistake.

use crate::{
    tariff::{Direction, RateCard, RateMeter, Tariff, VolumeMeter, tariff::Basis},
    usage::Window,
};
use core::fmt;
use jiff::civil::Date;

/// A warning about a valid rate card: a term that may be a mistake.
///
/// ```
/// # #[cfg(feature = "toml")]
/// # {
/// use bandwidth_cost::{RateCard, tariff::CardWarning};
/// use std::collections::BTreeMap;
///
/// let text = r#"
/// [[tariff]]
/// name = "day"
/// measure = "total volume"
/// hours = "06:00 to 22:00"
/// price = "0.09 USD per 1 GB"
///
/// [[tariff]]
/// name = "night"
/// measure = "total volume"
/// hours = "23:00 to 06:00"
/// price = "0.045 USD per 1 GB"
/// "#;
/// let findings = RateCard::from_toml(text, &BTreeMap::new())?.check();
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].to_string(), "no tariff has the total volume of 22:00 to 23:00");
/// # }
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardWarning {
    /// Times of which no tariff has a measure that another one has at other times.
    NotMeasured {
        /// The measure, such as `total volume`.
        measure: String,
        /// The local times.
        window: Window,
    },
    /// Times of which two tariffs have the same measure.
    MeasuredTwice {
        /// The measure, such as `total volume`.
        measure: String,
        /// The names of the two tariffs, in the order of the card.
        tariffs: [String; 2],
        /// The local times.
        window: Window,
    },
    /// An adjustment on a day in a month without a day of service, which no bill of a month has.
    AdjustmentOutOfService {
        /// The name of the adjustment.
        adjustment: String,
        /// Its local day.
        on: Date,
    },
}

impl fmt::Display for CardWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotMeasured { measure, window } => {
                write!(f, "no tariff has the {measure} of {window}")
            }
            Self::MeasuredTwice { measure, tariffs: [first, second], window } => {
                write!(f, "`{first}` and `{second}` both have the {measure} of {window}")
            }
            Self::AdjustmentOutOfService { adjustment, on } => {
                write!(f, "`{adjustment}` is on {on}, in a month without a day of service")
            }
        }
    }
}

impl RateCard {
    /// Returns warnings about the card, in its order: local times that no tariff of a family measures, or
    /// two do, and then adjustments [`on`](crate::tariff::Adjustment::on) a day in a month without a day of
    /// service.
    ///
    /// A family is the tariffs with the same measure and direction, if one of them has a window: `day` and
    /// `night` of a total volume. A tariff without a window measures all times.
    ///
    /// None need be a mistake: traffic at night may be free, and a surcharge is beside a price.
    ///
    /// See [`CardWarning`] for an example. [`Schedule::check`](crate::Schedule::check) warns of
    /// prices.
    #[must_use]
    pub fn check(&self) -> Vec<CardWarning> {
        let mut findings = Vec::new();
        for (meter, members) in self.families() {
            if members.iter().all(|tariff| tariff.window().is_none()) {
                continue;
            }
            let measure = meter.to_string();
            let covered: Vec<Week> = members.iter().map(|t| Week::of(t.window())).collect();
            let of_any =
                covered.iter().fold(Week::none(), |all, week| all.with(week, |a, b| a || b));
            findings.extend(
                of_any
                    .not()
                    .windows()
                    .into_iter()
                    .map(|window| CardWarning::NotMeasured { measure: measure.clone(), window }),
            );
            let mut later = members.iter().zip(&covered);
            while let Some((first, of_first)) = later.next() {
                for (second, of_second) in later.clone() {
                    if first.window().is_none() && second.window().is_none() {
                        continue;
                    }
                    let tariffs = [first, second].map(|tariff| tariff.name().to_owned());
                    let both = of_first.clone().with(of_second, |a, b| a && b);
                    findings.extend(both.windows().into_iter().map(|window| {
                        let (measure, tariffs) = (measure.clone(), tariffs.clone());
                        CardWarning::MeasuredTwice { measure, tariffs, window }
                    }));
                }
            }
        }
        findings.extend(self.adjustments().iter().filter_map(|adjustment| {
            let on = adjustment.on.filter(|day| !self.serves_in_month_of(*day))?;
            let adjustment = adjustment.name().to_owned();
            Some(CardWarning::AdjustmentOutOfService { adjustment, on })
        }));
        findings
    }

    /// Returns whether a day of service is in the billing month of a date.
    fn serves_in_month_of(&self, date: Date) -> bool {
        let month = self.month(self.cycle.first_day(date));
        self.days_of_service(month).is_ok()
    }

    /// Returns the tariffs of each measure and direction, in the order of their first ones, without fees
    /// alone.
    fn families(&self) -> Vec<(Meter<'_>, Vec<&Tariff>)> {
        let mut families = Vec::<((Meter<'_>, Direction), Vec<&Tariff>)>::new();
        for tariff in &self.tariffs {
            let meter = match tariff.basis() {
                Basis::Volume(meter, _) => Meter::Volume(meter),
                Basis::Rate(meter, _) => Meter::Rate(*meter),
                Basis::Fee(_) => continue,
            };
            let family = (meter, self.direction_of(tariff));
            match families.iter_mut().find(|(other, _)| *other == family) {
                Some((_, members)) => members.push(tariff),
                None => families.push((family, vec![tariff])),
            }
        }
        families.into_iter().map(|((meter, _), members)| (meter, members)).collect()
    }
}

#[derive(PartialEq)]
enum Meter<'a> {
    Volume(&'a VolumeMeter),
    Rate(RateMeter),
}

impl fmt::Display for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volume(meter) => meter.fmt(f),
            Self::Rate(meter) => meter.fmt(f),
        }
    }
}

/// Some of the minutes of each day of the week, from Monday on.
#[derive(Clone)]
struct Week(Vec<Vec<bool>>);

impl Week {
    fn none() -> Self {
        Self(vec![vec![false; 24 * 60]; 7])
    }

    /// The minutes in a window, or all.
    fn of(window: Option<Window>) -> Self {
        let mut week = Self::none();
        let Some(window) = window else { return week.not() };
        for (day, part) in window.minutes() {
            let minutes = week.0.get_mut(usize::from(day)).into_iter().flatten();
            let start = usize::from(part.start);
            minutes.skip(start).take(part.len()).for_each(|minute| *minute = true);
        }
        week
    }

    fn not(mut self) -> Self {
        self.0.iter_mut().flatten().for_each(|minute| *minute = !*minute);
        self
    }

    fn with(mut self, other: &Self, of: impl Fn(bool, bool) -> bool) -> Self {
        let minutes = self.0.iter_mut().flatten().zip(other.0.iter().flatten());
        minutes.for_each(|(minute, other)| *minute = of(*minute, *other));
        self
    }

    fn windows(&self) -> Vec<Window> {
        Window::of_minutes(&self.0)
    }
}
