"""Every group held against one other, by their (weighted) rows in the units that were drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from factcheck.errors import StatisticsError
from factcheck.stats.units import refuse, same_shape, vector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.units import Vector

    Codes = npt.NDArray[np.int64]

_LARGE = 0.05  # a unit with more of the rows of a group is reckoned by itself
_TERMS = 8  # of the series in the part of a unit for the others, each at most a twentieth of the one before


@dataclass(frozen=True, eq=False)
class GroupTotals:
    """What every drawn unit holds of every group, and of no group in particular.

    `unit`, `group` and `total` of shape (E,) run in step: the (weighted) rows of a group in a unit, each pair at most
    once; what is left out is 0. `times` of shape (G,): how many units are alike. `unlabelled` of shape (G,): rows that
    may belong to any one group. `rows` and `squares` of shape (K + 1,): the rows of each group and the sums of the
    squares of their weights (without weights: the rows again), last those of no group. `clustered`: whether units are
    clusters.
    """

    unit: Codes
    group: Codes
    total: Vector
    times: Vector
    unlabelled: Vector
    rows: Vector
    squares: Vector
    clustered: bool

    def __post_init__(self) -> None:
        for name, codes in (("unit", self.unit), ("group", self.group)):
            if codes.shape != self.total.shape:
                raise StatisticsError(f"{name} and total must be as many; got {len(codes)} and {len(self.total)}")
        same_shape("unlabelled", vector("unlabelled", self.unlabelled), "times", self.times)
        refuse("total", self.total, self.total < 0, "at least 0")
        refuse("unlabelled", self.unlabelled, self.unlabelled < 0, "at least 0")
        if len(self.rows) < 2 or len(self.rows) != len(self.squares):
            raise StatisticsError(f"rows and squares must be of every group; got {len(self.rows)}, {len(self.squares)}")

    @property
    def groups(self) -> int:
        return len(self.rows) - 1

    def of(self, group: int) -> Vector:
        """What every unit holds of one group."""
        import numpy as np

        chosen = self.group == group
        found: Vector = np.bincount(self.unit[chosen], self.total[chosen], minlength=len(self.times)).astype(np.float64)
        return found

    def summed(self, values: Vector, at: Codes | None = None) -> Vector:
        """The sums of `values` (in step with the entries, or with those `at` positions) over the units of each group;
        the last is 0, that of a group without rows."""
        import numpy as np

        unit, group = (self.unit, self.group) if at is None else (self.unit[at], self.group[at])
        held = values if self._once else values * self.times[unit]
        found: Vector = np.bincount(group, held, minlength=self.groups + 1).astype(np.float64)
        return found

    @cached_property
    def _once(self) -> bool:
        return bool((self.times == 1).all())

    @cached_property
    def present(self) -> Vector:
        """How many units hold each group."""
        return self.summed((self.total > 0).astype(float))

    @cached_property
    def power(self) -> Vector:
        """The sums of the squares of what units hold of each group."""
        return self.summed(self.total * self.total)

    def sums(self) -> Vector:
        """The (weighted) rows of each group."""
        return self.summed(self.total)[:-1]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Pairs of groups: the share p of one of them, as `shares.Spread` has it, an entry for each pair."""

    p: Vector
    variance: Vector
    degrees: Vector
    few: Vector
    n: Vector
    effective: Vector

    @classmethod
    def stacked(cls, parts: list[Comparisons]) -> Comparisons:
        import numpy as np

        names = ("p", "variance", "degrees", "few", "n", "effective")
        return cls(*(np.stack([getattr(part, name) for part in parts]) for name in names))

    def chance(self, at: tuple[npt.NDArray[np.int64], ...], outside: Vector) -> Vector:
        """How likely a share of one half gives one this large, if the tail of the t quantiles is `outside`."""
        import numpy as np
        from scipy.special import betainc

        p, variance, degrees, few, n, effective = (
            one[at] for one in (self.p, self.variance, self.degrees, self.few, self.n, self.effective)
        )
        flat = variance <= 0
        spread = p * (1 - p) / np.where(flat, 1.0, variance)
        size = _effective_size(spread, n, degrees, outside)
        scarce = few < degrees
        if scarce.any():
            fewer = _effective_size(spread[scarce], n[scarce], few[scarce], outside[scarce])
            size[scarce] = np.maximum(fewer, np.minimum(size[scarce], effective[scarce]))
        size = np.where(flat, np.minimum(n, effective), size)
        found: Vector = np.asarray(betainc(p * size, np.maximum((1 - p) * size, 0.0) + 1, 0.5), dtype=np.float64)
        return found


