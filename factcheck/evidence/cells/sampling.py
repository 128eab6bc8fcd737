"""A cheap look at a relation: a few stretches of rows, from its start to its end."""

from __future__ import annotations

from factcheck.evidence.cells.direct import source
from factcheck.evidence.dataset import Dataset

_STRETCHES = 4


def stretches(dataset: Dataset, rows: int, wanted: int = 16_384, *, far: bool = False) -> str:
    """A SELECT of about `wanted` rows. Only used to guess which columns have few values: a wrong guess costs time.

    Elsewhere (`far`) rows may lie on many machines, and to pass over some of them is to read them.
    """
    if far:
        return f"SELECT * FROM {source(dataset)} LIMIT {wanted}"
    if rows <= wanted:
        return f"SELECT * FROM {source(dataset)}"
    length = wanted // _STRETCHES
    starts = [i * (rows - length) // (_STRETCHES - 1) for i in range(_STRETCHES)]
    return " UNION ALL ".join(f"(SELECT * FROM {source(dataset)} LIMIT {length} OFFSET {start})" for start in starts)
