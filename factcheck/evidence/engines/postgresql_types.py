"""DuckDB's types as PostgreSQL keeps them, and how a value travels there and back without loss."""

from __future__ import annotations

import re

from factcheck.evidence.engines.dialects.translate import Refused

LONGEST = 63  # bytes of a name
TEXT = 'text COLLATE "C"'
# Wider integers are numbers of any size there; a narrower one has no type of its own.
_KEPT = {
    "BOOLEAN": "boolean", "TINYINT": "smallint", "UTINYINT": "smallint", "SMALLINT": "smallint",
    "USMALLINT": "integer", "INTEGER": "integer", "UINTEGER": "bigint", "BIGINT": "bigint",
    "UBIGINT": "numeric", "HUGEINT": "numeric", "UHUGEINT": "numeric", "FLOAT": "real", "DOUBLE": "double precision",
    "VARCHAR": "text", "UUID": "text", "DATE": "date", "TIMESTAMP": "timestamp", "TIMESTAMP_S": "timestamp",
    "TIMESTAMP_MS": "timestamp", "TIME": "time", "INTERVAL": "interval", '"NULL"': "text", "NULL": "text",
}  # fmt: skip
_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
# As they are, by the driver.
_INGESTED = ("boolean", "smallint", "integer", "bigint", "real", "double precision", "text")
TIMES = ("date", "timestamp")


def kept_type(kind: str) -> str:
    """The type there of a DuckDB type; Refused where it has none that holds each of its values.

    >>> kept_type("DECIMAL(18,2)[]")
    'numeric(18,2)[]'
    """
    if kind.endswith("[]") and not kind.endswith("[][]"):
        return kept_type(kind[:-2]) + "[]"
    if kind.startswith("ENUM("):
        return "text"
    if (found := _DECIMAL.fullmatch(kind)) is not None:
        return f"numeric({found[1]},{found[2]})"
    if kind not in _KEPT:
        raise Refused(f"PostgreSQL has no type that holds every value of {kind}; use engine: duckdb for this claim")
    return _KEPT[kind]


def column_type(kind: str) -> str:
    """The same as a column is declared: texts are in the order of their characters, whatever the database's own is."""
    kept = kept_type(kind)
    return kept.replace("text", TEXT, 1) if kept == "text" else f'{kept} COLLATE "C"' if kept == "text[]" else kept


def sent(c: str, kind: str, *, odd: bool) -> tuple[str, str]:
    """How the column `c` of a Parquet file is handed to the driver: SQL of DuckDB's, and the type it arrives as.

    odd: it is a date or time of which some are infinite or beyond what the driver carries.
    """
    kept = kept_type(kind)
    if kept in _INGESTED or (kept in TIMES and not odd):
        return (f"CAST({c} AS SMALLINT)" if kept == "smallint" else c), kept
    if kept in ("text[]", "boolean[]", "integer[]", "bigint[]", "double precision[]"):
        return c, kept
    if kept.endswith("[]"):
        return f"list_transform({c}, x -> CAST(x AS VARCHAR))", "text[]"
    text = f"CAST({c} AS VARCHAR)"
    return (f"replace({text}, ' (BC)', ' BC')" if odd else text), "text"


def carried(kind: str) -> str | None:
    """What a value that DuckDB would give as `kind` is cast to on its way back.

    Times go as text, since the driver makes a date of 'infinity'; numbers of more than 64 bits and decimals, too.
    """
    kept = kept_type(kind)
    if kept.endswith("[]"):
        element = kept.removesuffix("[]")
        return kept if element in ("text", "boolean", "integer", "bigint", "double precision") else "text[]"
    if kept in TIMES:
        return shown_time("{}")
    if kept.startswith("numeric") or kept == "time":
        return "text"
    return None if kept == "interval" else kept


def shown_time(value: str) -> str:
    """SQL of a date or time as DuckDB writes and reads it, before the year 1 as well."""
    return f"REGEXP_REPLACE(CAST({value} AS text), '^(\\S+)(.*) BC$', '\\1 (BC)\\2')"
