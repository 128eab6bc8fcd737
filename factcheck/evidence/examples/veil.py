"""The values of rows as they may be shown: names masked, texts left out where they may be of deleted posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.examples import Cell, Hidden
from factcheck.evidence.examples.columns import Holds, about_people, holds
from factcheck.evidence.examples.deletion import State, erased, state, tellers
from factcheck.evidence.examples.masking import (
    Pseudonyms,
    cut,
    looks_like_address,
    looks_like_name,
    names_in,
    scrubbed,
    seen,
)
from factcheck.evidence.examples.rules import pattern, spelt

_SHORT = 40  # characters of a word that many people share
_LARGE = 10**11  # numbers that large are ids, where the rows are those of people
_LITERAL = re.compile(r"'((?:[^']|'')*)'")


def quoted(text: str) -> frozenset[str]:
    """The text literals of an expression."""
    return frozenset(found.replace("''", "'") for found in _LITERAL.findall(text))


class Veil:
    """Turns the rows of one dataset into cells; `spoken` are the words that the claim itself says.

    Times are those of the clock by which the claim is checked: `timezone`, or where that is None the column's own.

    Afterwards `masked` tells whether a name was replaced, `cleared` whether one was inside a text, `unwritten` whether
    texts were left out, and `hours` whether times were shown to the hour.
    """

    def __init__(
        self, dataset: Dataset, spoken: Iterable[str], *, accounts: bool, timezone: str | None = None
    ) -> None:
        self.dataset = dataset
        self.people = about_people(dataset)
        self.kinds = {name: holds(dataset, column, self.people) for name, column in dataset.columns.items()}
        self.tellers = tellers(dataset)
        self.masked = self.cleared = self.unwritten = self.hours = False
        self._accounts = accounts
        self._timezone = timezone
        self._spoken = frozenset(spoken)
        self._numbers = Pseudonyms()

    @property
    def naming(self) -> list[str]:
        """The columns whose values lead to people; they are read so that other values can be cleared of them."""
        return [name for name, kind in self.kinds.items() if kind.names]

    def cells(self, values: Mapping[str, Any], shown: Iterable[str]) -> tuple[Cell, ...]:
        """One row; `values` hold the columns shown, the `tellers` and those that are `naming`."""
        there = state({name: values.get(name) for name in self.tellers}, self.dataset)
        names = None if self._accounts else names_in(values.get(name) for name in self.naming)
        return tuple(self._cell(self.dataset.columns[name], values[name], there, names) for name in shown)

    def _cell(self, column: Column, value: Any, there: State, names: re.Pattern[str] | None) -> Cell:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, date):
            return self._time(column, value)
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if column.expr is not None and text in quoted(column.expr):
            return text  # a word of the manifest's own
        if not self._accounts and (hidden := self._name(column, text, value)) is not None:
            self.masked = True
            return hidden
        return self._text(column, text, there, names) if isinstance(value, str | list) else _number(value)

    def clock(self, column: Column) -> str:
        """The time zone in which the times of a column are shown."""
        return self._timezone or column.timezone or "UTC"

    def _time(self, column: Column, value: date) -> str:
        if not isinstance(value, datetime):
            return value.isoformat()
        value = _wall(value, self.clock(column))
        if self.people and not self._accounts:
            self.hours = True
            return f"{value.date().isoformat()}, {value.hour}h"
        return value.replace(microsecond=0).isoformat(" ")

    def _name(self, column: Column, text: str, value: Any) -> Hidden | None:
        """The number that stands for a name, where the value is one."""
        kind = self.kinds[column.name]
        row = self.dataset.unit or "row"
        if kind.names and self.dataset.key == (column.name,) and row not in ("account", "user"):
            return self._numbers.hidden("hidden-thing", text, row)
        if kind is Holds.ACCOUNT:
            return self._numbers.hidden("hidden-account", text)
        if kind is Holds.CONTACT:
            return self._numbers.hidden("hidden-contact", text)
        large = isinstance(value, int) and self.people and abs(value) >= _LARGE
        if kind is Holds.THING or large:
            return self._numbers.hidden("hidden-thing", text, _noun(column.name))
        if not isinstance(value, str):
            return None
        if looks_like_name(text):
            return self._numbers.hidden("hidden-account", text)
        if self.people and looks_like_address(text):
            return self._numbers.hidden("hidden-thing", text, "link")
        alone = self.people and kind is Holds.OTHER and text not in self._spoken and not re.search(r"\s", text.strip())
        return self._numbers.hidden("hidden-value", text) if alone else None

    def _text(self, column: Column, text: str, there: State, names: re.Pattern[str] | None) -> Cell:
        kind = self.kinds[column.name]
        written = kind is Holds.WRITTEN or not self._harmless(kind, text)
        if erased(text) or (there == "gone" and written):
            return Hidden("hidden-deleted")
        if self.people and written and there != "public":
            self.unwritten = True
            return Hidden("hidden-text")
        if self._accounts:
            return cut(text)
        clear = scrubbed(text, names, people=self.people)
        self.cleared |= clear != seen(text)
        return cut(clear)

    def _harmless(self, kind: Holds, text: str) -> bool:
        """Whether a text is none that somebody wrote, but a word that many share or that the claim says itself."""
        if kind.names:
            return True  # shown because accounts are asked for
        if kind is Holds.CATEGORY:
            return len(text) <= _SHORT
        return text in self._spoken or (self._accounts and not re.search(r"\s", text.strip()))


def _wall(moment: datetime, timezone: str) -> datetime:
    """A naive UTC moment on the clock of `timezone`; one that no clock shows, such as infinity, as it is."""
    try:
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    except OverflowError:
        return moment


def _noun(name: str) -> str:
    """What an id is of: post for post_id."""
    words = spelt(name)
    noun = re.sub(r"_?(ids?|guid|uuid|key)$", "", words).replace("_", " ")
    return noun if noun and not pattern("account").search(words) else "id"


def _number(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else f"{value:f}" if hasattr(value, "as_tuple") else str(value)
