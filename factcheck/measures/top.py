"""The kind `top`."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.measures.designed_groups import (
    DesignedGroups,
    check_drawn,
    compared_by,
    groups_of,
    nothing_in,
    setting_of,
    with_design,
)  # fmt: skip
from factcheck.measures.designed_ranks import designed_top
from factcheck.measures.fields import Among, Grouping, InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.groups import Grouped, Groups, group_notes, grouped
from factcheck.measures.inner import inner_of
from factcheck.measures.measurement import Bar, Measurement, Members, Note
from factcheck.measures.setting import Mode, Setting


class TopForm(Form):
    """The N largest groups of a column; at a tie for the last place either member is right.

    `of` says what is compared (default: the number of rows). For N = 1 the value is a plain label. Rows with a NULL
    label may belong to any group. A random sample settles a group by exact pairwise binomial tests with Holm's
    correction (Mogstad, Romano, Shaikh & Wilhelm 2024), and against groups that it missed; in a partial
    collection of unknown size nothing is settled.

    With `weight` groups are compared by the weight of their rows; with `weight` or `cluster` they are tested as for a
    rank, over the units that were drawn. Groups compared by something else (`of`) have neither.

    Example: `measure: {top: 3, by: country}`, `claimed: [Kazakhstan, Russia, Uzbekistan]`
    """

    kind: ClassVar[str] = "top"
    weighs: ClassVar[bool] = True
    top: Annotated[str | int, Field(description="How many groups.", examples=[3])]
    by: Grouping
    of: InnerMeasure | None = Field(None, description="What the groups are compared by (default: their rows).")
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        text = str(self.top)
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
            raise binder.fail(f"'top' is {text!r}", "top", hint="write a whole number from 1 to 1000")
        inner = inner_of(binder, self.of, "of")
        check_drawn(binder, inner, "of")
        return TopOf(grouped(binder, self.by, self.among, inner), int(text), self.by)


@dataclass(frozen=True)
class TopOf:
    question: Grouped
    size: int
    by: str
    unit: str = ""

    @property
    def quantity(self) -> Quantity:
        return Quantity.LABEL if self.size == 1 else Quantity.SET

    @property
    def dataset(self) -> str:
        return self.question.rows.dataset.name

    def words(self) -> str:
        which = "largest group" if self.size == 1 else f"{self.size} largest groups"
        return f"the {which} of {self.by}, by {compared_by(self.question)}"

    def measure(self, context: Context) -> Measurement:
        setting = setting_of(self.question.rows, context)
        found = groups_of(self.question, context)
        if (not found.groups and not found.hidden) or not found.whole:
            return nothing_in(found, self.quantity)
        members, method = self._members(found, setting)
        notes = group_notes(found, self.by, self.question.inner, setting.missing)
        notes += (Note(setting.no_interval),) if method == "no-interval" else ()
        names = found.labels[: self.size]
        first = names[0] if names else None
        result = Measurement(self.quantity, first if self.size == 1 else names, members, self.unit)
        result = replace(
            result,
            n=found.n,
            missing=found.missing,
            aside=found.aside,
            method=method,
            notes=notes,
            facts={"groups": len(found.groups), "size": self.size},
            bars=tuple(Bar(g.label, g.value, g.low, g.high) for g in found.groups[: max(12, self.size)]),
            queries=(found.sql,),
            sampled=setting.mode in (Mode.SAMPLE, Mode.PROCESS),
            bound_only=method == "partial",
        )
        return with_design(result, found, setting, *((name,) for name in names))

    def _members(self, found: Groups, setting: Setting) -> tuple[Members, str]:
        unlabelled = found.free if setting.missing == "bounds" else Fraction(0)
        counting = self.question.counts_rows(found, setting)
        names = frozenset((*found.labels, *found.hidden))
        size = min(self.size, len(names))
        unsettled = Members(frozenset(), names, None, open=True)
        if setting.mode is Mode.PARTIAL and (setting.unseen is None or not counting):
            return unsettled, "partial"
        if setting.mode in (Mode.SAMPLE, Mode.PROCESS):
            if not counting:
                return unsettled, "no-interval"
            tests = "Korn–Graubard tests, Holm" if isinstance(found, DesignedGroups) else "binomial tests, Holm"
            return self._sampled(found, unlabelled, setting, size), f"pairwise {tests}"
        if counting:
            free = unlabelled + (setting.unseen or 0 if setting.mode is Mode.PARTIAL else 0)
            return self._standing(found, free, size), "bounds" if free else "complete"
        if unlabelled:
            return unsettled, "bounds"
        members = self._between(found, size)
        return members, "complete" if members.tie else "bounds"

    def _standing(self, found: Groups, free: Fraction, size: int) -> Members:
        groups, standing = found.groups, found.standing(free)
        possible = frozenset(g.label for g in groups if standing.best(g.value) <= self.size)
        certain = frozenset(
            g.label for g in groups[: self.size] if standing.worst(g.value, ties_count=True) <= self.size
        )
        # A group of which no row was seen is in the way only if the free rows could lift it among the largest.
        unseen = free > 0 and standing.best(Fraction(0)) <= self.size and len(certain) < self.size
        # Where there are fewer groups than are asked for, each of which no row was seen adds to the set.
        return Members(certain, possible, None if unseen and size < self.size else size, open=unseen, tie=free == 0)

    def _between(self, found: Groups, size: int) -> Members:
        """What the bounds of the groups' own values leave: exact where nothing is missing."""
        groups, hidden = found.groups, found.hidden
        # Of thousands of groups each cannot be compared with each: how many are surely above one is looked up.
        least = sorted(g.low for g in groups if g.low is not None)
        possible = frozenset(
            g.label for g in groups if g.high is None or len(least) - bisect.bisect_right(least, g.high) < self.size
        )
        certain = frozenset(
            g.label
            for g in groups[: self.size]
            if len(hidden) + sum(o.maybe_level(g) for o in groups if o.label != g.label) < self.size
        )
        return Members(certain, possible | {*hidden}, size, tie=not hidden and all(g.settled for g in groups))

    def _sampled(self, found: Groups, unlabelled: Fraction, setting: Setting, size: int) -> Members:
        if isinstance(found, DesignedGroups):
            return designed_top(found, self.size, setting, size)
        from factcheck.stats.ranks import top_n

        # A group that the claim names may have been missed, and so may one that it does not name.
        counts = dict.fromkeys(setting.labels, 0) | {g.label: int(g.value) for g in found.groups}
        # Every element of a claimed set is settled by a test of its own; the claim is right only if all of them are.
        settled = top_n(counts, self.size, float(setting.level), max(1, size), int(unlabelled), True)
        certain = frozenset(str(label) for label in settled.inside)
        possible = certain | {str(label) for label in settled.unsettled}
        # With fewer groups than places, one that the sample missed has a place if there is one.
        return Members(certain, possible, size, open=len(possible) < self.size)
