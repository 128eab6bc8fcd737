"""Totals of every unit that was drawn: of each cluster, or of each row that was drawn singly with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.clauses import quoted, total_sql
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import id_sql, select
from factcheck.evidence.patterns.vectors import MOST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

@dataclass(frozen=True)
class Part:
    """What is totalled in each unit: the weights of rows of the base, or weight times `x`.

    `when` says of which rows: those where `that` is `true` (all, without `that`) or `unknown` (it is NULL). With `x`
    these are the rows whose x is known; `lacking` totals the weights of the others, `at_most` those of the rows whose
    x is no larger. `squared` takes the square of x, or of the whole `product`. `name` is the column of the quoted
    queries; parts without one are no part of them.
    """

    that: Bound | None = None
    x: Bound | None = None
    when: Literal["true", "unknown"] = "true"
    lacking: bool = False
    at_most: float | None = None
    squared: Literal["", "x", "product"] = ""
    name: str = ""

    def holds(self) -> str | None:
        """The condition of the rows that are totalled; None for every row."""
        terms = []
        if self.that is not None:
            terms.append(f"({self.that.sql})" if self.when == "true" else f"({self.that.sql}) IS NULL")
        elif self.when == "unknown":
            terms.append("FALSE")
        if self.x is not None and self.at_most is not None:
            terms.append(f"CAST({self.x.sql} AS DOUBLE) <= CAST('{self.at_most!r}' AS DOUBLE)")
        elif self.x is not None:
            terms.append(f"({self.x.sql}) IS {'NULL' if self.lacking else 'NOT NULL'}")
        return " AND ".join(terms) or None

    @property
    def times(self) -> Bound | None:
        """What each weight is multiplied by."""
        return None if self.lacking or self.at_most is not None else self.x


@dataclass(frozen=True)
class DrawnAnswer(PatternAnswer):
    """Arrays in step, one entry for each kind of drawn unit; `times` units are alike in all of them.

    `size` are the weights of the unit's rows in the base (their number, without weights), `totals` one array for each
    part; all are empty where the question was for the sums alone. `sums` are the parts over the whole base, `weights`
    and `squares` the sums of its weights and of their squares.
    """

    size: Floats
    totals: tuple[Floats, ...]
    times: NDArray[np.int64]
    sums: tuple[float, ...]
    n: int
    units: int
    weights: float
    squares: float
    zero: int  # rows of the base that count for nothing, since their weight is 0
    aside: int  # rows set aside because the base is NULL for them
    rows: int  # rows of the dataset


@dataclass(frozen=True)
class DrawnTotals(Pattern[DrawnAnswer]):
    """The totals of `parts` in each value of `cluster` (without one: in each row) among the rows where `base` is true.

    `apart`: whether the units are needed one by one, or the sums over all of them alone. `figure` is an expression
    over the names of the parts, `weights` and `n`: what the quoted query computes from them. EvidenceError where a row
    of the base has no weight, a weight that is no number from 0, or no cluster: nothing is known of how it was drawn.
    """

    parts: tuple[Part, ...]
    weight: Bound | None = None
    cluster: Bound | None = None
    base: Bound | None = None
    apart: bool = True
    figure: str = ""

    def found(self, asking: Asking) -> DrawnAnswer:
        import numpy as np

        n, units, weights, squares, zero, sums = self._census(asking)
        columns = [np.zeros(0)] * (len(self.parts) + 2)
        if self.apart:
            if units > MOST:
                message = f"{units:,} drawn units are more than can be held ({MOST:,}); narrow `where`"
                raise EvidenceError(message, self.dataset)
            frame = asking.frame(self._alike(asking))
            columns = [np.asarray(column, dtype=np.float64) for column in frame.columns]
        return DrawnAnswer(
            self._quoted(asking), columns[0], tuple(columns[1:-1]), columns[-1].astype(np.int64), sums, n, units,
            weights, squares, zero, asking.aside(self.dataset, self.base), asking.total(self.dataset),
        )  # fmt: skip

    def _census(self, asking: Asking) -> tuple[int, int, float, float, int, tuple[float, ...]]:
        """Rows of the base, drawn units, the sums of weights and of their squares, rows of weight 0, and the parts."""
        w, key = self.weight_sql, self.unit_sql
        items = {
            "n": "COUNT(*)",
            "units": "COUNT(*)" if key is None else f"COUNT(DISTINCT {key})",
            "homeless": "0" if key is None else f"COUNT(CASE WHEN {key} IS NULL THEN 1 END)",
            "weightless": "0" if w is None else f"COUNT(CASE WHEN {w} IS NULL THEN 1 END)",
            "wrong": "0" if w is None else f"COUNT(CASE WHEN {w} < 0 OR NOT ISFINITE({w}) THEN 1 END)",
            "weights": "COUNT(*)" if w is None else total_sql(w, Family.DOUBLE),
            "squares": "COUNT(*)" if w is None else total_sql(f"{w} * {w}", Family.DOUBLE),
            "zero": "0" if w is None else f"COUNT(CASE WHEN {w} = 0 THEN 1 END)",
            **{f"t{i}": self._total(part) for i, part in enumerate(self.parts, 1)},
        }
        found = asking.rows(select(asking, self.dataset, self.base, items))[0]
        n, units, homeless, weightless, wrong, weights, squares, zero, *sums = found
        self._refuse(int(homeless), int(weightless), int(wrong))
        return int(n), int(units), float(weights or 0), float(squares or 0), int(zero), tuple(map(float, sums))

    def _refuse(self, homeless: int, weightless: int, wrong: int) -> None:
        remedy = "leave them out with `where`, or all claims' with `drop` in the manifest, so that the report says so"
        if weightless or wrong:
            assert self.weight is not None
            what = "is empty" if weightless else "is negative or no number"
            rows = f"{weightless or wrong:,} of the rows that the claim needs"
            message = f"the weight {self.weight.text} {what} in {rows}"
            raise EvidenceError(f"{message}; {remedy}, or mend the data", self.dataset)
        if homeless:
            assert self.cluster is not None
            message = f"the cluster {self.cluster.text} is empty in {homeless:,} of the rows that the claim needs"
            raise EvidenceError(f"{message}: it is not known with whom they were drawn; {remedy}", self.dataset)

    @property
    def weight_sql(self) -> str | None:
        return None if self.weight is None else f"CAST({self.weight.sql} AS DOUBLE)"

    @property
    def unit_sql(self) -> str | None:
        """What tells drawn units apart; NaN tells nobody from anybody."""
        if self.cluster is None:
            return None
        key = id_sql(self.cluster)
        return f"NULLIF({key}, CAST('nan' AS DOUBLE))" if self.cluster.family is Family.DOUBLE else key

    def _alike(self, asking: Asking) -> str:
        """How many units are alike in their size and in every part."""
        items = {"size": self._total(Part())}
        items |= {f"t{i}": self._total(part) for i, part in enumerate(self.parts, 1)}
        if self.unit_sql is None:
            items = {"size": self._each(Part())} | {f"t{i}": self._each(part) for i, part in enumerate(self.parts, 1)}
            inner = select(asking, self.dataset, self.base, items)
        else:
            inner = select(asking, self.dataset, self.base, {"unit": self.unit_sql, **items}) + " GROUP BY 1"
        listed = ", ".join(items)
        return f"SELECT {listed}, COUNT(*) AS times FROM ({inner}) AS units GROUP BY {listed} ORDER BY {listed}"

    def _quoted(self, asking: Asking) -> tuple[str, ...]:
        """The figure by one plain query, and the totals of the units by another, for whoever wants to repeat them."""
        parts = (*(() if self.weight is None else (Part(name="weights"),)), *(part for part in self.parts if part.name))
        totals = {"n": "COUNT(*)"} | {part.name: self._plain(part) for part in parts}
        whole = select(asking, self.dataset, self.base, totals)
        if self.figure:
            whole = f"SELECT {self.figure} AS estimate, * FROM ({whole}) AS totals"
        if not self.apart or self.cluster is None:
            return (whole,)
        by_unit = select(asking, self.dataset, self.base, {"unit": f"({self.cluster.sql})", **totals})
        return whole, f"{by_unit} GROUP BY {quoted('unit')}"

    def _plain(self, part: Part) -> str:
        """A total as a person would write it."""
        alone = part.times is None and self.weight is not None
        value, wanted = f"({self.weight.sql})" if alone and self.weight else self._value(part) or "1", part.holds()
        return f"SUM({value if wanted is None else f'CASE WHEN {wanted} THEN {value} ELSE 0 END'})"

    def _total(self, part: Part) -> str:
        """The total over a group of rows, 0 where none of them is in the part."""
        value, wanted = self._value(part), part.holds()
        if value is None:
            return f"CAST(COUNT({'*' if wanted is None else f'CASE WHEN {wanted} THEN 1 END'}) AS DOUBLE)"
        chosen = value if wanted is None else f"CASE WHEN {wanted} THEN {value} END"
        return f"COALESCE({total_sql(chosen, Family.DOUBLE)}, 0)"

    def _each(self, part: Part) -> str:
        """The same of a row that was drawn singly."""
        value, wanted = self._value(part) or "CAST(1 AS DOUBLE)", part.holds()
        return value if wanted is None else f"CASE WHEN {wanted} THEN {value} ELSE 0 END"

    def _value(self, part: Part) -> str | None:
        """What a row adds to a part; None where it is counted."""
        x = [] if part.times is None else [f"CAST({part.times.sql} AS DOUBLE)"] * (2 if part.squared else 1)
        weight = [self.weight_sql] * (2 if part.squared == "product" else 1) if self.weight_sql is not None else []
        return " * ".join((*weight, *x)) or None
