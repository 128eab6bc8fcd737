"""DataFrames in memory as datasets; the index is left out, NaN and None are NULL.

pandas keeps a column of nullable integers as floats unless told otherwise, and then ids beyond 2^53 are
already wrong when they arrive here: such a column is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.parquet import typed_column
from factcheck.evidence.formats.source import Source, SourceColumn

if TYPE_CHECKING:
    import pandas as pd

    from factcheck.evidence.engines.duckdb import DuckDB

_EXACT = 2**53
_LIKE_TEXT = ("string", "empty")


def open_frame(engine: DuckDB, frame: object, label: str) -> Source:
    """The frame as a relation; EvidenceError names a column that cannot be carried over exactly."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        hint = "; a polars frame becomes one with .to_pandas()" if hasattr(frame, "to_pandas") else ""
        raise EvidenceError(f"a pandas DataFrame is needed, and this is a {type(frame).__name__}{hint}")
    names = [str(name) for name in frame.columns]
    folded = [name.casefold() for name in names]
    for name in names:
        if folded.count(name.casefold()) > 1:
            raise EvidenceError(f"the DataFrame has more than one column '{name}' (capitals do not count)")
    if not names:
        raise EvidenceError("the DataFrame has no columns")
    carried = pd.DataFrame({name: _carried(frame.iloc[:, i], name) for i, name in enumerate(names)})
    engine.register(label, carried)
    columns = {}
    for name, column in engine.describe(f"FROM {label}").items():
        blank = carried[name].dtype.kind in "Of" and not carried[name].notna().any()
        columns[name] = SourceColumn(name, "NULL", '"NULL"') if blank else _column(name, column.type)
    return Source(label, columns)


def _column(name: str, kind: str) -> SourceColumn:
    quoted = identifier(name)
    if kind in ("DOUBLE", "FLOAT"):
        return SourceColumn(name, f"CASE WHEN NOT isnan({quoted}) THEN {quoted} END", kind)
    if kind == "TIMESTAMP_NS":
        return typed_column(name, kind)
    if kind.startswith("TIMESTAMP"):
        return SourceColumn(name, f"CAST({quoted} AS TIMESTAMP)", "TIMESTAMP", utc="ZONE" in kind)
    if kind.startswith("ENUM"):
        return SourceColumn(name, f"CAST({quoted} AS VARCHAR)", "VARCHAR")
    return SourceColumn(name, quoted, kind)


def _carried(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    """The column in a type that DuckDB takes over without guessing from a sample."""
    import pandas as pd

    column = column.reset_index(drop=True)
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if pd.api.types.is_float_dtype(column.dtype):
        return _float(column, name)
    if pd.api.types.is_string_dtype(column.dtype) and column.dtype != object:
        return column.astype(object).where(column.notna(), None)
    return _objects(column, name) if column.dtype == object else column


def _float(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    import numpy as np

    values = column.to_numpy(dtype="float64", na_value=np.nan)
    finite = values[np.isfinite(values)]
    large = finite[np.abs(finite) >= _EXACT]
    if large.size and bool((large == np.floor(large)).all()) and bool((finite == np.floor(finite)).all()):
        raise EvidenceError(
            f"column '{name}' holds whole numbers beyond 2^53 as floats, so identifiers have lost digits already; "
            f"read it as text or as 'Int64'"
        )
    return column.astype("float64") if str(column.dtype) != "float64" else column


def _objects(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    """A column of Python objects, by what they all are."""
    import pandas as pd

    kind = pd.api.types.infer_dtype(column, skipna=True)
    present = column.notna()
    if kind in _LIKE_TEXT:
        return column.where(present, None).astype(object)
    if kind == "integer":
        small = all(-(2**63) <= int(value) < 2**63 for value in column[present])
        return column.astype("Int64") if small else column.map(str, na_action="ignore").where(present, None)
    if kind == "boolean":
        return column.astype("boolean")
    if kind == "mixed-integer-float" and any(isinstance(v, int) and abs(v) >= _EXACT for v in column[present]):
        raise EvidenceError(f"column '{name}' mixes identifiers beyond 2^53 with floats; give it one type, or text")
    if kind in ("floating", "mixed-integer-float"):
        return _float(column.astype("float64"), name)
    if kind == "decimal":
        return column
    if kind in ("datetime", "datetime64"):
        return pd.to_datetime(column, utc=True)
    if kind == "date":
        return column
    if kind == "mixed" and all(isinstance(value, list | tuple) for value in column[present]):
        return column
    types = sorted({type(value).__name__ for value in column[present]})
    what = f"mixes {' and '.join(types)}" if len(types) > 1 else f"holds objects of the type {types[0]}"
    raise EvidenceError(f"column '{name}' {what}; make numbers, times or text of them")
