"""What the verdicts promise, and whether the counts of a simulation keep it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.soundness.exceptions import EXCEPTIONS, Exception_
from benchmarks.soundness.runner import PROMISES, Record

COVERAGE = 0.945  # of the intervals of a row of the table, on average
TAIL = 0.05  # of each side of each interval
EDGE = {"false_supported": 0.025, "false_refuted": 0.05, "false_near": 0.025}  # on average, truth at an edge
WORST = 0.05  # of each single claim: what is counted comes in steps
ERRORS = 3.0  # standard errors of the simulation by which a rate must pass its limit to break a promise

Result = Mapping[str, Any]


def as_json(record: Record) -> dict[str, Any]:
    """A record as it stands in results.json."""
    one = record.investigation
    found: dict[str, Any] = {
        "family": one.family,
        "collection": one.collection,
        "case": one.case,
        "n": one.n,
        "bounds": one.bounds,
        "draws": record.draws,
        "verdicts": record.verdicts,
        "unmeasured": record.unmeasured,
        "below": record.below,
        "above": record.above,
        "missed": record.missed,
        "open": [record.open_low, record.open_high],
        "outcomes": dict(sorted(record.outcomes.items())),
        "methods": sorted(record.methods),
        "noted": dict(sorted(record.noted.items())),
    }
    for name in PROMISES:
        edge, (claim, worst) = record.edges[name], record.worst(name)
        found[name] = {"edges": [edge.wrong, edge.might], "worst": [worst.wrong, worst.might, claim]}
    return found


@dataclass(frozen=True)
class Broken:
    """A promise that a simulation broke: where, what, how often, against which limit."""

    where: str
    what: str
    rate: float
    limit: float

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.rate:.2%}, promised {self.limit:.1%}"


def name_of(one: Result) -> str:
    return f"{one['family']}, {one['collection']}, {one['case']}, n = {one['n']:,}"


def exceeds(wrong: int, of: int, limit: float) -> bool:
    """Whether a rate passes its limit by more than the error of the simulation allows."""
    return of > 0 and wrong / of > limit + ERRORS * math.sqrt(limit * (1 - limit) / of)


def excepted(one: Result) -> Exception_ | None:
    return next((exception for exception in EXCEPTIONS if exception.holds(one)), None)


def rates(one: Result) -> Iterator[tuple[str, int, int]]:
    """Every rate of one investigation that has a limit of its own: what, how many wrong, of how many."""
    yield "truth below the region", one["below"], one["draws"]
    yield "truth above the region", one["above"], one["draws"]
    for name in PROMISES:
        wrong, might, claim = one[name]["worst"]
        yield f"{name.replace('_', ' ')} ({claim})", wrong, might


def broken(results: Iterable[Result]) -> list[Broken]:
    """Every promise that the results break and no listed exception covers."""
    results = list(results)
    found: list[Broken] = []
    for one in results:
        exception = excepted(one)
        limit = 0.0 if one["bounds"] else TAIL if exception is None else exception.limit
        for what, wrong, of in rates(one):
            if exceeds(wrong, of, limit):
                found.append(Broken(name_of(one), what, wrong / of, limit))
    for row, members in rows(results).items():
        found += _broken_on_average(" – ".join(row), [one for one in members if excepted(one) is None])
    return found


def _broken_on_average(row: str, members: list[Result]) -> Iterator[Broken]:
    sampled = [one for one in members if not one["bounds"]]
    if not sampled:
        return
    missed = sum(one["missed"] / one["draws"] for one in sampled) / len(sampled)
    # Investigations weigh alike, however often each was repeated.
    spread = sum(1 / one["draws"] for one in sampled) / len(sampled) ** 2
    if missed > 1 - COVERAGE + ERRORS * math.sqrt(COVERAGE * (1 - COVERAGE) * spread):
        yield Broken(row, "missed on average", missed, 1 - COVERAGE)
    for name, limit in EDGE.items():
        wrong, might = (sum(one[name]["edges"][i] for one in sampled) for i in (0, 1))
        if exceeds(wrong, might, limit):
            yield Broken(row, f"{name.replace('_', ' ')} on average", wrong / might, limit)


def rows(results: Iterable[Result]) -> dict[tuple[str, str], list[Result]]:
    """The investigations by the row of the table to which they belong."""
    found: dict[tuple[str, str], list[Result]] = {}
    for one in results:
        found.setdefault((one["family"], one["collection"]), []).append(one)
    return found
