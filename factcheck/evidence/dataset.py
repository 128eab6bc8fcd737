"""A dataset as the rest of the engine sees it: columns, what they mean, how it was collected, what was lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal, NamedTuple

from factcheck.errors import Place


class Family(StrEnum):
    """What kind of value a column or expression holds, whatever its width."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DOUBLE = "double"
    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    INTERVAL = "interval"
    LIST = "list"
    NULL = "null"
    OTHER = "other"
    UNKNOWN = "unknown"  # before the rows are read, a CSV column's type may not be known yet

    @property
    def is_number(self) -> bool:
        return self in (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)

    @property
    def is_time(self) -> bool:
        return self in (Family.DATE, Family.TIMESTAMP)


class Origin(NamedTuple):
    """A column of a dataset that something was made from."""

    dataset: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column: `type` is the engine's name for its type (`BIGINT`), `family` the kind of value."""

    name: str
    type: str
    family: Family
    missing_none: bool = False  # NULL means "there is none", not "not known"
    caveat: str | None = None
    unit: str | None = None
    low: Fraction | None = None  # `range` in the manifest; None is unbounded
    high: Fraction | None = None
    timezone: str | None = None
    synonyms: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()  # the columns that its `expr` reads, so that caveats travel
    expr: str | None = None  # how the manifest computes it
    origins: tuple[Origin, ...] = ()  # the columns of other datasets that a `query` makes it from


@dataclass(frozen=True)
class Reject:
    """A record of a file that could not be loaded."""

    file: str
    line: int | None
    reason: str
    text: str = ""


@dataclass(frozen=True)
class Notice:
    """Something found while reading a dataset that a person should know; `code` names the sentence.

    `words` are the values that it speaks of, where something is made of them.
    """

    code: str
    text: str
    column: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """Every record accounted for: records = loaded + rejected + dropped."""

    records: int
    loaded: int
    rejected: int = 0
    dropped: int = 0
    duplicates: int = 0  # rows whose key occurred before
    lost: dict[str, int] = field(default_factory=dict)  # per column: text that is not of the type
    rejects: tuple[Reject, ...] = ()  # the first of them
    drop_rule: str | None = None
    null_keys: int = 0  # rows whose key is NULL; they are no duplicates of one another
    repeated: int = 0  # duplicates that are among the rows loaded
    notes: tuple[Notice, ...] = ()

    @property
    def dropped_by_rule(self) -> int:
        """The rows that the manifest's `drop` left out; what else was dropped were rows whose key occurred before."""
        return self.dropped - min(self.dropped, self.duplicates - self.repeated)


@dataclass(frozen=True)
class DataFile:
    """A file of a dataset. `pinned` is the sha256 of the manifest; `sha256` is None until it is asked for.

    `version` is what a store calls the version of an object that was read (its ETag); None for files of this computer.
    """

    path: str
    bytes: int
    sha256: str | None = None
    pinned: str | None = None
    version: str | None = None


@dataclass(frozen=True)
class Collected:
    """How, when and from where the rows were collected; dates are ISO 8601 text."""

    by: str | None = None
    with_: str | None = None
    date: str | None = None
    from_: str | None = None
    to: str | None = None
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """What is known of a dataset. `relation` is the name of its table or view in the engine."""

    name: str
    columns: dict[str, Column]
    relation: str
    title: str | None = None
    unit: str | None = None
    represents: str | None = None
    key: tuple[str, ...] = ()
    completeness: Literal["complete", "random sample", "partial"] | None = None
    sample_fraction: Fraction | None = None
    population: int | None = None
    counts: str | None = None
    collected: Collected = Collected()
    synthetic: bool = False
    caveats: tuple[str, ...] = ()
    source_title: str | None = None
    source_url: str | None = None
    licence: str | None = None
    files: tuple[DataFile, ...] = ()
    format: str = ""
    query: str | None = None
    reads: tuple[str, ...] = ()  # the datasets that a `query` reads
    made_from: tuple[Dataset, ...] = ()  # the same, with all that is known of them
    chosen_by: tuple[Origin, ...] = ()  # the columns that decide which rows the query gives
    ledger: Ledger | None = None  # None before ingest
    place: Place | None = None  # of its name in the manifest
