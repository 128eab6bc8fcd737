"""What an engine elsewhere offers: a place for relations, and the rows of a statement in its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from factcheck.evidence.engines.dialects import Dialect
from factcheck.evidence.manifest_models import DatasetManifest

T = TypeVar("T")


class Gone(Exception):
    """The server can no longer be asked, and what was asked of it before may not agree with what comes next."""


class Server(Protocol):
    """A session on a server or a cluster. Names are as `renamed` makes them; SQL is in its own dialect.

    All methods raise EvidenceError with words for people where a statement fails, and `Gone` where the session is lost.
    """

    dialect: Dialect

    def put(self, relation: str, columns: Mapping[str, str], parquet: Path) -> None:
        """Makes a relation of the session from a Parquet file of this machine.

        `columns` are the names there with DuckDB's types. The file's columns are c0, c1, … in their order; a type that
        Parquet would change (HUGEINT, TIME, an ENUM) is in it as text.
        """

    def native(self, relation: str, manifest: DatasetManifest) -> dict[str, str]:
        """Makes a relation of a table or of files that lie there, as they are; returns the types of its columns.

        Names of columns are as they are there; the types are DuckDB's.
        """

    def view(self, relation: str, sql: str) -> None:
        """Makes a relation that is a SELECT."""

    def table(self, relation: str, columns: Mapping[str, str], sql: str, timeout: float | None = None) -> None:
        """Makes a relation from the rows of a SELECT, which is asked many times: kept, where the server can.

        `columns` are the names of what the SELECT gives with DuckDB's types.
        """

    def drop(self, relation: str) -> None:
        """Forgets a relation that `view` or `table` made; nothing happens if there is none."""

    def fetch(self, sql: str, take: Callable[[object], T], timeout: float | None) -> T:
        """Runs a SELECT and returns what `take` makes of its rows, an object with `__arrow_c_stream__`.

        EvidenceError where it takes longer than `timeout` seconds. Ctrl-C ends it there, too.
        """

    def close(self) -> None: ...
