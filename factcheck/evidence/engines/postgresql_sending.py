"""The rows of a Parquet file of this machine on their way into a temporary table of the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import literal
from factcheck.evidence.engines.postgresql_types import TIMES, kept_type, sent

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB
    from factcheck.evidence.formats.databases import Session

_ARRIVING = "factcheck_arriving"
_MOST = 1600  # columns that a table there can have
# Beyond these days the driver or the server has no dates; infinite ones are no days at all.
_FIRST, _LAST = "-4700-01-01", "9999-12-31"


class Sending:
    """The file with the types of its columns, looked at for what PostgreSQL cannot hold (EvidenceError)."""

    def __init__(self, here: DuckDB, columns: Mapping[str, str], parquet: Path) -> None:
        if len(columns) > _MOST:
            raise EvidenceError(f"it has {len(columns):,} columns, and PostgreSQL holds at most {_MOST:,}")
        self._here = here
        self._file = f"read_parquet({literal(str(parquet))})"
        counts = self._counted(columns)
        for (name, kind), n in zip(columns.items(), counts, strict=True):
            if n and kept_type(kind) not in TIMES:
                raise EvidenceError(
                    f"PostgreSQL cannot hold the character NUL, which {n:,} of its values in '{name}' have; "
                    "use engine: duckdb"
                )
        odd = zip(columns.values(), counts, strict=True)
        self._sent = [sent(f"c{i}", kind, odd=n > 0) for i, (kind, n) in enumerate(odd)]

    def _counted(self, columns: Mapping[str, str]) -> list[int]:
        """For each column how many texts have a NUL, or how many times are no plain ones."""
        tests = [_odd(f"c{i}", kept_type(kind)) for i, kind in enumerate(columns.values())]
        counts = ", ".join(f"COUNT(CASE WHEN {test} THEN 1 END)" if test else "0" for test in tests)
        return [int(n) for n in self._here.run(f"SELECT COUNT(*), {counts} FROM {self._file}").one()[1:]]

    def send(self, session: Session, table: str, columns: Mapping[str, str]) -> None:
        """Fills the table, whose columns are c0, c1, …; first as text what the driver cannot carry otherwise."""
        direct = all(kind == kept_type(c) for (_, kind), c in zip(self._sent, columns.values(), strict=True))
        given = ", ".join(f"{sql} AS c{i}" for i, (sql, _) in enumerate(self._sent))
        rows = self._here.stream(f"SELECT {given} FROM {self._file}")
        bare = table.removeprefix("pg_temp.")
        if direct:
            session.insert(bare, rows)
            return
        listed = ", ".join(f"c{i} {kind}" for i, (_, kind) in enumerate(self._sent))
        session.execute(f"CREATE TEMPORARY TABLE {_ARRIVING} ({listed})")
        session.insert(_ARRIVING, rows)
        cast = ", ".join(f"CAST(c{i} AS {kept_type(kind)})" for i, kind in enumerate(columns.values()))
        session.execute(f"INSERT INTO {table} SELECT {cast} FROM {_ARRIVING}")
        session.execute(f"TRUNCATE {_ARRIVING}; DROP TABLE {_ARRIVING}")


def _odd(c: str, kept: str) -> str | None:
    if kept == "text":
        return f"contains({c}, chr(0))"
    if kept == "text[]":
        return f"contains(array_to_string({c}, ''), chr(0))"
    if kept in TIMES:
        return f"NOT isfinite({c}) OR {c} NOT BETWEEN DATE '{_FIRST}' AND DATE '{_LAST}'"
    return None
