"""Consistency before any data: what claims say must be able to be true at once.

Every check is a function from what is stated to concerns: a warning for whoever validates the specs, notes for whoever
reads the verdicts. None changes an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factcheck.errors import Problem
from factcheck.measures.measurement import Note
from factcheck.verdicts.consistency.bases import impossible_bases
from factcheck.verdicts.consistency.compositions import impossible_sums
from factcheck.verdicts.consistency.quantities import contradictions
from factcheck.verdicts.consistency.sources import own_figures
from factcheck.verdicts.consistency.stated import MOST, Concern, Key, Stated
from factcheck.verdicts.consistency.wholes import parts_above_wholes

CHECKS = (contradictions, impossible_sums, impossible_bases, parts_above_wholes, own_figures)


@dataclass(frozen=True)
class Consistency:
    """The warnings, and the notes by claim (its id and None) or check (its claim's id and its place among them)."""

    problems: tuple[Problem, ...]
    notes: Mapping[Key, tuple[Note, ...]]

    def of(self, claim: str, check: int | None) -> tuple[Note, ...]:
        """The notes on a claim, for one of its checks those on the check as well."""
        own = () if check is None else self.notes.get((claim, check), ())
        return (*self.notes.get((claim, None), ()), *own)


def consistency(stated: Iterable[Stated]) -> Consistency:
    """Everything in which claims contradict themselves or one another; `stated` in the order of the claim files."""
    everything = list(stated)
    concerns = [concern for check in CHECKS for concern in check(everything)]
    notes: dict[Key, dict[str, Note]] = {}
    for concern in concerns:
        for key, note in concern.notes:
            notes.setdefault(key, {}).setdefault(repr(note), note)
    problems = _bounded(concern for concern in concerns if concern.problem is not None)
    return Consistency(tuple(problems), {key: tuple(found.values()) for key, found in notes.items()})


def _bounded(concerns: Iterable[Concern]) -> list[Problem]:
    """The first warnings on each thing, and how many more there are."""
    by_topic: dict[str, list[Problem]] = {}
    for concern in concerns:
        found = by_topic.setdefault(concern.topic, [])
        if concern.problem is not None and concern.problem not in found[:MOST]:
            found.append(concern.problem)
    problems: list[Problem] = []
    for topic, found in by_topic.items():
        problems += found[:MOST]
        if len(found) > MOST:
            message = f"{len(found) - MOST:,} more such warnings on {topic}"
            hint = "the notes on the verdicts name them"
            problems.append(Problem(message, found[MOST].place, hint, "warning"))
    return problems


__all__ = ["Consistency", "Stated", "consistency"]
