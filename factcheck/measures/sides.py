"""Two measures side by side: what ratio and difference share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.evidence.asks import Ask
from factcheck.evidence.expressions import Bound
from factcheck.measures.form import Binder, Context, Measure
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode

NUMERIC = (Quantity.PROPORTION, Quantity.COUNT, Quantity.NUMBER, Quantity.RATIO, Quantity.POINTS, Quantity.DIFFERENCE)


@dataclass(frozen=True)
class Sides:
    """Two bound measures, `left` and `right`."""

    left: Measure
    right: Measure

    def measured(self, context: Context, parts: int = 1) -> tuple[Measurement, Measurement]:
        """Both sides; with `parts` = 2 each at half the error, so that they hold together (Bonferroni)."""
        split = context if parts == 1 else context.with_settings(lambda setting: setting.split(parts))
        left, right = split.together(lambda: self.left.measure(split), lambda: self.right.measure(split))
        return left, right

    def sampled(self, context: Context) -> bool:
        modes = (context.setting(side.dataset).mode for side in (self.left, self.right))
        return any(mode in (Mode.SAMPLE, Mode.PROCESS) for mode in modes)


def sides_of(
    binder: Binder, left: Mapping[str, Any], left_path: str, right: Mapping[str, Any], right_path: str
) -> Sides:
    sides = Sides(binder.inner(left, left_path), binder.inner(right, right_path))
    for side, path in ((sides.left, left_path), (sides.right, right_path)):
        if side.quantity not in NUMERIC:
            raise binder.fail(f"this side is {side.quantity.value}, not a number", path)
    return sides


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

    @property
    def apart(self) -> bool:
        """No row in common: the shares are independent."""
        return not self.both

    @property
    def paired(self) -> tuple[int, int, int, int] | None:
        """(both true, only the first, only the second, neither), where the bases are the same, fully known rows."""
        if self.only_one or any(answer is None for pair in self.both for answer in pair):
            return None
        a, b, c, d = (self.both.get(key, 0) for key in ((True, True), (True, False), (False, True), (False, False)))
        return a, b, c, d


def overlap(a: RowShare, b: RowShare, context: Context) -> Overlap:
    """Shares of different datasets are taken as independent."""
    if a.rows.dataset.name != b.rows.dataset.name:
        return Overlap({}, 0)
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
