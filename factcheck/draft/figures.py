"""Figures in a sentence, with their hedges, as `claimed` reads them.

What can be read is decided by the reader of claims; here it is found where a figure begins and ends. Years, dates,
times of day, names with digits and numbers in quotation marks are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from factcheck.claims.figures import Quantity
from factcheck.claims.figures.scan import ScanError, Token, normalise, tokens
from factcheck.claims.figures.vocabulary import (
    BANDS,
    DENOMINATORS,
    FEWER_WORDS,
    HEDGES,
    MORE_WORDS,
    ORDINALS,
    SCALES,
    SUFFIXES,
    TENS,
    TIMES_WORDS,
    UNITS,
)
from factcheck.draft.amending import amended
from factcheck.draft.dates import spans
from factcheck.draft.figure import Figure, covered, quantities
from factcheck.draft.grammar import listed
from factcheck.draft.phrases import Phrase, denied, phrases
from factcheck.draft.words import Word

__all__ = ["Figure", "figures"]

_LONGEST: Final = 10  # tokens of a figure
_NUMBERS: Final = frozenset({*UNITS, *TENS, *SCALES, *TIMES_WORDS, *BANDS, "hundred", "hundreds", "dozen"})
_EXACT: Final = frozenset({"majority", "minority", "most", "none", "no", "all", "every", "half"})
_STARTS: Final = frozenset({"a", "an", "vast", "$", "£", "€"})
_ANCHORS: Final = _NUMBERS | _EXACT | frozenset(DENOMINATORS) | frozenset(ORDINALS)
_UNITS: Final = frozenset({"%", "percent", "cent", "points", "point", "pp", "times", "time", "fold", "x", "percentage"})
_PLACES: Final = frozenset({"largest", "biggest", "highest"})  # behind an ordinal
_SIDES: Final = frozenset({"over", "above", "under", "below", "so", "many", "much", "plus", "+"})
_AFTER: Final = MORE_WORDS | FEWER_WORDS | _SIDES | _PLACES
_CLOSING: Final = _ANCHORS | _UNITS | _AFTER | {"k", "m", "bn"}
_PLAIN: Final = re.compile(
    r"^(?:only|just(?! (?:under|over|below|above|short|more))|a mere|merely|the|exactly|precisely|a total of)\s+"
)
_QUOTED = re.compile(r"[“\"„«][^“”\"„«»]{1,200}[”\"“»]")
_NAMES = re.compile(r"https?://\S+|[#@]\w+|\b\w*[^\W\d_]\w*_\d+\w*|\b[^\W\d_]+[-/]?\d\w*|\b\d+[^\W\d_]{3,}\w*|\b[A-Z]\w*[+&]\w*")
_NOTHING: Final = re.compile(
    r"\b(?:not (?:a single|one|any|even one)(?! (?:in|out|from) )|no one|nobody|none|never|no(?!\. ?\d)"
    r"|did(?: not|n['’]t) \w+ any)\b",
    re.IGNORECASE,
)
_EVERY: Final = frozenset({"every", "all"})


def figures(text: str, words: Sequence[Word]) -> tuple[Figure, ...]:
    """The figures of a sentence in their order."""
    hidden = [*spans(text), *(hit.span() for hit in (*_QUOTED.finditer(text), *_NAMES.finditer(text)))]
    own = [one for one in phrases(text) if all(one.end <= start or one.start >= end for start, end in hidden)]
    told = [(one, asked) for one in own if (asked := quantities(one.said))]
    masked = _masked(text, [*hidden, *((one.start, one.end) for one, _ in told)])
    try:
        found = tokens(masked)
    except ScanError:
        return ()
    said = [
        _heeding(_figure(one.said, one.start, one.end, _asked(one, asked), words, known=one.known), words)
        for one, asked in told
    ]
    plain = [_heeding(figure, words) for figure in _found(text, masked, found, words)]
    taken = {at for figure in plain if figure.text != "none" for at in figure.positions}
    plain = [figure for figure in plain if figure.text != "none" or taken.isdisjoint(figure.positions)]
    return amended(sorted([*said, *plain], key=lambda figure: figure.first), words)


def _asked(phrase: Phrase, asked: frozenset[Quantity]) -> frozenset[Quantity]:
    """What can be claimed: odds are a ratio and nothing else, and what is none of something is no ratio."""
    if phrase.said == "none":
        return frozenset({Quantity.PROPORTION, Quantity.COUNT, Quantity.NUMBER})
    return frozenset({Quantity.RATIO}) if phrase.ratio else asked


def _heeding(figure: Figure, words: Sequence[Word]) -> Figure:
    """The figure together with a negation before it that turns its hedge round."""
    found = denied(figure.text, words, figure.first) if figure.text != "none" and not figure.known else None
    asked = quantities(found[0]) if found is not None else frozenset()
    if found is None or not asked:
        return figure
    inner = tuple(at for at in range(found[1] + 1, figure.first) if words[at].folded != "even")
    return replace(figure, text=found[0], first=found[1], quantities=asked, inner=(*inner, *figure.inner))


def _masked(text: str, hidden: Sequence[tuple[int, int]]) -> str:
    """The text in the reader's characters, with what holds no figure blanked out."""
    plain = list(normalise("".join(char if char.isprintable() else " " for char in text)))
    for start, end in hidden:
        plain[start:end] = " " * (end - start)
    return "".join(plain)


