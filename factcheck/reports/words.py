"""The words of reports: outcomes, methods with their sources, and every sentence by its code, from words.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.measures.measurement import Note
from factcheck.reports import locale
from factcheck.reports.locale import format_value, integer
from factcheck.reports.locale import listed as listed
from factcheck.text.packaged import packaged
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.verdict import Outcome

_SCALED = "scaled-"
_NUMBER_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@dataclass(frozen=True)
class OutcomeWords:
    """An outcome as it is told: never by colour alone. `plain` is the symbol where only ASCII can be shown."""

    word: str
    symbol: str
    plain: str


def _words() -> Mapping[str, Any]:
    return _of(locale.name())


@cache
def _of(locale: str) -> Mapping[str, Any]:
    """The words of a locale, of its language, or in English."""
    folder = files("factcheck.reports")
    named = [folder / f"words.{name}.yaml" for name in (locale, locale.partition("_")[0])]
    loaded: dict[str, Any] = packaged(next((file for file in named if file.is_file()), folder / "words.yaml"))
    return loaded


def sentences() -> Mapping[str, str]:
    """Every sentence of the reports by its code."""
    known: dict[str, str] = _words()["sentences"]
    return known


def say(code: str, **facts: object) -> str:
    """The sentence with this code. Facts are texts made ready for a reader; a missing one is an error."""
    return sentences()[code].strip().format_map(facts)


def noted(note: Note) -> str:
    """A note as an editor reads it, its figures in the signs of the locale."""
    return sentence(note, format_value)


def outcome_words(outcome: Outcome) -> OutcomeWords:
    return OutcomeWords(**_words()["outcomes"][outcome.value])


def domain_word(domain: str) -> str:
    """A domain of confidence as it is printed."""
    known: dict[str, str] = _words()["domains"]
    return known.get(domain.lower(), domain[:1].upper() + domain[1:])


def knows_method(code: str) -> bool:
    """Whether every part of a method's code has words."""
    known = _words()["methods"]
    return all(_key(part, known) is not None for part in _parts(code))


def method_words(code: str) -> str:
    """A method by its code: its name, and in brackets where it comes from."""
    known: dict[str, dict[str, str]] = _words()["methods"]
    told = []
    for part in _parts(code):
        entry = known.get(_key(part, known) or "", {"name": part})
        told.append(entry["name"] + (f" ({entry['source']})" if "source" in entry else ""))
    return "; ".join(dict.fromkeys(told))


def _parts(code: str) -> list[str]:
    return [part.strip() for part in code.split(";")]


def _key(part: str, known: Mapping[str, Any]) -> str | None:
    """The entry for a code; a method for one limit in several names the limit's own method first."""
    name = part.lower()
    if name in known:
        return name
    base = re.sub(r",.*$", "", name.removeprefix(_SCALED))
    return base if base in known else None


def counted(n: int, capital: bool = False) -> str:
    """Numbers below ten in words, as a newsroom writes them."""
    word = _NUMBER_WORDS[n] if 0 <= n < len(_NUMBER_WORDS) else integer(n)
    return word.capitalize() if capital else word


def capital(text: str) -> str:
    """A sentence's first letter."""
    return text[:1].upper() + text[1:]
