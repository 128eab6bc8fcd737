"""The investigations, a file for each family."""

from __future__ import annotations

from benchmarks.soundness.families import counts, shares
from benchmarks.soundness.investigation import Investigation

FAMILIES = (shares, counts)


def investigations() -> list[Investigation]:
    return [one for family in FAMILIES for one in family.investigations()]
