"""Figures that bound others: 'no post got more than 900 likes', 'five stories with more than a million shares'."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.claims.figures import Quantity
from factcheck.draft.figure import Figure
from factcheck.draft.phrases import turned
from factcheck.draft.words import Word

_BREAKS = frozenset({"and", "but", "while", "whereas", "or"})


def denied_bounds(figures: Sequence[Figure], sentence: Sequence[Word]) -> dict[Figure, Figure]:
    """By a figure that none passes, 'no post got more than 900 likes', the 'no' before it."""
    found = {}
    for none in figures:
        behind = [one for one in figures if one.first > none.first and one.reads(Quantity.COUNT, Quantity.NUMBER)]
        if none.text == "none" and behind and behind[0].is_bound and _together(
            sentence, none.last, behind[0].first, commas=True
        ):
            found[behind[0]] = none
    return found


def limit(figure: Figure) -> tuple[str, str] | None:
    """What none passes as a claim of the largest or of the smallest: ("max", "no more than 900")."""
    said = turned(figure.text)
    region = figure.region
    if said is None or region is None:
        return None
    return ("max" if region[0] is not None and region[1] is None else "min"), said


def is_threshold(figure: Figure, figures: Sequence[Figure], sentence: Sequence[Word]) -> bool:
    """Whether a figure rather says which rows another one counts: 'five stories got more than a million likes'."""
    return figure.is_bound and any(
        not one.known and one.first < figure.first and one.text not in ("none", "all")
        and one.reads(Quantity.COUNT, Quantity.PROPORTION) and _together(sentence, one.last, figure.first)
        for one in figures
    )  # fmt: skip


def _together(sentence: Sequence[Word], first: int, last: int, *, commas: bool = False) -> bool:
    """Whether two places stand in one clause."""
    gaps = range(max(1, first), min(len(sentence), last + 1))
    joined = commas or all(sentence[at].start - sentence[at - 1].end <= 1 for at in gaps)
    return joined and all(sentence[at].folded not in _BREAKS for at in range(first, last))
