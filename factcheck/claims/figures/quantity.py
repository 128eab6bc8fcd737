"""What kind of value a measure yields, and what can be said of such a value.

The measure decides the quantity, the claim only speaks of it: `3` is a count, a rank or an error,
depending on what is measured.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final

from factcheck.claims.regions import Interval


class Quantity(StrEnum):
    """The kind of value that a claim is held against, with the unit that its numbers are kept in."""

    PROPORTION = "proportion"  # a fraction of one: 64% is 16/25
    COUNT = "count"
    NUMBER = "number"  # in the unit of the column
    RATIO = "ratio"  # how many times: 20% more is 6/5
    DIFFERENCE = "difference"  # of counts or numbers
    POINTS = "points"  # a difference of two shares: 12 points is 3/25
    RANK = "rank"
    LABEL = "label"
    SET = "set"
    DATE = "date"
    DURATION = "duration"  # in seconds
    TREND = "trend"  # the relative change from start to end: a doubling is 1
    COMPOSITION = "composition"
    CORRELATION = "correlation"


NUMERIC: Final = frozenset(
    {
        Quantity.PROPORTION,
        Quantity.COUNT,
        Quantity.NUMBER,
        Quantity.RATIO,
        Quantity.DIFFERENCE,
        Quantity.POINTS,
        Quantity.RANK,
        Quantity.DURATION,
        Quantity.CORRELATION,
    }
)

NAMES: Final[dict[Quantity, str]] = {
    Quantity.PROPORTION: "a share",
    Quantity.COUNT: "a count",
    Quantity.NUMBER: "a number",
    Quantity.RATIO: "a ratio",
    Quantity.DIFFERENCE: "a difference",
    Quantity.POINTS: "a difference of shares",
    Quantity.RANK: "a rank",
    Quantity.LABEL: "a label",
    Quantity.SET: "a set",
    Quantity.DATE: "a date",
    Quantity.DURATION: "a duration",
    Quantity.TREND: "a trend",
    Quantity.COMPOSITION: "a composition",
    Quantity.CORRELATION: "a correlation",
}

EXAMPLES: Final[dict[Quantity, tuple[str, ...]]] = {
    Quantity.PROPORTION: ("64%", "about 64%", "{low: 60%, high: 70%}"),
    Quantity.COUNT: ("2,504", "more than 3,000", "{low: 200, high: 900}"),
    Quantity.NUMBER: ("4.5", "about 4.5", "{low: 4, high: 5}"),
    Quantity.RATIO: ("3x", "20% more", "{low: 2.5, high: 3.5}"),
    Quantity.DIFFERENCE: ("200 more", "about 200", "{low: 150, high: 250}"),
    Quantity.POINTS: ("12 points", "12 points lower", "{low: 10 points, high: 15 points}"),
    Quantity.RANK: ("first", "in the top ten", "more than 10"),
    Quantity.LABEL: ("Russia", "{excludes: [Russia]}"),
    Quantity.SET: ("[Kazakhstan, Russia]", "{includes: [Russia]}", "{excludes: [Russia]}"),
    Quantity.DATE: ("2017-05-03", "May 2017", "2017-05-03 to 2017-05-07"),
    Quantity.DURATION: ("9 days", "about two months", "{low: 5 days, high: 10 days}"),
    Quantity.TREND: ("rising", "falling", "flat"),
    Quantity.COMPOSITION: ("{labour: 39.7%, snp: 19%}", "{labour: about 40%}"),
    Quantity.CORRELATION: ("-0.3", "more than 0.5", "{low: -0.1, high: 0.1}"),
}

_ZERO, _ONE = Fraction(0), Fraction(1)

DOMAIN: Final[dict[Quantity, Interval]] = {
    Quantity.PROPORTION: Interval(_ZERO, _ONE),
    Quantity.COUNT: Interval(_ZERO, None),
    Quantity.NUMBER: Interval(None, None),
    Quantity.RATIO: Interval(_ZERO, None),
    Quantity.DIFFERENCE: Interval(None, None),
    Quantity.POINTS: Interval(None, None),
    Quantity.RANK: Interval(_ONE, None),
    Quantity.DURATION: Interval(_ZERO, None),
    Quantity.CORRELATION: Interval(-_ONE, _ONE),
    Quantity.TREND: Interval(-_ONE, None),
}
