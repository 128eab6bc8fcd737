"""Series drawn in text, and the definitions that a figure rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from factcheck.claims.figures import Quantity, read
from factcheck.measures.measurement import Definition, Measurement, Series
from factcheck.reports.definitions import others, used
from factcheck.reports.explain import explained
from factcheck.reports.series_text import series_text
from factcheck.verdicts.verdict import Verdict
from tests.reports.gallery import beach

VERDICT = beach()  # any verdict will do: only its measurement is drawn
FIRST = date(2017, 6, 1)


def with_series(*series: Series, **changes: object) -> Verdict:
    found = Measurement(Quantity.COUNT, Fraction(3), series=series)
    return replace(VERDICT, measurement=found, **changes)  # type: ignore[arg-type]


def days(*counts: int, **changes: object) -> Series:
    x = tuple(FIRST + timedelta(days=i) for i in range(len(counts)))
    return Series("time", x, counts, "days", "posts by day", **changes)  # type: ignore[arg-type]


def test_a_share_of_nothing_is_told_in_percent() -> None:
    curve = Series("curve", (15, 30, 60), (Fraction(0), Fraction(0), Fraction(0)), "seconds", "share")
    (picture,) = series_text(with_series(curve))
    assert [line.split()[-1] for line in picture.split("\n")[1:]] == ["0%", "0%", "0%"]
    (picture,) = series_text(with_series(replace(curve, y=(0, 1, 2), y_name="shares of the post")))
    assert [line.split()[-1] for line in picture.split("\n")[1:]] == ["0", "1", "2"]


def test_a_row_of_days_marks_what_was_claimed_and_what_stands_out() -> None:
    claimed = read(["2017-06-03", "2017-06-05"], Quantity.DATE)
    (picture,) = series_text(with_series(days(1, 0, 8, 2, 1, marks=(date(2017, 6, 3),)), claimed=claimed))
    assert picture.splitlines() == [
        "posts by day  ▁ █▂▁  highest: 8 on 3 June 2017",
        "claimed         ▲ ▲",
        "stands out      ●",
        "              1 June 2017 … 5 June 2017",
    ]


def test_a_long_row_shows_the_largest_of_neighbours() -> None:
    counts = [1] * 620
    counts[333] = 50
    (picture,) = series_text(with_series(days(*counts)))
    bars = picture.splitlines()[0].removeprefix("posts by day  ").split("  highest")[0]
    assert bars == "▁" * 33 + "█" + "▁" * 28
    assert "each bar is the largest of 10 days" in picture


def test_hours_have_a_clock_below() -> None:
    series = Series("hours", tuple(range(24)), (0,) * 9 + (5,) + (0,) * 14, "hours", "posts by hour")
    first, clock = series_text(with_series(series))[0].splitlines()
    assert first.index("█") - len("posts by hour  ") == 9
    assert clock.split() == ["0", "6", "12", "18"]
    assert clock.index("12") - len("posts by hour  ") == 12
    assert "at 09:00" in first


def test_degrees_are_added_up_in_stretches_that_double() -> None:
    series = Series("degrees", (0, 1, 2, 3, 5, 900), (266, 100, 50, 25, 4, 1), "links", "blogs with as many")
    lines = series_text(with_series(series))[0].splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["0", "1", "2–3", "4–7", "512–1,023"]
    assert [line.split()[-1] for line in lines[1:]] == ["266", "100", "75", "4", "1"]


def test_a_curve_of_shares_is_told_in_percent() -> None:
    series = Series("curve", (10, 60), (Fraction(1, 4), Fraction(1, 2)), "seconds", "coordinated")
    assert [line.split()[-1] for line in series_text(with_series(series))[0].splitlines()[1:]] == ["25%", "50%"]


def test_lines_that_are_not_drawn_are_told() -> None:
    steps = Series("curve", tuple(range(1, 21)), (3,) * 20, "steps from the root", "reshares")
    (picture,) = series_text(with_series(steps))
    drawn = picture.count("█" * 30)
    assert 1 < drawn < 20
    assert picture.endswith(f"(not drawn: {20 - drawn} more lines between these)")
    (whole,) = series_text(with_series(replace(steps, x=(1, 2), y=(3, 3))))
    assert "not drawn" not in whole


@pytest.mark.parametrize("kind", ["time", "hours", "degrees", "curve"])
def test_nothing_is_drawn_of_nothing(kind: str) -> None:
    assert series_text(with_series(Series(kind, (), ()))) == ()  # type: ignore[arg-type]


def test_definitions_say_what_was_used_and_what_else_would_have_come_out() -> None:
    one = Definition("reading", "plain", (("other", Fraction(19_090)), ("third", None)))
    found = Measurement(Quantity.COUNT, Fraction(19_022), definitions=(one,))
    verdict = replace(VERDICT, measurement=found)
    assert used(verdict) == ("`reading: plain`",)
    assert others(verdict) == ("`reading: plain`. Instead, `other` would give 19,090 and `third` would give –.",)
    assert "Instead, other would give 19,090" in " ".join(explained(verdict).split())
