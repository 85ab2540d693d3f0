//! [`Tariffs`]: prices by name, ready for columns.

use crate::Error;
use bandwidth_cost::{
    DataRate, DataVolume, Quantity, RateCard, RateUnit, Schedule, Tariff, VolumeUnit,
    bulk::Pricer,
};
use core::{
    fmt,
    hash::{Hash, Hasher},
};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use std::{collections::BTreeMap, sync::Arc};

/// The decimal places of costs that no decimal holds, unless [`Tariffs::with_scale`] says others.
const DEFAULT_SCALE: u32 = 6;

/// The most decimal places of exact results: what leaves ten digits before them.
const MOST_EXACT: u32 = 28;

/// The most digits of a result.
pub(crate) const DIGITS: u8 = 38;

/// The tariffs of a rate card, by name.
///
/// A query measures by itself what is priced, so of each tariff only the schedule counts, and not
/// its `measure`. Volumes are in bytes, rates in bits per second.
///
/// ```
/// use bandwidth_cost::RateCard;
/// use bandwidth_cost_datafusion::Tariffs;
/// use std::collections::BTreeMap;
///
/// let card = RateCard::from_toml(
///     r#"
///     [[tariff]]
///     name = "international"
///     measure = "total volume"
///     price = "1 USD per 1 MB"
///
///     [[tariff]]
///     name = "disruption"
///     measure = "total volume"
///     price = "10000 USD per 7.5 TB"
///     "#,
///     &BTreeMap::new(),
/// )?;
/// let tariffs = Tariffs::new(&card).with_scale(2)?;
/// assert_eq!(tariffs.scale_of("international"), Some(6)); // exact: a millionth a byte
/// assert_eq!(tariffs.scale_of("disruption"), Some(2)); // no decimal is 4/3 of a billionth
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tariffs {
    scale: u32,
    volumes: BTreeMap<String, Arc<Priced<DataVolume>>>,
    rates: BTreeMap<String, Arc<Priced<DataRate>>>,
}

/// A tariff, compiled for the unit of its column.
#[derive(Clone)]
pub(crate) struct Priced<Q: Quantity> {
    tariff: Tariff,
    schedule: Schedule<Q>,
    compiled: Pricer<Q>,
    /// The decimal places of its costs.
    scale: u32,
}

/// What a tariff can price.
pub(crate) trait Billed: Quantity + Send + Sync + 'static {
    /// The unit of the column.
    const UNIT: Self::Unit;
    /// What the column is called.
    const COLUMN: &'static str;
    /// What the numbers are.
    const WHAT: &'static str;

    fn schedule(tariff: &Tariff) -> Option<&Schedule<Self>>;
    fn among(tariffs: &Tariffs) -> &BTreeMap<String, Arc<Priced<Self>>>;
}

impl Billed for DataVolume {
    const UNIT: VolumeUnit = VolumeUnit::Byte;
    const COLUMN: &'static str = "bytes";
    const WHAT: &'static str = "volumes";

    fn schedule(tariff: &Tariff) -> Option<&Schedule<Self>> {
        tariff.volume().map(|(_, schedule)| schedule)
    }

    fn among(tariffs: &Tariffs) -> &BTreeMap<String, Arc<Priced<Self>>> {
        &tariffs.volumes
    }
}

impl Billed for DataRate {
    const UNIT: RateUnit = RateUnit::Bps;
    const COLUMN: &'static str = "bits per second";
    const WHAT: &'static str = "rates";

    fn schedule(tariff: &Tariff) -> Option<&Schedule<Self>> {
        tariff.rate().map(|(_, schedule)| schedule)
    }

    fn among(tariffs: &Tariffs) -> &BTreeMap<String, Arc<Priced<Self>>> {
        &tariffs.rates
    }
}

