"""What a dataset and its columns rest on: columns read by `expr`, and datasets read by `query`, all the way down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.evidence.dataset import Dataset, Origin


def foundations(dataset: Dataset) -> list[Dataset]:
    """The dataset and all that it is made from, each once, the dataset itself first."""
    found = {dataset.name: dataset}
    for read in dataset.made_from:
        found |= {below.name: below for below in foundations(read) if below.name not in found}
    return list(found.values())


def traced(dataset: Dataset, columns: Iterable[str], *, rows: bool = True) -> list[tuple[Dataset, str]]:
    """The columns with every other that their values come from, in the order in which they are met.

    With `rows`, the columns that decide which rows a `query` gives are among them whatever is asked for.
    """
    known = {below.name: below for below in foundations(dataset)}
    seen: dict[Origin, None] = {}
    waiting = [Origin(dataset.name, column) for column in columns]
    waiting += [origin for below in known.values() for origin in below.chosen_by] if rows else []
    while waiting:
        origin = waiting.pop(0)
        if origin not in seen and origin.dataset in known and origin.column in known[origin.dataset].columns:
            seen[origin] = None
            waiting += _below(known[origin.dataset], origin.column)
    return [(known[origin.dataset], origin.column) for origin in seen]


def _below(dataset: Dataset, name: str) -> Iterator[Origin]:
    column = dataset.columns[name]
    yield from (Origin(dataset.name, used) for used in column.uses)
    yield from column.origins
