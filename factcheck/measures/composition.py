"""The kind `composition`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.designed import unscalable
from factcheck.measures.designed_groups import (
    DesignedGroups,
    designed_parts,
    groups_of,
    nothing_in,
    setting_of,
    with_design,
)  # fmt: skip
from factcheck.measures.fields import Among, Grouping
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.groups import Grouped, Groups, absent_note, bars, group_notes, grouped
from factcheck.measures.inner import Inner
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, limits


class CompositionForm(Form):
    """The shares of all groups of a column at once (`as: count` for their sizes).

    Rows with a NULL label are unknown: each may belong to any group. In a random sample the named groups get Goodman's
    simultaneous intervals (1965), so that they hold together. `whole: true` says that the groups named by the claim
    must be everything: any other group contradicts it.

    With `weight` each row counts as much as it says, one without a label too. With `weight` or `cluster` the named
    groups get Korn and Graubard's intervals over the units that were drawn, at a level at which all hold together
    (Bonferroni). Counts by weight need a random sample of a `population`, and none of a part of its rows.

    Example: `measure: {composition: party}`, `claimed: {labour: 39.7%, conservative: 26%}`
    """

    kind: ClassVar[str] = "composition"
    reads: ClassVar[Quantity | None] = Quantity.COMPOSITION
    weighs: ClassVar[bool] = True
    composition: Grouping
    among: Among = None
    as_: Literal["share", "count"] = Field("share", alias="as", description="Shares (default) or counts.")
    whole: bool = Field(False, description="The named groups must be everything.")

    def bind(self, binder: Binder) -> Measure:
        question = grouped(binder, self.composition, self.among, Inner("count"), "composition")
        self._check_drawn(binder, question)
        return CompositionOf(question, self.composition, self.as_, self.whole)


    def _check_drawn(self, binder: Binder, question: Grouped) -> None:
        """Counts of a part of the rows would have to be told of all that were drawn."""
        scaled = self.as_ == "count" and binder.design is not None and binder.dataset.population is not None
        if scaled and question.rows.base is not None:
            hint = "leave `where` and `among` out, ask for shares, or for the `count` of each group"
            raise binder.fail("a weight or cluster gives no counts of groups of a part of the rows", "as", hint=hint)


@dataclass(frozen=True)
class CompositionOf:
    question: Grouped
    by: str
    as_: Literal["share", "count"]
    whole: bool
    quantity: Quantity = Quantity.COMPOSITION

    @property
    def unit(self) -> str:
        return "proportion" if self.as_ == "share" else (self.question.rows.dataset.unit or "row")

    @property
    def dataset(self) -> str:
        return self.question.rows.dataset.name

    def words(self) -> str:
        return f"the {'shares' if self.as_ == 'share' else 'sizes'} of the groups of {self.by}"

    def measure(self, context: Context) -> Measurement:
        setting = setting_of(self.question.rows, context)
        found = groups_of(self.question, context)
        unknown = found.free if setting.missing == "bounds" else Fraction(0)
        n = found.whole if setting.missing != "ignore" else found.whole - found.free
        if n == 0:
            return nothing_in(found, self.quantity)
        design = found.design if isinstance(found, DesignedGroups) and self.as_ == "count" else None
        if design is not None and (why := unscalable(design, setting, Quantity.COUNT)):
            return replace(why, quantity=self.quantity)
        counts = {g.label: g.value for g in found.groups}
        absent = [name for name in setting.labels if name not in counts]
        counts.update(dict.fromkeys(absent, Fraction(0)))
        sampled = setting.mode in (Mode.SAMPLE, Mode.PROCESS)
        parts = designed_parts(found, setting, self.as_) if isinstance(found, DesignedGroups) and sampled else None
        region, estimate, method = parts or self._parts(found, counts, n, unknown, setting)
        if not region:
            return unmeasurable(self.quantity, "count-needs-fraction")
        result = Measurement(self.quantity, estimate, region, self.unit, n=found.n, missing=found.unlabelled)
        result = replace(
            result,
            aside=found.aside,
            method=method,
            notes=self._notes(found, absent, setting),
            facts={"whole": self.whole, "n": n, "groups": len(found.groups), "by": self.by},
            bars=bars(found, most=max(12, len(setting.labels))),
            queries=(found.sql,),
            sampled=method not in ("complete", "bounds", "partial"),
            bound_only=method == "partial",
        )
        return with_design(result, found, setting, *((name,) for name in setting.labels))

    def _notes(self, found: Groups, absent: list[str], setting: Setting) -> tuple[Note, ...]:
        notes = group_notes(found, self.by, self.question.inner, setting.missing)
        return notes + tuple(absent_note(name, self.by, found.labels) for name in absent)

    def _parts(
        self, found: Groups, counts: Mapping[str, Fraction], n: Fraction, unknown: Fraction, setting: Setting
    ) -> tuple[dict[str, Interval], dict[str, Fraction], str]:
        if self.as_ == "share" and setting.mode in (Mode.SAMPLE, Mode.PROCESS):
            return self._goodman(counts, n, unknown, setting)
        region: dict[str, Interval] = {}
        estimate: dict[str, Fraction] = {}
        method = "complete"
        # The sizes that are claimed must hold together (Bonferroni), as Goodman's shares do.
        setting = setting.split(max(1, len(setting.labels)))
        for name, k in counts.items():
            tally = found.share(k, n, unknown) if self.as_ == "share" else Count(k, unknown)
            drawn = tally.draw(setting)
            if drawn.estimate is not None:
                region[name], estimate[name], method = drawn.region, drawn.estimate, drawn.method
        return region, estimate, method

    def _goodman(
        self, counts: Mapping[str, Fraction], n: Fraction, unknown: Fraction, setting: Setting
    ) -> tuple[dict[str, Interval], dict[str, Fraction], str]:
        from factcheck.stats.composition import composition

        named = [name for name in counts if name in setting.labels] or list(counts)
        population = setting.population if setting.mode is Mode.SAMPLE and n == setting.rows else None
        rows = [int(counts[name]) for name in named]
        bounds = composition(rows, int(n), float(setting.level), population, int(unknown))
        region = {name: limits(one) for name, one in zip(named, bounds, strict=True)}
        known = n - unknown
        return region, {name: Fraction(k, known) for name, k in counts.items()} if known else {}, bounds[0].method
