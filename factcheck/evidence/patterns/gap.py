"""The longest stretches of time without a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import quoted, select

Moment = date | datetime


@dataclass(frozen=True)
class Silence:
    """No row from `start` to `end`; `edge` where one of the two is an end of the window. `group` is that of `by`."""

    start: Moment
    end: Moment
    edge: bool
    group: Any = None


@dataclass(frozen=True)
class GapAnswer(PatternAnswer):
    """`between` are the longest stretches between two rows, `edges` those from the start of the window to the first
    row and from the last row to its end: of each sort at most `most`, longest first, then earliest."""

    between: tuple[Silence, ...]
    edges: tuple[Silence, ...]
    n: int  # rows with a time and a group, inside the window
    outside: int  # rows with a time that lie outside of `since` and `before`
    timeless: int  # rows whose time is NULL
    groupless: int  # of the rows inside, those whose group is NULL
    groups: int
    aside: int
    rows: int


@dataclass(frozen=True)
class Gap(Pattern[GapAnswer]):
    """Stretches without a row in the times of the rows where `base` is true, of each group of `by` for itself.

    Only rows from `since` to before `before` count. `start` and `end` are the ends of the window, None where it has
    none. Moments are naive UTC; for a column of dates they are midnights, a row takes the whole of its day, and
    stretches are the days between.
    """

    time: Bound
    base: Bound | None = None
    by: Bound | None = None
    since: datetime | None = None
    before: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    most: int = 12

    @property
    def in_days(self) -> bool:
        return self.time.family is Family.DATE

    def found(self, asking: Asking) -> GapAnswer:
        inside = " AND ".join(self._inside())
        placed = inside if self.by is None else f"{inside} AND ({self.by.sql}) IS NOT NULL"
        labels = "COUNT(*)" if self.by is None else f"COUNT(DISTINCT CASE WHEN {inside} THEN {self.by.sql} END)"
        counts = {
            "n": f"COUNT(CASE WHEN {placed} THEN 1 END)",
            "inside": f"COUNT(CASE WHEN {inside} THEN 1 END)",
            "timed": f"COUNT({self.time.sql})",
            "rows": "COUNT(*)",
            "labels": labels,
        }
        n, within, timed, rows, groups = asking.rows(select(asking, self.dataset, self.base, counts))[0]
        between, edges = self._between(asking, placed), self._edges(asking, placed)
        return GapAnswer(
            (between, *edges),
            self._silences(asking, between, edge=False),
            tuple(one for query in edges for one in self._silences(asking, query, edge=True)),
            int(n),
            int(timed) - int(within),
            int(rows) - int(timed),
            int(within) - int(n),
            int(groups) if self.by is not None else min(1, int(n)),
            asking.aside(self.dataset, self.base),
            asking.total(self.dataset),
        )

    def _inside(self) -> list[str]:
        parts = [f"({self.time.sql}) IS NOT NULL"]
        parts += [f"({self.time.sql}) >= {self._literal(self.since)}"] if self.since is not None else []
        return parts + ([f"({self.time.sql}) < {self._literal(self.before)}"] if self.before is not None else [])

    def _items(self) -> dict[str, str]:
        """A row lies from `began` to `ended`: a moment, or the whole of its day."""
        x = self.time.sql
        after = f"CAST(({x}) + INTERVAL '1' DAY AS DATE)" if self.in_days else x
        label = {} if self.by is None else {"label": self.by.sql}
        return {"began": x, "ended": after, **label}

    def _between(self, asking: Asking, placed: str) -> str:
        times = select(asking, self.dataset, self.base, self._items(), placed)
        label = quoted("label") if self.by is not None else "NULL"
        over = f"PARTITION BY {label} ORDER BY began" if self.by is not None else "ORDER BY began"
        pairs = f"SELECT ended AS a, LEAD(began) OVER ({over}) AS b, {label} AS label FROM ({times}) AS times"
        return self._longest(f"SELECT a, b, label FROM ({pairs}) AS pairs WHERE b > a")

    def _edges(self, asking: Asking, placed: str) -> list[str]:
        """From the start of the window to the first row of each group, and from its last row to the end."""
        times = select(asking, self.dataset, self.base, self._items(), placed)
        label = quoted("label") if self.by is not None else "NULL"
        grouped = f" GROUP BY {label}" if self.by is not None else ""
        sides = [(self._literal(self.start), "MIN(began)")] if self.start is not None else []
        sides += [("MAX(ended)", self._literal(self.end))] if self.end is not None else []
        parts = [f"SELECT {a} AS a, {b} AS b, {label} AS label FROM ({times}) AS times{grouped}" for a, b in sides]
        return [self._longest(f"SELECT a, b, label FROM ({part}) AS edges WHERE b > a") for part in parts]

    def _longest(self, silences: str) -> str:
        unit = "day" if self.in_days else "microsecond"
        return f"{silences} ORDER BY DATE_DIFF('{unit}', a, b) DESC, a, label LIMIT {self.most}"

    def _silences(self, asking: Asking, query: str, *, edge: bool) -> tuple[Silence, ...]:
        return tuple(Silence(a, b, edge, label) for a, b, label in asking.rows(query))

    def _literal(self, moment: datetime | None) -> str:
        assert moment is not None
        if self.in_days:
            return f"DATE '{moment.date().isoformat()}'"
        return f"TIMESTAMP '{moment.isoformat(sep=' ')}'"
