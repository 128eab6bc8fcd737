"""How rows that answer yes or no come to be seen: all of them, at random, with answers missing, or in part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from benchmarks.soundness.investigation import Draw
from benchmarks.soundness.rows import Rows

YES = (True, False, None)

Draws = Callable[[np.random.Generator, int], Iterator[Draw]]
Pairs = tuple[np.ndarray, np.ndarray]


def answered(yes: int, no: int, unknown: int = 0) -> Rows:
    return Rows({"yes": YES}, (int(yes), int(no), int(unknown)))


def _drawn(rows: Rows, truth: Fraction) -> Draw:
    return Draw({"rows": rows}, truth)


def complete(p: float, n: int) -> Draws:
    """Every row is seen; the truth is what they say."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for k in generator.binomial(n, p, times):
            yield _drawn(answered(k, n - k), Fraction(int(k), n))

    return draws


def endless(p: Fraction, n: int, hidden: Pairs | tuple[float, float] = (0.0, 0.0)) -> Draws:
    """`n` rows of an endless population; of those with yes and with no a part (`hidden`) does not tell."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        yes = generator.binomial(n, float(p), times)
        lost_yes, lost_no = generator.binomial(yes, hidden[0]), generator.binomial(n - yes, hidden[1])
        for k, a, b in zip(yes, lost_yes, lost_no, strict=True):
            yield _drawn(answered(k - a, n - k - b, a + b), p)

    return draws


def finite(yes: int, everyone: int, n: int, truth: Fraction, hidden: tuple[float, float] = (0.0, 0.0)) -> Draws:
    """`n` rows of a population of which `yes` count."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        found = generator.hypergeometric(yes, everyone - yes, n, times)
        lost_yes, lost_no = generator.binomial(found, hidden[0]), generator.binomial(n - found, hidden[1])
        for k, a, b in zip(found, lost_yes, lost_no, strict=True):
            yield _drawn(answered(k - a, n - k - b, a + b), truth)

    return draws


def thinned(yes: int, no: int, fraction: float, truth: Fraction, hidden: tuple[float, float] = (0.0, 0.0)) -> Draws:
    """Each row of a population is seen with the same chance."""
    return chosen(yes, no, (fraction, fraction), truth, hidden)


def chosen(
    yes: int, no: int, chances: tuple[float, float], truth: Fraction, hidden: tuple[float, float] = (0.0, 0.0)
) -> Draws:
    """Rows are seen with one chance if they answer yes and with another if no: a search that favours one answer."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        ayes, noes = generator.binomial(yes, chances[0], times), generator.binomial(no, chances[1], times)
        lost_yes, lost_no = generator.binomial(ayes, hidden[0]), generator.binomial(noes, hidden[1])
        for k, j, a, b in zip(ayes, noes, lost_yes, lost_no, strict=True):
            yield _drawn(answered(k - a, j - b, a + b), truth)

    return draws


def incomplete(p: float, n: int, hidden: tuple[float, float]) -> Draws:
    """Every row is there, but a part does not tell its answer; the truth is that of all rows."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        yes = generator.binomial(n, p, times)
        lost_yes, lost_no = generator.binomial(yes, hidden[0]), generator.binomial(n - yes, hidden[1])
        for k, a, b in zip(yes, lost_yes, lost_no, strict=True):
            yield _drawn(answered(k - a, n - k - b, a + b), Fraction(int(k), n))

    return draws
