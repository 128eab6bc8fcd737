"""The kind `values`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.evidence.asks import RowsAsk
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import aside_notes, label
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Members, Note, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode

LIMIT = 1000


class ValuesForm(Form):
    """The set of different non-NULL values.

    In a random sample or a partial collection further values may exist that were not seen, so that the set found is
    certain but not complete; a row with a NULL may hold any value.

    Example: `measure: {values: language, among: author = 'someone'}`, `claimed: [English, Russian]`
    """

    kind: ClassVar[str] = "values"
    reads: ClassVar[Quantity | None] = Quantity.SET
    values: Annotated[str, Field(description="The column (or expression) whose values are meant.")]
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        x = binder.expression(self.values, "values", expect="any")
        return ValuesOf(rows_of(binder, self.among, "among"), x, self.values, self.among)


@dataclass(frozen=True)
class ValuesOf:
    rows: Rows
    x: Bound
    name: str
    among: str | None
    unit: str = ""
    quantity: Quantity = Quantity.SET

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        return f"the different values of {self.name}" + (f" where {self.among}" if self.among else "")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer = context.answer(RowsAsk(self.dataset, self.x, self.rows.base, LIMIT))
        if not answer.values:
            return unmeasurable(self.quantity, "empty-base")
        if answer.total > LIMIT:
            return unmeasurable(self.quantity, "too-many-values", name=self.name, values=answer.total)
        found = frozenset(label(value) for value, _ in answer.values)
        nulls = 0 if self.rows.none_when_missing(self.x) else answer.nulls
        unsure = setting.mode is not Mode.EXACT or (nulls > 0 and setting.missing == "bounds")
        notes = aside_notes(answer.aside, answer.rows, "where")
        if nulls:
            notes += (Note("null-labels", {"rows": nulls, "name": self.name}),)
        n = sum(count for _, count in answer.values) + answer.nulls
        method = "bounds" if unsure else "complete"
        if setting.mode is not Mode.EXACT:
            method = "no-interval" if setting.process else "partial"
            notes += (Note(setting.no_interval),) if setting.process else ()
        return Measurement(
            self.quantity,
            tuple(sorted(found)),
            Members(found, found, open=unsure),
            n=n,
            missing=nulls,
            method=method,
            notes=notes,
            queries=(answer.sql,),
            facts={"n": n},
            bound_only=method == "partial",
        )
