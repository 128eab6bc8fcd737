"""Two counts of rows side by side, of rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.expressions import Bound, conjunction, is_null, negation
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.common import aside_notes, rational
from factcheck.measures.count import CountRows
from factcheck.measures.design import Design
from factcheck.measures.designed import added_up, draws, nothing
from factcheck.measures.form import Context, Measure
from factcheck.measures.measurement import Measurement, unmeasurable
from factcheck.measures.rows import Split
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, drawn, times
from factcheck.stats.bounds import Bounds, between

if TYPE_CHECKING:
    from factcheck.stats.units import Designed


def either(a: Bound | None, b: Bound | None) -> Bound | None:
    """The rows of one base or the other; None for all rows."""
    if a is None or b is None:
        return None
    if a.sql == b.sql:
        return a
    both = conjunction(negation(a), negation(b))
    assert both is not None  # two conditions were given
    return negation(both)


@dataclass(frozen=True)
class Side:
    """The rows of a base, and the condition of which the share is asked."""

    base: Bound | None
    condition: Bound | None

    @property
    def true(self) -> Part:
        return Part(conjunction(self.base, self.condition))

    @property
    def unknown(self) -> Part:
        if self.condition is None:
            return Part(when="unknown")
        return Part(conjunction(self.base, is_null(self.condition)))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The size of the base in each unit, its rows that count, those that may, and the squares of its weights."""
        return Part(self.base), self.true, self.unknown, Part(self.base, squared="product")


def difference_of_counts(
    sides: tuple[Side, Side], design: Design, setting: Setting, context: Context, dataset: str
) -> tuple[Drawn, Designed | None] | None:
    """Two counts of the population: the shares of all rows drawn, scaled; or the clusters' differences, added up."""
    from factcheck.stats.designed_pairs import designed_difference

    answer = design.totals(context, dataset, None, *(part for side in sides for part in (side.true, side.unknown)))
    a, a_open, b, b_open = answer.totals
    if setting.missing != "bounds":
        a_open, b_open = a_open * 0, b_open * 0
    if setting.population is not None:
        whole = Fraction(max(setting.population, answer.n))
        units, level = design.units(answer), float(setting.level)
        low = designed_difference(units, a, units, b + b_open, level)
        high = designed_difference(units, a + a_open, units, b, level)
        found = drawn(None, between(low.bounds, high.bounds, None))
        return replace(found, region=times(found.region, whole)), low
    if design.weight is not None:
        return None
    ends = added_up(a - b - b_open, answer, setting), added_up(a + a_open - b, answer, setting)
    return drawn(None, between(*ends, None)), None


def ratio_of_counts(left: Measure, right: Measure, context: Context) -> Measurement | None:
    """Two counts of rows of one dataset stand to each other as their weights do, whatever the population; None where
    the sides are no such counts, or no design matters."""
    if not isinstance(left, CountRows) or not isinstance(right, CountRows) or left.dataset != right.dataset:
        return None
    setting = left.rows.setting(context)
    design = left.rows.drawn(setting)
    if design is None:
        return None
    sides = Side(left.rows.base, left.condition), Side(right.rows.base, right.condition)
    true, other = sides[0].true, sides[1].true
    common = Part(conjunction(true.that, other.that))
    squares = (Part(side.true.that, squared="product") for side in sides)
    first_count, second_count = replace(true, name="first"), replace(other, name="second")
    parts = (first_count, sides[0].unknown, second_count, sides[1].unknown, common, *squares)
    base = either(*(side.base for side in sides))
    first, second, answer = context.together(
        lambda: left.rows.split(context, left.condition),
        lambda: right.rows.split(context, right.condition),
        lambda: design.totals(context, left.dataset, base, *parts, apart=draws(setting), figure="first / second"),
    )
    assert isinstance(first, Split)  # `together` mixes the types of its steps
    assert isinstance(second, Split)
    assert isinstance(answer, DrawnAnswer)
    if not answer.weights:
        return nothing(Quantity.RATIO, answer, design)
    settled = answer if setting.missing == "bounds" else _settled(answer)
    return _ratio_of(settled, (first, second), design, setting, left.dataset)


