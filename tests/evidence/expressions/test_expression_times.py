"""Times on a clock. UTC offsets: Mexico City -6/-5 (from 2018-04-01), Moscow +3, Shanghai +8, Berlin +1/+2."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import duckdb
import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import (
    Bound,
    ExpressionError,
    Scope,
    bind,
    cautions,
    equals,
    local_hour,
    truncate,
)  # fmt: skip

UTC_COLUMN = Column("t", "TIMESTAMP", Family.TIMESTAMP)
MOSCOW_COLUMN = Column("t", "TIMESTAMP", Family.TIMESTAMP, timezone="Europe/Moscow")
DAY = Column("d", "DATE", Family.DATE)


def scope(timezone: str | None = None, column: Column = UTC_COLUMN) -> Scope:
    return Scope({"t": column, "d": DAY}, timezone=timezone)


def value(bound: Bound, moment: str, day: str = "2018-04-10") -> object:
    """What an expression gives of one row."""
    sql = f"SELECT {bound.sql} FROM (SELECT TIMESTAMP '{moment}' AS t, DATE '{day}' AS d)"
    return connection().execute(sql).fetchall()[0][0]


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """A session with a clock of its own, which must not matter."""
    made = duckdb.connect()
    made.execute("SET TimeZone='America/New_York'")
    return made


@pytest.mark.parametrize(
    ("text", "timezone", "column", "utc"),
    [
        ("t >= '2018-04-10'", None, UTC_COLUMN, "2018-04-10 00:00:00"),
        ("t >= '2018-04-10'", None, MOSCOW_COLUMN, "2018-04-09 21:00:00"),
        ("t >= '2018-04-10'", "America/Mexico_City", MOSCOW_COLUMN, "2018-04-10 05:00:00"),
        ("t >= '2018-03-10'", "America/Mexico_City", UTC_COLUMN, "2018-03-10 06:00:00"),
        ("t >= timestamp '2018-04-10'", None, MOSCOW_COLUMN, "2018-04-09 21:00:00"),
        ("t >= '2018-04-10 12:30:15.5'", "Asia/Shanghai", UTC_COLUMN, "2018-04-10 04:30:15.500000"),
        ("t >= '2018-04-10 12:00Z'", "Asia/Shanghai", UTC_COLUMN, "2018-04-10 12:00:00"),
        ("t >= '2018-04-10T12:00:00+02:00'", "Asia/Shanghai", UTC_COLUMN, "2018-04-10 10:00:00"),
        ("t >= '2018-04-10 12:00-0430'", None, UTC_COLUMN, "2018-04-10 16:30:00"),
        ("t >= '2018-10-28 02:30'", "Europe/Berlin", UTC_COLUMN, "2018-10-28 00:30:00"),  # shown twice: the first
    ],
)
def test_a_literal_is_read_on_the_clock(text: str, timezone: str | None, column: Column, utc: str) -> None:
    assert bind(text, scope(timezone, column)).sql == f"\"t\" >= CAST('{utc}' AS TIMESTAMP)"


@pytest.mark.parametrize("zone", ["UTC", "America/Mexico_City", "Asia/Shanghai", "Europe/Berlin"])
@pytest.mark.parametrize(
    "moment", ["2018-04-09 15:59:59", "2018-04-09 16:00:00", "2018-04-10 04:59:59", "2018-04-10 21:59"]
)
def test_a_date_and_a_range_of_times_agree(zone: str, moment: str) -> None:
    ways = [
        "t >= '2018-04-10' and t < '2018-04-11'",
        "t::date = '2018-04-10'",
        "year(t) = 2018 and month(t) = 4 and day(t) = 10",
        "date_trunc('day', t) = '2018-04-10'",
        "strftime(t, '%Y-%m-%d') = '2018-04-10'",
        "days_between('2018-04-10', t) = 0",
        "t >= d and t < d + interval '1 day'",
    ]
    assert len({value(bind(way, scope(zone)), moment) for way in ways}) == 1


def test_truncate_shows_the_clock() -> None:
    time = bind("t", scope("Asia/Shanghai"))
    assert value(truncate(time, "day"), "2018-04-09 16:30:00") == date(2018, 4, 10)
    assert value(truncate(time, "hour"), "2018-04-09 16:30:00") == datetime(2018, 4, 10, 0, 0)
    assert value(truncate(time, "week"), "2018-04-08 16:30:00") == date(2018, 4, 9)  # a Monday
    assert value(truncate(time, "month"), "2018-03-31 16:30:00") == date(2018, 4, 1)
    assert value(truncate(time, "year"), "2017-12-31 16:30:00") == date(2018, 1, 1)
    assert value(truncate(time, "day", "UTC"), "2018-04-09 16:30:00") == date(2018, 4, 9)
    assert truncate(time, "day").family is Family.DATE
    assert truncate(time, "hour").family is Family.TIMESTAMP


def test_truncate_a_date_needs_no_clock() -> None:
    day = bind("d", scope("Asia/Shanghai"))
    assert value(truncate(day, "day"), "2018-01-01 00:00:00") == date(2018, 4, 10)
    assert value(truncate(day, "month"), "2018-01-01 00:00:00") == date(2018, 4, 1)
    with pytest.raises(ExpressionError):
        truncate(day, "hour")


def test_local_hour() -> None:
    assert value(bind("local_hour(t, 'Asia/Shanghai')", scope("Europe/Berlin")), "2018-04-09 16:30:00") == 0
    assert value(bind("local_hour(t, 'Asia/Kolkata')", scope()), "2018-04-09 16:30:00") == 22
    assert value(bind("hour(t)", scope("Asia/Shanghai")), "2018-04-09 16:30:00") == 0
    assert value(local_hour(bind("t", scope("Asia/Shanghai"))), "2018-04-09 17:30:00") == 1
    # Berlin left summer time on 2018-10-28 at 01:00 UTC, so the clock showed the hour 2 twice.
    assert value(local_hour(bind("t", scope()), "Europe/Berlin"), "2018-10-28 00:30:00") == 2
    assert value(local_hour(bind("t", scope()), "Europe/Berlin"), "2018-10-28 01:30:00") == 2


def test_days_between_counts_dates() -> None:
    assert value(bind("days_between(t, '2018-04-10 00:01')", scope()), "2018-04-09 23:59:00") == 1
    assert value(bind("days_between('2018-04-10', t)", scope()), "2018-04-01 00:00:00") == -9
    assert value(bind("days_between(d, t)", scope("Asia/Shanghai")), "2018-04-10 16:00:00") == 1


def test_equals_reads_a_label_as_a_literal_would_be() -> None:
    assert equals(bind("d", scope()), "2018-04-10").sql == "\"d\" = CAST('2018-04-10' AS DATE)"
    assert "2018-04-09 21:00:00" in equals(bind("t", scope(None, MOSCOW_COLUMN)), "2018-04-10").sql


def test_an_upper_end_that_leaves_out_its_day_can_be_told() -> None:
    found = [cautions(bind(text, scope())) for text in ("t <= '2018-05-09'", "t between '2018-04-10' and '2018-05-09'")]
    assert found == [[("last-day", "2018-05-09")]] * 2
    for text in ("t < '2018-05-09'", "t <= '2018-05-09 23:59'", "d <= '2018-05-09'", "t >= '2018-05-09'"):
        assert cautions(bind(text, scope())) == []


def test_unknown_zone_of_the_claim() -> None:
    with pytest.raises(ExpressionError) as caught:
        bind("t > '2018-01-01'", scope("Europe/Berlinn"))
    assert caught.value.code == "timezone"
