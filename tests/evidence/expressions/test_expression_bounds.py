"""Which days a condition speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import Scope, bind, time_bounds

COLUMNS = {
    column.name: column
    for column in (
        Column("country", "VARCHAR", Family.TEXT),
        Column("day", "DATE", Family.DATE),
        Column("at", "TIMESTAMP", Family.TIMESTAMP),
        Column("local", "TIMESTAMP", Family.TIMESTAMP, timezone="America/Mexico_City"),
        Column("ended", "DATE", Family.DATE, missing_none=True),
    )
}
APRIL, MAY = date(2018, 4, 10), date(2018, 5, 9)


def bounds(text: str, timezone: str | None = None) -> dict[str, tuple[date | None, date | None]]:
    scope = Scope(COLUMNS, {"start": "2018-04-10"}, timezone)
    return time_bounds(bind(text, scope, expect="condition"))


@pytest.mark.parametrize(
    ("text", "column", "first", "last"),
    [
        ("at >= '2018-04-10' and at < '2018-05-10'", "at", APRIL, MAY),
        ("at between '2018-04-10' and '2018-05-09 23:59:59'", "at", APRIL, MAY),
        ("at between '2018-04-10' and '2018-05-09'", "at", APRIL, MAY),
        ("at > '2018-04-10 12:00' and at <= '2018-05-09 12:00'", "at", APRIL, MAY),
        ("'2018-04-10' <= day and '2018-05-10' > day", "day", APRIL, MAY),
        ("day > '2018-04-09' and day < '2018-05-10'", "day", APRIL, MAY),
        ("day >= :start", "day", APRIL, None),
        ("day <= '2018-05-09' and country = 'x'", "day", None, MAY),
        ("day = '2018-05-09'", "day", MAY, MAY),
        ("day in ('2018-05-09', '2018-04-10')", "day", APRIL, MAY),
        ("cast(at as date) between '2018-04-10' and '2018-05-09'", "at", APRIL, MAY),
        ("year(at) = 2018", "at", date(2018, 1, 1), date(2018, 12, 31)),
        ("year(day) >= 2016 and year(day) < 2018", "day", date(2016, 1, 1), date(2017, 12, 31)),
        ("year(day) > 2016", "day", date(2017, 1, 1), None),
        ("day >= '2018-01-01' and (day >= '2018-04-10' and day <= '2018-05-09')", "day", APRIL, MAY),
        ("ended >= '2018-04-10' and ended <= '2018-05-09'", "ended", APRIL, MAY),
        ("(day > '2018-05-01' or country = 'x') and day < '2018-05-10'", "day", None, MAY),
        ("local >= '2018-04-10' and local < '2018-05-10'", "local", APRIL, MAY),
        ("cast(local as date) = '2018-05-09'", "local", MAY, MAY),
        ("not (day < '2018-04-10' or day > '2018-05-09')", "day", APRIL, MAY),
        ("not (day < '2018-04-10')", "day", APRIL, None),
    ],
)
def test_a_condition_speaks_of_days(text: str, column: str, first: date | None, last: date | None) -> None:
    assert bounds(text) == {column: (first, last)}


@pytest.mark.parametrize(
    "text",
    [
        "country = 'x'",
        "day > '2018-05-01' or country = 'x'",
        "not (day < '2018-05-01' and country = 'x')",
        "day <> '2018-05-01'",
        "day is not null",
        "at > local",
        "month(day) = 5",
        "length(country) > 2018",
    ],
)
def test_others_speak_of_none(text: str) -> None:
    assert bounds(text) == {}


def test_days_are_those_of_the_claims_clock() -> None:
    """23:00 in London on 9 May is 6 in the morning of 10 May in Shanghai."""
    assert bounds("at < '2018-05-10 06:00'", "Asia/Shanghai") == {"at": (None, date(2018, 5, 10))}
    assert bounds("at < '2018-05-10'", "Asia/Shanghai") == {"at": (None, MAY)}


def test_each_column_has_bounds_of_its_own() -> None:
    assert bounds("day >= '2018-04-10' and at < '2018-05-10'") == {"day": (APRIL, None), "at": (None, MAY)}
