"""Days of the week and hours of the day that a sentence names, on the clock of the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.draft.calendar import WEEKDAYS, moment
from factcheck.draft.conditions import column as quoted
from factcheck.draft.match import Match
from factcheck.draft.words import Word
from factcheck.evidence.dataset import Column, Family

_CLOCK = re.compile(r"(\d{1,2})(am|pm)")
# What parts of a day are taken to be: from the first hour to before the second.
_PARTS = {
    "night": (22, 6), "morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22),
    "midnight": (0, 1), "noon": (12, 13),
}  # fmt: skip


def parts_of_days(said: Sequence[Word], dataset: str, column: Column, surely: float) -> Iterator[Match]:
    """Conditions on the day of the week and, in a column of moments, on the hour."""
    for first, last, condition, meant in _said(said, quoted(column.name), column.family is Family.TIMESTAMP):
        text = " ".join(word.text for word in said[first:last])
        yield Match.at(
            range(first, last), dataset, "time", column.name,
            condition=condition, score=0.7 * surely, how=f"'{text}' is taken for {meant}, by the clock of the claim",
        )  # fmt: skip


def _said(said: Sequence[Word], name: str, has_hours: bool) -> Iterator[tuple[int, int, str, str]]:
    for at, word in enumerate(said):
        begins = at - 1 if at and said[at - 1].folded in ("on", "at", "in", "during") else at
        singular = word.folded.removesuffix("s")
        dated = at + 1 < len(said) and moment(said, at + 1) is not None
        if singular in WEEKDAYS and word.text[0].isupper() and not dated:
            yield begins, at + 1, f"extract(isodow from {name}) = {WEEKDAYS[singular]}", f"{singular.capitalize()}s"
        elif singular == "weekend":
            yield begins, at + 1, f"extract(isodow from {name}) >= 6", "Saturdays and Sundays"
        elif singular == "weekday":
            yield begins, at + 1, f"extract(isodow from {name}) <= 5", "Mondays to Fridays"
        elif has_hours and singular in _PARTS and begins < at:
            yield begins, at + 1, *_hours(name, *_PARTS[singular])
        elif has_hours and word.folded in ("between", "from") and (span := _clocks(said, at + 1)) is not None:
            low, high, last = span
            yield at, last, *_hours(name, low, high)


def _hours(name: str, low: int, high: int) -> tuple[str, str]:
    joined = "and" if low < high else "or"
    condition = f"hour({name}) >= {low} {joined} hour({name}) < {high}" if high < 24 else f"hour({name}) >= {low}"
    return f"({condition})" if joined == "or" else condition, f"the hours from {low}:00 to {high}:00"


def _clocks(said: Sequence[Word], at: int) -> tuple[int, int, int] | None:
    """Two hours of the clock joined by 'and' or 'to', and the word after them."""
    first = _clock(said, at)
    if first is None or first[1] >= len(said) or said[first[1]].folded not in ("and", "to"):
        return None
    second = _clock(said, first[1] + 1)
    return None if second is None or first[0] == second[0] else (first[0], second[0], second[1])


def _clock(said: Sequence[Word], at: int) -> tuple[int, int] | None:
    """9am, 9 a.m., 17 o'clock: the hour, and the word after it."""
    if at >= len(said):
        return None
    text, after = said[at].folded, at + 1
    half = said[after].folded if after < len(said) else ""
    if text.isdigit() and half in ("am", "pm", "o'clock"):
        text, after = text + half.replace("o'clock", ""), after + 1
        if text.isdigit() and int(text) < 24:
            return int(text), after
    found = _CLOCK.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    return int(found[1]) % 12 + (12 if found[2] == "pm" else 0), after
