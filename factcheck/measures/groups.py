"""A value for every group of a column, with the bounds that missing values leave: for rank, top and composition."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from factcheck.evidence.asks import Aggregate, Answer, Distinct, Extremes, Quantile, Sum
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import among_notes, aside_notes, label, only_column, optional
from factcheck.measures.form import Binder, Context
from factcheck.measures.inner import Inner
from factcheck.measures.measurement import Bar, Note
from factcheck.measures.numbers import ends_seen, within_range
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Proportion
from factcheck.text.suggest import near


@dataclass(frozen=True)
class Group:
    """The value of one group, and the ends between which missing values leave it; None is without bound."""

    label: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def settled(self) -> bool:
        """Whether no missing value can move it."""
        return self.low is not None and self.low == self.high

    def surely_above(self, other: Group) -> bool:
        return self.low is not None and other.high is not None and self.low > other.high

    def maybe_above(self, other: Group) -> bool:
        return self.high is None or other.low is None or self.high > other.low

    def maybe_level(self, other: Group) -> bool:
        """Whether it may be as large as another, or larger."""
        return self.high is None or other.low is None or self.high >= other.low


@dataclass(frozen=True)
class Groups:
    """All groups of a base, largest value first, ties by label; `unlabelled` rows may belong to any group.

    `whole` is what all rows of the base count for, `free` what those count for that may belong to any group: as many
    as they are, but for weights. `hidden` are groups of whose value nothing is known, so that they may stand anywhere.
    """

    groups: tuple[Group, ...]
    unlabelled: int
    n: int
    aside: int
    where_aside: int
    rows: int
    sql: str
    numberless: int = 0  # rows whose number is missing
    unknown: int = 0  # rows of which it is not known whether they count
    hidden: tuple[str, ...] = ()
    whole: Fraction = Fraction(0)
    free: Fraction = Fraction(0)

    def of(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.label == name), None)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(group.label for group in self.groups)

    @property
    def missing(self) -> int:
        """Rows whose label, answer or number is not known."""
        return self.unlabelled + self.unknown + self.numberless

    def share(self, k: Fraction, n: Fraction, unknown: Fraction) -> Proportion:
        """Rows that count for `k` of `n`, and of which it is not known for `unknown` of them."""
        return Proportion(k, n, unknown)

    def standing(self, free: Fraction) -> Standing:
        """The ranks of the groups when rows that count for `free` may fall on any group."""
        return Standing([group.value for group in self.groups], free)


@dataclass(frozen=True)
class Grouped:
    """The question: `inner` for each value of `by` among the rows."""

    rows: Rows
    by: Bound
    inner: Inner

    def found(self, context: Context) -> Groups:
        conditions = (self.inner.that,) if self.inner.that is not None else ()
        answer = context.answer(self.rows.ask(self.by, *conditions, aggregates=self._aggregates()))
        sizes = self.rows.sizes(answer)
        lines: dict[str, dict[object, list[int]]] = {}
        unlabelled = n = 0
        none = self.rows.none_when_missing(self.by)  # such rows are known to belong to no group
        for i in self.rows.inside(answer):
            by = answer.by[i][1:] if self.rows.among is not None else answer.by[i]
            n += int(sizes[i])
            if by[0] is None:
                unlabelled += 0 if none else int(sizes[i])
                continue
            truth = by[1] if conditions else True
            lines.setdefault(label(by[0]), {}).setdefault(truth, []).append(i)
        missing = context.setting(self.rows.dataset.name).missing
        found = {name: self._group(name, parts, answer, missing) for name, parts in lines.items()}
        groups = sorted(filter(None, found.values()), key=lambda group: (-group.value, group.label))
        hidden = tuple(name for name, group in found.items() if group is None and self._hides(lines[name], missing))
        position = 1 if self.rows.among is not None else 0
        aside = int(self.rows.aside(answer, position, self.by))
        numberless = sum(self._numberless(i, answer) for parts in lines.values() for i in parts.get(True, ()))
        unknown = int(sum(sizes[i] for parts in lines.values() for i in parts.get(None, ())))
        left_out = aside, answer.unknown, answer.rows
        whole = Fraction(n), Fraction(unlabelled)
        return Groups(tuple(groups), unlabelled, n, *left_out, answer.sql, numberless, unknown, hidden, *whole)

    def counts_rows(self, found: Groups, setting: Setting) -> bool:
        """Whether groups are compared by how many rows they have, each of which counts or does not for certain."""
        if self.inner.kind != "count":
            return False
        drawn = setting.mode in (Mode.SAMPLE, Mode.PROCESS)
        return self.inner.that is None or not (drawn or (found.unknown and setting.missing == "bounds"))

    def _hides(self, parts: dict[object, list[int]], missing: str) -> bool:
        """Whether a group without a value has one that is not known, rather than none."""
        if missing != "bounds":
            return False
        if self.inner.kind == "share":
            return True
        return bool(parts.get(True)) and self.inner.x is not None and not self.rows.none_when_missing(self.inner.x)

    def _numberless(self, i: int, answer: Answer) -> int:
        """Rows of a line whose number is NULL; for a distinct count NULL is no value."""
        x = self.inner.x
        if x is None or self.rows.none_when_missing(x) or self.inner.kind == "distinct":
            return 0
        known = self.rows.values(answer, 1 if self.inner.kind == "median" else 0)["count"][i]
        return answer.n[i] - int(known)

    def _aggregates(self) -> tuple[Aggregate, ...]:
        x, kind = self.inner.x, self.inner.kind
        if x is None:
            return ()
        if kind in ("sum", "mean"):
            return (Sum(x),) if self._range == (None, None) else (Sum(x), Extremes(x))
        if kind in ("min", "max"):
            return (Extremes(x),)
        # A quantile does not tell of how many numbers it is.
        return (Distinct(x),) if kind == "distinct" else (Quantile(x, Fraction(1, 2)), Extremes(x))

    def _group(self, name: str, parts: dict[object, list[int]], answer: Answer, missing: str) -> Group | None:
        sizes = self.rows.sizes(answer)
        k = sum((Fraction(sizes[i]) for i in parts.get(True, ())), Fraction(0))
        unknown = sum((Fraction(sizes[i]) for i in parts.get(None, ())), Fraction(0))
        if self.inner.kind == "count":
            return Group(name, k, k, k + unknown if missing == "bounds" else k)
        if self.inner.kind == "share":
            n = k + unknown + sum((Fraction(sizes[i]) for i in parts.get(False, ())), Fraction(0))
            return _share(name, Proportion(k, n, unknown).settled(missing))
        at = parts.get(True, [])
        value = self._number(at, answer)
        if value is None:
            return None
        low, high = self._range
        if low is not None or high is not None:
            extremes = self.rows.values(answer, 1 if self.inner.kind in ("sum", "mean") else 0)
            dataset, what = self.rows.dataset.name, self.inner.text
            within_range(what, dataset, ends_seen(extremes, at, dataset, what), (low, high))
        if missing != "bounds" or not sum(self._numberless(i, answer) for i in at):
            return Group(name, value, value, value)
        least = self._with_missing(value, at[0], answer, low, "min")
        return Group(name, value, least, self._with_missing(value, at[0], answer, high, "max"))

    @property
    def _range(self) -> tuple[Fraction | None, Fraction | None]:
        """Where a missing number may lie, as far as it moves the value of a group by what can be told."""
        column = None if self.inner.x is None else only_column(self.inner.x, self.rows.dataset)
        moves = self.inner.kind in ("sum", "mean", "min", "max")
        return (column.low, column.high) if column is not None and moves else (None, None)

    def _with_missing(
        self, value: Fraction, i: int, answer: Answer, end: Fraction | None, side: Literal["min", "max"]
    ) -> Fraction | None:
        """The least or the most that a group can have, its missing numbers all standing at that end of their range."""
        kind, missing = self.inner.kind, self._numberless(i, answer)
        if kind in ("min", "max") and kind != side:
            return value  # a missing number can only lower the least and raise the largest
        if end is None or kind in ("min", "max"):
            return end
        known = int(self.rows.values(answer, 0)["count"][i])
        return value + missing * end if kind == "sum" else (value * known + missing * end) / (known + missing)

    def _number(self, at: list[int], answer: Answer) -> Fraction | None:
        if not at:
            return None
        (i,) = at
        values = self.rows.values(answer, 0)
        kind = self.inner.kind
        dataset, what = self.rows.dataset.name, self.inner.text
        if kind in ("sum", "mean"):
            count = int(values["count"][i])
            s = optional(values["sum"][i], dataset, what)
            return None if s is None else s / count if kind == "mean" else s
        return optional(values[{"distinct": "distinct", "median": "quantile"}.get(kind, kind)][i], dataset, what)


def _share(name: str, part: Proportion) -> Group | None:
    """A group by the share of its rows; None where no answer is known in it."""
    if part.estimate is None:
        return None
    return Group(name, part.estimate, Fraction(part.k) / part.n, Fraction(part.k + part.unknown) / part.n)


def grouped(binder: Binder, by: str, among: str | None, inner: Inner, path: str = "by") -> Grouped:
    return Grouped(rows_of(binder, among, "among"), binder.column(by, path), inner)


def bars(found: Groups, named: str | None = None, most: int = 12) -> tuple[Bar, ...]:
    """The largest groups, and the one that the claim names, for the ranked picture."""
    shown = [group for i, group in enumerate(found.groups) if i < most or group.label == named]
    return tuple(Bar(group.label, group.value, group.low, group.high) for group in shown)


class Standing:
    """Ranks of groups by count when `free` further rows may fall on any group, seen or not."""

    def __init__(self, counts: list[Fraction], free: Fraction) -> None:
        self.free = free
        self.whole = all(Fraction(value).denominator == 1 for value in (*counts, free))
        self.descending = sorted(counts, reverse=True)
        self.ascending = self.descending[::-1]

    def above(self, value: Fraction) -> int:
        """How many groups are larger than a value."""
        return len(self.ascending) - bisect.bisect_right(self.ascending, value)

    def best(self, k: Fraction) -> int:
        """The rank where every free row falls on this group."""
        return 1 + self.above(k + self.free)

    def worst(self, k: Fraction, *, ties_count: bool = False) -> int:
        """The rank where free rows lift as many others above this group (or level with it) as they can."""
        others = list(self.descending)
        if k in others:
            others.remove(k)
        ahead = sum(1 for other in others if other > k or (ties_count and other == k))
        # Rows that count for a part of one may lift a group by as little as it takes.
        goal = k if ties_count or not self.whole else k + 1
        # Cheapest first: the largest of the groups behind need the fewest rows to pass.
        needs = list(accumulate(goal - other for other in others[ahead:]))
        passed = bisect.bisect_right(needs, self.free)
        left = self.free - (needs[passed - 1] if passed else 0)
        unseen = int(left // goal) if passed == len(needs) and goal > 0 else 0
        return 1 + ahead + passed + unseen


def group_notes(found: Groups, name: str, inner: Inner, missing: str = "bounds") -> tuple[Note, ...]:
    """What was left out on the way to the groups, and what may belong to any of them."""
    notes = aside_notes(found.where_aside, found.rows, "where") + among_notes(found.aside, found.n)
    if found.numberless:
        share = Fraction(found.numberless, found.n)
        notes += (Note("null-numbers", {"rows": found.numberless, "share": share, "name": inner.text}),)
    if found.unknown and missing == "bounds":
        facts = {"rows": found.unknown, "share": Fraction(found.unknown, found.n)}
        notes += (Note("unknown-rows", facts, "missing data"),)
    if found.unlabelled:
        facts = {"rows": found.unlabelled, "name": name}
        notes += (Note("null-labels", facts) if missing == "bounds" else Note("absent-labels", facts),)
    return notes


def absent_note(label: str, by: str, labels: tuple[str, ...]) -> Note:
    """A label that no row has, with the near spellings."""
    return Note("absent-label", {"label": label, "by": by, "near": tuple(near(label, labels))})
