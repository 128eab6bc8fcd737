"""Two measures side by side over rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.count import CountRows
from factcheck.measures.design import FEW_DIGITS, Design
from factcheck.measures.designed import draws
from factcheck.measures.designed_counts import Side, difference_of_counts, either
from factcheck.measures.form import Context, Measure
from factcheck.measures.mean import MeanOf
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Setting
from factcheck.measures.share import ShareOfRows
from factcheck.measures.tallies import Drawn, drawn
from factcheck.stats.bounds import between

if TYPE_CHECKING:
    from factcheck.evidence.patterns.drawn import Floats
    from factcheck.stats.units import Designed, Units

OF_DESIGN = ("weighted", "weight-zero", "clustered", "finite-ignored")
DIGITS = 12  # that are certain of what weights with many digits make, after two divisions
WEIGHED_ALIKE = (ShareOfRows, CountRows, MeanOf)


def told_of_sides(
    found: Measurement, left: Measurement, right: Measurement, drawn_as: Designed | None
) -> Measurement:
    """The measurement with how much the rows of both sides told; `drawn_as`, where their units were taken together."""
    sizes = [side.effective_n for side in (left, right) if side.effective_n is not None]
    degrees = [side.degrees for side in (left, right) if side.degrees is not None]
    size = min(sizes, default=None) if drawn_as is None else drawn_as.effective_n
    weighted = left.facts.get("weighted") or right.facts.get("weighted")
    found = replace(found, notes=_once(found.notes), effective_n=size, degrees=min(degrees, default=None))
    if not weighted or not isinstance(found.estimate, Fraction) or not isinstance(found.region, Interval):
        return found
    sides = [side.estimate for side in (left, right) if isinstance(side.estimate, Fraction)]
    scale = abs(found.estimate) if found.quantity is Quantity.RATIO else max(map(abs, sides), default=Fraction(0))
    if max((one.denominator for one in sides), default=1) <= FEW_DIGITS or not scale:
        return replace(found, facts={**found.facts, "weighted": weighted})
    low, high = (None if end is None else certain(end, scale) for end in (found.region.low, found.region.high))
    region = replace(found.region, low=low, high=high)
    facts = {**found.facts, "weighted": weighted}
    return replace(found, estimate=certain(found.estimate, scale), region=region, facts=facts)


def _once(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Each note on the design once: that of the side with fewer rows."""
    told: dict[str, Note] = {}
    for note in notes:
        if note.code in OF_DESIGN:
            told[note.code] = min(told.get(note.code, note), note, key=lambda one: one.facts.get("rows", 0))
    return tuple(note for note in notes if told.get(note.code, note) is note)


def certain(value: Fraction, scale: Fraction) -> Fraction:
    """What two weighted figures make, to the digits that are certain after two divisions."""
    unit = Fraction(10) ** (math.floor(math.log10(scale)) + 1 - DIGITS)
    return round(value / unit) * unit


def designed_pair(
    left: Measure, right: Measure, context: Context, *, ratio: bool
) -> tuple[Drawn, Designed | None] | None:
    """The interval of two shares, counts or means of one sample, whose sides the drawn units tie together.

    None of anything else: it has no interval but the one that holds for two figures however they hang together.
    """
    if type(left) is not type(right) or not isinstance(left, WEIGHED_ALIKE) or left.dataset != right.dataset:
        return None
    a, b = rows_behind(left), rows_behind(right)
    setting = a.setting(context)
    design = a.drawn(setting)
    if design is None or not draws(setting):
        return None
    if isinstance(left, MeanOf) and isinstance(right, MeanOf):
        return _means(left, right, design, setting, context, ratio=ratio)
    assert isinstance(left, (ShareOfRows, CountRows))  # the types of both sides are the same one of three
    assert isinstance(right, (ShareOfRows, CountRows))
    sides = Side(a.base, left.condition), Side(b.base, right.condition)
    if isinstance(left, CountRows):
        return difference_of_counts(sides, design, setting, context, left.dataset) if not ratio else None
    return _Pair(sides, design, setting, context, left.dataset).interval(ratio=ratio)


def designs(*sides: Measure) -> bool:
    """Whether a design matters to one of the sides, so that what holds for rows drawn singly does not."""
    return any((rows := _rows_if_any(side)) is not None and rows.design is not None for side in sides)


