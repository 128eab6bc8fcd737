"""The rows of one part of a network on their way to a file: every value as text, columns as they turn up."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.formats.headings import headings
from factcheck.evidence.formats.source import MOST_REJECTS, SHOWN_OF_REJECT, Job, Note, Rejected

Row = list[str | None]

_WIDEST = 4000
_NUMBERS = ("weight",)  # of the fixed columns; the others are text even where they are all digits
_LONGEST_FIELD = 1 << 28
LINE_END = "\r\n"  # with it the engine reads a lone carriage return within a value as what it is


@dataclass
class Heading:
    """A column: its title in the file, the type that the file declares, and how its values were written."""

    title: str
    type: str | None = None
    fallback: str | None = None  # what a row without a value has, where the column is there at all
    quoted: bool = False  # some value was written as text,
    bare: bool = False  # some as a number
    fixed: bool = False  # a column of the format itself
    of: int | None = None  # the place of the column whose values it explains, by
    values: dict[str, str] = field(default_factory=dict)

    @property
    def within(self) -> Literal["all", "times", "text"]:
        """What may be found in the text: a value in quotes was meant as text, even where it is all digits."""
        if self.quoted:
            return "text" if self.bare else "times"
        return "all"


@dataclass(frozen=True)
class Part:
    """One part of a network, written: a file without header, and what is in it."""

    path: Path | None
    shown: str
    columns: dict[str, Heading]  # every column of the file by a name that is there once
    absent: frozenset[str]  # those of them in which no row can have a value
    rows: int
    rejected: Rejected
    notes: tuple[Note, ...]

    def sample(self, size: int) -> Iterator[list[str]]:
        """The first rows; an empty value is none."""
        if self.path is None:
            return
        csv.field_size_limit(_LONGEST_FIELD)
        with self.path.open(encoding="utf-8", newline="") as stream:
            yield from islice(csv.reader(stream), size)


@dataclass
class Sheet:
    """Readers append copies of `template` to `rows`; `at` gives the place of a column and makes it where none is.

    `fixed` columns come first. Those of them in `optional` are left out where no row has a value. Without a `path`
    the rows are only counted: that is enough to know the columns.
    """

    shown: str
    fixed: tuple[str, ...]
    optional: frozenset[str]
    path: Path | None = None
    template: Row = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    job: Job | None = None  # says how much of rejected records is kept

    def __post_init__(self) -> None:
        self.headings = [Heading(title, None if title in _NUMBERS else "text", fixed=True) for title in self.fixed]
        self.template = [None] * len(self.fixed)
        self._places = {title: place for place, title in enumerate(self.fixed)}
        self._named: dict[str, int] = {}
        self._unseen = {place for place, title in enumerate(self.fixed) if title in self.optional}
        self._written = self._width = 0
        self._narrow = False  # rows were written before the last column turned up
        self._rejects: list[Reject] = []
        self._rejected = 0
        self._notes: list[Note] = []
        self._passed: dict[int, int] = {}
        self._stream: IO[str] | None = self.path.open("w", encoding="utf-8", newline="") if self.path else None
        self._writer = csv.writer(self._stream, lineterminator=LINE_END) if self._stream else None

    def at(self, title: str) -> int:
        """The place of a column that the format itself knows or that a record names."""
        found = self._places.get(title)
        if found is None:
            found = self._places[title] = self.attribute(title)
        return found

    def named(self, title: str) -> int:
        """The place of an attribute that a record names: never a column of the format itself."""
        found = self._named.get(title)
        if found is None:
            found = self._named[title] = self.attribute(title)
        return found

    def always(self, title: str, value: str) -> None:
        """A fixed column that every row has, `value` where it says nothing else."""
        place = self.at(title)
        self.headings[place].fallback = value
        self._unseen.discard(place)

    def look_up(self, title: str, of: str, values: dict[str, str]) -> None:
        """A column with what the values of another stand for."""
        if of in self._named:
            heading = self.headings[self.at(title)]
            heading.of, heading.values = self._named[of], values

    def attribute(self, title: str, type: str | None = None) -> int:
        """A new column, whatever others are called the same."""
        if len(self.template) >= _WIDEST:
            raise EvidenceError(f"{self.shown} has more than {_WIDEST:,} attributes")
        self.headings.append(Heading(title, type))
        self.template.append(None)
        return len(self.template) - 1

    def reject(self, line: int, reason: str, text: str = "") -> None:
        """One record that could not be read."""
        self._rejected += 1
        most = self.job.most_rejects if self.job is not None else MOST_REJECTS
        if len(self._rejects) < most:
            text = self.job.record(text) if self.job is not None else text[:SHOWN_OF_REJECT]
            self._rejects.append(Reject(self.shown, line, reason, text))

    def note(self, code: str, column: str | None = None, **values: object) -> None:
        self._notes.append(Note(code, values, column))

    def passed_over(self, place: int) -> None:
        """A row had a value for this column already, and only one of the two is kept."""
        self._passed[place] = self._passed.get(place, 0) + 1

    def close(self) -> None:
        """After an error."""
        if self._stream is not None:
            self._stream.close()

    def finish(self, *, whole: bool = True) -> Part:
        """The file, and what is in it; `whole` is False where only the beginning of the network was read."""
        self.flush()
        self.close()
        if self._narrow and self.path is not None:
            self.path = _widened(self.path, self.template)
        gone = self._unseen if whole else set()
        there = [place for place in range(len(self.headings)) if place not in gone]
        names, replaced = headings([self.headings[place].title for place in there])
        named = dict(zip(there, names, strict=True)) | {place: f"_absent_{place}" for place in gone}
        notes = [Note("repeated-heading", {"file": self.shown, "heading": old}, new) for old, new in replaced if old]
        notes += [Note("no-heading", {"file": self.shown}, new) for old, new in replaced if not old]
        notes += self._notes
        notes += [Note("passed-over", {"count": count}, named[place]) for place, count in self._passed.items()]
        return Part(
            self.path,
            self.shown,
            {named[place]: heading for place, heading in enumerate(self.headings)},
            frozenset(named[place] for place in gone),
            self._written,
            Rejected(self._rejected, tuple(self._rejects)),
            tuple(notes),
        )

    def flush(self) -> None:
        """Writes the rows so far; to be called after every piece of a file, so that memory stays bounded."""
        width, batch = len(self.template), self.rows
        if width > self._width:
            self._narrow = self._narrow or bool(self._written)
            batch = [row + self.template[len(row) :] for row in batch]
        for place in [*self._unseen]:
            if any(row[place] for row in batch):
                self._unseen.discard(place)
        if self._writer is not None:
            self._writer.writerows(batch)
        self._written += len(batch)
        self._width = width
        self.rows.clear()


def _widened(path: Path, template: Sequence[str | None]) -> Path:
    """A copy in which rows from before the last column turned up have it too."""
    target = path.with_suffix(".wide.csv")
    csv.field_size_limit(_LONGEST_FIELD)
    rest = [value or "" for value in template]
    with path.open(encoding="utf-8", newline="") as rows, target.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator=LINE_END).writerows(row + rest[len(row) :] for row in csv.reader(rows))
    path.unlink()
    return target
