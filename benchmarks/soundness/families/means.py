"""Means of normal and of skew numbers."""

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

FAMILY = "mean"
SHAPES = ("normal", "lognormal 0.5", "lognormal 1", "lognormal 1.5", "mostly zero")
SIZES = {10: 10, 30: 2, 50: 2, 100: 2, 200: 3, 500: 4, 2_000: 8, 10_000: 20, 100_000: 80}  # with how dear they are
HIDING = {"missing at random": populations.at_random, "missing not at random": populations.if_large}


def _spec(truth: Fraction, manifest: dict[str, Any], **column: Any) -> Spec:
    claimed = (*ladder(truth, Quantity.NUMBER), f"about {round(truth, -2)}")
    columns = {"columns": {"x": column}} if column else {}
    whole = {ROWS: {"unit": "post", **columns, **manifest}}
    return Spec({"mean": "x"}, claimed, {ROWS: {"x": [1, 2, 3]}}, whole)


def investigations() -> Iterator[Investigation]:
    for shape in SHAPES:
        numbers = populations.endless(shape)
        truth = populations.mean(numbers)
        for n, dear in SIZES.items():
            spec = _spec(truth, {"completeness": "random sample"})
            draws = populations.sampled(numbers, n, truth, True)
            yield Investigation(FAMILY, f"random sample, {shape}", "", n, spec, draws, dear=dear)
            if n in (50, 500):
                yield from _finite(shape, n, dear)
    for n in (50, 500):
        yield from _missing(n)


def _finite(shape: str, n: int, dear: int) -> Iterator[Investigation]:
    for size in (2 * n, 20 * n):
        numbers = populations.finite(shape, size)
        truth = populations.mean(numbers)
        spec = _spec(truth, {"completeness": "random sample", "population": str(size)})
        draws = populations.sampled(numbers, n, truth, False)
        label = f"random sample, {shape}, population known"
        yield Investigation(FAMILY, label, f"N = {size:,}", n, spec, draws, dear=dear)


def _missing(n: int) -> Iterator[Investigation]:
    """Numbers within a stated range: some of them missing, and a search that finds large ones more often."""
    numbers = populations.endless("normal")
    some = populations.finite("normal", 3 * n)
    truth, whole = populations.mean(numbers), populations.mean(some)
    bounded = {"range": ["0", str(populations.TOP)]}
    for name, hiding in HIDING.items():
        spec = _spec(truth, {"completeness": "random sample"}, **bounded)
        draws = populations.sampled(numbers, n, truth, True, hiding)
        yield Investigation(FAMILY, f"random sample, {name}", "normal", n, spec, draws, dear=4)
        spec = _spec(whole, {"completeness": "complete"}, **bounded)
        draws = populations.sampled(some, 3 * n, whole, False, hiding)
        yield Investigation(FAMILY, f"complete, {name}", "normal", 3 * n, spec, draws, bounds=True, dear=4)
        for stated in ({}, {"population": str(3 * n)}):
            spec = _spec(whole, {"completeness": "partial", **stated}, **bounded)
            draws = populations.thinned(some, np.where(some > whole, 0.8, 0.2), whole, hiding)
            label = f"partial, favours large ones, population {'known' if stated else 'unknown'}"
            yield Investigation(FAMILY, label, name, n, spec, draws, bounds=True, dear=4)