def rows_behind(side: Measure) -> Rows:
    rows = _rows_if_any(side)
    assert rows is not None  # the sides are of a kind that has rows
    return rows


def _rows_if_any(side: Measure) -> Rows | None:
    rows = getattr(getattr(side, "numbers", side), "rows", None)
    return rows if isinstance(rows, Rows) else None


@dataclass(frozen=True)
class _Pair:
    sides: tuple[Side, Side]
    design: Design
    setting: Setting
    context: Context
    dataset: str

    def interval(self, *, ratio: bool) -> tuple[Drawn, Designed]:
        """Both shares from one question, so that their units are in step."""
        from factcheck.stats import designed_pairs as stats

        answer = self._answer()
        a, b = self._side(answer, 0), self._side(answer, 4)
        make = stats.designed_ratio if ratio else stats.designed_difference
        level = float(self.setting.level)
        low = make(a.units, a.yes, b.units, b.yes + b.unknown, level)
        open_ends = bool(a.unknown.any() or b.unknown.any())
        high = make(a.units, a.yes + a.unknown, b.units, b.yes, level) if open_ends else low
        return drawn(None, between(low.bounds, high.bounds, None)), low

    def _answer(self) -> DrawnAnswer:
        first, second = self.sides
        base = either(first.base, second.base)
        return self.design.totals(self.context, self.dataset, base, *first.parts, *second.parts)

    def _side(self, answer: DrawnAnswer, at: int) -> _Totals:
        size, yes, unknown, _ = answer.totals[at : at + 4]
        if self.setting.missing == "ignore":
            size = (size - unknown).clip(min=0)
        if self.setting.missing != "bounds":
            unknown = unknown * 0
        squares = answer.sums[at + 3]
        rows = self._rows_of(at)
        drawn_as = replace(answer, size=size, n=rows, weights=answer.sums[at], squares=squares)
        return _Totals(self.design.units(drawn_as), yes, unknown)

    def _rows_of(self, at: int) -> int:
        """How many rows the base of a side has."""
        from factcheck.evidence.asks import Ask

        side = self.sides[at // 4]
        return sum(self.context.answer(Ask(self.dataset, side.base)).n)


@dataclass(frozen=True)
class _Totals:
    units: Units
    yes: Floats
    unknown: Floats


def _means(
    left: MeanOf, right: MeanOf, design: Design, setting: Setting, context: Context, *, ratio: bool
) -> tuple[Drawn, Designed] | None:
    """Two means; None where a number is missing, whose bounds each side has for itself."""
    from factcheck.stats import designed_pairs as stats

    parts: list[Part] = []
    for side in (left, right):
        base, x = side.numbers.rows.base, side.numbers.x
        parts += [
            Part(base), Part(base, x, lacking=True), Part(base, x), Part(base, x, squared="x"),
            Part(base, squared="product"),
        ]  # fmt: skip
    bases = left.numbers.rows.base, right.numbers.rows.base
    founds, answer = context.together(
        lambda: (left.numbers.found(context), right.numbers.found(context)),
        lambda: design.totals(context, left.dataset, either(*bases), *parts),
    )
    assert isinstance(founds, tuple)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnAnswer)
    sides: list[tuple[Units, Floats, Floats]] = []
    for at, found in ((0, founds[0]), (5, founds[1])):
        size, lacking, sums, squares, _ = answer.totals[at : at + 5]
        if found.total.missing and setting.missing == "bounds":
            return None
        weights, power = answer.sums[at], answer.sums[at + 4]
        held = replace(answer, size=(size - lacking).clip(min=0), n=found.total.n, weights=weights, squares=power)
        sides.append((design.units(held), sums, squares))
    level, (first, second) = float(setting.level), sides
    if not ratio:
        result = stats.designed_difference_of_means(first, second, level=level)
        return drawn(None, result.bounds), result
    from factcheck.stats.means import designed_mean

    if any(designed_mean(*side, level=level).bounds.low < 0 for side in sides):
        return None  # a ratio of figures that may lie on either side of 0
    result = stats.designed_ratio_of_means(first, second, level=level)
    return drawn(None, result.bounds), result
