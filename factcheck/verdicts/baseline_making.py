"""Blocks of today's verdicts, and the baseline that they and what is kept of an older one make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from factcheck import __version__
from factcheck.claims.meaning import fingerprint, meaning
from factcheck.claims.reading import ClaimSource
from factcheck.errors import EvidenceError
from factcheck.evidence.prints import Print
from factcheck.evidence.states import State as Rows
from factcheck.program import method
from factcheck.verdicts.baseline import (
    CLAIMED,
    FIGURES,
    Baseline,
    Block,
    Column,
    Recorded,
    Rested,
    State,
    place,
    same,
    used_digest,
)  # fmt: skip
from factcheck.verdicts.changes import alike
from factcheck.verdicts.verdict import Outcome, Verdict


@dataclass(frozen=True)
class Found:
    """What a run knows of its datasets, and the project's own rules for judging claims."""

    prints: Mapping[str, Print]
    states: Mapping[str, Rows]
    rules: Mapping[str, Any]


@dataclass(frozen=True)
class Made:
    """A block of today, where it belongs, and what is recorded of its datasets."""

    home: str
    block: Block
    states: Mapping[str, State]


def made(verdict: Verdict, figures: Mapping[str, Any], source: ClaimSource, found: Found, day: date) -> Made:
    """The block of a verdict that is no error.

    figures: the verdict as results in JSON have it. Raises EvidenceError where a dataset has lost its fingerprint.
    """
    assert verdict.outcome is not Outcome.ERROR
    used = _used(verdict)
    states = {name: _state(name, columns, found) for name, columns in used.items()}
    data = {
        name: Rested(state.sha256, state.described, _digest(name, used[name], found)) for name, state in states.items()
    }
    claimed = figures["claimed"]
    shown = {key: figures[key] for key in FIGURES}
    shown["claimed"] = None if claimed is None else {key: claimed[key] for key in CLAIMED}
    block = Block(
        shown, day, fingerprint(source, found.rules), meaning(source), data, __version__, _method(verdict), found.rules
    )
    return Made(place(verdict.file), block, {name: state for name, state in states.items() if name in found.states})


def renewed(before: Baseline, today: Mapping[str, Made], gone: Collection[str] = ()) -> Baseline:
    """The baseline with today's blocks in their places, without those of `gone`, all others as they were.

    A block that says what it said, but for the day, stays as it is.
    """
    blocks = {id: _kept(before.block(id), one.block) for id, one in today.items()}
    homes = {*before.files, *(one.home for one in today.values())}
    files = {}
    for home in sorted(homes):
        old = before.files.get(home, Recorded())
        kept = {id: block for id, block in old.claims.items() if id not in today and id not in gone}
        new = {id: one for id, one in today.items() if one.home == home}
        claims = {**kept, **{id: blocks[id] for id in new}}
        files[home] = Recorded(dict(sorted(claims.items())), _states(old, kept, new.values()))
    return replace(before, files=files)


def unchanged(was: Block, now: Block) -> bool:
    """Whether two blocks differ in their day alone, and in the last digits of doubles."""
    prints = ((one.fingerprint, one.data, one.version, one.method) for one in (was, now))
    return next(prints) == next(prints) and all(alike(was.figures[key], now.figures[key]) for key in FIGURES)


def _kept(was: Block | None, now: Block) -> Block:
    return was if was is not None and unchanged(was, now) else now


def _used(verdict: Verdict) -> dict[str, set[str]]:
    """The datasets of a claim, its checks and variants, with the columns used of each."""
    found: dict[str, set[str]] = {}
    for one in verdict.with_parts():
        for dataset in one.datasets:
            found.setdefault(dataset.name, set())
        for name, column in one.used:
            found.setdefault(name, set()).add(column)
    return dict(sorted(found.items()))


def _state(name: str, used: Collection[str], found: Found) -> State:
    if name not in found.prints:
        raise EvidenceError("its files were gone before their fingerprint was taken", name)
    taken, state = found.prints[name], found.states.get(name)
    if state is None:
        return State(taken.content, taken.described, 0, {})
    columns = {one: state.columns[one] for one in sorted(used) if one in state.columns}
    described = {one: Column(column.sha256, column.values) for one, column in columns.items()}
    return State(taken.content, taken.described, state.rows, described)


def _digest(name: str, used: Collection[str], found: Found) -> str | None:
    state = found.states.get(name)
    return None if state is None else used_digest(
        state.rows, {one: column.sha256 for one, column in state.columns.items()}, used
    )


def _method(verdict: Verdict) -> str | None:
    """The kinds of measure of a claim, each with the version of its method."""
    kinds = {one.kind for one in verdict.with_parts() if one.kind is not None}
    return ", ".join(f"{kind}-{method(kind)}" for kind in sorted(kinds)) or None


def _states(old: Recorded, kept: Mapping[str, Block], new: Iterable[Made]) -> dict[str, tuple[State, ...]]:
    """The states that blocks of one file refer to: those of blocks that are kept first, then those of today."""
    found: dict[str, list[State]] = {}
    for name, states in old.datasets.items():
        rested = [block.data[name] for block in kept.values() if name in block.data]
        found[name] = [state for state in states if any(same(state, one) for one in rested)]
    for one in new:
        for name, state in one.states.items():
            _add(found.setdefault(name, []), state)
    return {name: tuple(states) for name, states in sorted(found.items()) if states}


def _add(states: list[State], state: State) -> None:
    """Adds a state, or its columns to the one that it is."""
    for index, one in enumerate(states):
        if same(one, state) and one.rows == state.rows and _agree(one.columns, state.columns):
            columns = dict(sorted({**one.columns, **state.columns}.items()))
            states[index] = replace(one, columns=columns)
            return
    states.append(state)


def _agree(first: Mapping[str, Column], last: Mapping[str, Column]) -> bool:
    return all(first[name].sha256 == last[name].sha256 for name in first.keys() & last.keys())
