#!/usr/bin/env python3
"""Computes each bill of golden_contracts.toml from the rules of a rate card and compares it with what was
worked out by hand. It shares no code with the crate: standard library, exact fractions.

    python3 tests/data/golden_contracts.py
"""
import datetime as dt
import math
import re
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

BITS = {
    "b": 1, "kb": 10**3, "Mb": 10**6, "Gb": 10**9, "Tb": 10**12,
    "B": 8, "kB": 8 * 10**3, "MB": 8 * 10**6, "GB": 8 * 10**9, "TB": 8 * 10**12, "PB": 8 * 10**15,
    "KiB": 8 * 2**10, "MiB": 8 * 2**20, "GiB": 8 * 2**30, "TiB": 8 * 2**40,
}
RATES = {"bps": 1, "kbps": 10**3, "Mbps": 10**6, "Gbps": 10**9, "Tbps": 10**12}
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def quantity(text):
    """Bits, or bits per second."""
    number, unit = re.fullmatch(r"([0-9.]+)? ?([A-Za-z]+)", text).groups()
    return Fraction(number or 1) * (BITS.get(unit) or RATES[unit])


def money(text):
    amount, currency = text.split(" ")
    return Fraction(amount), currency


def price(text):
    """Money for each bit or bit per second, and its currency."""
    amount, per = text.split(" per ", 1)
    amount, currency = money(amount)
    return amount / quantity(per.removesuffix(" per month")), currency


def half_even(number):
    return round(number)


# ── Traffic ──────────────────────────────────────────────────────────────────────────────────────


def slots_of(runs, length):
    """The volume of each slot in bits, `None` where it was not measured."""
    volumes = []
    for run in runs:
        block = []
        for count, text in run["slots"]:
            if text == "unknown":
                volume = None
            elif text.split(" ")[1] in RATES:
                volume = quantity(text) * length
            else:
                volume = quantity(text)
            block += [volume] * count
        volumes += block * run["times"]
    return volumes


