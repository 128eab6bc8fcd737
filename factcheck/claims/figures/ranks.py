"""Ranks: first, 3rd, in the top ten, not in the top ten, more than 10."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.margins import near_rule
from factcheck.claims.figures.nearness import widened
from factcheck.claims.figures.numerals import read_numeral
from factcheck.claims.figures.numeric import Margins
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.readings import NumberClaim
from factcheck.claims.figures.sentences import read_hedge, read_tail
from factcheck.claims.figures.spreads import clipped
from factcheck.claims.figures.vocabulary import ORDINALS, SUFFIXES, TENS, Hedge, Lexicon, phrases, words
from factcheck.claims.regions import Interval

_BEST: Final = frozenset(words("largest biggest top most highest leading best greatest"))
_WORST: Final = frozenset(words("last lowest smallest least worst bottom fewest"))
_SIDES: Final = Lexicon(
    {
        **dict.fromkeys(
            phrases("not in the, not in, not among the, not among, not one of the, outside the, outside"), False
        ),
        **dict.fromkeys(phrases("in the, in, among the, among, one of the, within the, inside the, the"), True),
    }
)
_GLUED: Final = frozenset({"st", "nd", "rd", "th"})
_UNSURE: Final = frozenset({"above", "below", "over", "under", "higher", "lower", "well", "slightly"})
_FILLERS: Final = frozenset({"rank", "place", "number", "no", "position", "#", "ranked"})


def read_rank(text: str, margins: Margins) -> NumberClaim:
    """The ranks that make the claim true; 1 is the largest group."""
    cur = Cursor(text, Quantity.RANK)
    if cur.done:
        cur.fail("nothing is written here", 0, len(text))
    if margins.tolerance is not None:
        cur.fail("a rank takes no tolerance: write a range", 0, len(text), ("2 to 4",))
    region = _top(cur) or _placed(cur)
    read_tail(cur)
    rule = near_rule(margins.near, Quantity.RANK)
    near = region if rule is None else clipped(widened(region, rule, None), DOMAIN[Quantity.RANK])
    return NumberClaim(
        text=text.strip(),
        quantity=Quantity.RANK,
        region=region,
        near=near,
        reading=rank_words(region),
        one_sided=region.high is None,
        figure=region.low if region.is_point else None,
        integer=True,
    )


def rank_words(region: Interval) -> str:
    """A region of ranks in words."""
    low, high = region.low, region.high
    if low is not None and region.is_point:
        return f"exactly rank {low}"
    if high is None:
        return f"behind rank {low}" if region.low_open else f"rank {low} or further down"
    side = "before" if region.high_open else ""
    if low == 1 and not region.low_open:
        return f"{side} rank {high}".strip() if side else f"rank {high} or better"
    return f"from rank {low} to rank {high}"


def _top(cur: Cursor) -> Interval | None:
    """`in the top ten`, `not among the ten largest`."""
    phrase = cur.longest(_SIDES)
    outside = bool(phrase) and not _SIDES[phrase]
    cur.at += len(phrase)
    count = _ten_largest(cur)
    if count is None:
        if outside:
            cur.fail_here("outside of what? Say how many are meant", ("not in the top ten", "more than 10"))
        cur.at = 0
        return None
    if outside:
        return Interval(Fraction(count + 1), None)
    return Interval(Fraction(1), Fraction(count))


def _ten_largest(cur: Cursor) -> int | None:
    """The N of `top N`, `N largest`, `first N`."""
    if cur.next_in(_BEST | {"first"}):
        cur.at += 1
        return _whole(cur)
    start = cur.at
    count = _whole(cur)
    if count is not None and cur.next_in(_BEST):
        cur.at += 1
        return count
    cur.at = start
    return None


def _whole(cur: Cursor) -> int | None:
    start = cur.at
    number = read_numeral(cur)
    if number is None or number.parts or number.value.denominator != 1 or cur.next_in(_GLUED):
        cur.at = start
        return None
    if number.value < 1:
        cur.fail("ranks begin at 1", number.start, number.end)
    return int(number.value)


def _placed(cur: Cursor) -> Interval:
    """`third`, `3rd`, `second largest`, `third or fourth`, `more than 10`."""
    if cur.next_in(_UNSURE):
        cur.fail_here("for a rank this may mean better or worse", ("more than 10", "in the top ten"))
    between = cur.take("between")
    hedge = Hedge.PLAIN if between else read_hedge(cur)
    if hedge not in _HEDGED:
        cur.fail("a rank is exact", 0, cur.end, ("third", "2 to 4"))
    low = _place(cur)
    phrase = cur.longest(SUFFIXES)
    if phrase:
        cur.fail_here("for a rank this may mean better or worse", ("at least 3", "in the top ten"))
    joint = cur.word()
    high = _place(cur) if hedge is Hedge.PLAIN and any(cur.take(w) for w in ("to", "-", "or", "and")) else None
    if between and high is None:
        cur.fail_here("the second end of the range is missing")
    if high is not None:
        if joint == "or" and high != low + 1:
            cur.fail("'or' leaves open what lies between", 0, cur.end, (f"{low} to {high}",))
        if high < low:
            cur.fail("the range runs backwards", 0, cur.end, (f"{high} to {low}",))
        return Interval(Fraction(low), Fraction(high))
    return _one_sided(cur, hedge, Fraction(low))


_HEDGED: Final = (Hedge.PLAIN, Hedge.EXACTLY, Hedge.MORE, Hedge.AT_LEAST, Hedge.LESS, Hedge.AT_MOST)


def _one_sided(cur: Cursor, hedge: Hedge, rank: Fraction) -> Interval:
    if hedge.is_low:
        return Interval(rank, None, low_open=hedge is Hedge.MORE)
    if hedge is Hedge.LESS and rank == 1:
        cur.fail("ranks begin at 1", 0, len(cur.text))
    if hedge.is_high:
        return Interval(Fraction(1), rank, high_open=hedge is Hedge.LESS)
    return Interval.point(rank)


def _place(cur: Cursor) -> int:
    """One rank, as an ordinal or a number."""
    cur.take("the")
    cur.take("in")
    while cur.next_in(_FILLERS):
        cur.at += 2 if cur.word(1) == "." else 1
    found = _ordinal(cur)
    if found is None:
        found = _whole(cur)
        if found is not None and cur.next_in(_GLUED):
            cur.at += 1
    if found is None:
        found = _superlative(cur)
    else:
        cur.take("-")
        if cur.next_in(_BEST):
            cur.at += 1
    while cur.next_in(_FILLERS):
        cur.at += 1
    return found


def _ordinal(cur: Cursor) -> int | None:
    """Third, twenty-first, 3rd."""
    token = cur.peek()
    if token is not None and token.kind == "number" and cur.next_in(_GLUED, 1):
        if not re.fullmatch(r"\d{1,9}", token.text) or int(token.text) < 1:
            cur.fail_here("ranks begin at 1")
        cur.at += 2
        return int(token.text)
    tens = TENS.get(cur.word(), 0)
    step = (2 if cur.word(1) == "-" else 1) if tens else 0
    unit = ORDINALS.get(cur.word(step), 0)
    if not unit or (tens and unit > 9):
        return None
    cur.at += step + 1
    return tens + unit


def _superlative(cur: Cursor) -> int:
    if cur.next_in(_WORST):
        why = "rank 1 is the largest: with `ascending: true` the smallest is `first`"
        cur.fail_here(why, ("first", "more than 10"))
    if not cur.next_in(_BEST):
        cur.fail_here("this is no rank")
    cur.at += 1
    return 1
