"""Rows that were drawn in clusters, with weights, or both: shares, means, differences and ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.ladder import ladder
from benchmarks.soundness.rows import Rows
from factcheck.claims.figures.quantity import Quantity

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Draws = Callable[[np.random.Generator, int], Iterator[Draw]]

SHARES = tuple(Fraction(text) for text in ("0.02", "0.1", "0.3", "0.64"))
CLUSTERS = {5: 1, 8: 1, 15: 1, 30: 1, 60: 1, 200: 2}  # how many, with how dear they are
LIKENESS = (0.0, 0.1, 0.5)  # of the rows of a cluster: the correlation of their answers
SIZES = {"equal clusters": 10, "Pareto clusters": 6}  # rows of each; of the smallest
PARETO = 1.5
MEAN = 1_000


@dataclass(frozen=True)
class Design:
    """How rows are drawn: `clusters` of `sizes` (None: singly), and whether half of the population, which says yes more
    often, is drawn four times as often as the other half and weighs a quarter."""

    clusters: int
    sizes: str | None
    weighted: bool

    @property
    def label(self) -> str:
        drawn = [self.sizes or "", "weighted" if self.weighted else ""]
        return ", ".join(["random sample", *filter(None, drawn)])

    @property
    def fields(self) -> dict[str, str]:
        fields = {"weight": "w"} if self.weighted else {}
        return fields | ({"cluster": "who"} if self.sizes else {})

    def rows(self, generator: np.random.Generator) -> Whole:
        """How many rows each drawn unit has."""
        if self.sizes is None:
            return np.ones(self.clusters, dtype=np.int64)
        if self.sizes == "equal clusters":
            return np.full(self.clusters, SIZES[self.sizes])
        return (
            np.ceil(SIZES[self.sizes] * (1 + generator.pareto(PARETO, self.clusters))).clip(max=5_000).astype(np.int64)
        )

    def halves(self, generator: np.random.Generator) -> tuple[Floats, Floats]:
        """For each unit its weight, and 1 or −1 for the half of the population that it is from."""
        if not self.weighted:
            return np.ones(self.clusters), np.zeros(self.clusters)
        first = generator.random(self.clusters) < 0.8
        return np.where(first, 1.0, 4.0), np.where(first, 1.0, -1.0)


DESIGNS = (
    *(Design(clusters, sizes, False) for clusters in CLUSTERS for sizes in SIZES),
    *(Design(clusters, sizes, True) for clusters in (15, 60, 200) for sizes in SIZES),
    *(Design(rows, None, True) for rows in (30, 100, 500, 2_000)),
)


def investigations() -> Iterator[Investigation]:
    for design in DESIGNS:
        dear = CLUSTERS.get(design.clusters, 2)
        for likeness in LIKENESS if design.sizes else (0.0,):
            for p in SHARES:
                yield _share(design, p, likeness, dear)
            for p, q in ((Fraction(1, 10), Fraction(1, 20)), (Fraction(3, 5), Fraction(1, 2))):
                yield from _pair(design, p, q, likeness, dear)
            if design.clusters >= 15:
                for shape in ("normal", "lognormal"):
                    yield _mean(design, shape, likeness, 5 * dear)


def _spec(measure: dict[str, Any], truth: Fraction, quantity: Quantity, design: Design, **column: list[Any]) -> Spec:
    frame = {**column, "who": ["a", "b"], "w": [1.0, 4.0]}
    manifest = {ROWS: {"unit": "post", "completeness": "random sample"}}
    return Spec(measure, ladder(truth, quantity), {ROWS: frame}, manifest, design.fields)


def _chances(design: Design, p: float, likeness: float, halves: Floats, generator: np.random.Generator) -> Floats:
    """The chance of a yes in each unit: its half's, varied by how alike the rows of a cluster are."""
    mean = p + halves * min(p, 1 - p) / 2
    if not likeness:
        return mean
    scale = (1 - likeness) / likeness
    return generator.beta(mean * scale, (1 - mean) * scale)


