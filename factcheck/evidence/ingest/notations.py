"""Dates and numbers in a notation that can be read in two ways: what they may be, and what to state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from factcheck.evidence.dataset import Notice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.convert import Numerals
from factcheck.evidence.ingest.infer import looks_numeric
from factcheck.evidence.ingest.notices import notice

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_DAY_OR_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})( .*)?")
_CLOCK = re.compile(r" \d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?")
_PARTS = r"^\s*(\d{1,2})[./-](\d{1,2})[./-]"
_MONTHS = 12
_MOSTLY = 0.5


class Notation(NamedTuple):
    """A way to write numbers: what they look like, what their marks then mean, and what `read` would say."""

    form: re.Pattern[str]
    meaning: str
    read: str


_NOTATIONS = (
    Notation(re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"), "the comma separates thousands", 'thousands: ","'),
    Notation(
        re.compile(r"-?\d{1,3}(\.\d{3})+,\d+"), "the comma is the decimal mark", 'thousands: ".", decimal: ","'
    ),
    Notation(re.compile(r"-?\d+,\d+"), "the comma is the decimal mark", 'decimal: ","'),
    Notation(re.compile(r"-?\d{1,3}( \d{3})+([.,]\d+)?"), "the blank separates thousands", 'thousands: " "'),
    Notation(re.compile(r"-?\d{1,3}(\u00a0\d{3})+([.,]\d+)?"), "the blank separates thousands", r'thousands: "\u00a0"'),
    Notation(re.compile(r"-?\d{1,3}(\u202f\d{3})+([.,]\d+)?"), "the blank separates thousands", r'thousands: "\u202f"'),
    Notation(re.compile(r"-?\d{1,3}('\d{3})+(\.\d+)?"), "the apostrophe separates thousands", "thousands: \"'\""),
)


def are_dates(said: Sequence[str]) -> bool:
    """Whether all of these texts are a day, a month and a year in figures, the year last."""
    return all(map(_DAY_OR_MONTH.fullmatch, said))


def unread_dates(engine: DuckDB, table: str, name: str, said: Sequence[str]) -> Notice:
    """What is told of a column of such dates; looks at all rows, since only a late one may tell the day."""
    quoted = identifier(name)
    first, second = (f"TRY_CAST(regexp_extract({quoted}, '{_PARTS}', {part}) AS INTEGER)" for part in (1, 2))
    over = f"max(CASE WHEN {{}} > {_MONTHS} THEN {quoted} END)"
    day_first, day_second = engine.run(f"SELECT {over.format(first)}, {over.format(second)} FROM {table}").one()
    kind, written = _format(said[0], "%d", "%m")
    american = _format(said[0], "%m", "%d")[1]
    if day_first is None and day_second is None:
        return notice("dates-unread", name, example=said[0], kind=kind, format=written, other=american)
    if day_first is not None and day_second is not None:
        return notice("dates-mixed", name, first=day_first, second=day_second, kind=kind, format=written)
    shown = day_second if day_first is None else day_first
    part, written = ("month", american) if day_first is None else ("day", written)
    return notice("dates-as-text", name, example=shown, part=part, kind=kind, format=written)


def _format(example: str, first: str, second: str) -> tuple[str, str]:
    """The type and the format of such a date, its first two parts being these."""
    part = _DAY_OR_MONTH.fullmatch(example)
    assert part is not None, example
    written = f"{first}{part[2]}{second}{part[4]}{'%Y' if len(part[5]) == 4 else '%y'}"
    if part[6] is None:
        return "date", written
    clock = _CLOCK.fullmatch(part[6])
    if clock is None:
        return "timestamp", f"{written} …"
    hour = "%I:%M" if clock[2] else "%H:%M"
    half = clock[2].replace(clock[2].strip(), "%p") if clock[2] else ""
    return "timestamp", f"{written} {hour}{':%S' if clock[1] else ''}{half}"


def marked(name: str, said: Sequence[str], numerals: Numerals) -> Notice | None:
    """What is told of texts most of which are numbers, some with marks that the manifest does not name."""
    if numerals != Numerals():
        return None
    known = [notation for value in said if (notation := _notation(value)) is not None]
    plain = sum(looks_numeric(value, numerals) for value in said)
    if not known or len(known) + plain <= _MOSTLY * len(said):
        return None
    meant = max(_NOTATIONS, key=known.count)
    # 1,234 beside 1.234,50 has a decimal mark, too: where the longer form occurs, it says what the shorter means.
    meant = _NOTATIONS[1] if _NOTATIONS[1] in known else meant
    example = next(value for value in said if _notation(value) == meant)
    return notice("thousands-unread", name, example=example, meaning=meant.meaning, read=meant.read)


def _notation(value: str) -> Notation | None:
    return next((notation for notation in _NOTATIONS if notation.form.fullmatch(value)), None)
