"""Whether engines take the same text out of a regular expression.

Whether a text matches is one question, and all engines answer it alike. What a match takes in is another: DuckDB (RE2)
and Java take the match that they come to first, trying alternatives from the left and repeats as often as possible;
PostgreSQL takes the longest, and shares it out among the parts so that each takes as much as it can, those on the left
first (PostgreSQL's manual, 9.7.3.5). Both come to the same where the order of trying never puts a shorter match before
a longer one, in the whole and in every part up to the group that is taken out. That is seen by running the pattern on
all texts at once: after each character, the places in the pattern where one can stand, in the order of trying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from factcheck.evidence.engines.dialects import regexes as r
from factcheck.evidence.engines.dialects.letters import LAST, Ranges, has

_MOST_PLACES = 2_000
_MOST_STEPS = 5_000
FOUND = -1  # the place after the whole pattern


class Unlike(ValueError):
    """Why the text that is taken out may not be the same."""


def same_everywhere(node: r.Node, groups: Set[int], *, longest: bool) -> None:
    """Proves that the match, and what the groups take in, are the same; `longest` for an engine that takes the longest.

    Raises:
        Unlike: if that cannot be proved.
    """
    for part in r.walk(node):
        if isinstance(part, r.Repeat) and r.nullable(part.part) and part.high != 1:
            raise Unlike("a repeat of what may be empty")
        if isinstance(part, r.Repeat) and part.high != 1 and any(_holds(part, group) for group in groups):
            raise Unlike("a group within a repeat")
    if longest:
        kinds = kinds_of(node)
        _longest_first(node, kinds)
        for group in sorted(groups):
            _same_span(node, group, kinds)


def _holds(node: r.Node, group: int) -> bool:
    return any(isinstance(part, r.Group) and part.number == group for part in r.walk(node))


def _same_span(node: r.Node, group: int, kinds: Kinds) -> None:
    """Proves it for a group within `node`, whose own span is the same."""
    match node:
        case r.Group() if node.number == group:
            return
        case r.Group():
            _same_span(node.part, group, kinds)
        case r.Sequence():
            at = next(i for i, part in enumerate(node.parts) if _holds(part, group))
            # An engine may take what stands before a group as one part.
            _longest_first(r.Sequence(node.parts[:at]), kinds, node.parts[at:])
            for i, part in enumerate(node.parts[: at + 1]):
                if i < len(node.parts) - 1:
                    _longest_first(part, kinds, node.parts[i + 1 :])
            _same_span(node.parts[at], group, kinds)
        case _:
            raise Unlike("a group that may take no part")


def _longest_first(node: r.Node, kinds: Kinds, rest: tuple[r.Node, ...] | None = None) -> None:
    """Proves that of two ways to match, the one that is tried first is never the shorter.

    Where a `rest` has to follow, the shorter is no match if the next character cannot be both: the beginning of the
    rest, and what the longer one goes on with.
    """
    places = Places(kinds)
    following = frozenset(range(kinds.count)) if rest is None else places.first(r.Sequence(rest))
    for order in orders(places, node):
        later = order[order.index(FOUND) + 1 :] if FOUND in order else ()
        if any(places.reads[place] & following for place in later):
            raise Unlike("it may find a longer one, since it looks for the longest")


def orders(places: Places, node: r.Node) -> Iterator[tuple[int, ...]]:
    """Where one can stand after any beginning of any text, each in the order of trying."""
    entry = places.enter(node, FOUND)
    starts = [places.standing([entry], begins) for begins in (True, False)]
    seen, todo = set(starts), list(starts)
    while todo:
        order = todo.pop()
        yield order
        for kind in range(places.kinds.count):
            after = places.standing(
                [places.after[place] for place in order if place != FOUND and kind in places.reads[place]], False
            )
            if after not in seen:
                seen.add(after)
                todo.append(after)
        if len(seen) > _MOST_STEPS:
            raise Unlike("it is too long to be looked through")


@dataclass(frozen=True)
class Kinds:
    """Characters that the pattern does not tell apart are of one kind."""

    of_set: dict[Ranges, frozenset[int]]
    count: int


def kinds_of(node: r.Node) -> Kinds:
    sets = sorted({part.among for part in r.walk(node) if isinstance(part, r.Chars)})
    ends = sorted({0, *(low for one in sets for low, _ in one), *(high + 1 for one in sets for _, high in one)})
    told = sorted({tuple(has(one, end) for one in sets) for end in ends if end <= LAST})
    return Kinds({one: frozenset(k for k, t in enumerate(told) if t[i]) for i, one in enumerate(sets)}, len(told))


@dataclass
class Places:
    """The pattern as places that read a character, and ways between them in the order of trying.

    A way out of place p goes to `ways[p]`; a place that reads is in `reads`, and goes on at `after`. A way with a sign
    (`edges`) is open only at the beginning of the text (^) or at its end ($).
    """

    kinds: Kinds
    ways: dict[int, list[int]] = field(default_factory=dict)
    reads: dict[int, frozenset[int]] = field(default_factory=dict)
    after: dict[int, int] = field(default_factory=dict)
    edges: dict[int, str] = field(default_factory=dict)
    made: int = 0

    def first(self, node: r.Node) -> frozenset[int]:
        """The kinds of character that a match may begin with."""
        entry = self.enter(node, FOUND)
        return frozenset().union(*(self.reads[p] for p in self.standing([entry], True) if p != FOUND))

    def fresh(self) -> int:
        self.made += 1
        if self.made > _MOST_PLACES:
            raise Unlike("it is too long to be looked through")
        return self.made

    def enter(self, node: r.Node, then: int) -> int:
        """The place where `node` begins, if after it comes `then`."""
        match node:
            case r.Chars():
                place = self.fresh()
                self.reads[place], self.after[place] = self.kinds.of_set[node.among], then
                return place
            case r.Edge():
                place = self.fresh()
                self.edges[place], self.ways[place] = node.sign, [then]
                return place
            case r.Sequence():
                for part in reversed(node.parts):
                    then = self.enter(part, then)
                return then
            case r.Choice():
                return self.fork(self.enter(branch, then) for branch in node.branches)
            case r.Group():
                return self.enter(node.part, then)
            case r.Repeat():
                return self.repeat(node, then)

    def fork(self, ways: Iterable[int]) -> int:
        place = self.fresh()
        self.ways[place] = list(ways)
        return place

    def repeat(self, node: r.Repeat, then: int) -> int:
        def choice(more: int, out: int) -> list[int]:
            return [out, more] if node.lazy else [more, out]

        if node.high is None:
            loop = self.fresh()
            self.ways[loop] = choice(self.enter(node.part, loop), then)
            entry = loop
        else:
            entry = then
            for _ in range(node.high - node.low):
                entry = self.fork(choice(self.enter(node.part, entry), then))
        for _ in range(node.low):
            entry = self.enter(node.part, entry)
        return entry

    def standing(self, entries: list[int], begins: bool) -> tuple[int, ...]:
        """Where one can stand before the next character, in the order of trying; the text does not end here."""
        found: dict[int, None] = {}
        been: set[int] = set()
        todo = entries[::-1]
        while todo:
            place = todo.pop()
            if place in been:
                continue
            been.add(place)
            if place == FOUND or place in self.reads:
                found[place] = None
            elif self.edges.get(place) != "$" and (begins or place not in self.edges):
                todo += self.ways[place][::-1]
        return tuple(found)
