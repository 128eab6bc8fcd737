"""The kind `share`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.evidence.asks import UnitAsk
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import among_notes, aside_notes, finished, plural
from factcheck.measures.designed import designed_share
from factcheck.measures.fields import Among, Expression, ShareOf
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.repeats import with_share_of_keys, with_share_of_rows
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.share_of_sum import ShareOfSum
from factcheck.measures.tallies import Proportion


class ShareForm(Form):
    """Which fraction satisfies a condition: of rows, of different values, or of a sum.

    `among` restricts the base. Rows for which the condition is NULL stay in the base as unknown: with k true and
    m unknown of n, the region is [k/n, (k+m)/n] (Manski 1989), and the estimate is k/(n−m).

    `of: distinct author` counts authors instead of rows; `counts_when` says what makes an author count: `any` of
    their rows (default), `all`, or `most` (more than half). `of: sum impressions` weighs each row by a number that
    must not be negative; of a random sample it has no interval, since no sample shows that it lacks the few large
    numbers that would rule the sum.

    A random sample gets a Clopper–Pearson interval where k or n−k is below 20, else Wilson's. In a partial
    collection nothing is known of the rows not seen, so that the share can be anything unless the population is
    stated.

    With `weight` each row counts as much as it says, in the share and in its bounds. With `weight` or `cluster` the
    interval is that of Korn and Graubard over the units that were drawn. Where these are the different values
    themselves (`of: distinct author`, `cluster: author`), each is one draw; of different values that were drawn along
    with others no interval is known.

    Example: `measure: {share: country = 'Russia', among: country is not null}`
    """

    kind: ClassVar[str] = "share"
    reads: ClassVar[Quantity | None] = Quantity.PROPORTION
    weighs: ClassVar[bool] = True
    share: Expression
    among: Among = None
    of: ShareOf = "rows"
    counts_when: Literal["any", "all", "most"] | None = Field(
        None, description="For `of: distinct …`: which of its rows must satisfy the condition (default: any)."
    )

    def weightless(self, mode: Mode | None) -> str:  # noqa: ARG002  # in whatever way they were collected
        return f"a share `of: {self.of}`" if self.of.startswith("distinct ") else ""

    def bind(self, binder: Binder) -> Measure:
        condition = binder.expression(self.share, "share", expect="condition")
        rows = rows_of(binder, self.among, "among")
        if self.counts_when is not None and not self.of.startswith("distinct "):
            raise binder.fail("'counts_when' needs `of: distinct …`", "counts_when")
        if self.of == "rows":
            return ShareOfRows(rows, condition, self.share, self.among)
        what = self.of.split(" ", 1)[1]
        if self.of.startswith("sum "):
            return ShareOfSum(rows, condition, binder.expression(what, "of", expect="number"), what, self.share)
        unit = binder.expression(what, "of", expect="any")
        return ShareOfDistinct(rows, condition, unit, what, self.share, self.counts_when or "any")


@dataclass(frozen=True)
class ShareOfRows:
    rows: Rows
    condition: Bound
    text: str
    among: str | None
    unit: str = "proportion"
    quantity: Quantity = Quantity.PROPORTION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        things = plural(self.rows.dataset.unit or "row")
        return (
            f"the share of {things}"
            + (f" (among those where {self.among})" if self.among else "")
            + (f" where {self.text}")
        )

    def measure(self, context: Context) -> Measurement:
        setting = self.rows.setting(context)
        design = self.rows.drawn(setting)
        if design is not None:
            return designed_share(self.rows, self.condition, design, context)
        split = self.rows.split(context, self.condition)
        proportion = Proportion(split.k, split.n, split.unknown)
        notes = aside_notes(split.where_aside, split.rows, "where") + among_notes(int(split.aside), int(split.n))
        found = of_proportion(proportion, setting, int(split.aside), notes, split.sql)
        return with_share_of_keys(found, self.rows, self.condition, context)


def of_proportion(
    proportion: Proportion,
    setting: Setting,
    aside: int,
    notes: tuple[Note, ...],
    sql: str,
) -> Measurement:
    """A measurement of a proportion, or the reason why there is none."""
    settled = proportion.settled(setting.missing)
    if settled.n == 0:
        return unmeasurable(Quantity.PROPORTION, "empty-base")
    return finished(
        settled.draw(setting),
        quantity=Quantity.PROPORTION,
        unit="proportion",
        n=int(proportion.n),
        missing=int(proportion.unknown),
        aside=aside,
        notes=notes,
        facts={"k": proportion.k, "n": proportion.n, "known": Fraction(proportion.n - proportion.unknown)},
        queries=(sql,),
        tally=settled,
    )


@dataclass(frozen=True)
class ShareOfDistinct:
    rows: Rows
    condition: Bound
    what: Bound
    name: str
    text: str
    rule: Literal["any", "all", "most"]
    unit: str = "proportion"
    quantity: Quantity = Quantity.PROPORTION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        which = {"any": "with at least one row", "all": "all of whose rows are", "most": "most of whose rows are"}
        return f"the share of different values of {self.name} {which[self.rule]} where {self.text}"

    def measure(self, context: Context) -> Measurement:
        setting = self.rows.setting(context)
        answer = context.answer(UnitAsk(self.dataset, self.what, self.rows.base, self.condition, self.rule))
        design = self.rows.drawn(setting)
        cluster = None if design is None else design.cluster
        if cluster is None:
            # Where the unit is the key of the rows, every row is a unit of its own.
            rule = "rows" if self.rows.dataset.key == (self.name,) else self.rule
        else:
            # These units were drawn themselves, each by itself; of those drawn along with others nothing is known.
            rule = "rows" if cluster.sql == self.what.sql else self.rule
            setting = replace(setting, population=None, mode=setting.mode if rule == "rows" else Mode.SAMPLE)
        proportion = Proportion(answer.yes, answer.units, answer.unknown, rule)
        notes = aside_notes(answer.aside, answer.rows, "where")
        if cluster is not None and rule == "rows":
            told = {"rows": answer.n - answer.null_units, "units": answer.units, "cluster": cluster.text}
            notes += (Note("clustered", told),)
        if answer.null_units:
            notes += (Note("null-units", {"rows": answer.null_units, "name": self.name}),)
        found = of_proportion(proportion, setting, 0, notes, answer.sql)
        return with_share_of_rows(found, answer, self.rows, self.condition, self.name, context)
