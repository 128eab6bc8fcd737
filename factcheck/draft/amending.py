"""Figures as people say them, and the language does not: what is claimed with them, put in its words.

'Ten times more often' is claimed as ten times, '57 more accounts' as 57, '100 likes or more' as 100 or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from factcheck.claims.figures import Quantity
from factcheck.draft.figure import Figure, quantities
from factcheck.draft.grammar import listed
from factcheck.draft.words import Word

_AMOUNTS: Final = (Quantity.COUNT, Quantity.NUMBER)
_PERIOD: Final = re.compile(r"(.+?) (?:a|an|per|each|every) (?:hour|day|week|month|year)")
_BEHIND = 3  # words of a noun between a number and 'or more'
_MORE: Final = (
    (("or", "more"), "or more"), (("or", "over"), "or more"), (("or", "above"), "or more"), (("and", "up"), "or more"),
    (("and", "more"), "or more"), (("plus",), "or more"), (("or", "fewer"), "or fewer"), (("or", "less"), "or less"),
    (("or", "under"), "or less"), (("or", "below"), "or less"),
)  # fmt: skip


def amended(figures: Iterable[Figure], words: Sequence[Word]) -> tuple[Figure, ...]:
    """The figures of a sentence with those put right that would be read as something else, or as nothing."""
    return tuple(_amended(list(figures), words))


def _amended(figures: list[Figure], words: Sequence[Word]) -> Iterator[Figure]:
    taken = {at for figure in figures for at in figure.positions}
    known = {figure.first for figure in figures if figure.known}
    fresh = [figure for figure in figures if not figure.known and figure.text != "one"]
    counted = [figure for figure in figures if not figure.known and not _is_scale(figure)]
    for figure in map(_without_period, figures):
        if figure.first == 1 and figure in counted and _heads(words, figure, counted):
            yield replace(figure, known=True)  # 'of 858 respondents, 16 percent'
            continue
        if any(one.text == figure.text and one.last == figure.first for one in figures):
            yield replace(figure, known=True)  # 'three quarters – three quarters!'
            continue
        if _is_scale(figure) and counted:
            yield replace(figure, known=True)  # 'zero to ten, that score'
            continue
        of_known = known & {figure.last + 2, figure.last + 3} and _says(words, figure.last, "of")
        if figure.text == "one" and ((of_known and fresh) or (figure.first and _says_each(words[figure.first - 1]))):
            yield replace(figure, known=True)  # 'have one of the 900 names', 'every one of them', 'for each one'
        elif figure.quantities == {Quantity.DIFFERENCE} and figure.text.endswith(" more"):
            yield _without_more(figure, words)
        elif figure.reads(*_AMOUNTS) and not figure.reads(Quantity.PROPORTION) and not figure.known:
            yield _closed(figure, words, taken)
        else:
            yield figure


def _heads(words: Sequence[Word], figure: Figure, fresh: Sequence[Figure]) -> bool:
    """Whether a sentence begins with how many are spoken of, and other figures follow behind a comma."""
    behind = [one.first for one in fresh if one.first > figure.last]
    if words[0].folded not in ("of", "among") or not behind or not figure.reads(*_AMOUNTS):
        return False
    return any(words[at].start - words[at - 1].end > 1 for at in range(figure.last, behind[0] + 1))


def _is_scale(figure: Figure) -> bool:
    """Whether a range is rather one that scores have: 'from one to five', 'zero to ten'."""
    return bool(re.fullmatch(r"(?:zero|one|0|1)\s*(?:to|-|–)\s*(?:four|five|six|seven|ten|\d|10|100)", figure.text))


def _without_period(figure: Figure) -> Figure:
    """'50 times a month' is 50 in each: the month is no part of the figure."""
    hit = _PERIOD.fullmatch(figure.text)
    if hit is None or figure.known or Quantity.COUNT not in quantities(hit[1]):
        return figure
    return replace(figure, text=hit[1], last=figure.last - 2, quantities=quantities(hit[1]))


def _without_more(figure: Figure, words: Sequence[Word]) -> Figure:
    """'Ten times more often than' is a ratio; '57 more accounts', with nothing that they are compared to, is 57."""
    bare = figure.text.removesuffix(" more")
    if bare.endswith(" times"):
        return replace(figure, text=bare, last=figure.last - 1, quantities=frozenset({Quantity.RATIO}))
    compared = any(word.folded == "than" for word in words[figure.last :])
    counted = figure.last < len(words) and not words[figure.last].stop
    if compared or not counted or Quantity.COUNT not in quantities(bare):
        return figure
    return replace(figure, text=bare, quantities=quantities(bare))


def _closed(figure: Figure, words: Sequence[Word], taken: set[int]) -> Figure:
    """A number whose hedge stands behind the noun: '100 likes or more'."""
    for at in range(figure.last + 1, min(len(words), figure.last + 1 + _BEHIND)):
        if at in taken or words[at - 1].stop or words[at - 1].folded in listed("auxiliaries"):
            break
        for said, meant in _MORE:
            if tuple(word.folded for word in words[at : at + len(said)]) == said:
                text, last = f"{figure.text} {meant}", at + len(said)
                more = quantities(text)
                noun = tuple(range(figure.last, at))
                ends = last == len(words) or "than" not in words[last].folded
                if more and ends:
                    return replace(figure, text=text, last=last, quantities=more, inner=(*figure.inner, *noun))
    return figure


def _says_each(word: Word) -> bool:
    return word.folded in ("each", "every")


def _says(words: Sequence[Word], at: int, said: str) -> bool:
    return at < len(words) and words[at].folded == said
