"""Candidates about time: directions, first and last moments, silences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from factcheck.draft.conditions import column
from factcheck.draft.grammar import listed
from factcheck.draft.making import Candidate, Drafting, candidate, joined, that
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.spikes import is_event


def trends(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    name = drafting.time()
    if name is None:
        return
    joining = joined(drafting, reading, chosen)
    folded = {word.folded for word in drafting.sentence}
    told = listed("periods") | {"daily", "weekly", "monthly", "yearly"}
    periods = {at for at, word in enumerate(drafting.sentence) if word.folded in told}
    reading = replace(reading, covered=reading.covered | periods)
    units = ("week", "month", "year", "hour")
    per = next((unit for unit in units if folded & {unit, f"{unit}s", f"{unit}ly"}), "day")
    if per != "hour" and any(is_event(match) for match in chosen):
        return
    taken = frozenset(at for match in chosen for at in match.covered)
    for number in [None, *drafting.columns(number=True, taken=taken)[:1]]:
        measure: dict[str, Any] = {"trend": column(name), "per": per}
        measure |= {} if number is None else {"of": {"sum": column(str(number.column))}}
        used = [*chosen, *([number] if number is not None else [])]
        yield candidate(drafting, reading, that(measure, joining, chosen, "among"), used, joining)


def moments(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The first or last moment; the date itself is what is claimed, no condition."""
    name = drafting.time()
    if name is None or any(match.what == "time" for match in chosen):
        return
    joining = joined(drafting, reading, chosen)
    yield candidate(drafting, reading, that({reading.kind: column(name)}, joining, chosen), chosen, joining)


def gaps(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    name = drafting.time()
    if name is not None:
        joining = joined(drafting, reading, chosen)
        yield candidate(drafting, reading, that({"gap": column(name)}, joining, chosen, "among"), chosen, joining)
