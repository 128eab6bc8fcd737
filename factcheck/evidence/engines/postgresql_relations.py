"""Relations of a session by their names: nothing is created for them there, each statement brings those it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.evidence.engines.names import identifier

_NAMED = re.compile(r'(?:\bFROM|\bJOIN|,)\s+("(?:[^"]|"")+")')


@dataclass(frozen=True)
class Relation:
    """A relation as a SELECT. `uses` are the relations in it; `stored` where its rows lie there, at no cost anew."""

    sql: str
    uses: tuple[str, ...] = ()
    stored: bool = False


class Relations:
    """The relations of a session. What a statement names comes before it as WITH."""

    def __init__(self) -> None:
        self._known: dict[str, Relation] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def keep(self, name: str, sql: str, *, stored: bool) -> None:
        """A relation, by what holds its rows; one of that name gives way."""
        self._known.pop(name, None)
        self._known[name] = Relation(sql, () if stored else tuple(self._named(sql)), stored)

    def forget(self, name: str) -> None:
        self._known.pop(name, None)

    def complete(self, select: str) -> str:
        """A statement that starts with SELECT, with the relations that it names, however deep."""
        wanted: dict[str, None] = {}
        waiting = list(self._named(select))
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted[name] = None
                waiting += self._known[name].uses
        # One that uses another was made after it, so that their order of making is one that SQL can read.
        parts = [self._part(name, found) for name, found in self._known.items() if name in wanted]
        return f"WITH {', '.join(parts)} {select}" if parts else select

    def _named(self, sql: str) -> Iterator[str]:
        for quoted in dict.fromkeys(_NAMED.findall(sql)):
            name = quoted[1:-1].replace('""', '"')
            if name in self._known:
                yield name

    def _part(self, name: str, found: Relation) -> str:
        # A table that is named twice would be copied first. A SELECT that is named twice is worth its copy.
        how = "NOT MATERIALIZED " if found.stored else ""
        return f"{identifier(name)} AS {how}({found.sql})"
