"""Quantiles of weighted or clustered rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.shares import designed_proportion
from factcheck.stats.units import Designed, Units, refuse, same_shape, vector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.units import Numbers, Vector

    Codes = npt.NDArray[np.int64]
    Share = Callable[[int, bool, float], Designed]

METHOD = "inverted tests of the share below"
MOST_WEIGHTS = 5_000  # different weights of rows drawn singly that are held apart
_EVEN = 1e-12  # of the whole weight: nearer than that, a sum of weights is exactly at the quantile


def weighted_quantile(values: Numbers, weights: Numbers, q: float | Fraction) -> float:
    """The smallest value with at least the part q of all weight at or below it.

    `values` and `weights` of shape (d,), any order, weights at least 0; a value may be infinite. Where the weight up to
    a value is exactly q, the mean of it and the next one: the median of an even number of equal weights is the
    mean of both middle values (Hyndman & Fan 1996, type 2, with weights; SAS's QNTLDEF=5; `qrule="school"` of R's
    survey package for the median).
    """
    import numpy as np

    x, w = np.asarray(values, dtype=np.float64), vector("weights", weights)
    same_shape("values", x, "weights", w)
    refuse("values", x, np.isnan(x), "a number")
    refuse("weights", w, w < 0, "at least 0")
    x, w = x[w > 0], w[w > 0]
    if not len(x):
        raise StatisticsError("weights must sum to more than 0; got weights=0")
    order = np.lexsort((w, x))
    x, total = x[order], math.fsum(w.tolist())
    gap = np.cumsum(w[order]) - float(_part(q)) * total
    at = int(np.argmax(gap >= -_EVEN * total)) if (gap >= -_EVEN * total).any() else len(x) - 1
    if abs(gap[at]) > _EVEN * total or at == len(x) - 1:
        return float(x[at])
    low, high = float(x[at]), float(x[at + 1])
    return low if low == high else (low + high) / 2


def designed_quantile(
    units: Units,
    unit: Codes,
    values: Numbers,
    weights: Numbers,
    q: float | Fraction = 0.5,
    level: float = 0.95,
    low: float = -math.inf,
    high: float = math.inf,
) -> Designed:
    """The q-quantile of a number over rows that were drawn in clusters, or singly with weights, or both.

    Entries in step, of shape (E,): `values`, their `weights`, and the `unit` that holds them (a place in
    `units.size`). What a unit's size has beyond its entries are rows whose value is missing: each lies anywhere in
    [low, high]. A value lies below the quantile only where the upper limit of the share of rows up to it, with all
    missing ones below, falls short of q; above it where the lower limit of the share of rows before it passes q
    (`designed_proportion`; Francisco & Fuller 1991, Annals of Statistics 19, test inversion; Woodruff 1952). Of rows
    drawn singly with equal weights these are Conover's order statistics. Where no value will do, that side ends at
    `low` or `high`, with a note.
    """
    import numpy as np

    x, w = vector("values", values), vector("weights", weights)
    same_shape("values", x, "weights", w)
    refuse("weights", w, w < 0, "at least 0")
    order = np.lexsort((w, unit, x))
    x, w, unit = x[order], w[order], np.asarray(unit)[order]
    different, starts = np.unique(x, return_index=True)
    ends, part, several = np.append(starts, len(x)), float(_part(q)), len(different)
    share = _clustered(units, unit, w) if units.clustered else _single(units, unit)

    def rises(k: int) -> bool:
        """Whether the share of the first k values, and of all missing ones, may reach q."""
        return share(int(ends[k]), True, level).bounds.high >= part

    def passes(k: int) -> bool:
        """Whether the share of the first k values is above q for certain."""
        return share(int(ends[k]), False, level).bounds.low > part

    each = np.bincount(np.repeat(np.arange(several), np.diff(ends)), w * units.times[unit], several)
    cumulated = np.cumsum(each.astype(np.float64))
    at = share(int(ends[1 + min(_place(cumulated, part), several - 1)]), False, level)
    # Where Woodruff's limits lie is where the search begins: most of it is done then.
    p, step = at.bounds.estimate or 0.0, max(1, round(several * (at.bounds.high - at.bounds.low) / 40))
    first = _first(rises, _place(cumulated, part - (p - at.bounds.low)), step, several + 1)
    last = _first(passes, _place(cumulated, part + (at.bounds.high - p)), step, several + 1)
    bottom = low if first == 0 else float(different[first - 1])
    top = high if last > several else float(different[last - 1])
    notes = (Note.NO_ORDER_STATISTIC,) if first == 0 or last > several else ()
    few = tuple(note for note in at.bounds.notes if note is Note.FEW_CLUSTERS)
    bounds = Bounds(min(bottom, top), max(bottom, top), METHOD, (*few, *notes), None, units.rows, level)
    return replace(at, bounds=bounds)


def _clustered(units: Units, unit: Codes, w: Vector) -> Share:
    """The share of the first entries, and of what is missing, over clusters."""
    import numpy as np

    missing = np.maximum(units.size - np.bincount(unit, w, len(units.size)), 0.0)
    missing[missing < 1e-9 * units.size] = 0.0

    def share(stop: int, with_missing: bool, level: float) -> Designed:
        yes = np.bincount(unit[:stop], w[:stop], len(units.size)) + (missing if with_missing else 0.0)
        return designed_proportion(units, np.minimum(yes, units.size), level)

    return share


def _single(units: Units, unit: Codes) -> Share:
    """The same over rows drawn singly: those of one weight are alike, but that they count or do not.

    Of more different weights than are held apart, those that agree in four digits are taken as one: that moves a limit
    by a thousandth of its distance from the estimate at most.
    """
    import numpy as np

    weights, kind = np.unique(units.size, return_inverse=True)
    if len(weights) > MOST_WEIGHTS:
        exponents = np.floor(np.log10(np.maximum(units.size, np.finfo(float).tiny)))
        weights, kind = np.unique(np.round(units.size / 10.0**exponents, 3) * 10.0**exponents, return_inverse=True)
    several = len(weights)
    every = np.bincount(kind, units.times, several)
    entries, times = kind[unit], units.times[unit]
    known = np.bincount(entries, times, several)
    sizes, yes = np.append(weights, weights), np.append(weights, np.zeros(several))

    def share(stop: int, with_missing: bool, level: float) -> Designed:
        below = np.bincount(entries[:stop], times[:stop], several) + ((every - known) if with_missing else 0)
        return designed_proportion(replace(units, size=sizes, times=np.append(below, every - below)), yes, level)

    return share


def _place(cumulated: Vector, part: float) -> int:
    """How many values lie before the one at which the weights reach a part of all."""
    return int(cumulated.searchsorted(part * cumulated[-1]))


def _first(holds: Callable[[int], bool], start: int, step: int, most: int) -> int:
    """The smallest number from 0 for which a condition that stays true holds, sought outwards from `start`; `most` is
    taken to hold and never tried."""
    low, high = start, start
    if holds(min(start, most - 1)):
        high, low = min(start, most - 1), max(start - step, 0)
        while low > 0 and holds(low):
            high, step = low, step * 2
            low = max(high - step, 0)
        if low == 0 and holds(0):
            return 0
        low += 1
    else:
        low, high = start + 1, min(start + step, most)
        while high < most and not holds(high):
            low, step = high + 1, step * 2
            high = min(high + step, most)
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _part(q: float | Fraction) -> Fraction:
    if not 0 <= q <= 1:
        raise StatisticsError(f"q must lie between 0 and 1; got q={q}")
    return q if isinstance(q, Fraction) else Fraction(repr(float(q)))
