"""Means and sums of rows that were drawn in clusters or carry weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.common import finished, rational
from factcheck.measures.design import Design
from factcheck.measures.designed import added_up, draws, nothing, of_few, unscalable
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement, unmeasurable
from factcheck.measures.numbers import Found, Numbers
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, Total, drawn, exact, times

if TYPE_CHECKING:
    from factcheck.evidence.patterns.drawn import Floats
    from factcheck.stats.bounds import Bounds
    from factcheck.stats.units import Designed


@dataclass(frozen=True)
class Weighed:
    """What the design's totals tell of numbers: their weighted sum, the weight of those known and of those missing."""

    numbers: Numbers
    design: Design
    answer: DrawnAnswer
    total: Total  # of the rows, as they are without weights
    mean: bool  # of the rows' numbers; or their sum
    none: bool  # a missing number means that there is none (`missing: none`), or is set aside

    @property
    def s(self) -> Fraction:
        return self._rational(self.answer.sums[0])

    @property
    def missing(self) -> Fraction:
        """The weight of rows whose number may be anything in the range."""
        return Fraction(0) if self.none else self._rational(self.answer.sums[2])

    @property
    def known(self) -> Fraction:
        return self._rational(self.answer.weights) - self._rational(self.answer.sums[2])

    def _rational(self, value: float) -> Fraction:
        return rational(value, self.numbers.dataset, "a total")

    def totals_with(self, end: Fraction) -> tuple[Floats, Floats]:
        """Sums of x and of its squares in each unit, every missing number standing at one end of the range."""
        sums, squares, missing = self.answer.totals
        return sums + float(end) * missing, squares + float(end) ** 2 * missing

    def interval(self, estimate: Fraction, setting: Setting, *, over_all: bool) -> tuple[Drawn, Designed]:
        """The mean over units; `over_all`: over all rows drawn, those outside the base counting zero."""
        from factcheck.stats.means import designed_mean

        level = float(setting.level)
        sums, squares, missing = self.answer.totals
        if self.missing or over_all:
            units = self.design.units(self.answer)
        else:
            units = self.design.units(self.answer, without=missing, rows=self.total.n)
        if not self.missing:
            plain = designed_mean(units, sums, squares, level)
            return drawn(estimate, plain.bounds), plain
        ends: list[Fraction | None] = []
        made: list[Designed] = []
        for end, side in ((self.total.low, "low"), (self.total.high, "high")):
            made += [] if end is None else [designed_mean(units, *self.totals_with(end), level)]
            ends.append(None if end is None else exact(getattr(made[-1].bounds, side)))
        how = made[0] if made else designed_mean(units, sums, squares, level)
        return replace(drawn(estimate, how.bounds), region=Interval(ends[0], ends[1])), how


def _weighed(
    numbers: Numbers, design: Design, context: Context, setting: Setting, parts: tuple[Part, ...], base: Bound | None,
    figure: str, *, mean: bool,
) -> tuple[Found, Weighed]:  # fmt: skip
    found, answer = context.together(
        lambda: numbers.found(context),
        lambda: design.totals(context, numbers.dataset, base, *parts, apart=draws(setting), figure=figure),
    )
    assert isinstance(found, Found)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnAnswer)
    none = numbers.rows.none_when_missing(numbers.x) or setting.missing != "bounds"
    return found, Weighed(numbers, design, answer, found.total.settled(setting.missing), mean, none)


def _parts(numbers: Numbers, that: Bound | None) -> tuple[Part, ...]:
    x = numbers.x
    return (
        Part(that, x, name="weighted_sum"),
        Part(that, x, squared="x"),
        Part(that, x, lacking=True, name="without_number"),
    )


def designed_mean_of(numbers: Numbers, design: Design, context: Context, quantity: Quantity) -> Measurement:
    """Σw·x/Σw over the rows whose number is known."""
    setting = context.setting(numbers.dataset)
    of = "n" if design.weight is None else "weights"
    figure = f"weighted_sum / ({of} - without_number)"
    found, weighed = _weighed(
        numbers, design, context, setting, _parts(numbers, None), numbers.rows.base, figure, mean=True
    )
    if not weighed.total.n:
        return _without(found, numbers, quantity)
    if not weighed.known:
        return nothing(quantity, replace(weighed.answer, weights=0.0), design)
    drawn_found, drawn_as = _mean(weighed, setting)
    return _measured(weighed, found, (drawn_found, drawn_as), quantity, setting)


