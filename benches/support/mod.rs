//! Traffic that the benches share.

/// Numbers that look random and are the same every time.
pub(crate) fn noise(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Quiet at night, busy in the evening, up to about 9 Gbps.
pub(crate) fn diurnal(slot: u64) -> u64 {
    let of_day = slot % 288;
    let from_peak = of_day.abs_diff(252).min(of_day + 288 - 252);
    2_000_000_000 + 6_000_000_000 * (144 - from_peak.min(144)) / 144 + noise(slot) % 1_000_000_000
}
