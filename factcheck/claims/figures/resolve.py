"""What a number with its unit means for a quantity: 64% of a share, 64 of a count, neither of a rank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, NoReturn

from factcheck.claims.figures.amounts import Raw
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.decimals import decimal, exact_places, spelled
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.scan import MAX_DIGITS
from factcheck.claims.figures.spreads import (
    SPOKEN,
    Amount,
    Style,
    around,
    chance,
    clipped,
    spoken_fraction,
    whole_figure,
)
from factcheck.claims.figures.vocabulary import Unit
from factcheck.claims.regions import Interval


@dataclass(frozen=True)
class Told:
    """What the words around a number say of it: a change (1 more, -1 fewer), or so many of the other side."""

    change: int
    as_many: bool


_HALF: Final = Fraction(1, 2)
_HUNDREDTH: Final = Fraction(1, 100)


def resolve(cur: Cursor, raw: Raw, change: int = 0, *, as_many: bool = False) -> Amount:
    """The amount in the unit of the cursor's quantity; `change` is 1 for more, -1 for fewer.

    `as_many` says that a percentage or fraction is one of the other side: `20% as many`.
    """
    if abs(raw.number.value) >= 10**MAX_DIGITS:
        cur.fail(f"a number of more than {MAX_DIGITS} digits is not read", raw.start, raw.end)
    if raw.number.chance and raw.unit is not Unit.NONE:
        _refuse(cur, raw, "a fraction and a unit do not go together")
    plain = _PLAIN.get(cur.quantity)
    amount = plain(cur, raw) if plain else _DIRECTED[cur.quantity](cur, raw, Told(change, as_many))
    domain = DOMAIN[cur.quantity]
    if not amount.change and not domain.contains(amount.value):
        _refuse(cur, raw, "it lies outside what is possible: " + _LIMITS[cur.quantity])
    if not amount.change:
        region = clipped(amount.alone, domain)
        return replace(amount, alone=region)
    if cur.quantity is Quantity.RATIO and amount.change < 0 and amount.value > 1:
        _refuse(cur, raw, "nothing can be more than 100% fewer")
    return amount


_LIMITS: Final = {
    Quantity.PROPORTION: "a share lies between 0% and 100%",
    Quantity.COUNT: "a count cannot be negative",
    Quantity.RATIO: "a ratio cannot be negative",
    Quantity.DURATION: "a duration cannot be negative",
    Quantity.CORRELATION: "a correlation lies between -1 and 1",
}


def _refuse(cur: Cursor, raw: Raw, why: str, *instead: str) -> NoReturn:
    cur.fail(why, raw.start, raw.end, instead)


def _written(value: Fraction, step: Fraction) -> str:
    places = exact_places(step)
    return decimal(value, places) if places else spelled(value)


def _share(cur: Cursor, raw: Raw) -> Amount:
    number = raw.number
    if raw.unit is Unit.PERCENT:
        said = f"{_written(number.value, number.step)}%"
        return _percent(raw, said)
    if raw.unit is not Unit.NONE:
        _refuse(cur, raw, "a share is told in percent or as a fraction")
    if number.parts:
        return _fraction(cur, raw)
    if number.scale == 1 and (number.value == 0 or (number.decimal and 0 < number.value <= 1)):
        said = f"{_written(number.value * 100, number.step * 100 if number.decimal else Fraction(1))}%"
        step = number.step if number.decimal else _HUNDREDTH
        return Amount(number.value, around(number.value, step / 2), Style.ROUNDS, said)
    plain = cur.slice(raw.start, raw.end) if 1 < number.value <= 100 else ""
    percent = f"{_written(number.value, number.step)}%"
    if plain:
        _refuse(cur, raw, "a share needs its unit", percent, f"about {percent}")
    if number.value == 1:
        _refuse(cur, raw, "this may be 1% or 100%", "1%", "100%")
    _refuse(cur, raw, _LIMITS[Quantity.PROPORTION])


def _percent(raw: Raw, said: str, change: int = 0) -> Amount:
    """A percentage as a fraction of one; half a unit of the last digit to either side."""
    value, step = raw.number.value * _HUNDREDTH, raw.number.step * _HUNDREDTH
    if change:
        value = abs(value)
    whole = not raw.number.decimal
    return Amount(value, around(value, step / 2), Style.ROUNDS, said, change, integer=whole)


def _fraction(cur: Cursor, raw: Raw) -> Amount:
    number, said = raw.number, cur.slice(raw.start, raw.end)
    top, bottom = number.parts or (0, 1)
    if top > bottom:
        _refuse(cur, raw, _LIMITS[Quantity.PROPORTION])
    in_list = number.value in SPOKEN and 0 < top < bottom
    if top == 1 and bottom > 1 and (number.chance or not in_list):
        return Amount(number.value, chance(1, bottom), Style.CHANCE, said)
    if bottom <= 10 and 0 < top < bottom:
        return Amount(number.value, spoken_fraction(number.value), Style.SPOKEN, said)
    return Amount(number.value, around(number.value, _HALF / bottom), Style.ROUNDS, said)


def _figure(cur: Cursor, raw: Raw, told: Told) -> Amount:
    number = raw.number
    if raw.unit is Unit.PERCENT:
        _refuse(cur, raw, _PERCENT_HINT[cur.quantity])
    if raw.unit is not Unit.NONE:
        _refuse(cur, raw, "the unit does not fit")
    if number.parts:
        _refuse(cur, raw, "a fraction says nothing without its whole: write the number itself")
    if cur.quantity is Quantity.COUNT and number.decimal and number.scale == 1:
        whole = f"{int(number.value / number.step):,}"
        _refuse(cur, raw, "a count has no decimals, and a comma separates thousands", whole, f"{int(number.value):,}")
    if told.change and number.signed:
        _refuse(cur, raw, "the sign and the word say it twice")
    value = number.value
    said = cur.slice(raw.start, raw.end) if number.scale > 1 else _written(value, number.step)
    if number.decimal and not (number.spoken and value.denominator == 1):
        return Amount(value, around(value, number.step / 2), Style.ROUNDS, said, told.change)
    region, style, rounding = whole_figure(value)
    said = spelled(value) if style is Style.EXACT else said
    return Amount(value, region, style, said, told.change, rounding, integer=value.denominator == 1)


_PERCENT_HINT: Final = {
    Quantity.COUNT: "a count is a number, no percentage",
    Quantity.NUMBER: "this is a number in the unit of its column: leave the % out if the column holds percent",
    Quantity.DIFFERENCE: "this is a difference in numbers, not in percent",
}


def _ratio(cur: Cursor, raw: Raw, told: Told) -> Amount:
    number = raw.number
    if raw.unit is Unit.POINTS:
        _refuse(cur, raw, "a ratio is told in times or percent, not in points")
    if raw.unit is Unit.PERCENT or (told.change and number.parts):
        return _relative(cur, raw, told)
    if told.change:
        _more_times(cur, raw, told.change)
    value, said = number.value, f"{_written(number.value, number.step)} {'time' if number.value == 1 else 'times'}"
    if number.parts and number.chance and value <= 1:
        return _fraction(cur, raw)
    if number.parts:
        return Amount(value, around(value, value / 10), Style.TENTH, cur.slice(raw.start, raw.end))
    if number.decimal and not number.spoken:
        return Amount(value, around(value, number.step / 2), Style.ROUNDS, said)
    return Amount(value, around(value, value / 10), Style.TENTH, said, integer=value.denominator == 1)


def _relative(cur: Cursor, raw: Raw, told: Told) -> Amount:
    """`20% more`, `-7%`, `a third fewer`, `20% as many`."""
    number, said = raw.number, cur.slice(raw.start, raw.end)
    if number.parts:
        return Amount(number.value, spoken_fraction(number.value), Style.SPOKEN, said, told.change)
    said = f"{_written(abs(number.value), number.step)}%"
    sign = told.change or (0 if not number.signed else -1 if number.value < 0 else 1)
    if told.change and number.signed:
        _refuse(cur, raw, "the sign and the word say it twice")
    if not sign and not told.as_many:
        _refuse(cur, raw, "more, fewer, or as many?", f"{said} more", f"{said} fewer", f"{said} as many")
    return _percent(raw, said if sign else f"{said} as many", sign)


def _more_times(cur: Cursor, raw: Raw, change: int) -> NoReturn:
    """`Three times more` means 3x to some and 4x to others; `three times fewer` is no better."""
    times = raw.number.value
    if change > 0:
        both = (f"{spelled(times)}x", f"{spelled(times + 1)}x")
        _refuse(cur, raw, f"some read this as {both[0]}, others as {both[1]}", *both)
    if times > 1 and times.denominator == 1 and times < 1000:
        part = _PARTS.get(int(times), f"1/{times}")
        _refuse(cur, raw, "a number of times fewer has no one meaning", f"{part} as many")
    _refuse(cur, raw, "a number of times fewer has no one meaning")


_PARTS: Final = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 10: "a tenth"}


def _points(cur: Cursor, raw: Raw, told: Told) -> Amount:
    number = raw.number
    written = _written(abs(number.value), number.step)
    if told.change and number.signed:
        _refuse(cur, raw, "the sign and the word say it twice")
    if raw.unit is Unit.POINTS:
        said = f"{_written(number.value, number.step)} {'point' if number.value == 1 else 'points'}"
        return _percent(raw, said, told.change)
    if raw.unit is Unit.NONE and number.decimal and not number.parts and number.scale == 1 and abs(number.value) <= 1:
        value = abs(number.value) if told.change else number.value
        said = f"{_written(value * 100, number.step * 100)} points"
        return Amount(value, around(value, number.step / 2), Style.ROUNDS, said, told.change)
    if raw.unit is Unit.NONE and number.value == 0:
        return Amount(Fraction(0), Interval.point(Fraction(0)), Style.EXACT, "0 points", told.change)
    _refuse(cur, raw, "a difference of shares is told in points", f"{written} points", f"{written} points lower")


def _duration(cur: Cursor, raw: Raw) -> Amount:
    if raw.unit is not Unit.TIME:
        number = _written(raw.number.value, raw.number.step)
        _refuse(cur, raw, "a duration needs a unit of time", f"{number} days", f"{number} hours")
    value, step = raw.number.value * raw.seconds, raw.number.step * raw.seconds
    if raw.number.scale > 1:
        step = raw.seconds if not raw.number.decimal else step
    return Amount(value, around(value, step / 2), Style.HALF_UNIT, cur.slice(raw.start, raw.end))


def _correlation(cur: Cursor, raw: Raw) -> Amount:
    number = raw.number
    if raw.unit is not Unit.NONE or number.parts or number.scale > 1:
        _refuse(cur, raw, "a correlation is a plain number between -1 and 1")
    said = _written(number.value, number.step)
    if not number.decimal:
        return Amount(number.value, Interval.point(number.value), Style.EXACT, said)
    return Amount(number.value, around(number.value, number.step / 2), Style.ROUNDS, said)


_PLAIN: Final[dict[Quantity, Callable[[Cursor, Raw], Amount]]] = {
    Quantity.PROPORTION: _share,
    Quantity.DURATION: _duration,
    Quantity.CORRELATION: _correlation,
}
_DIRECTED: Final[dict[Quantity, Callable[[Cursor, Raw, Told], Amount]]] = {
    Quantity.COUNT: _figure,
    Quantity.NUMBER: _figure,
    Quantity.DIFFERENCE: _figure,
    Quantity.RATIO: _ratio,
    Quantity.POINTS: _points,
}
