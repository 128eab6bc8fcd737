"""Repeats investigations and counts what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from zlib import crc32

import numpy as np

from benchmarks.soundness.claims import bind
from benchmarks.soundness.investigation import Draw, Investigation, Truth, measured, misses, places
from factcheck.cases.build import BoundCase, named
from factcheck.claims.figures import Claimed, NumberClaim
from factcheck.measures.measurement import Measurement
from factcheck.verdicts.compare import compare
from factcheck.verdicts.verdict import Outcome

EDGE = Fraction(1, 100)  # a truth counts as at an edge within this part of itself
NEAR_OUTCOMES = (Outcome.SUPPORTED, Outcome.CLOSE)


PROMISES = ("false_supported", "false_refuted", "false_near")


@dataclass
class Tally:
    """Of one claim and one promise: how many verdicts might break it, and how many do."""

    might: int = 0
    wrong: int = 0

    def add(self, times: int, wrong: bool) -> None:
        self.might += times
        self.wrong += times * wrong

    @property
    def rate(self) -> float:
        return self.wrong / self.might if self.might else 0.0


@dataclass
class Record:
    """What came of one kind of investigation: of `draws`, in how many the truth lay below and above the region.

    `unmeasured`: nothing could be said. `open_low`, `open_high`: the region had no end on that side. `noted` counts
    the notes of regions that missed the truth. `edges` has for each promise the verdicts on claims at one of whose
    edges the truth lies, `worst` the claim that breaks it most often.
    """

    investigation: Investigation
    draws: int = 0
    verdicts: int = 0
    unmeasured: int = 0
    below: int = 0
    above: int = 0
    missed: int = 0
    open_low: int = 0
    open_high: int = 0
    noted: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    edges: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in PROMISES})
    claims: list[dict[str, Tally]] = field(default_factory=list)

    def worst(self, promise: str) -> tuple[str, Tally]:
        """The claim that breaks a promise most often."""
        pairs = [(tallies[promise], i) for i, tallies in enumerate(self.claims)]
        tally, i = max(pairs, key=lambda pair: (pair[0].rate, pair[0].might, -pair[1]))
        return spoken(self.investigation.spec.claimed[i]), tally


def spoken(figure: object) -> str:
    """A claimed figure in one line."""
    if not isinstance(figure, Mapping):
        return str(figure)
    return ", ".join(f"{key} {value}" for key, value in figure.items())


def run(investigation: Investigation, times: int, seed: int = 0) -> Record:
    """So many draws; the seed and the name of the investigation decide them, not what was drawn before."""
    generator = np.random.default_rng([seed, crc32(investigation.name.encode())])
    cases = bind(investigation.spec)
    record = Record(investigation, claims=[{name: Tally() for name in PROMISES} for _ in cases])
    alike: dict[object, tuple[Draw, int]] = {}
    for draw in investigation.draws(generator, max(1, times // investigation.dear)):
        key = (*(part.key() for part in draw.rows.values()), _hashable(draw.truth))
        alike[key] = draw, alike[key][1] + 1 if key in alike else 1
    where: dict[object, list[Place]] = {}
    for draw, often in alike.values():
        truth = _hashable(draw.truth)
        if truth not in where:
            where[truth] = [_place(case.claimed, draw.truth) for case in cases]
        _judge(record, cases, where[truth], draw, often)
    return record


def _hashable(truth: Truth) -> object:
    return tuple(sorted(truth.items())) if isinstance(truth, Mapping) else truth


def _judge(record: Record, cases: list[BoundCase], where: list[Place], draw: Draw, often: int) -> None:
    """One draw, and all like it: measured once for the claims that name the same, compared with each."""
    found: dict[tuple[str, ...], Measurement] = {}
    for case in cases:
        labels = named(case.claimed)
        if labels not in found:
            found[labels] = measured(case, draw.rows)
    first = named(cases[0].claimed)
    _add_region(record, found[first], draw.truth, first, often)
    for case, place, tallies in zip(cases, where, record.claims, strict=True):
        outcome = compare(case.claimed, found[named(case.claimed)]).outcome
        record.verdicts += often
        record.outcomes[outcome.value] += often
        for promise, wrong in _at_stake(outcome, place):
            tallies[promise].add(often, wrong)
            if place.edge:
                record.edges[promise].add(often, wrong)


def _at_stake(outcome: Outcome, place: Place) -> Iterator[tuple[str, bool]]:
    """The promises that a verdict might break, and whether it does."""
    if not place.inside:
        yield "false_supported", outcome is Outcome.SUPPORTED
    if place.near:
        yield "false_refuted", outcome is Outcome.REFUTED
    else:
        yield "false_near", outcome in NEAR_OUTCOMES


def _add_region(record: Record, found: Measurement, truth: Truth, labels: tuple[str, ...], often: int) -> None:
    record.draws += often
    if found.unmeasurable is not None:
        record.unmeasured += often
        return
    below, above = misses(found.region, truth, labels)
    record.below += often * below
    record.above += often * above
    record.missed += often * (below or above)
    record.open_low += often * (getattr(found.region, "low", 0) is None)
    record.open_high += often * (getattr(found.region, "high", 0) is None)
    record.methods[found.method] += often
    if below or above:
        record.noted.update({note.code: often for note in found.notes} or {"": often})


@dataclass(frozen=True)
class Place:
    """Where a truth lies: in A, in A′, at an edge of either."""

    inside: bool
    near: bool
    edge: bool


def _place(claimed: Claimed, truth: Truth) -> Place:
    return Place(*places(claimed, truth), _at_edge(claimed, truth))


def _at_edge(claimed: Claimed, truth: Truth) -> bool:
    """Whether a truth lies at an edge of A or of A′; of what does not lie on a line every place counts as one."""
    if not isinstance(claimed, NumberClaim) or not isinstance(truth, Fraction):
        return True
    ends = (claimed.region.low, claimed.region.high, claimed.near.low, claimed.near.high)
    return any(end is not None and abs(end - truth) <= EDGE * abs(truth) for end in ends)
