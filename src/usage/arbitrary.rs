//! Traffic for tests: the features `arbitrary` and `proptest`.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "links of up to 100 Gbps, months, and draws above zero: all products fit 64 bits"
)]

use super::{CounterLog, CounterWidth, LinkUsage, UsageSeries};
use crate::{number::refused, quantity::DataRate};
use arbitrary::{Arbitrary, Result, Unstructured};
use core::{ops::Range, time::Duration};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

const MINUTES_OF_DAY: u64 = 1_440;
const LINKS_MBPS: [u64; 4] = [100, 1_000, 10_000, 100_000];

/// One to 31 days from the first of a month on, in slots of an hour, 15 minutes or 5 minutes: busy
/// in the evening, idle in the early morning, different on Saturdays and Sundays, never the same
/// twice, with up to three holes of up to twelve hours.
impl<'a> Arbitrary<'a> for UsageSeries {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let grid = Month::arbitrary(u)?;
        let traffic = Traffic::on(&LINKS_MBPS, u)?;
        grid.series(u, &traffic)
    }
}

/// Two directions of a link with the same slots, each with its own traffic and its own holes.
impl<'a> Arbitrary<'a> for LinkUsage {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let grid = Month::arbitrary(u)?;
        let (inbound, outbound) = (Traffic::on(&LINKS_MBPS, u)?, Traffic::on(&LINKS_MBPS, u)?);
        Ok(Self { inbound: grid.series(u, &inbound)?, outbound: grid.series(u, &outbound)? })
    }
}

/// Up to 600 polls, five minutes and up to 20 seconds apart, of a counter that may wrap. A poll in
/// twenty is missed, and in one log of two the device is restarted once and lies twice: it answers 0,
/// or a number that is far too high.
impl<'a> Arbitrary<'a> for CounterLog {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        const POLLS: u64 = 600;
        let width = *u.choose(&[CounterWidth::Bits64, CounterWidth::Bits32])?;
        // 32 bits wrap once in six minutes at 100 Mbps, and devices count faster links with 64.
        let (most, links) = match width {
            CounterWidth::Bits32 => (u64::from(u32::MAX), &[10, 100][..]),
            CounterWidth::Bits64 => (u64::MAX, &LINKS_MBPS[..]),
        };
        let Month { start, .. } = Month::arbitrary(u)?;
        let traffic = Traffic::on(links, u)?;
        let polls = u.int_in_range(2..=POLLS)?;
        let mut octets = u.int_in_range(0..=most)?;
        let is_troubled: bool = u.arbitrary()?;
        let mut pick = || u.int_in_range(1..=POLLS);
        let (restart, lies) = (pick()?, [pick()?, pick()?]);
        let noise = Noise(u.arbitrary()?);

        let mut log = Self::new(width).with_capacity(traffic.busiest());
        for poll in 0..polls {
            let seconds = poll * 300 + noise.below(poll, 20);
            let at = start.checked_add(Duration::from_secs(seconds)).map_err(refused)?;
            let minute = poll * 5;
            let counted = traffic.rate(minute).as_bps() / 8 * 280;
            octets = octets.wrapping_add(counted) & most;
            if is_troubled && poll == restart {
                octets = 0;
            }
            let answer = match lies.iter().position(|&lie| is_troubled && lie == poll) {
                Some(0) => 0,
                Some(_) => most - noise.below(poll, 1_000),
                None => octets,
            };
            if poll == 0 || noise.below(!poll, 20) != 0 {
                log.push(at, answer).map_err(refused)?;
            }
        }
        Ok(log)
    }
}

/// Slots from the first of a month on.
struct Month {
    start: Timestamp,
    interval: Duration,
    slots: u64,
}

impl<'a> Arbitrary<'a> for Month {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let (year, month) = (u.int_in_range(2015..=2035)?, u.int_in_range(1..=12)?);
        let first = Date::new(year, month, 1).map_err(refused)?.at(0, 0, 0, 0);
        let start = TimeZone::UTC.to_timestamp(first).map_err(refused)?;
        let minutes = *u.choose(&[60, 15, 5])?;
        let days: u64 = u.int_in_range(1..=31)?;
        let slots = days * (MINUTES_OF_DAY / minutes);
        Ok(Self { start, interval: Duration::from_secs(minutes * 60), slots })
    }
}

impl Month {
    fn series(&self, u: &mut Unstructured<'_>, traffic: &Traffic) -> Result<UsageSeries> {
        let minutes = self.interval.as_secs() / 60;
        let longest = MINUTES_OF_DAY / 2 / minutes;
        let mut holes = Vec::<Range<u64>>::new();
        for _ in 0..u.int_in_range(0..=3)? {
            // The first slot stays, so that something was measured.
            let first = u.int_in_range(1..=self.slots)?;
            holes.push(first..first + u.int_in_range(1..=longest)?);
        }
        let rate = |slot: u64| {
            let is_measured = !holes.iter().any(|hole| hole.contains(&slot));
            is_measured.then(|| traffic.rate(slot * minutes))
        };
        UsageSeries::from_rates(self.start, self.interval, (0..self.slots).map(rate))
            .map_err(refused)
    }
}

/// Traffic that follows the day and the week.
struct Traffic {
    /// The rates of the idlest and of the busiest minute, in bit/s, before noise.
    idle: u64,
    busy: u64,
    /// The busiest minute of the day.
    evening: u64,
    /// Saturday's and Sunday's traffic, in percent of another day's.
    weekend: u64,
    noise: Noise,
}

impl Traffic {
    /// Draws traffic that fills at most half of one of the given links.
    fn on(links_mbps: &[u64], u: &mut Unstructured<'_>) -> Result<Self> {
        let capacity = u.choose(links_mbps)? * 1_000_000;
        let busy = u.int_in_range(0..=capacity / 2)?;
        Ok(Self {
            idle: u.int_in_range(0..=busy)?,
            busy,
            evening: u.int_in_range(18 * 60..=23 * 60)?,
            weekend: u.int_in_range(50..=130)?,
            noise: Noise(u.arbitrary()?),
        })
    }

    /// Returns the rate in a minute, counted from midnight of a Monday.
    fn rate(&self, minute: u64) -> DataRate {
        const HALF: u64 = MINUTES_OF_DAY / 2;
        let apart = (minute % MINUTES_OF_DAY).abs_diff(self.evening);
        let to_idlest = HALF - apart.min(MINUTES_OF_DAY - apart);
        // From 0 at the idlest minute to 1,000 at the busiest; steeper towards the evening.
        let level = to_idlest * to_idlest * 1_000 / (HALF * HALF);
        let even = self.idle + (self.busy - self.idle) / 1_000 * level;
        let day = minute / MINUTES_OF_DAY % 7;
        let of_week = if day < 5 { even } else { even / 100 * self.weekend };
        DataRate::from_bps(of_week / 100 * (90 + self.noise.below(minute, 21)))
    }

    /// Returns a rate that no minute exceeds.
    fn busiest(&self) -> DataRate {
        DataRate::from_bps(self.busy * 2 + 1_000_000)
    }
}

/// Numbers that look drawn at random and follow from a seed.
struct Noise(u64);

impl Noise {
    /// Returns a number below `end` for a place: Sebastiano Vigna's SplitMix64 of 2015.
    const fn below(&self, place: u64, end: u64) -> u64 {
        let mut state = self.0.wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (state ^ (state >> 31)) % end
    }
}

#[cfg(feature = "proptest")]
crate::number::any_of_bytes! {
    UsageSeries: 96,
    LinkUsage: 160,
    CounterLog: 128,
}
