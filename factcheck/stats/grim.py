"""Whether a percentage or a mean of whole numbers can come from a base of a given size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from factcheck.errors import StatisticsError
from factcheck.stats.checks import whole


@dataclass(frozen=True)
class Numerators:
    """The whole numbers k for which k/n lies between two ends: `first` to `last`, none where `first` > `last`.

    Where there is none, k = `last` and k = `first` are the neighbours: the nearest k/n below and above the ends.
    """

    first: int
    last: int
    n: int

    @property
    def reachable(self) -> bool:
        return self.first <= self.last


def grim(low: Fraction, high: Fraction, n: int, *, low_open: bool = False, high_open: bool = False) -> Numerators:
    """Granularity-related inconsistency of means (Brown & Heathers 2017, Soc. Psychol. Personal. Sci. 8(4), 363–369).

    low, high: the ends of what rounds to the reported figure, a fraction (0.674 ± 0.0005) or a mean of whole numbers,
    each itself included unless it is `*_open`; with both included a tie may have been rounded up or down. n: the
    base, at least 1.
    """
    base = whole("n", n, 1)
    if low > high:
        raise StatisticsError(f"low must not lie above high; got low={low}, high={high}")
    first, last = math.ceil(low * base), math.floor(high * base)
    first += low_open and first == low * base
    last -= high_open and last == high * base
    return Numerators(first, last, base)
