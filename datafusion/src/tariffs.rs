//! [`Tariffs`]: the tariffs of a rate card, made ready for columns.

use crate::{
    Error,
    priced::{AnyPriced, Billed, Priced},
    scale::Scale,
};
use bandwidth_cost::{RateCard, Tariff};
use std::{collections::BTreeMap, sync::Arc};

/// The tariffs of a rate card, by name.
///
/// A query measures the traffic itself, so only the schedule of each tariff is used, and not its
/// `measure`. Volumes are in bytes, and rates in bits per second. A tariff that is a fee alone has
/// no schedule, and one whose prices change has several: both are left out.
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
/// assert_eq!(tariffs.scale_of("international"), Some(6)); // exact: a millionth of a dollar a byte
/// assert_eq!(tariffs.scale_of("disruption"), Some(2)); // rounded: 4/3 billionths a byte
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tariffs {
    /// The scale of rounded costs.
    scale: Scale,
    by_name: BTreeMap<String, AnyPriced>,
}

impl Tariffs {
    /// Creates the tariffs of the functions from a rate card.
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
        Self::of(card.tariffs(), Scale::DEFAULT)
    }

    /// Sets the number of decimal places of costs that no decimal holds exactly, such as thirds. By
    /// default it is 6.
    ///
    /// Such a cost is rounded half to even, once, at the end. All other costs are exact, with as
    /// many places as the prices need, if those are at most 28.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Scale`] if the scale is more than 38 places.
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
    ///     "a scale of 39 decimal places exceeds the 38 digits of a cost: pass at most 38",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_scale(self, scale: u32) -> Result<Self, Error> {
        Ok(Self::of(&self.parts().0, scale.try_into()?))
    }

    /// Returns the names of the tariffs, in alphabetical order.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// for name in Tariffs::new(&card).names() {
    ///     println!("SELECT cost_of_sum('{name}', bytes) FROM flows");
    /// }
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Returns the number of decimal places of a tariff's costs, or `None` if no tariff has that
    /// name.
    ///
    /// ```
    /// # use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
    /// # use bandwidth_cost_datafusion::Tariffs;
    /// # let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
    /// # let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
    /// let tariffs = Tariffs::new(&card);
    /// assert_eq!(tariffs.scale_of("pta"), Some(6));
    /// assert_eq!(tariffs.scale_of("transit"), None);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn scale_of(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).map(|tariff| tariff.scale().places())
    }

    /// Returns the tariffs and the scale of rounded costs, from which [`of`](Self::of) makes an
    /// equal value.
    pub(crate) fn parts(&self) -> (Vec<Tariff>, Scale) {
        (self.by_name.values().map(AnyPriced::tariff).collect(), self.scale)
    }

    pub(crate) fn of(tariffs: &[Tariff], scale: Scale) -> Self {
        let priced = |tariff: &Tariff| {
            AnyPriced::new(tariff, scale).map(|priced| (tariff.name().to_owned(), priced))
        };
        Self { scale, by_name: tariffs.iter().filter_map(priced).collect() }
    }

    /// Returns the tariff with that name.
    pub(crate) fn any(&self, function: &'static str, name: &str) -> Result<&AnyPriced, Error> {
        self.by_name.get(name).ok_or_else(|| {
            let known: Vec<String> = self.names().map(|name| format!("'{name}'")).collect();
            Error::UnknownTariff { function, tariff: name.to_owned(), known: known.join(", ") }
        })
    }

    /// Returns the tariff with that name, which must price the quantity.
    pub(crate) fn get<Q: Billed>(
        &self,
        function: &'static str,
        name: &str,
        instead: &'static str,
    ) -> Result<Arc<Priced<Q>>, Error> {
        let tariff = self.any(function, name)?;
        if let Some(priced) = Q::among(tariff) {
            return Ok(Arc::clone(priced));
        }
        let prices = match tariff {
            AnyPriced::Volume(_) => "volumes",
            AnyPriced::Rate(_) => "rates",
        };
        Err(Error::OtherTariff { function, tariff: name.to_owned(), prices, instead })
    }
}
