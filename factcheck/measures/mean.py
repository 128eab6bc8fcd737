"""The kind `mean`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from factcheck.measures.common import either
from factcheck.measures.design import Design
from factcheck.measures.designed_numbers import designed_mean_of
from factcheck.measures.fields import Among, Expression, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement
from factcheck.measures.numbers import TotalSummary, mean_bounds, numbers_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, Total, population_behind


class MeanForm(Form):
    """The arithmetic mean of a number over the rows.

    The estimate is taken over the known numbers. NULL numbers are missing: the region needs the column's `range`,
    and without one that side is unbounded (`missing: ignore` sets them aside instead). A random sample gets a
    bootstrap-t interval; where the sample is too small for the skew of its numbers (n < 30, or n < 25·skewness²,
    Cochran 1977), the side of the long tail is unbounded and a note says that the median is safer.

    With `weight` the mean is Σw·x/Σw. With `weight` or `cluster` the bootstrap is over the units that were drawn, and
    below 15 clusters neither side is bounded.

    Example: `measure: {mean: likes, among: followers < 100}`
    """

    kind: ClassVar[str] = "mean"
    weighs: ClassVar[bool] = True
    mean: Expression
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return MeanOf(numbers_of(binder, self.mean, "mean", among, key))


@dataclass(frozen=True)
class MeanOf(TotalSummary):
    def words(self) -> str:
        return self.numbers.words("mean")

    def designed(self, design: Design, context: Context) -> Measurement:
        return designed_mean_of(self.numbers, design, context, self.quantity)

    def draw(self, total: Total, context: Context, setting: Setting) -> Drawn:
        estimate = total.s / total.n
        if setting.mode is Mode.EXACT:
            return Drawn(estimate, total.mean_bounds(), "bounds" if total.missing else "complete")
        if setting.mode is Mode.PARTIAL:
            return Drawn(estimate, total.mean_partial(setting.unseen), "partial")
        level = float(setting.level)
        population = population_behind(total.n + total.missing, setting)
        return self.numbers.interval(
            context,
            total,
            estimate,
            lambda values, counts: mean_bounds(tuple(values), tuple(counts), level, population),
        )