def read_ports(ports):
    """By direction: the start, the slot's seconds, and the pooled volumes."""
    number, unit = ports[0]["slot"].split(" ")
    length = int(number) * SECONDS[unit]
    starts = [int(dt.datetime.fromisoformat(port["start"]).timestamp()) for port in ports]
    first = min(starts)
    pooled = {}
    for direction in ("inbound", "outbound"):
        if direction not in ports[0]:
            continue
        all_slots = [
            ((at - first) // length, slots_of(port[direction], length))
            for at, port in zip(starts, ports, strict=True)
        ]
        end = max(offset + len(volumes) for offset, volumes in all_slots)
        total = [Fraction(0)] * end
        for offset, volumes in all_slots:
            for at, volume in enumerate(volumes, offset):
                known = volume is not None and total[at] is not None
                total[at] = total[at] + volume if known else None
        pooled[direction] = total
    return first, length, pooled


def combined(pooled, direction):
    """The series of a direction, or of both."""
    if "outbound" not in pooled:
        return pooled["inbound"]
    if direction in ("inbound", "outbound"):
        return pooled[direction]
    how = {"sum": lambda a, b: a + b, "slot_max": max}[direction]
    pairs = zip(pooled["inbound"], pooled["outbound"], strict=True)
    return [None if a is None or b is None else how(a, b) for a, b in pairs]


# ── Measures ─────────────────────────────────────────────────────────────────────────────────────


def measure(name, volumes, length):
    known = sorted(volume for volume in volumes if volume is not None)
    if name == "total volume":
        return sum(known, Fraction(0))
    if name == "peak rate":
        billed = known[-1]
    elif name == "mean rate":
        billed = sum(known) / len(known)
    else:
        percent = Fraction(re.fullmatch(r"([0-9.]+)th percentile", name).group(1))
        billed = known[math.ceil(percent / 100 * len(known)) - 1]
    return Fraction(half_even(billed / length))


def in_window(tariff, local):
    """Whether a slot that begins at this local time counts."""
    if "days" in tariff:
        chosen = set()
        for part in tariff["days"].split(","):
            first, *last = (WEEK.index(day.strip()) for day in part.split(" to "))
            last = last[0] if last else first
            day = first
            chosen.add(day)
            while day != last:
                day = (day + 1) % 7
                chosen.add(day)
        if local.weekday() not in chosen:
            return False
    if "hours" not in tariff:
        return True
    first, last = (
        int(time[:2]) * 60 + int(time[3:]) for time in tariff["hours"].split(" to ")
    )
    minute = local.hour * 60 + local.minute
    return first <= minute < last if first < last else minute >= first or minute < last


# ── Prices ───────────────────────────────────────────────────────────────────────────────────────


def amounts(prices, billed):
    """The amounts of a quantity under a price or tiers: usage, and the tiers' fees."""
    if "price" in prices:
        return [billed * price(prices["price"])[0]], []
    kind = "graduated" if "graduated" in prices else "all_units"
    used, fees, start, reached = [], [], Fraction(0), True
    for tier in prices[kind]:
        bound = tier.get("up_to", tier.get("below"))
        end = None if bound is None else quantity(bound)
        per = price(tier["price"])[0] if "price" in tier else Fraction(0)
        fee = [money(tier["fee"])[0]] if "fee" in tier else []
        if end is None:
            past = False
        else:
            past = billed >= end if "below" in tier else billed > end
        if kind == "all_units":
            if not past:
                return [billed * per], fee
            continue
        if reached:
            top = billed if end is None else min(billed, end)
            used.append((top - start) * per)
            fees += fee
        reached, start = past, end
    return used, fees


def currency_of(tariff):
    texts = [tariff.get("price"), tariff.get("fixed_fee")]
    for tier in tariff.get("graduated", []) + tariff.get("all_units", []):
        texts += [tier.get("price"), tier.get("fee")]
    text = next(text for text in texts if text)
    return money(text.split(" per ")[0])[1]


PRICES = ("price", "graduated", "all_units")


def price_lists(tariff, first, last):
    """The price lists of the days from `first` to `last`: each with its first day and their number."""
    lists = [(dt.date.min, {key: tariff[key] for key in PRICES if key in tariff})]
    for change in tariff.get("change", []):
        prices = {key: change[key] for key in PRICES if key in change}
        lists.append((dt.date.fromisoformat(str(change["from"])), prices))
    spans = []
    for number, (begins, prices) in enumerate(lists):
        start = max(begins, first)
        end = last if number + 1 == len(lists) else min(last, lists[number + 1][0] - dt.timedelta(1))
        if start <= end:
            spans.append((start, (end - start).days + 1, prices))
    return spans


def bill_tariff(tariff, volumes, locals_, length, service, days):
    """The amounts of a tariff's lines. `service` is the first and the last day of service in the month,
    which has `days` days."""
    first, last = service
    part = Fraction((last - first).days + 1, days)
    lines = []
    if "measure" not in tariff:
        return [money(tariff["fixed_fee"])[0] * part]
    counted = [
        volume if in_window(tariff, local) else None
        for volume, local in zip(volumes, locals_, strict=True)
    ]
    spans = price_lists(tariff, first, last)
    allowance = quantity(tariff["allowance"]) if "allowance" in tariff else Fraction(0)
    commitment = quantity(tariff["commitment"]) if "commitment" in tariff else Fraction(0)
    increment = quantity(tariff["increment"]) if "increment" in tariff else None

    def rounded_up(billed):
        return math.ceil(billed / increment) * increment if increment else billed

    if tariff["measure"] == "total volume":
        # A part of a billionth of a bit is not free.
        allowance = Fraction(math.floor(allowance * part * 10**9), 10**9)
        commitment = Fraction(math.floor(commitment * part * 10**9), 10**9)
        so_far, before = Fraction(0), Fraction(0)
        for number, (begins, _, prices) in enumerate(spans):
            ends = spans[number + 1][0] if number + 1 < len(spans) else dt.date.max
            so_far += sum(
                volume
                for volume, local in zip(counted, locals_, strict=True)
                if volume is not None and begins <= local.date() < ends
            )
            billed = rounded_up(max(so_far - allowance, Fraction(0)))
            if number + 1 == len(spans):
                billed = max(billed, commitment)
            used, fees = amounts(prices, billed)
            if len(spans) == 1:
                lines += used + [fee * part for fee in fees]
            else:
                lines.append(sum(used) - sum(amounts(prices, before)[0]))
            before = billed
        scale = part
    else:
        used = measure(tariff["measure"], counted, length)
        billed = max(rounded_up(max(used - allowance, Fraction(0))), commitment)
        for _, number, prices in spans:
            used, fees = amounts(prices, billed)
            if len(spans) == 1:
                lines += [amount * part for amount in used + fees]
            else:
                lines.append(sum(used) * Fraction(number, days))
        scale = part
    if "fixed_fee" in tariff:
        lines.append(money(tariff["fixed_fee"])[0] * scale)
    total = sum(lines)
    for key, beyond in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b)):
        if key in tariff and beyond(total, money(tariff[key])[0] * scale):
            lines.append(money(tariff[key])[0] * scale - total)
            break
    return lines


# ── Bills ────────────────────────────────────────────────────────────────────────────────────────


def totals_of(lines):
    totals = {}
    for _, amount, currency in lines:
        totals[currency] = totals.get(currency, Fraction(0)) + amount
    return totals


def next_month(first):
    year, month = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
    return first.replace(year=year, month=month)


