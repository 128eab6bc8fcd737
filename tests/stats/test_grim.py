"""GRIM against the published results of the R package scrutiny (Jung; lhdjung.github.io/scrutiny), README and vignettes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.claims.figures import NumberClaim, Quantity, read
from factcheck.errors import StatisticsError
from factcheck.stats.grim import grim

# grim_map(pigs1): the consistency of means
PIGS1 = [
    ("7.22", 32, True), ("4.74", 25, False), ("5.23", 29, False), ("2.57", 24, False), ("6.77", 27, False),
    ("2.68", 28, True), ("7.01", 29, False), ("7.38", 26, True), ("3.14", 27, False), ("6.89", 31, False),
    ("5.00", 25, True), ("0.24", 28, False),
]  # fmt: skip
# grim("5.27", 43); grim("5.19", 28), grim("5.19", 32) of the help page; vignette: grim_map(flying_pigs1); jpap_1 with
# one item and n = 40, where ties may go up or down; jpap_2 with n × items
OTHERS = [
    ("5.27", 43, False), ("5.19", 28, False), ("5.19", 32, True),
    ("8.97", 28, False), ("2.61", 28, True), ("7.26", 28, False), ("3.64", 28, True), ("9.26", 28, False),
    ("10.46", 28, True), ("7.39", 28, True),
    ("5.90", 40, True), ("5.71", 40, False), ("3.50", 40, True),
    ("6.92", 30, False), ("3.48", 30, False), ("1.59", 60, False), ("2.61", 60, False), ("4.04", 90, True),
    ("4.50", 90, True),
]  # fmt: skip
# grim_map(pigs2, percent = TRUE), grim_map(jpap_3, percent = TRUE)
PERCENTAGES = [
    ("67.4", 150, False), ("54.2", 150, False), ("54.0", 150, True), ("69.8", 150, False), ("68.1", 150, False),
    ("55.4", 150, False), ("32.5", 438, False), ("35.6", 455, True), ("21.7", 501, False), ("39.3", 516, True),
]  # fmt: skip


def consistent(text: str, n: int, quantity: Quantity) -> bool:
    """The figure as a claim would write it, by what rounds to it."""
    claimed = read(text, quantity)
    assert isinstance(claimed, NumberClaim)
    region = claimed.region
    assert region.low is not None
    assert region.high is not None
    return grim(region.low, region.high, n, low_open=region.low_open, high_open=region.high_open).reachable


@pytest.mark.parametrize(("mean", "n", "published"), [*PIGS1, *OTHERS])
def test_means(mean: str, n: int, published: bool) -> None:
    assert consistent(mean, n, Quantity.NUMBER) is published


@pytest.mark.parametrize(("percentage", "n", "published"), PERCENTAGES)
def test_percentages(percentage: str, n: int, published: bool) -> None:
    assert consistent(f"{percentage}%", n, Quantity.PROPORTION) is published


def test_ties_may_go_up_or_down() -> None:
    # Vignette, jpap_4: with n = 80, 2.02 and 2.03 come out differently when ties go up or go down; the default takes both.
    assert consistent("2.02", 80, Quantity.NUMBER)
    assert consistent("2.03", 80, Quantity.NUMBER)


def test_the_neighbours_of_what_cannot_be() -> None:
    found = grim(Fraction("0.6735"), Fraction("0.6745"), 150)
    assert not found.reachable
    assert (found.last, found.first) == (101, 102)


def test_an_end_that_is_left_out() -> None:
    assert grim(Fraction(1, 2), Fraction(1), 2).first == 1
    assert grim(Fraction(1, 2), Fraction(1), 2, low_open=True).first == 2
    assert not grim(Fraction(1, 2), Fraction(1), 1, low_open=True, high_open=True).reachable


@pytest.mark.parametrize("n", [0, -1, 2.5])
def test_a_base_that_is_none(n: float) -> None:
    with pytest.raises(StatisticsError, match=f"n={n}"):
        grim(Fraction(0), Fraction(1), n)  # type: ignore[arg-type]  # what is refused


def test_ends_in_the_wrong_order() -> None:
    with pytest.raises(StatisticsError, match="low=1"):
        grim(Fraction(1), Fraction(0), 5)
