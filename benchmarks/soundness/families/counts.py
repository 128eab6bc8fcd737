"""Counts of rows: complete, scaled by a sampling fraction or to a population, as events, collected in part."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from benchmarks.soundness import collecting
from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.collecting import answered
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.ladder import ladder
from factcheck.claims.figures.quantity import Quantity

FAMILY = "count"
COUNTS = (1, 5, 20, 57, 300, 3_990, 60_000)  # rows of the population that count
FRACTIONS = (Fraction(1, 100), Fraction(1, 10), Fraction(1, 2))
HIDDEN = {"": (0.0, 0.0), ", missing at random": (0.1, 0.1), ", missing not at random": (0.15, 0.05)}


def _spec(truth: int, manifest: dict[str, object], **fields: object) -> Spec:
    claimed = (*ladder(Fraction(truth), Quantity.COUNT), f"{truth:,}", f"about {truth:,}", "dozens")
    frame = {"yes": [True, False, None]}
    return Spec({"count": "rows", "that": "yes"}, claimed, {ROWS: frame}, {ROWS: {"unit": "post", **manifest}}, fields)


def investigations() -> Iterator[Investigation]:
    for k in COUNTS:
        truth, everyone = Fraction(k), k * 4
        for name, hidden in HIDDEN.items():
            spec = _spec(k, {"completeness": "complete"})
            yield Investigation(FAMILY, f"complete{name}", f"K = {k}", everyone, spec, _all(k, hidden), bounds=True)
            yield from _sampled(k, name, hidden)
            for known in (False, True):
                stated = {"population": str(everyone)} if known else {}
                spec = _spec(k, {"completeness": "partial", **stated})
                label = f"partial, favours one answer, population {'known' if known else 'unknown'}"
                draws = collecting.chosen(k, 3 * k, (0.8, 0.2), truth, hidden)
                yield Investigation(FAMILY, label, f"K = {k}{name}", everyone, spec, draws, bounds=True)
        spec = _spec(k, {"completeness": "complete"}, about="process")
        yield Investigation(FAMILY, "complete, of a process", f"mean = {k}", k, spec, _events(k))


def _sampled(k: int, name: str, hidden: tuple[float, float]) -> Iterator[Investigation]:
    for fraction in FRACTIONS:
        spec = _spec(k, {"completeness": "random sample", "sample_fraction": f"{float(fraction):g}"})
        draws = collecting.thinned(k, 3 * k, float(fraction), Fraction(k), hidden)
        case, n = f"K = {k}, f = {float(fraction):g}", max(1, round(4 * k * fraction))
        yield Investigation(FAMILY, f"random sample, fraction known{name}", case, n, spec, draws)
        spec = _spec(k, {"completeness": "random sample", "population": str(4 * k)})
        draws = collecting.finite(k, 4 * k, n, Fraction(k), hidden)
        yield Investigation(FAMILY, f"random sample, population known{name}", case, n, spec, draws)


def _all(k: int, hidden: tuple[float, float]) -> collecting.Draws:
    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        lost = zip(generator.binomial(k, hidden[0], times), generator.binomial(3 * k, hidden[1], times), strict=True)
        for a, b in lost:
            yield Draw({ROWS: answered(k - a, 3 * k - b, a + b)}, Fraction(k))

    return draws


def _events(mean: int) -> collecting.Draws:
    """As many rows as chance has it; what is asked of is the mean behind them."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for k in generator.poisson(mean, times):
            yield Draw({ROWS: answered(k, 0)}, Fraction(mean))

    return draws
