"""When a sentence says that something was, as conditions on the time columns of a dataset.

Periods are half open, as the language prefers: `created_at >= '2018-04-10' and created_at < '2018-05-10'`. A year that
is left out is one of those that the rows have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factcheck.draft import calendar
from factcheck.draft.calendar import Moment, moment, year_at
from factcheck.draft.conditions import column as quoted
from factcheck.draft.hours import parts_of_days
from factcheck.draft.match import Match
from factcheck.draft.words import Word, words
from factcheck.draft.words import named as names
from factcheck.evidence.dataset import Column, Dataset, Family

Span = tuple[date, date]  # the first and the last day that a column holds

_BEGINNINGS = frozenset({"created", "published", "posted", "date", "time", "timestamp", "begun", "started"})
_AXIS = "created_at"  # the canonical time of a post
_WITHIN = frozenset({"in", "during", "on", "throughout", "of", "for", "over", "within", "from"})
_BEFORE = frozenset({"before"})
_UNTIL = frozenset({"until", "till", "through", "by"})
_AFTER = frozenset({"after", "following"})
_SINCE = frozenset({"since", "starting", "beginning"})
_OPENING = {
    ("or", "later"): "later", ("or", "after"): "later", ("and", "later"): "later", ("onwards",): "later",
    ("onward",): "later", ("on",): "later", ("or", "earlier"): "earlier", ("or", "before"): "earlier",
}  # fmt: skip
_FILLING = frozenset({"the", "early", "late", "mid"})
_EDGES = {"end": "high", "close": "high", "start": "low", "beginning": "low"}
_LINKS = frozenset({"and", "to", "until", "till", "through"})
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_NAMED = 5  # words of an event that a date is given of
_MOST_YEARS = 5  # that a date without a year is taken for


@dataclass(frozen=True)
class Period:
    """[low, high) as words[first:last] say it; None is an open end. A `guessed` year is one that the rows have."""

    first: int
    last: int
    low: date | None
    high: date | None
    guessed: bool = False


def times(text: str, datasets: Mapping[str, Dataset], spans: Mapping[str, Mapping[str, Span]]) -> list[Match]:
    """The time expressions of a sentence as conditions on the time columns of each dataset.

    `spans` are the first and last days of its columns; a date without a year means nothing in a column without one.
    """
    said = words(text)
    return [match for name, dataset in datasets.items() for match in timed(said, dataset, spans.get(name, {}))]


def timed(said: Sequence[Word], dataset: Dataset, spans: Mapping[str, Span]) -> list[Match]:
    """The time expressions of a sentence as conditions on the time columns of a dataset."""
    found = []
    for column, surely in columns(dataset):
        if column.family.is_time:
            for period in periods(said, spans.get(column.name)):
                found.append(_match(said, dataset.name, column, period, spans.get(column.name), surely))
            found += parts_of_days(said, dataset.name, column, surely)
        else:
            found += [m for p in periods(said, None) if (m := _in_years(said, dataset.name, column, p)) is not None]
    return found


def speaks_of_time(said: Sequence[Word]) -> bool:
    """Whether the sentence names a date, with or without its year."""
    return any(moment(said, at) is not None for at in range(len(said)))


def columns(dataset: Dataset) -> list[tuple[Column, float]]:
    """The columns that hold times, or years as numbers, each with how surely a sentence's times mean it."""
    found = [column for column in dataset.columns.values() if column.family.is_time]
    named = [column for column in found if column.name == _AXIS] or (found if len(found) == 1 else [])
    years = [
        column for column in dataset.columns.values()
        if column.family is Family.INTEGER and column.name.lower().replace("_", " ").split()[-1:] in (["year"], ["yr"])
    ]  # fmt: skip
    return [(column, 1.0 if column in named else _likely(column)) for column in found] + [(one, 0.9) for one in years]


def _likely(column: Column) -> float:
    """Of several columns of times: those that say when a row came about are meant rather than others."""
    return 0.85 if _BEGINNINGS & {word.folded for word in names(column.name)} else 0.75


def periods(said: Sequence[Word], span: Span | None) -> Iterator[Period]:
    """Every period that the sentence names; of dates without a year, one for each year that the rows have."""
    at = 0
    while at < len(said):
        found, after = _period(said, at, span)
        yield from found
        at = max(after, at + 1)


