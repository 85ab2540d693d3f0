//! Serde for [`TrafficMix`]: named fields, and the checks of the constructor.

use super::{TrafficClass, TrafficMix};
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