def _without(found: Found, numbers: Numbers, quantity: Quantity) -> Measurement:
    """Why there is no figure where no number is known."""
    rows = found.total.missing + found.none
    if not rows:
        return unmeasurable(quantity, "empty-base")
    return unmeasurable(quantity, "no-numbers", name=numbers.name, rows=rows)


def _mean(weighed: Weighed, setting: Setting) -> tuple[Drawn, Designed | None]:
    quotient, total = weighed.design.quotient, weighed.total
    estimate = quotient(weighed.s, weighed.known)
    if setting.mode is Mode.PARTIAL:
        # What the rows not seen would weigh is not known, so that their number bounds nothing.
        return Drawn(estimate, Interval(total.low, total.high), "partial"), None
    if setting.mode is not Mode.EXACT:
        return weighed.interval(estimate, setting, over_all=False)
    whole = weighed.known + weighed.missing
    if not weighed.missing:
        return Drawn(estimate, Interval.point(estimate)), None
    low, high = (
        None if end is None else quotient(weighed.s + end * weighed.missing, whole) for end in (total.low, total.high)
    )
    return Drawn(estimate, Interval(low, high), "bounds"), None


def designed_sum_of(numbers: Numbers, design: Design, context: Context) -> Measurement:
    """The sum over the population: its size times the mean over all rows drawn, or the total of clusters drawn with a
    known chance each (Horvitz & Thompson 1952)."""
    quantity, setting = Quantity.NUMBER, context.setting(numbers.dataset)
    if why := unscalable(design, setting, quantity):
        return why
    figure = f"{setting.population} * weighted_sum / {'n' if design.weight is None else 'weights'}"
    parts = _parts(numbers, numbers.rows.base)
    figure = "" if setting.population is None else figure
    found, weighed = _weighed(numbers, design, context, setting, parts, None, figure, mean=False)
    if not weighed.total.n:
        return _without(found, numbers, quantity)
    if not weighed.answer.weights:
        return nothing(quantity, weighed.answer, design)
    drawn_found, drawn_as = _sum(weighed, setting)
    return _measured(weighed, found, (drawn_found, drawn_as), quantity, setting)


def _sum(weighed: Weighed, setting: Setting) -> tuple[Drawn, Designed | None]:
    if setting.population is None:
        return _added_up(weighed, setting), None
    answer, whole = weighed.answer, Fraction(max(setting.population, weighed.answer.n))
    per_row = weighed.design.quotient(weighed.s, rational(answer.weights, weighed.numbers.dataset, "a total"))
    found, drawn_as = weighed.interval(per_row, setting, over_all=True)
    return replace(found, estimate=per_row * whole, region=times(found.region, whole)), drawn_as


def _added_up(weighed: Weighed, setting: Setting) -> Drawn:
    answer, total = weighed.answer, weighed.total
    fraction = Fraction(1) if setting.fraction is None else setting.fraction
    sums, _, missing = answer.totals
    if not weighed.missing:
        return of_few(drawn(weighed.s / fraction, added_up(sums, answer, setting)), weighed.design)
    ends: list[Bounds | None] = [
        None if end is None else added_up(sums + float(end) * missing, answer, setting)
        for end in (total.low, total.high)
    ]
    low = None if ends[0] is None else exact(ends[0].low)
    high = None if ends[1] is None else exact(ends[1].high)
    known = drawn(weighed.s / fraction, added_up(sums, answer, setting))
    return of_few(replace(known, region=Interval(low, high)), weighed.design)


def _measured(
    weighed: Weighed, found: Found, how: tuple[Drawn, Designed | None], quantity: Quantity, setting: Setting
) -> Measurement:
    total, design, numbers = weighed.total, weighed.design, weighed.numbers
    # What a reader would find who left the weights out; a sum of the rows is none of the population.
    plain = {"plain": total.s / total.n} if weighed.mean else {}
    measured = finished(
        how[0],
        quantity=quantity,
        unit=numbers.unit,
        n=found.total.n + found.total.missing,
        missing=found.total.missing,
        aside=found.aside,
        notes=(*found.notes(numbers.name), *design.notes(weighed.answer, setting)),
        facts={"s": total.s, "n": total.n, **plain, **design.facts(weighed.answer)},
        queries=weighed.answer.queries,
        tally=total,
    )
    return design.told(measured, how[1])
