"""Which pairs of accounts act together: pairs of rows, listed where they are few, narrowed down where they are many.

A pair that is together on c targets is together on at least one that is not among the c − 1 largest of either account,
because a pair's c targets cannot all be among c − 1. So where rows are many, the largest targets of every account are
left out of the list of rows to pair; what remains gives candidates, each of which is then looked up on all targets.
The order of targets is one for all, so that the smallest target of a pair stays in for both of its accounts. A target
with a million rows is the largest of nearly everybody who acted on it, and is seldom listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking
from factcheck.evidence.patterns.burst_sql import (
    Figures,
    beside_sql,
    each_sql,
    figures_of,
    nearest_sql,
    together_sql,
)

FEW = 2_000_000  # pairs of rows that are kept all at once, the widest window included
MOST = 100_000_000  # pairs of rows that are listed at most, a part at a time
PART = 5_000_000  # pairs of rows in a part
ROUNDS = 3  # leaving out rows that cannot matter is repeated while it helps
HELPS = 0.9  # …which is while at most this part of them stays


@dataclass(frozen=True)
class Pairs:
    """Pairs of accounts among rows `near` those of others (a, g, t, d: the distance to the nearest of them)."""

    asking: Asking
    dataset: str
    acts: str
    at_least: int
    few: int
    most: int

    def are_few(self, near: str, window: int) -> bool:
        """Whether all pairs of rows within a window can be kept at once."""
        return self._size(near, window) <= self.few

    def everywhere(self, near: str, windows: Sequence[int]) -> dict[str, dict[int, Figures]]:
        """By way of counting and window."""
        with self.asking.scratch(together_sql(near, windows[-1])) as together:
            once = f"(SELECT a, b, MIN(d) AS d FROM {together} GROUP BY a, b, g) AS once"
            return {
                "targets": self._by_window(together, once, windows),
                "actions": self._by_window(together, together, windows),
            }

    def _by_window(self, together: str, counted: str, windows: Sequence[int]) -> dict[int, Figures]:
        """A pair is one from the window `q` on that holds `at_least` of what is counted."""
        numbered = f"SELECT a, b, d AS q, ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY d) AS i FROM {counted}"
        with self.asking.scratch(f"SELECT a, b, q FROM ({numbered}) AS numbered WHERE i = {self.at_least}") as pairs:
            found = figures_of(self.asking, f"SELECT q FROM {pairs}", windows)
            accounts = f"SELECT MIN(q) AS q FROM ({each_sql(pairs)}) AS each GROUP BY a"
            rows = (
                f"SELECT MIN(q) AS q, a, g, t FROM (SELECT c.a, c.g, c.ta AS t, GREATEST(c.d, p.q) AS q "
                f"FROM {together} AS c JOIN {pairs} AS p ON c.a = p.a AND c.b = p.b UNION ALL "
                f"SELECT c.b, c.g, c.tb, GREATEST(c.d, p.q) FROM {together} AS c JOIN {pairs} AS p "
                f"ON c.a = p.a AND c.b = p.b) AS each GROUP BY a, g, t"
            )
            counted_rows = f"SELECT q FROM {self.acts} JOIN ({rows}) AS told USING (a, g, t)"
            lines = zip(
                windows,
                figures_of(self.asking, counted_rows, windows),
                found,
                figures_of(self.asking, accounts, windows),
                strict=True,
            )
            return {window: Figures(r, p, a) for window, r, p, a in lines}

    def many(self, near: str, within: int, counting: str) -> Figures:
        """The same for one window; EvidenceError where too many pairs of rows are left to be listed."""
        with ExitStack() as later:
            if self.at_least == 1:
                return self._any(near, within)
            if counting == "actions":
                pairs = self._listed(near, within, later)
            else:
                near = self._narrowed(near, within, later)
                pairs = self._verified(near, within, later)
            return self._of(pairs, near, within)

    def _size(self, rows: str, window: int) -> int:
        """At most how many pairs of rows there are within a window."""
        beside = beside_sql(rows, window, window)
        return int(self.asking.rows(f"SELECT SUM(c * (n - 1)) // 2 FROM ({beside}) AS beside")[0][0] or 0)

    def _parts(self, rows: str, window: int) -> list[str]:
        """Conditions on the first account of a pair that cut the list of pairs of rows into parts."""
        size = self._size(rows, window)
        if size > self.most:
            raise self._too_many(size)
        parts = max(1, ceil(size / min(PART, self.most)))
        return [f"a % {parts} = {part}" for part in range(parts)]

    def _any(self, near: str, within: int) -> Figures:
        """Pairs that are together at all: rows and accounts follow from the nearest row of another account."""
        rows, accounts = self.asking.rows(f"SELECT COUNT(*), COUNT(DISTINCT a) FROM {near}")[0]
        pairs = sum(
            int(self.asking.rows(f"SELECT COUNT(*) FROM (SELECT DISTINCT a, b FROM ({together}) AS t) AS t")[0][0])
            for together in (together_sql(near, within, part) for part in self._parts(near, within))
        )
        return Figures(int(rows), pairs, int(accounts))

    def _listed(self, near: str, within: int, later: ExitStack) -> str:
        """Pairs by how many pairs of rows they have, from a list of all."""
        having = f"GROUP BY a, b HAVING COUNT(*) >= {self.at_least}"
        parts = [
            later.enter_context(self.asking.scratch(f"SELECT a, b FROM ({together}) AS together {having}"))
            for together in (together_sql(near, within, part) for part in self._parts(near, within))
        ]
        return self._united(parts, later)

    def _united(self, parts: Sequence[str], later: ExitStack) -> str:
        union = " UNION ALL ".join(f"SELECT a, b FROM {part}" for part in parts)
        return later.enter_context(self.asking.scratch(union))

    def _narrowed(self, near: str, within: int, later: ExitStack) -> str:
        """Without accounts that are near others on too few targets, and rows that thereby stand alone."""
        size = int(self.asking.rows(f"SELECT COUNT(*) FROM {near}")[0][0])
        for _ in range(ROUNDS):
            able = f"SELECT a FROM {near} GROUP BY a HAVING COUNT(DISTINCT g) >= {self.at_least}"
            kept = later.enter_context(
                self.asking.scratch(f"SELECT a, g, t FROM {near} SEMI JOIN ({able}) AS able USING (a)")
            )
            near = later.enter_context(self.asking.scratch(nearest_sql(kept, within)))
            left = int(self.asking.rows(f"SELECT COUNT(*) FROM {near}")[0][0])
            if left > HELPS * size:
                break
            size = left
        return near

    def _verified(self, near: str, within: int, later: ExitStack) -> str:
        """Candidates from the smaller targets of each account, each looked up on all targets."""
        size = f"SELECT g, SUM(c * (n - 1)) AS size FROM ({beside_sql(near, within, within)}) AS beside GROUP BY g"
        ranked = (
            "SELECT a, g, t, DENSE_RANK() OVER (PARTITION BY a ORDER BY size DESC, g) AS place "
            f"FROM {near} JOIN ({size}) AS sizes USING (g)"
        )
        smaller = later.enter_context(
            self.asking.scratch(f"SELECT a, g, t FROM ({ranked}) AS ranked WHERE place >= {self.at_least}")
        )
        parts = []
        for part in self._parts(smaller, within):
            candidates = f"SELECT DISTINCT a, b FROM ({together_sql(smaller, within, part)}) AS together"
            with self.asking.scratch(candidates) as table:
                having = f"GROUP BY a, b HAVING COUNT(DISTINCT g) >= {self.at_least}"
                met = self._met_sql(table, near, within)
                parts.append(later.enter_context(self.asking.scratch(f"SELECT a, b FROM ({met}) AS met {having}")))
        return self._united(parts, later)

    def _met_sql(self, pairs: str, near: str, within: int) -> str:
        """The pairs of rows of given pairs of accounts; the first account has the fewer rows, and is laid out first."""
        own = f"SELECT a, COUNT(*) AS n FROM {near} GROUP BY a"
        lines = self.asking.rows(f"SELECT SUM(n) FROM {pairs} JOIN ({own}) AS own USING (a)")[0][0]
        if (lines or 0) > self.most:
            raise self._too_many(int(lines))
        return (
            f"WITH x AS MATERIALIZED (SELECT p.a, p.b, l.g, l.t FROM {pairs} AS p JOIN {near} AS l ON l.a = p.a) "
            f"SELECT x.a, x.b, x.g, x.t AS ta, y.t AS tb FROM x JOIN {near} AS y "
            f"ON y.a = x.b AND y.g = x.g AND ABS(x.t - y.t) <= {within}"
        )

    def _of(self, pairs: str, near: str, within: int) -> Figures:
        accounts = f"SELECT COUNT(DISTINCT a) FROM ({each_sql(pairs, '1')}) AS each"
        found, listed = self.asking.rows(f"SELECT (SELECT COUNT(*) FROM {pairs}), ({accounts})")[0]
        with self.asking.scratch(self._met_sql(pairs, near, within)) as met:
            rows = f"SELECT a, g, ta AS t FROM {met} UNION SELECT b, g, tb FROM {met}"
            count = f"SELECT COUNT(*) FROM {self.acts} SEMI JOIN ({rows}) AS told USING (a, g, t)"
            return Figures(int(self.asking.rows(count)[0][0]), int(found), int(listed))

    def _too_many(self, size: int) -> EvidenceError:
        return EvidenceError(
            f"up to {size:,} pairs of rows lie within the time on one target, more than can be listed ({self.most:,}); "
            "narrow `where` or `within`, or ask for `share` or `accounts` with `at_least: 1`, which need no list",
            self.dataset,
        )
