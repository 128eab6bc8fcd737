"""The kind `per`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.evidence.asks import Ask, Extremes, PerAnswer, PerAsk, Sum
from factcheck.evidence.expressions import Bound, conjunction, filled, is_null, negation
from factcheck.measures.common import aside_notes, label, only_column, rational
from factcheck.measures.fields import Among, InnerMeasure, Take
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.inner import Inner, inner_of
from factcheck.measures.measurement import Bar, Measurement, Note, unmeasurable
from factcheck.measures.numbers import ends_seen, within_range
from factcheck.measures.per_regions import Range, per_region
from factcheck.measures.periods import PERIODS, period, periods_between
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting

_EXTREMES = ("min", "max", "mean", "median")  # of which "the largest mean of" would be misread


class PerForm(Form):
    """A measure for each group, then one figure over the groups: the most posts by one account in a day.

    `per` is hour, day, week, month or year (of the `time` column, in the claim's time zone), a column, or a list of
    both. `of` is the measure (default: count of rows), `take` the figure: max (default), mean, median or min.
    With `empty: zero` the periods between the first and the last one that have no rows count as zero; `skip` (default)
    leaves them out. Rows with a NULL group belong to none and are reported; NULL numbers may be anything in the
    column's `range`.

    In a partial collection, and in a random sample, the largest count or sum seen is a lower bound of the largest, and
    nothing is promised of the other figures.

    Example: `measure: {per: [author, day], time: created_at, take: max}`, `claimed: up to 1,000`
    """

    kind: ClassVar[str] = "per"
    per: Annotated[
        Any, Field(description="A period, a column, or a list of them.", examples=["day", ["author", "day"]])
    ]
    of: InnerMeasure | None = Field(None, description="The measure of each group (default: its rows).")
    take: Take = "max"
    time: str | None = Field(None, description="The time column, for hour, day, week, month and year.")
    empty: Literal["zero", "skip"] = Field("skip", description="Whether periods without rows count as zero.")
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        names = self.per if isinstance(self.per, list) else [self.per]
        if not names or not all(isinstance(name, str) for name in names):
            raise binder.fail("'per' needs a period, a column, or a list of them", "per")
        groups = tuple(self._group(binder, name) for name in names)
        periods = [name for name in names if name in PERIODS and name not in binder.dataset.columns]
        if self.empty == "zero" and (len(names) > 1 or not periods):
            raise binder.fail("'empty: zero' needs one period alone, such as `per: day`", "empty")
        inner = inner_of(binder, self.of, "of")
        if inner.kind == "median":
            raise binder.fail("'per' cannot take a median inside its groups", "of", hint="use mean, sum, max or min")
        rows = rows_of(binder, self.among, "among")
        if rows.counts is not None:
            raise binder.fail("'per' is not defined for a dataset whose rows stand for counts", "per")
        zero = periods[0] if self.empty == "zero" else None
        return PerOf(rows, groups, tuple(names), inner, self.take, zero)

    def _group(self, binder: Binder, name: str) -> Bound:
        if name in PERIODS and name not in binder.dataset.columns:
            if self.time is None:
                raise binder.fail(f"'per: {name}' needs the time column", "per", hint="add `time: created_at`")
            return period(binder, self.time, name)
        return binder.column(name, "per")


@dataclass(frozen=True)
class PerOf:
    rows: Rows
    groups: tuple[Bound, ...]
    names: tuple[str, ...]
    inner: Inner
    take: Take
    zero: str | None  # the period whose empty stretches count as zero

    @property
    def quantity(self) -> Quantity:
        counted = self.inner.quantity is Quantity.COUNT
        return Quantity.NUMBER if counted and self.take in ("mean", "median") else self.inner.quantity

    @property
    def unit(self) -> str:
        return "proportion" if self.inner.quantity is Quantity.PROPORTION else (self.rows.dataset.unit or "row")

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        figure = {"max": "largest", "min": "smallest", "mean": "mean", "median": "median"}[self.take]
        inner = self.inner.text.removeprefix("the ") if self.inner.kind not in _EXTREMES else f"of {self.inner.text}"
        return f"the {figure} {inner} per {' and '.join(self.names)}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        ask = self._ask()
        answer, known, numberless, unknown, numbers = context.together(
            lambda: context.answer(ask if setting.missing != "ignore" else self._of_known(ask)),
            lambda: context.answer(self._of_known(ask)),
            lambda: self._numberless(context),
            lambda: self._unknown(context),
            lambda: self._range(context, setting),
        )
        assert isinstance(answer, PerAnswer)  # `together` mixes the types of its steps
        assert isinstance(known, PerAnswer)
        assert isinstance(numberless, int)
        assert isinstance(unknown, int)
        assert isinstance(numbers, Range)
        pairs = self._pairs(answer)
        if not pairs and numberless and self.inner.x is not None:
            return unmeasurable(self.quantity, "no-numbers", name=self.inner.x.text, rows=numberless)
        if not pairs:
            return unmeasurable(self.quantity, "empty-base")
        low = self._figure([(low, n) for low, _, n in pairs])
        high = self._figure([(high, n) for _, high, n in pairs]) if setting.missing == "bounds" else low
        ends: tuple[Fraction | None, Fraction | None] = (low, max(low, high))
        if numberless and setting.missing == "bounds":
            ends = self._filled(context, ask, numbers, low)
        region, method, notes = per_region(self.inner.kind, self.take, ends, numbers, setting)
        notes += aside_notes(answer.aside, answer.rows, "where")
        if numberless:
            facts = {"rows": numberless, "share": Fraction(numberless, answer.n or 1), "name": self.inner.text}
            notes += (Note("null-numbers", facts),)
        if answer.null_groups:
            share = Fraction(answer.null_groups, answer.n + answer.null_groups) if answer.n + answer.null_groups else 0
            notes += (
                Note("null-groups", {"rows": answer.null_groups, "share": share, "name": " and ".join(self.names)}),
            )
        result = Measurement(self.quantity, self._estimate(low, known, setting), region, self.unit)
        return replace(
            result,
            n=answer.n,
            missing=unknown + numberless,
            aside=answer.null_groups,
            method=method,
            notes=notes,
            facts={"groups": sum(n for _, _, n in pairs), "n": answer.n, "where": self._where(answer)},
            bars=tuple(
                Bar(self._name(names), rational(v, self.dataset, "value"))
                for names, v in answer.largest
                if v is not None
            ),
            queries=(answer.sql,),
            bound_only=method == "partial",
        )

    def _ask(self) -> PerAsk:
        kind = self.inner.kind
        assert kind != "median"  # refused when it was bound
        return PerAsk(self.dataset, self.groups, self.rows.base, self.inner.that, self.inner.x, kind)

    def _of_known(self, ask: PerAsk) -> PerAsk:
        """The same question without the rows whose answer is not known."""
        if ask.that is None or self.inner.kind not in ("count", "share"):
            return ask
        return replace(ask, base=conjunction(ask.base, negation(is_null(ask.that))))

    def _estimate(self, low: Fraction, known: PerAnswer, setting: Setting) -> Fraction | None:
        """A share is estimated over the known rows of each group; a count is what is known to count."""
        if self.inner.kind != "share" or setting.missing == "false":
            return low
        pairs = self._pairs(known)
        return self._figure([(value, n) for value, _, n in pairs]) if pairs else None

    def _unknown(self, context: Context) -> int:
        """Rows of which it is not known whether they count."""
        if self.inner.that is None or self.inner.kind not in ("count", "share"):
            return 0
        answer = context.answer(Ask(self.dataset, self.rows.base, (self.inner.that,)))
        return sum(n for by, n in zip(answer.by, answer.n, strict=True) if by[0] is None)

    def _range(self, context: Context, setting: Setting) -> Range:
        """Where the numbers of rows not seen may lie."""
        if self.inner.x is None or self.inner.kind == "distinct":
            return Range()
        column = only_column(self.inner.x, self.rows.dataset)
        low, high = (None, None) if column is None else (column.low, column.high)
        answer = context.answer(Ask(self.dataset, self.rows.base, (), (Extremes(self.inner.x),)))
        ends = ends_seen(answer.values[0], range(len(answer.n)), self.dataset, self.inner.text)
        within_range(self.inner.x.text, self.dataset, ends, (low, high))
        nothing_below = ends[0] is not None and ends[0] >= 0
        return Range(self.inner.x.text, low, high, low is None and nothing_below and setting.mode is not Mode.EXACT)

    def _filled(
        self, context: Context, ask: PerAsk, numbers: Range, low: Fraction
    ) -> tuple[Fraction | None, Fraction | None]:
        """The figures with every missing number at either end of its range: the largest or least found where it has
        none, if a number more can only raise (lower) that."""
        extreme = (self.inner.kind, self.take)
        found: list[Fraction | None] = []
        for end, safe in ((numbers.low, ("max", "max")), (numbers.high, ("min", "min"))):
            if end is None or ask.x is None:
                found.append(low if extreme == safe else None)
                continue
            pairs = self._pairs(context.answer(replace(ask, x=filled(ask.x, end))))
            found.append(self._figure([(value, n) for value, _, n in pairs]))
        return found[0], found[1]

    def _numberless(self, context: Context) -> int:
        """Rows whose number is NULL, where the measure takes one."""
        if self.inner.x is None or self.inner.kind == "distinct" or self.rows.none_when_missing(self.inner.x):
            return 0
        base = conjunction(self.rows.base, self.inner.that)
        answer = context.answer(Ask(self.dataset, base, (), (Sum(self.inner.x),)))
        return sum(answer.n) - sum(int(count) for count in answer.values[0]["count"])

    def _pairs(self, answer: PerAnswer) -> list[tuple[Fraction, Fraction, int]]:
        what = self.inner.text
        pairs = [
            (rational(low, self.dataset, what), rational(high, self.dataset, what), n)
            for low, high, n in answer.histogram
            if low is not None and high is not None
        ]
        if self.zero is not None and pairs and answer.spans:
            first, last = answer.spans[0]
            empty = periods_between(first, last, self.zero) - sum(n for _, _, n in answer.histogram)
            if empty > 0:
                pairs.append((Fraction(0), Fraction(0), empty))
        return pairs

    def _figure(self, values: list[tuple[Fraction, int]]) -> Fraction:
        ordered = sorted(values)
        total = sum(n for _, n in ordered)
        if self.take == "max":
            return ordered[-1][0]
        if self.take == "min":
            return ordered[0][0]
        if self.take == "mean":
            return sum((value * n for value, n in ordered), Fraction(0)) / total
        return (_nth(ordered, (total - 1) // 2) + _nth(ordered, total // 2)) / 2

    def _where(self, answer: PerAnswer) -> tuple[str, ...]:
        """The groups at which the figure is reached, for max and min."""
        ends = {"max": answer.largest, "min": answer.smallest}.get(self.take, [])
        return tuple(self._name(names) for names, value in ends if ends and value == ends[0][1])

    def _name(self, names: tuple[object, ...]) -> str:
        shown = (
            value.date() if isinstance(value, datetime) and name in ("day", "week", "month", "year") else value
            for name, value in zip(self.names, names, strict=True)
        )
        return ", ".join(label(value) for value in shown)


def _nth(ordered: list[tuple[Fraction, int]], position: int) -> Fraction:
    """The value at a position from 0 of values listed with their multiplicity."""
    seen = 0
    for value, n in ordered:
        seen += n
        if position < seen:
            return value
    raise IndexError(position)
