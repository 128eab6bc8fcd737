"""Totals of every group in every unit that was drawn: what ranks, compositions and hours of such rows rest on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.clauses import total_sql
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, DrawnTotals
from factcheck.evidence.patterns.sql import coded, select
from factcheck.evidence.patterns.vectors import MOST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class DrawnGroupsAnswer(PatternAnswer):
    """Arrays in step, one entry for each group that a drawn unit has rows of; no entry is none.

    `total` is the weight of those rows (their number, without weights), `unit` and `group` are codes from 0; `groups`
    are the values of the column, one for each code, None (of the rows that have none) last, with how many rows each
    has (`n`) and the sum of the squares of their weights (`squares`). Rows drawn singly that are alike are one entry,
    a unit by itself that stands for `times` of them.
    """

    groups: tuple[Any, ...]
    n: tuple[int, ...]
    squares: tuple[float, ...]
    unit: NDArray[np.int64]
    group: NDArray[np.int64]
    total: NDArray[np.float64]
    times: NDArray[np.int64]
    drawn: DrawnAnswer  # what was drawn altogether, without the units

    @cached_property
    def sums(self) -> tuple[float, ...]:
        """The totals of each group, which do not hang on the order of the entries."""
        import numpy as np

        order = np.argsort(self.group, kind="stable")
        values = (self.total * self.times)[order].tolist()
        ends = np.searchsorted(self.group[order], np.arange(len(self.groups) + 1)).tolist()
        return tuple(math.fsum(values[low:high]) for low, high in pairwise(ends))

    @cached_property
    def alike(self) -> NDArray[np.int64]:
        """How many units are alike, by their codes."""
        import numpy as np

        times = np.ones(int(self.unit.max(initial=-1)) + 1, dtype=np.int64)
        times[self.unit] = self.times
        return times


@dataclass(frozen=True)
class DrawnGroups(Pattern[DrawnGroupsAnswer]):
    """The totals of each value of `by` in each value of `cluster` (without one: in each row) where `base` is true.

    EvidenceError where a row of the base has no weight, a weight that is no number from 0, or no cluster, and where
    there are more entries than can be held.
    """

    by: Bound
    weight: Bound | None = None
    cluster: Bound | None = None
    base: Bound | None = None

    def found(self, asking: Asking) -> DrawnGroupsAnswer:
        asked = DrawnTotals(self.dataset, (), self.weight, self.cluster, self.base, apart=False)
        drawn = asked.found(asking)
        query = self._query(asking, asked.weight_sql, asked.unit_sql)
        with asking.scratch(query) as entries:
            ((size,),) = asking.rows(f"SELECT COUNT(*) FROM {entries}")
            if size > MOST:
                message = f"{size:,} groups of drawn units are more than can be held ({MOST:,}); narrow `where`"
                raise EvidenceError(message, self.dataset)
            named = asking.rows(
                f'SELECT "group", SUM(n), {total_sql("squares", Family.DOUBLE)} FROM {entries} '
                "GROUP BY 1 ORDER BY 1 NULLS LAST"
            )
            unit = coded("unit") if asked.unit_sql is not None else 'ROW_NUMBER() OVER (ORDER BY "group", total) - 1'
            group = coded('"group"')
            frame = asking.frame(f"SELECT {unit}, {group}, total, times FROM {entries} ORDER BY 1, 2")
        import numpy as np

        codes = [np.asarray(frame.columns[i], dtype=np.int64) for i in (0, 1, 3)]
        total = np.asarray(frame.columns[2], dtype=np.float64)
        groups, n, squares = tuple(zip(*named, strict=True)) or ((), (), ())
        rows = tuple(map(int, n))
        quoted = self._quoted(asking, asked.weight_sql, asked.unit_sql)
        return DrawnGroupsAnswer(quoted, groups, rows, squares, codes[0], codes[1], total, codes[2], drawn)

    def _quoted(self, asking: Asking, weight: str | None, unit: str | None) -> tuple[str, ...]:
        """The groups by one plain query, and what each unit holds of them by another."""
        group = {"group": f"({self.by.sql})", "n": "COUNT(*)"} | ({"weights": f"SUM({weight})"} if weight else {})
        whole = select(asking, self.dataset, self.base, group)
        order = "weights" if weight else "n"
        plain = f'{whole} GROUP BY "group" ORDER BY {order} DESC, "group"'
        if unit is None:
            return (plain,)
        return plain, select(asking, self.dataset, self.base, {"unit": unit, **group}) + ' GROUP BY "unit", "group"'

    def _query(self, asking: Asking, weight: str | None, unit: str | None) -> str:
        group = f"({self.by.sql})"
        if unit is None:
            each = f"COUNT(*) * {weight} * {weight}" if weight else "CAST(COUNT(*) AS DOUBLE)"
            items = {"group": group, "total": weight or "CAST(1 AS DOUBLE)", "times": "COUNT(*)"}
        else:
            each = "CAST(COUNT(*) AS DOUBLE)" if weight is None else total_sql(f"{weight} * {weight}", Family.DOUBLE)
            total = "COUNT(*)" if weight is None else total_sql(weight, Family.DOUBLE)
            items = {"unit": unit, "group": group, "total": f"CAST({total} AS DOUBLE)", "times": "1"}
        items |= {"n": "COUNT(*)", "squares": each}
        return select(asking, self.dataset, self.base, items) + " GROUP BY 1, 2"
