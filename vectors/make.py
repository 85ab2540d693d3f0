#!/usr/bin/env python3
"""Writes the vectors beside it: what a biller must answer, computed from the rules in README.md with
exact fractions. It needs the standard library alone, shares no code with the crate, and writes the same
files each time.

    python3 vectors/make.py           # writes *.csv
    python3 vectors/make.py --check   # compares them with what is there
"""
import datetime as dt
import itertools
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
NANO = 10**9
SEED = "bandwidth-cost vectors"


def text(number):
    """An integer, a decimal where it is one of at most nine places, or a fraction in lowest terms."""
    number = Fraction(number)
    if number.denominator == 1:
        return str(number.numerator)
    scaled = number * NANO
    if scaled.denominator == 1:
        sign = "-" if number < 0 else ""
        whole, rest = divmod(abs(scaled.numerator), NANO)
        return f"{sign}{whole}." + f"{rest:09}".rstrip("0")
    return f"{number.numerator}/{number.denominator}"


def decimal(number, places):
    """A decimal with that many places."""
    digits = number * 10**places
    assert digits.denominator == 1, (number, places)
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(digits.numerator), 10**places)
    return f"{sign}{whole}" + (f".{rest:0{places}}" if places else "")


# ── Rounding ─────────────────────────────────────────────────────────────────────────────────────

STRATEGIES = (
    "half to even", "half away from zero", "half toward zero", "toward zero", "away from zero", "down",
    "up",
)


def rounded(number, strategy):
    below = math.floor(number)
    if number == below:
        return below
    inward, outward = (below, below + 1) if number > 0 else (below + 1, below)
    if strategy == "down":
        return below
    if strategy == "up":
        return below + 1
    if strategy == "toward zero":
        return inward
    if strategy == "away from zero":
        return outward
    rest = number - below
    if rest != Fraction(1, 2):
        return below + (rest > Fraction(1, 2))
    if strategy == "half to even":
        return below + below % 2
    return outward if strategy == "half away from zero" else inward


def rounding(rng):
    for _ in range(10_000):
        places = rng.choice((0, 0, 2, 2, 2, 3, 4, 6))
        step = Fraction(1, 10**places)
        kind = rng.randrange(4)
        if kind == 0:  # a tie
            amount = (rng.randrange(-10**6, 10**6) + Fraction(1, 2)) * step
        elif kind == 1:  # beside a tie
            amount = (rng.randrange(-10**4, 10**4) + Fraction(1, 2)) * step
            amount += Fraction(rng.choice((-1, 1)), rng.choice((10**9, 3 * 10**7, 7 * 10**8)))
        elif kind == 2:
            amount = Fraction(rng.randrange(-10**7, 10**7), rng.randrange(1, 2000))
        else:
            amount = rng.randrange(-10**5, 10**5) * step
        strategy = rng.choice(STRATEGIES)
        yield text(amount), places, strategy, decimal(rounded(amount / step, strategy) * step, places)


# ── Prices and schedules ─────────────────────────────────────────────────────────────────────────

VOLUME_PERS = [8 * 10**6, 8 * 10**9, 8 * 10**9, 8 * 2**30, 8 * 10**12, 10**6, 7, 60 * 10**12]
RATE_PERS = [10**6, 10**6, 10**6, 10**9, 10**3, 3 * 10**6, 7]


def amount_of(rng, most=100):
    places = rng.choice((0, 1, 2, 2, 2, 3, 4, 5))
    return Fraction(rng.randrange(0, most * 10**places), 10**places)


def quantity_of(rng, kind):
    if kind == "rate":
        return rng.choice((
            0, 1, rng.randrange(10**6), rng.randrange(10**3) * 10**6, rng.randrange(10**12),
        ))
    return rng.choice((
        0, Fraction(1, NANO), rng.randrange(1000) * 8 * 10**9, rng.randrange(10**4) * 8 * 2**30,
        rng.randrange(10**15), Fraction(rng.randrange(10**15), 1000), rng.randrange(10**18),
    ))


def prices(rng):
    for _ in range(12_000):
        kind = rng.choice(("volume", "rate"))
        amount = amount_of(rng)
        per = rng.choice(VOLUME_PERS if kind == "volume" else RATE_PERS)
        quantity = quantity_of(rng, kind)
        yield kind, text(amount), per, text(quantity), text(amount * quantity / per)


