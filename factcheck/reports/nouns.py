"""What a row is called: the unit of a manifest, in the singular and the plural."""

from __future__ import annotations

import re

from factcheck.measures.common import IRREGULAR
from factcheck.measures.common import plural as _regular
from factcheck.reports.locale import integer

# Symbols of units, which are written behind a figure and have no plural.
_SYMBOLS = {
    "mg", "g", "kg", "t", "mm", "cm", "m", "km", "mi", "ft", "ml", "l", "ha", "m²", "km²", "s", "min", "h", "ms",
    "km/h", "mph", "kW", "MW", "GW", "kWh", "MWh", "GWh", "kB", "MB", "GB", "TB", "°C", "°F", "K",
}  # fmt: skip
_CURRENCY = re.compile("[A-Z]{3}")
_VOWEL_SOUND = re.compile(r"(?i)[aeiou](?!ni|se|ser|ne)|hour|honest|heir")


def head(unit: str | None) -> str:
    """The noun of a unit without its explanation: of "painting, one an episode" it is "painting"."""
    return re.split(r"[,;(]| – ", unit or "", maxsplit=1)[0].strip() or "row"


def plural(noun: str) -> str:
    """Reply → replies, hundredth of the mentions → hundredths of the mentions, painting and tag → pairs of them."""
    if " and " in noun:
        return f"pairs of {noun}"
    first, of, rest = noun.partition(" of ")
    *before, last = first.split(" ")
    return " ".join([*before, _regular(last)]) + of + rest


def things(n: int, unit: str | None, *, figure: str | None = None) -> str:
    """`1 post`, `2,504 posts`; `figure` replaces the number as it is printed."""
    noun = head(unit)
    shown = integer(n) if figure is None else figure
    if n == 1:
        return f"{shown} pair of {noun}" if " and " in noun else f"{shown} {_single(noun)}"
    return f"{shown} {plural(noun)}"


def _single(noun: str) -> str:
    """A unit given in the plural ("impressions") keeps it only where there are several."""
    return noun[:-1] if noun.endswith("s") and plural(noun) == noun and noun.lower() not in IRREGULAR else noun


def a(noun: str) -> str:
    """A post, an account; of a unit that was given in the plural its singular."""
    noun = _single(noun)
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def behind_figures(unit: str) -> str:
    """The unit as it stands behind a number that is no count: `kg`, `EUR`, `likes`; empty where it may not fit."""
    noun = head(unit)
    return noun if noun in _SYMBOLS or _CURRENCY.fullmatch(noun) or noun.endswith("s") else ""


def satisfies(n: int) -> str:
    return "satisfies" if n == 1 else "satisfy"


def are(n: int) -> str:
    return "is" if n == 1 else "are"
