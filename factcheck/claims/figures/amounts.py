"""Numbers with their units, alone or as a range; a unit or multiplier said once holds for both ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.cardinals import Numeral
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.numerals import read_numeral
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.vocabulary import (
    PERCENT,
    SECONDS,
    TIMES_WORDS,
    UNITS_OF_NUMBERS,
    UNITS_OF_RATIOS,
    UNITS_OF_SHARES,
    Unit,
)


@dataclass(frozen=True)
class Raw:
    """A number and its unit as they were written, before the quantity gives them a meaning.

    `seconds` is the length of one unit of time; `start` and `end` are offsets in the text.
    """

    number: Numeral
    unit: Unit
    start: int
    end: int
    seconds: Fraction = Fraction(1)


def read_raw(cur: Cursor) -> Raw | None:
    """The number that comes next, with its unit; None if there is none."""
    start = cur.offset
    found = _multiple(cur) or (_duration(cur) if cur.quantity is Quantity.DURATION else _measured(cur))
    return None if found is None else replace(found, start=start, end=cur.end)


def _multiple(cur: Cursor) -> Raw | None:
    """Twice, double, threefold: a number and its unit in one word."""
    if cur.quantity is not Quantity.RATIO:
        return None
    word = cur.word()
    factor = TIMES_WORDS.get(word)
    if factor is None and word.endswith("fold") and word != "fold":
        sub = Cursor(word.removesuffix("fold"), cur.quantity)
        number = read_numeral(sub)
        factor = int(number.value) if number and sub.done and number.value.denominator == 1 else None
    if factor is None:
        return None
    cur.at += 1
    return Raw(Numeral(Fraction(factor), Fraction(1), False, 0, 0, spoken=True), Unit.TIMES, 0, 0)


def _measured(cur: Cursor) -> Raw | None:
    number = read_numeral(cur)
    if number is None:
        return None
    if number.parts and cur.take("a") and not cur.longest(PERCENT):  # half a per cent
        cur.at -= 1
    return Raw(number, _unit(cur), 0, 0)


def _unit(cur: Cursor) -> Unit:
    """The unit that comes next; a hyphen may join it to its number."""
    start = cur.at
    cur.take("-")
    lexicon = _UNITS.get(cur.quantity, UNITS_OF_NUMBERS)
    phrase = cur.longest(lexicon)
    if not phrase:
        cur.at = start
        return Unit.NONE
    cur.at += len(phrase)
    return lexicon[phrase]


_UNITS: Final = {
    Quantity.PROPORTION: UNITS_OF_SHARES,
    Quantity.POINTS: UNITS_OF_SHARES,
    Quantity.RATIO: UNITS_OF_RATIOS,
}


def _duration(cur: Cursor) -> Raw | None:
    """9 days, a week, half an hour, 1 hour 30 minutes."""
    first = _one_duration(cur)
    while first is not None and first.unit is Unit.TIME:
        mark = cur.at
        if not cur.take(",") and cur.and_joins:
            cur.take("and")
        more = _one_duration(cur) if cur.peek() is not None else None
        if more is None or more.unit is not Unit.TIME or more.seconds >= first.seconds or more.number.signed:
            cur.at = mark
            break
        part = more.number.times(more.seconds / first.seconds)
        number = replace(first.number, value=first.number.value + part.value, step=part.step)
        first = replace(first, number=number)
    return first


def _one_duration(cur: Cursor) -> Raw | None:
    if cur.next_in({"a", "an", "one"}) and cur.next_in(SECONDS, 1):
        cur.at += 1
        number: Numeral | None = Numeral(Fraction(1), Fraction(1), False, 0, 0, spoken=True)
    else:
        number = read_numeral(cur)
    if number is None:
        return None
    if number.parts and cur.next_in({"a", "an"}) and cur.next_in(SECONDS, 1):
        cur.at += 1  # half an hour
    if cur.word() == "-" and cur.next_in(SECONDS, 1):
        cur.at += 1
    if not cur.next_in(SECONDS):
        return Raw(number, _unit(cur), 0, 0)
    seconds = SECONDS[cur.word()]
    cur.at += 1
    return Raw(number, Unit.TIME, 0, 0, seconds)


def share_units(low: Raw, high: Raw) -> tuple[Raw, Raw]:
    """Both ends of a range with the unit and the multiplier that one of them says."""
    low, high = _same_unit(low, high), _same_unit(high, low)
    return _same_denominator(_same_scale(low, high), high), _same_scale(high, low)


def _same_unit(raw: Raw, other: Raw) -> Raw:
    if raw.unit is not Unit.NONE or raw.number.parts or other.unit is Unit.NONE:
        return raw
    return replace(raw, unit=other.unit, seconds=other.seconds)


def _same_scale(raw: Raw, other: Raw) -> Raw:
    """`200 to 1,000 million`: the multiplier holds for both, unless the range would then run backwards."""
    scale = other.number.scale
    if raw.number.scale != 1 or scale == 1 or raw.number.parts:
        return raw
    scaled = raw.number.times(scale)
    is_low = raw.start < other.start
    fits = scaled.value < other.number.value if is_low else raw.number.value < other.number.value < scaled.value
    return replace(raw, number=replace(scaled, scale=scale)) if fits else raw


def _same_denominator(low: Raw, high: Raw) -> Raw:
    """`one to two thirds`: the denominator holds for both."""
    parts = high.number.parts
    if parts is None or low.number.parts or low.unit is not Unit.NONE or low.number.value.denominator != 1:
        return low
    top = int(low.number.value)
    shared = replace(high.number, value=Fraction(top, parts[1]), parts=(top, parts[1]))
    return replace(low, number=shared)
