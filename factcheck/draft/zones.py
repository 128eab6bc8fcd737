"""Which words of a sentence belong to which of its figures: of several figures each has its own part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from factcheck.claims.figures import Quantity
from factcheck.draft.figures import Figure
from factcheck.draft.words import Word

_VALUES = (Quantity.PROPORTION, Quantity.COUNT, Quantity.POINTS, Quantity.RATIO)  # a place or a date has no part
OUTSIDE = 0.35  # how much a word of another figure's part weighs
_LINKS = (frozenset({"but", "while", "whereas", "compared", "against"}), frozenset({"and", "to", "out", "of", "with"}))


def zones(text: str, sentence: Sequence[Word], figures: Sequence[Figure]) -> dict[Figure, range]:
    """The positions of the words that belong to each figure that is stated."""
    fresh = [figure for figure in figures if not figure.known] or list(figures)
    stated = [figure for figure in fresh if figure.text != "none" and figure.reads(*_VALUES)] or fresh
    cuts = [0]
    for one, other in pairwise(stated):
        cuts.append(_cut(text, sentence, one.last, other.first))
    cuts.append(len(sentence))
    return {figure: range(cuts[i], cuts[i + 1]) for i, figure in enumerate(stated)}


def _cut(text: str, sentence: Sequence[Word], after: int, before: int) -> int:
    """Where the part of the second figure begins: at a sign, else at a word that joins, else at the figure itself."""
    places = range(before, after, -1)
    between = {at: text[sentence[at - 1].end : sentence[at].start] for at in places if 0 < at < len(sentence)}
    for sign in (r"[;:]|\s[–—-]\s|\.\.\.|…", r"[,(]"):
        for at, gap in between.items():
            if re.search(sign, gap):
                return at
    for links in _LINKS:
        for at in between:
            if sentence[at].folded in links:
                return at
    return before
