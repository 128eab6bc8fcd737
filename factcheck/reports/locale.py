"""How readers write numbers, dates and lists: the one place through which every figure of a report goes.

Reports are in English as newsrooms in Britain write it (21 November 2026; A, B and C). Its forms stand here: to load
those of CLDR takes as long as a small check. Every other locale is CLDR's, by Babel; the tests hold our English
against it. A language also needs its sentences, `words.NAME.yaml` beside `words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from factcheck.claims.figures import Quantity
from factcheck.claims.figures import format_value as _in_english

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
CLDR = "en_GB"  # whose forms those of English here are
_DIGITS = "latn"  # Babel writes those of no other script, and signs of one must not stand between digits of another
_current: ContextVar[str] = ContextVar("locale", default=ENGLISH)
_FIGURE = re.compile(r"(?<![\w.,])([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(?![\w]|[.,]\d)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def name() -> str:
    """The locale of reports, as in `en` or `pt_BR`."""
    return _current.get()


@contextmanager
def using(locale: str) -> Iterator[None]:
    """Reports in another locale, for as long as this lasts; ValueError where CLDR does not know it."""
    _cldr(locale)
    token = _current.set(locale)
    try:
        yield
    finally:
        _current.reset(token)


def language() -> str:
    """The language as HTML names it."""
    return name().replace("_", "-")


def direction() -> Literal["ltr", "rtl"]:
    """Which way the language is written."""
    return "rtl" if name() != ENGLISH and _cldr(name()).character_order == "right-to-left" else "ltr"


def integer(n: int) -> str:
    """A whole number with its thousands set apart: 96,900."""
    return f"{n:,}" if name() == ENGLISH else _number(Decimal(n), 0, percent=False)


def format_value(value: Fraction | float, quantity: Quantity, *, edges: Iterable[Fraction] = ()) -> str:
    """A figure as `claims.figures.format_value` rounds it: 7.1%, 1.5 times, 12.3 points."""
    return figures(_in_english(value, quantity, edges=edges))


def figures(text: str) -> str:
    """A text of our own in English with its figures in the signs of the locale, digit for digit."""
    return text if name() == ENGLISH else _FIGURE.sub(_figure, text)


def day(value: date) -> str:
    """21 November 2026."""
    if name() == ENGLISH:
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    from babel.dates import format_date

    return format_date(value, "long", locale=_cldr(name()))


def month(value: date) -> str:
    """November 2026."""
    if name() == ENGLISH:
        return f"{_MONTHS[value.month - 1]} {value.year}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", value, locale=_cldr(name()))


def clock(value: datetime) -> str:
    """20:05, with seconds where there are any: 20:05:07."""
    if name() == ENGLISH:
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    from babel.dates import format_time

    return format_time(value, "medium" if value.second else "short", locale=_cldr(name()))


def listed(items: Sequence[str], word: str = "and") -> str:
    """A, B and C; A, B or C."""
    if name() == ENGLISH:
        *first, last = items or [""]
        return f"{', '.join(first)} {word} {last}" if first else last
    from babel.lists import format_list

    return format_list(list(items), style="or" if word == "or" else "standard", locale=_cldr(name()))


def plural(n: int) -> str:
    """The category of a number, by which a language chooses the form of a noun: `one` or `other` in English."""
    if name() == ENGLISH:
        return "one" if n == 1 else "other"
    form: Callable[[int], str] = _cldr(name()).plural_form
    return form(n)


def _figure(found: re.Match[str]) -> str:
    sign, integer, decimals, percent = found.groups()
    digits = len(decimals or ".") - 1
    value = Decimal(integer.replace(",", "") + (decimals or ""))
    return sign + _number(value, digits, percent=bool(percent))


def _number(value: Decimal, digits: int, *, percent: bool) -> str:
    """A number with so many decimals, in the pattern, signs and digits of the locale."""
    from babel.numbers import format_decimal, format_percent

    locale = _cldr(name())
    formats = locale.percent_formats if percent else locale.decimal_formats
    pattern = re.sub(r"0(?:\.#+)?", "0" + ("." + "0" * digits if digits else ""), formats[None].pattern)
    if percent:
        return format_percent(value / 100, pattern, locale=locale, numbering_system=_DIGITS)
    return format_decimal(value, pattern, locale=locale, numbering_system=_DIGITS)


@cache
def _cldr(locale: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(CLDR if locale == ENGLISH else locale.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(f"no locale is called {locale!r}") from error
