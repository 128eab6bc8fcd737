"""Figures that a sentence says in words of its own, and numbers that are none though they look like one.

'Three to one' is claimed as three times; 'not even 50' as fewer than 50. The ages of '18-29 year olds', the window of
'the first 60 minutes' and the number of 'Windows 10' say of what something is claimed, not what.
Here, too, are the words by which one side is compared with another: 'outnumbered', 'for every'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from factcheck.draft.grammar import listed
from factcheck.draft.spoken import spoken
from factcheck.draft.words import Word

_SMALL: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred)"
_NUMBER: Final = rf"(?:\d+(?:\.\d+)?|{_SMALL})"
_HEDGE: Final = r"(?:(?:more than|nearly|almost|about|roughly|around|over|at least|fewer than|less than)\s+)?"
_ODDS: Final = re.compile(
    rf"\b(?P<said>{_HEDGE}{_NUMBER})(?:[\s-]to[\s-](?:one|1)|:1)\b"
    rf"(?!\s*(?:%|[:.]\d|percent|hundred|thousand|million|out of|(?:in|of)\s+{_NUMBER}))", re.I
)
_PERIODS: Final = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
_DESCRIBING: Final = (
    re.compile(r"\b(?P<said>\d+(?:(?:\s*[-–]\s*|\s+to\s+)\d+)?)(?=[\s-]years?[\s-]olds?\b)", re.I),
    re.compile(r"\bage[sd]?\s+(?:of\s+)?(?P<said>\d+(?:\s*[-–]\s*|\s+to\s+)\d+)\b", re.I),
    re.compile(r"\b[Tt]op[\s-](?P<said>\d+)\b"),
    re.compile(r"(?<=[\w,] )[A-Z][a-z]+ (?P<said>\d{1,3})\b(?=\s*(?:$|[.,;:!?)]|(?:is|are|was|were|had|has)\b))"),
)
_WINDOW: Final = re.compile(rf"\b(?P<end>first|opening|last|final)\s+(?P<said>{_NUMBER})(?=\s+{_PERIODS}\b)", re.I)
_AGED: Final = re.compile(
    r"\baged?\s+(?P<said>\d+)\b(?!\s*(?:[-–]|to\b))(?P<more>\+|\s+(?:or|and)\s+(?:over|older|above|more|up|upwards)\b)?"
    r"(?P<less>\s+(?:or|and)\s+(?:under|younger|below|less)\b)?"
    r"|\b(?P<side>older|younger)\s+(?P<than>than\s+(?P<limit>\d+))\b",
    re.I,
)
_TURNED: Final = (
    ("more than", "no more than"), ("over", "no more than"), ("fewer than", "no fewer than"),
    ("less than", "no less than"), ("at least", "fewer than"),
)  # fmt: skip
_REACH = 4  # words between "not" and the figure that it denies


@dataclass(frozen=True)
class Phrase:
    """text[start:end] as it is claimed; a `known` one describes what is spoken of."""

    start: int
    end: int
    said: str
    known: bool
    ratio: bool = False  # odds: a ratio and nothing else


def phrases(text: str) -> Iterator[Phrase]:
    """The figures of a text that are said in words of their own, none within another."""
    end = 0
    told = (Phrase(start, finish, said, known=False) for start, finish, said in spoken(text))
    for one in sorted([*_odds(text), *_describing(text), *told], key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _odds(text: str) -> Iterator[Phrase]:
    for hit in _ODDS.finditer(text):
        yield Phrase(*hit.span(), f"{hit['said'].lower()} times", known=False, ratio=True)


def _describing(text: str) -> Iterator[Phrase]:
    for hit in _WINDOW.finditer(text):
        opening = hit["end"].lower() in ("first", "opening")  # where minutes are a column: minute <= 60
        yield Phrase(*hit.span(), f"no more than {hit['said']}" if opening else hit["said"], known=True)
    yield from map(_aged, _AGED.finditer(text))
    for pattern in _DESCRIBING:
        for hit in pattern.finditer(text):
            yield Phrase(*hit.span("said"), re.sub(r"\s*[-–]\s*", " to ", hit["said"]), known=True)


def _aged(hit: re.Match[str]) -> Phrase:
    """'Older than 60', 'aged 60 or over': ages that lie on one side."""
    if hit["side"]:
        hedge = "more than" if hit["side"].lower() == "older" else "less than"
        return Phrase(*hit.span("than"), f"{hedge} {hit['limit']}", known=True)
    hedge = "at least " if hit["more"] else "at most " if hit["less"] else ""
    return Phrase(hit.start("said"), hit.end(), f"{hedge}{hit['said']}", known=True)


def denied(said: str, sentence: Sequence[Word], first: int) -> tuple[str, int] | None:
    """A figure with the negation before it, and where that stands: 'not even 50' is fewer than 50."""
    told = [word.folded for word in sentence[:first]]
    if told[-1:] == ["not"] and re.match(r"(?:one|two|three) in |an? |half\b", said):
        return f"fewer than {said}", first - 1  # 'not one in twenty', 'not half'
    if told[-2:] == ["not", "even"]:
        return turned(said) or f"fewer than {said}", first - 2
    if (even := _not_even(sentence, first)) is not None and (other := turned(said)) is not None:
        return other, even
    at = denial(sentence, first)
    other = turned(said) if at is not None else None
    return None if at is None or other is None else (other, at)


def _not_even(sentence: Sequence[Word], first: int) -> int | None:
    """Where 'not even' begins a clause with a figure: 'not even the busiest wrote more than 900'."""
    for at in range(first - 2, -1, -1):
        if sentence[at + 1].start - sentence[at].end > 1:
            return None
        if sentence[at].folded == "not" and sentence[at + 1].folded == "even":
            return at
    return None


def denial(sentence: Sequence[Word], first: int) -> int | None:
    """Where 'not' or 'never' stands before a position, with nothing between but verbs and words that say little."""
    between = listed("auxiliaries") | listed("verbs") | listed("light")
    for at in range(first - 1, max(-1, first - 2 - _REACH), -1):
        word = sentence[at]
        if word.folded in ("not", "never") or word.folded.endswith("n't"):
            none = sentence[at + 1].folded in ("one", "a", "any", "single") if at + 1 < first else False
            return None if none and word.folded == "not" else at  # 'not one of them has more than 900'
        if word.folded not in between and not word.stop:
            return None
    return None


def outdoing(sentence: Sequence[Word]) -> int | None:
    """Where one side is said to be more than the other: 'A outnumbered B', 'A out-tweeted B'."""
    return next((at for at in range(1, len(sentence)) if _outdoes(sentence, at)), None)


def _outdoes(sentence: Sequence[Word], at: int) -> bool:
    said = sentence[at].folded
    if said in listed("outdoing"):
        return True
    made = said.startswith("out") and said.endswith("ed") and len(said) > 6 and said not in listed("no outdoing")
    after = sentence[at + 1].folded if at + 1 < len(sentence) else ""
    return made or (said == "out" and after.endswith("ed") and sentence[at - 1].folded not in listed("with out"))


@dataclass(frozen=True)
class Lead:
    """'A leads B by' stands before a figure; `trails` where A has less."""

    at: int
    covered: frozenset[int]
    trails: bool


def leading(sentence: Sequence[Word], figure: int) -> Lead | None:
    """Where one side is said to be ahead of the other by the figure at a position."""
    if not figure or sentence[figure - 1].folded != "by":
        return None
    verbs = listed("leading") | listed("trailing") | listed("outdoing")
    at = next((at for at in range(1, figure - 1) if sentence[at].folded in verbs), None)
    return None if at is None else Lead(at, frozenset({at, figure - 1}), sentence[at].folded in listed("trailing"))


def ratio_of(sentence: Sequence[Word]) -> tuple[int, int] | None:
    """Where 'ratio' stands in 'the ratio of A to B' or 'the A-to-B ratio', and where B begins."""
    told = [word.folded for word in sentence]
    if "ratio" not in told:
        return None
    at = told.index("ratio")
    behind = [to for to in range(at + 1, len(told)) if told[to] in ("to", "and")]
    before = [to for to in range(at - 2, max(-1, at - 6), -1) if to >= 0 and told[to] == "to"]
    places = behind if told[at + 1 : at + 2] in (["of"], ["between"]) else before
    return (at, places[0]) if places else None


def for_every(sentence: Sequence[Word]) -> int | None:
    """Where 'for every A' stands, beside 'there were three B'."""
    told = [word.folded for word in sentence]
    return next((at for at in range(len(told) - 2) if told[at] == "for" and told[at + 1] in ("every", "each")), None)


def clause(sentence: Sequence[Word], start: int, end: int) -> int:
    """Where the next clause begins: behind a comma, else at 'there', else at the end."""
    inner = range(start + 1, end)
    commas = (at for at in inner if sentence[at].start - sentence[at - 1].end > 1)
    return next(commas, next((at for at in inner if sentence[at].folded == "there"), end))


def turned(said: str) -> str | None:
    for hedge, other in _TURNED:
        if said.startswith(f"{hedge} "):
            return other + said.removeprefix(hedge)
    return None
