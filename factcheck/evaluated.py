"""What evaluating claims came to. Apart from how, so that a run that is kept is had without importing any measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factcheck.errors import Problem
from factcheck.evidence.states import State
from factcheck.verdicts.confidence import Override
from factcheck.verdicts.verdict import Verdict


@dataclass(frozen=True)
class Evaluated:
    """The verdicts in the order of the claim files, and what a person should be told beside them."""

    verdicts: tuple[Verdict, ...]
    titles: Mapping[str, str]  # of the claim files that have one
    problems: tuple[Problem, ...]  # warnings; errors stop a run before it begins
    statements: int  # SQL statements that the evidence was asked
    thresholds: tuple[Override, ...]  # for confidence, that the project has of its own
    kept: tuple[str, ...]  # what was written of rejected records, a line for each file
    names: frozenset[str]  # of the datasets that the claims need
    states: Mapping[str, State] = field(default_factory=dict)  # of those that were wanted, as far as claims used them
