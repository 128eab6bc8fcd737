"""The history of a project: every run of `check` and `report`, and what it found of each claim.

It lies in `.factcheck/history.sqlite`. What was found is stored once and referred to by every run that found the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from factcheck.verdicts.changes import COMPARED, Because, alike

NAME = "history.sqlite"
OWNED = b"history\0"  # before the name of a database that is signed
FIGURES = ("outcome", "direction", "confidence", "rating", "claimed", "estimate", "low", "high", "unit", "n",
           "missing", "error")  # fmt: skip
# In the order in which a reader wants to know of them.
TOLD = (*COMPARED, "claimed", "n", "missing", "error", "found")
FACTORS: tuple[Because, ...] = ("claim", "data", "engine")


class Damaged(Exception):
    """The file is no database, or not a whole one."""


@dataclass(frozen=True)
class Program:
    """What computed: its version, the sha256 of all that an answer may depend on, that of its code, its libraries."""

    sha256: str
    version: str
    code: str
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Execution:
    """A run. Nothing in it tells of the machine that it ran on.

    started: the moment that its results carry, which `--now` may set. began, finished: of the clock. All in UTC, ISO
    8601. selection, paths: what of the project was wanted; `whole` where that was all of it.
    """

    command: str
    started: str
    began: str
    finished: str
    program: Program
    selection: str | None = None
    paths: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True)
class Record:
    """What a run found of one claim.

    figures: those of `FIGURES` as results in JSON have them. found: the same as a report tells it. claim: the
    fingerprint of its meaning, `spec` and `rules`. data: by dataset the sha256 of its content, None where its rows lie
    in no file, and that of what its manifest says. kinds: of its measures.
    """

    id: str
    file: str
    figures: Mapping[str, Any]
    found: str
    claim: str
    spec: Mapping[str, Any]
    rules: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        return str(self.spec.get("statement", ""))


@dataclass(frozen=True)
class Entry:
    """A record with the run that it comes from, runs being numbered in the order in which they were recorded.

    methods: the versions of the methods of its kinds, as "share-79ce5efde76e".
    """

    number: int
    run: Execution
    record: Record
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """An entry beside the one before it.

    differing: which of `TOLD` are others. factors: which of claim, data and engine are others. Both are empty for the
    first entry of a claim.
    """

    entry: Entry
    before: Entry | None
    differing: tuple[str, ...] = ()
    factors: tuple[Because, ...] = ()

    @property
    def because(self) -> Because | None:
        """What changed the verdict or its figures: the only factor that can have; None where more than one can."""
        if self.before is None or not self.differing or self.failed:
            return None
        able = {*self.factors, *(("data",) if self._elsewhere else ())}
        return next(iter(able)) if len(able) == 1 else None

    @property
    def failed(self) -> bool:
        """Whether the claim could not be evaluated, now or before: its evidence was not all at hand."""
        return any(one is not None and one.record.figures["error"] is not None for one in (self.entry, self.before))

    @property
    def _elsewhere(self) -> bool:
        """Whether data lie where no fingerprint tells whether they are the same."""
        both = (self.entry, self.before)
        return any(content is None for one in both if one is not None for content, _ in one.record.data.values())

    @property
    def quiet(self) -> bool:
        """Whether nothing happened that a reader would want to know of."""
        return self.before is not None and not self.differing and set(self.factors) <= {"engine"}


def steps(entries: list[Entry], before: Entry | None = None) -> list[Step]:
    """The entries of one claim in their order, each beside its predecessor; `before` is that of the first."""
    return [_step(was, now) for was, now in zip([before, *entries], entries, strict=False)]


def _step(was: Entry | None, now: Entry) -> Step:
    if was is None:
        return Step(now, None)
    old, new = was.record, now.record
    if old is new and was.run.program.sha256 == now.run.program.sha256:
        return Step(now, was)
    differing = [key for key in TOLD[:-1] if not alike(old.figures.get(key), new.figures.get(key))]
    if not differing and old.found != new.found:
        differing = ["found"]  # of several pieces of evidence one may have moved
    same = {
        "claim": old.claim == new.claim,
        "data": old.data == new.data,
        "engine": was.run.program.sha256 == now.run.program.sha256,
    }
    return Step(now, was, tuple(differing), tuple(factor for factor in FACTORS if not same[factor]))


@dataclass(frozen=True)
class Overview:
    """A claim of the history, or as much of it as was asked for: how often it was checked, whether it is still claimed.

    changed: the entry at which it last became another, or the first; None where that is before what was asked for.
    """

    last: Entry
    checks: int
    changed: Entry | None
    gone: str | None = None  # `started` of the first whole run without it
