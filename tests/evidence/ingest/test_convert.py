"""Text read under a stated type: what would come out as another time or figure than is written is lost instead."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest

from .desk import Desk


@pytest.mark.parametrize(
    ("cells", "spec", "expected"),
    [
        # The engine takes 18 for the year 18, and %y takes 2018 for no year at all.
        (("05/06/2018", "03/04/18", "5/6/2018"), 'format: "%d/%m/%Y"', [date(2018, 6, 5), None, date(2018, 6, 5)]),
        (("05/06/18", "03/04/2018"), 'format: "%d/%m/%y"', [date(2018, 6, 5), None]),
        # Milliseconds under seconds would stand in the year 50,325.
        (("1525910400", "1525910400000"), "format: unix", [datetime(2018, 5, 10), None]),
        (("1525910400000",), "format: unix_ms", [datetime(2018, 5, 10)]),
    ],
)
def test_a_time_that_is_not_written_so_is_lost(
    desk: Desk, cells: tuple[str, ...], spec: str, expected: list[object]
) -> None:
    found = desk.csv("n,t\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells)), f"columns: {{t: {{{spec}}}}}")
    assert [t for (t,) in desk.rows(found, "t", "ORDER BY n")] == expected
    lost = sum(value is None for value in expected)
    assert found.ledger is not None
    assert found.ledger.lost == ({"t": lost} if lost else {})


def test_utc_written_beside_a_time_counts_before_the_clock_of_the_column(desk: Desk) -> None:
    text = "n,t\n1,2018-05-10 12:00:00 UTC\n2,2018-05-10 12:00:00Z\n3,2018-05-10 12:00:00\n"
    found = desk.csv(text, "columns: {t: {type: timestamp, timezone: America/New_York}}")
    noon = datetime(2018, 5, 10, 12)
    assert [t for (t,) in desk.rows(found, "t", "ORDER BY n")] == [noon, noon, datetime(2018, 5, 10, 16)]


@pytest.mark.parametrize(
    ("spec", "expected", "lost"),
    [
        # Seconds since 1970 it would be 22 August 1970.
        ("type: date", [None, None], 2),
        ('format: "%Y%m%d"', [date(2018, 5, 10), date(2018, 5, 11)], 0),
        ("format: unix", [datetime(1970, 8, 22, 13, 41, 50), datetime(1970, 8, 22, 13, 41, 51)], 0),
        ("type: boolean", [None, None], 2),
    ],
)
def test_a_column_of_numbers_is_no_other_thing_by_its_type_alone(
    desk: Desk, spec: str, expected: list[object], lost: int
) -> None:
    duckdb.sql("SELECT unnest([20180510, 20180511]) AS v").write_parquet(str(desk.write("d.parquet", "")))
    found = desk.load(f"d: {{files: d.parquet, columns: {{v: {{{spec}}}}}}}")
    assert [v for (v,) in desk.rows(found, "v", "ORDER BY 1")] == expected
    assert found.ledger is not None
    assert found.ledger.lost == ({"v": lost} if lost else {})


def test_a_stated_type_leaves_the_format_that_a_preset_knows(desk: Desk) -> None:
    text = "object_id,account_id,content_id,timestamp_share\no,a,c,1525910400\n"
    found = desk.csv(text, "columns: {created_at: {type: timestamp}}")
    assert desk.rows(found, "created_at") == [(datetime(2018, 5, 10),)]
