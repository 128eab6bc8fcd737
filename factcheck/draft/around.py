"""What stands around a figure and says how it is meant: a place, a ratio, all together, where its other side begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.draft.figure import Figure
from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.words import Word

_AMOUNTS = (Quantity.COUNT, Quantity.NUMBER)
_SMALL = 10


def names_the_first(figure: Figure, cues: Mapping[str, Sequence[Cue]]) -> bool:
    return any(not cue.positions.isdisjoint(figure.positions) for cue in cues.get("most", ()))


def is_together(figure: Figure, sentence: Sequence[Word]) -> bool:
    """'All calls together', 'all in all': a total, of which all is no share."""
    after = [word.folded for word in sentence[figure.last :]]
    return figure.text == "all" and (not {"together", "combined"}.isdisjoint(after) or after[:2] == ["in", "all"])


def is_rank_only(figure: Figure) -> bool:
    """An ordinal alone is a rank; with 'a' or a number before it, it is a fraction."""
    counted = figure.text == "most" or figure.text.startswith(("a ", "one ", "two ")) or figure.reads(*_AMOUNTS)
    return figure.reads(Quantity.RANK) and not counted


def is_small(figure: Figure) -> bool:
    try:
        claimed = read(figure.text, Quantity.NUMBER)
    except FigureError:
        return False
    ends = (claimed.region.low, claimed.region.high) if isinstance(claimed, NumberClaim) else ()
    return all(end is None or end <= _SMALL for end in ends)


def is_place(figure: Figure, sentence: Sequence[Word]) -> bool:
    """Whether an ordinal says a place: 'came third', 'the second largest', and not 'its first days'."""
    before = sentence[figure.first - 1].folded if figure.first else ""
    after = sentence[figure.last].folded if figure.last < len(sentence) else ""
    within = not listed("placed").isdisjoint(figure.text.split())
    return within or before in listed("placing") or after in listed("placed")


def follows(figure: Figure, sentence: Sequence[Word], said: set[str]) -> bool:
    return figure.last < len(sentence) and sentence[figure.last].folded in said


def goes_with(figure: Figure, sentence: Sequence[Word]) -> frozenset[int]:
    """Words that go with a figure: 'as often' of 'three times as often'."""
    found = set()
    at = figure.last
    while at < len(sentence) and sentence[at].folded in listed("ratios") | {"many", "much"} and at < figure.last + 3:
        found.add(at)
        at += 1
    return frozenset(found) if is_ratio(figure, sentence) else frozenset()


def is_ratio(figure: Figure, sentence: Sequence[Word]) -> bool:
    if not figure.reads(Quantity.RATIO):
        return False
    if figure.reads(*_AMOUNTS):
        times = figure.text.endswith(("times", "x", "fold")) and figure.last < len(sentence)
        return " times as " in figure.text or (times and sentence[figure.last].folded in listed("ratios"))
    fraction = figure.reads(Quantity.PROPORTION)
    return not fraction or (follows(figure, sentence, {"as"}) or figure.text.endswith(("more", "fewer")))


def second_side(sentence: Sequence[Word], start: int) -> int | None:
    """Where the second side of a comparison begins: at 'than', at the second 'as', at 'that of'."""
    for word in ("than", "as", "compared", "versus", "above", "below", "over", "behind", "against", "of"):
        for at in range(start, len(sentence)):
            if sentence[at].folded == word and (word != "as" or at > start):
                return at
    return None
