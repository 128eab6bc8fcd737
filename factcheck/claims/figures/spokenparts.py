"""Fractions as they are spoken: two thirds, one in eight, 3 out of 5, half a million."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.cardinals import Numeral, from_digits, from_words, group
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.scan import vulgar
from factcheck.claims.figures.vocabulary import DENOMINATORS, DOZEN, HUNDRED, SCALES, Lexicon, phrases


def read_part(cur: Cursor) -> Numeral | None:
    """Half, two thirds, one in eight, 3 out of 5, 1/3; half a million becomes the number that it is."""
    start = cur.at
    top = _numerator(cur)
    if top is not None:
        parts = _denominator(cur, top)
        if parts is not None:
            return _of_a_scale(cur, parts)
    cur.at = start
    return None


def _numerator(cur: Cursor) -> int | None:
    token = cur.peek()
    if token is None:
        return None
    if token.text in {"a", "an"}:
        cur.at += 1
        return 1
    if token.text in DENOMINATORS:
        return 1
    if token.kind == "number":
        cur.at += 1
        read = cur.digits(token)
        return None if read.decimal else int(read.value)
    if token.kind == "fraction":
        return (vulgar(token.text) or Fraction(0)).numerator
    number = group(cur, first=True)
    return None if number is None or cur.next_in(SCALES) or cur.next_in(DOZEN) else number


def _denominator(cur: Cursor, top: int) -> Numeral | None:
    token = cur.peek()
    if token is not None and token.kind == "fraction":
        if cur.at and cur.tokens[cur.at - 1].kind == "number":
            return None
        cur.at += 1
        return _parts(cur, top, (vulgar(token.text) or Fraction(1)).denominator)
    hyphen = 1 if cur.word() == "-" else 0
    if cur.next_in(DENOMINATORS, hyphen) and not cur.next_in({"times"}, hyphen + 1):
        cur.at += hyphen + 1
        return _parts(cur, top, DENOMINATORS[cur.tokens[cur.at - 1].text])
    return _chance(cur, top)


_OUT_OF: Final = Lexicon(dict.fromkeys(phrases("in every, in, out of every, out of, of every, of, /, - in -"), True))


def _chance(cur: Cursor, top: int) -> Numeral | None:
    """The denominator of one in eight; the cursor stands behind `one`."""
    phrase = cur.longest(_OUT_OF)
    if not phrase:
        return None
    cur.at += len(phrase)
    bottom = _whole(cur)
    if bottom is None:
        return None
    if phrase == ("/",) and top == bottom:
        return None  # fifty-fifty is no whole
    slash = phrase == ("/",) and bottom <= 10
    return _parts(cur, top, bottom, chance=not slash)


def _whole(cur: Cursor) -> int | None:
    token = cur.peek()
    found = from_digits(cur) if token is not None and token.kind == "number" else from_words(cur)
    return None if found is None or found.value.denominator != 1 else int(found.value)


def _parts(cur: Cursor, top: int, bottom: int, *, chance: bool = False) -> Numeral:
    if bottom == 0:
        cur.fail(f"nothing is {top} in 0", cur.tokens[cur.at - 1].start, cur.end)
    value = Fraction(top, bottom)
    return Numeral(value, Fraction(1, bottom), True, 0, 0, spoken=True, parts=(top, bottom), chance=chance)


def _of_a_scale(cur: Cursor, part: Numeral) -> Numeral:
    """Half a million is a number, no fraction; so is half a dozen."""
    steps = next((n for n, lead in enumerate(((), ("a",), ("of", "a"))) if _leads_to_scale(cur, lead)), None)
    if steps is None or part.chance:
        return part
    cur.at += steps
    word = cur.word()
    factor = 12 if word in DOZEN else SCALES.get(word, 100)
    cur.at += 1
    return replace(part.times(factor), scale=factor, parts=None)


def _leads_to_scale(cur: Cursor, lead: tuple[str, ...]) -> bool:
    if lead and not cur.ahead(lead):
        return False
    return any(cur.next_in(words, len(lead)) for words in (HUNDRED, SCALES, DOZEN))
