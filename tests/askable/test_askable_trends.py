"""A trend among the claims that are shown: only where the rows bear one, and in its direction."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from factcheck import check
from factcheck.datasets import show
from factcheck.project import open_evidence


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([3 + 2 * day for day in range(12)], "a day is rising."),
        ([30 - 2 * day for day in range(12)], "a day is falling."),
        ([9, 2, 7, 1, 8, 3, 3, 8, 1, 7, 2, 9], None),
    ],
)
def test_a_trend_is_shown_in_its_direction(tmp_path: Path, counts: list[int], said: str | None) -> None:
    days = [date(2018, 5, 1) + timedelta(days=i) for i, count in enumerate(counts) for _ in range(count)]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence" / "d.csv").write_text("day\n" + "".join(f"{day}\n" for day in days), encoding="utf-8")
    manifest = "datasets: {d: {files: d.csv, unit: post, completeness: complete}}\n"
    (tmp_path / "evidence" / "d.yaml").write_text(manifest, encoding="utf-8")
    text = show(open_evidence(tmp_path), "d").partition("\nclaims:")[2]
    assert ("measure: {trend: day, per: day}" in text) == (said is not None)
    if said is not None:
        assert said in text
    (tmp_path / "claims" / "c.yaml").write_text(f"claims:{text}", encoding="utf-8")
    assert {verdict.outcome.value for verdict in check(tmp_path / "claims" / "c.yaml", project=tmp_path)} == {"supported"}


def test_a_busiest_day_of_one_row_is_none(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    days = "".join(f"2018-05-{day:02d}\n" for day in range(1, 6))
    (tmp_path / "evidence" / "d.csv").write_text(f"day\n{days}", encoding="utf-8")
    manifest = "datasets: {d: {files: d.csv, unit: region, completeness: complete}}\n"
    (tmp_path / "evidence" / "d.yaml").write_text(manifest, encoding="utf-8")
    assert "1 regions" not in show(open_evidence(tmp_path), "d")
