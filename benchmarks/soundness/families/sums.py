"""Sums of numbers, scaled up from samples."""

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

FAMILY = "sum"
SHAPES = ("normal", "lognormal 1", "lognormal 1.5", "mostly zero")
SIZES = {50: 3, 200: 4, 1_000: 8, 10_000: 20}
HIDING = {"": None, ", missing at random": populations.at_random, ", missing not at random": populations.if_large}


def _spec(truth: Fraction, manifest: dict[str, Any]) -> Spec:
    claimed = (*ladder(truth, Quantity.NUMBER), f"about {round(truth, -4)}")
    columns = {"columns": {"x": {"range": ["0", str(populations.TOP)]}}} if manifest.pop("ranged", False) else {}
    return Spec({"sum": "x"}, claimed, {ROWS: {"x": [1, 2, 3]}}, {ROWS: {"unit": "post", **columns, **manifest}})


def investigations() -> Iterator[Investigation]:
    for shape in SHAPES:
        for n, dear in SIZES.items():
            for times in (2, 20):
                yield from _sampled(shape, n, times, dear)
    numbers = populations.finite("normal", 600)
    truth = Fraction(int(numbers.sum()))
    for name, hiding in HIDING.items():
        spec = _spec(truth, {"ranged": True, "completeness": "complete"})
        draws = populations.sampled(numbers, 600, truth, False, hiding)
        yield Investigation(FAMILY, f"complete{name}", "normal", 600, spec, draws, bounds=True, dear=4)
        for stated in ({}, {"population": "600"}):
            spec = _spec(truth, {"ranged": True, "completeness": "partial", **stated})
            draws = populations.thinned(numbers, np.where(numbers > populations.MEAN, 0.8, 0.2), truth, hiding)
            label = f"partial, favours large ones, population {'known' if stated else 'unknown'}"
            yield Investigation(FAMILY, label, f"normal{name}", 300, spec, draws, bounds=True, dear=4)


def _sampled(shape: str, n: int, times: int, dear: int) -> Iterator[Investigation]:
    numbers = populations.finite(shape, n * times)
    truth = Fraction(int(numbers.sum()))
    fraction = np.full(len(numbers), 1 / times)
    for name, hiding in HIDING.items():
        if hiding is not None and shape != "normal":
            continue
        ranged = {"ranged": hiding is not None, "completeness": "random sample"}
        spec = _spec(truth, {**ranged, "sample_fraction": str(1 / times)})
        draws, case = populations.thinned(numbers, fraction, truth, hiding), f"f = 1/{times}"
        yield Investigation(FAMILY, f"random sample, {shape}, fraction known{name}", case, n, spec, draws, dear=dear)
        spec = _spec(truth, {**ranged, "population": str(len(numbers))})
        draws = populations.sampled(numbers, n, truth, False, hiding)
        yield Investigation(FAMILY, f"random sample, {shape}, population known{name}", case, n, spec, draws, dear=dear)
