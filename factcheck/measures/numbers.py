"""A number per row, summarised: what sum, mean, quantiles and extremes share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Ask, Extremes, Sum
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import aside_notes, finished, only_column, optional, quantity_of, rational, refuse_counts
from factcheck.measures.design import Design
from factcheck.measures.form import Binder, Context, Expectation
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Setting
from factcheck.measures.tallies import Drawn, Total, drawn, exact
from factcheck.stats.bounds import Bounds


@dataclass(frozen=True)
class Found:
    """The total with what was set aside on the way to it."""

    total: Total
    aside: int
    where_aside: int
    rows: int
    sql: str
    none: int = 0  # rows known to have no number (`missing: none`)

    def notes(self, name: str) -> tuple[Note, ...]:
        notes = aside_notes(self.where_aside, self.rows, "where")
        if self.aside:
            notes += (Note("aside-among", {"rows": self.aside, "share": self.share_aside}),)
        if without := self.total.missing + self.none:
            facts = {"rows": without, "share": Fraction(without, self.total.n + without), "name": name}
            notes += (Note("null-numbers", facts),)
        return notes

    @property
    def share_aside(self) -> Fraction:
        whole = self.aside + self.total.n + self.total.missing
        return Fraction(self.aside, whole) if whole else Fraction(0)


@dataclass(frozen=True)
class Numbers:
    """The numbers `x` over the rows of a base."""

    rows: Rows
    x: Bound
    name: str
    among: str | None

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    @property
    def unit(self) -> str:
        column = only_column(self.x, self.rows.dataset)
        return (column.unit if column is not None else None) or ""

    @property
    def range(self) -> tuple[Fraction | None, Fraction | None]:
        column = only_column(self.x, self.rows.dataset)
        return (None, None) if column is None else (column.low, column.high)

    def words(self, statistic: str) -> str:
        return f"the {statistic} of {self.name}" + (f" where {self.among}" if self.among else "")

    def ask(self) -> Ask:
        return self.rows.ask(aggregates=(Sum(self.x), Extremes(self.x)))

    def found(self, context: Context) -> Found:
        answer = context.answer(self.ask())
        sums, extremes = self.rows.values(answer, 0), self.rows.values(answer, 1)
        inside = self.rows.inside(answer)
        known = sum(int(sums["count"][i]) for i in inside)
        s = sum((optional(sums["sum"][i], self.dataset, self.name) or Fraction(0) for i in inside), Fraction(0))
        without = sum(answer.n[i] for i in inside) - known
        none = self.rows.none_when_missing(self.x)
        low, high = self.range
        ends = ends_seen(extremes, inside, self.dataset, self.name)
        within_range(self.name, self.dataset, ends, (low, high))
        total = Total(s, known, 0 if none else without, *ends, low, high)
        return Found(
            total, int(self.rows.aside(answer)), answer.unknown, answer.rows, answer.sql, without if none else 0
        )

    def histogram(self, context: Context) -> tuple[list[float], list[int]]:
        """The different values with how many rows have each, ascending; NULL left out."""
        answer = context.answer(self.rows.ask(self.x))
        pairs: dict[float, int] = {}
        for i in self.rows.inside(answer):
            value = answer.by[i][-1]
            if value is not None:
                number = float(rational(value, self.dataset, self.name))
                pairs[number] = pairs.get(number, 0) + answer.n[i]
        ordered = sorted(pairs.items())
        return [value for value, _ in ordered], [count for _, count in ordered]

    def completed(self, context: Context, end: Fraction, missing: int) -> tuple[list[float], list[int]]:
        """The histogram with every missing number standing at one end of the column's range."""
        values, counts = self.histogram(context)
        pairs = dict(zip(values, counts, strict=True))
        pairs[float(end)] = pairs.get(float(end), 0) + missing
        ordered = sorted(pairs.items())
        return [value for value, _ in ordered], [count for _, count in ordered]

    def interval(
        self,
        context: Context,
        total: Total,
        estimate: Fraction,
        statistic: Callable[[list[float], list[int]], Bounds],
    ) -> Drawn:
        """A sampled statistic of the numbers; with missing ones, from its low end with all of them at the bottom of
        the column's range to its high end with all at the top (Horowitz & Manski 2000)."""
        known = drawn(estimate, statistic(*self.histogram(context)))
        if not total.missing:
            return known
        ends: list[Fraction | None] = []
        for end, side in ((total.low, "low"), (total.high, "high")):
            bounds = None if end is None else statistic(*self.completed(context, end, total.missing))
            ends.append(None if bounds is None else exact(getattr(bounds, side)))
        return replace(known, region=Interval(ends[0], ends[1]))


