"""Whole and decimal numbers, in digits or in words: 2,504, 1.5 million, twenty-one, two and a half."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.scan import Token, vulgar
from factcheck.claims.figures.vocabulary import (
    DENOMINATORS,
    DOZEN,
    GLUED_SCALES,
    HUNDRED,
    SCALES,
    TENS,
    UNITS,
)


@dataclass(frozen=True)
class Numeral:
    """A number without its unit. `value` and `step` (the unit of the last digit written) include `scale`.

    `parts` is set for spoken fractions: (2, 3) for two thirds, with `chance` for one in eight.
    """

    value: Fraction
    step: Fraction
    decimal: bool
    start: int
    end: int
    scale: int = 1
    spoken: bool = False
    parts: tuple[int, int] | None = None
    chance: bool = False
    signed: bool = False

    def times(self, factor: int | Fraction) -> Numeral:
        return replace(self, value=self.value * factor, step=self.step * factor)


def from_digits(cur: Cursor) -> Numeral | None:
    token = cur.peek()
    if token is None or token.kind not in {"number", "fraction"}:
        return None
    cur.at += 1
    if token.kind == "fraction":
        part = vulgar(token.text) or Fraction(0)
        return _scaled(cur, Numeral(part, Fraction(1, part.denominator), True, 0, 0, spoken=True))
    read = cur.digits(token)
    whole = Numeral(read.value, read.step, read.decimal, token.start, token.end)
    return _scaled(cur, _mixed(cur, whole))


def _mixed(cur: Cursor, whole: Numeral) -> Numeral:
    """2½, and `two and a half`."""
    token = cur.peek()
    if whole.decimal or whole.scale != 1 or token is None:
        return whole
    part = vulgar(token.text) if token.kind == "fraction" else _and_a_half(cur)
    if part is None:
        return whole
    cur.at += 1
    return replace(whole, value=whole.value + part, step=Fraction(1, part.denominator), decimal=True, spoken=True)


def _and_a_half(cur: Cursor) -> Fraction | None:
    """1/2 with the cursor on `half`, if `and a half` comes next."""
    if (
        cur.and_joins
        and cur.word() == "and"
        and cur.next_in({"a", "one"}, 1)
        and cur.next_in({"half", "quarter", "third"}, 2)
    ):
        cur.at += 2
        return Fraction(1, DENOMINATORS[cur.word()])
    return None


def _scaled(cur: Cursor, number: Numeral) -> Numeral:
    """The number with the multipliers that follow it: 3 hundred thousand, 2.5bn."""
    scale = 1
    for _ in range(2):
        token = cur.peek()
        if token is None:
            break
        if token.kind == "word" and token.glued and token.text in GLUED_SCALES and not _is_duration(cur, token):
            factor = GLUED_SCALES[token.text]
        elif token.text in HUNDRED and cur.word(1) != "of":
            factor = 100
        elif token.text in SCALES:
            factor = SCALES[token.text]
        elif token.text in DOZEN:
            factor = 12
        else:
            break
        cur.at += 1
        scale *= factor
    return replace(number.times(scale), scale=scale) if scale > 1 else number


def _is_duration(cur: Cursor, token: Token) -> bool:
    if cur.quantity is Quantity.DURATION and token.text == "m":
        cur.fail_here("m may be minutes, months or millions", ("90 minutes", "3 months"))
    return False


def from_words(cur: Cursor) -> Numeral | None:
    start, total, last = cur.at, 0, 0
    while (part := group(cur, first=cur.at == start)) is not None:
        number = _mixed(cur, Numeral(Fraction(part), Fraction(1), False, 0, 0, spoken=True))
        factor = _scale_word(cur)
        if number.decimal or factor == 12:
            if total:
                cur.fail_here("the number words do not make one number")
            return replace(number.times(factor), scale=factor)
        if last and factor >= last:
            cur.fail_here("the number words do not make one number")
        total, last = total + part * factor, factor
        if factor == 1:
            break
        _skip_and(cur)
    if cur.at == start:
        return None
    scale = _trailing_scale(total)
    return Numeral(Fraction(total), Fraction(1), False, 0, 0, scale=scale, spoken=True)


def _trailing_scale(total: int) -> int:
    """The multiplier in a number of words, for ranges: three million says million, three hundred and one nothing."""
    return next((size for size in (10**12, 10**9, 10**6, 10**3, 100) if total >= size and total % size == 0), 1)


def _scale_word(cur: Cursor) -> int:
    if cur.next_in(DOZEN):
        cur.at += 1
        return 12
    factor = 1
    for _ in range(2):
        if cur.next_in(SCALES):
            factor *= SCALES[cur.word()]
            cur.at += 1
    return factor


def _skip_and(cur: Cursor) -> None:
    """Step over the `and` of one thousand and one, not over that of a range."""
    if cur.and_joins and cur.word() == "and" and (cur.next_in(UNITS, 1) or cur.next_in(TENS, 1)):
        cur.at += 1


def group(cur: Cursor, *, first: bool) -> int | None:
    """A number below 1,000 in words; `a` counts as one before a multiplier."""
    start = cur.at
    if first and cur.next_in({"a", "an"}) and (cur.next_in(HUNDRED | DOZEN, 1) or cur.next_in(SCALES, 1)):
        cur.at += 1
        number: int | None = 1
    else:
        number = _below_hundred(cur)
    if number is not None and cur.next_in(HUNDRED):
        cur.at += 1
        _skip_and(cur)
        number = number * 100 + (_below_hundred(cur) or 0)
    if number is None:
        cur.at = start
    return number


def _below_hundred(cur: Cursor) -> int | None:
    word = cur.word()
    if word in UNITS:
        cur.at += 1
        return UNITS[word]
    if word not in TENS:
        return None
    cur.at += 1
    step = 1 if cur.word() == "-" else 0
    unit = UNITS.get(cur.word(step), 0)
    if 1 <= unit <= 9:
        cur.at += step + 1
        return TENS[word] + unit
    return TENS[word]