def against(totals: GroupTotals, own: int, yes: Literal["own", "others"]) -> Comparisons:
    """Each group, and one without any row, held against one group: the share that `yes` has of both.

    Unlabelled rows count for the other side.
    """
    import numpy as np

    k, mine = totals.groups, totals.of(own)
    base = mine + totals.unlabelled
    yes_base = mine if yes == "own" else np.zeros_like(base)
    adds = 0.0 if yes == "own" else 1.0
    held = _Held(totals, yes_base, base, adds)
    n = np.append(totals.rows[:k], 0.0) + totals.rows[own] + totals.rows[k]
    squares = np.append(totals.squares[:k], 0.0) + totals.squares[own] + totals.squares[k]
    return held.compared(n, squares)


@dataclass(frozen=True, eq=False)
class _Held:
    """One group and every other: in each unit `base` rows without the other, of which `yes` count; a row of the other
    adds to those that count if `adds` is 1."""

    totals: GroupTotals
    yes: Vector
    base: Vector
    adds: float

    def compared(self, n: Vector, squares: Vector) -> Comparisons:
        import numpy as np

        totals, times = self.totals, self.totals.times
        others = totals.summed(totals.total)
        whole = float((self.base * times).sum()) + others
        safe = np.where(whole > 0, whole, 1.0)
        p = np.minimum((float((self.yes * times).sum()) + self.adds * others) / safe, 1.0)
        # Where the other group meets the one, the unit is no longer what it would be alone.
        both = np.flatnonzero(self.base[totals.unit] > 0)
        v, a, c = totals.total[both], self.yes[totals.unit[both]], self.base[totals.unit[both]]
        y, m = a + self.adds * v, c + v
        units = float(times[self.base > 0].sum()) + totals.present - totals.summed((v > 0).astype(np.float64), both)
        power = float((self.base**2 * times).sum()) + totals.power + totals.summed(2 * c * v, both)
        effective = np.where(power > 0, safe**2 / np.where(power > 0, power, 1.0), 0.0)
        own_rate = np.divide(self.yes**2, self.base, out=np.zeros_like(self.base), where=self.base > 0)
        rate = float((own_rate * times).sum()) + self.adds * (others - totals.summed(v, both))
        rate = np.maximum(rate + totals.summed(y * y / m - a * a / c, both), 0.0)
        second, fourth = self._powers(p, safe, both)
        variance = self._variance(p, second, safe, units, effective, rate, n, squares)
        degrees = np.maximum(effective - 1, 0.0)
        degrees = np.where((degrees > 1e-9) & (whole > 0), degrees, 0.0)
        excess = fourth - second**2 / np.maximum(units, 1.0)
        scarce = excess > 1e-12 * fourth
        few = np.where(scarce, 2 * second**2 / np.where(scarce, excess, 1.0), np.inf)
        return Comparisons(p, variance, degrees, few, n, effective)

    def _variance(
        self,
        p: Vector,
        second: Vector,
        whole: Vector,
        units: Vector,
        effective: Vector,
        rate: Vector,
        n: Vector,
        squares: Vector,
    ) -> Vector:
        """The jackknife (of single rows the linearised) variance, but no less than the likeness of rows implies; 0
        where nothing shows how much the units differ."""
        import numpy as np

        fewest = np.maximum(units - 1, 1.0)
        between = p * (1 - p) * effective / np.maximum(effective - 1, 1e-9)
        if not self.totals.clustered:
            found = np.maximum(second * units / fewest, between / np.maximum(effective, 1e-9))
        else:
            rows = np.minimum(whole**2 / np.where(squares > 0, squares, 1.0), n)
            scale = rows / whole
            among = np.maximum(scale * (rate - p * p * whole), 0.0) / fewest
            inside = np.maximum(scale * (p * whole - rate), 0.0) / np.maximum(rows - units, 1.0)
            usual = np.maximum(rows - rows / np.maximum(effective, 1e-9), 1e-9) / fewest
            component = np.minimum(np.maximum((among - inside) / usual, 0.0), between)
            likeness = component / np.maximum(effective, 1e-9)
            likeness += np.minimum(inside, p * (1 - p)) / np.maximum(rows, 1e-9)
            found = np.maximum(second * fewest / np.maximum(units, 1.0), likeness)
        plain = second <= 1e-24 * p * (1 - p)
        return np.where(plain | (p <= 0) | (p >= 1), 0.0, found)

    def _powers(self, p: Vector, whole: Vector, both: npt.NDArray[np.int64]) -> tuple[Vector, Vector]:
        """Σr² and Σr⁴ over the units of each pair, r = (y − p·m)/(whole − m), of single rows (y − p·m)/whole."""
        import numpy as np

        totals, times = self.totals, self.totals.times
        large = self.base > _LARGE * float((self.base * times).sum()) if totals.clustered else self.base < 0
        second, fourth = self._without(2, p, whole, ~large), self._without(4, p, whole, ~large)

        def squared(at: npt.NDArray[np.int64] | slice, up: Vector | float, down: Vector) -> Vector:
            group = totals.group[at]
            rest = whole[group] - down if totals.clustered else whole[group]
            r = (up - p[group] * down) / np.maximum(rest, 1e-300)
            found: Vector = r * r
            return found

        # Units that hold the other group alone; those that hold both count as they are, not as they would without it.
        joint = squared(slice(None), self.adds * totals.total, totals.total)
        unit = totals.unit[both]
        a, c, v = self.yes[unit], self.base[unit], totals.total[both]
        without = np.where(large[unit], 0.0, squared(both, a, c))
        joint[both] = np.where(large[unit], 0.0, squared(both, a + self.adds * v, c + v))
        second += totals.summed(joint) - totals.summed(without, both)
        fourth += totals.summed(joint * joint) - totals.summed(without * without, both)
        for at in np.flatnonzero(large):
            own = np.zeros(len(p))
            here = totals.unit == at
            own[totals.group[here]] = totals.total[here]
            up, down = self.yes[at] + self.adds * own, self.base[at] + own
            r = ((up - p * down) / np.maximum(whole - down, 1e-300)) ** 2
            second, fourth = second + times[at] * r, fourth + times[at] * r * r
        return np.maximum(second, 0.0), np.maximum(fourth, 0.0)

    def _without(self, e: int, p: Vector, whole: Vector, chosen: npt.NDArray[np.bool_]) -> Vector:
        """The same over units as they are without the other group, each with a small part of all rows.

        1/(whole − c)^e is a series in c/whole, whose coefficients over all units are the same for every group.
        """
        import numpy as np

        a, c, times = self.yes[chosen], self.base[chosen], self.totals.times[chosen]
        unit = float(c.max(initial=0.0)) or 1.0
        a, c, scaled = a / unit, c / unit, whole / unit
        found = np.zeros(len(p))
        for k in range(_TERMS if self.totals.clustered else 1):
            series = math.comb(k + e - 1, e - 1) / scaled ** (e + k)
            parts = [
                math.comb(e, i) * (-p) ** i * float((a ** (e - i) * c ** (i + k) * times).sum()) for i in range(e + 1)
            ]
            found += series * sum(parts)
        return found


def _effective_size(spread: Vector, n: Vector, degrees: Vector, outside: Vector) -> Vector:
    """n* of Korn and Graubard, as in `shares`."""
    import numpy as np
    from scipy.special import stdtrit

    several = n > 1
    rows = np.where(several, n - 1, 1.0)
    t = stdtrit(rows, 1 - outside) / stdtrit(degrees, 1 - outside)
    found: Vector = np.where(several, np.minimum(n, spread * t * t), n)
    return found
