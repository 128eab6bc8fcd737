"""Ranges that a column holds as texts, '18-29' or '> 60', by what a sentence says: the under-30s, those over 60."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from factcheck.draft.conditions import among, equals
from factcheck.draft.known import Known
from factcheck.draft.match import Match
from factcheck.draft.words import Word, said

_N = r"[$€£]?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:years?|yrs?)?"
_BETWEEN = re.compile(rf"{_N}\s*(?:-|–|—|to)\s*{_N}(?: old)?", re.IGNORECASE)
_FROM = re.compile(
    rf"(?:>=?|over|above|more than|at least|older than)\s*{_N}|{_N}\s*(?:\+|(?:or|and) (?:more|over|older|above|up))",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:<=?|under|below|less than|up to|younger than)\s*{_N}|{_N}\s*(?:or|and) (?:less|under|younger|below)",
    re.IGNORECASE,
)
_LEAST, _PART = 3, 0.6  # ranges that a column has, and the part of its values that they are
_SURE = 0.95
_BELOW = frozenset({"under", "below", "younger", "less", "fewer"})
_ABOVE = frozenset({"over", "above", "older", "more", "least", "beyond", "past"})
_UPWARD = frozenset({"older", "over", "above", "more", "up", "upward", "upwards"})
_DOWNWARD = frozenset({"younger", "under", "below", "less"})
_YEARS = frozenset({"year", "old", "age"})

Range = tuple[str, float, float]


def ranged(sentence: Sequence[Word], dataset: str, columns: Sequence[Known]) -> Iterator[Match]:
    """Conditions on columns of ranges: those that lie within what the sentence says, where both have the same edges."""
    bounds = list(_bounds(sentence))
    for one in columns if bounds else ():
        held = _held(one)
        for first, last, low, high in bounds if held else ():
            within = [value for value, start, end in held if start >= low - 1 and end <= high + 1]
            cut = any(start < low - 1 < end - 1 or start + 1 < high + 1 < end for _, start, end in held)
            if not within or len(within) == len(held) or cut:
                continue
            name = one.column.name
            condition = equals(name, within[0]) if len(within) == 1 else among(name, within)
            how = f"'{said(sentence[first:last])}' says which ranges of {name} are meant: {', '.join(within)}"
            yield Match.at(
                range(first, last), dataset, "value", name,
                value=within[0] if len(within) == 1 else f"within {' or '.join(within)}",
                condition=condition, score=_SURE, how=how,
            )  # fmt: skip


def _held(one: Known) -> list[Range]:
    """The values of a column that are ranges with their ends, lowest first; none where few of them are."""
    values = one.values or ()
    found = [(value, *ends) for value in values if (ends := _ends(value.strip())) is not None]
    enough = len(found) >= _LEAST and len(found) >= _PART * len(values)
    return sorted(found, key=lambda held: held[1:]) if enough else []


def _ends(value: str) -> tuple[float, float] | None:
    if (both := _BETWEEN.fullmatch(value)) is not None:
        return _number(both[1]), _number(both[2])
    if (low := _FROM.fullmatch(value)) is not None:
        return _number(low[1] or low[2]), math.inf
    if (high := _UNTIL.fullmatch(value)) is not None:
        return -math.inf, _number(high[1] or high[2])
    return None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _bounds(sentence: Sequence[Word]) -> Iterator[tuple[int, int, float, float]]:
    """Where the sentence says from where on or up to where numbers are meant."""
    for at, word in enumerate(sentence):
        number = re.fullmatch(r"(\d[\d,]*)(s?)", word.folded)
        if number is None:
            continue
        told = _number(number[1])
        before = [one.folded for one in sentence[max(0, at - 2) : at]]
        after = [one.folded for one in sentence[at + 1 : at + 3]]
        start = at - 2 if before[-1:] == ["than"] else at - 1
        lead = sentence[start].folded if start >= 0 else ""
        last = at + 1
        while last < len(sentence) and sentence[last].stem in _YEARS:
            last += 1
        if lead in _BELOW:
            yield start, last, -math.inf, told
        elif lead in _ABOVE or before[-2:] == ["at", "least"]:
            yield start, last, told, math.inf
        elif after[:1] == ["plus"] or (after[:1] in (["or"], ["and"]) and after[-1] in _UPWARD):
            yield at, at + len(after[: 1 if after[0] == "plus" else 2]) + 1, told, math.inf
        elif after[:1] in (["or"], ["and"]) and after[-1] in _DOWNWARD:
            yield at, at + 3, -math.inf, told
