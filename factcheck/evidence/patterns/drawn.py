"""Totals of every unit that was drawn: of each cluster, or of each row that was drawn singly with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.clauses import total_sql
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
    """What is totalled in each unit over the rows of the base where `that` is true: their weights, or weight times `x`.

    `unknown`: the weights of the rows of which it is not known: where `that` is NULL, or with `x` where `that` is true
    and `x` is NULL.
    """

    that: Bound | None = None
    x: Bound | None = None
    when: Literal["true", "unknown"] = "true"


@dataclass(frozen=True)
class DrawnAnswer(PatternAnswer):
    """Arrays in step, one entry for each kind of drawn unit; `times` units are alike in all of them.

    `size` are the weights of the unit's rows in the base (their number, without weights), `totals` one array for each
    part. `weights` and `squares` are the sums of the weights, and of their squares, over the `n` rows of the base.
    """

    size: Floats
    totals: tuple[Floats, ...]
    times: NDArray[np.int64]
    n: int
    weights: float
    squares: float
    aside: int  # rows set aside because the base is NULL for them
    rows: int  # rows of the dataset

    @property
    def units(self) -> int:
        return int(self.times.sum())


@dataclass(frozen=True)
class DrawnTotals(Pattern[DrawnAnswer]):
    """The totals of `parts` in each value of `cluster` (without one: in each row) among the rows where `base` is true.

    EvidenceError where a row of the base has no weight, a weight that is no number from 0, or no cluster: nothing is
    known of how it was drawn.
    """

    parts: tuple[Part, ...]
    weight: Bound | None = None
    cluster: Bound | None = None
    base: Bound | None = None

    def found(self, asking: Asking) -> DrawnAnswer:
        n, units, weights, squares = self.checked(asking)
        if units > MOST:
            message = f"{units:,} drawn units are more than can be held ({MOST:,}); narrow `where`"
            raise EvidenceError(message, self.dataset)
        query = self._query(asking)
        frame = asking.frame(query)
        import numpy as np

        columns = [np.asarray(column, dtype=np.float64) for column in frame.columns]
        times = np.asarray(columns[-1], dtype=np.int64)
        return DrawnAnswer(
            (query,), columns[0], tuple(columns[1:-1]), times, n, weights, squares,
            asking.aside(self.dataset, self.base), asking.total(self.dataset),
        )  # fmt: skip

    def checked(self, asking: Asking) -> tuple[int, int, float, float]:
        """Rows of the base, drawn units, and the sums of weights and of their squares."""
        w = self._weight
        key = "NULL" if self.cluster is None else id_sql(self.cluster)
        items = {
            "n": "COUNT(*)",
            "units": "COUNT(*)" if self.cluster is None else f"COUNT(DISTINCT {key})",
            "homeless": "0" if self.cluster is None else f"COUNT(CASE WHEN {key} IS NULL THEN 1 END)",
            "weightless": "0" if w is None else f"COUNT(CASE WHEN {w} IS NULL THEN 1 END)",
            "wrong": "0" if w is None else f"COUNT(CASE WHEN {w} < 0 OR NOT ISFINITE({w}) THEN 1 END)",
            "weights": "COUNT(*)" if w is None else total_sql(w, Family.DOUBLE),
            "squares": "COUNT(*)" if w is None else total_sql(f"{w} * {w}", Family.DOUBLE),
        }
        n, units, homeless, weightless, wrong, weights, squares = asking.rows(
            select(asking, self.dataset, self.base, items)
        )[0]
        if weightless or wrong:
            assert self.weight is not None
            what = "is empty" if weightless else "is negative or no number"
            raise EvidenceError(
                f"the weight {self.weight.text} {what} in {weightless or wrong:,} of the rows that the claim needs; "
                "leave them out with `where`, so that the report says so, or mend the data",
                self.dataset,
            )
        if homeless:
            assert self.cluster is not None
            raise EvidenceError(
                f"the cluster {self.cluster.text} is empty in {homeless:,} of the rows that the claim needs: it is not "
                "known with whom they were drawn; leave them out with `where`, so that the report says so",
                self.dataset,
            )
        return int(n), int(units), float(weights or 0), float(squares or 0)

    @property
    def _weight(self) -> str | None:
        return None if self.weight is None else f"CAST({self.weight.sql} AS DOUBLE)"

    def _query(self, asking: Asking) -> str:
        items = {"size": self._total(None, None)}
        items |= {f"t{i}": self._part(part) for i, part in enumerate(self.parts, 1)}
        if self.cluster is None:
            inner = select(asking, self.dataset, self.base, items)
        else:
            inner = select(asking, self.dataset, self.base, {"unit": id_sql(self.cluster), **items}) + " GROUP BY 1"
        listed = ", ".join(items)
        return f"SELECT {listed}, COUNT(*) AS times FROM ({inner}) AS units GROUP BY {listed} ORDER BY {listed}"

    def _part(self, part: Part) -> str:
        that = None if part.that is None else part.that.sql
        if part.x is None:
            wanted = that if part.when == "true" else None if that is None else f"({that}) IS NULL"
            return "CAST(0 AS DOUBLE)" if part.when == "unknown" and that is None else self._total(wanted, None)
        known = f"({part.x.sql}) IS {'NOT NULL' if part.when == 'true' else 'NULL'}"
        wanted = known if that is None else f"({that}) AND {known}"
        return self._total(wanted, part.x if part.when == "true" else None)

    def _total(self, wanted: str | None, x: Bound | None) -> str:
        """The total over the rows of a unit; of a row drawn singly, its own."""
        terms = [term for term in (self._weight, None if x is None else f"CAST({x.sql} AS DOUBLE)") if term]
        value = " * ".join(terms) or "1"
        chosen = value if wanted is None else f"CASE WHEN {wanted} THEN {value} END"
        if self.cluster is not None:
            chosen = total_sql(chosen, Family.DOUBLE if terms else Family.INTEGER)
        return f"CAST(COALESCE({chosen}, 0) AS DOUBLE)"