def bills(contract):
    """Each month's first day, lines (name, amount, currency), and coverage."""
    card = tomllib.loads(contract["card"])
    zone = ZoneInfo(card.get("time_zone", "UTC"))
    start, length, pooled = read_ports(contract["port"])
    if "interval" in card:
        assert card["interval"] == contract["port"][0]["slot"], contract["id"]
    count = len(pooled["inbound"])
    locals_ = [dt.datetime.fromtimestamp(start + slot * length, zone) for slot in range(count)]
    day = card.get("billing_day", 1)
    begins = dt.date.fromisoformat(card.get("begins", "0001-01-01"))
    ends = dt.date.fromisoformat(card.get("ends", "9999-12-31"))
    served = [local.date() for local in locals_ if begins <= local.date() <= ends]
    first = served[0].replace(day=day)
    if first > served[0]:
        first = (first.replace(day=1) - dt.timedelta(1)).replace(day=day)
    while first <= served[-1]:
        after = next_month(first)
        service = max(first, begins), min(after - dt.timedelta(1), ends)
        inside = [
            slot for slot, local in enumerate(locals_) if service[0] <= local.date() <= service[1]
        ]
        days = (after - first).days
        part = Fraction((service[1] - service[0]).days + 1, days)
        lines = []

        def of(tariff, direction):
            volumes = combined(pooled, direction)
            chosen = [volumes[slot] for slot in inside]
            times = [locals_[slot] for slot in inside]
            return bill_tariff(tariff, chosen, times, length, service, days)

        for tariff in card["tariff"]:
            direction = tariff.get("direction", card.get("direction", "sum"))
            if direction == "higher":
                amounts_ = max(of(tariff, "inbound"), of(tariff, "outbound"), key=sum)
            else:
                amounts_ = of(tariff, direction)
            lines += [(tariff["name"], amount, currency_of(tariff)) for amount in amounts_]
        for key, beyond in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b)):
            if key in card:
                bound, currency = money(card[key])
                [(only, total)] = totals_of(lines).items()
                assert only == currency
                if beyond(total, bound * part):
                    lines.append((key, bound * part - total, currency))
        for adjustment in card.get("adjustment", []):
            on = adjustment.get("on")
            if on and not first <= dt.date.fromisoformat(on) < after:
                continue
            if "amount" in adjustment:
                amount, currency = money(adjustment["amount"])
                lines.append((adjustment["name"], amount, currency))
                continue
            share = Fraction(adjustment["percent"].removesuffix("%")) / 100
            chosen = [
                line for line in lines if "of" not in adjustment or line[0] in adjustment["of"]
            ]
            for currency, total in totals_of(chosen).items():
                lines.append((adjustment["name"], total * share, currency))
        edges = [
            int(dt.datetime.combine(at, dt.time(), zone).timestamp())
            for at in (service[0], service[1] + dt.timedelta(1))
        ]
        known = [slot for slot in inside if pooled["inbound"][slot] is not None]
        yield str(first), lines, Fraction(len(known) * length, edges[1] - edges[0])
        first = after


def grouped(lines):
    """The sums of a name and currency, in order, without those of no amount."""
    groups = {}
    for name, amount, currency in lines:
        groups[name, currency] = groups.get((name, currency), Fraction(0)) + amount
    return [(name, amount, currency) for (name, currency), amount in groups.items() if amount]


def half_up_cents(amount):
    sign = -1 if amount < 0 else 1
    return sign * Fraction(math.floor(abs(amount) * 100 + Fraction(1, 2)), 100)


def main():
    data = tomllib.loads((Path(__file__).parent / "golden_contracts.toml").read_text())
    wrong = 0

    def compare(place, computed, stated):
        nonlocal wrong
        if computed != stated:
            wrong += 1
            print(f"{place}: computed {computed}, by hand {stated}")

    for contract in data["contract"]:
        computed = list(bills(contract))
        name = contract["id"]
        compare(name, [month for month, *_ in computed], [of["first"] for of in contract["month"]])
        for (month, lines, coverage), stated in zip(computed, contract["month"]):
            place = f"{name}, {month}"
            by_hand = [(of[0], *money(of[1])) for of in stated["lines"]]
            compare(place, grouped(lines), by_hand)
            totals = totals_of(lines)
            compare(place, totals, {c: a for a, c in map(money, stated["totals"])})
            for tariff, amounts_ in stated.get("amounts", {}).items():
                of = [amount for name, amount, _ in lines if name == tariff and amount]
                compare(f"{place}, {tariff}", of, [money(amount)[0] for amount in amounts_])
            if "settled" in stated:
                rounded = [(name, half_up_cents(a), c) for name, a, c in lines]
                compare(place, totals_of(rounded), {c: a for a, c in map(money, stated["settled"])})
            percent = Fraction(stated.get("coverage", "100%").removesuffix("%")) / 100
            compare(f"{place}, coverage", coverage, percent)
    print(f"{len(data['contract'])} contracts, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
