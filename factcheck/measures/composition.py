"""The kind `composition`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.fields import Among, Grouping
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.groups import Grouped, Groups, absent_note, bars, group_notes, grouped
from factcheck.measures.inner import Inner
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Proportion, limits


class CompositionForm(Form):
    """The shares of all groups of a column at once (`as: count` for their sizes).

    Rows with a NULL label are unknown: each may belong to any group. In a random sample the named groups get Goodman's
    simultaneous intervals (1965), so that they hold together. `whole: true` says that the groups named by the claim
    must be everything: any other group contradicts it.

    Example: `measure: {composition: party}`, `claimed: {labour: 39.7%, conservative: 26%}`
    """

    kind: ClassVar[str] = "composition"
    reads: ClassVar[Quantity | None] = Quantity.COMPOSITION
    composition: Grouping
    among: Among = None
    as_: Literal["share", "count"] = Field("share", alias="as", description="Shares (default) or counts.")
    whole: bool = Field(False, description="The named groups must be everything.")

    def bind(self, binder: Binder) -> Measure:
        question = grouped(binder, self.composition, self.among, Inner("count"), "composition")
        return CompositionOf(question, self.composition, self.as_, self.whole)


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
        setting = self.question.rows.setting(context)
        found = self.question.found(context)
        unknown = found.unlabelled if setting.missing == "bounds" else 0
        n = found.n if setting.missing != "ignore" else found.n - found.unlabelled
        if n == 0:
            return unmeasurable(self.quantity, "empty-base")
        counts = {g.label: int(g.value) for g in found.groups}
        absent = [name for name in setting.labels if name not in counts]
        counts.update(dict.fromkeys(absent, 0))
        region, estimate, method = self._parts(counts, n, unknown, setting)
        if not region:
            return unmeasurable(self.quantity, "count-needs-fraction")
        result = Measurement(self.quantity, estimate, region, self.unit, n=found.n, missing=found.unlabelled)
        return replace(
            result,
            aside=found.aside,
            method=method,
            notes=self._notes(found, absent),
            facts={"whole": self.whole, "n": n, "groups": len(found.groups), "by": self.by},
            bars=bars(found, most=max(12, len(setting.labels))),
            queries=(found.sql,),
            sampled=method not in ("complete", "bounds", "partial"),
            bound_only=method == "partial",
        )

    def _notes(self, found: Groups, absent: list[str]) -> tuple[Note, ...]:
        notes = group_notes(found, self.by, self.question.inner)
        return notes + tuple(absent_note(name, self.by, found.labels) for name in absent)

    def _parts(
        self, counts: Mapping[str, int], n: int, unknown: int, setting: Setting
    ) -> tuple[dict[str, Interval], dict[str, Fraction], str]:
        if self.as_ == "share" and setting.mode in (Mode.SAMPLE, Mode.PROCESS):
            return self._goodman(counts, n, unknown, setting)
        region: dict[str, Interval] = {}
        estimate: dict[str, Fraction] = {}
        method = "complete"
        # The sizes that are claimed must hold together (Bonferroni), as Goodman's shares do.
        setting = setting.split(max(1, len(setting.labels)))
        for name, k in counts.items():
            tally = Proportion(k, n, unknown) if self.as_ == "share" else Count(k, unknown)
            drawn = tally.draw(setting)
            if drawn.estimate is not None:
                region[name], estimate[name], method = drawn.region, drawn.estimate, drawn.method
        return region, estimate, method

    def _goodman(
        self, counts: Mapping[str, int], n: int, unknown: int, setting: Setting
    ) -> tuple[dict[str, Interval], dict[str, Fraction], str]:
        from factcheck.stats.composition import composition

        named = [name for name in counts if name in setting.labels] or list(counts)
        population = setting.population if setting.mode is Mode.SAMPLE and n == setting.rows else None
        bounds = composition([counts[name] for name in named], n, float(setting.level), population, unknown)
        region = {name: limits(one) for name, one in zip(named, bounds, strict=True)}
        known = n - unknown
        return region, {name: Fraction(k, known) for name, k in counts.items()} if known else {}, bounds[0].method
