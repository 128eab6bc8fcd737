"""The number that comes next in a figure, with its sign and currency."""

from __future__ import annotations

from dataclasses import replace

from factcheck.claims.figures.cardinals import Numeral, from_digits, from_words
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.spokenparts import read_part


def read_numeral(cur: Cursor) -> Numeral | None:
    """The number that comes next, its sign and multipliers included; None if there is none."""
    start, sign = cur.offset, _sign(cur)
    _currency(cur)
    found = read_part(cur) or from_digits(cur) or from_words(cur)
    if found is None:
        if sign:
            cur.fail_here("a number should stand here")
        return None
    _currency(cur)
    found = replace(found, start=start, end=cur.end)
    return replace(found, value=found.value * sign, signed=True) if sign else found


def _sign(cur: Cursor) -> int:
    """-1 or 1 for a sign that is written, 0 for none."""
    if cur.take("-") or cur.take("minus"):
        return -1
    return 1 if cur.take("+") or cur.take("plus") else 0


def _currency(cur: Cursor) -> None:
    """Step over $, US$, EUR."""
    if _currency_word(cur):
        cur.at += 1
    token = cur.peek()
    if token is not None and token.kind == "sign" and token.text in _SIGNS:
        if cur.quantity not in (Quantity.COUNT, Quantity.NUMBER, Quantity.DIFFERENCE):
            cur.fail_here("a sum of money cannot stand here")
        cur.at += 1


def _currency_word(cur: Cursor) -> bool:
    after = cur.peek(1)
    if after is None:
        return False
    return (cur.next_in(_CODES) and after.kind == "number") or (cur.next_in(_PREFIXES) and after.text in _SIGNS)


_CODES = frozenset({"usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "inr", "rs"})
_PREFIXES = frozenset({"us", "c", "a", "r", "nz", "hk", "s"})  # US$, A$, R$
_SIGNS = frozenset("$€£¥₹₽₩₺₴₪₦₱฿")
