"""Sets of values, each by a condition on its rows, and how their members coincide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import id_sql, select


@dataclass(frozen=True)
class MembersAnswer(PatternAnswer):
    """`tally`: how many different values of the unit have each combination of memberships, None for not known."""

    tally: Mapping[tuple[bool | None, ...], int]
    n: int  # rows where the base is true
    null_units: int  # of those, rows whose unit is NULL or an empty text
    aside: int  # rows set aside because the base is NULL for them
    rows: int  # rows of the dataset


@dataclass(frozen=True)
class Memberships(Pattern[MembersAnswer]):
    """Which of several sets each value of `unit` is in, over the rows where `base` is true.

    A value is in a set if the condition is true in any of its rows; not known where it is true in none and NULL in one.
    """

    unit: Bound
    conditions: tuple[Bound, ...]
    base: Bound | None = None

    def found(self, asking: Asking) -> MembersAnswer:
        names = [f"set_{i}" for i in range(1, len(self.conditions) + 1)]
        items = {"unit": id_sql(self.unit), "n": "COUNT(*)"}
        items |= {name: _member(condition.sql) for name, condition in zip(names, self.conditions, strict=True)}
        listed, keys = ", ".join(names), ", ".join(str(i + 1) for i in range(len(names)))
        units = f"{select(asking, self.dataset, self.base, items)} GROUP BY 1"
        query = (
            f"SELECT {listed}, COUNT(unit) AS units, SUM(n) AS n, SUM(CASE WHEN unit IS NULL THEN n ELSE 0 END) AS "
            f"null_units FROM ({units}) AS units GROUP BY {keys} ORDER BY {keys}"
        )
        rows = asking.rows(query)
        tally = {_key(row[: len(names)]): int(row[-3]) for row in rows if row[-3]}
        return MembersAnswer(
            (query,), tally, sum(int(row[-2]) for row in rows), sum(int(row[-1]) for row in rows),
            asking.aside(self.dataset, self.base), asking.total(self.dataset),
        )  # fmt: skip


def _member(condition: str) -> str:
    """TRUE where any row of the group satisfies the condition, NULL where one may."""
    return (
        f"CASE WHEN COUNT(CASE WHEN {condition} THEN 1 END) > 0 THEN TRUE "
        f"WHEN COUNT({condition}) = COUNT(*) THEN FALSE END"
    )


def _key(values: tuple[object, ...]) -> tuple[bool | None, ...]:
    return tuple(None if value is None else bool(value) for value in values)
