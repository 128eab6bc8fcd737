"""The kinds `median` and `quantile`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from factcheck.claims.regions import Interval
from factcheck.evidence.asks import Quantile
from factcheck.measures.common import either, finished, optional
from factcheck.measures.designed_quantiles import designed_quantile_of
from factcheck.measures.fields import Among, Expression, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.numbers import Found, Summary, numbers_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, population_behind


class MedianForm(Form):
    """The middle value: half of the rows lie below it and half above (the mean of both middle values if n is even).

    NULL numbers may lie anywhere in the column's `range`, so that the region runs between the order statistics with
    all of them below and all of them above. A random sample gets the interval of order statistics (Conover 1999);
    where the sample is too small for one, that side is unbounded.

    With `weight` it is the smallest value with at least half of all weight at or below it, or, where that is exactly
    half, the mean of it and the next (Hyndman & Fan 1996, type 2). With `weight` or `cluster` a value is outside the
    interval where the share of rows below it is not compatible with one half (Francisco & Fuller 1991).

    Example: `measure: {median: delay_minutes}`
    """

    kind: ClassVar[str] = "median"
    weighs: ClassVar[bool] = True
    median: Expression
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return QuantileOf(numbers_of(binder, self.median, "median", among, key), Fraction(1, 2))


class QuantileForm(Form):
    """The value below which a fraction `q` of the rows lies, interpolated between neighbours (R's type 7).

    Missing numbers, random samples and partial collections are treated as for the median, and so are `weight` (type 2,
    where the quantile is the smallest value with a part `q` of all weight at or below it) and `cluster`.

    Example: `measure: {quantile: followers, q: 0.9}`
    """

    kind: ClassVar[str] = "quantile"
    weighs: ClassVar[bool] = True
    quantile: Expression
    q: Annotated[str, Field(description="A fraction between 0 and 1, or a percentage.", examples=["0.9", "90%"])]
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        numbers = numbers_of(binder, self.quantile, "quantile", among, key)
        try:
            q = Fraction(self.q.rstrip(" %")) / (100 if self.q.rstrip().endswith("%") else 1)
        except ValueError:
            q = Fraction(-1)
        if not 0 <= q <= 1:
            raise binder.fail(f"'q' is {self.q!r}", "q", hint="write a fraction between 0 and 1, such as 0.9, or 90%")
        return QuantileOf(numbers, q)


@dataclass(frozen=True)
class QuantileOf(Summary):
    q: Fraction

    def words(self) -> str:
        return self.numbers.words("median" if self.q == Fraction(1, 2) else f"{float(self.q):g} quantile")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        found, estimate = context.together(lambda: self.numbers.found(context), lambda: self._at(context, self.q))
        assert isinstance(found, Found)  # `together` mixes the types of its steps
        missing = found.total.missing if setting.missing == "bounds" else 0
        if found.total.n == 0 or not isinstance(estimate, Fraction):
            return self.nothing(found.total.missing)
        design = self.numbers.rows.drawn(setting)
        if design is not None:
            return designed_quantile_of(self.numbers, self.q, found, estimate, design, context, self.quantity)
        return finished(
            self._draw(estimate, found, missing, context, setting),
            quantity=self.quantity,
            unit=self.unit,
            n=found.total.n + found.total.missing,
            missing=found.total.missing,
            aside=found.aside,
            notes=found.notes(self.numbers.name),
            facts={"n": found.total.n},
            queries=(found.sql,),
        )

    def _at(self, context: Context, q: Fraction) -> Fraction | None:
        """The value at fraction q of the known numbers of the base."""
        rows = self.numbers.rows
        # The base stands in `where`, since a quantile cannot be put together from those of parts.
        ask = type(rows)(rows.dataset, rows.base, None, None).ask(aggregates=(Quantile(self.numbers.x, q),))
        values = context.answer(ask).values[0]["quantile"]
        return optional(values[0], self.dataset, self.numbers.name) if values else None

    def _draw(self, estimate: Fraction, found: Found, missing: int, context: Context, setting: Setting) -> Drawn:
        low, high = self.numbers.range
        n = found.total.n
        seen_all = setting.mode is Mode.EXACT or population_behind(n + missing, setting) == n + missing
        if seen_all or (setting.mode is Mode.PARTIAL and setting.unseen is not None):
            unknown = missing + (0 if seen_all else setting.unseen or 0)
            if not unknown:
                return Drawn(estimate, Interval.point(estimate))
            ends = context.together(
                lambda: self._shifted(context, n, unknown, unknown, low),
                lambda: self._shifted(context, n, unknown, 0, high),
            )
            return Drawn(estimate, Interval(ends[0], ends[1]), "bounds" if seen_all else "partial")
        if setting.mode is Mode.PARTIAL:
            return Drawn(estimate, Interval(low, high), "partial")
        if self.q in (0, 1):
            return self._extreme(estimate, setting)
        return self._sampled(estimate, n, missing, context, setting)

    def _shifted(self, context: Context, n: int, unknown: int, below: int, end: Fraction | None) -> Fraction | None:
        """The quantile of n known and `unknown` further values, `below` of which lie under all known ones."""
        position = (n + unknown - 1) * self.q - below
        beyond = max(-position, position - (n - 1), Fraction(0))  # how far it lies out among the others
        if beyond >= 1 or (beyond and end is None):
            return end
        known = self._at(context, min(max(position, Fraction(0)) / (n - 1), Fraction(1)) if n > 1 else Fraction(0))
        return known if known is None or end is None else known + beyond * (end - known)

    def _extreme(self, estimate: Fraction, setting: Setting) -> Drawn:
        """The least and the largest value are no order statistic that a sample could bound on both sides."""
        low, high = self.numbers.range
        if setting.process:
            return Drawn(estimate, Interval(low, high), "no-interval", (Note(setting.no_interval),))
        region = Interval(low, estimate) if self.q == 0 else Interval(estimate, high)
        return Drawn(estimate, region, "partial", (Note("not-scaled"),))

    def _sampled(self, estimate: Fraction, n: int, missing: int, context: Context, setting: Setting) -> Drawn:
        from factcheck.stats.quantile import order_ranks

        lower, upper = order_ranks(n + missing, self.q, float(setting.level))
        # Missing numbers may all lie below (lower end) or all above (upper end) the known ones.
        low_rank = None if lower is None else lower - missing
        ends = context.together(lambda: self._rank(context, low_rank, n), lambda: self._rank(context, upper, n))
        notes = (Note("no-order-statistic", {"n": n}),) if None in ends else ()
        return Drawn(estimate, Interval(ends[0], ends[1]), "order statistics", notes)

    def _rank(self, context: Context, rank: int | None, n: int) -> Fraction | None:
        """The value of a rank from 1 to n, or None where the known values do not hold it."""
        if rank is None or not 1 <= rank <= n:
            return None
        return self._at(context, Fraction(rank - 1, n - 1) if n > 1 else Fraction(0))
