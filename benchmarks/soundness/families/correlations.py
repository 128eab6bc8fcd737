"""Correlations of two columns, of normal and of skew numbers, with and without ties."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.ladder import ladder
from benchmarks.soundness.rows import Rows
from factcheck.claims.figures.quantity import Quantity

SIZES = {10: 4, 30: 4, 100: 4, 1_000: 16}
RHO = (0.0, 0.3, 0.7, 0.95)

Floats = npt.NDArray[np.float64]


def investigations() -> Iterator[Investigation]:
    for rho in RHO:
        for method in ("spearman", "kendall", "pearson"):
            for shape in ("normal", "five levels") if method == "spearman" else ("normal", "lognormal"):
                for n, dear in SIZES.items():
                    truth = Fraction(_truth(method, shape, rho)).limit_denominator(10**9)
                    measure = {"correlation": ["x", "y"], "method": method}
                    whole = {ROWS: {"unit": "post", "completeness": "random sample"}}
                    claimed = (*ladder(truth, Quantity.CORRELATION), "more than 0.5")
                    spec = Spec(measure, claimed, {ROWS: {"x": [1.5, 2.5], "y": [1.5, 2.5]}}, whole)
                    label, case = f"random sample, {shape}", f"{method}, {float(truth):.3f}"
                    draws = _pairs(shape, rho, n, truth)
                    yield Investigation("correlation", label, case, n, spec, draws, dear=dear)


def _truth(method: str, shape: str, rho: float) -> float:
    """Of the whole population: known for normal numbers, and for lognormal ones with deviation 1/2 on the log scale."""
    if method == "kendall":
        return 2 / math.pi * math.asin(rho)
    if method == "spearman":
        return 6 / math.pi * math.asin(rho / 2) if shape == "normal" else _of_levels(rho)
    return rho if shape == "normal" else math.expm1(rho / 4) / math.expm1(1 / 4)


@cache
def _of_levels(rho: float) -> float:
    """Spearman's ρ of five equally frequent levels, from the chance of each pair of them."""
    from scipy.stats import multivariate_normal, norm

    cuts = [-8.0, *norm.ppf([0.2, 0.4, 0.6, 0.8]), 8.0]
    joint = multivariate_normal(cov=[[1, rho], [rho, 1]])
    below = np.array([[joint.cdf([a, b]) for b in cuts] for a in cuts])
    cells = np.diff(np.diff(below, axis=0), axis=1)
    ranks = np.arange(5) - 2
    return float((cells * np.outer(ranks, ranks)).sum() / (ranks**2).mean())


def _pairs(shape: str, rho: float, n: int, truth: Fraction) -> Callable[..., Iterator[Draw]]:
    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            x = generator.standard_normal(n)
            y = rho * x + math.sqrt(1 - rho * rho) * generator.standard_normal(n)
            columns = {"x": _shaped(x, shape).tolist(), "y": _shaped(y, shape).tolist()}
            yield Draw({ROWS: Rows(columns, [1] * n)}, truth)

    return draws


def _shaped(values: Floats, shape: str) -> Floats:
    if shape == "five levels":
        from scipy.special import ndtr

        return np.floor(ndtr(values) * 5)
    return np.exp(values / 2) if shape == "lognormal" else values
