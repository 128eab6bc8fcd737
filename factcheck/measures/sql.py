"""The kind `sql`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.errors import EvidenceError
from factcheck.evidence.asks import SqlAsk
from factcheck.measures.common import optional
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.setting import Mode

SHARES = ("proportion", "share", "percent", "%")


class SqlForm(Form):
    """One number from one row of a SELECT over the project's datasets, for what the kinds cannot say.

    The SELECT is parsed and written anew like a `query` dataset and can read nothing but datasets. Its row holds one
    number, or columns named `low` and `high` beside it if it brings its own interval. `unit: proportion` makes it a
    share (a fraction between 0 and 1). `where` does not reach into it. In a random sample or a partial collection
    nothing is promised unless the row brings `low` and `high`.

    Example: `measure: {sql: SELECT count(*) FROM posts p JOIN accounts a USING (author) WHERE a.followers < 10}`
    """

    kind: ClassVar[str] = "sql"
    sql: str = Field(description="The SELECT, over datasets of the project.")
    unit: str = Field("", description="The unit of the number; `proportion` for a share.")

    def bind(self, binder: Binder) -> Measure:
        if binder.where is not None:
            raise binder.fail(
                "`where` does not reach into `sql`", "sql", hint="write the condition into the SELECT, or `where: null`"
            )
        share = self.unit.lower() in SHARES
        quantity = Quantity.PROPORTION if share else Quantity.NUMBER
        select = binder.select(self.sql, "sql")
        unit = "proportion" if share else self.unit
        return SqlOf(binder.dataset.name, select.datasets, select.sql, unit, quantity)


@dataclass(frozen=True)
class SqlOf:
    dataset: str
    reads: tuple[str, ...]  # the datasets of the query
    sql: str
    unit: str
    quantity: Quantity

    def words(self) -> str:
        return "the number that the query returns"

    def measure(self, context: Context) -> Measurement:
        # The weakest of what it reads decides; the claim's own dataset need not be among it.
        settings = [context.setting(name) for name in self.reads or (self.dataset,)]
        modes, process = {setting.mode for setting in settings}, any(setting.process for setting in settings)
        exact = modes == {Mode.EXACT}
        answer = context.answer(SqlAsk(self.dataset, self.sql))
        if not answer.table:
            return unmeasurable(self.quantity, "empty-base")
        if len(answer.table) > 1:
            raise EvidenceError(
                f"the query of `sql` must return one row; it returned {len(answer.table)}", self.dataset
            )
        named = dict(zip((name.lower() for name in answer.names), answer.table[0], strict=True))
        low, high = named.pop("low", None), named.pop("high", None)
        if len(named) != 1:
            raise EvidenceError(
                f"the query of `sql` must return one number (and `low`, `high`); it returned {', '.join(answer.names)}",
                self.dataset,
            )
        ((name, value),) = named.items()
        if value is None:
            return unmeasurable(self.quantity, "null-value", name=name)
        estimate = self._number(value, name)
        own = self._own(estimate, low, high)
        region = own or (Interval.point(estimate) if exact else UNBOUNDED)
        notes = () if own is not None or exact else (Note("process-open" if process else "no-interval"),)
        method = "own-interval" if own is not None else "complete" if exact else "no-interval" if process else "partial"
        return Measurement(
            self.quantity,
            estimate,
            region,
            self.unit,
            n=1,
            method=method,
            notes=notes,
            queries=(answer.sql,),
            facts={"n": 1},
            sampled=own is not None and not modes.isdisjoint((Mode.SAMPLE, Mode.PROCESS)),
            bound_only=own is None and not exact and not process,
        )

    def _own(self, estimate: Fraction, low: object, high: object) -> Interval | None:
        if low is None and high is None:
            return None
        ends = (optional(low, self.dataset, "low"), optional(high, self.dataset, "high"))
        if (ends[0] is not None and ends[0] > estimate) or (ends[1] is not None and ends[1] < estimate):
            raise EvidenceError("the query of `sql` returned an interval that does not hold its number", self.dataset)
        return Interval(*ends)

    def _number(self, value: object, name: str) -> Fraction:
        number = optional(value, self.dataset, name)
        if number is None:
            raise EvidenceError(f"the query of `sql` returned no number in '{name}'", self.dataset)
        return number
