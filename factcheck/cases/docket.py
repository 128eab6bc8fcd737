"""Claims laid out as cases: the claim itself or its checks, each with its variants, and the data they need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from factcheck.cases.case import Case, variants
from factcheck.claims.reading import ClaimSource
from factcheck.errors import Problem


@dataclass(frozen=True, eq=False)
class Entry:
    """A case, and the same case with each other choice that `vary` names."""

    case: Case
    variants: tuple[Case, ...] = ()

    def __iter__(self) -> Iterator[Case]:
        yield self.case
        yield from self.variants


@dataclass(frozen=True, eq=False)
class Docket:
    """A claim with everything that is evaluated for it: itself, or each of its checks."""

    source: ClaimSource
    entries: tuple[Entry, ...]
    needs: frozenset[str]

    @property
    def has_checks(self) -> bool:
        return bool(self.source.parts)

    def cases(self) -> Iterator[Case]:
        """Every case that needs evidence."""
        for entry in self.entries:
            yield from (case for case in entry if case.claim.unverifiable is None)


def lay_out(claims: Iterable[ClaimSource], datasets: Collection[str]) -> tuple[list[Docket], list[Problem]]:
    """A docket for each claim, and what is wrong with its variants."""
    dockets: list[Docket] = []
    problems: list[Problem] = []
    for source in claims:
        entries = []
        for part in source.parts or (source,):
            part = _levelled(part, source)
            others, wrong = variants(part)
            problems += wrong
            entries.append(Entry(Case(part, part.claim), tuple(others)))
        needs = {name for entry in entries for case in entry for name in _needs(case, datasets)}
        dockets.append(Docket(source, tuple(entries), frozenset(needs)))
    return dockets, problems


def _levelled(part: ClaimSource, whole: ClaimSource) -> ClaimSource:
    """With `combine: any`, each of k checks gets the level 1 − α/k, since any of them may support by chance."""
    claim = part.claim
    if whole.claim.combine == "any" and len(whole.parts) > 1:
        level = 1 - (1 - claim.level) / Fraction(len(whole.parts))
        return replace(part, claim=claim.model_copy(update={"level": level}))
    return part


def _needs(case: Case, datasets: Collection[str]) -> set[str]:
    """The datasets that a case names: its own, those of the sides of a measure, those of its SQL."""
    names = {str(case.claim.dataset)} if case.claim.dataset is not None else set()
    return (names | set(_named(case.claim.measure or {}, datasets))) & set(datasets)


def _named(measure: Mapping[str, Any], datasets: Collection[str]) -> Iterator[str]:
    for key, value in measure.items():
        if isinstance(value, dict):
            yield from _named(value, datasets)
        elif key in ("dataset", "nodes"):
            yield str(value)
        elif key == "sql":
            said = str(value).casefold()  # SQL does not tell capitals apart
            yield from (name for name in datasets if name.casefold() in said)
