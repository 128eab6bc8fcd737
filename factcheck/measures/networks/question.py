"""What a claim asks of a network, and what the evidence answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Ask
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound, equals
from factcheck.evidence.patterns.linked import LinksAnswer, NodeList
from factcheck.evidence.patterns.links import Links
from factcheck.measures.form import Context
from factcheck.measures.measurement import Note
from factcheck.measures.networks.choices import ARRAYS, Choices, Figure
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode, Setting

KINDS = ("directed", "undirected", "mutual")


@dataclass(frozen=True)
class Direction:
    """Whether links have one, and what tells so: the claim, the file, or nothing (then they do)."""

    directed: bool
    told_by: str
    mutual: bool = False  # some rows link in both directions
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The links of a dataset's rows, and the nodes of another."""

    rows: Rows
    source: Bound
    target: Bound
    figure: Figure
    choices: Choices  # with `directed` as it is stated, if it is
    stated: bool  # whether the claim says `directed`
    kind: Bound | None  # in small letters, the column that may tell the direction of each row
    nodes: NodeList | None = None
    listing: Dataset | None = None
    weight: Bound | None = None
    within: bool = False

    def direction(self, context: Context) -> Direction:
        """What the claim says, else what all rows of the column `type` say in Gephi's words, else directed."""
        told = self._told(context)
        if self.stated:
            notes: tuple[Note, ...] = ()
            if self.choices.directed and told.get("undirected"):
                notes = (Note("network-no-direction", {"rows": told["undirected"]}),)
            return Direction(self.choices.directed, "stated", bool(told.get("mutual")) and self.choices.directed, notes)
        found = {kind: n for kind, n in told.items() if n}
        if not found:
            return Direction(True, "default")
        if len({"undirected" if kind == "undirected" else "directed" for kind in found}) > 1:
            listed = ", ".join(f"{n:,} {kind}" for kind, n in found.items())
            raise EvidenceError(
                f"the file has links with and without a direction ({listed}); say `directed: true` or `false`",
                self.rows.dataset.name,
            )
        return Direction("undirected" not in found, "file", "mutual" in found)

    def _told(self, context: Context) -> dict[str, int]:
        """How many rows are of each kind; nothing where the column `type` speaks of something else."""
        if self.kind is None:
            return {}
        answer = context.answer(Ask(self.rows.dataset.name, self.rows.where, (self.kind,)))
        counts: dict[str, int] = {}
        for (value,), n in zip(answer.by, answer.n, strict=True):
            if value is not None:
                counts[str(value)] = n
        # Of other words nothing is known, unless they stand beside one that takes the direction from some rows.
        return counts if set(counts) <= set(KINDS) or "undirected" in counts else {}

    def answer(self, context: Context, choices: Choices, mutual: bool) -> LinksAnswer:
        arrays = self.within or self.figure in ARRAYS
        counted = self.figure in ("max_degree", "isolated") and not self.within
        degree = choices.degree if counted else ""
        both = equals(self.kind, "mutual") if mutual and self.kind is not None else None
        return context.answer(
            Links(
                self.rows.dataset.name, self.source, self.target, self.rows.where, self.nodes, self.weight, both,
                degree, arrays,
            )
        )  # fmt: skip

    def unknown(self, answer: LinksAnswer) -> tuple[int, int]:
        """Rows of which it is not known what they link, and rows that link nothing: their column has NULL for none."""
        rest = answer.rest
        none_from, none_to = self.rows.none_when_missing(self.source), self.rows.none_when_missing(self.target)
        none = rest.open_from * none_from + rest.open_to * none_to + rest.open_both * (none_from or none_to)
        unknown = rest.open_from + rest.open_to + rest.open_both + rest.weightless - none
        return unknown, none

    def settings(self, context: Context) -> tuple[Setting, Setting | None]:
        """How the links, and the list of nodes, were collected."""
        listing = None if self.listing is None else context.setting(self.listing.name)
        return context.setting(self.rows.dataset.name), listing


def notes_of(asked: Asked, answer: LinksAnswer, choices: Choices, unknown: int, none: int) -> tuple[Note, ...]:
    """Whatever is no link, or was counted once instead of often, or is odd."""
    rest, tally = answer.rest, answer.tally
    found: list[Note] = []

    def note(code: str, count: int, **facts: object) -> None:
        if count:
            found.append(Note(code, {"rows": count, **facts}))

    note("network-open-ends", unknown, share=Fraction(unknown, answer.n or 1))
    note("network-no-end", none)
    if choices.loops == "drop":
        note("network-loops", tally.loop_rows)
    if choices.repeats == "merge" and not choices.weighted:
        note("network-repeats", tally.rows - (tally.arcs if choices.directed else tally.pairs))
    note("network-unlisted", rest.unlisted, dataset=asked.listing.name if asked.listing is not None else "")
    note("network-nameless", rest.nameless, dataset=asked.listing.name if asked.listing is not None else "")
    note("network-torn", rest.torn)
    note("network-alike", rest.alike)
    return tuple(found)


def worst(asked: Asked, context: Context, *, of_list: bool) -> tuple[Setting, bool]:
    """The setting that decides the region; and whether the links are complete and the list of nodes alone is not."""
    links, listing = asked.settings(context)
    if not of_list or listing is None or listing.mode in (Mode.EXACT, Mode.PROCESS) or links.mode is not Mode.EXACT:
        return links, False
    return listing, True