Ends = tuple[Fraction | None, Fraction | None]


def within_range(name: str, dataset: str, seen: Ends, stated: Ends) -> None:
    """Refuses a stated range that the data pass: the bounds that rest on it would be wrong."""
    (least, most), (low, high) = seen, stated
    if (low is None or least is None or least >= low) and (high is None or most is None or most <= high):
        return
    found, told = (f"{_end(ends[0])} to {_end(ends[1])}" for ends in (seen, stated))
    message = f"{name} goes from {found}, beyond its stated range from {told}; mend the data, or the `range` in"
    raise EvidenceError(f"{message} the manifest", dataset)


def ends_seen(extremes: Mapping[str, Sequence[object]], at: Iterable[int], dataset: str, name: str) -> Ends:
    """The least and the largest number in some lines of an answer; None where they have none."""
    found = [[optional(extremes[end][i], dataset, name) for i in at] for end in ("min", "max")]
    least, most = ([value for value in values if value is not None] for values in found)
    return min(least, default=None), max(most, default=None)


def _end(value: Fraction | None) -> str:
    return "any value" if value is None else f"{float(value):.15g}"


@dataclass(frozen=True)
class Summary(ABC):
    """One figure over the numbers of a base."""

    numbers: Numbers

    @property
    def quantity(self) -> Quantity:
        return quantity_of(self.numbers.x, self.numbers.rows.dataset)

    @property
    def unit(self) -> str:
        return self.numbers.unit

    @property
    def dataset(self) -> str:
        return self.numbers.dataset

    def nothing(self, rows: int) -> Measurement:
        """Why there is no figure: no row at all, or none whose number is known."""
        if not rows:
            return unmeasurable(self.quantity, "empty-base")
        return unmeasurable(self.quantity, "no-numbers", name=self.numbers.name, rows=rows)


@dataclass(frozen=True)
class TotalSummary(Summary):
    """A figure that follows from the total of the numbers: their sum or their mean."""

    @abstractmethod
    def draw(self, total: Total, context: Context, setting: Setting) -> Drawn:
        """The estimate and its region; `total` has at least one known number."""

    @abstractmethod
    def designed(self, design: Design, context: Context) -> Measurement:
        """The figure of rows that were drawn in clusters or carry weights."""

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        design = self.numbers.rows.drawn(setting)
        if design is not None:
            return self.designed(design, context)
        found = self.numbers.found(context)
        total = found.total.settled(setting.missing)
        if total.n == 0:
            return self.nothing(found.total.missing)
        return finished(
            self.draw(total, context, setting),
            quantity=self.quantity,
            unit=self.unit,
            n=found.total.n + found.total.missing,
            missing=found.total.missing,
            aside=found.aside,
            notes=found.notes(self.numbers.name),
            facts={"s": total.s, "n": total.n},
            queries=(found.sql,),
            tally=total,
        )


def numbers_of(
    binder: Binder, text: str, key: str, among: str | None, path: str, expect: Expectation = "number"
) -> Numbers:
    hint = "use count, share, rank, top or composition, or a `query` dataset that computes it"
    refuse_counts(binder, key, hint)
    return Numbers(rows_of(binder, among, path), binder.expression(text, key, expect=expect), text, among)


@lru_cache(maxsize=64)
def mean_bounds(values: tuple[float, ...], counts: tuple[int, ...], level: float, population: int | None) -> Bounds:
    """The interval of a mean; many claims speak of one sample, and its bootstrap is the same for all of them."""
    from factcheck.stats.mean import mean_interval

    return mean_interval(values, counts, level, population=population)
