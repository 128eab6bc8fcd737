"""To the moment which times a condition leaves, what it asks of one column, and seconds between two times."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import (
    Scope,
    bind,
    is_midnight,
    is_negative,
    part_on,
    seconds_between,
    time_holes,
    time_window,
)

COLUMNS = {
    column.name: column
    for column in (
        Column("country", "VARCHAR", Family.TEXT),
        Column("day", "DATE", Family.DATE),
        Column("at", "TIMESTAMP", Family.TIMESTAMP),
        Column("later", "TIMESTAMP", Family.TIMESTAMP),
        Column("local", "TIMESTAMP", Family.TIMESTAMP, timezone="America/Mexico_City"),
    )
}
A, B = datetime(2018, 4, 10), datetime(2018, 5, 10)


def window(text: str, timezone: str | None = None) -> dict[str, tuple[datetime | None, datetime | None]]:
    return time_window(bind(text, Scope(COLUMNS, {}, timezone), expect="condition"))


@pytest.mark.parametrize(
    ("text", "column", "start", "end"),
    [
        ("at >= '2018-04-10' and at < '2018-05-10'", "at", A, B),
        ("at >= '2018-04-10 12:30' and at <= '2018-05-09 06:00'", "at", datetime(2018, 4, 10, 12, 30), datetime(2018, 5, 9, 6)),
        ("at between '2018-04-10' and '2018-05-09'", "at", A, datetime(2018, 5, 9)),
        ("at::date between '2018-04-10' and '2018-05-09'", "at", A, B),
        ("at::date > '2018-04-09' and at::date < '2018-05-10'", "at", A, B),
        ("day >= '2018-04-10' and day <= '2018-05-09'", "day", A, B),
        ("day in ('2018-05-09', '2018-04-10', '2018-04-11')", "day", A, B),
        ("at in ('2018-05-10', '2018-04-10')", "at", A, B),
        ("year(at) = 2018", "at", datetime(2018, 1, 1), datetime(2019, 1, 1)),
        ("month(at) = 12 and year(at) = 2018", "at", datetime(2018, 12, 1), datetime(2019, 1, 1)),
        ("year(at) = 2018 and month(at) = 4 and at >= '2018-04-10'", "at", A, datetime(2018, 5, 1)),
        ("local >= '2018-04-10'", "local", datetime(2018, 4, 10, 5), None),
        ("at < '2018-05-10' and country = 'x'", "at", None, B),
        ("not (at < '2018-04-10') and not at >= '2018-05-10'", "at", A, B),
        ("not (at < '2018-04-10' or (country = 'x' or at >= '2018-05-10'))", "at", A, B),
        ("not (not (at < '2018-05-10'))", "at", None, B),
    ],
)  # fmt: skip
def test_the_moments_between_which_rows_are_left(
    text: str, column: str, start: datetime | None, end: datetime | None
) -> None:
    assert window(text)[column] == (start, end)


def test_days_begin_on_the_clock_of_the_claim() -> None:
    """12 March 2018 is the day after an hour was left out: midnight is at 04:00 UTC, the day before at 05:00."""
    found = window("at::date >= '2018-03-11' and at::date <= '2018-03-11'", "America/New_York")
    assert found["at"] == (datetime(2018, 3, 11, 5), datetime(2018, 3, 12, 4))


@pytest.mark.parametrize(
    "text",
    ["at < '2018-05-10' or country = 'x'", "not (at < '2018-05-10' and country = 'x')", "not at::date = '2018-05-10'", "hour(at) > 3"],
)  # fmt: skip
def test_what_is_no_plain_end_tells_none(text: str) -> None:
    assert window(text).get("at", (None, None)) == (None, None)


@pytest.mark.parametrize(
    ("text", "holes"),
    [
        ("at >= '2018-04-10' and at < '2018-05-10'", False),
        ("at is not null and country = 'x'", False),
        ("not (at is null)", False),
        ("not (at < '2018-04-10' or at >= '2018-05-10')", False),
        ("not (at < '2018-04-10' and country = 'x')", True),
        ("at::date = '2018-05-10'", False),
        ("at::date in ('2018-05-10')", False),
        ("year(at) = 2018 and month(at) = 5", False),
        ("year(at) >= 2018 and month(at) = 5", True),
        ("month(at) = 5", True),
        ("at::date in ('2018-05-10', '2018-05-12')", True),
        ("at::date <> '2018-05-10'", True),
        ("hour(at) > 3", True),
        ("at < '2018-05-10' or country = 'x'", True),
        ("country = 'x'", False),
        ("at is null", True),
    ],
)
def test_whether_times_in_between_are_left_out(text: str, holes: bool) -> None:
    assert time_holes(bind(text, Scope(COLUMNS), expect="condition"), "at") is holes


def test_what_a_condition_asks_of_one_column() -> None:
    scope = Scope(COLUMNS)
    alone, mixed = part_on(
        bind("hour(at) > 3 and country = 'x' and at < '2018-05-10'", scope, expect="condition"), "at"
    )
    assert alone is not None
    assert alone.columns == {"at"}
    assert ("country" in alone.sql, "HOUR" in alone.sql, "2018-05-10" in alone.sql, mixed) == (False, True, True, False)
    assert part_on(bind("country = 'x'", scope, expect="condition"), "at") == (None, False)
    assert part_on(bind("at < '2018-05-10' or country = 'x'", scope, expect="condition"), "at") == (None, True)
    assert part_on(bind("at < later", scope, expect="condition"), "at") == (None, True)


def test_seconds_and_midnights_as_the_engine_computes_them() -> None:
    engine = open_engine()
    try:
        engine.execute(
            "CREATE TABLE t AS SELECT TIMESTAMP '2016-01-01 00:00:00.25' AS \"at\", TIMESTAMP '2016-01-01 00:00:01.000001' "
            "AS later, DATE '2016-01-03' AS day UNION ALL SELECT TIMESTAMP '2016-01-02', NULL, NULL "
            "UNION ALL SELECT TIMESTAMP '9999-12-31', TIMESTAMP '0001-01-01', DATE '2015-12-31'"
        )
        scope = Scope(engine.schema("t"), {}, None, "t")
        at, later, day = (bind(name, scope) for name in ("at", "later", "day"))
        passed, days = seconds_between(at, later), seconds_between(at, day)
        items = ", ".join(x.sql for x in (passed, days, is_negative(passed), is_midnight(at)))
        rows = engine.run(f"SELECT {items} FROM t ORDER BY 1 NULLS FIRST").rows()
    finally:
        engine.close()
    assert rows[0] == (None, None, None, True)
    assert rows[1] == (Decimal(-315_537_811_200), -2_916_096 * 86_400, True, True)
    assert rows[2] == (Decimal("0.750001"), 2 * 86_400, False, False)


def test_a_date_is_counted_on_the_clock_of_the_time_beside_it() -> None:
    engine = open_engine()
    try:
        engine.execute("CREATE TABLE t AS SELECT DATE '2016-01-01' AS day, TIMESTAMP '2016-01-08 02:00:00' AS \"at\"")
        scope = Scope(engine.schema("t"), {}, "America/New_York", "t")
        days = seconds_between(bind("day", scope), bind("at", scope))
        assert engine.run(f"SELECT {days.sql} FROM t").rows() == [(6 * 86_400,)]
    finally:
        engine.close()
