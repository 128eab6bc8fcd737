"""DuckDB's type names and the families that the rest of the engine reasons with."""

from __future__ import annotations

from factcheck.evidence.dataset import Family

_FAMILIES = {
    "BOOLEAN": Family.BOOLEAN,
    "FLOAT": Family.DOUBLE,
    "DOUBLE": Family.DOUBLE,
    "VARCHAR": Family.TEXT,
    "UUID": Family.TEXT,
    "ENUM": Family.TEXT,
    "DATE": Family.DATE,
    "TIME": Family.TIME,
    "INTERVAL": Family.INTERVAL,
    # A column of nothing but NULL may have been meant to hold anything: it fits beside whatever stands there.
    '"NULL"': Family.UNKNOWN,
    "NULL": Family.UNKNOWN,
}
_FAMILIES |= dict.fromkeys(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    Family.INTEGER,
)
_FAMILIES |= dict.fromkeys(
    ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"), Family.TIMESTAMP
)


def family(type_name: str) -> Family:
    """The family of a DuckDB type name such as `DECIMAL(18,2)` or `VARCHAR[]`."""
    if type_name.endswith("]"):
        return Family.LIST
    if type_name.startswith("DECIMAL"):
        return Family.DECIMAL
    if type_name.startswith("ENUM"):
        return Family.TEXT
    return _FAMILIES.get(type_name, Family.OTHER)
