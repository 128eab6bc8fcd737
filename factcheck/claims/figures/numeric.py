"""A numeric figure from its text: the values that make it true, those near it, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from factcheck.claims.figures.amounts import Raw
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.exactwords import Word, read_word
from factcheck.claims.figures.margins import near_rule, tolerated
from factcheck.claims.figures.nearness import Rule, default_rule, widened
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.readings import NumberClaim
from factcheck.claims.figures.resolve import resolve
from factcheck.claims.figures.sentences import Sentence, read_sentence
from factcheck.claims.figures.spreads import Amount, Style, clipped, directed, floor, hedged
from factcheck.claims.figures.vocabulary import Hedge
from factcheck.claims.figures.wording import describe
from factcheck.claims.regions import Interval


@dataclass(frozen=True)
class Margins:
    """`tolerance` and `near` as the claim gives them; None leaves the reading to the language."""

    tolerance: str | None = None
    near: str | None = None


@lru_cache(maxsize=4096)
def read_number(text: str, quantity: Quantity, margins: Margins) -> NumberClaim:
    """A count, share, number, ratio, difference, points, duration or correlation."""
    cur = Cursor(text, quantity)
    if cur.done:
        cur.fail("nothing is written here", 0, len(text))
    word = read_word(cur)
    if word is not None:
        return _from_word(cur, word, margins)
    sentence = read_sentence(cur)
    low = resolve(cur, sentence.low, sentence.change, as_many=sentence.as_many)
    if sentence.high is None:
        part = cur.quantity is Quantity.RATIO and sentence.low.number.parts is not None
        claim = _from_amount(cur, sentence.hedge, low, margins)
        return replace(claim, part=part and not sentence.change and not sentence.as_many)
    high = resolve(cur, sentence.high, sentence.change, as_many=sentence.as_many)
    return _from_range(cur, sentence, low, high, margins)


def _from_word(cur: Cursor, word: Word, margins: Margins) -> NumberClaim:
    _no_tolerance(cur, margins)
    rule = near_rule(margins.near, cur.quantity) or (
        (lambda _: Fraction(0)) if word.exact else default_rule(cur.quantity, change=False)
    )
    return NumberClaim(
        text=cur.text.strip(),
        quantity=cur.quantity,
        region=word.region,
        near=clipped(widened(word.region, rule, None), DOMAIN[cur.quantity]),
        reading=word.reading or describe(word.region, cur.quantity),
        exact_words=word.exact,
        one_sided=word.one_sided,
    )


def _from_amount(cur: Cursor, hedge: Hedge, amount: Amount, margins: Margins) -> NumberClaim:
    """A single figure with its hedge; `region` and `near` are of the size of the change until `directed` turns them."""
    _refuse_empty(cur, hedge, amount)
    sizes = hedged(hedge, amount, cur.quantity)
    if margins.tolerance is not None:
        if hedge.one_sided:
            _no_tolerance(cur, margins)
        sizes = tolerated(margins.tolerance, cur.quantity, amount, hedge)
    near = widened(sizes, _rule(cur.quantity, amount, margins), None if hedge.one_sided else amount.value)
    if amount.rounding is not None and hedge is Hedge.PLAIN and margins == Margins():
        near = near.hull(amount.rounding)
    region = directed(sizes, cur.quantity, amount.change)
    return NumberClaim(
        text=cur.text.strip(),
        quantity=cur.quantity,
        region=region,
        near=directed(near, cur.quantity, amount.change),
        reading=_tolerant(amount, cur.quantity, margins) or _reading(hedge, amount, region, cur.quantity),
        one_sided=hedge.one_sided,
        figure=_figure(amount, cur.quantity),
        integer=amount.integer,
    )


def _rule(quantity: Quantity, amount: Amount, margins: Margins) -> Rule:
    return near_rule(margins.near, quantity) or default_rule(quantity, change=amount.change != 0)


def _figure(amount: Amount, quantity: Quantity) -> Fraction:
    """The figure spoken, as a value of the quantity: 20% more is 1.2."""
    if not amount.change:
        return amount.value
    return amount.change * amount.value + (1 if quantity is Quantity.RATIO else 0)


def _refuse_empty(cur: Cursor, hedge: Hedge, amount: Amount) -> None:
    """`more than 100%` and `less than 0` leave no value over."""
    domain = DOMAIN[cur.quantity]
    if hedge is Hedge.LESS and amount.value == floor(cur.quantity, amount.value, amount.change):
        cur.fail("nothing lies below that", 0, len(cur.text))
    top = None if amount.change else domain.high
    if cur.quantity is Quantity.RATIO and amount.change < 0:
        top = Fraction(1)
    if hedge is Hedge.MORE and amount.value == top:
        cur.fail("nothing lies above that", 0, len(cur.text))


def _no_tolerance(cur: Cursor, margins: Margins) -> None:
    if margins.tolerance is not None:
        cur.fail("a tolerance goes with a single figure, and this is none", 0, len(cur.text))


def _from_range(cur: Cursor, sentence: Sentence, low: Amount, high: Amount, margins: Margins) -> NumberClaim:
    _no_tolerance(cur, margins)
    _refuse_backwards(cur, sentence, low, high)
    sizes = Interval(
        low.value,
        high.value,
        low_open=sentence.hedge is Hedge.MORE,
        high_open=sentence.limit is Hedge.LESS,
    )
    near = widened(sizes, _rule(cur.quantity, low, margins), None)
    region = directed(sizes, cur.quantity, low.change)
    return NumberClaim(
        text=cur.text.strip(),
        quantity=cur.quantity,
        region=region,
        near=directed(near, cur.quantity, low.change),
        reading=describe(region, cur.quantity),
        integer=low.integer and high.integer,
    )


def _refuse_backwards(cur: Cursor, sentence: Sentence, low: Amount, high: Amount) -> None:
    second: Raw = sentence.high or sentence.low
    if low.change != high.change:
        cur.fail("one end says more, the other fewer or nothing", sentence.low.start, second.end)
    if low.value > high.value:
        turned = f"{high.said} to {low.said}"
        cur.fail("the range runs backwards", sentence.low.start, second.end, (turned,))
    if low.value == high.value and (sentence.hedge is Hedge.MORE or sentence.limit is Hedge.LESS):
        cur.fail("no value lies between the two", sentence.low.start, second.end)


def _tolerant(amount: Amount, quantity: Quantity, margins: Margins) -> str:
    if margins.tolerance is None:
        return ""
    return f"{_said(amount, quantity)}, give or take {margins.tolerance.strip()}"


def _said(amount: Amount, quantity: Quantity) -> str:
    more, fewer = (" higher", " lower") if quantity is Quantity.POINTS else (" more", " fewer")
    return amount.said + {0: "", 1: more, -1: fewer}[amount.change]


def _reading(hedge: Hedge, amount: Amount, region: Interval, quantity: Quantity) -> str:
    """The region as an editor reads it; where the way of speaking explains it, in those words."""
    if hedge is not Hedge.PLAIN:
        return describe(region, quantity)
    said = _said(amount, quantity)
    if amount.style is Style.EXACT:
        return f"exactly {said}"
    if amount.style is Style.ROUNDS:
        return f"what rounds to {said}"
    if amount.style is Style.TENTH:
        return f"within 10% of {said}"
    if amount.style is Style.SPOKEN:
        nearer = f"nearer to {amount.said} than to another spoken fraction, and within 10% of it"
        return nearer if not amount.change else f"{said}, {nearer}"
    if amount.style is Style.CHANCE:
        return _odds(amount)
    return describe(region, quantity)


def _odds(amount: Amount) -> str:
    bottom = amount.value.denominator
    return f"between one in {bottom}.5 and one in {bottom - 1}.5"
