"""Every number in every unit that was drawn, with its weight: what quantiles of such rows rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.clauses import quoted
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer
from factcheck.evidence.patterns.drawn_groups import DrawnGroups
from factcheck.evidence.patterns.sql import select

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class DrawnValuesAnswer(PatternAnswer):
    """Entries in step, one for each number that a drawn unit holds: the number, its weight there, the unit's code.

    `size` and `times` have one entry for each code of a unit: the weight of all its rows, of those too whose number is
    missing (`missing` is theirs), and how many units are alike.
    """

    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    unit: NDArray[np.int64]
    size: NDArray[np.float64]
    missing: NDArray[np.float64]
    times: NDArray[np.int64]
    drawn: DrawnAnswer


@dataclass(frozen=True)
class DrawnValues(Pattern[DrawnValuesAnswer]):
    """The numbers `x` in each value of `cluster` (without one: in each row) where `base` is true."""

    x: Bound
    weight: Bound | None = None
    cluster: Bound | None = None
    base: Bound | None = None

    def found(self, asking: Asking) -> DrawnValuesAnswer:
        import numpy as np

        groups = DrawnGroups(self.dataset, self.x, self.weight, self.cluster, self.base).found(asking)
        numbers = np.array([np.nan if value is None else float(value) for value in groups.groups], dtype=np.float64)
        numbers = np.append(numbers, np.nan)  # never empty
        values = numbers[groups.group] if len(groups.group) else np.zeros(0)
        known = ~np.isnan(values)
        several = int(groups.unit.max()) + 1 if len(groups.unit) else 0
        size = np.bincount(groups.unit, groups.total, several).astype(np.float64)
        missing = np.bincount(groups.unit[~known], groups.total[~known], several).astype(np.float64)
        times = np.ones(several, dtype=np.int64)
        times[groups.unit] = groups.times
        return DrawnValuesAnswer(
            (self._quoted(asking),), values[known], groups.total[known], groups.unit[known], size, missing, times,
            groups.drawn,
        )  # fmt: skip

    def _quoted(self, asking: Asking) -> str:
        """Each number with the part of all weight that lies at or below it."""
        weight = "COUNT(*)" if self.weight is None else f"SUM({self.weight.sql})"
        items = {
            "number": f"({self.x.sql})",
            "weight": weight,
            "up_to_here": f"SUM({weight}) OVER (ORDER BY ({self.x.sql})) / SUM({weight}) OVER ()",
        }
        known = f"({self.x.sql}) IS NOT NULL"
        return f"{select(asking, self.dataset, self.base, items, known)} GROUP BY 1 ORDER BY {quoted('number')}"