def _lines(rows: Whole, weights: Floats, counts: dict[tuple[Any, ...], Whole], names: tuple[str, ...]) -> Rows:
    """A line for each unit and answer that it gives."""
    columns: dict[str, list[Any]] = {name: [] for name in (*names, "who", "w")}
    times: list[int] = []
    for cell, found in counts.items():
        at = np.flatnonzero(found)
        for name, value in zip(names, cell, strict=True):
            columns[name] += [value] * len(at)
        columns["who"] += at.tolist()
        columns["w"] += weights[at].tolist()
        times += found[at].tolist()
    return Rows(columns, times)


def _share(design: Design, p: Fraction, likeness: float, dear: int) -> Investigation:
    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            rows, (weights, halves) = design.rows(generator), design.halves(generator)
            yes = generator.binomial(rows, _chances(design, float(p), likeness, halves, generator))
            yield Draw({ROWS: _lines(rows, weights, {(True,): yes, (False,): rows - yes}, ("yes",))}, p)

    spec = _spec({"share": "yes"}, p, Quantity.PROPORTION, design, yes=[True, False])
    return Investigation("share", design.label, _case(p, likeness), design.clusters, spec, draws, dear=dear)


def _pair(design: Design, p: Fraction, q: Fraction, likeness: float, dear: int) -> Iterator[Investigation]:
    """Two answers of every row; those of one cluster lean the same way in both."""

    def draws(truth: Fraction) -> Draws:
        def drawn(generator: np.random.Generator, times: int) -> Iterator[Draw]:
            for _ in range(times):
                rows, (weights, halves) = design.rows(generator), design.halves(generator)
                a = _chances(design, float(p), likeness, halves, generator)
                b = np.clip(a * float(q / p), 0, 1)
                cells = np.stack([a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)], axis=1)
                counts = np.array([generator.multinomial(n, cell) for n, cell in zip(rows, cells, strict=True)])
                answers = ((True, True), (True, False), (False, True), (False, False))
                split = {answer: counts[:, i] for i, answer in enumerate(answers)}
                yield Draw({ROWS: _lines(rows, weights, split, ("a", "b"))}, truth)

        return drawn

    for kind, second, truth, quantity in (
        ("difference", "minus", p - q, Quantity.POINTS),
        ("ratio", "to", p / q, Quantity.RATIO),
    ):
        measure = {kind: {"share": "a"}, second: {"share": "b"}}
        spec = _spec(measure, truth, quantity, design, a=[True, False], b=[True, False])
        case = f"{float(p):g} and {float(q):g}, likeness {likeness:g}"
        label = f"{kind} of shares"
        yield Investigation(label, design.label, case, design.clusters, spec, draws(truth), dear=2 * dear)


def _mean(design: Design, shape: str, likeness: float, dear: int) -> Investigation:
    truth = Fraction(MEAN)

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            rows, (weights, halves) = design.rows(generator).clip(max=200), design.halves(generator)
            who = np.repeat(np.arange(len(rows)), rows)
            z = np.sqrt(likeness) * generator.standard_normal(len(rows))[who]
            z = z + np.sqrt(1 - likeness) * generator.standard_normal(len(who))
            # A mean of 1,000 in both halves together, and of 1,200 and 800 in each where they are weighted.
            spread = 1 + 0.2 * halves[who]
            x = np.exp(z - 0.5) if shape == "lognormal" else 1 + 0.3 * z
            columns = {"x": (MEAN * x * spread).round(3).tolist(), "who": who.tolist(), "w": weights[who].tolist()}
            yield Draw({ROWS: Rows(columns, [1] * len(who))}, truth)

    spec = _spec({"mean": "x"}, truth, Quantity.NUMBER, design, x=[1.5, 2.5])
    case = f"{shape}, likeness {likeness:g}"
    return Investigation("mean", design.label, case, design.clusters, spec, draws, dear=dear)


def _case(p: Fraction, likeness: float) -> str:
    return f"p = {float(p):g}, likeness {likeness:g}"
