"""The way back: regions in words, and estimates with the digits that they need."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.claims.figures import Quantity, describe, format_value
from factcheck.claims.regions import Interval

F = Fraction


@pytest.mark.parametrize(
    ("interval", "quantity", "words"),
    [
        (Interval(F(635, 1000), F(645, 1000)), Quantity.PROPORTION, "from 63.5% to 64.5%"),
        (Interval(F(1, 2), F(1), low_open=True), Quantity.PROPORTION, "more than 50%"),
        (Interval(F(0), F(5, 1000)), Quantity.PROPORTION, "at most 0.5%"),
        (Interval(F(1, 3), F(1000001, 3000000)), Quantity.PROPORTION, "from 33.3333% to 33.3334%"),
        (Interval.point(2504), Quantity.COUNT, "exactly 2,504"),
        (Interval(F(95), F(105)), Quantity.COUNT, "from 95 to 105"),
        (Interval(F(3000), None, low_open=True), Quantity.COUNT, "more than 3,000"),
        (Interval(F(0), F(20), high_open=True), Quantity.COUNT, "less than 20"),
        (Interval(F(200), F(1000), high_open=True), Quantity.COUNT, "at least 200 and less than 1,000"),
        (Interval(F(111500000), F(112500000)), Quantity.COUNT, "from 111.5 million to 112.5 million"),
        (Interval(F(-125, 1000), F(-115, 1000)), Quantity.POINTS, "from −12.5 to −11.5 points"),
        (Interval(F(1195, 1000), F(1205, 1000)), Quantity.RATIO, "from 1.195 to 1.205 times"),
        (Interval(F(734400), F(820800)), Quantity.DURATION, "from 8.5 to 9.5 days"),
        (Interval(F(302400), F(5259492)), Quantity.DURATION, "from 3.5 days to 2 months"),
        (Interval(None, None), Quantity.NUMBER, "any value"),
    ],
)
def test_a_region_in_words(interval: Interval, quantity: Quantity, words: str) -> None:
    assert describe(interval, quantity) == words


@pytest.mark.parametrize(
    ("value", "quantity", "shown"),
    [
        (F(27, 381), Quantity.PROPORTION, "7.1%"),
        (F(27, 403), Quantity.PROPORTION, "6.7%"),
        (F(0), Quantity.PROPORTION, "0%"),
        (F(1), Quantity.PROPORTION, "100%"),
        (F(1, 2), Quantity.PROPORTION, "50%"),
        (0.00034, Quantity.PROPORTION, "0.034%"),
        (F(96900), Quantity.COUNT, "96,900"),
        (F(763), Quantity.COUNT, "763"),
        (F(112_345_678), Quantity.COUNT, "112,345,678"),
        (F(112_000_000), Quantity.COUNT, "112 million"),
        (F(3, 2), Quantity.RATIO, "1.5 times"),
        (F(123, 1000), Quantity.POINTS, "12.3 points"),
        (F(-123, 1000), Quantity.POINTS, "−12.3 points"),
        (F(1, 100), Quantity.POINTS, "1 point"),
        (F(777_600), Quantity.DURATION, "9 days"),
        (F(198_900), Quantity.DURATION, "2.3 days"),
        (F(12_615, 2), Quantity.DURATION, "1.8 hours"),
        (F(5_400), Quantity.DURATION, "1.5 hours"),
        (F(3), Quantity.RANK, "3rd"),
        (F(12), Quantity.RANK, "12th"),
        (F(21), Quantity.RANK, "21st"),
        (F(111), Quantity.RANK, "111th"),
        (0.3149, Quantity.CORRELATION, "0.31"),
        (F(58, 3), Quantity.NUMBER, "19.3"),
        (F(121, 263), Quantity.PROPORTION, "46.0%"),  # 46.008: the zero says how it was rounded
        (F(137, 858), Quantity.PROPORTION, "16.0%"),
        (F(29_989, 10_000), Quantity.RATIO, "3.00 times"),
        (F(39_996, 100_000), Quantity.PROPORTION, "39.996%"),  # 40.0% would pass for two in five
        (F(5_048, 10), Quantity.NUMBER, "504.8"),  # 505 would pass for a whole number
        (float("nan"), Quantity.NUMBER, "no value"),
        (float("inf"), Quantity.NUMBER, "beyond any number"),
    ],
)
def test_an_estimate_as_a_newsroom_prints_it(value: Fraction | float, quantity: Quantity, shown: str) -> None:
    assert format_value(value, quantity) == shown


@pytest.mark.parametrize(
    ("value", "edges", "shown"),
    [
        (F(894999, 1_000_000), (F(885, 1000), F(895, 1000)), "89.4999%"),
        (F(8999, 10_000), (F(885, 1000), F(895, 1000)), "89.99%"),
        (F(895, 1000), (F(895, 1000),), "89.5%"),
        (F(8_949_999_999_999, 10**13), (F(895, 1000),), "just under 89.5%"),
        (F(50_001, 100_000), (F(1, 2),), "50.001%"),
        (F(1, 10**15), (), "just over 0%"),
        (1 - F(1, 10**15), (), "just under 100%"),
        (F(7087, 100_000), (F(85, 1000), F(95, 1000)), "7.1%"),
    ],
)
def test_an_estimate_lies_visibly_on_its_side_of_every_edge(
    value: Fraction, edges: tuple[Fraction, ...], shown: str
) -> None:
    assert format_value(value, Quantity.PROPORTION, edges=edges) == shown