def _period(said: Sequence[Word], at: int, span: Span | None) -> tuple[list[Period], int]:
    """The periods that begin at a word, and the word after them."""
    start = at + 1 if said[at].folded in ("between", "from") else at
    if (pair := _pair(said, start)) is not None:
        low, high = pair
        return _between(low, high, at, span), high.last
    if (shifted := _shifted(said, at)) is not None:
        return _relative(*shifted, span), shifted[1].last
    word = said[at].folded
    if (found := moment(said, at)) is not None:
        return [_as_said("in", found, days, found.first, said) for days in _years(found, span)], found.last
    if word in _WITHIN | _BEFORE | _UNTIL | _AFTER | _SINCE or (word, _next(said, at)) == ("prior", "to"):
        start, edge = _skipped(said, at + 1 + (word == "prior"))
        found = moment(said, start)
        word = "since" if word == "from" and edge else word  # from the end of 2017
        if found is not None and (edge == "" or word not in _WITHIN) and (word != "by" or edge or found.day):
            return [_as_said(word, found, _edge(days, edge), at, said) for days in _years(found, span)], found.last
    by_whom = word == "by" and _next(said, at) != "the"  # 'by bots' is no time
    event = word in _BEFORE | _AFTER | _UNTIL | _SINCE and not by_whom
    if event and (found := _of_event(said, at + 1)) is not None:
        return [_as_said(word, found, days, at, said) for days in _years(found, span)], found.last
    return [], at + 1


def _of_event(said: Sequence[Word], at: int) -> Moment | None:
    """The date of what is named before it: 'the election on 8 November 2016', 'the vote of May 2017'."""
    for link in range(at + 1, min(at + _NAMED, len(said) - 1)):
        if said[link].folded in ("on", "of", "in") and (found := moment(said, link + 1)) is not None:
            return found
    return None


def _skipped(said: Sequence[Word], at: int) -> tuple[int, str]:
    """Where the date begins behind 'the', 'late', 'Tuesday', 'the end of', and which edge of it is said."""
    edge = ""
    while at < len(said) and (said[at].folded in _FILLING or said[at].folded in calendar.WEEKDAYS):
        at += 1
    if at < len(said) and said[at].folded in _EDGES and _next(said, at) == "of":
        edge, at = _EDGES[said[at].folded], at + 2
    return at + (at < len(said) and said[at].folded == "the" and edge != ""), edge


def _edge(days: tuple[date, date], edge: str) -> tuple[date, date]:
    """Of a period the moment at which it begins or ends."""
    return {"": days, "low": (days[0], days[0]), "high": (days[1], days[1])}[edge]


def _next(said: Sequence[Word], at: int) -> str:
    return said[at + 1].folded if at + 1 < len(said) else ""


def _as_said(word: str, found: Moment, days: tuple[date, date], first: int, said: Sequence[Word]) -> Period:
    """The period that the word before a date makes of it, or what follows: 'in April or later'."""
    low, high = days
    last, behind = _behind(said, found.last)
    period = Period(first, last, low, high, found.year is None)
    if word in _BEFORE or word == "prior":
        return replace(period, low=None, high=low)
    if word in _AFTER:
        return replace(period, low=high, high=None)
    if word in _UNTIL or behind == "earlier":
        return replace(period, low=None)
    # 'Posts from March' are those of March; 'from March on' goes on.
    return replace(period, high=None) if word in _SINCE or behind == "later" else period


def _behind(said: Sequence[Word], at: int) -> tuple[int, str]:
    """What follows a date and opens one of its ends, and the word after it."""
    words = tuple(word.folded for word in said[at : at + 2])
    for phrase, meant in _OPENING.items():
        if words[: len(phrase)] == phrase:
            return at + len(phrase), meant
    return at, ""


def _years(found: Moment, span: Span | None) -> list[tuple[date, date]]:
    """The days of a moment; without a year those that some rows are of, the latest first."""
    if found.year is not None:
        return [days] if (days := found.days()) is not None else []
    if span is None:
        return []
    each = [found.days(year) for year in range(span[1].year, span[0].year - 1, -1)]
    return [days for days in each if days is not None and days[0] <= span[1] and days[1] > span[0]][:_MOST_YEARS]


