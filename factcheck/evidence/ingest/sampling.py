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
_NUMBER = "file_row_number"


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
    own = engine.run(f"SELECT 1 FROM parquet_schema({listed}) WHERE lower(name) = '{_NUMBER}' LIMIT 1").rows()
    block = _by_offset if own else _by_number
    places = (_locate(sizes, total * number // _BLOCKS) for number in range(_BLOCKS))
    return " UNION ALL ".join(block(names, path, start) for path, start in places)


def _by_number(names: str, path: str, start: int) -> str:
    read = f"read_parquet({literal(path)}, {_NUMBER}=true, hive_partitioning=false)"
    return f"SELECT {names} FROM {read} WHERE {_NUMBER} BETWEEN {start} AND {start + _BLOCK - 1}"


def _by_offset(names: str, path: str, start: int) -> str:
    """Slower, for files that have a column of the name by which the engine numbers rows."""
    read = f"read_parquet({literal(path)}, hive_partitioning=false)"
    return f"(SELECT {names} FROM {read} LIMIT {_BLOCK} OFFSET {start})"


def _locate(sizes: list[tuple[str, int]], at: int) -> tuple[str, int]:
    for path, rows in sizes:
        if at < rows:
            return path, at
        at -= rows
    return sizes[-1][0], 0
