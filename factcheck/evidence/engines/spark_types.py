"""DuckDB's types as Spark keeps them, and back; what has no equal there is refused by name."""

from __future__ import annotations

import re

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.dialects.translate import Refused

# There are no integers without a sign, and none of more than 64 bits: those are decimals, of up to 38 digits.
_KEPT = {
    "BOOLEAN": "BOOLEAN", "TINYINT": "TINYINT", "UTINYINT": "SMALLINT", "SMALLINT": "SMALLINT", "USMALLINT": "INT",
    "INTEGER": "INT", "UINTEGER": "BIGINT", "BIGINT": "BIGINT", "UBIGINT": "DECIMAL(20,0)", "HUGEINT": "DECIMAL(38,0)",
    "UHUGEINT": "DECIMAL(38,0)", "FLOAT": "FLOAT", "DOUBLE": "DOUBLE", "VARCHAR": "STRING", "UUID": "STRING",
    "TIME": "STRING", "DATE": "DATE", "TIMESTAMP": "TIMESTAMP_NTZ", "TIMESTAMP_S": "TIMESTAMP_NTZ",
    "TIMESTAMP_MS": "TIMESTAMP_NTZ", '"NULL"': "STRING", "NULL": "STRING",
}  # fmt: skip
_GIVEN = {
    "boolean": "BOOLEAN", "tinyint": "TINYINT", "smallint": "SMALLINT", "int": "INTEGER", "bigint": "BIGINT",
    "float": "FLOAT", "double": "DOUBLE", "string": "VARCHAR", "date": "DATE", "timestamp_ntz": "TIMESTAMP",
    "timestamp": "TIMESTAMP", "void": '"NULL"',
}  # fmt: skip
_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_LABEL = re.compile(r"'((?:[^']|'')*)'")


def kept_type(kind: str) -> str:
    """The type there of a DuckDB type; Refused where it has none that holds its values.

    >>> kept_type("VARCHAR[]"), kept_type("UTINYINT"), kept_type("DECIMAL(18,2)")
    ('ARRAY<STRING>', 'SMALLINT', 'DECIMAL(18,2)')
    """
    if kind.endswith("[]"):
        return f"ARRAY<{kept_type(kind[:-2])}>"
    if kind.startswith("ENUM("):
        return _labels(kind)
    if (decimal := _DECIMAL.fullmatch(kind)) is not None:
        return f"DECIMAL({decimal[1]},{decimal[2]})"
    if kind not in _KEPT:
        raise Refused(f"Spark has no type that holds every value of {kind}; use engine: duckdb for this claim")
    return _KEPT[kind]


def _labels(kind: str) -> str:
    """An enumeration becomes text, if its order is that of its texts."""
    labels = [label.replace("''", "'").encode() for label in _LABEL.findall(kind)]
    if labels != sorted(labels):
        raise Refused("Spark cannot keep an enumeration whose order is not that of its texts; use engine: duckdb")
    return "STRING"


def carried(kind: str) -> str | None:
    """What a value that DuckDB would give as `kind` is cast to on its way back; None where nothing is to be done."""
    return kept_type(kind)


def duckdb_type(column: str, given: str) -> str:
    """The DuckDB type of a column whose type Spark calls `given`.

    >>> duckdb_type("tags", "array<string>"), duckdb_type("n", "decimal(10,2)")
    ('VARCHAR[]', 'DECIMAL(10,2)')

    Raises:
        EvidenceError: if there is none, with the column.
    """
    if given.startswith("array<"):
        return duckdb_type(column, given[6:-1]) + "[]"
    if given.startswith(("decimal(", "varchar(", "char(")):
        return given.upper() if given.startswith("decimal") else "VARCHAR"
    if given not in _GIVEN:
        raise EvidenceError(
            f"column '{column}' has the type {given}, which cannot be asked exactly; make a view there without it, or "
            "with its parts as columns"
        )
    return _GIVEN[given]


def sent(c: str, kind: str) -> str:
    """The column `c` of a Parquet file as SQL of DuckDB's that gives what Spark keeps of the type `kind`."""
    kept = kept_type(kind)
    if kept.startswith("ARRAY"):
        return f"CAST({c} AS {_here(kept)})"
    if kept == "STRING":
        return f"CAST({c} AS VARCHAR)"
    return f"CAST({c} AS {_here(kept)})"


def _here(kept: str) -> str:
    if kept.startswith("ARRAY<"):
        return _here(kept[6:-1]) + "[]"
    return {"STRING": "VARCHAR", "TIMESTAMP_NTZ": "TIMESTAMP"}.get(kept, kept)


def beyond(c: str, kind: str) -> str | None:
    """A condition of DuckDB's that finds values which Spark has none for: times without end or of other ages."""
    if kept_type(kind) not in ("DATE", "TIMESTAMP_NTZ"):
        return None
    return f"NOT isfinite({c}) OR {c} < '0001-01-01' OR {c} >= '10000-01-01'"
