"""The investigations, a file for each family."""

from __future__ import annotations

from benchmarks.soundness.families import comparisons, counts, means, quantiles, ranks, shares, sums
from benchmarks.soundness.investigation import Investigation

FAMILIES = (shares, counts, means, sums, quantiles, comparisons, ranks)


def investigations() -> list[Investigation]:
    return [one for family in FAMILIES for one in family.investigations()]
