"""The kind `sum`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.measures.common import either, finished
from factcheck.measures.fields import Among, Expression, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.numbers import Found, Numbers, numbers_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Drawn, Total


class SumForm(Form):
    """The sum of a number over the rows.

    NULL numbers are missing: each may be anything in the column's `range`, and without a range that side of the
    region is unbounded (`missing: ignore` sets them aside instead). In a partial collection the sum of numbers that
    are never negative is a lower bound. In a random sample the region is the interval of the number of rows, scaled
    by `sample_fraction` or to the `population`, times the interval of the mean, each at half the error (Bonferroni).

    Example: `measure: {sum: fb_engagement}`
    """

    kind: ClassVar[str] = "sum"
    sum: Expression
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return SumOf(numbers_of(binder, self.sum, "sum", among, key))


@dataclass(frozen=True)
class SumOf:
    numbers: Numbers
    quantity: Quantity = Quantity.NUMBER

    @property
    def unit(self) -> str:
        return self.numbers.unit

    @property
    def dataset(self) -> str:
        return self.numbers.dataset

    def words(self) -> str:
        return self.numbers.words("sum")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        found = self.numbers.found(context)
        total = found.total.settled(setting.missing)
        if total.n + total.missing == 0:
            return unmeasurable(self.quantity, "empty-base")
        return finished(
            self._draw(total, found, context, setting),
            quantity=self.quantity,
            unit=self.unit,
            n=found.total.n + found.total.missing,
            missing=found.total.missing,
            aside=found.aside,
            notes=found.notes(self.numbers.name),
            facts={"s": total.s, "n": total.n},
            queries=(found.sql,),
            tally=total,
        )

    def _draw(self, total: Total, found: Found, context: Context, setting: Setting) -> Drawn:
        if setting.mode is Mode.EXACT:
            return Drawn(total.s, total.bounds(), "bounds" if total.missing else "complete")
        if setting.mode is Mode.PARTIAL:
            return Drawn(total.s, total.partial(setting.unseen), "partial")
        halves = setting.split()
        rows = Count(total.n + total.missing).draw(halves)
        if rows.unmeasurable is not None or rows.estimate is None:
            return Drawn(None, UNBOUNDED, unmeasurable=Note("sum-needs-fraction"))
        mean, method = self.numbers.mean_region(context, total, halves.level, None)
        scale = rows.estimate / (total.n + total.missing)
        return Drawn(total.s * scale, product(rows.region, mean), f"scaled-{method}")


def product(a: Interval, b: Interval) -> Interval:
    """All products of a value of `a`, which is never negative, with a value of `b`."""
    if a.low is None:
        return UNBOUNDED
    low = None if b.low is None else b.low * a.low if b.low >= 0 else _times(b.low, a.high)
    high = None if b.high is None else b.high * a.low if b.high <= 0 else _times(b.high, a.high)
    return Interval(low, high)


def _times(value: Fraction, times: Fraction | None) -> Fraction | None:
    return None if times is None else value * times