def _pair(said: Sequence[Word], at: int) -> tuple[Moment, Moment] | None:
    """Two dates joined by 'and', 'to' or a dash; the first may lack what the second has."""
    low = moment(said, at)
    if low is None and (day := calendar.day_at(said, at)) is not None:
        low = Moment(at, at + 1, None, None, day)
    if low is None and (year := year_at(said, at)) is not None:
        low = Moment(at, at + 1, year)
    if low is None or low.last >= len(said):
        return None
    dashed = said[low.last].start - said[low.last - 1].end in (1, 3)  # one sign, or one between spaces: no comma
    link = said[low.last].folded in _LINKS
    if said[low.last].folded == "and" and (at == 0 or said[at - 1].folded != "between"):
        return None
    start = low.last + link
    high = moment(said, start)
    if high is None and low.month is None and low.day is None and (year := year_at(said, start)) is not None:
        high = Moment(start, start + 1, year)
    if high is None or not (link or dashed) or (low.day is not None and high.day is None):
        return None
    if low.month is None and low.day is not None:
        low = replace(low, month=high.month, year=high.year)
    elif low.month is None and low.year is None:
        return None
    return low, high


def _between(low: Moment, high: Moment, first: int, span: Span | None) -> list[Period]:
    found = []
    for start, end in _years(high, span):
        year = start.year
        begins = low.days(year)
        if begins is not None and begins[0] >= end and low.year is None:
            begins = low.days(year - 1)  # from December to January
        if begins is not None and begins[0] < end:
            found.append(Period(first, high.last, begins[0], end, high.year is None))
    return found


def _shifted(said: Sequence[Word], at: int) -> tuple[int, Moment, int, str] | None:
    """'the two weeks before 8 November 2016': the first word, the date, days, and which side."""
    start = at + (said[at].folded in ("in", "on", "during"))
    start += _next(said, start - 1) == "the" and _next(said, start) in calendar.NUMBERS
    number = calendar.count_at(said, start)
    unit = said[start + 1] if start + 1 < len(said) else None
    if number is None or unit is None or unit.stem not in _UNITS:
        return None
    side = _next(said, start + 1)
    if side not in ("before", "after", "following"):
        return None
    skip = start + 3 + (_next(said, start + 2) == "the")
    found = moment(said, skip)
    return None if found is None else (at, found, number * _UNITS[unit.stem], side)


def _relative(first: int, found: Moment, days: int, side: str, span: Span | None) -> list[Period]:
    length = timedelta(days)
    made = []
    for low, high in _years(found, span):
        ends = (low - length, low) if side == "before" else (high, high + length)
        made.append(Period(first, found.last, *ends, found.year is None))
    return made


def _match(
    said: Sequence[Word], dataset: str, column: Column, period: Period, span: Span | None, surely: float
) -> Match:
    name = quoted(column.name)
    ends = [(">=", period.low), ("<", period.high)]
    condition = " and ".join(f"{name} {sign} '{end.isoformat()}'" for sign, end in ends if end is not None)
    text = " ".join(word.text for word in said[period.first : period.last])
    how = f"'{text}' is {_told(period)} of {column.name}"
    if period.guessed:
        how, surely = f"{how}; the year is one that its rows have", surely * 0.9
    elif span is not None and _outside(period, span):
        how, surely = f"{how}; no row is of that time", surely * 0.6
    where = range(period.first, period.last)
    return Match.at(where, dataset, "time", column.name, condition=condition, score=surely, how=how)


def _outside(period: Period, span: Span) -> bool:
    late = period.low is not None and period.low > span[1]
    return late or (period.high is not None and period.high <= span[0])


def _told(period: Period) -> str:
    if period.low is None or period.high is None:
        return f"before {period.high}" if period.low is None else f"from {period.low} on"
    last = period.high - timedelta(1)
    return f"{period.low}" if last == period.low else f"{period.low} to {last}"


def _in_years(said: Sequence[Word], dataset: str, column: Column, period: Period) -> Match | None:
    """Whole years in a column of years."""
    ends = [end for end in (period.low, period.high) if end is not None]
    if any((end.month, end.day) != (1, 1) for end in ends):
        return None
    name = quoted(column.name)
    if period.low is not None and period.high is not None and period.high.year == period.low.year + 1:
        condition = f"{name} = {period.low.year}"
    else:
        signs = [(">=", period.low), ("<", period.high)]
        condition = " and ".join(f"{name} {sign} {end.year}" for sign, end in signs if end is not None)
    text = " ".join(word.text for word in said[period.first : period.last])
    where = range(period.first, period.last)
    how = f"'{text}' is a time in {column.name}"
    return Match.at(where, dataset, "time", column.name, condition=condition, score=0.9, how=how)
