"""Some rows of a dataset: at random for estimates, or from all over its files for a quick look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import identifier, literal

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_BLOCKS = 12
_BLOCK = 2048


def sample(dataset: Dataset, n: int = 50_000, columns: Iterable[str] | None = None) -> str:
    """SQL of a SELECT of `n` rows drawn at random without replacement (all rows of a smaller dataset).

    Every row is equally likely whatever the order of the files. On Parquet the named columns are read whole,
    which takes about as long as a query that touches each of them once, at best a third of that.
    """
    names = ", ".join(identifier(name) for name in (columns if columns is not None else dataset.columns)) or "1 AS one"
    select = f"SELECT {names} FROM {identifier(dataset.relation)}"
    rows = dataset.ledger.loaded if dataset.ledger else None
    if rows is not None and rows <= n:
        return select
    return f"SELECT * FROM ({select}) USING SAMPLE reservoir({n} ROWS)"


def blocks(engine: DuckDB, paths: Sequence[str], columns: Sequence[str]) -> str:
    """SQL of a SELECT of some columns from a dozen places spread over Parquet files: cheap, but no random sample."""
    listed = "[" + ", ".join(map(literal, paths)) + "]"
    frame = engine.run(f"SELECT file_name, num_rows FROM parquet_file_metadata({listed}) ORDER BY 1")
    sizes = [(str(name), int(rows)) for name, rows in frame.rows()]
    total = sum(rows for _, rows in sizes)
    names = ", ".join(columns)
    parts = []
    for number in range(_BLOCKS):
        at = total * number // _BLOCKS
        path, start = _locate(sizes, at)
        read = f"read_parquet({literal(path)}, file_row_number=true, hive_partitioning=false)"
        parts.append(f"SELECT {names} FROM {read} WHERE file_row_number BETWEEN {start} AND {start + _BLOCK - 1}")
    return " UNION ALL ".join(parts)


def _locate(sizes: list[tuple[str, int]], at: int) -> tuple[str, int]:
    for path, rows in sizes:
        if at < rows:
            return path, at
        at -= rows
    return sizes[-1][0], 0
