//! The part of [`UsageSeries`] that cuts it at the months and days of a time zone.

use crate::{
    number::{Share, gcd},
    quantity::DataVolume,
    usage::{BillingCycle, UsageSeries},
};
use core::ops::Range;
use jiff::{
    Timestamp,
    civil::Date,
    tz::{AmbiguousOffset, TimeZone},
};

impl UsageSeries {
    /// Cuts the series into the calendar months of a time zone, each with its first day.
    ///
    /// A slot belongs to the month in which it begins. A month in which the clocks change has an
    /// hour more or less. If the clocks are put back over the first midnight of a month, so that
    /// there are two, it begins at the earlier one. A month without a slot, or of which all slots
    /// are left out, is skipped.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, UsageSeries, jiff::{Timestamp, tz::TimeZone}};
    /// use core::time::Duration;
    ///
    /// let new_york = TimeZone::get("America/New_York")?;
    /// let start: Timestamp = "2024-11-01T04:00:00Z".parse()?;
    /// let slots = [DataVolume::from_megabytes(1); 10_000];
    /// let series = UsageSeries::from_volumes(start, Duration::from_secs(300), slots)?;
    /// let months: Vec<_> = series.by_month(&new_york).collect();
    /// let (first, november) = &months[0];
    /// assert_eq!(first.to_string(), "2024-11-01");
    /// assert_eq!(november.len(), 8_652); // 30 days and an hour
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by_month<'a>(&'a self, zone: &TimeZone) -> impl Iterator<Item = (Date, Self)> + use<'a> {
        self.by_period(&BillingCycle::months(), zone)
    }

    /// Cuts the series into the days of a time zone, as [`by_month`](Self::by_month) does.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, UsageSeries, jiff::{Timestamp, tz::TimeZone}};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2024-10-26T19:00:00Z".parse()?; // midnight in Karachi
    /// let rates = (0..48).map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(3600), rates)?;
    /// let karachi = TimeZone::get("Asia/Karachi")?;
    /// let peaks: Vec<_> = series.by_day(&karachi).map(|(_, day)| day.peak()).collect();
    /// assert_eq!(peaks, [DataRate::from_mbps(23), DataRate::from_mbps(47)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by_day<'a>(&'a self, zone: &TimeZone) -> impl Iterator<Item = (Date, Self)> + use<'a> {
        self.periods(zone.clone(), |date| date, |date| date.tomorrow().ok())
    }

    /// Cuts the series into the billing periods of a cycle in a time zone, each with its first day, as
    /// [`by_month`](Self::by_month) does.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataVolume, UsageSeries, jiff::{Timestamp, tz::TimeZone}, usage::BillingCycle,
    /// };
    /// use core::time::Duration;
    ///
    /// let new_york = TimeZone::get("America/New_York")?;
    /// let start: Timestamp = "2021-02-21T05:00:00Z".parse()?; // local midnight
    /// let hours = [DataVolume::from_gigabytes(1); 1_000];
    /// let series = UsageSeries::from_volumes(start, Duration::from_secs(3_600), hours)?;
    /// let periods: Vec<_> = series.by_period(&BillingCycle::from_day(21)?, &new_york).collect();
    /// let (first, february) = &periods[0];
    /// assert_eq!(first.to_string(), "2021-02-21");
    /// assert_eq!(february.total().to_string(), "671 GB"); // 28 days, less the hour that is skipped
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by_period<'a>(
        &'a self,
        cycle: &BillingCycle,
        zone: &TimeZone,
    ) -> impl Iterator<Item = (Date, Self)> + use<'a> {
        let cycle = *cycle;
        self.periods(
            zone.clone(),
            move |date| cycle.first_day(date),
            move |first| cycle.next(first),
        )
    }

    /// Cuts the series into periods: `first` gives the first day of a date's period, and `next` that
    /// of the period after one.
    fn periods(
        &self,
        zone: TimeZone,
        first: impl Fn(Date) -> Date,
        next: impl Fn(Date) -> Option<Date>,
    ) -> impl Iterator<Item = (Date, Self)> {
        let mut from = 0;
        let periods = core::iter::from_fn(move || {
            if from == self.len() {
                return None;
            }
            let start = self.edge(from);
            let begin = |date| Some((date, first_instant(date, &zone)?));
            let mut period = first(zone.to_datetime(start).date());
            let mut after = next(period).and_then(begin);
            // The clocks were put back from the next period into this one.
            while let Some((date, instant)) = after
                && instant <= start
            {
                period = date;
                after = next(period).and_then(begin);
            }
            let to = after.map_or(self.len(), |(_, instant)| self.slots_before(instant));
            let part = (period, self.part(from..to));
            from = to;
            Some(part)
        });
        periods.filter_map(|(first, part)| Some((first, part?)))
    }

    /// Returns the first day of the period in which the first slot begins.
    pub(crate) fn first_period(&self, cycle: &BillingCycle, zone: &TimeZone) -> Date {
        cycle.first_day(day_of(self.start(), zone))
    }

    /// Returns the days on which the first and the last slot begin.
    pub(crate) fn days_begun(&self, zone: &TimeZone) -> [Date; 2] {
        [self.start(), self.last_start()].map(|at| day_of(at, zone))
    }

    /// Returns the start of the last slot.
    #[expect(clippy::expect_used, reason = "a series is not empty")]
    pub(crate) fn last_start(&self) -> Timestamp {
        self.edge(self.len().checked_sub(1).expect("a series has a slot"))
    }

    /// Returns whether a slot begins on a date or later.
    pub(crate) fn begins_in_or_after(&self, date: Date, zone: &TimeZone) -> bool {
        first_instant(date, zone).is_some_and(|instant| instant <= self.last_start())
    }

    /// Returns the share that the known slots of the series are of the time from a day to the end of
    /// another, in which all of them begin.
    #[expect(
        clippy::expect_used,
        reason = "a period is a month of nanoseconds, which 64 bits hold"
    )]
    pub(crate) fn coverage_of(&self, first: Date, last: Date, zone: &TimeZone) -> Share {
        let ends = last.tomorrow().ok().and_then(|next| first_instant(next, zone));
        let (Some(start), Some(end)) = (first_instant(first, zone), ends) else {
            return self.coverage(); // a period that goes on beyond all timestamps
        };
        let known = self.grid().length(self.known()).as_nanos();
        let whole = end.duration_since(start).unsigned_abs().as_nanos();
        // The last slot may end after the period.
        let common = gcd(known.min(whole), whole);
        let [known, whole] = [known.min(whole), whole].map(|time| {
            let part = time.checked_div(common).expect("a period is not empty");
            u64::try_from(part).expect("a period is shorter than 584 years")
        });
        Share::new(known, whole).expect("a part of a period that is not empty")
    }

    /// Returns the part of the slots that begin in a span of time, or `None` if there are none, or all of
    /// them are left out.
    pub(crate) fn begun_in(&self, span: &Range<Timestamp>) -> Option<Self> {
        let [from, to] = [span.start, span.end].map(|at| self.slots_before(at.max(self.start())));
        if from < to { self.part(from..to) } else { None }
    }

    /// Returns the part with the slots that begin on some days, or `None` if there are none or all of them
    /// are left out. A day that is not given is before or after all slots.
    pub(crate) fn on_days(
        &self,
        first: Option<Date>,
        last: Option<Date>,
        zone: &TimeZone,
    ) -> Option<Self> {
        let from = first.map_or(0, |first| self.slots_to_day(first, zone));
        let next = last.and_then(|last| last.tomorrow().ok());
        let to = next.map_or(self.len(), |next| self.slots_to_day(next, zone));
        if from < to { self.part(from..to) } else { None }
    }

    /// Returns the total before the first of some days, from each of them to the next, and from the last
    /// on. The days ascend.
    #[expect(
        clippy::expect_used,
        reason = "the slots before a day are some of all, and grow with it"
    )]
    pub(crate) fn totals_from(
        &self,
        days: impl Iterator<Item = Date>,
        zone: &TimeZone,
    ) -> Vec<DataVolume> {
        let mut rest = self.volumes();
        let mut before = 0;
        let mut totals = Vec::new();
        for day in days {
            let slots = self.slots_to_day(day, zone);
            let more = slots.checked_sub(before).expect("the days ascend");
            let (part, after) = rest.split_at_checked(more).expect("slots of the series");
            totals.push(part.iter().sum());
            (rest, before) = (after, slots);
        }
        totals.push(rest.iter().sum());
        totals
    }

    /// Returns the number of slots that begin before a day.
    fn slots_to_day(&self, day: Date, zone: &TimeZone) -> usize {
        match first_instant(day, zone) {
            Some(at) if at <= self.start() => 0,
            Some(at) => self.slots_before(at),
            // The day begins before the first timestamp, or after the last.
            None if day <= day_of(self.start(), zone) => 0,
            None => self.len(),
        }
    }

    /// Returns the last `slots` slots that begin before an instant, or `None` if there are fewer, or one of
    /// them is left out.
    pub(crate) fn last_before(&self, at: Timestamp, slots: usize) -> Option<Self> {
        let to = if at <= self.start() { 0 } else { self.slots_before(at) };
        let part = self.part(to.checked_sub(slots)?..to)?;
        (part.known() == slots).then_some(part)
    }

    /// Returns the number of slots that begin before `at`, which must not be before the first.
    fn slots_before(&self, at: Timestamp) -> usize {
        let grid = self.grid();
        let begun = grid.nanoseconds_to(at).div_ceil(grid.interval().as_nanos());
        // More than all slots are all slots.
        usize::try_from(begun).map_or(self.len(), |begun| begun.min(self.len()))
    }
}

