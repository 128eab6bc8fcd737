"""The investigations, a file for each family."""

from __future__ import annotations

from benchmarks.soundness.families import (
    comparisons,
    correlations,
    counts,
    designs,
    means,
    quantiles,
    ranks,
    series,
    shares,
    sums,
)
from benchmarks.soundness.investigation import Investigation

FAMILIES = (shares, counts, comparisons, means, sums, quantiles, ranks, series, correlations, designs)


def investigations() -> list[Investigation]:
    return [one for family in FAMILIES for one in family.investigations()]
