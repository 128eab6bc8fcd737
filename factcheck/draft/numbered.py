"""Values of text columns that are numbers: '16 games' where games holds '16', and ages '18-29' told as a range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.draft.conditions import equals
from factcheck.draft.grammar import listed
from factcheck.draft.known import Known
from factcheck.draft.match import Match
from factcheck.draft.words import Word, said

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to)\s*(\d+)")
_SPOKEN = 4  # words of a range: "18 to 29 year"
_AGE = frozenset({"year", "old", "age"})  # "18-29 year olds"
_LEAST = 0.5  # score of a column's words
_SURE = 0.95


def numbered(
    sentence: Sequence[Word], dataset: str, matches: Iterable[Match], columns: Sequence[Known]
) -> Iterator[Match]:
    """The values of text columns that are numbers beside the column's name, or ranges that the sentence says."""
    named = [match for match in matches if match.what == "column" and match.score >= _LEAST]
    for one in columns:
        values = one.values or ()
        numbers = {value.strip(): value for value in values if _NUMBER.fullmatch(value.strip())}
        for match in named if numbers else ():
            if match.column == one.column.name:
                yield from _beside(sentence, dataset, match, numbers)
        for value in values:
            if (ends := _RANGE.fullmatch(value.strip())) is not None:
                yield from _ranges(sentence, dataset, one.column.name, value, ends.groups())


def _beside(sentence: Sequence[Word], dataset: str, match: Match, numbers: dict[str, str]) -> Iterator[Match]:
    name = sentence[match.first].stem
    single = len(match.covered) == 1  # then said twice, it may stand beside two numbers
    for place in [[at] for at, word in enumerate(sentence) if word.stem == name] if single else [sorted(match.covered)]:
        for at in (place[0] - 1, place[-1] + 1):
            number = _number(sentence[at].text) if 0 <= at < len(sentence) else None
            if number not in numbers or _is_hedged(sentence, min(at, place[0]), max(at, place[-1]) + 1):
                continue
            value, positions = numbers[number], sorted({at, *place})
            how = f"{match.how}, and '{value}' is one of its values"
            yield Match.at(
                positions, dataset, "value", match.column,
                value=value, condition=equals(str(match.column), value), score=match.score, how=how,
            )  # fmt: skip


def _is_hedged(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Whether another number may be meant, too: 'more than 12 games', '12 games or more'."""
    before = {word.folded for word in sentence[max(0, first - 2) : first]}
    after = [word.folded for word in sentence[last : last + 2]]
    more = after[:1] == ["or"] and after[-1] in listed("more") | listed("fewer") | {"so"}
    return more or after[:1] == ["plus"] or not before.isdisjoint(listed("hedges"))


def _number(text: str) -> str | None:
    """'3' for '3' and 'three'; None for what is no plain number."""
    try:
        claimed = read(text, Quantity.NUMBER)
    except FigureError:
        return None
    figure = claimed.figure if isinstance(claimed, NumberClaim) and not claimed.one_sided else None
    return None if figure is None else str(figure.numerator) if figure.denominator == 1 else f"{float(figure):g}"


def _ranges(
    sentence: Sequence[Word], dataset: str, column: str, value: str, ends: tuple[str | None, ...]
) -> Iterator[Match]:
    """Where the sentence says a range with both its ends."""
    for first in range(len(sentence)):
        for last in range(first + 1, min(len(sentence), first + _SPOKEN) + 1):
            run = sentence[first:last]
            found = _RANGE.fullmatch(" ".join(word.text for word in run)) or _joined(run)
            if found is not None and found.groups() == ends:
                first -= first > 0 and sentence[first - 1].stem in _AGE
                while last < len(sentence) and sentence[last].stem in _AGE:
                    last += 1
                how = f"'{said(run)}' is the value '{value}' of {column}"
                yield Match.at(
                    range(first, last), dataset, "value", column,
                    value=value, condition=equals(column, value), score=_SURE, how=how,
                )  # fmt: skip
                return


def _joined(run: Sequence[Word]) -> re.Match[str] | None:
    """Both ends as two words, with a dash between them that belongs to neither."""
    if len(run) != 2 or run[1].start - run[0].end != 1:
        return None
    return _RANGE.fullmatch("-".join(word.text for word in run))
