"""Time lines, hours and distributions as pictures: every mark where it belongs, nothing left out in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import altair as alt
import pytest

from factcheck.claims.figures import Quantity, read
from factcheck.evidence.dataset import Collected
from factcheck.measures.measurement import Measurement, Series
from factcheck.reports.pictures.series import pictures
from factcheck.reports.pictures.svg import inline
from factcheck.verdicts.verdict import Verdict
from tests.reports.build import posts
from tests.reports.gallery import beach

FIRST = date(2017, 6, 1)


def with_series(series: Series, **changes: Any) -> Verdict:
    found = Measurement(Quantity.COUNT, Fraction(3), series=(series,))
    return replace(beach(), measurement=found, **changes)


def days(*counts: int, **changes: Any) -> Series:
    x = tuple(FIRST + timedelta(days=i) for i in range(len(counts)))
    return Series("time", x, counts, "days", "posts by day", **changes)


def drawn(verdict: Verdict) -> dict[str, Any]:
    (picture,) = pictures(verdict)
    return picture.spec()["datasets"]


def test_each_day_has_its_bar_and_its_height() -> None:
    data = drawn(with_series(days(1, 0, 8, 2)))
    assert [bar["y"] for bar in data["bars"]] == [1, 0, 8, 2]
    assert [bar["x"] for bar in data["bars"]] == [0.1, 1.1, 2.1, 3.1]


def test_claimed_and_found_days_stand_over_their_bars() -> None:
    claimed = read("2 June 2017 and 3 June 2017", Quantity.DATE)
    verdict = with_series(days(1, 7, 8, 2, marks=(FIRST + timedelta(days=2),)), claimed=claimed)
    data = drawn(verdict)
    assert [mark["x"] for mark in data["claimed"]] == [1.5, 2.5]
    assert [mark["x"] for mark in data["found"]] == [2.5]
    (picture,) = pictures(verdict)
    assert "The claim names 2 June 2017 and 3 June 2017." in picture.alt
    assert "What stands out: 3 June 2017." in picture.alt


def test_a_long_series_keeps_its_largest_day_and_says_what_a_bar_is() -> None:
    counts = [1] * 1000
    counts[777] = 50
    (picture,) = pictures(with_series(days(*counts)))
    bars = picture.spec()["datasets"]["bars"]
    assert len(bars) <= 200
    assert [i for i, bar in enumerate(bars) if bar["y"] == 50] == [777 // 6]
    assert "Each bar is the largest of 6 days." in picture.alt


def test_what_was_not_collected_is_shaded() -> None:
    part = posts(collected=Collected(from_="2017-06-03", to="2017-06-04"))
    data = drawn(with_series(days(0, 0, 5, 5, 0), datasets=(part,)))
    assert data["beyond"] == [{"x": 0, "x2": 2}, {"x": 4, "x2": 5}]
    assert drawn(with_series(days(0, 5), datasets=(posts(collected=Collected()),)))["beyond"] == []


def test_the_time_that_the_claim_speaks_of_is_shaded_unless_it_is_all() -> None:
    inside = days(1, 2, 3, 4, window=(FIRST + timedelta(days=1), FIRST + timedelta(days=2)))
    assert drawn(with_series(inside))["window"] == [{"x": 1, "x2": 3}]
    whole = days(1, 2, window=(FIRST, FIRST + timedelta(days=1)))
    assert drawn(with_series(whole))["window"] == []


def test_degrees_are_told_in_stretches_that_double() -> None:
    series = Series("degrees", (0, 1, 2, 3, 4, 9), (5, 4, 3, 2, 1, 1), "links", "accounts")
    data = drawn(with_series(series))
    assert [one["label"] for one in data["names"]] == ["0", "1", "2–3", "4–7", "8–15"]
    assert [one["y"] for one in data["bars"]] == [5, 4, 5, 1, 1]


@pytest.mark.parametrize("kind", ["time", "hours", "degrees", "curve"])
def test_nothing_is_drawn_of_nothing(kind: Any) -> None:
    assert pictures(with_series(Series(kind, (), ()))) == ()


@pytest.mark.parametrize(
    "series",
    [
        days(1, 0, 3),
        days(0, 0),
        Series("hours", tuple(range(24)), tuple(range(24)), "hours", "posts by hour"),
        Series("curve", (15, 30), (Fraction(0), Fraction(0)), "seconds", "share"),
    ],
)
def test_specifications_are_vega_lite(series: Series) -> None:
    (picture,) = pictures(with_series(series))
    alt.Chart.from_dict(picture.spec(), validate=True)
    assert inline(picture, "x") == inline(picture, "x")
    assert "NaN" not in inline(picture, "x")
