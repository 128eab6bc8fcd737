"""Expressions of one run, each bound once: the claims of a project say the same of the same columns again and again."""

from __future__ import annotations

from collections.abc import Mapping

from factcheck.evidence.dataset import Column
from factcheck.evidence.expressions import Bound, Expected, Scope, bind

Key = tuple[str, Expected, str | None, str, int]


class Expressions:
    """What was bound before is given again where the same text stands over the same columns on the same clock.

    All claims are bound twice, before the rows are read and after; most columns are then what they were.
    """

    def __init__(self) -> None:
        self._bound: dict[Key, Bound] = {}
        self._columns: list[Mapping[str, Column]] = []  # every different set of them that was seen
        self._place: dict[int, int] = {}  # by the identity of one that `_alive` keeps
        self._alive: list[Mapping[str, Column]] = []

    def bind(self, text: str, scope: Scope, expect: Expected) -> Bound:
        """As `expressions.bind`. What names a param is bound anew, and what has an error tells it every time."""
        if not isinstance(text, str) or (scope.params and ":" in text):
            return bind(text, scope, expect=expect)
        key = (text, expect, scope.timezone, scope.dataset, self._at(scope.columns))
        found = self._bound.get(key)
        if found is None:
            found = self._bound[key] = bind(text, scope, expect=expect)
        return found

    def _at(self, columns: Mapping[str, Column]) -> int:
        place = self._place.get(id(columns))
        if place is None:
            place = next((i for i, known in enumerate(self._columns) if known == columns), len(self._columns))
            if place == len(self._columns):
                self._columns.append(columns)
            self._place[id(columns)] = place
            self._alive.append(columns)
        return place
