"""Numbers with a sign beside them: percentages, amounts of money, units.

A column holds numbers of one unit. A value in another is lost, and counted, rather than added to the wrong ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_PERCENT = ("%", "percent")
_FIGURE = r"[-+−]?\s*\d[\d.,'\s\u00a0\u202f]*"
_PERCENTAGE = re.compile(rf"{_FIGURE}%")
_BLANKS = r"[\s\x{A0}\x{202F}]*"


@dataclass(frozen=True)
class Marks:
    """What may stand beside the digits: `accepted` say nothing but the unit.

    `percent` says what `20%` is: `figure` 20, `fraction` 0.2, None no number of this column. Without `bare`, figures
    without a percent sign are none either: among percentages nobody can tell whether 5 is 5% or 500%.
    """

    accepted: tuple[str, ...] = ()
    percent: Literal["figure", "fraction"] | None = None
    bare: bool = True


def marks_of(unit: str | None, sample: Iterable[str | None]) -> Marks:
    """The marks of a column of this unit; without a sign in its unit, the one currency that its values show."""
    values = list(sample)
    if unit is not None and unit.lower() in _PERCENT:
        return Marks(percent="figure")
    if unit == "proportion":
        return Marks(percent="fraction")
    if unit is None and any(percentage(value) for value in values if value is not None):
        return Marks(percent="fraction", bare=False)
    signs = currencies(values) if unit is None or not _signs_in(unit) else []
    # Digits that a unit begins or ends with ("000") cannot be told from those of a figure.
    own = [unit] if unit is not None and not any(map(str.isdigit, unit)) else []
    return Marks((*own, *(signs if len(signs) == 1 else [])))


def currencies(sample: Iterable[str | None]) -> list[str]:
    """The different currency signs at the ends of values, with the letters that belong to them: `$`, `US$`, `€`."""
    found: dict[str, None] = {}
    for value in sample:
        if value and (not value.isascii() or "$" in value):
            found |= dict.fromkeys(_signs_in(value.strip()) if amount(value) else ())
    return list(found)


def _signs_in(text: str) -> list[str]:
    return [
        (re.search(r"[A-Z]{0,3}\Z", text[:at]) or [""])[0] + sign
        for at, sign in enumerate(text)
        if unicodedata.category(sign) == "Sc"
    ]


def amount(value: str) -> bool:
    """True of a figure with a currency sign before or after it."""
    signs = _signs_in(value)
    return len(signs) == 1 and re.fullmatch(_FIGURE, value.replace(signs[0], "", 1).strip()) is not None


def percentage(value: str) -> bool:
    """True of a figure with a percent sign after it."""
    return _PERCENTAGE.fullmatch(value.strip()) is not None


def unmarked(sql: str, marks: Marks) -> str:
    """The text without the marks that are accepted beside its digits, and with a plain minus."""
    text = f"replace(trim({sql}), chr(8722), '-')"
    if marks.percent == "figure":
        text = f"regexp_replace({text}, '{_BLANKS}%$', '')"
    for mark in marks.accepted:
        literal = "".join(f"\\x{{{ord(c):X}}}" for c in mark)
        pattern = f"^([-+]?){_BLANKS}{literal}{_BLANKS}|{_BLANKS}{literal}$"
        text = f"regexp_replace({text}, '{pattern}', '\\1')"
    return text


def is_fraction(sql: str) -> str:
    """The condition that the text is a percentage."""
    return f"suffix({sql}, '%')"


def before_percent(sql: str) -> str:
    """The text of a percentage without its sign."""
    return f"rtrim(left({sql}, -1))"
