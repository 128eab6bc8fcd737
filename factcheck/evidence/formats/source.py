"""What a format makes of its files: a relation that the engine can read, and the columns in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from factcheck.evidence.dataset import Reject

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


MOST_REJECTS = 100  # collected unless they are all to be written out; all are counted
SHOWN_OF_REJECT = 200  # characters of a rejected record


@dataclass(frozen=True)
class Reading:
    """`read` of a manifest: how the files are written. None means: find out."""

    delimiter: str | None = None
    header: int | None = None  # number of header rows; 0 is none
    skip: int = 0
    encoding: str | None = None
    encodings: tuple[str, ...] = ()  # tried in order where a file is no UTF-8
    nulls: tuple[str, ...] = ()
    thousands: str = ""
    decimal: str = "."
    quote: str | None = None
    names: tuple[str, ...] = ()
    sheet: str | None = None
    alike: tuple[tuple[str, ...], ...] = ()  # headings that mean the same column


@dataclass(frozen=True)
class Stated:
    """What a format itself knows of a column's values; the manifest may say otherwise.

    `type` and `format` are those of a manifest (`timestamp`, `%d/%m/%Y`); `thousands` separates digits. Times that
    are `unzoned` are on a clock that the file does not name; a notice asks for it where the manifest does not.
    """

    type: str | None = None
    format: str | None = None
    timezone: str | None = None
    thousands: str | None = None
    unzoned: bool = False
    caveat: str | None = None  # why the values may mislead, for every verdict that rests on them


@dataclass(frozen=True)
class SourceColumn:
    """A column of the files. `sql` reads it from the relation; without `type` it is text of unknown type.

    `within` says which types may be found in that text, `sample` holds some of its values. `uses` names the
    columns of the files that it is made from, where it is not one of them itself.
    """

    name: str
    sql: str
    type: str | None = None
    within: Literal["all", "numbers", "times", "text"] = "all"
    sample: tuple[str | None, ...] = ()
    utc: bool = False  # a time that came with its zone and is in UTC already
    normal: bool = False  # its text is known to be NFC
    inner: bool = False  # part of a nested value: only there under its dotted path
    stated: Stated | None = None
    uses: tuple[str, ...] = ()
    identifies: bool = False  # an id: what a spreadsheet has rounded (1.26E+18) is refused


@dataclass(frozen=True)
class Rejected:
    """The records that could not be loaded: how many, and the first of them by file and line."""

    count: int = 0
    first: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something found while reading that a person should know; the sentence is in `notices`."""

    code: str
    values: dict[str, object] = field(default_factory=dict)
    column: str | None = None


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Proof:
    """What must hold of a table made from a source that reads its files faster than it can be sure of.

    `hidden` is a column of the relation that the table has while it is put to the proof. `exact` opens the same files
    in the slower way that is sure. `holds` makes the table by calling its last argument, and tells whether it is what
    the files hold.
    """

    hidden: str
    exact: Callable[[], Source]
    holds: Callable[[DuckDB, str, Callable[[], None]], bool]


@dataclass
class Source:
    """Files ready to be read. `rejected` may be called once the relation has been read whole.

    With a `proof`, what was read may have to be thrown away for what `proof.exact()` reads.
    """

    relation: str
    columns: dict[str, SourceColumn]
    rejected: Callable[[], Rejected] = Rejected
    again: Callable[[], None] = _nothing  # before the relation is read a second time
    mended: Callable[[], Source] | None = None  # the same files with their line ends repaired
    texts: tuple[Path, ...] = ()  # UTF-8 files whose characters are those of the values
    stays: bool = False  # the files can stay where they are, behind a view
    paths: tuple[str, ...] = ()  # what must stay readable where `stays`
    records: int | None = None  # where the format itself says how many there are
    notes: list[Note] = field(default_factory=list)
    proof: Proof | None = None
    lost: dict[str, int] = field(default_factory=dict)  # per column: what held something that is no value


@dataclass(frozen=True)
class Job:
    """Files to read for one dataset. `label` is a name unique in the engine.

    The engine is asked for when it is needed: the headings of a CSV can be read without one.
    """

    open: Callable[[], DuckDB]
    files: tuple[Path, ...]
    reading: Reading
    label: str
    shown: dict[Path, str] = field(default_factory=dict)  # how a file is named to people
    places: dict[Path, str] = field(default_factory=dict)  # how an object of a store is named to the engine
    part: Literal["nodes", "edges"] | None = None  # of a network
    table: str | None = None  # of a database
    connection: str | None = field(default=None, repr=False)  # to a database; it may hold a password
    most_rejects: int = MOST_REJECTS  # that a format collects; all are counted
    whole_rejects: bool = False  # whether the text of a reject is kept whole

    @property
    def engine(self) -> DuckDB:
        return self.open()

    @property
    def scratch(self) -> Path:
        """A folder for decoded copies of files."""
        return self.engine.scratch

    def at(self, path: Path) -> str:
        """How the engine is told of a file, or of an object of a store that stays there."""
        return self.places.get(path) or str(path)

    def show(self, path: Path | str) -> str:
        return self.shown.get(Path(path), str(path))

    def record(self, text: str) -> str:
        """The text of a rejected record as it is kept: whole where rejects are written out, else its beginning."""
        return text if self.whole_rejects else text[:SHOWN_OF_REJECT]


class Format(Protocol):
    """A module per format."""

    def head(self, job: Job) -> dict[str, SourceColumn]:
        """The columns, from the beginning of the files only."""

    def open(self, job: Job) -> Source:
        """The files as a relation."""
