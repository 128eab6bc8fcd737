"""Dates and periods among the words of a sentence: 8 November 2016, April 2018, the last week of May, 2014 to 2016."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factcheck.draft.words import Word

# Not the standard library's, which are in the language of the machine.
_NAMES = ["january", "february", "march", "april", "may", "june", "july"]
_NAMES += ["august", "september", "october", "november", "december"]
MONTH_NAMES = tuple(name.title() for name in _NAMES)
MONTHS = {form: at for at, name in enumerate(_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = {name: at for at, name in enumerate(_DAYS, 1)}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "the": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1,
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_FEASTS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26), "new year eve": (12, 31),
    "new years eve": (12, 31), "new year day": (1, 1), "new years day": (1, 1), "valentine day": (2, 14),
    "valentines day": (2, 14), "may day": (5, 1), "halloween": (10, 31), "independence day": (7, 4),
    "armistice day": (11, 11),
}  # fmt: skip
_QUARTER = re.compile(r"q([1-4])")
_EARLIEST, _LATEST = 1900, 2099
# Words after which four digits are a year, and "may" or "march" a month.
_BEFORE_TIME = frozenset(
    {"in", "since", "before", "after", "until", "till", "during", "of", "from", "between", "through", "throughout"}
    | {"by", "late", "early", "mid", "year", "years", "for", "last", "this", "around", "prior", "starting", "and", "to"}
)


@dataclass(frozen=True)
class Moment:
    """A date as it is said, words[first:last]; `year` is None where it is left out.

    `part` is a part of it: ("week", 1) the first week, ("half", -1) the last half, ("day", 3) its first three days.
    """

    first: int
    last: int
    year: int | None
    month: int | None = None
    day: int | None = None
    part: tuple[str, int] | None = None

    def days(self, year: int | None = None) -> tuple[date, date] | None:
        """The first day and the day after the last; None where there is no such day. `year` serves if none is said."""
        year = self.year if self.year is not None else year
        if year is None:
            return None
        try:
            low, high = _whole(year, self.month, self.day)
        except ValueError:
            return None
        return (low, high) if self.part is None else _cut(low, high, *self.part)


def _whole(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if day is None:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, day), date(year, month, day) + timedelta(1)


def _cut(low: date, high: date, what: str, which: int) -> tuple[date, date] | None:
    """The part of a period that 'first quarter' or 'last week' means."""
    if what in ("week", "day"):
        length = timedelta(7 if what == "week" else 1)
        start = high - length if which == -1 else low + length * (which - 1)
        return (start, start + length) if low <= start and start + length <= high + timedelta(3) else None
    months = {"quarter": 3, "half": 6}[what]
    if high - low < timedelta(360):  # a month has halves, and no quarters
        middle = low + (high - low) / 2
        return ((low, middle) if which == 1 else (middle, high)) if what == "half" else None
    at = 12 // months if which == -1 else which
    if not 1 <= at <= 12 // months:
        return None
    first = months * (at - 1) + 1
    return date(low.year, first, 1), _whole(low.year, first + months - 1, None)[1]


def moment(words: Sequence[Word], at: int) -> Moment | None:
    """The longest date that begins at a word."""
    for form in (_in_part, _quarter, _iso, _day_month, _month_day, _month, _feast, _year):
        if at < len(words) and (found := form(words, at)) is not None:
            return found
    return None


def _folded(words: Sequence[Word], at: int) -> str:
    return words[at].folded if 0 <= at < len(words) else ""


def day_at(words: Sequence[Word], at: int) -> int | None:
    """The day of a month that a word may be."""
    found = _DAY.fullmatch(_folded(words, at))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def count_at(words: Sequence[Word], at: int) -> int | None:
    """The number of days or weeks that a word may be; the article is one."""
    text = _folded(words, at)
    number = int(text) if text.isdigit() and len(text) < 4 else NUMBERS.get(text, 0)
    return number if number > 0 else None


def year_at(words: Sequence[Word], at: int) -> int | None:
    """The year that a word may be."""
    text = words[at].text if 0 <= at < len(words) else ""
    return int(text) if len(text) == 4 and text.isdigit() and _EARLIEST <= int(text) <= _LATEST else None


def _adjacent(words: Sequence[Word], at: int) -> bool:
    """Whether one sign alone stands before the word: 2018-04."""
    return 0 < at < len(words) and words[at].start == words[at - 1].end + 1


def _iso(words: Sequence[Word], at: int) -> Moment | None:
    year = year_at(words, at)
    two = [i for i in (at + 1, at + 2) if re.fullmatch(r"\d\d", _folded(words, i)) and _adjacent(words, i)]
    if year is None or not two or two[0] != at + 1:
        return None
    month = int(words[at + 1].text)
    if not 1 <= month <= 12:
        return None
    day = int(words[at + 2].text) if len(two) > 1 else None
    return Moment(at, at + 1 + len(two), year, month, day)


def _with_year(words: Sequence[Word], found: Moment) -> Moment:
    """With the year that follows, perhaps after 'of'."""
    at = found.last + (_folded(words, found.last) == "of")
    year = year_at(words, at)
    return replace(found, last=at + 1, year=year) if year is not None else found


def _day_month(words: Sequence[Word], at: int) -> Moment | None:
    day = day_at(words, at)
    name = at + 1 + (_folded(words, at + 1) == "of")
    month = MONTHS.get(_folded(words, name))
    if day is None or month is None or not words[name].text[0].isupper():
        return None
    return _with_year(words, Moment(at, name + 1, None, month, day))


def _month_day(words: Sequence[Word], at: int) -> Moment | None:
    month, day = MONTHS.get(_folded(words, at)), day_at(words, at + 1)
    if month is None or day is None or not words[at].text[0].isupper():
        return None
    return _with_year(words, Moment(at, at + 2, None, month, day))


def _month(words: Sequence[Word], at: int) -> Moment | None:
    month = MONTHS.get(_folded(words, at))
    if month is None or not words[at].text[0].isupper():
        return None
    found = _with_year(words, Moment(at, at + 1, None, month))
    doubtful = _folded(words, at) in ("may", "march", "mar", "jan", "dec", "sep")
    if found.year is None and doubtful and _folded(words, at - 1) not in _BEFORE_TIME:
        return None
    return found


def _feast(words: Sequence[Word], at: int) -> Moment | None:
    """Days with a name of their own that are every year on the same date."""
    for name, (month, day) in _FEASTS.items():
        parts = name.split()
        run = words[at : at + len(parts)]
        if [word.folded for word in run] == parts and run[0].text[0].isupper():
            last = at + len(parts) + (_folded(words, at + len(parts)) == "day" and parts[-1] != "day")
            return _with_year(words, Moment(at, last, None, month, day))
    return None


def _year(words: Sequence[Word], at: int) -> Moment | None:
    year = year_at(words, at)
    return Moment(at, at + 1, year) if year is not None and _folded(words, at - 1) in _BEFORE_TIME else None


def _quarter(words: Sequence[Word], at: int) -> Moment | None:
    found, year = _QUARTER.fullmatch(_folded(words, at)), year_at(words, at + 1)
    if found is None or year is None:
        return None
    return Moment(at, at + 2, year, part=("quarter", int(found[1])))


def _in_part(words: Sequence[Word], at: int) -> Moment | None:
    """The first week of April 2018, the second half of 2017."""
    which = NUMBERS.get(_folded(words, at)) if _folded(words, at) not in ("a", "an", "the", "one") else None
    what = words[at + 1].stem if at + 1 < len(words) else ""
    if which is None or what not in ("week", "half", "quarter", "day") or _folded(words, at + 2) != "of":
        return None
    start = at + 3 + (_folded(words, at + 3) == "the")
    forms = (_iso, _month, _year) if start < len(words) else ()
    whole = next((found for form in forms if (found := form(words, start)) is not None), None)
    if whole is None or whole.day is not None:
        return None
    return replace(whole, first=at, part=(what, which))
