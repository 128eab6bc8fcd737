"""A share of a sum: which part of all impressions fell on the rows that satisfy a condition."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import Answer, Extremes, Sum
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import among_notes, aside_notes, finished, only_column, optional
from factcheck.measures.designed_sums import WeighedSums, weighed_sums
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.numbers import ends_seen, within_range
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, Number


@dataclass(frozen=True)
class Part:
    """The sum over the rows with one answer to the condition, and how many of them have no number."""

    s: Fraction = Fraction(0)
    missing: Number = 0
    rows: int = 0

    def plus(self, s: Fraction, missing: Number, rows: int) -> Part:
        return Part(self.s + s, self.missing + missing, self.rows + rows)


@dataclass(frozen=True)
class ShareOfSum:
    rows: Rows
    condition: Bound
    x: Bound
    name: str
    text: str
    unit: str = "proportion"
    quantity: Quantity = Quantity.PROPORTION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        return f"the share of the sum of {self.name} that falls on rows where {self.text}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        design = self.rows.design if self.rows.design is not None and self.rows.design.weight is not None else None
        ask = self.rows.ask(self.condition, aggregates=(Sum(self.x), Extremes(self.x)))
        answer, weighed = context.together(
            lambda: context.answer(ask),
            lambda: design and weighed_sums(self.rows, self.condition, self.x, design, context),
        )
        assert isinstance(answer, Answer)  # `together` mixes the types of its steps
        assert weighed is None or isinstance(weighed, WeighedSums)
        sums, extremes = self.rows.values(answer, 0), self.rows.values(answer, 1)
        parts: dict[object, Part] = {True: Part(), False: Part(), None: Part()}
        inside = self.rows.inside(answer)
        for i in inside:
            known = int(sums["count"][i])
            s = optional(sums["sum"][i], self.dataset, self.name) or Fraction(0)
            verdict = answer.by[i][-1]
            parts[verdict] = parts[verdict].plus(s, answer.n[i] - known, answer.n[i])
        n = sum(part.rows for part in parts.values())
        ends, column = ends_seen(extremes, inside, self.dataset, self.name), only_column(self.x, self.rows.dataset)
        if ends[0] is not None and ends[0] < 0:
            return unmeasurable(self.quantity, "negative-share", name=self.name)
        if column is not None:
            within_range(self.name, self.dataset, ends, (column.low, column.high))
        drawn = self._weighed(parts, weighed, setting)
        if drawn is None:
            return unmeasurable(self.quantity, "zero-denominator")
        missing = parts[None].rows + parts[True].missing + parts[False].missing
        aside = int(self.rows.aside(answer, of=self.condition))
        notes = aside_notes(answer.unknown, answer.rows, "where") + among_notes(aside, n)
        facts = {"k": parts[True].s, "n": parts[True].s + parts[False].s, "of_sum": self.name}
        return finished(
            drawn,
            quantity=self.quantity,
            unit=self.unit,
            n=n,
            missing=int(missing),
            aside=aside,
            notes=notes if weighed is None else notes + weighed.design.notes(weighed.answer, setting),
            facts=facts if weighed is None else facts | weighed.facts(),
            queries=(answer.sql,) if weighed is None else weighed.answer.queries,
        )

    def _weighed(
        self, parts: dict[object, Part], weighed: WeighedSums | None, setting: Setting
    ) -> Drawn | None:
        """The region, by weights where rows have some."""
        if weighed is None:
            return self._draw(parts, setting)
        true, unknown, false = (
            Part(s, missing, parts[verdict].rows)
            for s, missing, verdict in zip(weighed.sums, weighed.missing, (True, None, False), strict=True)
        )
        return self._draw({True: true, None: unknown, False: false}, setting)

    def _draw(self, parts: dict[object, Part], setting: Setting) -> Drawn | None:
        true, false, unknown = parts[True], parts[False], parts[None]
        if setting.missing != "bounds":
            if setting.missing == "false":
                false = false.plus(unknown.s, 0, 0)
            true, false, unknown = Part(true.s), Part(false.s), Part()
        whole = true.s + false.s
        if whole + unknown.s == 0 and not (true.missing or false.missing or unknown.missing):
            return None
        estimate = true.s / whole if whole else None
        if setting.mode is Mode.PARTIAL and not setting.process:
            return Drawn(estimate, self._partial(true, false, unknown, setting.unseen), "partial")
        if setting.mode is not Mode.EXACT:
            # Nothing is promised of a ratio of sums from a sample: where large numbers are rare and go with the
            # condition, no sample shows that it lacks them, and a ratio's interval missed in 10% of 2,000 rows with
            # Pareto(1.5) numbers.
            return Drawn(estimate, Interval(Fraction(0), Fraction(1)), "no-interval", (Note(setting.no_interval),))
        doubtful = unknown.rows or true.missing or false.missing or unknown.missing
        return Drawn(estimate, self._bounds(true, false, unknown), "bounds" if doubtful else "complete")

    def _range(self) -> tuple[Fraction, Fraction | None]:
        """The least and the most that a number can be; below zero there is no share."""
        column = only_column(self.x, self.rows.dataset)
        floor = column.low if column is not None and column.low is not None else Fraction(0)
        return max(Fraction(0), floor), column.high if column is not None else None

    def _partial(self, true: Part, false: Part, unknown: Part, unseen: int | None) -> Interval:
        """Rows not seen add to one side or to the other, each as much as the column's range lets it."""
        if unseen is None or (self._range()[1] is None and unseen):
            return Interval(Fraction(0), Fraction(1), low_open=true.s > 0, high_open=false.s > 0)
        return self._bounds(true, false, unknown, unseen)

    def _bounds(self, true: Part, false: Part, unknown: Part, unseen: int = 0) -> Interval:
        floor, ceiling = self._range()
        lost, won = (false.missing + unknown.missing + unseen, true.missing + unknown.missing + unseen)
        return Interval(
            _share(true.s, true.missing, false.s + unknown.s, lost, floor, ceiling),
            _share(true.s + unknown.s, won, false.s, false.missing, ceiling, floor),
        )


def _share(
    k: Fraction,
    k_missing: Number,
    rest: Fraction,
    rest_missing: Number,
    k_each: Fraction | None,
    rest_each: Fraction | None,
) -> Fraction:
    """k/(k+rest) where each missing number takes the value given; None is without bound."""
    if k_missing and k_each is None:
        return Fraction(1)
    if rest_missing and rest_each is None:
        return Fraction(0)
    top = k + k_missing * (k_each or 0)
    whole = top + rest + rest_missing * (rest_each or 0)
    return top / whole if whole else Fraction(0)
