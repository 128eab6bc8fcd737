"""Two measures side by side: what ratio and difference share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.evidence.asks import Ask
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import quantity_of
from factcheck.measures.designed_sides import designed_pair, designs, told_of_sides
from factcheck.measures.form import Binder, BindError, Context, Measure
from factcheck.measures.independence import independent, sources
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode
from factcheck.measures.tallies import Drawn, exact
from factcheck.measures.value import ValueOf
from factcheck.stats.mover import Ends

NUMERIC = (Quantity.PROPORTION, Quantity.COUNT, Quantity.NUMBER, Quantity.RATIO, Quantity.POINTS, Quantity.DIFFERENCE)


@dataclass(frozen=True)
class Sides(ABC):
    """Two bound measures and what is made of them: the base of a ratio and a difference."""

    left: Measure
    right: Measure

    @property
    @abstractmethod
    def quantity(self) -> Quantity: ...

    @property
    @abstractmethod
    def unit(self) -> str: ...

    @abstractmethod
    def value(self, left: Fraction, right: Fraction) -> Fraction:
        """What the two estimates make."""

    @abstractmethod
    def values(self, left: Interval, right: Interval) -> Interval:
        """What all values of the two regions make."""

    @abstractmethod
    def named(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        """The interval that a paper names for two such samples, if there is one."""

    @abstractmethod
    def recovered(self, a: float, a_ends: Ends, b: float, b_ends: Ends) -> Ends | None:
        """The interval that follows from those of two independent sides (MOVER); None where it has none."""

    def unscaled(self, left: Measurement, right: Measurement) -> tuple[Measurement, Measurement]:
        """The sides, where what is made of them needs no total of the population."""
        return left, right

    @property
    def dataset(self) -> str:
        return self.left.dataset

    def measure(self, context: Context) -> Measurement:
        left, right = self._measured(context)
        left, right = self.unscaled(left, right)
        for side in (left, right):
            if side.unmeasurable is not None:
                return replace(side, quantity=self.quantity, unit=self.unit)
        if self.quantity is Quantity.RATIO and (right.estimate == 0 or right.region == Interval.point(0)):
            return unmeasurable(self.quantity, "zero-denominator")
        a, b = left.estimate, right.estimate
        made = designed_pair(self.left, self.right, context, ratio=self.quantity is Quantity.RATIO)
        found = self._region(left, right, context) if made is None else made[0]
        base = base_of(left, right)
        result = Measurement(
            self.quantity,
            self.value(a, b) if isinstance(a, Fraction) and isinstance(b, Fraction) else None,
            found.region,
            self.unit,
            n=base.n,
            missing=base.missing,
            aside=base.aside,
            method=found.method,
            notes=(*side_notes(left, right), *found.notes),
            facts={
                "left": a,
                "right": b,
                "n": base.n,
                "bases": (left.n, right.n),
                "quantities": (left.quantity, right.quantity),
            },
            # What another choice would make of a side is not what it would make of both.
            definitions=tuple(dict.fromkeys(replace(d, others=()) for d in (*left.definitions, *right.definitions))),
            queries=(*left.queries, *right.queries),
            sampled=found.method not in ("complete", "bounds", "partial"),
            bound_only=left.bound_only or right.bound_only,
        )
        return told_of_sides(result, left, right, None if made is None else made[1])

    def _measured(self, context: Context, parts: int = 1) -> tuple[Measurement, Measurement]:
        """Both sides; with `parts` = 2 each at half the error, so that they hold together (Bonferroni)."""
        split = context if parts == 1 else context.with_settings(lambda setting: setting.split(parts))
        left, right = split.together(lambda: self.left.measure(split), lambda: self.right.measure(split))
        return left, right

    def _region(self, left: Measurement, right: Measurement, context: Context) -> Drawn:
        modes = [context.setting(side.dataset).mode for side in (self.left, self.right)]
        if not any(mode in (Mode.SAMPLE, Mode.PROCESS) for mode in modes):
            exact = left.method == right.method == "complete"
            partial = "partial" in (left.method, right.method)
            method = "complete" if exact else "partial" if partial else "bounds"
            return Drawn(None, self.values(_line(left), _line(right)), method)
        # Such an interval takes both sides for samples; what was collected at will is none.
        if not all(mode in (Mode.SAMPLE, Mode.PROCESS) for mode in modes):
            # Where chance drew one side alone, what bounds the other holds without it, and nothing is to be shared out.
            by_chance = left if modes[0] in (Mode.SAMPLE, Mode.PROCESS) else right
            return Drawn(None, self.values(_line(left), _line(right)), by_chance.method)
        named = None if designs(self.left, self.right) else self.named(left, right, context)
        named = named or self._recovered(left, right, context)
        if named is not None:
            return named
        wide_left, wide_right = self._measured(context, parts=2)
        return Drawn(None, self.values(_line(wide_left), _line(wide_right)), "bonferroni")


    def _recovered(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        if _ends(left) is None or _ends(right) is None or not independent(self.left, self.right, context):
            return None
        return self.recovered_from(left, right)

    def recovered_from(self, left: Measurement, right: Measurement) -> Drawn | None:
        """What the intervals of two independent sides give, where both have one."""
        ends = [_ends(side) for side in (left, right)]
        if ends[0] is None or ends[1] is None:
            return None
        assert isinstance(left.estimate, Fraction)  # `_ends` lets no others pass
        assert isinstance(right.estimate, Fraction)
        found = self.recovered(float(left.estimate), ends[0], float(right.estimate), ends[1])
        return None if found is None else Drawn(None, Interval(exact(found[0]), exact(found[1])), "recovered")


def _ends(side: Measurement) -> Ends | None:
    """The ends of an interval that chance alone has drawn around an estimate, both finite; None of any other region."""
    region, estimate = side.region, side.estimate
    if side.method in ("partial", "bounds", "no-interval", "own-interval", "bonferroni") or side.missing:
        return None
    if not isinstance(region, Interval) or not isinstance(estimate, Fraction) or not region.contains(estimate):
        return None
    return None if region.low is None or region.high is None else (float(region.low), float(region.high))


def _line(side: Measurement) -> Interval:
    assert isinstance(side.region, Interval)  # `bound_sides` lets only numbers pass
    return side.region


def bound_sides(
    binder: Binder, left: Mapping[str, Any], left_path: str, right: Mapping[str, Any], right_path: str
) -> tuple[Measure, Measure]:
    """Both sides bound; the problems of both are noted before the first stops the binding."""
    sides: list[Measure] = []
    failed: BindError | None = None
    for side, path in ((left, left_path), (right, right_path)):
        try:
            measure = _read_as_number(binder.inner(side, path))
            if measure.quantity not in NUMERIC:
                raise binder.fail(f"this side is {measure.quantity.value}, not a number", path)
            sides.append(measure)
        except BindError as error:
            failed = error
    if failed is not None:
        raise failed
    return sides[0], sides[1]


def _read_as_number(measure: Measure) -> Measure:
    """Before the rows are read the type of a column may not be known: then it is taken for what a side has to be."""
    if isinstance(measure, ValueOf) and measure.x.family is Family.UNKNOWN:
        return replace(measure, quantity=quantity_of(measure.x, measure.rows.dataset))
    return measure


@runtime_checkable
class RowShare(Protocol):
    """A share of rows: its base and its condition."""

    @property
    def rows(self) -> Rows: ...

    @property
    def condition(self) -> Bound: ...


@dataclass(frozen=True)
class Overlap:
    """How two bases of one dataset meet, and how the rows in both fall by the two conditions."""

    both: dict[tuple[object, object], int]
    only_one: int
    related: bool = False  # two datasets with a common source, so that nobody knows which of their rows are the same

    @property
    def apart(self) -> bool:
        """No row in common: the shares are independent."""
        return not self.both and not self.related

    @property
    def paired(self) -> tuple[int, int, int, int] | None:
        """(both true, only the first, only the second, neither), where the bases are the same, fully known rows."""
        if self.related or self.only_one or any(answer is None for pair in self.both for answer in pair):
            return None
        a, b, c, d = (self.both.get(key, 0) for key in ((True, True), (True, False), (False, True), (False, False)))
        return a, b, c, d


def overlap(a: RowShare, b: RowShare, context: Context) -> Overlap:
    """Shares of different datasets are taken as independent, unless one comes from the other or both from a third."""
    if a.rows.dataset.name != b.rows.dataset.name:
        return Overlap({}, 0, related=not sources(a.rows.dataset).isdisjoint(sources(b.rows.dataset)))
    marks = [base for base in (a.rows.base, b.rows.base) if base is not None]
    answer = context.answer(Ask(a.rows.dataset.name, None, (*marks, a.condition, b.condition)))
    both: dict[tuple[object, object], int] = {}
    only_one = 0
    for by, n in zip(answer.by, answer.n, strict=True):
        flags = list(by[: len(marks)])
        in_a = a.rows.base is None or flags.pop(0) is True
        in_b = b.rows.base is None or flags.pop(0) is True
        if in_a and in_b:
            both[by[-2], by[-1]] = both.get((by[-2], by[-1]), 0) + n
        elif in_a or in_b:
            only_one += n
    return Overlap(both, only_one)


def subtract(a: Interval, b: Interval) -> Interval:
    """All differences of a value of `a` and a value of `b`."""
    low = None if a.low is None or b.high is None else a.low - b.high
    high = None if a.high is None or b.low is None else a.high - b.low
    return Interval(
        low, high, low is not None and (a.low_open or b.high_open), high is not None and (a.high_open or b.low_open)
    )


def divide(a: Interval, b: Interval) -> Interval:
    """All quotients of a value of `a` and a non-zero value of `b`; unbounded where `b` may have either sign."""
    if b.low is None or b.low < 0 or a.low is None or a.low < 0:
        return _signed(a, b)
    low = Fraction(0) if b.high is None or b.high == 0 else a.low / b.high
    high = None if a.high is None or b.low == 0 else a.high / b.low
    low_open = b.high is None and a.low > 0
    return Interval(low, high, low_open or (a.low_open and b.high is not None), high is not None and a.high_open)


def _signed(a: Interval, b: Interval) -> Interval:
    ends = (a.low, a.high, b.low, b.high)
    if any(end is None for end in ends) or (b.low is not None and b.high is not None and b.low <= 0 <= b.high):
        return UNBOUNDED
    quotients = [x / y for x in (a.low, a.high) for y in (b.low, b.high) if x is not None and y is not None]
    return Interval(min(quotients), max(quotients))


def side_notes(left: Measurement, right: Measurement) -> tuple[Note, ...]:
    """The notes of both sides, each once."""
    notes: list[Note] = []
    for note in (*left.notes, *right.notes):
        if note not in notes:
            notes.append(note)
    return tuple(notes)


def base_of(left: Measurement, right: Measurement) -> Measurement:
    """The side whose base hides more: its n, missing and aside stand for both.

    Sides of one dataset often hide the same rows; adding them up would count those twice.
    """

    def hidden(side: Measurement) -> Fraction:
        whole = side.n + side.aside
        return Fraction(side.missing + side.aside, whole) if whole else Fraction(0)

    return left if hidden(left) >= hidden(right) else right
