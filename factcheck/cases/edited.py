"""Rows that came, went or were edited between two readings of a dataset whose rows are both kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from factcheck.cases.kept import Read
from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.pin import sha256
from factcheck.verdicts.reasons import Edit, RowChanges

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_MOST = 20  # edits of one column that are told
_SECONDS = 60.0  # that the comparison may take: it explains a verdict, and is none


def row_changes(then: Read, now: Read, columns: Collection[str], tellable: Collection[str]) -> RowChanges | None:
    """What became of the rows as far as some columns go; None where they cannot be told from one another.

    A row is known by the key of the dataset, or where it has none and both readings are of the same length, by its
    place, unless fewer edits would have done: then rows may have changed their places. tellable: the columns of which
    it is told which values became which.
    """
    from factcheck.evidence.engines.duckdb import open_engine

    first, last = _select(then), _select(now)
    compared = sorted({*columns} & then.dataset.columns.keys() & now.dataset.columns.keys())
    if first is None or last is None or not compared:
        return None
    with closing(open_engine()) as engine:
        try:
            engine.execute(f"CREATE TABLE a AS {_numbered(first)}", timeout=_SECONDS)
            engine.execute(f"CREATE TABLE b AS {_numbered(last)}", timeout=_SECONDS)
            key = _key(engine, then, now)
            return None if key is None else _compared(engine, key, compared, tellable)
        except EvidenceError:
            return None


def _select(read: Read) -> str | None:
    """The rows as they are kept; None where they are not, or are not what was kept."""
    head = f"CREATE TABLE {identifier(read.dataset.relation)} AS "
    stored = read.stored
    if stored.file is None or not stored.create.startswith(head):
        return None
    try:
        return stored.create.removeprefix(head) if sha256(stored.file) == stored.sha256 else None
    except EvidenceError:
        return None


_PLACE = "_factcheck_place"


def _numbered(select: str) -> str:
    return f"SELECT *, row_number() OVER () AS {_PLACE} FROM ({select})"


def _key(engine: DuckDB, then: Read, now: Read) -> tuple[str, ...] | None:
    """What tells one row from another in both readings."""
    key = then.dataset.key
    if key and key == now.dataset.key:
        return key if all(_unique(engine, table, key) for table in "ab") else None
    rows = [engine.run(f"SELECT count(*) FROM {table}").one()[0] for table in "ab"]
    return (_PLACE,) if rows[0] == rows[1] else None


def _unique(engine: DuckDB, table: str, key: Sequence[str]) -> bool:
    names = ", ".join(map(identifier, key))
    known = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
    rows, different = engine.run(
        f"SELECT count(*), count(DISTINCT CASE WHEN {known} THEN ({names}) END) FROM {table}", timeout=_SECONDS
    ).one()
    return bool(rows == different)


def _compared(
    engine: DuckDB, key: Sequence[str], columns: Sequence[str], tellable: Collection[str]
) -> RowChanges | None:
    on = " AND ".join(f"{_text('a', name)} = {_text('b', name)}" for name in key)
    differ = " OR ".join(_differs(name) for name in columns)
    engine.execute(f"CREATE TABLE edited AS SELECT a, b FROM a JOIN b ON {on} WHERE {differ}", timeout=_SECONDS)
    if key == (_PLACE,) and not all(_fewest(engine, name) for name in columns):
        return None
    sql = (
        f"SELECT (SELECT count(*) FROM b ANTI JOIN a ON {on}), (SELECT count(*) FROM a ANTI JOIN b ON {on}), "
        "(SELECT count(*) FROM edited)"
    )
    added, removed, edited = engine.run(sql, timeout=_SECONDS).one()
    edits = [edit for name in columns if name in tellable for edit in _edits(engine, name)]
    by = () if key == (_PLACE,) else tuple(key)
    cells = {name: rows for name in columns if (rows := _cells(engine, name))}
    return RowChanges(added, removed, edited, by, tuple(sorted(edits, key=_rank)), cells)


def _fewest(engine: DuckDB, name: str) -> bool:
    """Whether no fewer edits of a column could have led from the values of then to those of today."""
    values = f"SELECT {_text('a', name)} AS v, 1 AS n FROM a UNION ALL SELECT {_text('b', name)}, -1 FROM b"
    moved = f"SELECT sum(n) AS n FROM ({values}) GROUP BY v"
    sql = (
        f"SELECT (SELECT count(*) FROM edited WHERE {_differs(name)}), "
        f"(SELECT coalesce(sum(n), 0) FROM ({moved}) WHERE n > 0)"
    )
    made, needed = engine.run(sql, timeout=_SECONDS).one()
    return bool(made == needed)


def _cells(engine: DuckDB, name: str) -> int:
    """In how many of the edited rows a column is another."""
    return int(engine.run(f"SELECT count(*) FROM edited WHERE {_differs(name)}", timeout=_SECONDS).one()[0])


def _edits(engine: DuckDB, name: str) -> list[Edit]:
    was, now = _text("a", name), _text("b", name)
    sql = (
        f"SELECT {was}, {now}, count(*) AS n FROM edited WHERE {_differs(name)} GROUP BY 1, 2 ORDER BY n DESC, 1, 2 "
        f"LIMIT {_MOST}"
    )
    return [Edit(name, first, last, int(rows)) for first, last, rows in engine.run(sql, timeout=_SECONDS).rows()]


def _differs(name: str) -> str:
    return f"{_text('a', name)} IS DISTINCT FROM {_text('b', name)}"


def _text(table: str, name: str) -> str:
    """A value as text: the type of a column may have changed with its values."""
    return f"CAST({table}.{identifier(name)} AS VARCHAR)"


def _rank(edit: Edit) -> tuple[int, str, str, str]:
    return -edit.rows, edit.column, edit.was or "", edit.now or ""
