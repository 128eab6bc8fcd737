"""Estimates as a newsroom prints them, with the digits that show on which side of every edge they lie."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final

from factcheck.claims.figures.decimals import decimal, exact_places, rounded, significant_places, spelled
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.wording import TIME_UNITS, UNIT_WORDS, duration_unit

_HUNDRED: Final = 100
_TEN: Final = 10
CLOCK_UNITS: Final = tuple(unit for unit in TIME_UNITS if unit[0] in ("days", "hours", "minutes", "seconds"))
_MORE_DIGITS: Final = 6  # beyond them a number no longer reads; words tell the side instead


def format_value(value: Fraction | float, quantity: Quantity, *, edges: Iterable[Fraction] = ()) -> str:
    """7.1%, 96,900, 1.5 times, 12.3 points: rounded, but never onto or across one of the `edges`.

    `value` and `edges` are in the unit of the quantity. Never `nan`, never an exponent: a value that
    is not finite is told in words.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return "no value" if math.isnan(value) else "beyond any number"
    return _worded(Fraction(value), quantity, tuple(map(Fraction, edges)))


@lru_cache(1 << 16)  # a figure stands in several places: in a table, in a sentence, in the history
def _worded(exact: Fraction, quantity: Quantity, edges: tuple[Fraction, ...]) -> str:
    scale, unit = _unit(exact, quantity)
    size = exact / scale
    # Nothing may pass for none, and no share for all, that is not.
    natural = [Fraction(0), Fraction(1)] if quantity is Quantity.PROPORTION else [Fraction(0)]
    ends = [edge / scale for edge in (*natural, *edges)]
    return _shown(size, ends, _places(size, quantity), unit)


def _unit(value: Fraction, quantity: Quantity) -> tuple[Fraction, Callable[[str], str]]:
    if quantity is Quantity.DURATION:
        name, seconds = _time_unit(value)
        return seconds, lambda word: f"{word} {name[:-1] if word == '1' else name}"
    if quantity is Quantity.RANK:
        return Fraction(1), _ordinal
    scale = Fraction(1, 100) if quantity in (Quantity.PROPORTION, Quantity.POINTS, Quantity.TREND) else Fraction(1)
    return scale, UNIT_WORDS.get(quantity, str)


def _time_unit(value: Fraction) -> tuple[str, Fraction]:
    """The unit that says a length exactly, unless it takes a hundred of them: 3,315 minutes are told as 2.3 days."""
    exact = duration_unit(value)
    if abs(value) < _HUNDRED * exact[1]:
        return exact
    return next((unit for unit in CLOCK_UNITS if unit[1] <= abs(value)), exact)


def _ordinal(word: str) -> str:
    """1st, 12th; a rank that is no whole number keeps its digits."""
    if not word.replace(",", "").isdigit():
        return f"rank {word}"
    ending = "th" if word[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(word[-1], "th")
    return f"{word}{ending}"


def _places(size: Fraction, quantity: Quantity) -> int:
    """The decimals of everyday use: one for percent, points and time, two for correlations, else three figures."""
    if quantity in (Quantity.PROPORTION, Quantity.POINTS, Quantity.DURATION):
        return min(_MORE_DIGITS, max(1, significant_places(size, 2))) if size and abs(size) < 1 else 1
    if quantity is Quantity.CORRELATION:
        return 2
    return 0 if abs(size) >= 1000 else min(_MORE_DIGITS, significant_places(size, 3))


def _shown(size: Fraction, ends: list[Fraction], places: int, unit: Callable[[str], str]) -> str:
    """The size with as few decimals as show its side of every end and do not pass for a rounder number."""
    shortest = exact_places(size, places)
    if shortest is not None:
        word = spelled(size) if shortest == 0 else decimal(size, shortest)
        return unit(word)
    telling = (n for n in range(places, places + _MORE_DIGITS + 1) if _on_its_side(rounded(size, n), size, ends))
    first = next(telling, None)
    if first is None:
        return _beside(size, ends, places, unit)
    candidates = itertools.takewhile(lambda n: n <= places + 2, itertools.chain((first,), telling))
    plain = (n for n in candidates if not _round(rounded(size, n), places))
    return unit(decimal(size, next(plain, first)))


def _round(shown: Fraction, places: int) -> bool:
    """Whether it passes for a rounder number: 46.0% says how it was rounded, but 90.0% is read as nine in ten."""
    return shown % _TEN == 0 if places else shown.denominator == 1


def _on_its_side(shown: Fraction, size: Fraction, ends: list[Fraction]) -> bool:
    # An end that the value lies on has no side to keep to.
    return all(_side(shown, end) == side for end in ends if (side := _side(size, end)))


def _side(value: Fraction, end: Fraction) -> int:
    """1 above the end, -1 below it, 0 on it; in whole numbers, since most of the time of a figure is spent here."""
    left, right = value.numerator * end.denominator, end.numerator * value.denominator
    return (left > right) - (left < right)


def _beside(size: Fraction, ends: list[Fraction], places: int, unit: Callable[[str], str]) -> str:
    """A value too close to an end for digits: `just under 89.5%`."""
    end = min(ends, key=lambda edge: abs(edge - size))
    side = "just under" if size < end else "just over"
    shortest = exact_places(end, places + _MORE_DIGITS)
    shortest = places + _MORE_DIGITS if shortest is None else shortest
    return f"{side} {unit(decimal(end, shortest))}"
