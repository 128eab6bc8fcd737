"""One conversation with an engine: every statement is recorded, and scratch tables never outlive it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from factcheck.evidence.engines.frame import Engine, Frame

_scratch = count(1)


class Session:
    """Runs statements, each within `timeout` seconds, and remembers their text in `statements`."""

    def __init__(self, engine: Engine, timeout: float | None = None) -> None:
        self.engine = engine
        self.timeout = timeout
        self.statements: list[str] = []

    def run(self, sql: str) -> Frame:
        self.statements.append(sql)
        return self.engine.run(sql, timeout=self.timeout)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.run(sql).rows()

    @contextmanager
    def scratch(self, select: str) -> Iterator[str]:
        """The result of `select` as a temporary table, dropped at the end; yields its name."""
        # A name that no dataset can have: ours hold no colon.
        name = f'"scratch:{next(_scratch)}"'
        self.run(f"CREATE TEMP TABLE {name} AS {select}")
        try:
            yield name
        finally:
            self.run(f"DROP TABLE IF EXISTS {name}")
