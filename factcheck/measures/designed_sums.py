"""Shares of a sum over rows that were drawn in clusters or carry weights."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.evidence.expressions import Bound, is_null, negation
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.common import rational
from factcheck.measures.design import Design
from factcheck.measures.form import Context
from factcheck.measures.rows import Rows


@dataclass(frozen=True)
class WeighedSums:
    """The weighted sums of x where the condition is true, NULL and false, and the weights of rows without a number.

    Each in this order over all units; `answer.totals` has them by unit.
    """

    design: Design
    answer: DrawnAnswer
    sums: tuple[Fraction, Fraction, Fraction]
    missing: tuple[Fraction, Fraction, Fraction]

    def facts(self) -> dict[str, object]:
        """What the share is made of: by weights, if there are any."""
        k, n = self.sums[0], self.sums[0] + self.sums[2]
        return {**self.design.facts(self.answer), **({"k": k, "n": n} if self.design.weight is not None else {})}


def weighed_sums(rows: Rows, condition: Bound, x: Bound, design: Design, context: Context) -> WeighedSums:
    """Asks for them."""
    unknown, false, name = is_null(condition), negation(condition), rows.dataset.name
    parts = (
        Part(condition, x, name="sum_where_true"),
        Part(unknown, x, name="sum_where_unknown"),
        Part(false, x, name="sum_where_false"),
        Part(condition, x, lacking=True),
        Part(unknown, x, lacking=True),
        Part(false, x, lacking=True),
    )
    figure = "sum_where_true / (sum_where_true + sum_where_false)"
    answer = design.totals(context, name, rows.base, *parts, apart=False, figure=figure)
    s = [rational(value, name, "a total") for value in answer.sums]
    return WeighedSums(design, answer, (s[0], s[1], s[2]), (s[3], s[4], s[5]))
