//! [`Priced`]: a tariff made ready for columns.

use crate::{Error, scale::Scale};
use bandwidth_cost::{
    DataRate, DataVolume, Quantity, RateMeter, RateUnit, RoundingStrategy, Schedule, Tariff,
    VolumeMeter, VolumeUnit,
    bulk::{Column, GroupedSums, Pricer},
};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use datafusion::arrow::datatypes::{Field, FieldRef};
use std::sync::Arc;

/// Costs are rounded half to even, once.
const ROUNDING: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

/// A tariff made ready for columns in bytes or in bits per second.
#[derive(Clone)]
pub(crate) struct Priced<Q: Quantity> {
    name: String,
    schedule: Schedule<Q>,
    pricer: Pricer<Q>,
    scale: Scale,
}

/// A tariff of either quantity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum AnyPriced {
    Volume(Arc<Priced<DataVolume>>),
    Rate(Arc<Priced<DataRate>>),
}

/// A quantity that a tariff can price.
pub(crate) trait Billed: Quantity + Send + Sync + 'static {
    /// The unit of columns.
    const UNIT: Self::Unit;
    /// The numbers of a column.
    const COLUMN: &'static str;
    /// The quantity's name.
    const QUANTITY: &'static str;
    /// The largest quantity.
    const LARGEST: Self;
    /// The largest quantity in whole units of columns.
    const MOST_UNITS: u128;

    /// Returns the quantity of a number of units of columns, or `None` above [`MOST_UNITS`](Self::MOST_UNITS).
    fn of_units(units: u128) -> Option<Self>;
    /// Returns the quantity in whole units of columns, rounded down.
    fn in_units(self) -> u128;
    /// Returns a tariff for the quantity. Its meter is never used, because queries measure.
    fn tariff(name: &str, schedule: Schedule<Self>) -> Tariff;
    /// Returns the tariff if it prices the quantity.
    fn among(tariff: &AnyPriced) -> Option<&Arc<Priced<Self>>>;
}

/// Billionths of a bit in a byte.
const NANOBITS: u128 = 8_000_000_000;

impl Billed for DataVolume {
    const UNIT: VolumeUnit = VolumeUnit::Byte;
    const COLUMN: &'static str = "bytes";
    const QUANTITY: &'static str = "data volume";
    const LARGEST: Self = Self::MAX;
    const MOST_UNITS: u128 = Self::MAX.as_nanobits() / NANOBITS;

    fn of_units(bytes: u128) -> Option<Self> {
        bytes.checked_mul(NANOBITS).map(Self::from_nanobits)
    }

    fn in_units(self) -> u128 {
        self.as_nanobits() / NANOBITS
    }

    fn tariff(name: &str, schedule: Schedule<Self>) -> Tariff {
        Tariff::by_volume(name, VolumeMeter::Total, schedule)
    }

    fn among(tariff: &AnyPriced) -> Option<&Arc<Priced<Self>>> {
        match tariff {
            AnyPriced::Volume(priced) => Some(priced),
            AnyPriced::Rate(_) => None,
        }
    }
}

impl Billed for DataRate {
    const UNIT: RateUnit = RateUnit::Bps;
    const COLUMN: &'static str = "bits per second";
    const QUANTITY: &'static str = "data rate";
    const LARGEST: Self = Self::MAX;
    const MOST_UNITS: u128 = Self::MAX.as_bps() as u128;

    fn of_units(bps: u128) -> Option<Self> {
        u64::try_from(bps).ok().map(Self::from_bps)
    }

    fn in_units(self) -> u128 {
        self.as_bps().into()
    }

    fn tariff(name: &str, schedule: Schedule<Self>) -> Tariff {
        Tariff::by_rate(name, RateMeter::Peak, schedule)
    }

    fn among(tariff: &AnyPriced) -> Option<&Arc<Priced<Self>>> {
        match tariff {
            AnyPriced::Rate(priced) => Some(priced),
            AnyPriced::Volume(_) => None,
        }
    }
}

