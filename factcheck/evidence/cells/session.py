"""One conversation with an engine: every statement is recorded, and scratch tables never outlive it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.frame import Engine, FarEngine, Frame
from factcheck.evidence.steps import Steps

_scratch = count(1)

_OF_A_COUNT = 8  # bytes
_ARRAYS = 1 << 28  # bytes of all arrays that rows are counted in: they are not within the engine's limit
_ARRAY_BITS = 12  # of DuckDB's own accord
WRITING = 3.0  # the weight of a statement that writes a table, where that of a grouping is 1


class Session:
    """Runs statements, each within `timeout` seconds, and remembers their text in `statements`.

    Once one has run out of time, all that follow share `timeout` seconds more: hundreds of questions that one pass
    could not answer in time must not each wait as long again.
    """

    def __init__(self, engine: Engine, timeout: float | None = None, steps: Steps | None = None) -> None:
        self.engine = engine
        self.timeout = timeout
        self.statements: list[str] = []
        self.steps = steps or Steps(lambda _: None)
        self.later = 0.0  # what is to come after the questions that are being answered, in steps
        self._deadline: float | None = None
        self._processors: int | None = None

    def run(self, sql: str, weight: float = 1.0) -> Frame:
        start, allowed = time.monotonic(), self._allowed()
        self.statements.append(sql)
        self.steps.begin(weight)
        try:
            return self.engine.run(sql, timeout=allowed)
        except EvidenceError:
            if self.timeout is not None and self._deadline is None and time.monotonic() - start >= self.timeout:
                self._deadline = time.monotonic() + self.timeout
            raise
        finally:
            self.steps.end()

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

    def expect(self, ahead: float) -> None:
        """So many statements are to come for the questions at hand, as far as is known."""
        self.steps.more(ahead + self.later)

    @contextmanager
    def dense(self, cells: int) -> Iterator[None]:
        """Rows counted by an integer below `cells` are meanwhile counted in an array, where the engine can and where
        all its threads' arrays stay small; elsewhere in a hash table, which takes half as long again."""
        bits = cells.bit_length() + 1
        fits = not self.far and self._threads() * (_OF_A_COUNT << bits) <= _ARRAYS
        if not (fits and self._arrays(bits)):
            yield
            return
        try:
            yield
        finally:
            self._arrays(_ARRAY_BITS)

    def _arrays(self, bits: int) -> bool:
        try:
            self.engine.run(f"SET perfect_ht_threshold={bits}")
        except EvidenceError:
            return False
        return True

    def _threads(self) -> int:
        if self._processors is None:
            try:
                self._processors = int(self.engine.run("SELECT current_setting('threads')").one()[0])
            except EvidenceError:
                self._processors = 1 << 20
        return self._processors

    @contextmanager
    def scratch(self, select: str) -> Iterator[str]:
        """The result of `select` as a temporary table, dropped at the end; yields its name."""
        # A name that no dataset can have: ours hold no colon.
        name = f'"scratch:{next(_scratch)}"'
        self.run(f"CREATE TEMP TABLE {name} AS {select}", WRITING)
        try:
            yield name
        finally:
            # Not one of the session's statements as to time: it must go even when there is no time left.
            self.statements.append(f"DROP TABLE IF EXISTS {name}")
            self.engine.run(self.statements[-1])
