"""What a pattern has at hand while it asks: the session's statements and the sizes of the datasets."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.run import Totals
from factcheck.evidence.cells.session import Session
from factcheck.evidence.engines.frame import Frame
from factcheck.evidence.expressions import Bound


class Conversation:
    """One session, told to patterns: every statement is recorded and bounded like those of the planner."""

    def __init__(self, session: Session, totals: Mapping[str, Totals]) -> None:
        self._session = session
        self._totals = totals

    def frame(self, sql: str) -> Frame:
        return self._session.run(sql)

    def expect(self, ahead: float) -> None:
        """So many statements are to come, as far as is known."""
        self._session.expect(ahead)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._session.rows(sql)

    def scratch(self, select: str) -> AbstractContextManager[str]:
        return self._session.scratch(select)

    def source(self, dataset: str) -> str:
        return source(self._totals[dataset].dataset)

    def total(self, dataset: str) -> int:
        return self._totals[dataset].rows

    def aside(self, dataset: str, base: Bound | None) -> int:
        return self._totals[dataset].aside(base)