impl Tariffs {
    /// The tariffs of a card.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// use bandwidth_cost_datafusion::Tariffs;
    ///
    /// let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// assert_eq!(Tariffs::new(&card).names().collect::<Vec<_>>(), ["pta"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn new(card: &RateCard) -> Self {
        Self::of(card.tariffs(), DEFAULT_SCALE)
    }

    /// The decimal places of costs that no decimal holds exactly, such as thirds: they are rounded
    /// half to even, once, at the end. 6 if not set. All other costs are exact, with as many places
    /// as the prices need, if those are at most 28.
    ///
    /// # Errors
    ///
    /// [`Error::Scale`] beyond 38.
    ///
    /// ```
    /// use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// use bandwidth_cost_datafusion::Tariffs;
    ///
    /// let price = Schedule::flat(pta::DISRUPTION_COST);
    /// let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// assert_eq!(Tariffs::new(&card).with_scale(4)?.scale_of("pta"), Some(4));
    /// assert_eq!(
    ///     Tariffs::new(&card).with_scale(39).unwrap_err().to_string(),
    ///     "a scale of 39 decimal places: write at most 38",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_scale(self, scale: u32) -> Result<Self, Error> {
        if scale > u32::from(DIGITS) {
            return Err(Error::Scale { scale });
        }
        let volumes = self.volumes.values().map(|priced| &priced.tariff);
        let rates = self.rates.values().map(|priced| &priced.tariff);
        Ok(Self::of(volumes.chain(rates), scale))
    }

    /// The names, those of volumes first.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// for name in Tariffs::new(&card).names() {
    ///     println!("SELECT sum_cost('{name}', bytes) FROM flows");
    /// }
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.volumes.keys().chain(self.rates.keys()).map(String::as_str)
    }

    /// The decimal places of a tariff's costs; nothing where there is no such tariff.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// assert_eq!((tariffs.scale_of("pta"), tariffs.scale_of("transit")), (Some(6), None));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn scale_of(&self, name: &str) -> Option<u32> {
        let volume = self.volumes.get(name).map(|priced| priced.scale);
        volume.or_else(|| self.rates.get(name).map(|priced| priced.scale))
    }

    /// The tariffs and the scale, of which [`of`](Self::of) makes the same again.
    #[cfg(feature = "codec")]
    pub(crate) fn parts(&self) -> (Vec<Tariff>, u32) {
        let volumes = self.volumes.values().map(|priced| priced.tariff.clone());
        let rates = self.rates.values().map(|priced| priced.tariff.clone());
        (volumes.chain(rates).collect(), self.scale)
    }

    pub(crate) fn of<'a>(tariffs: impl IntoIterator<Item = &'a Tariff>, scale: u32) -> Self {
        let (mut volumes, mut rates) = (BTreeMap::new(), BTreeMap::new());
        for tariff in tariffs {
            let name = || tariff.name().to_owned();
            if let Some(priced) = Priced::new(tariff, scale) {
                volumes.insert(name(), Arc::new(priced));
            }
            if let Some(priced) = Priced::new(tariff, scale) {
                rates.insert(name(), Arc::new(priced));
            }
        }
        Self { scale, volumes, rates }
    }

    /// The tariff of that name, if it prices such quantities.
    pub(crate) fn get<Q: Billed>(
        &self,
        function: &'static str,
        name: &str,
        instead: &'static str,
    ) -> Result<Arc<Priced<Q>>, Error> {
        if let Some(priced) = Q::among(self).get(name) {
            return Ok(Arc::clone(priced));
        }
        let tariff = name.to_owned();
        if self.scale_of(name).is_none() {
            let known: Vec<String> = self.names().map(|name| format!("'{name}'")).collect();
            return Err(Error::UnknownTariff { function, tariff, known: known.join(", ") });
        }
        let is_rate = self.rates.contains_key(name);
        let what = if is_rate { DataRate::WHAT } else { DataVolume::WHAT };
        Err(Error::OtherTariff { function, tariff, what, instead })
    }
}

impl<Q: Billed> Priced<Q> {
    /// Nothing where the tariff prices another quantity.
    pub(crate) fn new(tariff: &Tariff, scale: u32) -> Option<Self> {
        let schedule = Q::schedule(tariff)?.clone();
        let compiled = schedule.compile(Q::UNIT);
        let scale = compiled.exact_scale().filter(|&exact| exact <= MOST_EXACT).unwrap_or(scale);
        Some(Self { tariff: tariff.clone(), schedule, compiled, scale })
    }

    pub(crate) const fn compiled(&self) -> &Pricer<Q> {
        &self.compiled
    }

    pub(crate) const fn schedule(&self) -> &Schedule<Q> {
        &self.schedule
    }

    pub(crate) const fn scale(&self) -> u32 {
        self.scale
    }

    pub(crate) const fn tariff(&self) -> &Tariff {
        &self.tariff
    }

    pub(crate) fn data_type(&self) -> DataType {
        // At most 38.
        DataType::Decimal128(DIGITS, i8::try_from(self.scale).unwrap_or(i8::MAX))
    }

    /// The result's field, which says the currency.
    pub(crate) fn field(&self, name: &str) -> FieldRef {
        let currency = self.compiled.currency().to_string();
        let metadata = [("currency".to_owned(), currency)].into();
        Arc::new(Field::new(name, self.data_type(), true).with_metadata(metadata))
    }
}

/// Without what was compiled, which follows from the rest.
impl<Q: Quantity> fmt::Debug for Priced<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tariff, scale, .. } = self;
        f.debug_struct("Priced").field("tariff", tariff).field("scale", scale).finish()
    }
}

impl<Q: Quantity> PartialEq for Priced<Q> {
    fn eq(&self, other: &Self) -> bool {
        (&self.tariff, self.scale) == (&other.tariff, other.scale)
    }
}

impl<Q: Quantity> Eq for Priced<Q> {}

/// With the prices: where DataFusion looks for equal calls it compares names and hashes, so two cards
/// in one query must differ here.
impl<Q: Quantity> Hash for Priced<Q> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.tariff.name(), &self.schedule, self.scale).hash(state);
    }
}
