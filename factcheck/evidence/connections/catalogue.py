"""What PostgreSQL's catalogue tells of a table, and how each of its columns is asked for so that no value changes.

The driver is only handed types that it carries exactly. Of the others it would flatten an array of arrays, turn
'infinity' into a date, a large oid into a negative number, and an address into bytes; they are asked for as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.databases import Session, listed
from factcheck.text.suggest import did_you_mean

_TABLES = """
SELECT n.nspname::text AS schema, c.relname::text AS name, pg_catalog.pg_table_is_visible(c.oid) AS seen,
    c.oid::bigint AS oid
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2
"""
# A domain is what it is made of; a type that is not PostgreSQL's own has no name here.
_COLUMNS = """
WITH RECURSIVE made AS (
    SELECT a.attnum, a.attname, a.atttypid AS type, a.atttypmod AS modifier FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT m.attnum, m.attname, t.typbasetype, CASE m.modifier WHEN -1 THEN t.typtypmod ELSE m.modifier END
    FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.type WHERE t.typtype = 'd'
)
SELECT m.attname::text AS name, m.modifier::integer AS modifier,
    CASE t.typnamespace WHEN 'pg_catalog'::regnamespace THEN t.typname::text ELSE '' END AS kind,
    CASE WHEN t.typcategory = 'A' THEN
        CASE e.typnamespace WHEN 'pg_catalog'::regnamespace THEN e.typname::text ELSE 'other' END ELSE '' END AS element
FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.type LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
WHERE t.typtype <> 'd' ORDER BY m.attnum
"""
_EXACT = {
    "int2": "SMALLINT", "int4": "INTEGER", "int8": "BIGINT", "bool": "BOOLEAN", "float8": "DOUBLE",
    "date": "DATE", "timestamp": "TIMESTAMP", "timestamptz": "TIMESTAMP", "time": "TIME",
}  # fmt: skip
_EXACT_ELEMENTS = ("int2", "int4", "int8", "bool", "float8")
_TIMES = ("date", "timestamp", "timestamptz")


@dataclass(frozen=True)
class Table:
    """A table of the database as people and as SQL name it."""

    schema: str
    name: str
    oid: int

    @property
    def shown(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        return f"{identifier(self.schema)}.{identifier(self.name)}"


@dataclass(frozen=True)
class Field:
    """A column of the table. `odd` is the condition under which its values can only be carried as text, with its note.

    `type` is the engine's; a number of any precision has none before it has been looked at.
    """

    name: str
    sql: str
    type: str | None
    odd: str | None = None
    note: str = ""
    is_numeric: bool = False
    is_utc: bool = False


def find_table(session: Session, wanted: str, where: str) -> Table:
    """The table called `posts` or `schema.posts`; EvidenceError with the names that are near."""
    rows = session.rows(_TABLES)
    tables = [Table(schema, name, oid) for schema, name, _, oid in rows]
    visible = [Table(schema, name, oid) for schema, name, seen, oid in rows if seen]
    for table in (*visible, *tables):
        if wanted == table.shown or (table in visible and wanted == table.name):
            return table
    names = [*(table.name for table in visible), *(table.shown for table in tables)]
    elsewhere = [table.shown for table in tables if table.name == wanted]
    near = f"did you mean {' or '.join(map(repr, elsewhere))}?" if elsewhere else did_you_mean(wanted, names)
    there = listed([table.shown for table in tables])
    hint = near or (f"it holds {there}" if there else "it holds none that this user can see")
    raise EvidenceError(f"{where} has no table '{wanted}'; {hint}")


def fields_of(session: Session, table: Table) -> list[Field]:
    """The columns of a table in its order."""
    return [
        _field(name, modifier, kind, element)
        for name, modifier, kind, element in session.rows(_COLUMNS.format(oid=table.oid))
    ]


def _field(name: str, modifier: int, kind: str, element: str) -> Field:
    c = identifier(name)
    if element and kind not in ("int2vector", "oidvector"):
        odd = f"array_ndims({c}) > 1 OR array_lower({c}, 1) <> 1"
        if element in _EXACT_ELEMENTS:
            return Field(name, c, f"{_EXACT[element]}[]", odd, "nested-arrays")
        return Field(name, f"{c}::text[]", "VARCHAR[]", odd, "nested-arrays")
    if kind in _TIMES:
        return Field(name, c, _EXACT[kind], f"NOT isfinite({c})", "infinite-times", is_utc=kind == "timestamptz")
    if kind in _EXACT:
        return Field(name, c, _EXACT[kind])
    if kind == "float4":  # as it is shown: 0.1 and not 0.10000000149
        return Field(name, f"{c}::text::float8", "DOUBLE")
    if kind == "oid":
        return Field(name, f"{c}::bigint", "BIGINT")
    if kind in ("numeric", "money"):
        return Field(name, f"{c}::numeric::text", _decimal(modifier) if kind == "numeric" else None, is_numeric=True)
    if kind == "bytea":
        return Field(name, f"encode({c}, 'hex')", "VARCHAR", f"{c} IS NOT NULL", "bytes")
    return Field(name, f"{c}::text", "VARCHAR")


def _decimal(modifier: int) -> str | None:
    """The type of a numeric(precision, scale) that the engine has one like."""
    if modifier < 4:
        return None
    precision, scale = (modifier - 4) >> 16 & 0xFFFF, (modifier - 4) & 0x7FF
    return f"DECIMAL({precision},{scale})" if scale <= precision <= 38 else None


def as_text(fields: Sequence[Field], odd: Sequence[int]) -> list[Field]:
    """The fields, those of which some values could not be carried otherwise asked for as text."""
    return [
        Field(f.name, f"{identifier(f.name)}::text", "VARCHAR", f.odd, f.note) if n and f.note != "bytes" else f
        for f, n in zip(fields, odd, strict=True)
    ]
