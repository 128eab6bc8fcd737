"""The kind `rank`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.designed_groups import (
    DesignedGroups,
    check_drawn,
    compared_by,
    groups_of,
    nothing_in,
    setting_of,
    with_design,
)  # fmt: skip
from factcheck.measures.designed_ranks import designed_rank
from factcheck.measures.fields import Among, Grouping, InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.groups import Group, Grouped, Groups, absent_note, bars, group_notes, grouped
from factcheck.measures.inner import inner_of
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, drawn


class RankForm(Form):
    """The position of one group among the values of a column: 1 is the largest, ties share the better rank.

    `of` says what is compared (default: the number of rows); `ascending: true` ranks the smallest first. A label that
    does not occur ranks behind every group, with a note that names near spellings. Rows with a NULL label may belong
    to any group. In a random sample the rank has a confidence set from exact pairwise binomial tests with Holm's
    correction (Mogstad, Romano, Shaikh & Wilhelm 2024); where the group is not surely ahead of one of which no row was
    drawn, groups that the sample missed may be ahead, and the worst rank has no end. In a partial
    collection of unknown size any rank is possible.

    With `weight` groups are compared by the weight of their rows; they are level where it is the same to fifteen
    digits. With `weight` or `cluster` each pair is tested by Korn and Graubard's interval of the share that one has of
    the rows of both, over the units that were drawn. Groups compared by something else (`of`) have neither.

    Example: `measure: {rank: Russia, by: country}`, `claimed: more than 10`
    """

    kind: ClassVar[str] = "rank"
    reads: ClassVar[Quantity | None] = Quantity.RANK
    weighs: ClassVar[bool] = True
    rank: str = Field(description="The label whose position is meant.", examples=["Russia"])
    by: Grouping
    of: InnerMeasure | None = Field(None, description="What the groups are compared by (default: their rows).")
    among: Among = None
    ascending: bool = Field(False, description="Rank the smallest first.")

    def bind(self, binder: Binder) -> Measure:
        inner = inner_of(binder, self.of, "of")
        check_drawn(binder, inner, "of")
        question = grouped(binder, self.by, self.among, inner)
        return RankOf(question, self.rank, self.by, self.ascending)


@dataclass(frozen=True)
class RankOf:
    question: Grouped
    label: str
    by: str
    ascending: bool
    unit: str = "rank"
    quantity: Quantity = Quantity.RANK

    @property
    def dataset(self) -> str:
        return self.question.rows.dataset.name

    def words(self) -> str:
        order = "smallest first" if self.ascending else "largest first"
        return f"the rank of {self.label} among the values of {self.by}, by {compared_by(self.question)}, {order}"

    def measure(self, context: Context) -> Measurement:
        setting = setting_of(self.question.rows, context)
        found = groups_of(self.question, context)
        if (not found.groups and not found.hidden) or not found.whole:
            return nothing_in(found, self.quantity)
        group = found.of(self.label)
        region, method, notes = self._region(found, group, setting)
        hidden = self.label in found.hidden
        if group is None and not hidden:
            notes += (absent_note(self.label, self.by, found.labels),)
        notes += group_notes(found, self.by, self.question.inner, setting.missing)
        estimate = None if hidden else Fraction(self._position(found.groups, group))
        result = Measurement(self.quantity, estimate, region, self.unit)
        result = replace(
            result,
            n=found.n,
            missing=found.missing,
            aside=found.aside,
            method=method,
            notes=notes,
            facts={"groups": len(found.groups), "label": self.label, "value": group.value if group else Fraction(0)},
            bars=bars(found, self.label),
            queries=(found.sql,),
            sampled=setting.mode in (Mode.SAMPLE, Mode.PROCESS),
            bound_only=method == "partial",
        )
        return with_design(result, found, setting, (self.label,))

    def _position(self, groups: tuple[Group, ...], group: Group | None) -> int:
        if group is None:
            return len(groups) + 1
        ahead = (g.value < group.value if self.ascending else g.value > group.value for g in groups)
        return 1 + sum(ahead)

    def _region(self, found: Groups, group: Group | None, setting: Setting) -> tuple[Interval, str, tuple[Note, ...]]:
        unlabelled = found.free if setting.missing == "bounds" else Fraction(0)
        counting = self.question.counts_rows(found, setting)
        if setting.mode is Mode.PARTIAL and (setting.unseen is None or not counting or self.ascending):
            return Interval(Fraction(1), None), "partial", ()
        if setting.mode in (Mode.SAMPLE, Mode.PROCESS):
            if not counting:
                return Interval(Fraction(1), None), "no-interval", (Note(setting.no_interval),)
            result = self._sampled(found, unlabelled, setting)
            return result.region, result.method, result.notes
        if counting and not self.ascending:
            free = unlabelled + (setting.unseen or 0 if setting.mode is Mode.PARTIAL else 0)
            standing = found.standing(free)
            k = group.value if group else Fraction(0)
            # A group that stays away is behind all that are there, and each free row may bring another one.
            worst = standing.worst(k) if group else len(found.groups) + 1 + self._strangers(found, setting)
            method = "partial" if setting.mode is Mode.PARTIAL else "bounds" if free else "complete"
            return Interval(Fraction(standing.best(k)), Fraction(max(worst, standing.best(k)))), method, ()
        if unlabelled:
            return Interval(Fraction(1), None), "bounds", ()
        settled = not found.hidden and all(g.settled for g in found.groups)
        return self._between(found, group), "complete" if settled else "bounds", ()

    def _strangers(self, found: Groups, setting: Setting) -> int:
        """How many groups of which nobody saw a row there may be."""
        unlabelled = found.unlabelled if setting.missing == "bounds" else 0
        return unlabelled + (setting.unseen or 0 if setting.mode is Mode.PARTIAL else 0)

    def _between(self, found: Groups, group: Group | None) -> Interval:
        """Ranks that the bounds of the groups' own values allow."""
        groups, hidden = found.groups, len(found.hidden)
        if self.label in found.hidden:
            return Interval(Fraction(1), Fraction(len(groups) + hidden))
        if group is None:
            return Interval.point(Fraction(len(groups) + hidden + 1))
        others = [g for g in groups if g.label != group.label]
        if self.ascending:
            best = sum(group.surely_above(g) for g in others)
            worst = sum(group.maybe_above(g) for g in others)
        else:
            best = sum(g.surely_above(group) for g in others)
            worst = sum(g.maybe_above(group) for g in others)
        return Interval(Fraction(1 + best), Fraction(1 + worst + hidden))

    def _sampled(self, found: Groups, unlabelled: Fraction, setting: Setting) -> Drawn:
        if isinstance(found, DesignedGroups):
            return designed_rank(found, self.label, setting, ascending=self.ascending)
        from factcheck.stats.ranks import rank_interval

        counts = {g.label: int(g.value) for g in found.groups}
        counts.setdefault(self.label, 0)
        bounds = rank_interval(counts, self.label, float(setting.level), self.ascending, int(unlabelled), True)
        return drawn(None, bounds)