def _settled(answer: DrawnAnswer) -> DrawnAnswer:
    """Rows of which it is not known whether they count, taken for rows that do not."""
    sums = tuple(0.0 if i in (1, 3) else one for i, one in enumerate(answer.sums))
    totals = tuple(one * (0 if i in (1, 3) else 1) for i, one in enumerate(answer.totals))
    return replace(answer, sums=sums, totals=totals)


def _ratio_of(
    answer: DrawnAnswer, splits: tuple[Split, Split], design: Design, setting: Setting, dataset: str
) -> Measurement:
    a, a_open, b, b_open = (rational(one, dataset, "a total") for one in answer.sums[:4])
    if not b:
        return unmeasurable(Quantity.RATIO, "zero-denominator")
    drawn_as: Designed | None = None
    if setting.mode is Mode.PARTIAL:
        found = Drawn(None, Interval(Fraction(0), None), "partial")
    elif setting.mode is Mode.EXACT:
        region = Interval(design.quotient(a, b + b_open), design.quotient(a + a_open, b))
        found = Drawn(None, region, "bounds" if a_open or b_open else "complete")
    else:
        bounds, drawn_as = _sampled(answer, design, splits, float(setting.level))
        found = drawn(None, bounds)
    first, second = splits
    larger = max(splits, key=lambda split: split.unknown)
    measured = Measurement(
        Quantity.RATIO,
        design.quotient(a, b),
        found.region,
        "ratio",
        n=int(larger.n),
        missing=int(larger.unknown),
        method=found.method,
        notes=(*aside_notes(first.where_aside, first.rows, "where"), *design.notes(answer, setting), *found.notes),
        facts={
            "left": a, "right": b, "n": int(larger.n), "bases": (int(first.n), int(second.n)),
            "quantities": (Quantity.NUMBER, Quantity.NUMBER), **design.facts(answer),
        },
        queries=answer.queries,
        sampled=draws(setting),
        bound_only=setting.mode is Mode.PARTIAL,
    )  # fmt: skip
    return design.told(measured, drawn_as)


def _sampled(
    answer: DrawnAnswer, design: Design, splits: tuple[Split, Split], level: float
) -> tuple[Bounds, Designed]:
    from factcheck.stats.designed_pairs import designed_counts_ratio, designed_ratio
    from factcheck.stats.shares import designed_proportion

    a, a_open, b, b_open, common = answer.totals[:5]
    if not (common.any() or a_open.any() or b_open.any()):
        rows = int(sum(split.k for split in splits))
        weights, squares = answer.sums[0] + answer.sums[2], answer.sums[5] + answer.sums[6]
        units = design.units(replace(answer, size=a + b, n=rows, weights=weights, squares=squares))
        found = designed_counts_ratio(units, a, b, level)
        return found.bounds, found
    if not (a_open.any() or b_open.any()):
        # One count within the other is a share of it.
        for part, at, inverse in ((a, 2, False), (b, 0, True)):
            if (common == part).all():
                whole = answer.totals[at]
                squares, n = answer.sums[6 if at else 5], int(splits[at // 2].k)
                held = replace(answer, size=whole, n=n, weights=answer.sums[at], squares=squares)
                share = designed_proportion(design.units(held), part, level)
                return (_inverse(share.bounds) if inverse else share.bounds), share
    units = design.units(answer)
    low = designed_ratio(units, a, units, b + b_open, level)
    high = designed_ratio(units, a + a_open, units, b, level)
    return between(low.bounds, high.bounds, None), low


def _inverse(bounds: Bounds) -> Bounds:
    """The interval of one over a share."""
    estimate = 1 / bounds.estimate if bounds.estimate else None
    high = 1 / bounds.low if bounds.low > 0 else math.inf
    return replace(bounds, low=1 / bounds.high, high=high, estimate=estimate)
