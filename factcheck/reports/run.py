"""What a report needs of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from factcheck.claims.config import Publisher
from factcheck.errors import Problem
from factcheck.verdicts.changes import Change
from factcheck.verdicts.confidence import Override
from factcheck.verdicts.verdict import Outcome, Verdict


class Run(Protocol):
    """A run as the reports see it.

    `root` is the project folder, `titles` are those of claim files, `problems` its warnings, `thresholds` those that
    the project has of its own for confidence, `changed` what differs from earlier results, made at `since`. `baseline`
    is the name of the baseline that has these results, None where they are from elsewhere.
    """

    @property
    def verdicts(self) -> tuple[Verdict, ...]: ...

    @property
    def problems(self) -> Sequence[Problem]: ...

    @property
    def started(self) -> datetime: ...

    @property
    def root(self) -> Path: ...

    @property
    def title(self) -> str | None: ...

    @property
    def titles(self) -> Mapping[str, str]: ...

    @property
    def thresholds(self) -> Sequence[Override]: ...

    @property
    def changed(self) -> Sequence[Change]: ...

    @property
    def since(self) -> datetime | None: ...

    @property
    def baseline(self) -> str | None: ...

    @property
    def publisher(self) -> Publisher | None: ...


def in_utc(moment: datetime) -> datetime:
    """A moment in UTC; one without a zone is taken to be in UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def tally(verdicts: Sequence[Verdict]) -> dict[Outcome, int]:
    """How many verdicts of each outcome there are, every outcome named."""
    return {outcome: sum(verdict.outcome is outcome for verdict in verdicts) for outcome in Outcome}
