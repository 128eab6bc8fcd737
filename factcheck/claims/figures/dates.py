"""Dates and periods: 2017, May 2017, 2017-05-03 00:05, 1–7 May 2017, after 3 May 2017."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, datetime, timedelta
from typing import Final, NoReturn

from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.readings import DateClaim
from factcheck.claims.figures.vocabulary import words

_MONTHS: Final = words("january february march april may june july august september october november december")
_WEEKDAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday")
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_TIME = r"(?:(?:t|,? +at +| +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:]))?"
# The first form that matches wins; the last three are completed from the other end of a range.
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d){_TIME}",
        rf"{_DAY}(?: +of)? +{_MONTH},? *{_YEAR}{_TIME}",
        rf"{_MONTH} +{_DAY},? *{_YEAR}{_TIME}",
        rf"{_YEAR}-(?P<month>\d{{2}})(?!\d)",
        rf"{_MONTH},? +(?:of +)?{_YEAR}",
        _YEAR,
        rf"{_DAY},? *{_YEAR}{_TIME}",
        rf"{_DAY}(?: +of)? +{_MONTH}(?![a-z])",
        rf"{_MONTH} +{_DAY}",
        rf"{_MONTH}(?![a-z])",
        _DAY,
    )
)
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_LINK = re.compile(r" *(?:(?:to|until|till|through|and)(?![a-z])|-) *")
_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAYS)}),? +")


@dataclass(frozen=True)
class Moment:
    """A date as it was written; None for what was left out. `at` and `end` are offsets in the text."""

    year: int | None
    month: int | None
    day: int | None
    clock: tuple[int, int, int | None] | None
    at: int
    end: int
    weekday: int | None = None


@dataclass(frozen=True)
class Period:
    """A moment as the whole of its period [low, high), with its name in a sentence."""

    low: datetime
    high: datetime
    said: str


def read_date(text: str) -> DateClaim:
    """The period that makes the claim true, in the wall time of the claim's timezone."""
    cur = Cursor(text, Quantity.DATE)
    prefix = _PREFIX.match(cur.normal)
    word = " ".join((prefix[1] or "").split()) if prefix else ""
    at = prefix.end() if prefix else 0
    build = _PREFIXES.get(word, _whole)
    if build is not _whole and (word != "from" or not _is_range(cur, at)):
        moment = _moment(cur, at)
        _at_end(cur, _onwards(cur, moment.end) if word == "from" else moment.end)
        return build(text.strip(), _period(cur, moment))
    low, high = _periods(cur, at)
    if high is None:
        if word == "between":
            cur.fail("the second end of the range is missing", 0, len(text))
        return DateClaim(text.strip(), low.low, low.high, low.said)
    return _between(text.strip(), low, high)


def _is_range(cur: Cursor, at: int) -> bool:
    return _LINK.match(cur.normal, _moment(cur, at).end) is not None


def _onwards(cur: Cursor, end: int) -> int:
    """The end of `from 3 May 2017 on`."""
    match = re.compile(r" +on(?:wards?)? *$").match(cur.normal, end)
    return match.end() if match else end


def read_period(text: str) -> Period:
    """One date or range of dates as a period with two ends, for lists and for `low` and `high`."""
    cur = Cursor(text, Quantity.DATE)
    low, high = _periods(cur, len(cur.normal) - len(cur.normal.lstrip(" ")))
    return low if high is None else Period(low.low, high.high, f"{low.said} to {_bare(high.said)}")


def _between(text: str, low: Period, high: Period) -> DateClaim:
    said = f"from {_bare(low.said)} to {_bare(high.said)}, both included"
    return DateClaim(text, low.low, high.high, said)


def _bare(said: str) -> str:
    return said.partition(" ")[2]


def _after(text: str, period: Period) -> DateClaim:
    return DateClaim(text, period.high, None, f"after {_bare(period.said)}")


def _since(text: str, period: Period) -> DateClaim:
    return DateClaim(text, period.low, None, f"{_bare(period.said)} or later")


def _before(text: str, period: Period) -> DateClaim:
    return DateClaim(text, None, period.low, f"before {_bare(period.said)}")


def _until(text: str, period: Period) -> DateClaim:
    return DateClaim(text, None, period.high, f"{_bare(period.said)} or earlier")


def _whole(text: str, period: Period) -> DateClaim:
    return DateClaim(text, period.low, period.high, period.said)


_PREFIXES: Final[dict[str, Callable[[str, Period], DateClaim]]] = {
    "on or after": _since,
    "on or before": _until,
    "no later than": _until,
    "not later than": _until,
    "no earlier than": _since,
    "not earlier than": _since,
    "not before": _since,
    "later than": _after,
    "earlier than": _before,
    "after": _after,
    "since": _since,
    "before": _before,
    "until": _until,
    "till": _until,
    "up to": _until,
    "by": _until,
    "from": _since,
    "between": _whole,
    "on": _whole,
    "in": _whole,
    "during": _whole,
}
_PREFIX: Final = re.compile(
    " *(?:(" + "|".join(sorted((word.replace(" ", " +") for word in _PREFIXES), key=len, reverse=True)) + ") +)?"
)