class Tariff:
    """Prices and terms as in a contract; the smallest unit is 1 bit/s, or a billionth of a bit."""

    def __init__(self, kind, form, tiers, terms):
        self.kind, self.form, self.tiers = kind, form, tiers
        self.allowance, self.increment, self.commitment, self.fee, self.minimum, self.maximum = terms

    def usage(self, billed):
        """The amount of a billed quantity at its prices, and its tiers' fees."""
        start, used, fees = Fraction(0), Fraction(0), Fraction(0)
        for is_first, (how, bound, amount, per, fee) in zip([True] + [False] * 99, self.tiers):
            past = how != "rest" and (billed >= bound if how == "below" else billed > bound)
            if self.form == "all_units":
                if not past:
                    return billed * amount / per, Fraction(fee or 0)
                continue
            top = min(billed, bound) if past else billed
            used += (top - start) * amount / per
            fees += fee or 0
            if not past:
                break
            start = bound
        return used, fees

    def whole(self, quantity, part):
        """A share of a term of the contract, in the smallest units, rounded down."""
        unit = 1 if self.kind == "rate" else NANO
        return Fraction(math.floor((quantity or 0) * part * unit), unit)

    def billed(self, quantity, part=Fraction(1)):
        rest = max(quantity - self.whole(self.allowance, part), Fraction(0))
        if self.increment:
            rest = math.ceil(rest / self.increment) * self.increment
        return max(Fraction(rest), self.whole(self.commitment, part))

    def bounded(self, total, part):
        if self.minimum is not None and total < self.minimum * part:
            return self.minimum * part
        if self.maximum is not None and total > self.maximum * part:
            return self.maximum * part
        return total

    def cost(self, quantity, part=Fraction(1)):
        if self.kind == "rate":
            return self.cost_of_whole(quantity) * part
        return self.cost_of_whole(quantity, part)

    def cost_of_whole(self, quantity, part=Fraction(1)):
        used, fees = self.usage(self.billed(quantity, part))
        return self.bounded(used + (fees + (self.fee or 0)) * part, part)


def some(rng, chance, value):
    return value() if rng.random() < chance else None


