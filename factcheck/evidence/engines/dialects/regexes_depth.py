"""Repeats that Java's engine would follow too deep.

For each time that a group of varying length is repeated, Java goes a step deeper, to be able to give it back; some
thousand times in one text end the whole process. A repeat that never gives back is followed without that, and is the
same where no character could be both: what the repeat goes on with, and what comes after it.
"""

from __future__ import annotations

from dataclasses import replace

from factcheck.evidence.engines.dialects import regexes as r
from factcheck.evidence.engines.dialects.regexes_proof import FOUND, Kinds, Places, Unlike, kinds_of, orders

_DEEP = 50  # times that are not too many


def shallow(node: r.Node) -> r.Node:
    """The pattern with its deep repeats taken whole.

    Raises:
        Unlike: if one of them may have to give back.
    """
    return _shallow(node, kinds_of(node), ())


def _shallow(node: r.Node, kinds: Kinds, rest: tuple[r.Node, ...]) -> r.Node:
    match node:
        case r.Sequence():
            parts = (_shallow(part, kinds, (*node.parts[i + 1 :], *rest)) for i, part in enumerate(node.parts))
            return r.Sequence(tuple(parts))
        case r.Choice():
            return r.Choice(tuple(_shallow(branch, kinds, rest) for branch in node.branches))
        case r.Group():
            return replace(node, part=_shallow(node.part, kinds, rest))
        case r.Repeat():
            again = () if node.high == 1 else (r.Repeat(node.part, 0, None, lazy=False),)
            part = _shallow(node.part, kinds, (*again, *rest))
            deep = (node.high is None or node.high > _DEEP) and not _steady(node.part)
            if deep:
                _decided(node, kinds, rest)
            return replace(node, part=part, whole=deep)
        case _:
            return node


def _steady(node: r.Node) -> bool:
    """Whether it is of one length in one way, which Java repeats without going deeper."""
    match node:
        case r.Chars():
            return True
        case r.Sequence():
            return all(map(_steady, node.parts))
        case r.Repeat():
            return node.low == node.high and isinstance(node.part, r.Chars)
        case _:
            return False


def _decided(node: r.Repeat, kinds: Kinds, rest: tuple[r.Node, ...]) -> None:
    """Proves that the next character always tells how the repeat goes on."""
    unlike = Unlike("a repeat of parts of different lengths, which may end the process on a long text")
    edges = any(isinstance(part, r.Edge) for part in r.walk(node))
    if node.lazy or edges or r.nullable(node.part):
        raise unlike
    places = Places(kinds)
    again, after = places.first(node.part), places.first(r.Sequence(rest))
    if again & after:
        raise unlike
    for order in orders(places, node.part):
        if FOUND in order and any(places.reads[place] & (again | after) for place in order if place != FOUND):
            raise unlike
