"""The plain form under all figures: `{low: 25%, high: 100%, text: a large part}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.amounts import read_raw
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.dates import read_period
from factcheck.claims.figures.faults import FigureError, quoted
from factcheck.claims.figures.groups import refused
from factcheck.claims.figures.margins import near_rule
from factcheck.claims.figures.nearness import default_rule, widened
from factcheck.claims.figures.numeric import Margins
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.ranks import rank_words, read_rank
from factcheck.claims.figures.readings import DateClaim, NumberClaim
from factcheck.claims.figures.resolve import resolve
from factcheck.claims.figures.scan import MAX_TEXT
from factcheck.claims.figures.sentences import DIRECTED, read_tail
from factcheck.claims.figures.spreads import clipped
from factcheck.claims.figures.wording import describe
from factcheck.claims.regions import Interval

_KEYS: Final = ("low", "high", "text")


def read_bounds(claimed: Mapping[object, object], quantity: Quantity, margins: Margins) -> NumberClaim:
    """Closed ends; an end that is absent is the end of what is possible."""
    text = _checked(claimed, quantity)
    if margins.tolerance is not None:
        raise refused("a tolerance goes with a single figure, and this is a range", quantity)
    low, low_change = _end(claimed, "low", quantity)
    high, high_change = _end(claimed, "high", quantity)
    if low is not None and high is not None and low > high:
        raise refused("the low end lies above the high end", quantity, ("low",))
    domain = DOMAIN[quantity]
    region = Interval(domain.low if low is None else low, domain.high if high is None else high)
    rule = near_rule(margins.near, quantity) or default_rule(quantity, change=False)
    near = clipped(widened(region, rule, None), domain)
    if margins.near is None and quantity is Quantity.RATIO:
        near = _near_change(region, low_change, high_change, near)
    words = rank_words(region) if quantity is Quantity.RANK else describe(region, quantity)
    return NumberClaim(
        text=text or words,
        quantity=quantity,
        region=region,
        near=near,
        reading=words,
        one_sided=low is None or high is None,
    )


def _near_change(region: Interval, low_change: int, high_change: int, near: Interval) -> Interval:
    """Ends told as a change (`5% fewer`) are near as changes are."""
    rule = default_rule(Quantity.RATIO, change=True)
    low, high = near.low, near.high
    if low_change and region.low is not None:
        low = max(Fraction(0), region.low - rule(region.low - 1))
    if high_change and region.high is not None:
        high = region.high + rule(region.high - 1)
    return Interval(low, high)


def _checked(claimed: Mapping[object, object], quantity: Quantity) -> str:
    """The `text` of the mapping, once its keys are known to be right."""
    for key in claimed:
        if key not in _KEYS:
            raise refused(f"unknown key {quoted(str(key))}; a range has low, high and text", quantity, (str(key),))
    if claimed.get("low") is None and claimed.get("high") is None:
        raise refused("a range needs low or high", quantity)
    text = claimed.get("text")
    if text is not None and (not isinstance(text, str) or len(text) > MAX_TEXT):
        raise refused("'text' holds the words of the claim", quantity, ("text",))
    return "" if text is None else text.strip()


def _end(claimed: Mapping[object, object], key: str, quantity: Quantity) -> tuple[Fraction | None, int]:
    """One end in the unit of the quantity, and the direction of the change if it is told as one."""
    value = claimed.get(key)
    if value is None:
        return None, 0
    if not isinstance(value, str):
        raise refused(f"'{key}' is a figure", quantity, (key,))
    try:
        return (_rank(value), 0) if quantity is Quantity.RANK else _amount(Cursor(value, quantity))
    except FigureError as fault:
        raise fault.under(key) from None


def _rank(text: str) -> Fraction:
    read = read_rank(text, Margins())
    if read.figure is None:
        raise refused("an end of a range is one rank", Quantity.RANK, (), len(text))
    return read.figure


def _amount(cur: Cursor) -> tuple[Fraction, int]:
    raw = read_raw(cur)
    if raw is None:
        cur.fail_here("an end of a range is a plain figure")
    tail = read_tail(cur, directed=cur.quantity in DIRECTED)
    if tail.suffix is not None:
        cur.fail("an end of a range takes no hedge", 0, len(cur.text))
    amount = resolve(cur, raw, tail.change, as_many=tail.as_many)
    if not amount.change:
        return amount.value, 0
    base = 1 if cur.quantity is Quantity.RATIO else 0
    return base + amount.change * amount.value, amount.change


def read_date_bounds(claimed: Mapping[object, object]) -> DateClaim:
    """`{low: 2017-05-03, high: 2017-05-07}`: both ends included, either may be absent."""
    text = _checked(claimed, Quantity.DATE)
    low, low_said = _date(claimed, "low", first=True)
    high, high_said = _date(claimed, "high", first=False)
    if low is not None and high is not None and low >= high:
        raise refused("the low end lies behind the high end", Quantity.DATE, ("low",))
    words = " to ".join(said for said in (low_said, high_said) if said)
    if low is None or high is None:
        words += " or later" if high is None else " or earlier"
    return DateClaim(text or words, low, high, words)


def _date(claimed: Mapping[object, object], key: str, *, first: bool) -> tuple[datetime | None, str]:
    value = claimed.get(key)
    if value is None:
        return None, ""
    if not isinstance(value, str):
        raise refused(f"'{key}' is a date", Quantity.DATE, (key,))
    try:
        period = read_period(value)
    except FigureError as fault:
        raise fault.under(key) from None
    return (period.low if first else period.high), period.said.partition(" ")[2]
