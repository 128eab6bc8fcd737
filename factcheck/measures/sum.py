"""The kind `sum`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED
from factcheck.measures.common import either
from factcheck.measures.design import Design
from factcheck.measures.designed_numbers import designed_sum_of
from factcheck.measures.fields import Among, Expression, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.numbers import TotalSummary, mean_bounds, numbers_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, Total, times
from factcheck.stats.bounds import Bounds


class SumForm(Form):
    """The sum of a number over the rows.

    NULL numbers are missing: each may be anything in the column's `range`, and without a range that side of the
    region is unbounded (`missing: ignore` sets them aside instead). In a partial collection the sum of numbers that
    are never negative is a lower bound. A random sample is scaled to the `population` (bootstrap-t of the mean over all
    rows, those outside the base counting zero) or by `sample_fraction` (Horvitz & Thompson 1952, with a Poisson
    bootstrap-t). With `weight` it takes the `population`, as a count does; with `cluster`, a `sample_fraction` is the
    chance of each unit drawn.

    Example: `measure: {sum: fb_engagement}`
    """

    kind: ClassVar[str] = "sum"
    reads: ClassVar[Quantity | None] = Quantity.NUMBER
    weighs: ClassVar[bool] = True
    sum: Expression
    among: Among = None
    that: That = None

    def weightless(self, mode: Mode | None) -> str:
        return "" if mode in (None, Mode.SAMPLE, Mode.PROCESS) else "a sum over the rows themselves"

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return SumOf(numbers_of(binder, self.sum, "sum", among, key))


@dataclass(frozen=True)
class SumOf(TotalSummary):
    @property
    def quantity(self) -> Quantity:
        return Quantity.NUMBER

    def words(self) -> str:
        return self.numbers.words("sum")

    def designed(self, design: Design, context: Context) -> Measurement:
        return designed_sum_of(self.numbers, design, context)

    def draw(self, total: Total, context: Context, setting: Setting) -> Drawn:
        if setting.mode is Mode.EXACT:
            return Drawn(total.s, total.bounds(), "bounds" if total.missing else "complete")
        if setting.process and (setting.mode is not Mode.SAMPLE or setting.fraction is not None):
            drawn_at = setting.fraction if setting.mode is Mode.SAMPLE and setting.fraction is not None else Fraction(1)
            return Drawn(total.s / drawn_at, UNBOUNDED, "no-interval", (Note(setting.no_interval),))
        if setting.mode is Mode.PARTIAL:
            assumed = total.sign_assumed and setting.unseen != 0
            notes = (Note("sign-assumed", {"name": self.numbers.name}),) if assumed else ()
            region = total.partial(setting.unseen, everything=self.numbers.rows.base is None)
            return Drawn(total.s, region, "partial", notes)
        return self._sampled(total, context, setting)

    def _sampled(self, total: Total, context: Context, setting: Setting) -> Drawn:
        from factcheck.stats.total import scaled_total

        level = float(setting.level)
        if setting.population is not None and setting.rows:
            # Rows outside the base add nothing to the sum, and are part of the sample all the same.
            outside = setting.rows - total.n - total.missing
            scale = Fraction(setting.population)

            def mean(values: list[float], counts: list[int]) -> Bounds:
                return mean_bounds((*values, 0.0), (*counts, outside), level, setting.population)

            per_row = self.numbers.interval(context, total, total.s / setting.rows, mean)
            return replace(per_row, estimate=total.s / setting.rows * scale, region=times(per_row.region, scale))
        if setting.fraction is not None:
            fraction = setting.fraction
            return self.numbers.interval(
                context,
                total,
                total.s / fraction,
                lambda values, counts: scaled_total(values, counts, fraction, level),
            )
        return Drawn(None, UNBOUNDED, unmeasurable=Note("sum-needs-fraction"))
