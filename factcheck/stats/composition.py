"""Simultaneous intervals for the shares of several groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import SupportsIndex

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds
from factcheck.stats.checks import part, tail, whole
from factcheck.stats.proportion import proportion, proportion_with_missing, wilson


def goodman(
    counts: Sequence[SupportsIndex | float], n: SupportsIndex | float, level: float = 0.95
) -> tuple[Bounds, ...]:
    """Intervals that hold for all the named groups together with probability `level`.

    `counts` are the rows of the groups that a claim names, each out of `n`; with m groups each gets
    the score interval at level 1 − (1 − level)/m (Goodman 1965, Technometrics 7:247–254). As published:
    in cells of few rows a low limit fails too often; `composition` mends that.
    """
    size, each = whole("n", n, 1), _each(counts, level)
    return tuple(_renamed(wilson(whole("count", k), size, each), "Goodman", level) for k in counts)


def composition(
    counts: Sequence[SupportsIndex | float],
    n: SupportsIndex | float,
    level: float = 0.95,
    population: SupportsIndex | float | None = None,
    missing: SupportsIndex | float = 0,
) -> tuple[Bounds, ...]:
    """Goodman's intervals, with `proportion`'s exact limits where a group or the rest has under 20 rows.

    One interval for each of `counts`. `missing` of the n rows have no known group: each low end
    counts none of them, each high end all. A group of 1 row shows why the exact limits are needed:
    Goodman's low limit lies above the true share in up to 16 % of samples.
    """
    size, each, unknown = whole("n", n, 1), _each(counts, level), whole("missing", missing)
    _together([*counts, unknown], size)
    if unknown:
        found = [proportion_with_missing(k, unknown, size, each, population) for k in counts]
    else:
        found = [proportion(k, size, each, population) for k in counts]
    return tuple(_renamed(one, _name(one.method), level) for one in found)


def _each(counts: Sequence[SupportsIndex | float], level: float) -> float:
    """The level of a single interval, so that all of them hold together."""
    if not counts:
        raise StatisticsError("counts must name at least one group; got counts=[]")
    return 1 - 2 * tail(level) / len(counts)


def _together(counts: Sequence[SupportsIndex | float], n: int) -> None:
    part("the sum of counts", sum(whole("count", k) for k in counts), "n", n)


def _name(method: str) -> str:
    return "Goodman" if method == "Wilson" else f"{method}, Bonferroni over the named groups"


def _renamed(one: Bounds, method: str, level: float) -> Bounds:
    return Bounds(one.low, one.high, method, one.notes, one.estimate, one.n, level, one.steps)
