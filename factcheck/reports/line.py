"""Claim and finding as rows on one line, with the stretch of values that it shows and round values along it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import Claimed, DateClaim, NumberClaim, Quantity
from factcheck.claims.figures.quantity import DOMAIN
from factcheck.claims.figures.wording import TIME_UNITS
from factcheck.claims.regions import Interval
from factcheck.measures.times import seconds
from factcheck.reports.amounts import days_in_words, end_text, point, reading_of, shown_as, told_ends
from factcheck.reports.escape import plain
from factcheck.reports.locale import format_value
from factcheck.reports.open import of_sample
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

_TICKS = 5
_DAY = 86_400  # seconds
_MOST = 50  # of a unit between two ticks; more of them are told in a longer one
_HALVES = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5))
_CLOCK = (1, 5, 15, 30)
_ROUND = {"months": (1, 3, 6), "weeks": (1, 2), "hours": (1, 2, 3, 6, 12), "minutes": _CLOCK, "seconds": _CLOCK}
DRAWN = frozenset(
    {
        Quantity.PROPORTION, Quantity.COUNT, Quantity.NUMBER, Quantity.RATIO, Quantity.DIFFERENCE,
        Quantity.POINTS, Quantity.DURATION, Quantity.CORRELATION, Quantity.DATE,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the picture: a region, the estimate in it, and what stands behind the line."""

    name: str
    region: Interval
    dot: Fraction | None
    low: str
    high: str
    remark: str
    figure: str = ""  # the estimate, where the region is wider
    said: str = ""  # of the claim: its own words


@dataclass(frozen=True)
class Axis:
    """The stretch of values that the line shows."""

    low: Fraction
    high: Fraction

    def place(self, value: Fraction) -> Fraction:
        """Where on the line a value lies: 0 at its low end, 1 at its high end."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Line:
    """All that is drawn to one scale; the first row is the claim."""

    rows: tuple[Row, ...]
    axis: Axis
    quantity: Quantity  # as it is printed


def line(verdict: Verdict) -> Line | None:
    """Claim and finding, pieces of evidence one below the other; None where it is no matter of a line."""
    shown = [one for one in (verdict.checks or (verdict,)) if _drawable(one)]
    claimed = verdict.claimed if verdict.claimed is not None else (shown[0].claimed if shown else None)
    region = claimed_region(claimed)
    if not shown or claimed is None or region is None or len({_quantity(one) for one in shown}) > 1:
        return None
    quantity = _quantity(shown[0])
    rows = [_claim_row(claimed, region, quantity)]
    rows += [_found_row(one, f"found {i}" if len(shown) > 1 else "found") for i, one in enumerate(shown, 1)]
    axis = axis_over([row.region for row in rows], [row.dot for row in rows], quantity)
    return Line(tuple(rows), axis, shown_as(quantity, claimed))


def _drawable(verdict: Verdict) -> bool:
    found = verdict.measurement
    if found is None or found.unmeasurable is not None or not isinstance(found.region, Interval):
        return False
    return found.quantity in DRAWN and (point(found) is not None or found.quantity is Quantity.DATE)


def _quantity(verdict: Verdict) -> Quantity:
    assert verdict.measurement is not None  # only drawable verdicts come here
    return verdict.measurement.quantity


def claimed_region(claimed: Claimed | None) -> Interval | None:
    """What is claimed, where it is a stretch of values."""
    if isinstance(claimed, NumberClaim):
        return claimed.region
    if not isinstance(claimed, DateClaim) or claimed.members is not None:
        return None
    low = None if claimed.low is None else seconds(claimed.low)
    high = None if claimed.high is None else seconds(claimed.high)
    return Interval(low, high, high_open=high is not None)


def _claim_row(claimed: Claimed, region: Interval, quantity: Quantity) -> Row:
    text, reading = plain(claimed.text), plain(reading_of(claimed))
    remark = say("read-as-said" if text.lower() == reading.lower() else "read-as", text=text, reading=reading)
    ends = _labels(region, shown_as(quantity, claimed), None)
    said = days_in_words(text) if isinstance(claimed, DateClaim) else text
    return Row("claimed", region, None, *ends, remark.rstrip("."), said=said)


def _found_row(verdict: Verdict, name: str) -> Row:
    found = verdict.measurement
    assert found is not None
    assert isinstance(found.region, Interval)
    dot = point(found)
    labels = _labels(found.region, found.quantity, verdict.claimed)
    if found.region.is_point and dot is not None:
        labels = (end_text(dot, found.quantity, verdict.claimed), "")
    figure = "" if dot is None else end_text(dot, found.quantity, verdict.claimed)
    return Row(name, found.region, dot, *labels, say(f"remark-{_remark(verdict)}"), figure)


def _remark(verdict: Verdict) -> str:
    found = verdict.measurement
    assert found is not None
    if found.bound_only:
        return "sample-bound" if of_sample(verdict) else "partial"
    if found.method == "no-interval":
        return "unknown"
    if found.sampled:
        return "process" if verdict.claim.about == "process" else "sampled"
    if found.bounded_by_query:
        return "own"
    if found.method == "seeded-searches" and isinstance(found.region, Interval) and not found.region.is_point:
        return "searches"
    if found.missing and isinstance(found.region, Interval) and not found.region.is_point:
        return "missing"
    return "rows" if verdict.claim.about == "rows" else "complete"


def _labels(region: Interval, quantity: Quantity, claimed: Claimed | None) -> tuple[str, str]:
    """The text at each end; none where the end is unbounded."""
    low, high = region.low, region.high
    if quantity is Quantity.DATE and high is not None and region.high_open and high % _DAY == 0:
        high -= _DAY  # "before 1 July" is "to 30 June"
    if low is not None and low == high:
        return end_text(low, quantity, claimed), ""
    return (
        "" if low is None else end_text(low, quantity, claimed),
        "" if high is None else end_text(high, quantity, claimed),
    )


def axis_over(regions: Iterable[Interval], dots: Iterable[Fraction | None], quantity: Quantity) -> Axis:
    """From the least to the greatest of all that is drawn, with some room, inside what is possible."""
    ends = (end for region in regions for end in told_ends(region, quantity))
    marks = [mark for mark in (*ends, *dots) if mark is not None]
    low, high = (min(marks), max(marks)) if marks else (Fraction(0), Fraction(1))
    room = (high - low) / 5 or abs(low) / 5 or Fraction(1)
    domain = DOMAIN.get(quantity, Interval(None, None))
    least = low - room if domain.low is None else max(domain.low, low - room)
    most = high + room if domain.high is None else min(domain.high, high + room)
    return Axis(least, most) if least < most else Axis(least - room, most + room)


def ticks(axis: Axis, quantity: Quantity, unit: str) -> list[tuple[Fraction, str]]:
    """Round values of an axis as they are written; lengths of time in the claim's unit."""
    if quantity is Quantity.DURATION:
        step = _time_step(axis, unit)
        return [(value, step.told(value)) for value in _multiples(axis, step.seconds)]
    apart, shown = Fraction(0), [""] * 2
    while len(set(shown)) < len(shown):  # figures that are told alike would lie at two places
        apart = _round_step(axis, quantity, apart)
        values = _multiples(axis, apart)
        shown = [format_value(value, quantity) for value in values]
    return list(zip(values, shown, strict=True))


