"""The picture in text is drawn to scale."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.line import Axis
from factcheck.reports.ranking import ranked
from factcheck.reports.scale import WIDTH, column, scale
from factcheck.verdicts.verdict import Outcome

from . import gallery, kinds
from .build import claim, count, share, verdict
from .circumstances import two_checks


def picture(claimed: str, found: Measurement, measure: dict | None = None) -> list[str]:
    spec = claim("x", "X.", measure=measure or {"share": "a"}, claimed=claimed)
    told = scale(verdict(spec, Outcome.REFUTED, found))
    assert told is not None
    return told.split("\n")


def test_places_are_proportional() -> None:
    """On a line from 0 to 100 half lies in the middle, a quarter at a quarter."""
    axis = Axis(Fraction(0), Fraction(100))
    assert [column(axis, Fraction(value)) for value in (0, 25, 50, 100)] == [0, 9, 18, 35]
    assert [column(axis, Fraction(value)) for value in (-5, 500)] == [0, WIDTH - 1]


def test_the_example_of_the_design() -> None:
    told = scale(gallery.beach())
    assert told == (
        'claimed                 8.5% ├─────────┤ 9.5%  "9%" is read as what rounds to 9%\n'
        "found    7.1% ●                                complete data: no sampling error\n"
        "             7%        8%         9%"
    )


def test_what_lies_apart_is_drawn_apart() -> None:
    claimed, found, *_ = picture("9%", share(27, 381))
    assert found.index("●") < claimed.index("├") < claimed.index("┤")


def test_what_lies_inside_is_drawn_inside() -> None:
    claimed, found, *_ = picture("about 64%", share(64, 100, low=0.62, high=0.66))
    assert claimed.index("├") < found.index("├") < found.index("●") < found.index("┤") < claimed.index("┤")


def test_an_end_without_bound_is_an_arrow() -> None:
    found = replace(count(4_000), region=Interval(Fraction(4_000), None))
    claimed, drawn, *_ = picture("more than 3,000", found, {"count": "rows"})
    assert claimed.index("├") < claimed.index("►")
    assert drawn.index("●") < drawn.index("►")
    assert claimed.index("►") == drawn.index("►")
    three = Measurement(Quantity.NUMBER, Fraction(3), Interval.point(3), n=1)
    assert "◄" in picture("less than 5", three, {"mean": "x"})[0]


def test_an_estimate_that_equals_the_claim_stands_below_it() -> None:
    claimed, found, *_ = picture("263", count(263), {"count": "rows"})
    assert claimed.index("│") == found.index("●")


def test_pieces_of_evidence_stand_below_one_another() -> None:
    told = scale(two_checks())
    assert told is not None
    assert [line[:7] for line in told.split("\n") if line[:1] not in (" ", "")] == ["claimed", "found 1", "found 2"]


def test_dates_are_drawn_with_their_last_day() -> None:
    told = scale(kinds.first_day())
    assert told is not None
    claimed, found = told.split("\n")
    assert "1 June 2017 ├" in claimed
    assert "┤ 30 June 2017" in claimed
    assert "3 May 2017" in found
    assert "4 May" not in found


@pytest.mark.parametrize(
    "make", [kinds.rank, kinds.top_set, kinds.shares, gallery.state_backed, gallery.failed, gallery.no_rows]
)
def test_what_is_no_matter_of_a_line_has_none(make) -> None:
    assert scale(make()) is None


def test_bars_are_ranked_and_the_claimed_one_is_marked() -> None:
    told = ranked(kinds.rank())
    assert told is not None
    lines = told.split("\n")
    assert [line.split()[-1] for line in lines[:4]] == ["640", "320", "80", "80"]
    assert [line.count("█") for line in lines[:4]] == [28, 14, 4, 4]  # 640 : 320 : 80
    assert [line[:1] for line in lines[:4]] == [" ", " ", " ", "→"]
    assert [line.split()[0] for line in lines[:3]] == ["1", "2", "3"]
    assert lines[3].split()[1] == "3"  # level with the one above
    assert lines[4] == "… and 5 more"


values = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


@given(values, values, values, st.booleans(), st.booleans())
def test_any_figure_can_be_drawn(a: Fraction, b: Fraction, c: Fraction, low: bool, high: bool) -> None:
    """Whatever the numbers: one dot, in no line more than its own, and ticks within the line."""
    first, middle, last = sorted((a, b, c))
    region = Interval(first if low else None, last if high else None)
    found = Measurement(Quantity.NUMBER, middle, region, n=1)
    spec = claim("x", "X.", measure={"mean": "x"}, claimed={"low": str(float(a)), "text": "x"})
    told = scale(verdict(spec, Outcome.INCONCLUSIVE, found))
    assert told is not None
    assert told.count("●") == 1
    assert all(len(line) < 200 for line in told.split("\n"))


@given(st.integers(0, 50), st.integers(1, 50))
def test_any_share_can_be_drawn(k: int, more: int) -> None:
    assert sum(line.count("●") for line in picture("half", share(k, k + more))) == 1
