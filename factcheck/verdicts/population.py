"""Whether the size of the population, the sampling fraction and the rows collected can all be true."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale

FAR = 6  # standard deviations from the expected number of rows: chance goes that far once in 500 million samples


def population_notes(scale: Scale, datasets: Iterable[Dataset]) -> list[Note]:
    """What does not fit in the manifests: a complete dataset that is not its population, a fraction that was not drawn,
    a sample that is as large as its population.

    A population smaller than what was collected is an error, and told before.
    """
    notes: list[Note] = []
    for dataset in datasets:
        rows, population, fraction = collected(dataset), dataset.population, dataset.sample_fraction
        if rows is None or population is None:
            continue
        facts = {"dataset": dataset.title or dataset.name, "rows": rows, "whole": f"{population:,}"}
        if dataset.completeness == "complete" and rows < population:
            effect = scale.above("collection", "faults", Fraction(population - rows, population))
            notes.append(Note("population-incomplete", facts, "collection", effect))
        if dataset.completeness == "random sample" and fraction is not None and _is_far(rows, population, fraction):
            notes.append(Note("fraction-unlikely", {**facts, "share": fraction}, "collection"))
        if dataset.completeness == "random sample" and rows == population:  # it may be the size of the survey
            notes.append(Note("sample-is-whole", facts, "collection"))
    return notes


def collected(dataset: Dataset) -> int | None:
    """How many different rows there are; None in a table of counts and where it is not known."""
    if dataset.ledger is None or dataset.counts is not None:
        return None
    return dataset.ledger.loaded - dataset.ledger.repeated


def _is_far(rows: int, population: int, fraction: Fraction) -> bool:
    expected = float(fraction * population)
    return abs(rows - expected) > max(1.0, FAR * math.sqrt(expected * (1 - float(fraction))))
