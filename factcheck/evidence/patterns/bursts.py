"""Accounts that act on the same target within a short time of one another.

How many rows there are decides the way, not what comes out. Rows are coded as whole numbers, and one pass in the order
of time within each target finds the nearest row of another account: n·log n, however many rows a target has. Which
*pairs* of accounts act together needs the pairs of rows themselves, and a target with a million rows has too many of
them to be listed. They are counted before they are listed (`burst_pairs.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.burst_pairs import FEW, MOST, Pairs
from factcheck.evidence.patterns.burst_sql import (
    Figures,
    close_sql,
    coded_sql,
    figures_of,
    named_sql,
    nearest_sql,
    plain_sql,
    touched_sql,
)
from factcheck.evidence.patterns.sql import id_sql, select

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LATEST = 100_000_000_000  # seconds since 1970: what lies beyond is no number of seconds (the year 5138)
Counting = Literal["targets", "actions"]


@dataclass(frozen=True)
class BurstsAnswer(PatternAnswer):
    """What was found within each of the windows asked for, and what rows without a value might add.

    `queries` are plain statements for the rows, the pairs and the accounts, in this order.
    """

    n: int  # rows where the base is true
    unknown: int  # of those, rows that lack an actor, a target or a time that they must have
    acts: int  # rows on targets that more than one account acted on
    found: tuple[tuple[int, Figures], ...]  # by window in microseconds; only `within` itself where rows are many
    other: Figures | None  # the same within `within` by the other way of counting; None where it is not known
    reach: int = 0  # the most rows on one target that one more row could lie beside
    touch: int = 0  # the most rows that belong to one account or lie beside one of its rows

    def within(self, window: int) -> Figures:
        return dict(self.found)[window]


@dataclass(frozen=True)
class _Acts:
    """Rows with an actor, a target and a time, as both questions read them."""

    dataset: str
    actor: Bound
    target: Bound
    time: Bound
    base: Bound | None = None

    @property
    def moment(self) -> str:
        """Microseconds since 1970; NULL for what is no moment (an infinity, NaN, a number beyond `LATEST`)."""
        x = self.time.sql
        if not self.time.family.is_number:
            x = x if self.time.family.is_time else f"CAST({x} AS TIMESTAMP)"  # of a column without a value
            return f"CASE WHEN ISFINITE({x}) THEN EPOCH_US({x}) END"
        if self.time.family is Family.INTEGER:
            return f"CASE WHEN ABS(CAST({x} AS HUGEINT)) <= {LATEST} THEN CAST({x} AS BIGINT) * 1000000 END"
        # Whole seconds and what is left of one apart: a decimal of six places has no room for a million times as much.
        part = f"CAST(ROUND(CAST(({x}) - FLOOR({x}) AS DOUBLE) * 1000000) AS BIGINT)"
        return f"CASE WHEN ABS({x}) <= {LATEST} THEN CAST(FLOOR({x}) AS BIGINT) * 1000000 + {part} END"

    def rows(self, asking: Asking) -> str:
        """A SELECT of `actor`, `target` and `moment` over the rows that have all three."""
        items = {"actor": id_sql(self.actor), "target": id_sql(self.target), "moment": self.moment}
        known = [f"({sql}) IS NOT NULL" for sql in items.values()]
        return select(asking, self.dataset, self.base, items, *known)

    @contextmanager
    def coded(self, asking: Asking, first: int, *, alone: bool) -> Iterator[str]:
        """A table of `a`, `g` and `t` (whole numbers); targets of one account only with `alone`."""
        rows = self.rows(asking)
        with (
            asking.scratch(named_sql(rows, "target", "" if alone else "MIN(actor) <> MAX(actor)")) as targets,
            asking.scratch(named_sql(rows, "actor", "", "COUNT(*), ")) as actors,
            asking.scratch(coded_sql(rows, targets, actors, first)) as acts,
        ):
            yield acts


@dataclass(frozen=True)
class Bursts(Pattern[BurstsAnswer]):
    """Which rows, pairs and accounts act on one target within `within` microseconds of one another.

    Two rows are together if they have one target and two accounts and lie at most the window apart; two accounts are
    a pair if they are together on at least `at_least` targets, or (`counting` actions) in as many pairs of rows. With
    `pairs` off and `at_least` 1 only rows and accounts are told. A NULL of one of `nothing` means that there is
    none: such a row is known to be together with no other. EvidenceError where more than `most` pairs of rows would
    have to be listed; up to `few`, the widest of `windows` included, every window and both ways of counting are told.
    """

    actor: Bound
    target: Bound
    time: Bound
    within: int
    windows: tuple[int, ...]
    at_least: int = 1
    counting: Counting = "targets"
    pairs: bool = False
    base: Bound | None = None
    nothing: tuple[Bound, ...] = ()
    few: int = FEW
    most: int = MOST

    def found(self, asking: Asking) -> BurstsAnswer:
        acts = _Acts(self.dataset, self.actor, self.target, self.time, self.base)
        n, known, settled, first = self._sizes(asking, acts)
        unknown = n - known - settled
        with acts.coded(asking, first, alone=unknown > 0) as table, ExitStack() as later:
            found, other = self._figures(asking, table, later)
            reach, touch = self._touched(asking, table) if unknown else (0, 0)
            several = f"SELECT g FROM {table} GROUP BY g HAVING MIN(a) <> MAX(a)"
            shared = asking.rows(f"SELECT COUNT(*) FROM {table} SEMI JOIN ({several}) USING (g)")[0][0]
        return BurstsAnswer(
            tuple(plain_sql(acts.rows(asking), self.within, self.at_least, self.counting)),
            n, unknown, int(shared), tuple(found.items()), other, reach, touch,
        )  # fmt: skip

    def _sizes(self, asking: Asking, acts: _Acts) -> tuple[int, int, int, int]:
        """Rows, rows with all three values, rows that surely act on nothing, and the first moment."""
        known = " AND ".join(f"({x}) IS NOT NULL" for x in (id_sql(self.actor), id_sql(self.target), acts.moment))
        none = " OR ".join(f"({id_sql(x)}) IS NULL" for x in self.nothing) or "FALSE"
        size = f"ABS(CAST({self.time.sql} AS DOUBLE))"
        late = f"{size} > {LATEST} AND {size} < CAST('infinity' AS DOUBLE)" if self.time.family.is_number else "FALSE"
        items = {
            "n": "COUNT(*)",
            "known": f"COUNT(CASE WHEN {known} THEN 1 END)",
            "settled": f"COUNT(CASE WHEN {none} THEN 1 END)",
            "late": f"COUNT(CASE WHEN {late} THEN 1 END)",
            "first": f"MIN(CASE WHEN {known} THEN {acts.moment} END)",
        }
        n, complete, settled, beyond, first = asking.rows(select(asking, self.dataset, self.base, items))[0]
        if beyond:
            raise EvidenceError(
                f"the numbers of `{self.time.text}` are too large for seconds since 1970; if they are milliseconds, "
                f"write `time: {self.time.text} / 1000`",
                self.dataset,
            )
        return int(n), int(complete), int(settled), int(first or 0)

    def _near(self, asking: Asking, acts: str, window: int, later: ExitStack) -> str:
        """Rows within the window of another account's, each with the distance `d` to the nearest of those."""
        close = later.enter_context(asking.scratch(close_sql(acts, window)))
        return later.enter_context(asking.scratch(nearest_sql(close, window)))

    def _figures(self, asking: Asking, acts: str, later: ExitStack) -> tuple[dict[int, Figures], Figures | None]:
        widest = self.windows[-1]
        if self.at_least == 1 and not self.pairs:
            return self._nearest(asking, self._near(asking, acts, widest, later)), None
        pairs = Pairs(asking, self.dataset, acts, self.at_least, self.few, self.most)
        near = self._near(asking, acts, self.within, later)
        wide = self._near(asking, acts, widest, later) if pairs.are_few(near, self.within) else near
        if wide == near or not pairs.are_few(wide, widest):
            return {self.within: pairs.many(near, self.within, self.counting)}, None
        listed = pairs.everywhere(wide, self.windows)
        other = listed["actions" if self.counting == "targets" else "targets"]
        return listed[self.counting], other[self.within] if self.at_least > 1 else None

    def _nearest(self, asking: Asking, near: str) -> dict[int, Figures]:
        """Rows and accounts by window, for which the nearest row of another account is all that counts."""
        rows = figures_of(asking, f"SELECT d AS q FROM {near}", self.windows)
        accounts = figures_of(asking, f"SELECT MIN(d) AS q FROM {near} GROUP BY a", self.windows)
        return {window: Figures(r, None, a) for window, r, a in zip(self.windows, rows, accounts, strict=True)}

    def _touched(self, asking: Asking, acts: str) -> tuple[int, int]:
        """How many rows one more row, and one account's rows, could bring in."""
        reach, touch = asking.rows(touched_sql(acts, self.within))[0]
        return int(reach or 0), int(touch or 0)


@dataclass(frozen=True)
class ActsAnswer(PatternAnswer):
    """Rows on targets of several accounts as whole numbers, in the order of target, time and account."""

    actors: NDArray[np.int64]
    targets: NDArray[np.int64]
    times: NDArray[np.int64]  # microseconds since the first


@dataclass(frozen=True)
class Acts(Pattern[ActsAnswer]):
    """The rows that could be together at all, for draws of what chance would bring."""

    actor: Bound
    target: Bound
    time: Bound
    base: Bound | None = None

    def found(self, asking: Asking) -> ActsAnswer:
        import numpy as np

        acts = _Acts(self.dataset, self.actor, self.target, self.time, self.base)
        first = asking.rows(f"SELECT MIN(moment) FROM ({acts.rows(asking)}) AS acts")[0][0]
        with acts.coded(asking, int(first or 0), alone=False) as table:
            query = f"SELECT CAST(a AS BIGINT) AS a, CAST(g AS BIGINT) AS g, t FROM {table} ORDER BY g, t, a"
            columns: Sequence[NDArray[Any]] = asking.frame(query).columns
        actors, targets, times = (np.asarray(column, dtype=np.int64) for column in columns)
        return ActsAnswer((acts.rows(asking),), actors, targets, times)
