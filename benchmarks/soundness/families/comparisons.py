"""Two figures side by side: ratios and differences of shares and of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.ladder import ladder
from benchmarks.soundness.rows import Rows
from factcheck.claims.figures.quantity import Quantity

Cells = Mapping[tuple[bool | None, ...], Fraction]

SHARES = {  # of the first group, of the second one
    "0.005 and 0.005": ("0.005", "0.005"), "0.02 and 0.01": ("0.02", "0.01"), "0.1 and 0.1": ("0.1", "0.1"),
    "0.1 and 0.05": ("0.1", "0.05"), "0.3 and 0.25": ("0.3", "0.25"), "0.5 and 0.5": ("0.5", "0.5"),
    "0.9 and 0.45": ("0.9", "0.45"), "0.98 and 0.99": ("0.98", "0.99"),
}  # fmt: skip
SIZES = (20, 50, 200, 1_000, 10_000)
GROUP = ("first", "second", "yes")  # columns: in the first group, in the second, and the answer
TWO = ("a", "b")  # two conditions over the same rows


def investigations() -> Iterator[Investigation]:
    for name, texts in SHARES.items():
        p, q = (Fraction(text) for text in texts)
        for n in SIZES:
            yield from _groups(name, p, q, n)
            yield from _paired(name, p, q, n)
            yield from _counts(name, p, q, n)


def _spec(kind: str, left: Any, right: Any, truth: Fraction, columns: tuple[str, ...], completeness: str) -> Spec:
    second, quantity = ("to", Quantity.RATIO) if kind == "ratio" else ("minus", Quantity.POINTS)
    frame = {name: [True, False, None] for name in columns}
    whole = {ROWS: {"unit": "post", "completeness": completeness}}
    return Spec({kind: left, second: right}, ladder(truth, quantity), {ROWS: frame}, whole)


def _groups(name: str, p: Fraction, q: Fraction, n: int) -> Iterator[Investigation]:
    """Shares of two groups, one of them half as large."""
    left, right = {"share": "yes", "among": "first"}, {"share": "yes", "among": "second"}
    for kind, truth in (("ratio", p / q), ("difference", p - q)):
        spec = _spec(kind, left, right, truth, GROUP, "random sample")
        draws = _two_samples(p, q, n, truth, 0.0)
        yield Investigation(f"{kind} of shares", "random samples of two groups", name, n, spec, draws)
        if n in (50, 1_000):
            draws = _two_samples(p, q, n, truth, 0.05)
            label = "random samples of two groups, missing not at random"
            yield Investigation(f"{kind} of shares", label, name, n, spec, draws)


def _two_samples(p: Fraction, q: Fraction, n: int, truth: Fraction, hidden: float) -> Callable[..., Iterator[Draw]]:
    lines = [(True, False, answer) for answer in (True, False, None)]
    lines += [(False, True, answer) for answer in (True, False, None)]
    columns = dict(zip(GROUP, zip(*lines, strict=True), strict=True))

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        a, b = generator.binomial(n, float(p), times), generator.binomial(n // 2, float(q), times)
        lost_a, lost_b = generator.binomial(a, hidden), generator.binomial(n // 2 - b, hidden)
        for k, j, u, v in zip(*(each.tolist() for each in (a, b, lost_a, lost_b)), strict=True):
            yield Draw({ROWS: Rows(columns, (k - u, n - k, u, j, n // 2 - j - v, v))}, truth)

    return draws


def _paired(name: str, p: Fraction, q: Fraction, n: int) -> Iterator[Investigation]:
    """Two answers of the same rows that go together, or that are apart."""
    for together, both in (("independent", p * q), ("together", min(p, q) * Fraction(9, 10)), ("apart", Fraction(0))):
        both = max(both, p + q - 1)
        cells = {(True, True): both, (True, False): p - both, (False, True): q - both, (False, False): 1 - p - q + both}
        for kind, truth in (("difference", p - q), ("ratio", p / q)):
            spec = _spec(kind, {"share": "a"}, {"share": "b"}, truth, TWO, "random sample")
            label = "random sample, two answers of the same rows"
            case = f"{name}, {together}"
            yield Investigation(f"{kind} of shares", label, case, n, spec, _cells(cells, n, truth))


def _counts(name: str, p: Fraction, q: Fraction, n: int) -> Iterator[Investigation]:
    """How many rows of one kind there are for each of another."""
    whole = max(Fraction(1), p + q)
    a, b = p / whole, q / whole
    cells = {(True, False): a, (False, True): b, (False, False): 1 - a - b}
    spec = _spec("ratio", {"count": "rows", "that": "a"}, {"count": "rows", "that": "b"}, a / b, TWO, "random sample")
    yield Investigation("ratio of counts", "random sample", name, n, spec, _cells(cells, n, a / b))


def _cells(cells: Cells, n: int, truth: Fraction) -> Callable[..., Iterator[Draw]]:
    columns = dict(zip(TWO, zip(*cells, strict=True), strict=True))
    chances: npt.NDArray[np.float64] = np.array([float(chance) for chance in cells.values()])

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for counts in generator.multinomial(n, chances / chances.sum(), times).tolist():
            yield Draw({ROWS: Rows(columns, tuple(counts))}, truth)

    return draws
