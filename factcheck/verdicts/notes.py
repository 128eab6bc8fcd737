"""Notes in words: every sentence about a verdict stands in sentences.yaml, by its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.claims.figures import Quantity, format_value
from factcheck.measures.common import plural
from factcheck.measures.measurement import Note
from factcheck.text.packaged import packaged

Shown = Callable[[Fraction, Quantity], str]
_SCALES = {
    "share": Quantity.PROPORTION,
    "bound": Quantity.PROPORTION,
    "part": Quantity.PROPORTION,  # a threshold
    "together": Quantity.PROPORTION,
    "faults": Quantity.PROPORTION,
    "level": Quantity.PROPORTION,
    "width": Quantity.POINTS,  # of an interval for a share
    "widest": Quantity.POINTS,  # a threshold for that
}


class _Figure:
    """A number inside a sentence: `{rows:row}` writes "1 row" or "2,504 rows", `{near:quoted}` "'a' or 'b'"."""

    def __init__(self, value: Any, name: str, row: str | None = None, shown: Shown = format_value) -> None:
        self.value = value
        self.name = name
        self.row = row
        self.shown = shown

    def __format__(self, noun: str) -> str:
        noun = self.row or noun if noun == "row" else noun
        if self.name in _SCALES and isinstance(self.value, (int, float, Fraction)):
            return self.shown(Fraction(self.value), _SCALES[self.name])
        if isinstance(self.value, (int, Fraction, float)) and not isinstance(self.value, bool):
            text = self.shown(Fraction(self.value), Quantity.NUMBER)
            return text if not noun else f"{text} {noun if self.value == 1 else plural(noun)}"
        if isinstance(self.value, tuple):
            items = tuple(f"'{item}'" if noun == "quoted" else str(item) for item in self.value)
            return _listed(items, noun if noun in ("and", "or") else "or")
        return str(self.value)


def _listed(items: tuple[str, ...], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else "none"


@cache
def sentences() -> Mapping[str, str]:
    """Every sentence by its code."""
    loaded: dict[str, str] = packaged(files("factcheck.verdicts") / "sentences.yaml")
    return loaded


def sentence(note: Note, shown: Shown = format_value) -> str:
    """A note as an editor reads it; `shown` prints its figures.

    A code with variants (`absent-label`, `absent-label/near`) takes the variant whose fact is not empty.
    """
    known = sentences()
    code = note.code
    for name, value in note.facts.items():
        if value not in (None, "", (), 0) and f"{code}/{name}" in known:
            code = f"{code}/{name}"
            break
    noun = note.facts.get("noun")  # what rows stand for, where they stand for many
    facts = {name: _Figure(value, name, noun, shown) for name, value in note.facts.items()}
    return known[code].strip().format_map(facts)
