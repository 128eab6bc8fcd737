"""Rows by day: trends with neighbours that depend on one another, and days that stand out by chance alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.rows import Rows
from factcheck.stats.peaks import peaks

START = datetime(2026, 1, 1)
LENGTHS = (8, 15, 30, 90, 200)
DEPENDENCE = (0.0, 0.3, 0.6, 0.9)  # of neighbouring days
CHANGES = (Fraction(-1, 2), Fraction(-1, 10), Fraction(-11, 100), Fraction(0), Fraction(1, 10), Fraction(1))
DISPERSION = (0.0, 0.1, 0.5)  # of the noise of days, beyond that of chance alone

Floats = npt.NDArray[np.float64]


def investigations() -> Iterator[Investigation]:
    for days in LENGTHS:
        for usual in (5, 50):
            for r in DEPENDENCE:
                yield from _trends(days, usual, r)
    for days in (15, 30, 90, 365):
        for usual in (3, 20, 200):
            for kappa in DISPERSION:
                yield from _peaks(days, usual, kappa)


def _spec(measure: dict[str, Any], claimed: tuple[Any, ...], manifest: dict[str, Any], **fields: Any) -> Spec:
    return Spec(measure, claimed, {ROWS: {"at": [START, START]}}, {ROWS: {"unit": "post", **manifest}}, fields)


def rows_of(counts: Sequence[int]) -> Rows:
    """So many rows on each day, half of them in its first second and half in its last."""
    at, times = [], []
    for day, count in enumerate(counts):
        begin = START + timedelta(days=day)
        for moment, part in ((begin, count - count // 2), (begin + timedelta(hours=23, minutes=59), count // 2)):
            if part:
                at.append(moment)
                times.append(int(part))
    return Rows({"at": at}, times)


def _trends(days: int, usual: int, r: float) -> Iterator[Investigation]:
    measure, claimed = {"trend": "at", "per": "day"}, ("rising", "falling", "flat")
    for change in CHANGES:
        spec = _spec(measure, claimed, {"completeness": "complete"}, about="process")
        case = f"change {float(change):+g}, {usual} a day"
        label = f"complete, of a process, neighbours depend by {r:g}"
        draws = _process(days, usual, r, change)
        yield Investigation("trend", label, case, days, spec, draws, dear=4)


def _process(days: int, usual: int, r: float, change: Fraction) -> Callable[..., Iterator[Draw]]:
    line = usual * np.exp(math.log1p(float(change)) * np.arange(days) / (days - 1))

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            noise = _noise(generator, days, r)
            yield Draw({ROWS: rows_of(generator.poisson(line * noise).tolist())}, change)

    return draws


def _noise(generator: np.random.Generator, days: int, r: float) -> Floats:
    """What days have in common with their neighbours: factors of mean one, a tenth of them above 1.46."""
    if r == 0:
        return np.ones(days)
    sigma, steps = 0.3, generator.standard_normal(days)
    for t in range(1, days):
        steps[t] = r * steps[t - 1] + math.sqrt(1 - r * r) * steps[t]
    return np.asarray(np.exp(sigma * steps - sigma**2 / 2), dtype=np.float64)


def _peaks(days: int, usual: int, kappa: float) -> Iterator[Investigation]:
    """No day but by chance; and a sample of such days, of which some stand out."""
    middle = (START + timedelta(days=days // 2)).date().isoformat()
    claimed = ([], {"includes": [middle]}, {"excludes": [middle]})
    case = f"{usual} a day, noise {kappa:g}"
    spec = _spec({"peaks": "at", "per": "day"}, claimed, {"completeness": "complete"})
    yield Investigation("peaks", "complete, none but by chance", case, days, spec, _days(days, usual, kappa), dear=4)
    spec = _spec({"peaks": "at", "per": "day"}, claimed, {"completeness": "random sample", "sample_fraction": "0.2"})
    draws = _sampled(days, usual * 5, kappa)
    yield Investigation("peaks", "random sample, those of all rows", case, days, spec, draws, dear=8)


def _counts(generator: np.random.Generator, days: int, usual: float, kappa: float) -> npt.NDArray[np.int64]:
    """Days that differ more than chance has it, with a tail as heavy as a gamma distribution gives."""
    factor = generator.gamma(1 / kappa, kappa, days) if kappa else 1.0
    counts = generator.poisson(usual * factor, days)
    counts[[0, -1]] = np.maximum(counts[[0, -1]], 2)  # rows at either end say how long the time is
    return counts


def _days(days: int, usual: int, kappa: float) -> Callable[..., Iterator[Draw]]:
    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            yield Draw({ROWS: rows_of(_counts(generator, days, usual, kappa).tolist())}, frozenset())

    return draws


def _sampled(days: int, usual: int, kappa: float) -> Callable[..., Iterator[Draw]]:
    """One day has three times as many; what is true is what all rows would have shown."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            whole = _counts(generator, days, usual, kappa)
            whole[days // 2] *= 3
            found = peaks(whole.astype(float).tolist(), cycle=7).found
            truth = frozenset((START + timedelta(days=i)).date().isoformat() for i in found)
            seen = generator.binomial(whole, 0.2)
            seen[[0, -1]] = np.maximum(seen[[0, -1]], 1)
            yield Draw({ROWS: rows_of(seen.tolist())}, truth)

    return draws
