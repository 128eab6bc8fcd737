"""Whole columns as arrays, for statistics that need every value beside its neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import select

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal["int32", "int64", "float64"]
MOST = 20_000_000  # values of one column that may travel at once: 160 MB


@dataclass(frozen=True)
class VectorsAnswer(PatternAnswer):
    """`columns` run in step, one entry for each row in which none of them is NULL."""

    columns: tuple[NDArray[Any], ...]
    n: int  # rows where the base is true
    incomplete: int  # of those, rows left out because a value is NULL
    aside: int  # rows set aside because the base is NULL for them
    rows: int  # rows of the dataset


@dataclass(frozen=True)
class Vectors(Pattern[VectorsAnswer]):
    """The values of `columns` (numbers) in the rows where `base` is true and all of them have a value.

    Rows come in no stated order. EvidenceError where there are more than `MOST`.
    """

    columns: tuple[Bound, ...]
    base: Bound | None = None

    def found(self, asking: Asking) -> VectorsAnswer:
        known = " AND ".join(f"({x.sql}) IS NOT NULL" for x in self.columns)
        counts = {"n": "COUNT(*)", "known": f"COUNT(CASE WHEN {known} THEN 1 END)"}
        n, complete = asking.rows(select(asking, self.dataset, self.base, counts))[0]
        if complete > MOST:
            raise EvidenceError(
                f"{complete:,} rows are more than this statistic can hold ({MOST:,}); narrow `where`", self.dataset
            )
        items = {f"x{i}": f"CAST({x.sql} AS DOUBLE)" for i, x in enumerate(self.columns, 1)}
        query = select(asking, self.dataset, self.base, items, known)
        frame = asking.frame(query)
        import numpy as np

        columns = tuple(np.asarray(column, dtype=np.float64) for column in frame.columns)
        return VectorsAnswer(
            (query,), columns, int(n), int(n) - int(complete), asking.aside(self.dataset, self.base),
            asking.total(self.dataset),
        )  # fmt: skip


def stacked(parts: Sequence[Sequence[NDArray[Any]]], at: int, kind: Kind) -> NDArray[Any]:
    """One column of a result that came in parts."""
    import numpy as np

    return np.concatenate([columns[at] for columns in parts]).astype(kind, copy=False)
