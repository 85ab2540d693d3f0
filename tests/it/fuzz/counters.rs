//! Any readings of a counter: every octet that was counted is in a slot, a gap, the head or the tail.

use super::source::Source;
use bandwidth_cost::{
    CounterEvent, CounterLog, CounterReadout, CounterWidth, DataRate, DataVolume, GapPolicy,
    jiff::Timestamp,
};
use core::time::Duration;

const WRAP: u64 = 1 << 32;

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let mut source = Source(input);
    let width = source.pick(&[CounterWidth::Bits32, CounterWidth::Bits64]);
    let capacity = source.one_in(2).then(|| DataRate::from_bps(source.number().max(1)));
    let interval = Duration::from_secs(source.pick(&[300, 300, 60, 7, 3_600]));
    let mut log = CounterLog::new(width);
    if let Some(capacity) = capacity {
        log = log.with_capacity(capacity);
    }
    let (mut at, mut octets) = (Timestamp::UNIX_EPOCH, source.number());
    let mut readings = Vec::new();
    while !source.0.is_empty() && readings.len() < 200 {
        let step = match source.below(8) {
            0 => interval * u32::from(source.byte()),
            1 => Duration::from_nanos(source.number() >> 20),
            2 => interval * 2,
            3 => interval + Duration::from_secs(source.byte().into()),
            _ => interval,
        };
        let step = step.max(Duration::from_nanos(1)).min(Duration::from_secs(86_400 * 30));
        at += step;
        octets = match source.below(8) {
            0 => source.number(),
            1 => octets,
            2 => 0,
            3 => octets.wrapping_add(most(capacity, step)),
            4 => octets.wrapping_add(most(capacity, step)).wrapping_add(1),
            _ => octets.wrapping_add(source.number() >> 8),
        };
        let shown = if width == CounterWidth::Bits32 { octets % WRAP } else { octets };
        log.push(at, shown).unwrap();
        readings.push((at, shown));
    }
    for policy in [GapPolicy::LeaveOut, GapPolicy::Zero, GapPolicy::Distribute] {
        if let Ok(readout) = log.to_series(interval, policy) {
            let counted = counted(&readings, width, capacity, policy);
            assert_eq!(counted, Some(accounted(&readout)), "{policy}: {readings:?}");
            is_carried(&readout, capacity, interval);
        }
    }
    // What is made up is outside of the account; a gap that is not allowed is an error.
    let _ = (log.to_series(interval, GapPolicy::Hold), log.to_series(interval, GapPolicy::Fail));
}

/// The octets that a link carries in a time.
fn most(capacity: Option<DataRate>, time: Duration) -> u64 {
    let bits = u128::from(capacity.map_or(1_000_000, DataRate::as_bps)) * time.as_nanos();
    u64::try_from(bits / 8_000_000_000).unwrap_or(u64::MAX)
}

/// The volume in slots, gaps, head and tail.
fn accounted(readout: &CounterReadout) -> DataVolume {
    let volume = |event: &CounterEvent| match *event {
        CounterEvent::Head { volume, .. } | CounterEvent::Tail { volume, .. } => volume,
        CounterEvent::Gap { volume, measured, .. } => volume.unwrap_or(DataVolume::ZERO) + measured,
        _ => DataVolume::ZERO,
    };
    readout.events.iter().map(volume).fold(readout.series.total(), |sum, volume| sum + volume)
}

/// The volume that the rules count between readings.
fn counted(
    readings: &[(Timestamp, u64)],
    width: CounterWidth,
    capacity: Option<DataRate>,
    policy: GapPolicy,
) -> Option<DataVolume> {
    let carries = |(from, to): (Timestamp, Timestamp), octets: u64| {
        let time = to.duration_since(from).unsigned_abs();
        capacity.is_none_or(|capacity| {
            let nanobits = u128::from(octets) * 8_000_000_000;
            u128::from(capacity.as_bps())
                .checked_mul(time.as_nanos())
                .is_none_or(|most| nanobits <= most)
        })
    };
    let increment = |(from, before): (Timestamp, u64), (to, after): (Timestamp, u64)| {
        let octets = match (after.checked_sub(before), width) {
            (Some(octets), _) => octets,
            (None, CounterWidth::Bits32) => WRAP - before + after,
            (None, CounterWidth::Bits64) => return None,
        };
        carries((from, to), octets).then_some(octets)
    };
    let (mut sum, mut place) = (DataVolume::ZERO, 0);
    while place + 1 < readings.len() {
        let now = readings[place];
        let later = (place + 1..readings.len()).take(4);
        let found = later.map(|next| (next, increment(now, readings[next])));
        if let Some((next, octets)) = found.into_iter().find_map(|(at, o)| Some((at, o?))) {
            sum = sum.checked_add(DataVolume::from_bytes(octets))?;
            place = next;
            continue;
        }
        let (to, after) = readings[place + 1];
        let is_reset = after < now.1 && capacity.is_some() && carries((now.0, to), after);
        if is_reset && policy == GapPolicy::Distribute {
            sum = sum.checked_add(DataVolume::from_bytes(after))?;
        }
        place += 1;
    }
    Some(sum)
}

/// No slot has more than the link carries, but for a billionth of a bit for each interval in it.
fn is_carried(readout: &CounterReadout, capacity: Option<DataRate>, interval: Duration) {
    let Some(most) = capacity.and_then(|capacity| capacity.checked_mul(interval)) else { return };
    let most = most.as_nanobits().saturating_add(400);
    for (at, volume) in readout.series.iter() {
        let volume = volume.map_or(0, DataVolume::as_nanobits);
        assert!(volume <= most, "{at}: {volume} of {most} billionths of a bit");
    }
}