def _periods(cur: Cursor, at: int) -> tuple[Period, Period | None]:
    """One period, or the two ends of a range."""
    first = _moment(cur, at)
    link = _LINK.match(cur.normal, first.end)
    if link is None:
        _at_end(cur, first.end)
        return _period(cur, first), None
    second = _moment(cur, link.end())
    _at_end(cur, second.end)
    first, second = _complete(first, second), _complete(second, first)
    low, high = _period(cur, first), _period(cur, second)
    if low.low >= high.high:
        cur.fail("the range runs backwards", first.at, second.end, (f"{_bare(high.said)} to {_bare(low.said)}",))
    return low, high


def _complete(moment: Moment, other: Moment) -> Moment:
    """What one end of a range leaves out is what the other says: 1–7 May 2017."""
    month = other.month if moment.month is None and moment.day is not None else moment.month
    return replace(moment, year=other.year if moment.year is None else moment.year, month=month)


def _at_end(cur: Cursor, end: int) -> None:
    rest = cur.normal[end:]
    if re.match(r"(?::\d\d)?(?:\.\d+)?z|\s*[+-]\d\d:?\d\d\s*$|\s*(?:utc|gmt)", rest):
        cur.fail("times are read in the claim's timezone: state it there", end, len(cur.text), ("timezone: UTC",))
    if rest.strip(" ."):
        lead = len(rest) - len(rest.lstrip())
        cur.fail("this cannot be read behind a date", end + lead, len(cur.text.rstrip()))


def _moment(cur: Cursor, at: int) -> Moment:
    """The date that starts at this offset."""
    if _NUMERIC.match(cur.normal, at):
        _refuse(cur, at)
    weekday = _WEEKDAY.match(cur.normal, at)
    start = weekday.end() if weekday else at
    for form in _FORMS:
        match = form.match(cur.normal, start)
        if match and (month := _month(match.groupdict())) != 0:
            return _matched(match, month, at, _WEEKDAYS.index(weekday[1]) if weekday else None)
    return _refuse(cur, at)


def _month(groups: dict[str, str | None]) -> int | None:
    """The month written; None for none, 0 for a word that is no month."""
    if groups.get("month"):
        return int(str(groups["month"])) or 13
    name = groups.get("name")
    if name is None:
        return None
    short = 4 if name.startswith("sept") else 3
    return next((i for i, full in enumerate(_MONTHS, 1) if name in (full, full[:short], full[:3])), 0)


def _matched(match: re.Match[str], month: int | None, at: int, weekday: int | None) -> Moment:
    groups = match.groupdict()
    year, day, hour = groups.get("year"), groups.get("day"), groups.get("hour")
    clock = None
    if hour is not None:
        second = groups.get("second")
        clock = (int(hour), int(str(groups["minute"])), None if second is None else int(second))
    return Moment(int(year) if year else None, month, int(day) if day else None, clock, at, match.end(), weekday)


def _refuse(cur: Cursor, at: int) -> NoReturn:
    numeric = _NUMERIC.match(cur.normal, at)
    if numeric:
        a, b, year = (int(part) for part in numeric.groups())
        forms = [f"{year}-{month:02}-{day:02}" for month, day in ((b, a), (a, b)) if month <= 12 and day <= 31]
        why = "day and month may stand in either order: write the year first"
        cur.fail(why, at, numeric.end(), tuple(dict.fromkeys(forms)))
    end = next((i for i in range(at + 1, len(cur.normal)) if cur.normal[i] == " "), len(cur.normal))
    cur.fail("this is no date", at, end)


def _period(cur: Cursor, moment: Moment) -> Period:
    """The whole of the year, month, day, minute or second that was written."""
    year, month, day = moment.year, moment.month, moment.day
    if year is None or (month is None and day is not None):
        cur.fail(f"the {'year' if year is None else 'month'} is missing", moment.at, moment.end)
    hour, minute, second = moment.clock or (0, 0, 0)
    try:
        low = datetime(year, month or 1, day or 1, hour, minute, second or 0)
    except ValueError:
        cur.fail("there is no such date", moment.at, moment.end)
    if year == MAXYEAR:
        cur.fail("the year is too far off", moment.at, moment.end)
    if moment.weekday is not None and day is not None and low.weekday() != moment.weekday:
        cur.fail(f"that day was a {_WEEKDAYS[low.weekday()].title()}", moment.at, moment.end)
    return Period(low, _end_of(low, moment), _said(low, moment))


def _end_of(low: datetime, moment: Moment) -> datetime:
    if moment.month is None:
        return low.replace(year=low.year + 1)
    if moment.day is None:
        return (low + timedelta(days=31)).replace(day=1)
    if moment.clock is None:
        return low + timedelta(days=1)
    return low + (timedelta(minutes=1) if moment.clock[2] is None else timedelta(seconds=1))


def _said(low: datetime, moment: Moment) -> str:
    """`in 2017`, `in May 2017`, `on 3 May 2017`, `at 00:05 on 3 May 2017`."""
    if moment.month is None:
        return f"in {low.year}"
    month = f"{_MONTHS[low.month - 1].title()} {low.year}"
    if moment.day is None:
        return f"in {month}"
    if moment.clock is None:
        return f"on {low.day} {month}"
    seconds = "" if moment.clock[2] is None else f":{low.second:02}"
    return f"at {low.hour:02}:{low.minute:02}{seconds} on {low.day} {month}"
