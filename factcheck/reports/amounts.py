"""What was claimed and what was found, as a reader sees it: figures, ranges, labels, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from factcheck.claims.figures import (
    Claimed,
    CompositionClaim,
    DateClaim,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    TrendClaim,
    describe,
)
from factcheck.claims.figures.quantity import DOMAIN, NUMERIC
from factcheck.claims.figures.trends import FLAT
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members, Value
from factcheck.measures.times import EPOCH
from factcheck.reports.locale import clock, day, figures, format_value, integer, month
from factcheck.reports.nouns import behind_figures
from factcheck.reports.words import counted, listed, say
from factcheck.verdicts.verdict import Verdict

NOTHING = "–"
_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
_DAY_OF = re.compile(rf"({_DAY.pattern}):? (?=\d)")
_PART = re.compile(r"(?i)\b(one|1) (in|out of) ")
_CHANGE = re.compile(r"(?i)\b(more|fewer|less|higher|lower)\b(?! than)")
_OTHER_WAY = {"more": "fewer", "fewer": "more", "less": "more", "higher": "lower", "lower": "higher"}
_TWICE = 2  # from here on a reader thinks in times
_CELL = 80  # characters of what several pieces of evidence found
_MOST = 8  # members of a set that a sentence names
_UNITED = (Quantity.NUMBER, Quantity.DIFFERENCE)  # whose numbers mean nothing without the unit


def claimed_text(claimed: Claimed | None) -> str:
    """The claim's figure as it was spoken."""
    if claimed is None:
        return NOTHING
    if isinstance(claimed, DateClaim):
        return {"equal": "", "excludes": "not "}.get(claimed.mode, "among others ") + days_in_words(claimed.text)
    if isinstance(claimed, (LabelClaim, SetClaim)) and claimed.mode != "equal":
        excluded = claimed.mode == "excludes"
        return f"not {members(claimed.members, 'or')}" if excluded else f"among others {members(claimed.members)}"
    if isinstance(claimed, CompositionClaim):
        return days_in_words(_DAY_OF.sub(r"\1: ", claimed.text))  # 27 April 2020: 52
    return claimed.text


def days_in_words(text: str) -> str:
    """The dates of a claim's figure as a report tells them: 5 June 2017."""
    return _DAY.sub(lambda found: moment(found[0]), text)


def edges(claimed: Claimed | None) -> tuple[Fraction, ...]:
    """The ends of A and A′, so that no figure is printed as if it lay on their other side."""
    regions: list[Interval] = []
    if isinstance(claimed, NumberClaim):
        regions = [claimed.region, claimed.near]
    elif isinstance(claimed, CompositionClaim):
        regions = [region for part in claimed.parts.values() for region in (part.region, part.near)]
    return tuple(end for region in regions for end in (region.low, region.high) if end is not None)


def number(value: Fraction, quantity: Quantity, claimed: Claimed | None = None, unit: str = "") -> str:
    """A number with its unit: `7.1%`, `96,900`, `2.33 likes`."""
    text = format_value(value, shown_as(quantity, claimed), edges=edges(claimed))
    named = quantity in _UNITED and unit not in ("", "proportion", "rank", "ratio")
    noun = behind_figures(unit) if named else ""
    return f"{text} {noun}" if noun else text


def shown_as(quantity: Quantity, claimed: Claimed | None) -> Quantity:
    """How a number is printed: a ratio that was claimed as "one in eight" reads as a share."""
    part = quantity is Quantity.RATIO and isinstance(claimed, NumberClaim) and _PART.search(claimed.text) is not None
    return Quantity.PROPORTION if part else quantity


def reading_of(claimed: Claimed) -> str:
    """How the claim's figure is read, in the figures that are printed."""
    if isinstance(claimed, NumberClaim) and shown_as(claimed.quantity, claimed) is not claimed.quantity:
        return figures(describe(claimed.region, shown_as(claimed.quantity, claimed)))
    return figures(claimed.reading)


def _as_change(value: Fraction, found: Measurement, claimed: Claimed | None) -> str:
    """`6.4% fewer` for a ratio that was claimed as a change, where it is exact and below twice; else nothing."""
    spoken = _CHANGE.search(claimed.text) if isinstance(claimed, NumberClaim) else None
    exact = isinstance(found.region, Interval) and found.region.is_point
    if found.quantity is not Quantity.RATIO or spoken is None or not exact or value in (0, 1) or value >= _TWICE:
        return ""
    ends = tuple(abs(end - 1) for end in edges(claimed))
    word = spoken[1].lower()
    if (value > 1) != (word in ("more", "higher")):
        word = _OTHER_WAY[word]
    return f"{format_value(abs(value - 1), Quantity.PROPORTION, edges=ends)} {word}"


