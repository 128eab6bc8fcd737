"""Directions over time: rising, falling, flat."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.readings import TrendClaim
from factcheck.claims.figures.vocabulary import words
from factcheck.claims.regions import Interval

Direction = Literal["rising", "falling", "flat"]

FLAT: Final = Fraction(1, 10)  # a change of no more is flat, whichever way it goes
_REGIONS: Final[dict[Direction, tuple[Interval, str]]] = {
    "rising": (Interval(Fraction(0), None, low_open=True), "a rise of any size"),
    "falling": (Interval(Fraction(-1), Fraction(0), low_open=True, high_open=True), "a fall of any size"),
    "flat": (Interval(-FLAT, FLAT), "a change of at most 10% either way"),
}
_WORDS: Final[dict[str, Direction]] = {
    **dict.fromkeys(words("rising rose risen rises growing grew grows increasing increased increases up"), "rising"),
    **dict.fromkeys(
        words("falling fell fallen falls shrinking declining declined decreasing decreased decreases down"), "falling"
    ),
    **dict.fromkeys(words("flat stable steady constant unchanged stagnant level"), "flat"),
}


def read_trend(text: str) -> TrendClaim:
    """The direction, as the relative change over the period."""
    cur = Cursor(text, Quantity.TREND)
    direction = _WORDS.get(cur.word())
    if direction is None:
        cur.fail_here("this is no direction")
    cur.at += 1
    if not cur.done:
        cur.fail_here("a direction stands alone")
    region, reading = _REGIONS[direction]
    return TrendClaim(text.strip(), direction, region, reading)
