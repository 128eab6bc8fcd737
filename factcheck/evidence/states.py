"""What the rows of a dataset were when a verdict was made: a digest of each column used, and its values where few.

Two columns with the same digest are equal: the same type, and the same values in the same rows. Rows are taken in the
order of the file; where there is none (the result of a query, a table of a server) in that of their values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.engines.digests import Digest
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.examples.columns import Holds, about_people, holds
from factcheck.evidence.examples.masking import looks_like_address, looks_like_name

MOST = 20  # different values of a column whose rows are counted by value
_LONGEST = 60  # characters of a value that many rows share
_SHARED = 10  # rows for each value, so that it is one that many share and names nobody
_LARGE = 10**11  # numbers that large are ids, where the rows are those of people
_UNORDERED = ("query", "postgresql")  # formats whose rows come in any order
_HANDLE = re.compile(r"[A-Za-z]\w{2,}[_\d]\w*|\w*[a-z][A-Z]\w*")  # anna_smith, user12, realName
_NULL = "-"


@dataclass(frozen=True)
class ColumnState:
    """A column. values: how many rows have which value, as text; those that have none are the rest of the rows.

    None where there are more than `MOST` values, or where they may name people.
    """

    sha256: str
    values: Mapping[str, int] | None = None


@dataclass(frozen=True)
class State:
    """A dataset as far as verdicts rest on it: its number of rows, and the columns that they used."""

    rows: int
    columns: Mapping[str, ColumnState]


class Engine(Protocol):
    """What digests columns: the engine itself, or a process that it runs in."""

    def digests(self, sql: str, most: Sequence[int], *, timeout: float | None = None) -> list[Digest]: ...


def state(engine: Engine, dataset: Dataset, columns: Collection[str], *, timeout: float | None = None) -> State:
    """The state of some columns of an ingested dataset, in one pass over its rows and in little memory.

    Raises EvidenceError where the engine cannot tell within `timeout` seconds. A million rows of ten columns take some
    three seconds.
    """
    used = [dataset.columns[name] for name in sorted(columns) if name in dataset.columns]
    people = about_people(dataset)
    countable = [_countable(dataset, column, people) for column in used]
    counter, *found = engine.digests(
        _sql(dataset, used), [0, *(MOST + 1 if fit else 0 for fit in countable)], timeout=timeout
    )  # a NULL is none of the values
    return State(
        counter.rows,
        {column.name: _column(column, one, people) for column, one in zip(used, found, strict=True)},
    )


def _sql(dataset: Dataset, used: Sequence[Column]) -> str:
    """The texts of the columns, row by row; the first column is empty, so that rows are counted where none is used."""
    texts = ", ".join(["''", *(encoded(identifier(column.name), column.type) for column in used)])
    unordered = dataset.format in _UNORDERED or dataset.name.endswith((".nodes", ".edges"))
    order = f" ORDER BY {', '.join(map(identifier, dataset.columns))}" if unordered and dataset.columns else ""
    return f"SELECT {texts} FROM {identifier(dataset.relation)}{order}"


def encoded(value: str, kind: str) -> str:
    """SQL of a text that tells where it ends and that no other value of the type has: 5:Spain, - for NULL."""
    if kind.endswith("[]"):
        item = f"item{kind.count('[]')}"  # lists in lists
        parts = f"array_to_string(list_transform({value}, lambda {item}: {encoded(item, kind[:-2])}), '')"
        return f"coalesce(len({value}) || '[' || {parts}, '{_NULL}')"
    text = {"VARCHAR": value, "BLOB": f"hex({value})"}.get(kind, f"CAST({value} AS VARCHAR)")
    if kind.startswith(("STRUCT", "MAP", "UNION", "VARIANT")) or kind.endswith("]"):
        text = f"CAST(to_json({value}) AS VARCHAR)"  # its texts are quoted in all cases
    return f"coalesce(strlen({text}) || ':' || {text}, '{_NULL}')"


def _column(column: Column, found: Digest, people: bool) -> ColumnState:
    made = hashlib.sha256(f"{column.type}\0{found.rows}\0{found.sha256}".encode()).hexdigest()
    return ColumnState(made, None if found.counts is None else _values(column, found.counts, people))


def _values(column: Column, counts: Mapping[str, int], people: bool) -> Mapping[str, int] | None:
    values = {text.partition(":")[2]: count for text, count in counts.items() if text != _NULL}
    shown = len(values) <= MOST and _harmless(column, values, people)
    return dict(sorted(values.items())) if shown else None


def _countable(dataset: Dataset, column: Column, people: bool) -> bool:
    """Whether the values of a column may be told, by what it holds."""
    if column.family in (Family.LIST, Family.OTHER, Family.NULL, Family.UNKNOWN):
        return False
    if people and column.family in (Family.TIMESTAMP, Family.TIME):
        return False  # the second finds the post
    return holds(dataset, column, people) in (Holds.CATEGORY, Holds.OTHER)


def _harmless(column: Column, values: Mapping[str, int], people: bool) -> bool:
    """Whether values are told that few rows have, of a column whose name does not say what it holds."""
    if column.family is not Family.TEXT:
        return not (people and any(_is_id(value) for value in values))
    if any(len(value) > _LONGEST or looks_like_name(value) or looks_like_address(value) for value in values):
        return False
    shared = sum(values.values()) >= _SHARED * len(values) and not any(map(_HANDLE.fullmatch, values))
    return shared or not people


def _is_id(value: str) -> bool:
    digits = value.lstrip("-").partition(".")[0]
    return digits.isdigit() and int(digits) >= _LARGE
