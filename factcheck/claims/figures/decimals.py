"""Exact numbers as decimals: never a float, never an exponent."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
_HUGE: Final = Fraction(10) ** 400  # beyond any double; no figure of an article
_LARGE: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def rounded(value: Fraction, places: int) -> Fraction:
    """The value at so many decimals, ties away from zero."""
    scaled, parts = abs(value.numerator) * 10**places, value.denominator
    whole = (2 * scaled + parts) // (2 * parts)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def decimal(value: Fraction, places: int) -> str:
    """`2,504.50` for 2504.5 at two places."""
    shown = rounded(value, places)
    if abs(shown) >= _HUGE:
        return f"{MINUS if shown < 0 else ''}more digits than can be printed"
    sign = MINUS if shown < 0 else ""
    whole, rest = divmod(abs(shown.numerator) * (10**places // shown.denominator), 10**places)
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}" if places else "")


def exact_places(value: Fraction, limit: int = 12) -> int | None:
    """How many decimals say the value exactly; None where `limit` do not suffice."""
    return next((n for n in range(limit + 1) if value.denominator and 10**n % value.denominator == 0), None)


def significant_places(value: Fraction, figures: int) -> int:
    """How many decimals show so many significant figures (at least none, at most 60)."""
    if value == 0:
        return 0
    size, places = abs(value), figures - 1
    whole = int(size)
    if whole:
        return max(0, figures - len(str(min(whole, 10**60))))
    while places < 60 and size * 10 ** (places - figures + 1) < 1:
        places += 1
    return places


def spelled(value: Fraction, figures: int = 4) -> str:
    """The value as it is written in a text: 2,504, 112 million, 0.25; exact where that is possible."""
    for size, name in _LARGE:
        part = value / size
        places = exact_places(part, 3)
        if 1 <= abs(part) < 1000 and places is not None and places <= max(0, figures - len(str(int(abs(part))))):
            return f"{decimal(part, places)} {name}"
    places = exact_places(value, 6)
    return decimal(value, significant_places(value, figures + 1) if places is None else places)
