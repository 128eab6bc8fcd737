"""Two shares or means of clustered or weighted rows, compared: their difference and their ratio."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats import mover
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.means import designed_mean
from factcheck.stats.shares import designed_proportion
from factcheck.stats.units import Designed, Units, merged, same_shape, vector

if TYPE_CHECKING:
    from factcheck.stats.units import Numbers, Vector

DIFFERENCE = "square and add, jackknife correlation"
RATIO = "square and add for a ratio, jackknife correlation"


@dataclass(frozen=True)
class Sides:
    """Two designed intervals and the correlation of their estimates, drawn from the same units."""

    first: Designed
    second: Designed
    correlation: float

    @property
    def rows(self) -> int | None:
        a, b = self.first.bounds.n, self.second.bounds.n
        return None if a is None or b is None else a + b

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(dict.fromkeys(self.first.bounds.notes + self.second.bounds.notes))

    def told(self, low: float, high: float, estimate: float | None, method: str) -> Designed:
        """An interval of the two together; the less certain side says how many rows and degrees it rests on."""
        weaker = min(self.first, self.second, key=lambda one: one.effective_n)
        bounds = Bounds(low, high, method, self.notes, estimate, self.rows, self.first.bounds.level)
        degrees = min(self.first.degrees, self.second.degrees)
        return Designed(bounds, weaker.effective_n, degrees, max(self.first.deff, self.second.deff))


def designed_difference(
    units_a: Units, yes_a: Numbers, units_b: Units, yes_b: Numbers, level: float = 0.95
) -> Designed:
    """Σyes_a/Σsize_a − Σyes_b/Σsize_b, as a fraction: 0.1 is ten points.

    All vectors of shape (G,) speak of the same drawn units in the same order; the bases may be the same,
    overlap, or lie apart. The limits are those of the two shares, squared and added, with the correlation
    of their jackknife residuals (MOVER: Zou & Donner 2008, Stat. Med. 27:1693–1702). A positive
    correlation counts only as far as it is sure: one standard error of Fisher's z is taken off, as Newcombe
    (1998) shrinks φ; unshrunk, up to 7 % of samples miss on one side with few clusters.
    """
    return difference_of(_shares(units_a, yes_a, units_b, yes_b, level))


def designed_ratio(units_a: Units, yes_a: Numbers, units_b: Units, yes_b: Numbers, level: float = 0.95) -> Designed:
    """(Σyes_a/Σsize_a) / (Σyes_b/Σsize_b); with the same units on both sides the ratio of the two counts.

    As `designed_difference`, for ratios (Donner & Zou 2012, Stat. Methods Med. Res. 21:347–359): the ratios
    θ for which the interval of p_a − θ·p_b holds 0. inf where the second share may be zero.
    """
    return ratio_of(_shares(units_a, yes_a, units_b, yes_b, level))


def designed_counts_ratio(units: Units, a: Numbers, b: Numbers, level: float = 0.95) -> Designed:
    """Σa/Σb where no row counts on both sides; `units.size` is a + b, and `units.rows` the rows of either.

    Given that a row counts on one side, the share that counts on the first has `designed_proportion`'s
    limits, turned into odds (Przyborowski & Wilenski 1940, for clusters).
    """
    first, second = vector("a", a), vector("b", b)
    same_shape("a", first, "b", second)
    found = designed_proportion(units, first, level)
    low, high = _odds(found.bounds.low), _odds(found.bounds.high)
    share = found.bounds.estimate
    estimate = None if share is None or share >= 1 else _odds(share)
    notes = found.bounds.notes if estimate is not None else (*found.bounds.notes, Note.ZERO_DENOMINATOR)
    bounds = Bounds(low, high, "Korn–Graubard, conditional", notes, estimate, found.bounds.n, level)
    return Designed(bounds, found.effective_n, found.degrees, found.deff)


def designed_difference_of_means(
    a: tuple[Units, Numbers, Numbers], b: tuple[Units, Numbers, Numbers], level: float = 0.95, seed: int = 0
) -> Designed:
    """The mean of one number minus that of another, each given as units, sums and squares (see `designed_mean`)."""
    return difference_of(_means(a, b, level, seed))


def designed_ratio_of_means(
    a: tuple[Units, Numbers, Numbers], b: tuple[Units, Numbers, Numbers], level: float = 0.95, seed: int = 0
) -> Designed:
    """The mean of one number over that of another; only for means that are above 0 throughout their intervals."""
    return ratio_of(_means(a, b, level, seed))


def difference_of(sides: Sides) -> Designed:
    """The difference of two intervals whose estimates are correlated; an open end leaves its side open."""
    a, b = sides.first.bounds, sides.second.bounds
    first, second = _estimate(a), _estimate(b)
    low, high = mover.difference(first, (a.low, a.high), second, (b.low, b.high), sides.correlation)
    return sides.told(low, high, first - second, DIFFERENCE)


def ratio_of(sides: Sides) -> Designed:
    """The ratio of two intervals of numbers that are not below 0."""
    a, b = sides.first.bounds, sides.second.bounds
    first, second = _estimate(a), _estimate(b)
    if second <= 0:
        found = sides.told(0.0, math.inf, None, RATIO)
        return replace(found, bounds=replace(found.bounds, notes=(*sides.notes, Note.ZERO_DENOMINATOR)))
    ends = (max(a.low, 0.0), a.high), (max(b.low, 0.0), b.high)
    low, high = mover.ratio(first, ends[0], second, ends[1], sides.correlation)
    ratio = first / second
    return sides.told(min(low, ratio), max(high, ratio), ratio, RATIO)


def _odds(p: float) -> float:
    return math.inf if p >= 1 else p / (1 - p)


def _estimate(bounds: Bounds) -> float:
    assert bounds.estimate is not None  # designed intervals of a base that holds rows always have one
    return bounds.estimate


def _shares(units_a: Units, yes_a: Numbers, units_b: Units, yes_b: Numbers, level: float) -> Sides:
    first, second = designed_proportion(units_a, yes_a, level), designed_proportion(units_b, yes_b, level)
    return Sides(
        first, second, _correlation((units_a, vector("yes_a", yes_a)), (units_b, vector("yes_b", yes_b)), first, second)
    )


def _means(a: tuple[Units, Numbers, Numbers], b: tuple[Units, Numbers, Numbers], level: float, seed: int) -> Sides:
    first, second = designed_mean(*a, level=level, seed=seed), designed_mean(*b, level=level, seed=seed)
    return Sides(first, second, _correlation((a[0], vector("sums", a[1])), (b[0], vector("sums", b[1])), first, second))


def _correlation(a: tuple[Units, Vector], b: tuple[Units, Vector], first: Designed, second: Designed) -> float:
    """Of the two estimates, from what each drawn unit adds to them; shrunk where it is positive."""
    _same_units(a[0], b[0])
    held = a[0].times > 0
    (size_a, sum_a, size_b, sum_b), times = merged(
        a[0].times[held], a[0].size[held], a[1][held], b[0].size[held], b[1][held]
    )
    e = _residuals(size_a, sum_a, _estimate(first.bounds), times)
    f = _residuals(size_b, sum_b, _estimate(second.bounds), times)
    power = float((e**2 * times).sum()) * float((f**2 * times).sum())
    r = max(-1.0, min(1.0, float((e * f * times).sum()) / math.sqrt(power))) if power > 0 else 0.0
    degrees = min(first.degrees, second.degrees)
    return r if r <= 0 else _shrunk(r, degrees)


def _shrunk(r: float, degrees: float) -> float:
    """A positive correlation less one standard error of Fisher's z, not below 0."""
    sure = math.atanh(min(r, 1 - 1e-12)) - 1 / math.sqrt(max(degrees, 1.0))
    return max(math.tanh(sure), 0.0)


def _residuals(size: Vector, sums: Vector, estimate: float, times: Vector) -> Vector:
    """How the estimate changes when a unit is left out, up to its sign; a unit that is alone adds nothing."""
    import numpy as np

    share = size / float((size * times).sum())
    rest = 1 - share
    found: Vector = np.where(rest > 0, (sums - estimate * size) / np.where(rest > 0, rest, 1.0), 0.0)
    return found


def _same_units(a: Units, b: Units) -> None:
    if a.times.shape != b.times.shape or (a.times != b.times).any():
        raise StatisticsError(f"both sides must rest on the same drawn units; got {len(a.times)} and {len(b.times)}")
