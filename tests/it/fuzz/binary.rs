//! Any bytes as the compact form of any value, and as JSON: what is read is written, and read back as
//! the same.
//!
//! The first byte of an input chooses the type.

use bandwidth_cost::{
    Baseline, Cost, Currency, DataRate, DataVolume, ExchangeRate, ExchangeRates, Invoice, Money,
    Percentile, RateCard, RatePrice, Ratio, Schedule, Share, Statement, Tariff, TrafficMix,
    UsageSeries, VolumePrice, bulk::PartialSums, money::exchange::DatedRate, tariff::Settlement,
};
use core::fmt;
use serde::{Serialize, de::DeserializeOwned};

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let Some((kind, bytes)) = input.split_first() else { return };
    match kind % 24 {
        0 => goes_round::<Baseline>(bytes),
        1 => goes_round::<Cost>(bytes),
        2 => goes_round::<Currency>(bytes),
        3 => goes_round::<DataRate>(bytes),
        4 => goes_round::<DataVolume>(bytes),
        5 => goes_round::<ExchangeRate>(bytes),
        6 => goes_round::<ExchangeRates>(bytes),
        7 => goes_round::<Invoice>(bytes),
        8 => goes_round::<Money>(bytes),
        9 => goes_round::<Percentile>(bytes),
        10 => goes_round::<RateCard>(bytes),
        11 => goes_round::<RatePrice>(bytes),
        12 => goes_round::<Ratio>(bytes),
        13 => goes_round::<Schedule<DataRate>>(bytes),
        14 => goes_round::<Schedule<DataVolume>>(bytes),
        15 => goes_round::<Share>(bytes),
        16 => goes_round::<Statement>(bytes),
        17 => goes_round::<Tariff>(bytes),
        18 => goes_round::<TrafficMix>(bytes),
        19 => goes_round::<UsageSeries>(bytes),
        20 => goes_round::<VolumePrice>(bytes),
        21 => goes_round::<DatedRate>(bytes),
        22 => goes_round::<PartialSums>(bytes),
        _ => goes_round::<Settlement>(bytes),
    }
}

fn goes_round<T>(bytes: &[u8])
where
    T: Serialize + DeserializeOwned + fmt::Debug + PartialEq,
{
    if let Ok(value) = postcard::from_bytes::<T>(bytes) {
        is_written(&value);
    }
    if let Ok(value) = serde_json::from_slice::<T>(bytes) {
        is_written(&value);
    }
}

fn is_written<T>(value: &T)
where
    T: Serialize + DeserializeOwned + fmt::Debug + PartialEq,
{
    let bytes = postcard::to_stdvec(value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes).as_ref(), Ok(value));
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).as_ref().ok(), Some(value), "{text}");
}
