"""Medians and other quantiles, of numbers that differ and of numbers that do not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.soundness import populations
from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Investigation
from benchmarks.soundness.ladder import ladder
from factcheck.claims.figures.quantity import Quantity

FAMILY = "quantile"
SHAPES = ("normal", "lognormal 1.5", "tied")
SIZES = {10: 4, 30: 4, 100: 4, 1_000: 8, 10_000: 20}
POINTS = (Fraction(1, 2), Fraction(9, 10))
HIDING = {"missing at random": populations.at_random, "missing not at random": populations.if_large}


def _spec(truth: Fraction, q: Fraction, manifest: dict[str, Any]) -> Spec:
    measure = {"median": "x"} if q == Fraction(1, 2) else {"quantile": "x", "q": str(float(q))}
    columns = {"columns": {"x": {"range": ["0", str(populations.TOP)]}}} if manifest.pop("ranged", False) else {}
    whole = {ROWS: {"unit": "post", **columns, **manifest}}
    return Spec(measure, ladder(truth, Quantity.NUMBER), {ROWS: {"x": [1, 2, 3]}}, whole)


def investigations() -> Iterator[Investigation]:
    for q in POINTS:
        for n, dear in SIZES.items():
            for shape in SHAPES:
                numbers = populations.endless(shape)
                truth = populations.quantile(numbers, q)
                spec = _spec(truth, q, {"completeness": "random sample"})
                draws, case = populations.sampled(numbers, n, truth, True), f"q = {float(q)}"
                yield Investigation(FAMILY, f"random sample, {shape}", case, n, spec, draws, dear=dear)
            if n in (100, 1_000):
                yield from _missing(q, n, dear)


def _missing(q: Fraction, n: int, dear: int) -> Iterator[Investigation]:
    numbers, some = populations.endless("normal"), populations.finite("normal", 3 * n + 1)
    truth, whole = populations.quantile(numbers, q), _interpolated(some, q)
    case = f"normal, q = {float(q)}"
    for name, hiding in HIDING.items():
        spec = _spec(truth, q, {"ranged": True, "completeness": "random sample"})
        draws = populations.sampled(numbers, n, truth, True, hiding)
        yield Investigation(FAMILY, f"random sample, {name}", case, n, spec, draws, dear=dear)
        spec = _spec(whole, q, {"ranged": True, "completeness": "complete"})
        draws = populations.sampled(some, len(some), whole, False, hiding)
        yield Investigation(FAMILY, f"complete, {name}", case, len(some), spec, draws, bounds=True, dear=dear)
        for stated in ({}, {"population": str(len(some))}):
            spec = _spec(whole, q, {"ranged": True, "completeness": "partial", **stated})
            draws = populations.thinned(some, np.where(some > populations.MEAN, 0.8, 0.2), whole, hiding)
            label = f"partial, favours large ones, population {'known' if stated else 'unknown'}"
            yield Investigation(FAMILY, label, f"{case}, {name}", n, spec, draws, bounds=True, dear=dear)


def _interpolated(numbers: populations.Whole, q: Fraction) -> Fraction:
    """The quantile of a population that is all there, between neighbours (type 7)."""
    ordered = np.sort(numbers)
    position = (len(ordered) - 1) * q
    below = position.numerator // position.denominator
    low, high = int(ordered[below]), int(ordered[min(below + 1, len(ordered) - 1)])
    return low + (high - low) * (position - below)