/// Returns the local day that has an instant. If the clocks are put back over midnight, the day before
/// does not begin again.
fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    let date = zone.to_datetime(at).date();
    let next = date.tomorrow().ok();
    let has_begun = |day: &Date| first_instant(*day, zone).is_some_and(|begin| begin <= at);
    next.filter(has_begun).unwrap_or(date)
}

/// Returns the time of some local days, as far as timestamps go.
pub(crate) fn span_of_days(first: Date, last: Date, zone: &TimeZone) -> Range<Timestamp> {
    let begin = |date: Date| match first_instant(date, zone) {
        Some(instant) => instant,
        None if date <= zone.to_datetime(Timestamp::MIN).date() => Timestamp::MIN,
        None => Timestamp::MAX,
    };
    begin(first)..last.tomorrow().map_or(Timestamp::MAX, begin)
}

/// Returns the first instant at which clocks in the zone show the date or a later one, or `None` if it
/// is after [`Timestamp::MAX`].
pub(in crate::usage) fn first_instant(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
    let earlier = midnight.earlier().ok()?;
    match midnight.offset() {
        // Clocks are put forward over midnight: the day begins with that.
        AmbiguousOffset::Gap { .. } => Some(zone.following(earlier).next()?.timestamp()),
        _ => Some(earlier),
    }
}
