"""Why a verdict is not the one that was accepted: the claim, the data or the program; said only where it is proven.

The chain goes from the accepted verdict to today's, one thing at a time:

    accepted →(engine)→ the old claim on the old data →(data)→ the old claim on today's data →(claim)→ today's

A factor is a cause where its step moves something. Both ends of a step are known by evaluating them, or because
nothing that lies between them differs. Where a step cannot be told from its neighbour, the two stay open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from factcheck.verdicts.baseline import Block, Rested
from factcheck.verdicts.changes import COMPARED, Because, alike

Proof = Literal["re-evaluation", "elimination"]
Figures = Mapping[str, Any]

CHAIN: tuple[Because, ...] = ("engine", "data", "claim")
_PREFERENCE = ("engine", "claim", "data")  # of steps that move as much: what readers ask for first comes last
_MEASURED = frozenset({"outcome", "direction", "estimate", "low", "high", "unit"})  # what rows alone can move


@dataclass(frozen=True)
class Cause:
    """A factor that moved the verdict: which of `COMPARED`, from which figures to which, and how that is known."""

    factor: Because
    proof: Proof
    moved: tuple[str, ...]
    before: Figures
    after: Figures


@dataclass(frozen=True)
class Stretch:
    """Steps that cannot be told apart: all that is known is that together they moved something."""

    factors: tuple[Because, ...]
    moved: tuple[str, ...]
    before: Figures
    after: Figures


@dataclass(frozen=True)
class Entry:
    """A key of a claim, or of the project's rules, that is another now; None where it is not said."""

    key: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Group:
    """How many rows have a value, then and now; the value None stands for rows that have none."""

    value: str | None
    was: int
    now: int


@dataclass(frozen=True)
class ColumnChange:
    """A used column that is another now, with the groups whose number of rows moved, as far as they may be told.

    rearranged: whether it is known that as many rows as before have each value, only others.
    """

    name: str
    groups: tuple[Group, ...] = ()
    rearranged: bool = False


@dataclass(frozen=True)
class Edit:
    """Cells of a column that had one value and have another; None is a cell that has none."""

    column: str
    was: str | None
    now: str | None
    rows: int


@dataclass(frozen=True)
class RowChanges:
    """Rows that came, went or were edited. by: the columns that tell a row; empty where it is its place in the file.

    edits: what became of which values, of columns whose values may be told, the most frequent first. cells: of how many
    of the edited rows each column is another, where it is in any.
    """

    added: int
    removed: int
    edited: int
    by: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    cells: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DataChange:
    """A dataset that is another now.

    content, described: whether its files are others, or what its manifest says. rows: then and now, None where not
    known. touched, untouched: the used columns, as far as that is known.
    """

    dataset: str
    content: bool
    described: bool
    rows: tuple[int | None, int | None] = (None, None)
    touched: tuple[ColumnChange, ...] = ()
    untouched: tuple[str, ...] = ()
    changes: RowChanges | None = None


@dataclass(frozen=True)
class EngineChange:
    """The program then and now: its version, and the version of the method."""

    version: tuple[str, str]
    method: tuple[str | None, str | None]


@dataclass(frozen=True)
class Reasons:
    """What is proven of why a verdict changed, and what differs in each factor, whether it moved anything or not."""

    causes: tuple[Cause, ...] = ()
    open: tuple[Stretch, ...] = ()
    claim: tuple[Entry, ...] = ()
    data: tuple[DataChange, ...] = ()
    engine: EngineChange | None = None
    net: tuple[str, ...] = field(default=COMPARED)  # what differs between the accepted verdict and today's

    @property
    def because(self) -> Because | None:
        """The factor that moved most of what differs, the outcome before all; None where that is not proven."""
        steps: list[Cause | Stretch] = [*self.causes, *self.open]
        if not steps:
            return None
        most = max(steps, key=self._weight)
        return most.factor if isinstance(most, Cause) else None

    def _weight(self, step: Cause | Stretch) -> tuple[bool, int, int]:
        moved = {*step.moved} & {*self.net}
        rank = _PREFERENCE.index(step.factor) if isinstance(step, Cause) else len(_PREFERENCE)
        return "outcome" in moved, len(moved), rank