def tariff_of(rng):
    kind = rng.choice(("volume", "volume", "rate"))
    form = rng.choice(("flat", "graduated", "graduated", "all_units"))
    per = rng.choice(VOLUME_PERS if kind == "volume" else RATE_PERS)
    unit = rng.choice((8 * 10**9, 8 * 10**12) if kind == "volume" else (10**6, 10**9))
    tiers, bound = [], 0
    if form != "flat":
        for _ in range(rng.randrange(1, 5)):
            bound += rng.randrange(1, 500) * unit
            fee = some(rng, 0.2, lambda: amount_of(rng, 1000))
            tiers.append((rng.choice(("up_to", "below")), bound, amount_of(rng), per, fee))
    fee = some(rng, 0.1, lambda: amount_of(rng, 1000)) if form != "flat" else None
    tiers.append(("rest", None, amount_of(rng), per, fee))
    minimum = some(rng, 0.2, lambda: amount_of(rng, 5000))
    terms = (
        some(rng, 0.3, lambda: rng.randrange(1, 300) * unit + rng.randrange(3)),
        some(rng, 0.3, lambda: rng.choice((unit, 5 * unit, unit // 1000, 7))),
        some(rng, 0.3, lambda: rng.randrange(1, 700) * unit + rng.randrange(2)),
        some(rng, 0.3, lambda: amount_of(rng, 2000)),
        minimum,
        some(rng, 0.2, lambda: (minimum or 0) + amount_of(rng, 10**5)),
    )
    return Tariff(kind, form, tiers, terms)


def tariffs_of(rng, count):
    return [tariff_of(rng) for _ in range(count)]


def optional(number):
    return "" if number is None else text(number)


def tariff_rows(tariffs):
    for number, of in enumerate(tariffs):
        terms = (of.allowance, of.increment, of.commitment, of.fee, of.minimum, of.maximum)
        yield number, of.kind, of.form, *map(optional, terms)


def tier_rows(tariffs):
    for number, of in enumerate(tariffs):
        for how, bound, amount, per, fee in of.tiers:
            yield number, how, optional(bound), text(amount), per, optional(fee)


def near_bends(rng, tariff):
    """A quantity at, just below or just above a place where the contract changes."""
    places = [bound for _, bound, *_ in tariff.tiers if bound] + [0, 0]
    place = rng.choice(places) + (tariff.allowance or 0)
    place = rng.choice((place, place, tariff.allowance or 0, tariff.commitment or 0))
    step = 1 if tariff.kind == "rate" else rng.choice((1, Fraction(1, NANO)))
    return Fraction(max(0, place + rng.choice((-1, 0, 0, 1)) * step))


def schedules(rng, tariffs):
    for number, tariff in enumerate(tariffs):
        for _ in range(40):
            quantity = near_bends(rng, tariff)
            if rng.random() < 0.5:
                unit = 8 * 10**9 if tariff.kind == "volume" else 10**6
                quantity = Fraction(rng.randrange(10**rng.randrange(1, 8)) * unit + rng.randrange(3))
            part = Fraction(1)
            if rng.random() < 0.25:
                days = rng.choice((28, 29, 30, 31))
                part = Fraction(rng.randrange(1, days), days)
            billed = tariff.billed(quantity) if part == 1 else None
            yield (
                number, text(quantity),
                "" if part == 1 else f"{part.numerator}/{part.denominator}",
                optional(billed), text(tariff.cost(quantity, part)),
            )


# ── Percentiles ──────────────────────────────────────────────────────────────────────────────────

RULES = (
    "nearest rank", "discard rounded up", "rounded rank", "rounded even rank", "rounded position",
    "linear inclusive", "linear exclusive",
)
PERCENTS = ["95", "95", "95", "95", "99", "90", "50", "99.9", "100", "75", "97.5", "1", "33.3"]


def position(percent, rule, n):
    """The place of the billed slot among `n`, in ascending order, counted from 1."""
    p = Fraction(percent) / 100
    place = {
        "nearest rank": lambda: math.ceil(p * n),
        "discard rounded up": lambda: n - math.ceil((1 - p) * n),
        "rounded rank": lambda: rounded(p * n, "half away from zero"),
        "rounded even rank": lambda: rounded(p * n, "half to even"),
        "rounded position": lambda: rounded(p * (n - 1), "half away from zero") + 1,
        "linear inclusive": lambda: p * (n - 1) + 1,
        "linear exclusive": lambda: p * (n + 1),
    }[rule]()
    return min(max(Fraction(place), Fraction(1)), Fraction(n))


def percentile(percent, rule, rates):
    """The rate in bit/s, an interpolated one rounded once, half to even."""
    known = sorted(rate for rate in rates if rate is not None)
    place = position(percent, rule, len(known))
    below = known[math.floor(place) - 1]
    above = known[math.ceil(place) - 1]
    return rounded(below + (place - math.floor(place)) * (above - below), "half to even")


def ranks(rng):
    months = [day * slots + extra for day in (28, 29, 30, 31) for slots in (24, 96, 288)
              for extra in (0, slots // 24, -(slots // 24))]
    for percent in PERCENTS[3:]:
        for rule in RULES:
            for n in months + list(range(1, 101)) + [rng.randrange(101, 10**6) for _ in range(40)]:
                yield percent, rule, n, text(position(percent, rule, n))


def percentiles(rng):
    for _ in range(8_000):
        n = rng.choice((1, 2, 3, 5, 8, 10, 12, 19, 20, 21))
        most = rng.choice((9, 9, 1000, 10**5))
        rates = [rng.randrange(most) for _ in range(n)]
        if rng.random() < 0.5:
            for slot in range(n):
                if rng.random() < 0.3 and sum(rate is not None for rate in rates) > 1:
                    rates[slot] = None
        percent, rule = rng.choice(PERCENTS), rng.choice(RULES)
        slots = " ".join("-" if rate is None else str(rate) for rate in rates)
        yield percent, rule, slots, percentile(percent, rule, rates)


# ── Slots on the clock, records and counters ─────────────────────────────────────────────────────


class Clock:
    """Slots from `first` to before `last`, in whole intervals; volumes in billionths of a bit."""

    def __init__(self, interval, first, last):
        self.interval, self.first = interval, first
        self.volumes = [0] * (last - first)
        self.left_out = [False] * (last - first)
        self.head = self.tail = 0

    def edge(self, slot):
        return (self.first + slot) * self.interval

    def book(self, start, end, volume):
        """Spreads a volume evenly over a time, by its running total, rounded half to even."""
        count = len(self.volumes)
        if start == end:
            self.volumes[(start - self.edge(0)) // self.interval] += volume
            return
        cuts = sorted({start, end, *(
            edge for edge in map(self.edge, range(count + 1)) if start < edge < end
        )})
        before = 0
        for begin, cut in zip(cuts, cuts[1:]):
            total = rounded(Fraction(volume * (cut - start), end - start), "half to even")
            if begin < self.edge(0):
                self.head += total - before
            elif begin >= self.edge(count):
                self.tail += total - before
            else:
                self.volumes[(begin - self.edge(0)) // self.interval] += total - before
            before = total

    def touched(self, start, end):
        return [
            slot for slot in range(len(self.volumes))
            if self.edge(slot) < end and self.edge(slot + 1) > start
        ]

    def slots(self):
        return " ".join(
            "-" if out else text(Fraction(volume, NANO))
            for volume, out in zip(self.volumes, self.left_out)
        )


def records(rng):
    for _ in range(2_500):
        interval = rng.choice((60, 300, 300))
        rows = []
        for _ in range(rng.randrange(1, 5)):
            start = rng.randrange(0, 1500)
            length = rng.choice((0, 1, 7, 60, 299, rng.randrange(1000)))
            rows.append((start, start + length, rng.choice((1, 3, 1000, rng.randrange(10**9)))))
        first = min(start for start, _, _ in rows) // interval
        last = max(
            end // interval + 1 if start == end else math.ceil(Fraction(end, interval))
            for start, end, _ in rows
        )
        clock = Clock(interval, first, last)
        for start, end, volume in rows:
            clock.book(start, end, volume * 8 * NANO)
        rows = " ".join(f"{start}:{end}:{volume}" for start, end, volume in rows)
        yield interval, rows, first * interval, clock.slots()


def increment(width, capacity, before, after):
    """The octets between two readings, or none if they are impossible."""
    (start, low), (end, high) = before, after
    octets = high - low
    if octets < 0:
        if width == 64:
            return None
        octets += 2**32
    if capacity and octets * 8 > capacity * (end - start):
        return None
    return octets


def counter(width, capacity, interval, policy, readings):
    """The account of a counter's readings, or none if no slot is left."""
    first = math.ceil(Fraction(readings[0][0], interval))
    last = readings[-1][0] // interval
    if first >= last:
        return None
    clock, gaps, unknown = Clock(interval, first, last), [], 0
    wraps = resets = discarded = above = 0
    at = 0
    while at + 1 < len(readings):
        now, place = readings[at], None
        for candidate in range(at + 1, min(at + 5, len(readings))):
            octets = increment(width, capacity, now, readings[candidate])
            if octets is not None:
                place = candidate
                break
        if place is None:
            after = readings[at + 1]
            span = (now[0], after[0])
            if after[1] < now[1]:
                resets += 1
                carried = capacity and after[1] * 8 <= capacity * (span[1] - span[0])
                if policy == "distribute" and carried:
                    clock.book(*span, after[1] * 8 * NANO)
                else:
                    gaps.append((span, 0))
                    unknown += 1
            else:
                above += 1
                gaps.append((span, 0))
                unknown += 1
            at += 1
            continue
        after = readings[place]
        discarded += place - at - 1
        wraps += after[1] < now[1]
        span, volume = (now[0], after[0]), octets * 8 * NANO
        if span[1] - span[0] <= 2 * interval or policy == "distribute":
            clock.book(*span, volume)
        else:
            gaps.append((span, volume))
        at = place
    gap = 0
    for span, volume in gaps:
        if policy != "zero":
            for slot in clock.touched(*span):
                clock.left_out[slot] = True
        gap += volume
    for slot, out in enumerate(clock.left_out):
        if out:
            gap += clock.volumes[slot]
            clock.volumes[slot] = 0
    if all(clock.left_out):
        return None
    bits = (text(Fraction(volume, NANO)) for volume in (clock.head, clock.tail, gap))
    return (
        first * interval, clock.slots(), *bits, unknown, wraps, resets, discarded, above,
    )


def counters(rng):
    rows = 0
    while rows < 3_000:
        width = rng.choice((32, 32, 64))
        capacity = rng.choice((0, 10**7, 10**8, 10**8)) or None
        policy = rng.choice(("leave out", "zero", "distribute"))
        interval = rng.choice((60, 300))
        now, octets = rng.randrange(0, 600), rng.choice((0, 5, 2**32 - rng.randrange(1, 10**8)))
        readings = [(now, octets % 2**width)]
        for _ in range(rng.randrange(2, 8)):
            step = rng.choice((
                interval, interval, interval, interval + rng.randrange(-3, 4), 2 * interval,
                2 * interval + 1, 4 * interval,
            ))
            now += step
            most = (capacity or 10**8) * step // 8
            octets += rng.choice((0, rng.randrange(most), rng.randrange(most), most, most + 1))
            if rng.random() < 0.08:
                octets = rng.randrange(10**7)  # a restart
            shown = octets % 2**width
            if rng.random() < 0.08:
                shown = rng.choice((0, 0, 2**32 - 1 - rng.randrange(100)))  # a false answer
            readings.append((now, shown))
        account = counter(width, capacity, interval, policy, readings)
        if account is None:
            continue
        rows += 1
        polls = " ".join(f"{at}:{octets}" for at, octets in readings)
        yield width, capacity or "", interval, policy, polls, *account


# ── Exchange rates ───────────────────────────────────────────────────────────────────────────────

DAY_ONE = dt.date(2022, 12, 20)
# The kuna ended on this day: no rate of it is taken across.
ENDED = {"HRK": dt.date(2023, 1, 1)}
CURRENCIES = ["USD", "EUR", "PKR", "HRK"]


class Fixing:
    def __init__(self, kind, first, last, base, quote):
        self.kind, self.first, self.last = kind, first, last
        (self.amount, self.base), (self.price, self.quote) = base, quote

    def row(self):
        last = self.last or ""
        return (
            self.kind, self.first, last, text(self.amount), self.base, text(self.price), self.quote,
        )


def table_of(rng, hub):
    fixings = {}
    others = rng.sample([of for of in CURRENCIES if of != hub], rng.randrange(2, 4))
    pairs = [(hub, other) for other in others] + [rng.sample(CURRENCIES, 2)]
    days = rng.choice((12, 30, 30))
    for _ in range(rng.randrange(4, 30)):
        base, quote = rng.choice(pairs)
        if rng.random() < 0.2:
            base, quote = quote, base
        first = DAY_ONE + dt.timedelta(rng.randrange(days))
        kind = rng.choice(("on", "on", "on", "on", "for", "from"))
        last = first + dt.timedelta(rng.randrange(12)) if kind == "for" else None
        amount = rng.choice((1, 1, 1, 100))
        price = Fraction(rng.randrange(1, 10**6), 10**rng.randrange(0, 6))
        fixings[kind, first, base, quote] = Fixing(kind, first, last, (amount, base), (price, quote))
    return list(fixings.values())


KINDS = ("from", "before", "for", "on")  # the last one comes first


def rank(kind, day):
    return KINDS.index(kind), day


def held(table, base, quote, day, max_age):
    """The fixing of a pair that holds on a day: its rank, whether it is direct, and itself."""
    ended = [ENDED[of] for of in (base, quote) if of in ENDED and ENDED[of] <= day]
    found = []
    for of in table:
        if {of.base, of.quote} != {base, quote} or of.first > day:
            continue
        if any(of.first < end for end in ended):
            continue
        age = (day - of.first).days
        if of.kind == "on":
            if age > max_age:
                continue
            kind = "on" if age == 0 else "before"
        elif of.kind == "for" and of.last < day:
            continue
        else:
            kind = of.kind
        found.append((rank(kind, of.first), of.base == base, of))
    return max(found, key=lambda of: of[:2], default=None)


def factor(fixing, base):
    return (
        Fraction(fixing.price, fixing.amount) if fixing.base == base
        else Fraction(fixing.amount) / fixing.price
    )


def rate(table, base, quote, day, max_age, pivot):
    """The factor from one currency to another and the days of its fixings, or none."""
    single = held(table, base, quote, day, max_age)
    legs = None
    if pivot and pivot not in (base, quote):
        one = held(table, base, pivot, day, max_age)
        other = held(table, pivot, quote, day, max_age)
        legs = (one, other) if one and other else None
    if single and not (legs and min(legs[0][0], legs[1][0]) > single[0]):
        return factor(single[2], base), [single[2].first]
    if legs:
        one, other = legs[0][2], legs[1][2]
        return factor(one, base) * factor(other, pivot), [one.first, other.first]
    return None


def tables_of(rng):
    tables = []
    for _ in range(180):
        max_age = rng.choice((7, 7, 7, 0, 3, 30))
        pivot = rng.choice((None, "EUR", "USD", "USD"))
        markup = rng.choice((Fraction(0), Fraction(0), Fraction(1, 100), Fraction(1, 40)))
        tables.append((table_of(rng, pivot or "EUR"), max_age, pivot, markup))
    return tables


def table_rows(tables):
    for number, (_, max_age, pivot, markup) in enumerate(tables):
        yield number, max_age, pivot or "", text(markup)


def fixing_rows(tables):
    for number, (table, *_) in enumerate(tables):
        for fixing in table:
            yield number, *fixing.row()


def exchange(rng, tables):
    for number, (table, max_age, pivot, markup) in enumerate(tables):
        pairs = [(of.base, of.quote) for of in table]
        for _ in range(50):
            base, quote = rng.choice(pairs) if rng.random() < 0.6 else rng.sample(CURRENCIES, 2)
            if rng.random() < 0.4:
                base, quote = quote, base
            day = DAY_ONE + dt.timedelta(rng.randrange(1, 40))
            found = rate(table, base, quote, day, max_age, pivot)
            if found:
                days = " ".join(map(str, found[1]))
                yield number, base, quote, day, text(found[0] * (1 + markup)), days
            else:
                yield number, base, quote, day, "", ""


def fixed_within(table, base, quote, first, last):
    """The fixings of days in a period: in the direction asked for, else in the other."""
    for pair in ((base, quote), (quote, base)):
        days = {
            of.first: of for of in table
            if of.kind == "on" and (of.base, of.quote) == pair and first <= of.first <= last
        }
        if days:
            return days
    return {}


def mean_of(leg, base):
    """The mean of fixings as they were quoted, turned if need be."""
    quoted = [Fraction(of.price) / of.amount for of in leg.values()]
    mean = sum(quoted) / len(quoted)
    return mean if next(iter(leg.values())).base == base else 1 / mean


def mean(table, base, quote, first, last, max_age, pivot):
    legs, bases = [fixed_within(table, base, quote, first, last)], [base]
    currencies = [base, quote]
    if not legs[0] and pivot and pivot not in (base, quote):
        one = fixed_within(table, base, pivot, first, last)
        other = fixed_within(table, pivot, quote, first, last)
        both = set(one) & set(other)
        legs = [{day: leg[day] for day in both} for leg in (one, other)]
        bases = [base, pivot]
        currencies.append(pivot)
    if not legs[0]:
        return None
    if any(of in ENDED and first < ENDED[of] <= last for of in currencies):
        return None
    expected = first
    for day in sorted(legs[0]):
        if (day - expected).days > max_age:
            return None
        expected = day + dt.timedelta(1)
    if (last - expected).days + 1 > max_age:
        return None
    result = Fraction(1)
    for leg, begin in zip(legs, bases):
        result *= mean_of(leg, begin)
    return result


def means(rng, tables):
    for number, (table, max_age, pivot, markup) in enumerate(tables):
        pairs = [(of.base, of.quote) for of in table if of.kind == "on"]
        for _ in range(12):
            base, quote = rng.choice(pairs) if pairs else rng.sample(CURRENCIES, 2)
            if rng.random() < 0.3:
                base, quote = quote, base
            if rng.random() < 0.2:
                base, quote = rng.sample(CURRENCIES, 2)
            first = DAY_ONE + dt.timedelta(rng.randrange(20))
            last = first + dt.timedelta(rng.choice((5, 7, 10, 15, rng.randrange(20))))
            found = mean(table, base, quote, first, last, max_age, pivot)
            yield number, base, quote, first, last, optional(found and found * (1 + markup))


# ── Money: parts and settlement ──────────────────────────────────────────────────────────────────

PLACES = {"USD": 2, "PKR": 2, "JPY": 0, "KWD": 3, "CLF": 4, "EUR": 2}


def allocation(rng):
    for _ in range(5_000):
        currency = rng.choice(sorted(PLACES))
        places = PLACES[currency]
        finer = rng.choice((0, 0, 0, 2))
        units = rng.choice((0, 1, 100, rng.randrange(10**4), rng.randrange(10**9)))
        units *= rng.choice((1, 1, -1))
        # A finer amount ends in a digit, so that its own last place is the unit.
        if finer:
            units = units * 10 + rng.randrange(1, 10) * (-1 if units < 0 else 1)
        unit = Fraction(1, 10 ** (places + finer))
        weights = [rng.choice((0, 1, 1, 2, 3, rng.randrange(10**6))) for _ in range(rng.randrange(1, 8))]
        if not sum(weights):
            weights[0] = 1
        total, sign = sum(weights), -1 if units < 0 else 1
        shares = [divmod(abs(units) * weight, total) for weight in weights]
        parts = [quotient for quotient, _ in shares]
        by_remainder = sorted(range(len(parts)), key=lambda part: (-shares[part][1], part))
        for part in by_remainder[: abs(units) - sum(parts)]:
            parts[part] += 1
        parts = " ".join(text(sign * part * unit) for part in parts)
        yield text(units * unit), currency, " ".join(map(str, weights)), parts


def settlement(rng):
    for _ in range(4_000):
        currency = rng.choice(("USD", "JPY", "KWD", "EUR"))
        rule = rng.choice(("each line", "total once"))
        strategy = rng.choice(STRATEGIES)
        places = rng.choice((None, None, None, 4, 1))
        step = rng.choice((None, None, 5))
        unit = Fraction(1, 10 ** (PLACES[currency] if places is None else places))
        cash = step and step * unit
        lines = []
        for _ in range(rng.randrange(1, 6)):
            if rng.random() < 0.3:
                lines.append((rng.randrange(10**4) + Fraction(1, 2)) * unit)
            else:
                lines.append(Fraction(rng.randrange(10**6), rng.choice((1, 3, 7, 8, 31, 1000))))
        amounts = [rounded(line / unit, strategy) * unit for line in lines]
        total = sum(lines) if rule == "total once" else sum(amounts)
        if cash:
            total = rounded(total / cash, strategy) * cash
        total = rounded(total / unit, strategy) * unit
        yield (
            currency, rule, strategy, "" if places is None else places, optional(cash),
            " ".join(map(text, lines)), " ".join(map(text, amounts)), text(total - sum(amounts)),
            text(total),
        )


# ── Bills: adjustments and changes of prices ─────────────────────────────────────────────────────


def adjusted(lines, adjustments):
    """The lines that adjustments add: each (name, amount, currency)."""
    lines, added = list(lines), []
    for name, value, of in adjustments:
        if isinstance(value, tuple):
            new = [(name, *value)]
        else:
            sums = {}
            for line, amount, currency in lines:
                if not of or line in of:
                    sums[currency] = sums.get(currency, Fraction(0)) + amount
            new = [(name, total * value / 100, currency) for currency, total in sums.items()]
        lines += new
        added += new
    return added


def adjustments(rng):
    for _ in range(4_000):
        currencies = rng.choice((("USD",), ("USD",), ("USD", "PKR")))
        lines = [
            (f"line{number}", amount_of(rng, 5000), currency)
            for number in range(rng.randrange(1, 4)) for currency in [rng.choice(currencies)]
        ]
        present = sorted({currency for *_, currency in lines})
        names, chosen = [name for name, *_ in lines], []
        for number in range(rng.randrange(1, 5)):
            name = f"adjustment{number}"
            if rng.random() < 0.3:
                amount = amount_of(rng, 500) * rng.choice((1, -1))
                chosen.append((name, (amount, rng.choice(present)), None))
            else:
                percent = rng.choice((15, 20, 5, 10, Fraction("19.5"), Fraction("2.3"), Fraction(100, 3)))
                of = rng.sample(names, rng.randrange(1, len(names) + 1)) if rng.random() < 0.5 else None
                chosen.append((name, Fraction(percent) * rng.choice((1, 1, -1)), of))
            names.append(name)
        shown = []
        for name, value, of in chosen:
            if isinstance(value, tuple):
                shown.append(f"{name}:{text(value[0])}:{value[1]}")
            else:
                shown.append(f"{name}:{text(value)}%:{'+'.join(of or [])}")
        row = lambda of: " ".join(f"{n}:{text(amount)}:{c}" for n, amount, c in of)  # noqa: E731
        yield row(lines), " ".join(shown), row(
            line for line in adjusted(lines, chosen) if line[1]
        )


def changes(rng, tariffs):
    """Months in which prices change, under a tariff's terms and the prices of others."""
    plain = [
        number for number, of in enumerate(tariffs) if not any(fee for *_, fee in of.tiers)
    ]
    for _ in range(4_000):
        number = rng.choice(plain)
        base = tariffs[number]
        same_kind = [other for other in plain if tariffs[other].kind == base.kind]
        days = rng.choice((28, 30, 31))
        first_days = sorted(rng.sample(range(2, days + 1), rng.randrange(1, 3)))
        lists = [(1, number)] + [(day, rng.choice(same_kind)) for day in first_days]
        unit = 8 * 10**9 if base.kind == "volume" else 10**6
        some_units = lambda: rng.randrange(10**rng.randrange(1, 7)) * unit + rng.randrange(2)  # noqa: E731
        total = Fraction(0)
        if base.kind == "rate":
            quantities = [some_units()]
            billed = base.billed(quantities[0])
            for (begin, prices), (end, _) in zip(lists, lists[1:] + [(days + 1, None)]):
                total += tariffs[prices].usage(billed)[0] * Fraction(end - begin, days)
        else:
            quantities = [some_units() for _ in lists]
            so_far, before = 0, Fraction(0)
            for place, (quantity, (_, prices)) in enumerate(zip(quantities, lists)):
                so_far += quantity
                billed = max(Fraction(so_far) - (base.allowance or 0), Fraction(0))
                if base.increment:
                    billed = Fraction(math.ceil(billed / base.increment) * base.increment)
                if place + 1 == len(lists):
                    billed = max(billed, Fraction(base.commitment or 0))
                total += tariffs[prices].usage(billed)[0] - tariffs[prices].usage(before)[0]
                before = billed
        total = base.bounded(total + (base.fee or 0), Fraction(1))
        later = " ".join(f"{day}:{prices}" for day, prices in lists[1:])
        yield number, days, later, " ".join(map(text, quantities)), text(total)


# ── Whose traffic made a bill ────────────────────────────────────────────────────────────────────


def bill_of(tariff, measure, slots):
    """The cost of a month's slots of 300 s, in bit/s, and the place of the billed one."""
    if measure == "total volume":
        return tariff.cost(Fraction(sum(slots) * 300)), None
    rank = len(slots) if measure == "peak rate" else position("95", "nearest rank", len(slots))
    billed = sorted(slots)[int(rank) - 1]
    return tariff.cost(Fraction(billed)), slots.index(billed)


def in_proportion(cost, weights):
    total = sum(weights)
    if not total:
        return [cost / len(weights)] * len(weights)
    return [cost * weight / total for weight in weights]


def attributed(tariff, measure, rule, members):
    pooled = [sum(slot) for slot in zip(*members)]
    cost, billed = bill_of(tariff, measure, pooled)
    if rule == "by volume":
        return in_proportion(cost, [sum(member) for member in members])
    if rule == "at billed slot":
        return in_proportion(cost, [member[billed] for member in members])
    parts = [Fraction(0)] * len(members)
    orders = list(itertools.permutations(range(len(members))))
    for order in orders:
        joined, before = [0] * len(pooled), Fraction(0)
        for member in order:
            joined = [a + b for a, b in zip(joined, members[member])]
            after, _ = bill_of(tariff, measure, joined)
            parts[member] += (after - before) / len(orders)
            before = after
    return parts


def attribution(rng, tariffs):
    for _ in range(1_500):
        number = rng.randrange(len(tariffs))
        tariff = tariffs[number]
        is_rate = tariff.kind == "rate"
        measure = rng.choice(("95th percentile", "peak rate")) if is_rate else "total volume"
        rules = ("by volume", "shapley") + (("at billed slot",) if is_rate else ())
        rule = rng.choice(rules)
        length, unit = rng.choice((1, 3, 5, 6)), rng.choice((1, 10**6, 10**9))
        members = [
            [rng.choice((0, rng.randrange(10), rng.randrange(1000))) * unit for _ in range(length)]
            for _ in range(rng.randrange(1, 5))
        ]
        shown = " ".join("+".join(map(str, member)) for member in members)
        parts = attributed(tariff, measure, rule, members)
        yield number, measure, rule, shown, " ".join(map(text, parts))


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


def files():
    """The name, the columns and the rows of each file."""
    rng = lambda name: random.Random(f"{SEED}, {name}")  # noqa: E731
    tariffs = tariffs_of(rng("tariffs"), 650)
    tables = tables_of(rng("tables"))
    terms = "allowance increment commitment fixed_fee minimum maximum"
    yield "rounding", "amount places strategy rounded", rounding(rng("rounding"))
    yield "price", "kind amount per quantity cost", prices(rng("price"))
    yield "tariffs", f"tariff kind form {terms}", tariff_rows(tariffs)
    yield "tiers", "tariff bound_is bound amount per fee", tier_rows(tariffs)
    yield "schedules", "tariff quantity part billed cost", schedules(rng("schedules"), tariffs)
    yield "ranks", "percent rule slots position", ranks(rng("ranks"))
    yield "percentiles", "percent rule rates billed", percentiles(rng("percentiles"))
    yield "records", "interval records first_slot slots", records(rng("records"))
    counted = "first_slot slots head tail gap unknown_gaps wraps resets discarded above_capacity"
    yield "counters", f"width capacity interval policy readings {counted}", counters(rng("counters"))
    yield "tables", "table max_age pivot markup", table_rows(tables)
    fixing = "kind first last base_amount base quote_amount quote"
    yield "fixings", f"table {fixing}", fixing_rows(tables)
    yield "exchange", "table from to day factor fixed", exchange(rng("exchange"), tables)
    yield "means", "table from to first last factor", means(rng("means"), tables)
    yield "allocation", "amount currency weights parts", allocation(rng("allocation"))
    settled = "rounded rounding total"
    yield "adjustments", "lines adjustments charged", adjustments(rng("adjustments"))
    yield "changes", "tariff days changes quantities cost", changes(rng("changes"), tariffs)
    yield "attribution", "tariff measure rule members parts", attribution(rng("attribution"), tariffs)
    yield "settlement", f"currency rule strategy places cash lines {settled}", settlement(rng("settlement"))


def main():
    check, count, different = sys.argv[1:] == ["--check"], 0, []
    for name, columns, rows in files():
        rows = [",".join(map(str, row)) for row in rows]
        count += len(rows)
        written = "\n".join([columns.replace(" ", ","), *rows]) + "\n"
        path = HERE / f"{name}.csv"
        if check and path.read_text() != written:
            different.append(name)
        elif not check:
            path.write_text(written)
    print(f"{count} rows" + "".join(f", {name}.csv differs" for name in different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
