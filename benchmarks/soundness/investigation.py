"""A simulated investigation: how rows come about, how they come to be seen, what is claimed and what is true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.soundness.claims import Spec
from benchmarks.soundness.rows import Rows, answers
from factcheck.cases.build import BoundCase, named
from factcheck.claims.figures import Claimed, CompositionClaim, DateClaim, LabelClaim, NumberClaim, SetClaim, TrendClaim
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import AnyAnswer, Question
from factcheck.evidence.dataset import Ledger
from factcheck.measures.form import Context, NotYet
from factcheck.measures.measurement import Measurement, Members

Truth = Fraction | frozenset[str] | Mapping[str, Fraction]


@dataclass(frozen=True)
class Draw:
    """The rows that one investigation sees, by dataset, and what is true of that of which they tell."""

    rows: Mapping[str, Rows]
    truth: Truth


@dataclass(frozen=True)
class Investigation:
    """One kind of investigation, to be repeated.

    `family` and `collection` are the row of the table that it belongs to, `case` says what is particular to it, `n` how
    many rows are seen (about). `draws` makes so many draws. `bounds`: the region is a worst case and must hold the
    truth every time. `dear` divides how often it is repeated, where one draw takes long.
    """

    family: str
    collection: str
    case: str
    n: int
    spec: Spec
    draws: Callable[[np.random.Generator, int], Iterable[Draw]]
    bounds: bool = False
    dear: int = 1

    @property
    def name(self) -> str:
        return f"{self.family} | {self.collection} | {self.case} | n = {self.n:,}"


def measured(case: BoundCase, rows: Mapping[str, Rows]) -> Measurement:
    """What the bound measure makes of simulated rows, asked as the pipeline asks it."""
    ready = with_rows(case, rows)
    found: dict[Question, AnyAnswer] = {}
    while True:
        try:
            return ready.measure.measure(Context(found, ready.setting))
        except NotYet as waiting:
            found.update(answers(rows, waiting.questions))


def with_rows(case: BoundCase, rows: Mapping[str, Rows]) -> BoundCase:
    """The case with datasets that have been read: their ledgers say how many rows there are."""
    sizes = {name: part.size for name, part in rows.items()}
    return replace(
        case,
        datasets=tuple(
            replace(dataset, ledger=Ledger(sizes[dataset.name], sizes[dataset.name])) for dataset in case.datasets
        ),
    )


def misses(region: Any, truth: Truth, named: Iterable[str] = ()) -> tuple[bool, bool]:
    """Whether the truth lies below and above a region.

    Of a composition: whether any share that the claim names does. Of a set: whether something that is not in it counts
    as certain (below), or something in it as impossible (above).
    """
    if isinstance(region, Members):
        assert isinstance(truth, frozenset)
        return bool(region.certain - truth), not region.open and bool(truth - region.possible)
    if isinstance(region, Interval):
        assert isinstance(truth, Fraction)
        point = Interval.point(truth)
        return point.below(region), region.below(point)
    assert isinstance(truth, Mapping)
    parts = [misses(region[name], truth[name]) for name in named]
    return any(below for below, _ in parts), any(above for _, above in parts)


def places(claimed: Claimed, truth: Truth) -> tuple[bool, bool]:
    """Whether the truth lies in A, and whether in A′."""
    if isinstance(claimed, CompositionClaim):
        assert isinstance(truth, Mapping)
        parts = [places(part, truth[name]) for name, part in claimed.parts.items()]
        return all(a for a, _ in parts), all(near for _, near in parts)
    if isinstance(claimed, (SetClaim, LabelClaim)):
        assert isinstance(truth, frozenset)
        members = frozenset(claimed.members)
        missing, extra = len(truth - members), len(members - truth)
        close = missing <= 1 and extra <= 1 and len(members) >= 4
        return missing == extra == 0, close or missing == extra == 0
    if isinstance(claimed, DateClaim):
        assert isinstance(truth, frozenset)
        days = frozenset(named(claimed))
        holds = {"equal": days == truth, "includes": days <= truth, "excludes": not days & truth}[claimed.mode]
        return holds, holds
    assert isinstance(truth, Fraction)
    if isinstance(claimed, TrendClaim):
        inside = claimed.region.contains(truth)
        return inside, inside
    assert isinstance(claimed, NumberClaim)
    return claimed.region.contains(truth), claimed.near.contains(truth)
