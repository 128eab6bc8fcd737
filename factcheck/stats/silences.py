"""How short the longest silence may be, when further events may lie anywhere in it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import SupportsIndex

from factcheck.errors import StatisticsError
from factcheck.stats.checks import whole

EXACT = 100_000  # events that are placed one by one


def least_longest(lengths: Sequence[Fraction | int], events: SupportsIndex | float) -> Fraction:
    """The smallest value that the largest of `lengths` can take when `events` cuts are made anywhere.

    A length cut j times has a part of at least 1/(j + 1) of it, and equal parts are best; each cut goes where the
    largest part is. That is the optimum, since a largest part below L needs at least ⌈length/L⌉ − 1 cuts in each
    length, and the largest part is never cut in vain. Beyond `EXACT` events the bound Σ lengths/(events + how many
    lengths) stands for it, which is never larger. Lengths in any unit, not negative; the result in the same.
    """
    cuts = whole("events", events)
    for length in lengths:
        if not 0 <= length < math.inf:
            raise StatisticsError(f"lengths must be finite and not negative; got {length}")
    known = [Fraction(length) for length in lengths if length > 0]
    if not known:
        return Fraction(0)
    if cuts > EXACT:
        return sum(known, Fraction(0)) / (cuts + len(known))
    heap = [(-length, 1, length) for length in known]
    heapq.heapify(heap)
    for _ in range(cuts):
        _, parts, length = heap[0]
        heapq.heapreplace(heap, (-length / (parts + 1), parts + 1, length))
    return -heap[0][0]