impl AnyPriced {
    /// Makes a tariff ready, or returns `None` if it prices neither volumes nor rates, or its prices
    /// change.
    pub(crate) fn new(tariff: &Tariff, rounded: Scale) -> Option<Self> {
        if !tariff.changes().is_empty() {
            return None;
        }
        if let Some((_, schedule)) = tariff.volume() {
            return Some(Self::Volume(Arc::new(Priced::new(tariff.name(), schedule, rounded))));
        }
        let (_, schedule) = tariff.rate()?;
        Some(Self::Rate(Arc::new(Priced::new(tariff.name(), schedule, rounded))))
    }

    pub(crate) fn tariff(&self) -> Tariff {
        match self {
            Self::Volume(priced) => priced.tariff(),
            Self::Rate(priced) => priced.tariff(),
        }
    }

    pub(crate) fn scale(&self) -> Scale {
        match self {
            Self::Volume(priced) => priced.scale,
            Self::Rate(priced) => priced.scale,
        }
    }
}

impl<Q: Billed> Priced<Q> {
    fn new(name: &str, schedule: &Schedule<Q>, rounded: Scale) -> Self {
        let pricer = schedule.compile(Q::UNIT);
        let exact = pricer.exact_scale().filter(|places| *places <= Scale::MOST_EXACT);
        let scale = exact.and_then(|places| Scale::try_from(places).ok()).unwrap_or(rounded);
        Self { name: name.to_owned(), schedule: schedule.clone(), pricer, scale }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn tariff(&self) -> Tariff {
        Q::tariff(&self.name, self.schedule.clone())
    }

    pub(crate) const fn pricer(&self) -> &Pricer<Q> {
        &self.pricer
    }

    pub(crate) const fn scale(&self) -> Scale {
        self.scale
    }

    /// Returns the field of a cost, which names the currency in its metadata.
    pub(crate) fn field(&self, name: &str) -> FieldRef {
        let currency = self.pricer.currency().to_string();
        let metadata = [("currency".to_owned(), currency)].into();
        Arc::new(Field::new(name, self.scale.data_type(), true).with_metadata(metadata))
    }

    /// Returns the cost of each group in units of the last decimal place.
    pub(crate) fn each_group(
        &self,
        groups: &GroupedSums,
        function: &'static str,
    ) -> Result<Vec<i128>, Error> {
        let mut costs = vec![0; groups.len()];
        self.pricer
            .finish_each_into(groups, self.scale.places(), ROUNDING, &mut costs)
            .map_err(Error::calculation(function))?;
        Ok(costs)
    }

    /// Returns the cost of a quantity in units of the last decimal place.
    pub(crate) fn cost(&self, quantity: Q, function: &'static str) -> Result<i128, Error> {
        let cost = self.schedule.cost(quantity);
        cost.round_to_i128(self.scale.places(), ROUNDING).map_err(Error::calculation(function))
    }

    /// Returns the cost of each number of a column in units of the last decimal place.
    pub(crate) fn each(&self, column: &[u64], function: &'static str) -> Result<Vec<i128>, Error> {
        let mut costs = vec![0; column.len()];
        let priced = self.pricer.over(&Column::new(column, Q::UNIT));
        priced
            .and_then(|priced| priced.each_into(self.scale.places(), ROUNDING, &mut costs))
            .map_err(Error::calculation(function))?;
        Ok(costs)
    }
}

/// Leaves out the pricer, which follows from the schedule.
impl<Q: Quantity> fmt::Debug for Priced<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, schedule, scale, .. } = self;
        f.debug_struct("Priced")
            .field("name", name)
            .field("schedule", schedule)
            .field("scale", scale)
            .finish()
    }
}

impl<Q: Quantity> PartialEq for Priced<Q> {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.schedule, self.scale) == (&other.name, &other.schedule, other.scale)
    }
}

impl<Q: Quantity> Eq for Priced<Q> {}

/// Covers the prices: DataFusion looks for equal calls by name and hash, so the same tariff of two
/// cards in one query must differ here.
impl<Q: Quantity> Hash for Priced<Q> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, &self.schedule, self.scale).hash(state);
    }
}
