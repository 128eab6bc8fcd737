"""What a column of SQLite holds, value by value, and how it is read so that no value changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from factcheck.evidence.formats.source import Note

_WORDS = {"integer": "whole numbers", "real": "fractions", "text": "texts", "blob": "bytes"}
# Bytes become hexadecimal digits. Fractions are sent beside the text: not every SQLite can write all their digits.
_EXACT = "CASE typeof({0}) WHEN 'real' THEN NULL WHEN 'blob' THEN lower(hex({0})) ELSE CAST({0} AS TEXT) END"
_FRACTION = "CASE WHEN typeof({0}) = 'real' THEN {0} END"
_NUMBER = "CASE WHEN typeof({0}) <> 'text' THEN {0} END"  # beside blank texts, which say nothing


@dataclass(frozen=True)
class Held:
    """The kinds of values in a column of one file; for a mixed one how many of each, words and large integers."""

    kinds: frozenset[str]
    counts: Mapping[str, int] = field(default_factory=dict)
    words: int = 0  # texts that are not blank
    large: int = 0  # integers that a double cannot hold


@dataclass(frozen=True)
class Read:
    """How a column is read: `sql` with its name for {0}, and a value of the same kind to begin with."""

    sql: str
    seed: str
    type: str | None
    within: Literal["all", "numbers", "times", "text"] = "times"
    notes: tuple[Note, ...] = ()
    fractions: bool = False  # among text

    @property
    def is_text(self) -> bool:
        return self.seed == "''"

    def asked(self, column: str, position: int) -> str:
        """What SQLite is asked for."""
        beside = f", {_FRACTION.format(column)} AS r{position}" if self.fractions else ""
        return f"{self.sql.format(column)} AS c{position}{beside}"

    def seeded(self, position: int) -> str:
        """The row that tells the driver the types."""
        return f"{self.seed} AS c{position}" + (f", 0.5 AS r{position}" if self.fractions else "")

    def taken(self, position: int) -> str:
        """What the engine makes of that. It checks the bytes of a text only until one is not ASCII; `decode` all."""
        text = f"decode(encode(c{position}))" if self.is_text else f"c{position}"
        value = f"coalesce({text}, CAST(r{position} AS VARCHAR))" if self.fractions else text
        return f"{value} AS c{position}"


def reading(held: Sequence[Held]) -> Read:
    """How a column is read that holds all this, in whichever file."""
    kinds = frozenset[str]().union(*(one.kinds for one in held))
    numbers = _NUMBER if "text" in kinds else "{0}"
    if "text" in kinds and len(kinds) > 1 and not _words(held):
        kinds -= {"text"}  # as in a CSV, a blank among numbers is a value that is missing
    if not kinds or kinds == {"text"}:
        return Read("{0}" if kinds else "CAST({0} AS TEXT)", "''", None)
    if kinds == {"integer"}:
        return Read(numbers, "0", "BIGINT")
    if kinds == {"blob"}:
        return Read(_EXACT, "''", "VARCHAR", notes=(_bytes(held),))
    if kinds <= {"integer", "real"} and not sum(one.large for one in held):
        return Read(f"CAST({numbers} AS REAL)", "0.5", "DOUBLE")
    return Read(_EXACT, "''", "VARCHAR", notes=_mixed(kinds, held), fractions="real" in kinds)


def _words(held: Sequence[Held]) -> bool:
    """Whether there is text that says anything; a column of text alone was not counted, and does."""
    return any(one.words or one.kinds == {"text"} for one in held)


def _mixed(kinds: frozenset[str], held: Sequence[Held]) -> tuple[Note, ...]:
    if kinds == {"integer", "real"}:
        return (Note("large-among-fractions"),)
    told = " and ".join(_WORDS[kind] for kind in _WORDS if kind in kinds)
    return (Note("mixed-values", {"kinds": told}), *((_bytes(held),) if "blob" in kinds else ()))


def _bytes(held: Sequence[Held]) -> Note:
    return Note("bytes", {"count": f"{sum(one.counts.get('blob', 0) for one in held):,}"})


def damage(lines: Iterable[str]) -> str | None:
    """What `PRAGMA quick_check` found wrong with the file itself.

    It also names values against a CHECK or NOT NULL of the table: those are the data's own, and are read.
    """
    structure = ("tree ", "page ", "freelist", "malformed", "database disk")
    for line in lines:
        text = " ".join(line.replace("*** in database main ***", "").split())
        if any(word in text.lower() for word in structure) and not text.lower().endswith("never used"):
            return text[:200]
    return None
