"""One conversation with an engine: every statement is recorded, and scratch tables never outlive it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.frame import Engine, FarEngine, Frame

_scratch = count(1)


class Session:
    """Runs statements, each within `timeout` seconds, and remembers their text in `statements`.

    Once one has run out of time, all that follow share `timeout` seconds more: hundreds of questions that one pass
    could not answer in time must not each wait as long again.
    """

    def __init__(self, engine: Engine, timeout: float | None = None) -> None:
        self.engine = engine
        self.timeout = timeout
        self.statements: list[str] = []
        self._deadline: float | None = None

    def run(self, sql: str) -> Frame:
        start, allowed = time.monotonic(), self._allowed()
        self.statements.append(sql)
        try:
            return self.engine.run(sql, timeout=allowed)
        except EvidenceError:
            if self.timeout is not None and self._deadline is None and time.monotonic() - start >= self.timeout:
                self._deadline = time.monotonic() + self.timeout
            raise

    def _allowed(self) -> float | None:
        """Seconds for the next statement."""
        if self.timeout is None or self._deadline is None:
            return self.timeout
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise EvidenceError(f"the queries took longer than {self.timeout:g} s")
        return min(self.timeout, left)

    @property
    def out_of_time(self) -> bool:
        return self._deadline is not None and time.monotonic() >= self._deadline

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.run(sql).rows()

    @property
    def far(self) -> bool:
        """Whether the rows lie elsewhere, with an engine that has not all of DuckDB's functions."""
        return isinstance(self.engine, FarEngine)

    @contextmanager
    def at_hand(self, select: str) -> Iterator[str]:
        """The few rows of `select` as a relation to select from, where every expression is evaluated by DuckDB."""
        if not isinstance(self.engine, FarEngine):
            yield f"({select})"
            return
        self.statements.append(select)
        with self.engine.at_hand(select, timeout=self._allowed()) as name:
            yield name

    @contextmanager
    def scratch(self, select: str) -> Iterator[str]:
        """The result of `select` as a temporary table, dropped at the end; yields its name."""
        # A name that no dataset can have: ours hold no colon.
        name = f'"scratch:{next(_scratch)}"'
        self.run(f"CREATE TEMP TABLE {name} AS {select}")
        try:
            yield name
        finally:
            # Not one of the session's statements as to time: it must go even when there is no time left.
            self.statements.append(f"DROP TABLE IF EXISTS {name}")
            self.engine.run(self.statements[-1])
