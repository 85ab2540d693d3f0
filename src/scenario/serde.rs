//! Serde for scenarios: named fields, and the checks of the constructors.

use crate::{Outage, TrafficClass, TrafficMix, quantity::DataRate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(rename = "TrafficMix", deny_unknown_fields)]
struct MixFields<C> {
    class: C,
}

impl Serialize for TrafficMix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MixFields { class: self.classes() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TrafficMix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let MixFields { class } = MixFields::<Vec<TrafficClass>>::deserialize(deserializer)?;
        Self::new(class).map_err(de::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Outage", deny_unknown_fields)]
struct OutageFields {
    lost: DataRate,
    rerouted: DataRate,
}

impl Serialize for Outage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OutageFields { lost: self.lost(), rerouted: self.rerouted() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let OutageFields { lost, rerouted } = OutageFields::deserialize(deserializer)?;
        Self::new(lost, rerouted).map_err(de::Error::custom)
    }
}
