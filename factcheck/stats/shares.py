"""The share of clustered or weighted rows (Korn–Graubard), with a variance that few units cannot make too small."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import part, rows_if_whole, tail
from factcheck.stats.proportion import clopper_pearson
from factcheck.stats.units import Designed, Units, merged, parts

if TYPE_CHECKING:
    from factcheck.stats.units import Numbers, Vector

KORN_GRAUBARD = "Korn–Graubard"
LEAST_SIZE = 1e-6  # effective rows, below which the interval is [0, 1] and no beta quantile is needed to say so
FEW_EFFECTIVE = 10  # effective rows that count (or do not), below which a tail may pass 5 %


@dataclass(frozen=True)
class Spread:
    """The share p of a design, the variance of p, its degrees of freedom, and the effective rows of the interval."""

    p: float
    variance: float
    degrees: float
    deff: float
    size: float
    flat: bool  # nothing in the units shows how much they differ


def designed_proportion(units: Units, yes: Numbers, level: float = 0.95) -> Designed:
    """The share Σyes/Σsize of rows that were drawn in clusters, or singly with weights, or both.

    `yes` of shape (G,): of `units.size`, the (weighted) rows that count, 0 ≤ yes ≤ size. Clopper and
    Pearson's limits at the effective size n* = p(1 − p)/v·(t_{n−1}/t_df)², at most n (Korn & Graubard
    1998, Survey Methodology 24). `spread` says what v and df are. Where not one unit counts, or every
    one does, or all have the same share, the units are the rows: how alike the rows of a unit are is
    then unknown, and this is the cautious reading. With effectively one cluster the interval is [0, 1].

    Simulated for 5 to 200 clusters of equal or Pareto size and any likeness, no tail passes 5 %. Where the share goes
    with the size, the samples that lack the large clusters do not show it: with a likeness of 0.3 that is all in
    log-normal sizes, one tail is 15 % for 15 clusters, 12 % for 40 and 8 % for 100 where σ = 1 (a note says so), and 7,
    5 and 4 % where σ = 0.6. With weights and fewer than three events to expect it may reach 11 %.
    """
    count, outside = parts("yes", yes, "size", units.size), tail(level)
    found = spread(units, count, outside)
    n, p = rows_if_whole(units.rows), found.p
    if found.degrees <= 0 or found.size < LEAST_SIZE:
        bounds = Bounds(0.0, 1.0, KORN_GRAUBARD, (Note.FEW_CLUSTERS,), p, n, level)
        return Designed(bounds, units.rows / found.deff, 0.0, found.deff)
    limits = clopper_pearson(p * found.size, found.size, level)
    notes = (*limits.notes, *(_flat_note(units) if found.flat else ()))
    if 0 < min(p, 1 - p) * found.size < FEW_EFFECTIVE:
        notes = (*notes, Note.FEW_EVENTS)
    if units.uneven:
        notes = (*notes, Note.UNEVEN_CLUSTERS)
    bounds = Bounds(limits.low, limits.high, KORN_GRAUBARD, notes, p, n, level)
    return Designed(bounds, units.rows / found.deff, found.degrees, found.deff)


def _flat_note(units: Units) -> tuple[Note, ...]:
    return (Note.NO_VARIATION,) if units.clustered else ()


def spread(units: Units, yes: Vector, outside: float) -> Spread:
    """The variance of Σyes/Σsize by the design, and the effective rows that it leaves for a tail of `outside`.

    v is the delete-one jackknife of clusters (of rows drawn singly: the linearised variance), but at least
    what the likeness of rows within a cluster implies for clusters of these sizes: σ²_b·Σq² + σ²_w/n with
    q the cluster's part of all rows and the two components from the analysis of variance (Donald & Donner
    1987, Stat. Med. 6); for rows drawn singly that is p(1 − p) over Kish's size. Without this floor a
    high limit misses the truth in up to 23 % of samples where sizes are Pareto(1.2) and few of the large
    clusters count. df is G_eff − 1, or fewer where few units carry the variance (Satterthwaite, with the
    spread of the squared residuals observed); those fewer never make n* smaller than G_eff.
    """
    held = units.size * units.times > 0
    (m, y), times = merged(units.times[held], units.size[held], yes[held])
    total, groups = float((m * times).sum()), float(times.sum())
    p = min(float((y * times).sum()) / total, 1.0)
    effective, n = units.effective, float(units.rows)
    degrees = effective - 1
    q = m / total
    residual = (y - p * m) / total
    if p in (0.0, 1.0) or degrees <= 1e-9 or float((residual**2 * times).sum()) <= 1e-24 * p * (1 - p):
        size = min(n, effective)
        return Spread(p, 0.0, degrees if degrees > 1e-9 else 0.0, n / size, size, True)
    squares = (residual / (1 - q)) ** 2 if units.clustered else residual**2
    summed = float((squares * times).sum())
    by_design = summed * ((groups - 1) / groups if units.clustered else groups / (groups - 1))
    variance = max(by_design, _by_likeness(units, m, times, y, p))
    few = _few_carriers(squares, times, groups)
    plain = korn_graubard_size(p, variance, n, degrees, outside)
    size = plain if few >= degrees else max(korn_graubard_size(p, variance, n, few, outside), min(plain, effective))
    deff = max(1.0, variance * n / (p * (1 - p)))
    return Spread(p, variance, degrees, deff, size, False)


def _by_likeness(units: Units, m: Vector, times: Vector, y: Vector, p: float) -> float:
    """The variance of the share if every unit of the same size were as uncertain as any other."""
    total, groups, effective = float((m * times).sum()), float(times.sum()), units.effective
    between = p * (1 - p) * effective / (effective - 1)  # as much as units can differ
    if not units.clustered:
        return between / effective
    rows = units.effective_rows
    rate, weight = y / m, m * rows / total
    among = float((weight * (rate - p) ** 2 * times).sum()) / (groups - 1)
    inside = float((weight * rate * (1 - rate) * times).sum()) / max(rows - groups, 1.0)
    usual = (rows - rows / effective) / (groups - 1)  # rows of a cluster of average weight in `among`
    component = min(max((among - inside) / usual, 0.0), between)
    return component / effective + min(inside, p * (1 - p)) / rows


def _few_carriers(squares: Vector, times: Vector, groups: float) -> float:
    """2v²/Var(v) with the variance of v from the squares themselves; infinite where all are equal."""
    first, second = float((squares * times).sum()), float((squares**2 * times).sum())
    excess = second - first**2 / groups
    return 2 * first**2 / excess if excess > 1e-12 * second else math.inf


def korn_graubard_size(p: float, variance: float, n: float, degrees: float, outside: float) -> float:
    """n* = p(1 − p)/variance·(t_{n−1}/t_df)², Korn and Graubard's effective rows (1998, Survey Methodology 24).

    `variance` is that of p by the design, above 0, with `degrees` degrees of freedom; n the rows, which n*
    never passes, and n itself where no t quantile of the rows exists.
    """
    from scipy.special import stdtrit

    part("p", p, "1", 1)
    if not (variance > 0 and degrees > 0 and n > 0):
        raise StatisticsError(
            f"variance, degrees and n must be above 0; got variance={variance}, degrees={degrees}, n={n}"
        )
    if n <= 1:
        return n
    t = float(stdtrit(n - 1, 1 - outside)) / float(stdtrit(degrees, 1 - outside))
    return min(n, p * (1 - p) / variance * t * t)
