"""Values that no row has: `country = 'Rusia'` is a condition that finds nothing, and nobody is told why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from factcheck.cases.build import BoundCase
from factcheck.claims.figures import NumberClaim
from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import literals
from factcheck.measures.measurement import Note
from factcheck.text.suggest import near

MOST = 5_000  # distinct values that are searched for near spellings

Key = tuple[str, str]  # dataset, column


class Values(Protocol):
    """What can be asked about a column: which of some values occur, and the commonest ones."""

    def occurring(self, dataset: Dataset, column: str, values: Sequence[str]) -> frozenset[str]: ...

    def commonest(self, dataset: Dataset, column: str, most: int) -> list[str]: ...


def absent_values(
    cases: Iterable[BoundCase], values: Values, datasets: Mapping[str, Dataset]
) -> tuple[list[Problem], dict[int, tuple[Note, ...]]]:
    """A warning for each value that a condition names and no row has, and a note on the case it stands in.

    The notes are keyed by the position of the case.
    """
    cases = list(cases)
    named: dict[Key, dict[str, None]] = {}
    for case in cases:
        for dataset, bound, _ in case.conditions:
            for column, value in literals(bound):
                named.setdefault((dataset, column), {})[value] = None
    absent = {key: _absent(values, datasets, key, list(found)) for key, found in named.items()}
    close = {
        key: {value: tuple(near(value, _commonest(values, datasets, key))) for value in sorted(found)}
        for key, found in absent.items()
        if found
    }
    problems: list[Problem] = []
    notes: dict[int, tuple[Note, ...]] = {}
    for index, case in enumerate(cases):
        for dataset, bound, path in case.conditions:
            for column, value in literals(bound):
                spellings = close.get((dataset, column), {}).get(value)
                if spellings is None:
                    continue
                sought = "" if spellings else _sought(case, path)
                if not sought:
                    problems.append(_problem(case, path, column, value, spellings))
                facts = {"value": value, "column": column, "near": spellings, "claimed": sought}
                note = Note("absent-value", facts, "reading")
                if note not in notes.get(index, ()):
                    notes[index] = (*notes.get(index, ()), note)
    return list(dict.fromkeys(problems)), notes


def _sought(case: BoundCase, path: tuple[str | int, ...]) -> str:
    """What is claimed, if it is that nothing satisfies this condition: that no row has the value is then what it says.

    A value spelt wrongly makes such a claim true all the same, so that the note stays. Of a condition that only says
    which rows are looked at (`where`) nothing of the kind is claimed.
    """
    claimed, measure = case.claimed, case.case.claim.measure or {}
    own = ("that", "share", *(("among",) if "count" in measure else ()))
    if not isinstance(claimed, NumberClaim) or path[-1:] not in [(key,) for key in own]:
        return ""
    none = claimed.region.contains(Fraction(0)) and (claimed.region.is_point or claimed.figure == 0)
    return claimed.text if none else ""


def _absent(values: Values, datasets: Mapping[str, Dataset], key: Key, wanted: list[str]) -> frozenset[str]:
    try:
        return frozenset(wanted) - values.occurring(datasets[key[0]], key[1], wanted)
    except EvidenceError:
        # The claims that use this column are errors already; a spelling hint is not worth a second one.
        return frozenset()


def _commonest(values: Values, datasets: Mapping[str, Dataset], key: Key) -> list[str]:
    """Where near spellings are looked for: nowhere if the engine does not list them. The value is absent even so."""
    try:
        return values.commonest(datasets[key[0]], key[1], MOST)
    except EvidenceError:
        return []


def _problem(
    case: BoundCase, path: tuple[str | int, ...], column: str, value: str, spellings: tuple[str, ...]
) -> Problem:
    place = case.case.place(*path)
    at = place.excerpt.find(f"'{value}'", place.column - 1) + 1
    if at > 0:
        place = type(place)(place.file, place.line, at + 1, len(value), place.excerpt)
    hint = f"did you mean '{spellings[0]}'?" if spellings else ""
    return Problem(f"no row has {column} = '{value}'", place, hint, "warning")
