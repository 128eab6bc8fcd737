"""Figures of networks: '266 blogs have no links', 'the best connected has 36 links', 'a third are mutual'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.figures import Quantity
from factcheck.draft.figure import Figure
from factcheck.draft.intents import Cues, words_of
from factcheck.draft.of_groups import superlatives
from factcheck.draft.reading import Reading
from factcheck.draft.words import Word

_TIES = frozenset({"link", "links", "edge", "edges", "tie", "ties", "connection", "connections"})
_COUNTED = ("isolated", "components", "largest_component", "communities")
_EACH = frozenset({"each", "every", "apiece", "per"})
_NOUN = 2  # words from a superlative to the noun that it is said of


@dataclass(frozen=True)
class Networked:
    """Which figure of a network may be claimed, the words that say so, and how surely.

    `by` is the direction of a degree, "in" or "out"; `verbs` are the positions of words for links that only say so
    where the dataset has them, too: 'follows', 'appears with'.
    """

    take: str
    covered: frozenset[int]
    prior: float
    by: str = ""
    verbs: frozenset[int] = frozenset()
    noun: frozenset[int] = frozenset()  # what a node is called there


def of_networks(figure: Figure, sentence: Sequence[Word], cues: Cues) -> Iterator[Networked]:
    """The figures of a network that a figure may be."""
    share = figure.reads(Quantity.PROPORTION)
    amount = figure.reads(Quantity.COUNT, Quantity.NUMBER) and (not share or figure.text == "none")
    for kind in _COUNTED:
        if amount and kind in cues and words_of(cues, kind) - figure.positions:
            yield Networked(kind, words_of(cues, kind), 1.0)
    ties = words_of(cues, "ties") | words_of(cues, "tied")
    verbs = words_of(cues, "tied")
    if "reciprocity" in cues and share:
        yield Networked("reciprocity", words_of(cues, "reciprocity") | ties, 1.0)
    if "density" in cues and (share or figure.reads(Quantity.NUMBER)):
        yield Networked("density", words_of(cues, "density") | ties, 1.0)
    if "modularity" in cues and figure.reads(Quantity.NUMBER):
        yield Networked("modularity", words_of(cues, "modularity"), 1.0)
    if amount and not cues.keys() & {"isolated", "components", "communities"} and figure.text != "none":
        yield from _degrees(figure, sentence, cues, verbs)


def _degrees(figure: Figure, sentence: Sequence[Word], cues: Cues, verbs: frozenset[int]) -> Iterator[Networked]:
    """How many links the best connected node has, or nodes have on average; else how many there are."""
    ties = frozenset(at for kind in ("ties", "tied") for at in words_of(cues, kind))
    ways = _ways(cues)
    near = range(figure.last, min(len(sentence), figure.last + 4))
    others = frozenset(at for at in near if sentence[at].folded == "others")
    best = words_of(cues, "hub") | {at for at, take in superlatives(sentence) if take == "max"}
    each = frozenset(
        at for at, word in enumerate(sentence)
        if word.folded in _EACH and (at + 1 == len(sentence) or sentence[at + 1].folded != "other")
        and (at == 0 or sentence[at - 1].folded not in ("for", "in"))
    )  # fmt: skip
    plain = [("", ties)] if ties | words_of(cues, "hub") and ("ties" in cues or not ways) else []
    for by, words in [*plain, *ways]:
        said = words | others
        only = verbs if not by else words
        if "mean" in cues:
            yield Networked("mean_degree", said | words_of(cues, "mean") | each, 0.95, by, only)
        elif best:
            yield Networked("max_degree", said | best, 0.95, by, only, _noun(best, sentence))
        elif each:
            yield Networked("mean_degree", said | each, 0.8, by, only)
    if "mean" not in cues and not best and figure.last < len(sentence) and sentence[figure.last].folded in _TIES:
        yield Networked("edges", frozenset({figure.last}), 0.9)


def links_of(sentence: Sequence[Word], cues: Cues) -> Networked | None:
    """What no node passes: 'none has more than 36 links', 'nobody follows more than 100 others'."""
    ways = [("", words_of(cues, "ties"))] if "ties" in cues else _ways(cues) or [("", words_of(cues, "tied"))]
    by, words = ways[0]
    others = frozenset(at for at, word in enumerate(sentence) if word.folded == "others")
    verbs = frozenset() if "ties" in cues else words
    return Networked("max_degree", words | others, 0.95, by, verbs) if words else None


def in_one_piece(sentence: Sequence[Word], figures: Sequence[Figure], cues: Cues) -> Iterator[Reading]:
    """'Hangs together in a single component', where 'single' is no figure."""
    taken = {at for figure in figures for at in figure.positions}
    for cue in cues.get("components", ()):
        single = {at for at in range(max(0, cue.first - 2), cue.first) if sentence[at].folded in ("single", "one")}
        if single and single.isdisjoint(taken):
            words = frozenset(single) | words_of(cues, "components") | words_of(cues, "largest_component")
            how = "its words say that all hangs together"
            yield Reading("network", "one", cue.first, words, 1.0, how=how, take="components", said=words)
            return


def _ways(cues: Cues) -> list[tuple[str, frozenset[int]]]:
    """The direction of links that the words tell: 'is followed by' says whither, though 'followed' alone whence."""
    told = [(by, words_of(cues, cue)) for by, cue in (("in", "inward"), ("out", "outward")) if cue in cues]
    return told[:1]


def _noun(best: frozenset[int], sentence: Sequence[Word]) -> frozenset[int]:
    """The noun behind 'the best connected': what a node is called there."""
    last = max(best)
    return frozenset(at for at in range(last + 1, min(len(sentence), last + _NOUN)) if not sentence[at].stop)

