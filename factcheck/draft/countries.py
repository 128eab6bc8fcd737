"""Countries and languages by whatever they are called: names, demonyms, codes, names in other languages.

Names in many languages and the codes of ISO 3166 and ISO 639 are those of Unicode's CLDR, as Babel has them. Other
English names and demonyms stand in countries.tsv: code, names, demonyms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from factcheck.draft.words import Word, fold, words

# The languages that exports and sentences name countries in.
_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "ru", "uk", "pl", "tr", "ar", "zh", "ja", "sv", "cs", "ro")
_LONGEST = 9  # words of a name
# Codes that are words in capitals more often than countries.
_WORDS = frozenset(
    ["AM", "AND", "ARE", "AS", "AT", "BE", "BY", "CAN", "DO", "ID", "IN", "IS", "IT", "ME", "MY", "NO", "PER", "SO"]
)


@dataclass(frozen=True)
class Named:
    """A country or a language that words of a sentence name; `by` says how: name, demonym, code, other name."""

    first: int
    last: int
    code: str
    by: str
    score: float


def key(name: Iterable[Word]) -> str:
    """A name as it is looked up: folded words, without 'the' and 'and'."""
    return " ".join(word.folded for word in name if word.folded not in ("the", "and", "&"))


@cache
def _table() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    lines = (files("factcheck.draft") / "countries.tsv").read_text("utf-8").splitlines()
    parts = (line.split("\t") for line in lines if line)
    return tuple((code, _split(names), _split(demonyms)) for code, names, demonyms in parts)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


@cache
def names() -> dict[str, tuple[str, str, float]]:
    """By key: the code of a country, how it is named, and how surely the name means it."""
    from babel import Locale

    found: dict[str, tuple[str, str, float]] = {}
    for code, other, demonyms in _table():
        for name in other:
            found.setdefault(key(words(name)), (code, "name", 1.0))
        for name in demonyms:
            _add_demonym(found, code, name)
    for language in _LANGUAGES:
        surely = 1.0 if language == "en" else 0.9
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "QO"):
                found.setdefault(key(words(name)), (code, "name" if language == "en" else "other name", surely))
    found.pop("", None)
    return found


def _add_demonym(found: dict[str, tuple[str, str, float]], code: str, name: str) -> None:
    single = key(words(name))
    for form in (single, single + "s", single[:-1] + "ies" if single.endswith("y") else single + "es"):
        found.setdefault(form, (code, "demonym", 0.9))


@cache
def codes() -> dict[str, str]:
    """The code of two letters by each code of ISO 3166: RU and RUS are RU."""
    from babel.core import get_global

    two = {code: code for code, _, _ in _table()}
    three = {code: to[0] for code, to in get_global("territory_aliases").items() if len(code) == 3 and code.isalpha()}
    return two | three | {"UK": "GB"}


def countries(sentence: Sequence[Word]) -> list[Named]:
    """The countries that a sentence names; the longest name wins over its parts.

    A name begins with a capital letter, where its script has them: 'turkey' is a bird.
    """
    found: list[Named] = []
    position = 0
    while position < len(sentence):
        named = next((n for n in _runs(sentence, position) if n is not None), None)
        if named is not None:
            found.append(named)
        position = named.last if named is not None else position + 1
    return found


def _runs(sentence: Sequence[Word], first: int) -> Iterable[Named | None]:
    start = sentence[first].text
    if start[0] in "#@" or (start[0].lower() != start[0].upper() and not start[0].isupper()):
        return
    for last in range(min(len(sentence), first + _LONGEST), first, -1):
        known = names().get(key(sentence[first:last]))
        if known is not None and sentence[last - 1].folded not in ("the", "and"):
            yield Named(first, last, *known)
    letters = start.replace(".", "")
    if letters.isupper() and letters not in _WORDS and (code := codes().get(letters)) is not None:
        yield Named(first, first + 1, code, "code", 0.85)


@lru_cache(50_000)
def code_of(value: str) -> str | None:
    """The country that a value of a column names, by name or code; None where it names none."""
    if len(value) in (2, 3) and (code := codes().get(value.upper())) is not None:
        return code
    known = names().get(key(words(value)))
    return known[0] if known is not None and known[1] != "demonym" else None


def english(code: str) -> str:
    """The country's name in English."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


@cache
def languages() -> dict[str, str]:
    """The code of two or three letters by the folded name of a language in English: russian → ru."""
    from babel import Locale

    return {fold(name): code for code, name in Locale("en").languages.items() if len(code) <= 3 and " " not in name}
