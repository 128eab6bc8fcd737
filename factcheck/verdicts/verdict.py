"""A verdict: everything that a report says of a claim, computed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Claimed
from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.examples import Sample
from factcheck.measures.measurement import Measurement, Note


class Outcome(StrEnum):
    SUPPORTED = "supported"
    CLOSE = "close"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    UNVERIFIABLE = "unverifiable"
    ERROR = "error"

    @property
    def conclusive(self) -> bool:
        return self in (Outcome.SUPPORTED, Outcome.CLOSE, Outcome.REFUTED)


@dataclass(frozen=True)
class Finding:
    """How the claimed region lies to the measured one.

    `factor` is the nearest edge of A over the nearest edge of M (or its inverse, always ≥ 1), `gap` their
    distance in the unit of the quantity; `lacking` and `surplus` are the elements by which a set misses.
    """

    outcome: Outcome
    direction: str | None = None  # overstated, understated
    leaning: str | None = None  # consistent, against
    factor: Fraction | None = None
    gap: Fraction | None = None
    lacking: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    wide: bool = False  # a one-sided claim that is true by a wide margin
    parts: Mapping[str, Outcome] = field(default_factory=dict)  # of a composition


@dataclass(frozen=True)
class Score:
    """A rating as a number between the worst and the best of its scale."""

    value: float
    best: float
    worst: float


@dataclass(frozen=True)
class Verdict:
    """The verdict on a claim, one of its checks, or one of its variants.

    `measurement` and `claimed` are None where nothing was measured (unverifiable, error). `params` are the
    choices of a variant. `queries` are plain SQL, one per number that was counted.
    """

    claim: Claim
    file: str
    line: int
    finding: Finding
    claimed: Claimed | None = None
    measurement: Measurement | None = None
    words: str = ""  # what was measured, for a lay reader
    kind: str | None = None  # of the measure; None where nothing is measured
    confidence: str | None = None  # high, moderate, low
    notes: tuple[Note, ...] = ()
    rating: str | None = None  # in the newsroom's words; {claimed} and {found} in it stand for the figures
    score: Score | None = None  # the same as a number
    datasets: tuple[Dataset, ...] = ()
    used: frozenset[tuple[str, str]] = frozenset()  # the columns it rests on, each with its dataset
    checks: tuple[Verdict, ...] = ()
    variants: tuple[Verdict, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    reason: Note | None = None  # why a claim is unverifiable
    error: str | None = None
    examples: tuple[Sample, ...] = ()  # rows behind the number, already masked; only where a report asked for them

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def outcome(self) -> Outcome:
        return self.finding.outcome

    @property
    def estimate(self) -> Any:
        return None if self.measurement is None else self.measurement.estimate

    def with_parts(self) -> Iterator[Verdict]:
        """The verdict itself, then those of its checks and variants, however deep."""
        yield self
        for part in (*self.checks, *self.variants):
            yield from part.with_parts()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        """How a notebook shows it: a card with the claim, what was found, how sure that is and why."""
        from factcheck.reports import notebook

        return notebook.of_verdict(self)

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]

    @property
    def synthetic(self) -> bool:
        return any(dataset.synthetic for dataset in self.datasets)
