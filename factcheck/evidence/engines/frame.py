"""What every engine can do, and the form in which its results come back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column


@dataclass(frozen=True)
class Frame:
    """A result by columns: `columns[i]` holds the values, `nulls[i]` is true where there is none.

    Integers of up to 64 bits, doubles, booleans and times are numpy arrays of their own type; wider
    integers, decimals, text and everything else are arrays of Python objects, exact. What stands in
    `columns` under a null is unspecified.
    """

    names: list[str]
    types: list[str]
    columns: list[NDArray[Any]]
    nulls: list[NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as Python values: int, float, Decimal, str, bool, date, datetime, list, or None."""
        return list(zip(*map(self.values, range(len(self.names))), strict=True))

    def values(self, column: int | str) -> list[Any]:
        """One column as Python values, None where there is none.

        Raises:
            EvidenceError: if it holds a date that Python has none for, before the year 1 or after 9999.
        """
        i = self.names.index(column) if isinstance(column, str) else column
        values: list[Any] = (
            [v.tolist() if isinstance(v, np.ndarray) else v for v in self._plain(i).tolist()]
            if self.columns[i].dtype == object
            else self._plain(i).tolist()
        )
        for at in np.flatnonzero(self.nulls[i]).tolist():
            values[at] = None
        if self.columns[i].dtype.kind == "M" and any(isinstance(value, int) for value in values):
            raise EvidenceError("a date in it lies before the year 1 or after 9999, or has no end; leave out such rows")
        return values

    def _plain(self, i: int) -> NDArray[Any]:
        """DATE as days and nanoseconds as microseconds: the units that numpy turns into date and datetime."""
        values = self.columns[i]
        if self.types[i] == "DATE":
            return values.astype("datetime64[D]")
        return values.astype("datetime64[us]") if values.dtype.kind == "M" else values

    def one(self) -> tuple[Any, ...]:
        """The only row; for queries that return exactly one."""
        (row,) = self.rows()
        return row


class Engine(Protocol):
    """An engine is three functions: schema, run, close."""

    def schema(self, relation: str) -> dict[str, Column]:
        """The columns of a table or view."""

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        """The whole result of one query; EvidenceError where it fails or takes longer than `timeout` seconds."""

    def close(self) -> None: ...


@runtime_checkable
class FarEngine(Engine, Protocol):
    """An engine that is not DuckDB, and can be told from one by what it offers."""

    def at_hand(self, select: str, *, timeout: float | None = None) -> AbstractContextManager[str]:
        """The rows of a SELECT as a relation that DuckDB evaluates; yields its name."""

    def refusal(self, sql: str) -> EvidenceError | None:
        """Why a statement cannot be asked there exactly; None where it can. Nothing is run."""


def empty(names: Sequence[str] = ()) -> Frame:
    """A result without rows, for statements that return nothing."""
    return Frame(
        list(names),
        ["NULL" for _ in names],
        [np.empty(0, object) for _ in names],
        [np.empty(0, np.bool_) for _ in names],
    )
