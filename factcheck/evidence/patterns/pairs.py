"""Two columns in step, as places in their order and as numbers, with what is missing in either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import select
from factcheck.evidence.patterns.vectors import Kind, stacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 2_000_000  # rows that travel at once
_KINDS: tuple[Kind, ...] = ("int64", "int64", "float64", "float64")
MOST = 10_000_000  # rows altogether: 320 MB
SQUARED = 400  # powers of two up to which squares and their sums are numbers


@dataclass(frozen=True, eq=False)
class PairsAnswer(PatternAnswer):
    """Rows in which at least one of both has a value, in step.

    `codes` are whole numbers from 0 in the order of the values, equal where those are, exact for whole numbers and
    decimals of any length; −1 where there is no value. `numbers` are the values themselves less a constant (times in
    microseconds; very large or small ones times a power of two); what stands there for no value means nothing.
    """

    plain: Mapping[str, str]  # by coefficient, the query that a person would write
    codes: tuple[NDArray[np.int64], NDArray[np.int64]]
    numbers: tuple[NDArray[np.float64], NDArray[np.float64]]
    neither: int  # rows of the base in which both are NULL
    n: int  # rows where the base is true


@dataclass(frozen=True)
class Pairs(Pattern[PairsAnswer]):
    """The values of x and y (numbers, times or conditions) in the rows where `base` is true.

    EvidenceError where a value is NaN or infinite, or where there are more than `MOST` rows.
    """

    x: Bound
    y: Bound
    base: Bound | None = None

    def found(self, asking: Asking) -> PairsAnswer:
        import numpy as np

        n, some, endless = asking.rows(select(asking, self.dataset, self.base, self._counts()))[0]
        if endless:
            raise EvidenceError(
                f"{self.x.text} or {self.y.text} holds NaN or an infinity; leave those rows out with "
                "`among: not isnan(…)` or mend the data",
                self.dataset,
            )
        if some > MOST:
            raise EvidenceError(
                f"{some:,} rows are more than this statistic can hold ({MOST:,}); narrow `where`", self.dataset
            )
        plain = self._plain(asking)
        cx, cy, x, y = self._columns(asking, int(some))
        return PairsAnswer(
            tuple(plain.values()),
            plain,
            (np.asarray(cx, np.int64), np.asarray(cy, np.int64)),
            (_scaled(np.asarray(x, np.float64)), _scaled(np.asarray(y, np.float64))),
            int(n) - int(some),
            int(n),
        )

    def _columns(self, asking: Asking, rows: int) -> list[NDArray[Any]]:
        """Codes and numbers; many rows come in parts, since each travels as a whole and stands in memory twice."""
        if rows <= AT_ONCE:
            return list(asking.frame(self._query(asking)).columns)
        parts = -(-rows // AT_ONCE)
        with asking.scratch(f"SELECT *, ROW_NUMBER() OVER () % {parts} AS part FROM ({self._query(asking)})") as table:
            select = f"SELECT code_x, code_y, x, y FROM {table} WHERE part ="
            frames = [asking.frame(f"{select} {part}").columns for part in range(parts)]
        return [stacked(frames, at, kind) for at, kind in enumerate(_KINDS)]

    def _counts(self) -> dict[str, str]:
        endless = " OR ".join(
            f"NOT ISFINITE({part.sql})" for part in (self.x, self.y) if part.family in (Family.DOUBLE, Family.UNKNOWN)
        )
        return {
            "n": "COUNT(*)",
            "some": f"COUNT(CASE WHEN {self._some} THEN 1 END)",
            "endless": f"COUNT(CASE WHEN {endless} THEN 1 END)" if endless else "0",
        }

    @property
    def _some(self) -> str:
        return f"({self.x.sql}) IS NOT NULL OR ({self.y.sql}) IS NOT NULL"

    def _query(self, asking: Asking) -> str:
        given = select(asking, self.dataset, self.base, {"x": self.x.sql, "y": self.y.sql}, self._some)
        items = [f"{_code(name)} AS code_{name}" for name in ("x", "y")]
        items += [
            f"COALESCE({_number(name, part.family)}, 0) AS {name}" for name, part in (("x", self.x), ("y", self.y))
        ]
        return f"SELECT {', '.join(items)} FROM ({given}) AS pairs"

    def _plain(self, asking: Asking) -> dict[str, str]:
        """Each coefficient as a person would ask for it; Kendall's compares every pair, too long for many rows."""
        known = [f"({part.sql}) IS NOT NULL" for part in (self.x, self.y)]
        x, y = (_plain_number(part.sql, part.family) for part in (self.x, self.y))
        given = select(asking, self.dataset, self.base, {"x": x, "y": y}, *known)
        ranks = (f"RANK() OVER (ORDER BY {v}) + (COUNT(*) OVER (PARTITION BY {v}) - 1) / 2 AS rank_{v}" for v in "xy")
        signs = "SIGN(a.x - b.x)", "SIGN(a.y - b.y)"
        return {
            "pearson": f"SELECT CORR(x, y) AS pearson, COUNT(*) AS n FROM ({given}) AS rows",
            "spearman": f"SELECT CORR(rank_x, rank_y) AS spearman, COUNT(*) AS n FROM (SELECT {', '.join(ranks)} FROM "
            f"({given}) AS rows) AS ranks",
            "kendall": f"WITH rows AS ({given}) SELECT SUM({signs[0]} * {signs[1]}) / SQRT(SUM(ABS({signs[0]})) * "
            f"SUM(ABS({signs[1]}))) AS kendall FROM rows AS a, rows AS b",
        }


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is so large or small that its squares are no numbers, times a power of two, which changes no digit."""
    import numpy as np

    exponent = int(np.frexp(np.abs(values).max(initial=0))[1])
    return np.ldexp(values, -exponent) if abs(exponent) > SQUARED else values


def _code(name: str) -> str:
    return f"CASE WHEN {name} IS NULL THEN -1 ELSE DENSE_RANK() OVER (ORDER BY {name} NULLS LAST) - 1 END"


def _number(name: str, family: Family) -> str:
    """The value as a double, taken from the least where a double could not hold it whole."""
    if family.is_time:
        return f"CAST(EPOCH_US({name}) - MIN(EPOCH_US({name})) OVER () AS DOUBLE)"
    if family is Family.INTEGER:
        wide = f"CAST({name} AS HUGEINT)"
        return f"CAST({wide} - MIN({wide}) OVER () AS DOUBLE)"
    if family is Family.DECIMAL:
        return f"CAST({name} - MIN({name}) OVER () AS DOUBLE)"
    return f"CAST({name} AS DOUBLE)"


def _plain_number(sql: str, family: Family) -> str:
    return f"EPOCH({sql})" if family.is_time else f"CAST({sql} AS DOUBLE)"