def _found(text: str, masked: str, found: Sequence[Token], words: Sequence[Word]) -> Iterator[Figure]:
    at = 0
    while at < len(found):
        figure, end = _nothing(masked, found, at, words) or _apart(found, at, words) or (None, at)
        if figure is None:
            figure, end = _longest(text, found, at, words) or (None, at + 1)
        if figure is not None and not _is_year(found, at, end):
            yield figure
        at = max(end, at + 1)


def _nothing(
    masked: str, found: Sequence[Token], at: int, words: Sequence[Word]
) -> tuple[Figure, int] | None:
    """`not a single`, `no`, `none`: nothing at all. `no more than` and `no fewer than` are hedges."""
    hit = _NOTHING.match(masked, found[at].start)
    if hit is None or any(len(p) > 1 and _says(found, at, p) for p in HEDGES.starting("no")):
        return None
    after = next((i for i in range(at, len(found)) if found[i].start >= hit.end()), len(found))
    if after < len(found) and found[after].text in _AFTER | listed("no figure"):
        return None
    asked = frozenset({Quantity.PROPORTION, Quantity.COUNT, Quantity.NUMBER})
    return _figure("none", hit.start(), hit.end(), asked, words), after


def _says(found: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    return [token.text for token in found[at : at + len(phrase)]] == list(phrase)


def _apart(found: Sequence[Token], at: int, words: Sequence[Word]) -> tuple[Figure, int] | None:
    """`one man in six`, `two paintings out of three`: the noun stands inside the figure."""
    hedge = next((p for p in HEDGES.starting(found[at].text) if _says(found, at, p)), ())
    top = at + len(hedge)
    if top >= len(found) or not (found[top].kind == "number" or found[top].text in UNITS or found[top].text in TENS):
        return None
    for link in range(top + 2, min(top + 5, len(found) - 1)):
        if found[link].kind != "word" or any(t.kind != "word" for t in found[top + 1 : link]):
            return None
        of = 1 if _says(found, link, ("out", "of")) else 0
        if found[link].text == "in" or of:
            bottom = link + 1 + of
            if bottom >= len(found) or not (found[bottom].kind == "number" or found[bottom].text in UNITS):
                return None
            said = " ".join([*hedge, found[top].text, "in", found[bottom].text])
            asked = quantities(said)
            if Quantity.PROPORTION not in asked:
                return None
            inner = covered(words, found[top + 1].start, found[link - 1].end)
            made = _figure(said, found[at].start, found[bottom].end, frozenset({Quantity.PROPORTION}), words, inner)
            return made, bottom + 1
    return None


def _longest(text: str, found: Sequence[Token], at: int, words: Sequence[Word]) -> tuple[Figure, int] | None:
    """The longest run of tokens from here on that reads as a figure."""
    if not _opens(found, at):
        return None
    for end in range(min(len(found), at + _LONGEST), at, -1):
        run = found[at:end]
        if not _closes(run) or not all(_may(found, i) for i in range(at, end)) or _broken(text, run) or _of_the(run):
            continue
        if _one_another(found, end):
            continue
        said = _PLAIN.sub("", _small(text[run[0].start : run[-1].end]))
        said = "all" if said in _EVERY else said
        if said == "no" and end < len(found) and found[end].text in _AFTER | listed("no figure"):
            continue  # '23 accounts, no more'
        asked = quantities(said)
        if asked and not (said == "all" and _says_when(found, end)):
            known = _is_known(found, at, asked)
            return _figure(said, run[0].start, run[-1].end, asked, words, known=known), end
    return None


def _of_the(run: Sequence[Token]) -> bool:
    """Whether a figure ends within: 'one of the more than 900', 'more than the 21.5 million'."""
    articles = ("the", "these", "those")
    return any(a.text in ("of", "than") and b.text in articles for a, b in pairwise(run)) or any(
        a.text in articles and (b.text in ORDINALS or b.kind == "number") for a, b in pairwise(run)
    )


def _one_another(found: Sequence[Token], end: int) -> bool:
    """Whether a run ends with the 'one' of 'one another'."""
    return found[end - 1].text == "one" and end < len(found) and found[end].text == "another"


def _says_when(found: Sequence[Token], at: int) -> bool:
    """Whether a period follows: 'every day' says how often."""
    return at < len(found) and found[at].text in listed("periods") | {"time", "times"}


def _small(said: str) -> str:
    """Without the capital that begins a sentence, or those of a word that is shouted."""
    if len(said) > 3 and said.isupper():
        return said.lower()
    return said if said[:2].isalpha() and said[:2].isupper() else said[:1].lower() + said[1:]


def _opens(found: Sequence[Token], at: int) -> bool:
    token = found[at]
    if token.text == "the":
        return False
    if token.kind in ("number", "fraction") or token.text in _ANCHORS | _STARTS:
        return True
    return any(_says(found, at, phrase) for phrase in HEDGES.starting(token.text))


def _closes(run: Sequence[Token]) -> bool:
    last = run[-1]
    if last.text in listed("periods") and (len(run) == 1 or run[-2].text in _EXACT | frozenset(ORDINALS)):
        return False
    carries = any(t.kind in ("number", "fraction") or t.text in _ANCHORS for t in run)
    return carries and (last.kind in ("number", "fraction") or last.text in _CLOSING | listed("periods"))


def _may(found: Sequence[Token], at: int) -> bool:
    token = found[at]
    if token.kind in ("number", "fraction") or token.text in _CLOSING | listed("periods") | listed("inside"):
        return True
    every = (*HEDGES.starting(token.text), *SUFFIXES.starting(token.text))
    return bool(every) or token.text in _hedging()


@cache
def _hedging() -> frozenset[str]:
    """All words of hedges."""
    starts = "more over above at no not less fewer under below up as just slightly a well far in upwards exceeding"
    found = {word for start in starts.split() for phrase in HEDGES.starting(start) for word in phrase}
    return frozenset(found) - {"the", "of"}


def _broken(text: str, run: Sequence[Token]) -> bool:
    """Whether a comma or the end of a sentence lies within."""
    return any(re.search(r"[,;:.!?]", text[a.end : b.start]) for a, b in pairwise(run)) or any(
        token.kind == "sign" and (token.text in ",;:.!?()" or _is_dash(text, run, at)) for at, token in enumerate(run)
    )


def _is_dash(text: str, run: Sequence[Token], at: int) -> bool:
    """Whether a dash parts words: 'three quarters – three quarters'; between two numbers it joins them."""
    token = run[at]
    if token.text not in ("-", "–", "—") or text[token.start - 1 : token.start] != " ":
        return False
    return not (0 < at < len(run) - 1 and run[at - 1].kind == run[at + 1].kind == "number")


def _is_known(found: Sequence[Token], at: int, asked: frozenset[Quantity]) -> bool:
    before = found[at - 1].text if at else ""
    if before in ("of", "among") and at > 2 and _names_the_first(found[at - 3].text, found[at - 2].text):
        return True  # "the busiest of six accounts"
    if found[at].text in ("all", "every"):
        together = any(token.text in ("together", "combined") for token in found[at:])
        return before in listed("all") or together or [t.text for t in found[at + 1 : at + 3]] == ["in", "all"]
    return before in listed("known") | listed("serial") and Quantity.COUNT in asked and Quantity.PROPORTION not in asked


def _names_the_first(before: str, word: str) -> bool:
    """Whether two words end in a superlative: 'the busiest', 'most active'."""
    return before == "most" or (before == "the" and word.endswith("est") and word not in listed("no superlatives"))


def _is_year(found: Sequence[Token], at: int, end: int) -> bool:
    token = found[at]
    if end - at != 1 or token.kind != "number" or not re.fullmatch(r"(?:1[89]|20)\d\d", token.text):
        return False
    before = found[at - 1].text if at else ""
    return before in listed("years") or before in listed("before years")


def _figure(
    said: str,
    start: int,
    end: int,
    asked: frozenset[Quantity],
    words: Sequence[Word],
    inner: tuple[int, ...] = (),
    *,
    known: bool = False,
) -> Figure:
    at = covered(words, start, end)
    first, last = (at[0], at[-1] + 1) if at else (0, 0)
    return Figure(said, first, last, asked, inner, known)
