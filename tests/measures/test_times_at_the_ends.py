"""Times without end, and the days at the ends of the calendar."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb

import factcheck
from factcheck.measures.times import seconds, span

CLAIMS = """
defaults: {dataset: spans}
claims:
  - {id: hours, statement: Half of them ended at ten., measure: {hours: ended}, claimed: {10: 50%}}
  - {id: last, statement: The last day is in 2018., measure: {max: day}, claimed: 2018}
  - {id: long-ago, statement: One was before our era., measure: {count: rows, that: "era < '0001-01-01'"}, claimed: 1}
  - {id: eras, statement: The most common is this one., measure: {top: 1, by: era}, claimed: x}
"""
ROWS = """
SELECT unnest(['infinity', '2018-05-01 10:00'])::TIMESTAMP AS ended, unnest(['9999-12-31', '2018-05-01'])::DATE AS day,
    unnest(['0044-03-15 (BC)', '2018-05-01'])::DATE AS era
"""


def test_the_last_day_of_the_calendar_has_an_end() -> None:
    _, interval = span(date(9999, 12, 31), "UTC")
    assert interval.low == seconds(datetime(9999, 12, 31))
    assert interval.high == seconds(datetime(9999, 12, 31)) + 86_400


def test_what_can_be_said_is_said_and_the_rest_an_error_by_name(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "factcheck.yaml").write_text("title: Ends\n")
    (tmp_path / "claims" / "ends.yaml").write_text(CLAIMS)
    (tmp_path / "evidence" / "ends.yaml").write_text(
        "datasets: {spans: {files: spans.parquet, unit: span, completeness: complete}}"
    )
    with duckdb.connect() as made:
        made.execute(f"COPY ({ROWS}) TO '{tmp_path / 'evidence' / 'spans.parquet'}' (FORMAT parquet)")
    run = factcheck.check(project=tmp_path)
    assert {v.id: v.outcome for v in run} == {
        "hours": "inconclusive",  # the one without end may be at any hour
        "last": "refuted",
        "long-ago": "supported",
        "eras": "error",
    }
    assert "before the year 1" in (run["eras"].error or "")