def value_text(value: Value, found: Measurement, claimed: Claimed | None) -> str:
    """An estimate of any kind in words."""
    if value is None:
        return NOTHING
    if isinstance(value, Fraction) and found.quantity is Quantity.TREND:
        return f"{direction(value, claimed)} ({format_value(value, Quantity.TREND, edges=(-FLAT, FLAT))})"
    if isinstance(value, Fraction):
        return _as_change(value, found, claimed) or number(value, found.quantity, claimed, found.unit)
    if isinstance(value, (date, datetime)):
        return moment(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return parts_text(value, found, claimed)
    return members(tuple(map(moment, value)) if isinstance(claimed, DateClaim) else value)


def direction(change: Fraction, claimed: Claimed | None) -> str:
    """Which way a trend goes: as was claimed, where that is true; else a change of at most a tenth is told as flat."""
    if isinstance(claimed, TrendClaim) and claimed.region.contains(change):
        return claimed.direction
    return "flat" if abs(change) <= FLAT else "rising" if change > 0 else "falling"


def parts_text(parts: Mapping[str, Fraction], found: Measurement, claimed: Claimed | None) -> str:
    """The groups that the claim names, else the largest, with their shares or counts."""
    named = [name for name in claimed.parts if name in parts] if isinstance(claimed, CompositionClaim) else []
    largest = sorted(parts, key=lambda name: (-parts[name], name))
    shown = named or largest[:3]
    quantity = part_quantity(found)
    figures = {name: number(parts[name], quantity, part_claim(claimed, name)) for name in shown}
    return ", ".join(_part_text(name, figure, found) for name, figure in figures.items())


def _part_text(name: str, value: str, found: Measurement) -> str:
    """Labour 39.7%, 3:00 16.7%, 27 April 2020: 52; two figures beside one another need a colon."""
    label = part_label(name, found)
    return f"{label}{': ' if label[-1:].isdigit() and ':' not in label else ' '}{value}"


def part_label(name: str, found: Measurement) -> str:
    """A group as it is told: an hour of the day with its minutes, a day in words."""
    return f"{name}:00" if "zone" in found.facts and name.isdigit() else moment(name)


def part_quantity(found: Measurement) -> Quantity:
    return Quantity.PROPORTION if found.unit == "proportion" else Quantity.COUNT


def part_claim(claimed: Claimed | None, name: str) -> NumberClaim | None:
    return claimed.parts.get(name) if isinstance(claimed, CompositionClaim) else None


def members(names: tuple[str, ...], word: str = "and") -> str:
    """The elements of a set; of a long one the first, and how many more."""
    if not names:
        return "none"
    if len(names) <= _MOST:
        return listed(names, word)
    return f"{', '.join(names[: _MOST - 2])} {word} {integer(len(names) - _MOST + 2)} more"


def moment(value: date | datetime | str) -> str:
    """3 May 2017, 3 May 2017, 00:05; text that is an ISO date the same way, any other text as it is."""
    if isinstance(value, str):
        return _spoken(value)
    told = day(value)
    if not isinstance(value, datetime) or (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return told
    return f"{told}, {clock(value)}"


def _spoken(text: str) -> str:
    try:
        if len(text) == 7 and text[4] == "-":
            return month(date.fromisoformat(f"{text}-01"))
        return moment(datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text))
    except ValueError:
        return text


def point(found: Measurement) -> Fraction | None:
    """The estimate where it is a number."""
    return found.estimate if isinstance(found.estimate, Fraction) else None


def span(region: Interval, quantity: Quantity, claimed: Claimed | None = None, unit: str = "") -> str:
    """A range in words: `between 5.2% and 9.3%`, `at least 96,900`; ends that hold for every value are left out."""
    low, high = told_ends(region, quantity)
    if low is None and high is None:
        return "anything" if quantity is not Quantity.PROPORTION else "anything from 0% to 100%"
    if low is not None and high is not None:
        first, last = end_text(low, quantity, claimed, unit), end_text(high, quantity, claimed, unit)
        return first if first == last else f"between {_said_once(first, last)} and {last}"
    if quantity is Quantity.RANK:  # "at least 2nd" would be read as 2nd or better
        return f"{end_text(low or high or Fraction(1), quantity)} or {'further down' if high is None else 'better'}"
    if low is not None:
        return f"{'more than' if region.low_open else 'at least'} {end_text(low, quantity, claimed, unit)}"
    assert high is not None
    return f"{'less than' if region.high_open else 'at most'} {end_text(high, quantity, claimed, unit)}"


def _said_once(first: str, last: str) -> str:
    """The first of two figures without the unit that the second says: 1.53 and 1.60 times."""
    figure, _, unit = first.rpartition(" ")
    return figure if figure and unit.isalpha() and last.endswith(f" {unit}") else first


def room(region: Interval, quantity: Quantity, claimed: Claimed | None = None, unit: str = "") -> str:
    """A range behind "anything": `between 5.2% and 9.3%`, `from 10.1 up`."""
    low, high = told_ends(region, quantity)
    if (low is None) == (high is None):
        return span(region, quantity, claimed, unit)
    if quantity is Quantity.RANK:  # "from 2nd up" would be read as 2nd or better
        end = end_text(low or high or Fraction(1), quantity)
        return f"from {end} down" if high is None else f"down to {end}"
    if low is not None:
        return f"from {end_text(low, quantity, claimed, unit)} up"
    assert high is not None
    return f"{'below' if region.high_open else 'up to'} {end_text(high, quantity, claimed, unit)}"


def told_ends(region: Interval, quantity: Quantity) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a region, without those that hold for every value of the quantity."""
    domain = DOMAIN.get(quantity, Interval(None, None))
    low, high = region.low, region.high
    free_low = low is None or (low == domain.low and not region.low_open)
    free_high = high is None or (high == domain.high and not region.high_open)
    if free_low and free_high:
        return None, None
    return (None if free_low and high != low else low), (None if free_high and high != low else high)


def end_text(end: Fraction, quantity: Quantity, claimed: Claimed | None = None, unit: str = "") -> str:
    """One end of a region; the ends of dates are seconds of wall time."""
    if quantity is Quantity.DATE:
        return moment(instant(end))
    return number(end, quantity, claimed, unit)


def instant(seconds: Fraction) -> datetime:
    return EPOCH + timedelta(seconds=float(seconds))


def found_text(verdict: Verdict) -> str:
    """What was found, for a table: the estimate, or the bound where only that is known."""
    found = verdict.measurement
    if verdict.checks:
        told = "; ".join(dict.fromkeys(found_text(check) for check in verdict.checks))
        return told if len(told) <= _CELL else say("results", n=counted(len(verdict.checks)))
    if found is None or found.unmeasurable is not None:
        return NOTHING
    estimate = value_text(found.estimate, found, verdict.claimed)
    if found.estimate is None:
        return NOTHING
    if not isinstance(found.region, Interval) or found.quantity not in NUMERIC:
        return estimate
    if found.bound_only:
        return bound_text(found, verdict.claimed, estimate)
    if found.region.is_point:
        return estimate
    told = span(found.region, found.quantity, verdict.claimed, found.unit)
    if told == estimate:
        return estimate
    return f"{estimate} ({'could be ' if told.startswith('anything') else ''}{told})"


def bound_text(found: Measurement, claimed: Claimed | None, estimate: str) -> str:
    """A bound where the evidence gives one, else the figure of the rows collected, said to be that."""
    assert isinstance(found.region, Interval)
    low, high = told_ends(found.region, found.quantity)
    if found.estimate is not None and (low is None) != (high is None) and found.estimate in (low, high):
        return span(found.region, found.quantity, claimed, found.unit)
    if low is not None and high is not None:
        return span(found.region, found.quantity, claimed, found.unit)
    told = "collected" in found.facts or found.facts.get("n")
    if found.quantity is Quantity.PROPORTION and found.missing and told:
        return f"{_either_way(found, claimed)} of what was collected"
    place = "of" if found.quantity is Quantity.PROPORTION else "in"
    return f"{estimate} {place} what was collected"


def _either_way(found: Measurement, claimed: Claimed | None) -> str:
    """A share of rows of which some have no known answer: with none of those counted, and with all."""
    if "collected" in found.facts:  # a share that rows without an answer can change by more than themselves
        ends = found.facts["collected"]
    else:
        k, n = Fraction(found.facts["k"]), Fraction(found.facts["n"])
        ends = k / n, (k + found.missing) / n
    return span(Interval(*ends), found.quantity, claimed, found.unit)


def unsettled(region: Members) -> tuple[str, ...]:
    """The elements of which it is not known whether they belong to the set."""
    return tuple(sorted(region.possible - region.certain)) if not region.tie else ()
