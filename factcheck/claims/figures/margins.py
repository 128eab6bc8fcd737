"""`tolerance` and `near` as a claim writes them: `3 points`, `5%`, or a number in the figure's own unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from factcheck.claims.figures.amounts import Raw, read_raw
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.faults import FigureError
from factcheck.claims.figures.nearness import Rule
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.spreads import Amount
from factcheck.claims.figures.vocabulary import Hedge, Unit
from factcheck.claims.regions import Interval

_SHARES: Final = (Quantity.PROPORTION, Quantity.POINTS)
_FORMS: Final[dict[Quantity, tuple[str, ...]]] = {
    Quantity.PROPORTION: ("3 points", "5%"),
    Quantity.POINTS: ("3 points", "5%"),
    Quantity.RATIO: ("5%", "0.1 times"),
    Quantity.DURATION: ("2 days", "5%"),
    Quantity.CORRELATION: ("0.05", "5%"),
    Quantity.RANK: ("1", "2"),
}


def near_rule(near: str | None, quantity: Quantity) -> Rule | None:
    """The rule that `near` states; None where the claim leaves it to the language."""
    return None if near is None else margin(near, quantity, "near")


def tolerated(tolerance: str, quantity: Quantity, amount: Amount, hedge: Hedge) -> Interval:
    """The figure with its stated tolerance; `nearly` and `just over` keep the side that they speak of."""
    distance = margin(tolerance, quantity, "tolerance")(amount.value)
    value = amount.value
    low = value if hedge is Hedge.JUST_OVER else value - distance
    high = value if hedge is Hedge.NEARLY else value + distance
    return Interval(low, max(high, amount.alone.high or high) if hedge is Hedge.UP_TO else high)


def margin(text: str, quantity: Quantity, name: str) -> Rule:
    """The distance from a figure that the text states, as a function of the figure."""
    try:
        return _margin(Cursor(text, quantity), name)
    except FigureError as fault:
        raise fault.within(name) from None


def _margin(cur: Cursor, name: str) -> Rule:
    quantity, text = cur.quantity, cur.text
    examples = tuple(f"{name}: {form}" for form in _FORMS.get(quantity, ("50", "5%")))
    raw = read_raw(cur)
    if raw is None or not cur.done or raw.number.value < 0 or raw.number.parts:
        cur.fail(f"'{name}' is a distance", 0, len(text), examples)
    rule = _relative(raw) or _absolute(raw, quantity)
    if rule is None:
        cur.fail(f"this unit does not fit '{name}' of such a figure", raw.start, raw.end, examples)
    return rule


def _relative(raw: Raw) -> Rule | None:
    if raw.unit is not Unit.PERCENT:
        return None
    part = raw.number.value / 100
    return lambda figure: abs(figure) * part


def _constant(distance: Fraction) -> Rule:
    return lambda _: distance


def _absolute(raw: Raw, quantity: Quantity) -> Rule | None:
    value = raw.number.value
    if value == 0:
        return _constant(Fraction(0))
    if quantity in _SHARES or (quantity is Quantity.RATIO and raw.unit is Unit.POINTS):
        return _constant(value / 100) if raw.unit is Unit.POINTS else None
    if quantity is Quantity.DURATION:
        return _constant(value * raw.seconds) if raw.unit is Unit.TIME else None
    fits = raw.unit is Unit.NONE or (quantity is Quantity.RATIO and raw.unit is Unit.TIMES)
    return _constant(value) if fits else None
