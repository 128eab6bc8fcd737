"""The kind `count`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import UnitAsk
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import aside_notes, either, finished, plural
from factcheck.measures.designed import designed_count
from factcheck.measures.fields import Among, CountOf, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.repeats import with_count_of_keys, with_count_of_rows
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Drawn


class CountForm(Form):
    """How many rows, how many different values, or how many columns there are.

    `count: rows` counts the rows that satisfy `that` (all, without it). `count: distinct author` counts the
    different non-NULL values of an expression among those rows. `count: columns` counts the columns that the
    file has. Rows for which `that` is NULL may count or not: the region is [k, k + unknown].

    In a random sample a count of rows is scaled by `sample_fraction` (exact inversion of the binomial) or to the
    `population` (exact inversion of the hypergeometric); a distinct count is never scaled and is a lower bound.
    In a partial collection a count is a lower bound.

    With `weight`, a random sample of a `population` tells its size times the weighted share of all rows drawn; weights
    say how rows stand to one another only, so that without the population nothing is known of the number, and rows
    themselves count once each (`about: rows`). With `cluster`, the interval is that of the units drawn; a
    `sample_fraction` is the chance of each of them. Of different values nothing is then concluded about the process
    behind complete data, unless they are the units themselves (`count: distinct author`, `cluster: author`).

    Example: `measure: {count: rows, that: "authority <= 1"}`
    """

    kind: ClassVar[str] = "count"
    reads: ClassVar[Quantity | None] = Quantity.COUNT
    weighs: ClassVar[bool] = True
    count: CountOf
    that: That = None
    among: Among = None

    def weightless(self, mode: Mode | None) -> str:
        if self.count != "rows":
            return f"`count: {self.count}`"
        return "" if mode in (None, Mode.SAMPLE, Mode.PROCESS) else "a count of the rows themselves"

    def bind(self, binder: Binder) -> Measure:
        if self.count == "columns":
            return CountColumns(
                binder.dataset.name, sum(1 for column in binder.dataset.columns.values() if not column.uses)
            )
        text, key = either(self, binder)
        condition = None if text is None else binder.expression(text, key, expect="condition")
        rows = rows_of(binder, None)
        if self.count == "rows":
            return CountRows(rows, condition, text)
        what = self.count.removeprefix("distinct ")
        unit = binder.expression(what, "count", expect="any")
        return CountDistinct(rows, unit, condition, what, text)


@dataclass(frozen=True)
class CountRows:
    rows: Rows
    condition: Bound | None
    text: str | None
    quantity: Quantity = Quantity.COUNT

    @property
    def unit(self) -> str:
        return self.rows.dataset.unit or "row"

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        return f"the number of {plural(self.unit)}" + (f" where {self.text}" if self.text else "")

    def measure(self, context: Context) -> Measurement:
        setting = self.rows.setting(context)
        design = self.rows.drawn(setting)
        if design is not None:
            return designed_count(self.rows, self.condition, design, context, self.unit)
        split = self.rows.split(context, self.condition)
        count = Count(split.k, split.unknown, blind=0 < split.n == split.unknown).settled(setting.missing)
        found = finished(
            count.draw(setting),
            quantity=self.quantity,
            unit=self.unit,
            n=int(split.n),
            missing=int(split.unknown),
            notes=aside_notes(split.where_aside, split.rows, "where"),
            facts={"k": split.k, "n": split.n},
            queries=(split.sql,),
            tally=count,
        )
        return with_count_of_keys(found, self.rows, self.condition, context)


@dataclass(frozen=True)
class CountDistinct:
    rows: Rows
    what: Bound
    condition: Bound | None
    name: str
    text: str | None
    quantity: Quantity = Quantity.COUNT

    @property
    def unit(self) -> str:
        return self.name

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        return f"the number of different values of {self.name}" + (f" where {self.text}" if self.text else "")

    def measure(self, context: Context) -> Measurement:
        setting = self.rows.setting(context)
        answer = context.answer(UnitAsk(self.dataset, self.what, self.rows.where, self.condition))
        notes = aside_notes(answer.aside, answer.rows, "where")
        if answer.null_units:
            notes += (Note("null-units", {"rows": answer.null_units, "name": self.name}),)
        count = Count(answer.yes, answer.unknown, scales=False)
        found = finished(
            self._drawn(count.settled(setting.missing), setting),
            quantity=self.quantity,
            unit=self.unit,
            n=answer.n,
            missing=answer.unknown,
            notes=notes,
            facts={"k": answer.yes, "n": answer.units, "null_units": answer.null_units},
            queries=(answer.sql,),
            tally=count,
        )
        return found if self.condition is not None else with_count_of_rows(found, answer, self.name, setting.mode)

    def _drawn(self, count: Count, setting: Setting) -> Drawn:
        """Different values are events of their own only where no others come along with them."""
        design = self.rows.drawn(setting)
        cluster = None if design is None else design.cluster
        if cluster is None or cluster.sql == self.what.sql or not (setting.process or setting.mode is Mode.PROCESS):
            return count.draw(setting)
        return Drawn(Fraction(count.k), Interval(Fraction(0), None), "no-interval", (Note("process-open"),))


@dataclass(frozen=True)
class CountColumns:
    dataset: str
    columns: int
    unit: str = "column"
    quantity: Quantity = Quantity.COUNT

    def words(self) -> str:
        return "the number of columns"

    def measure(self, context: Context) -> Measurement:  # noqa: ARG002  # every measure takes the context
        """The columns are a fact about the file itself, whatever part of the population its rows are."""
        k = Fraction(self.columns)
        return Measurement(self.quantity, k, Interval.point(k), self.unit, n=self.columns, facts={"k": k, "n": k})
