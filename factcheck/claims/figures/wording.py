"""Regions in words: what an editor reads behind `is read as`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.decimals import decimal, exact_places, significant_places, spelled
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.vocabulary import MONTH, YEAR
from factcheck.claims.regions import Interval

_HUNDRED: Final = frozenset({Quantity.PROPORTION, Quantity.POINTS})
TIME_UNITS: Final[tuple[tuple[str, Fraction], ...]] = (
    ("years", YEAR),
    ("months", MONTH),
    ("weeks", Fraction(604_800)),
    ("days", Fraction(86_400)),
    ("hours", Fraction(3_600)),
    ("minutes", Fraction(60)),
    ("seconds", Fraction(1)),
)


def describe(interval: Interval, quantity: Quantity) -> str:
    """Any region in words, with enough digits to tell its ends apart: `from 95 to 105`, `more than 3,000`.

    What the quantity implies is left out: a share of `more than 50%` need not be told that it ends at 100%.
    """
    low, high = _told(interval, quantity)
    if interval.is_point and not (interval.low_open or interval.high_open):
        return f"exactly {_say(quantity, (interval.low,))[0]}"
    if low is None and high is None:
        return "any value"
    if low is not None and high is not None and not interval.low_open and not interval.high_open:
        first, second = _say(quantity, (low, high))
        return f"from {_without_unit(first, second)} to {second}"
    bounds = []
    words = _say(quantity, (low, high))
    if low is not None:
        bounds.append(f"{'more than' if interval.low_open else 'at least'} {words[0]}")
    if high is not None:
        bounds.append(f"{'less than' if interval.high_open else 'at most'} {words[1]}")
    return " and ".join(bounds)


def _told(interval: Interval, quantity: Quantity) -> tuple[Fraction | None, Fraction | None]:
    """The ends, without those that hold for every value of the quantity."""
    domain = DOMAIN.get(quantity, Interval(None, None))
    low, high = interval.low, interval.high
    if low is not None and low == domain.low and not interval.low_open and high is not None and high != domain.high:
        low = None
    if high is not None and high == domain.high and not interval.high_open and interval.low != domain.low:
        high = None
    return low, high


def _say(quantity: Quantity, ends: tuple[Fraction | None, ...]) -> list[str]:
    """The ends with their unit, in as many digits as it takes that different ends look different."""
    if quantity is Quantity.DURATION and not _shares_unit(ends):
        return [word for end in ends for word in ([""] if end is None else _say(quantity, (end,)))]
    scale, unit = _unit(quantity, ends)
    sizes = [None if end is None else end / scale for end in ends]
    for figures in (4, 6, 9, 15, 30):
        words = ["" if size is None else _number(size, figures, quantity) for size in sizes]
        if len(set(words)) == len({*sizes}):
            break
    return [word and unit(word) for word in words]


def _number(size: Fraction, figures: int, quantity: Quantity) -> str:
    if quantity in (Quantity.PROPORTION, Quantity.POINTS, Quantity.RATIO, Quantity.CORRELATION, Quantity.DURATION):
        places = exact_places(size, 6)
        return decimal(size, significant_places(size, figures) if places is None else places)
    return spelled(size, figures)


def _unit(quantity: Quantity, ends: tuple[Fraction | None, ...]) -> tuple[Fraction, Callable[[str], str]]:
    """The size of the unit that is printed, and how it is put to a number."""
    if quantity is Quantity.DURATION:
        name, seconds = duration_unit(*(end for end in ends if end is not None))
        return seconds, lambda word: f"{word} {name[:-1] if word == '1' else name}"
    scale = Fraction(1, 100) if quantity in _HUNDRED else Fraction(1)
    return scale, UNIT_WORDS.get(quantity, str)


UNIT_WORDS: Final[dict[Quantity, Callable[[str], str]]] = {
    Quantity.PROPORTION: lambda word: f"{word}%",
    Quantity.POINTS: lambda word: f"{word} {'point' if word == '1' else 'points'}",
    Quantity.RATIO: lambda word: f"{word} {'time' if word == '1' else 'times'}",
    Quantity.RANK: lambda word: f"rank {word}",
    Quantity.TREND: lambda word: f"{word if word.startswith(('-', '−')) or word == '0' else f'+{word}'}%",
}


def duration_unit(*seconds: Fraction) -> tuple[str, Fraction]:
    """The largest unit of time that says all the lengths in few digits."""
    longest = max((abs(s) for s in seconds), default=Fraction(0))
    fitting = [unit for unit in TIME_UNITS if unit[1] <= longest] or [TIME_UNITS[-1]]
    for places, most in ((1, 10_000), (2, 200)):
        for unit in fitting:
            if longest < most * unit[1] and all(exact_places(s / unit[1], places) is not None for s in seconds):
                return unit
    return fitting[0]


def _shares_unit(ends: tuple[Fraction | None, ...]) -> bool:
    """True where one unit of time says both ends well; a week and two months have none."""
    told = [end for end in ends if end is not None]
    seconds = duration_unit(*told)[1]
    return len(told) < 2 or all(exact_places(end / seconds, 2) is not None for end in told)


def _without_unit(first: str, second: str) -> str:
    """`from 11.5 to 12.5 points`: a word behind both numbers is said once; a % sign stays."""
    head, _, unit = first.partition(" ")
    return head if unit and second.partition(" ")[2] == unit and unit in _SAID_ONCE else first


_SAID_ONCE: Final = frozenset({"points", "times", *(name for name, _ in TIME_UNITS)})