def chain(
    was: Figures, now: Figures, differing: Collection[Because], *, on_old: Figures | None, on_new: Figures | None
) -> tuple[tuple[Cause, ...], tuple[Stretch, ...]]:
    """The causes that are proven, and the stretches in which none is.

    was, now: the figures that were accepted, and today's. differing: the factors whose fingerprints differ. on_old,
    on_new: the figures of the old claim on the old and on today's data by today's program, None where not evaluated.
    """
    suspects = [factor for factor in CHAIN if factor in differing] or _unseen(was, now)
    nodes: list[Figures | None] = [was, on_old, on_new, now]
    for _ in CHAIN:  # what lies between two nodes and does not differ makes them the same
        for index, factor in enumerate(CHAIN):
            if factor not in suspects:
                first, last = nodes[index], nodes[index + 1]
                nodes[index], nodes[index + 1] = first or last, last or first
    proof: Proof = "elimination" if len(suspects) == 1 else "re-evaluation"
    causes, stretches = list[Cause](), list[Stretch]()
    start = 0
    for end in range(1, len(nodes)):
        before, after = nodes[start], nodes[end]
        if before is None or after is None:
            continue
        # A step that nothing accounts for, but which moved something, has been evaluated: it is what it is.
        crossed = tuple(factor for factor in CHAIN[start:end] if factor in suspects) or CHAIN[start:end]
        if changed := moved(before, after):
            if len(crossed) == 1:
                causes.append(Cause(crossed[0], proof, changed, before, after))
            else:
                stretches.append(Stretch(crossed, changed, before, after))
        start = end
    return tuple(causes), tuple(stretches)


def _unseen(was: Figures, now: Figures) -> list[Because]:
    """What may have moved a verdict of which no fingerprint differs: the libraries, since nothing else is left.

    Whether files are as they were pinned is in no fingerprint, and moves confidence alone.
    """
    return ["engine", "data"] if {*moved(was, now)} <= {"confidence", "rating"} else ["engine"]


def moved(was: Figures, now: Figures) -> tuple[str, ...]:
    """Which of the figures that are compared differ."""
    return tuple(key for key in COMPARED if not alike(was.get(key), now.get(key)))


def differing(was: Block, now: Block, methods: str | None) -> frozenset[Because]:
    """The factors whose fingerprints differ. methods: of the old claim's kinds, as they are today.

    Data that differ in columns alone that the verdict did not use have not moved what is measured, if anything else may
    have. The same columns come to the same estimate: where they did not, the program may be another, whatever it calls
    itself (a library that it computes with may be).
    """
    found: set[Because] = set()
    if entries(was, now):
        found.add("claim")
    if (was.version, was.method) != (now.version, methods):
        found.add("engine")
    net = moved(was.figures, now.figures)
    changed = net if found else COMPARED
    if not found and "estimate" in net and all(_unmoved(one, now.data.get(name)) for name, one in was.data.items()):
        found.add("engine")
    if any(touched(rested, now.data.get(name), changed) for name, rested in was.data.items()):
        found.add("data")
    return frozenset(found)


def _unmoved(was: Rested, now: Rested | None) -> bool:
    """Whether it is known that the columns used are the same, and what is said of them."""
    return now is not None and was.described == now.described and was.columns is not None and was.columns == now.columns


def touched(was: Rested, now: Rested | None, changed: Collection[str] = COMPARED) -> bool:
    """Whether a dataset may have moved what changed; one that is not used any more may.

    Of one that lies in no file, nothing but the columns used can be told.
    """
    if now is None or was.described != now.described:
        return True
    same = was.columns is not None and was.columns == now.columns
    if was.sha256 == now.sha256:
        return was.sha256 is None and not same
    return not (same and {*changed} <= _MEASURED)


def entries(was: Block, now: Block) -> tuple[Entry, ...]:
    """The keys of the claim and of the project's rules that differ."""
    return (*_entries(was.spec, now.spec, ""), *_entries(was.rules, now.rules, "rules."))


def _entries(was: Mapping[str, Any], now: Mapping[str, Any], above: str) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for key in sorted({*was, *now}):
        first, last = was.get(key), now.get(key)
        if isinstance(first, Mapping) and isinstance(last, Mapping) and first.keys() & last.keys():
            found += _entries(first, last, f"{above}{key}.")
        elif first != last:
            found.append(Entry(f"{above}{key}", first, last))
    return tuple(found)
