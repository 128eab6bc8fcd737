"""Groups of rows that were drawn in clusters or carry weights: for rank, top, composition and hours."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from factcheck.claims.regions import Interval
from factcheck.evidence.patterns.drawn_groups import DrawnGroups, DrawnGroupsAnswer
from factcheck.measures.common import label, rational
from factcheck.measures.designed import added_up, nothing, of_few, within_seen
from factcheck.measures.groups import Group, Grouped, Groups, Standing
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Drawn, Proportion, drawn, times
from factcheck.stats.bounds import Note as Remark
from factcheck.stats.bounds import between

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from factcheck.claims.figures import Quantity
    from factcheck.measures.design import Design
    from factcheck.measures.form import Binder, Context
    from factcheck.measures.inner import Inner
    from factcheck.measures.rows import Rows
    from factcheck.stats.units import Designed, Units

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class DesignedGroups(Groups):
    """Groups whose values are the weights of their rows (without weights: their number), and the units behind them.

    Values are read to fifteen digits, so that groups are level where their weights add up to the same in decimals.
    `codes` are the codes that the answer has for each label, None for the rows without one.
    """

    design: Design
    answer: DrawnGroupsAnswer
    codes: dict[str | None, tuple[int, ...]]

    def share(self, k: Fraction, n: Fraction, unknown: Fraction) -> Proportion:
        """The same as parts of one, so that weights with many digits leave a share of three quarters exact."""
        return Proportion(self.design.quotient(k, n), 1, self.design.quotient(unknown, n))

    def standing(self, free: Fraction) -> Standing:
        if self.design.weight is None:
            return super().standing(free)
        return Weighing([group.value for group in self.groups], free, self.unlabelled)

    def in_units(self, *labels: str | None) -> Floats:
        """What each drawn unit holds of some labels together, None for the rows without one."""
        import numpy as np

        wanted = np.zeros(len(self.answer.groups), dtype=np.bool_)
        wanted[[code for name in labels for code in self.codes.get(name, ())]] = True
        chosen = wanted[self.answer.group]
        held = np.bincount(self.answer.unit[chosen], self.answer.total[chosen], minlength=len(self.times))
        found: Floats = held.astype(np.float64)
        return found

    @property
    def times(self) -> NDArray[np.int64]:
        """How many units are alike in each entry of `in_units`."""
        return self.answer.alike

    def units(self, missing: str) -> Units:
        """The drawn units as the statistics take them; `missing: ignore` leaves out the rows without a label."""
        size = self.in_units(*self.codes)
        if missing == "ignore" and self.free:
            size = (size - self.in_units(None)).clip(min=0)
        return self.design.units(replace(self.answer.drawn, size=size, times=self.times))

    def interval(self, labels: tuple[str, ...], level: float, missing: str) -> tuple[Designed, Designed]:
        """The share of some labels together: what the design makes of its low end, and of its high end.

        They differ where the rows without a label may have one of these.
        """
        from factcheck.stats.shares import designed_proportion

        units, held = self.units(missing), self.in_units(*labels)
        low = designed_proportion(units, held, level)
        if missing != "bounds" or not self.free:
            return low, low
        return low, designed_proportion(units, held + self.in_units(None), level)


def nothing_in(found: Groups, quantity: Quantity) -> Measurement:
    """Why there is no figure: no row at all, or none that counts for anything."""
    if isinstance(found, DesignedGroups):
        return nothing(quantity, found.answer.drawn, found.design)
    return unmeasurable(quantity, "empty-base")


def compared_by(question: Grouped) -> str:
    """What the groups are compared by, in words."""
    design = question.rows.design
    weighed = "" if design is None or design.weight is None else f", each counting for its {design.weight.text}"
    return question.inner.text + weighed


def check_drawn(binder: Binder, inner: Inner, path: str) -> None:
    """Refuses to compare groups by anything but their rows, of which alone a design tells the interval."""
    if binder.design is None or (inner.kind == "count" and inner.that is None):
        return
    key = "cluster" if binder.design.weight is None else "weight"
    hint = f"leave `{path}` out to compare the groups by their rows (those of a condition with `among`), or write"
    message = f"'{key}' is not available for groups compared by {inner.text}"
    raise binder.fail(message, path, hint=f"{hint} `{key}: null`")


def setting_of(rows: Rows, context: Context) -> Setting:
    """How the rows were collected. It is not known what those not seen would weigh: their number bounds nothing."""
    setting = rows.setting(context)
    weighed = rows.design is not None and rows.design.weight is not None
    return replace(setting, population=None) if weighed and setting.mode is Mode.PARTIAL else setting


def groups_of(question: Grouped, context: Context) -> Groups:
    """The groups of a question; under a design that matters, by what their rows count for."""
    rows = question.rows
    design = rows.drawn(rows.setting(context))
    if design is None:
        return question.found(context)
    asked = DrawnGroups(rows.dataset.name, question.by, design.weight, design.cluster, rows.base)
    plain, answer = context.together(lambda: question.found(context), lambda: context.answer(asked))
    assert isinstance(plain, Groups)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnGroupsAnswer)
    none = rows.none_when_missing(question.by)
    return _designed(plain, answer, design, rows.dataset.name, none=none)


def designed_part(found: DesignedGroups, labels: tuple[str, ...], setting: Setting) -> Drawn:
    """The share of some labels together, among all rows of the base."""
    low, high = found.interval(labels, float(setting.level), setting.missing)
    return drawn(None, between(low.bounds, high.bounds, None))


def designed_parts(
    found: DesignedGroups, setting: Setting, as_: str
) -> tuple[dict[str, Interval], dict[str, Fraction], str]:
    """The parts that the claim names, at a level at which all hold together (Bonferroni), and the estimates of all.

    Counts are parts of the population, where it is known, or those of clusters that were drawn with a known chance.
    """
    each = setting.split(max(1, len(setting.labels)))
    known = found.whole - (found.free if setting.missing != "false" else 0)
    values = dict.fromkeys(setting.labels, Fraction(0)) | {group.label: group.value for group in found.groups}
    region: dict[str, Interval] = {}
    method = ""
    if as_ == "share":
        for name in setting.labels:
            part = designed_part(found, (name,), each)
            region[name], method = part.region, part.method
        return region, {name: found.design.quotient(value, known) for name, value in values.items()}, method
    for name in setting.labels:
        part = _size(found, name, each)
        region[name], method = part.region, part.method
    if setting.population is None:
        scale = 1 / (setting.fraction or Fraction(1))
        return region, {name: value * scale for name, value in values.items()}, method
    whole = max(setting.population, found.n)
    return region, {name: found.design.quotient(value, found.whole) * whole for name, value in values.items()}, method


def _size(found: DesignedGroups, name: str, setting: Setting) -> Drawn:
    """How many rows of the population have a label."""
    drawn_as = replace(found.answer.drawn, times=found.times)
    if setting.population is None:
        held, free = found.in_units(name), found.in_units(None) if found.free else 0
        low = added_up(held, drawn_as, setting)
        high = added_up(held + free, drawn_as, setting) if setting.missing == "bounds" else low
        return of_few(drawn(None, between(low, high, None)), found.design)
    # The rows without a label were drawn as well, and may be left out of the labels but not of the whole.
    share = designed_part(found, (name,), setting if setting.missing == "bounds" else replace(setting, missing="false"))
    whole = max(setting.population, found.n)
    rows = sum(found.answer.n[code] for code in found.codes.get(name, ()))
    open_rows = found.unlabelled if setting.missing == "bounds" else 0
    region = within_seen(times(share.region, Fraction(whole)), Count(rows, open_rows), found.n, whole)
    return replace(share, region=region)


def with_design(
    measured: Measurement, found: Groups, setting: Setting, *labels: tuple[str, ...]
) -> Measurement:
    """The measurement with what an editor has to know of the design; nothing is added where there is none.

    `labels`, several together in each: of a sample, those whose shares say how much its rows tell.
    """
    if not isinstance(found, DesignedGroups):
        return measured
    design, answer = found.design, found.answer
    told = replace(
        measured,
        notes=(*measured.notes, *design.notes(answer.drawn, setting)),
        queries=answer.queries,
        facts={**measured.facts, **design.facts(answer.drawn)},
    )
    if setting.mode not in (Mode.SAMPLE, Mode.PROCESS) or found.whole == found.free:
        return told
    drawn_as = [found.interval(names, float(setting.level), missing="ignore")[0] for names in labels]
    if any(Remark.FEW_CLUSTERS in one.bounds.notes for one in drawn_as):
        told = replace(told, notes=(*told.notes, Note("few-clusters")))
    return design.told(told, min(drawn_as, key=lambda one: one.effective_n, default=None))


def _designed(
    plain: Groups, answer: DrawnGroupsAnswer, design: Design, dataset: str, *, none: bool
) -> DesignedGroups:
    """The same groups by what their rows count for; `none`: rows without a label belong to no group."""
    codes: dict[str | None, tuple[int, ...]] = {}
    for code, value in enumerate(answer.groups):
        name = None if value is None else label(value)
        codes[name] = (*codes.get(name, ()), code)
    totals = [rational(total, dataset, "a weighted total") for total in answer.sums]
    values = {name: sum((totals[code] for code in own), Fraction(0)) for name, own in codes.items()}
    whole = sum(values.values(), Fraction(0))
    unlabelled = values.pop(None, Fraction(0))
    groups = [Group(str(name), value, value, value) for name, value in values.items()]
    return DesignedGroups(
        groups=tuple(sorted(groups, key=lambda group: (-group.value, group.label))),
        unlabelled=plain.unlabelled,
        n=plain.n,
        aside=plain.aside,
        where_aside=plain.where_aside,
        rows=plain.rows,
        sql=plain.sql,
        whole=whole,
        free=Fraction(0) if none else unlabelled,
        design=design,
        answer=answer,
        codes=codes,
    )


class Weighing(Standing):
    """Ranks of groups by weight when rows of the weight `free` may fall on any group.

    How that weight is spread over its `rows` does not matter: it is taken as if any part of it could fall on a group,
    which allows a few more ranks than single rows could bring about, never fewer; but no more groups than there are
    rows.
    """

    def __init__(self, values: Iterable[Fraction], free: Fraction, rows: int) -> None:
        super().__init__(list(values), free)
        self.rows = rows

    def worst(self, k: Fraction, *, ties_count: bool = False) -> int:
        others = list(self.descending)
        if k in others:
            others.remove(k)
        ahead = sum(1 for other in others if other > k or (ties_count and other == k))
        needs = list(accumulate(k - other for other in others[ahead:]))
        # To be ahead and not only level, a group needs something more than the gap.
        find = bisect.bisect_right if ties_count else bisect.bisect_left
        passed = find(needs, self.free)
        left = self.free - (needs[passed - 1] if passed else 0)
        lifted = passed + (self._unseen(k, left, ties_count) if passed == len(needs) else 0)
        return 1 + ahead + min(lifted, self.rows if self.free else 0)

    def _unseen(self, k: Fraction, left: Fraction, ties_count: bool) -> int:
        """Groups of which no row was labelled that what is left over could lift as high."""
        if k <= 0:
            return self.rows
        return int(left // k) if ties_count else max(0, -int(-left // k) - 1)