def unit_of(rows: Sequence[Row]) -> str:
    """The unit in which the claim itself is written, behind its figure."""
    return (rows[0].high or rows[0].low).rpartition(" ")[2]


@dataclass(frozen=True)
class TimeStep:
    """The distance of two ticks, in a unit of the clock or the calendar."""

    unit: str
    seconds: Fraction
    one: Fraction  # seconds of the unit

    def told(self, value: Fraction) -> str:
        figure = value / self.one
        return f"{format_value(figure, Quantity.NUMBER)} {self.unit.removesuffix('s') if figure == 1 else self.unit}"


def _time_step(axis: Axis, unit: str) -> TimeStep:
    """A round step of the unit, if that makes some ticks, else one of the first unit that does."""
    rough = (axis.high - axis.low) / _TICKS
    known = dict(TIME_UNITS)
    own = known.get(unit if unit in known else f"{unit}s")
    if own is not None and own / 10 <= rough <= own * _MOST:
        return TimeStep(unit if unit in known else f"{unit}s", _times(own, rough, _HALVES), own)
    for name, one in reversed(TIME_UNITS):
        fitting = [one * n for n in _ROUND.get(name, (1, 2, 5)) if one * n >= rough]
        if fitting:
            return TimeStep(name, fitting[0], one)
    name, one = TIME_UNITS[0]
    return TimeStep(name, _times(one, rough, (Fraction(1), Fraction(2), Fraction(5))), one)


def _times(one: Fraction, rough: Fraction, first: tuple[Fraction, ...]) -> Fraction:
    """The smallest of these multiples, and of ten times as many, that is no shorter than `rough`."""
    grown = one
    while first[-1] * grown < rough:
        grown *= 10
    return next(n * grown for n in first if n * grown >= rough)


def _round_step(axis: Axis, quantity: Quantity, beyond: Fraction) -> Fraction:
    """1, 2 or 5 times a power of ten, of which the line has room for some; more than `beyond`."""
    rough = max((axis.high - axis.low) / _TICKS, beyond * Fraction(3, 2))
    step = Fraction(1)
    while step < rough:
        step *= 10
    while step > rough:
        step /= 10
    step = next(step * times for times in (1, 2, 5, 10) if step * times >= rough)
    if quantity is Quantity.COUNT:
        step = max(step, Fraction(1))
    return step


def _multiples(axis: Axis, step: Fraction) -> list[Fraction]:
    first = -(-axis.low // step)
    return [step * i for i in range(int(first), int(axis.high // step) + 1)]
