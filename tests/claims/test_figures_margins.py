"""`tolerance` and `near`, given by the claim."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.claims.regions import Interval


def claimed(text: object, quantity: Quantity, **margins: str) -> NumberClaim:
    claim = read(text, quantity, **margins)  # type: ignore[arg-type]  # only tolerance and near are passed on
    assert isinstance(claim, NumberClaim)
    return claim


@pytest.mark.parametrize(
    ("text", "quantity", "tolerance", "low", "high"),
    [
        ("64%", Quantity.PROPORTION, "3 points", "0.61", "0.67"),
        ("64%", Quantity.PROPORTION, "5%", "0.608", "0.672"),
        ("about 64%", Quantity.PROPORTION, "1 point", "0.63", "0.65"),
        ("99%", Quantity.PROPORTION, "3 points", "0.96", "1"),
        ("3,000", Quantity.COUNT, "10%", "2700", "3300"),
        ("20", Quantity.COUNT, "2", "18", "22"),
        ("64%", Quantity.PROPORTION, "0", "0.64", "0.64"),
        ("nearly 3,000", Quantity.COUNT, "100", "2900", "3000"),
        ("just over 3,000", Quantity.COUNT, "100", "3000", "3100"),
        ("20% more", Quantity.RATIO, "3 points", "1.17", "1.23"),
        ("7% fewer", Quantity.RATIO, "10%", "0.923", "0.937"),
        ("12 points lower", Quantity.POINTS, "2 points", "-0.14", "-0.10"),
        ("9 days", Quantity.DURATION, "2 days", "604800", "950400"),
        ("-0.3", Quantity.CORRELATION, "0.1", "-0.4", "-0.2"),
    ],
)
def test_a_tolerance_replaces_the_reading(text: str, quantity: Quantity, tolerance: str, low: str, high: str) -> None:
    claim = claimed(text, quantity, tolerance=tolerance)
    assert claim.region == Interval(Fraction(low), Fraction(high))
    assert claim.near.covers(claim.region)
    assert claim.reading.endswith(f"give or take {tolerance}")


@pytest.mark.parametrize(
    ("text", "quantity", "near", "low", "high"),
    [
        ("64%", Quantity.PROPORTION, "3 points", "0.605", "0.675"),
        ("64%", Quantity.PROPORTION, "0", "0.635", "0.645"),
        ("1,000", Quantity.COUNT, "10%", "850", "1150"),
        ("20", Quantity.COUNT, "5", "15", "25"),
        ("200 to 1,000", Quantity.COUNT, "10%", "180", "1100"),
        ("first", Quantity.RANK, "1", "1", "2"),
        ("most", Quantity.PROPORTION, "5 points", "0.45", "1"),
    ],
)
def test_near_may_be_given(text: str, quantity: Quantity, near: str, low: str, high: str) -> None:
    assert claimed(text, quantity, near=near).near == Interval(Fraction(low), Fraction(high))


def test_near_of_a_one_sided_figure_moves_its_end_only() -> None:
    claim = claimed("at least 60%", Quantity.PROPORTION, near="5 points")
    assert claim.region == Interval(Fraction(6, 10), Fraction(1))
    assert claim.near == Interval(Fraction(55, 100), Fraction(1))


@pytest.mark.parametrize(
    ("text", "quantity", "margins"),
    [
        ("64%", Quantity.PROPORTION, {"tolerance": "3"}),
        ("64%", Quantity.PROPORTION, {"near": "three-ish"}),
        ("64%", Quantity.PROPORTION, {"near": "-3 points"}),
        ("20", Quantity.COUNT, {"near": "3 percentage points"}),
        ("9 days", Quantity.DURATION, {"tolerance": "3"}),
        ("more than 60%", Quantity.PROPORTION, {"tolerance": "3 points"}),
        ("60 to 70%", Quantity.PROPORTION, {"tolerance": "3 points"}),
        ("most", Quantity.PROPORTION, {"tolerance": "3 points"}),
        ("first", Quantity.RANK, {"tolerance": "1"}),
        ("May 2017", Quantity.DATE, {"near": "2 days"}),
        ("Russia", Quantity.LABEL, {"near": "5%"}),
    ],
)
def test_a_margin_that_does_not_fit_is_refused(text: str, quantity: Quantity, margins: dict[str, str]) -> None:
    with pytest.raises(FigureError):
        claimed(text, quantity, **margins)


def test_an_unreadable_margin_names_its_field() -> None:
    with pytest.raises(FigureError) as caught:
        claimed("64%", Quantity.PROPORTION, tolerance="3 pints")
    assert caught.value.field == "tolerance"
    assert "tolerance: 3 points" in caught.value.examples
