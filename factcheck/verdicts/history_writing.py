"""Adds runs to the history of a project, each in one transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from factcheck.store import folder
from factcheck.store.database import opened, transaction
from factcheck.store.secret import signature
from factcheck.verdicts.history import NAME, OWNED, Damaged, Execution, Program, Record
from factcheck.verdicts.history_schema import MIGRATIONS

_PLAIN = ("outcome", "direction", "confidence", "rating", "unit", "n", "missing", "error")
_JSON = ("claimed", "estimate", "low", "high")
_COLUMNS = ("digest", "claim", "file", "spec", "evidence", "kinds", *_PLAIN, *_JSON, "found")
_COMPANIONS = ("-wal", "-shm", "-journal")


def add(root: Path, run: Execution, records: Sequence[Record], method: Callable[[str], str]) -> str | None:
    """Records a run and what it found of each claim, all or nothing; a damaged history is set aside first.

    method: the version of a kind's method, which is asked for only where the program is new. Returns what a person
    should be told, None where there is nothing. Raises sqlite3.Error, OSError and Newer where nothing can be recorded.
    """
    path = folder.made(root) / NAME
    try:
        _add(path, run, records, method)
    except Damaged as damage:
        aside = _set_aside(path, *damage.args)
        _add(path, run, records, method)
        if aside is not None:
            return f"the history was damaged; it is {folder.NAME}/{aside} now, and a new one begins"
    return None


def _add(path: Path, run: Execution, records: Sequence[Record], method: Callable[[str], str]) -> None:
    """Damaged, with the number of the file, where it is no whole database."""
    number = _number(path)
    try:
        with closing(opened(path, MIGRATIONS)) as connection, transaction(connection):
            _Writer(connection).write(run, records, method)
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:  # its subclasses tell of locks, of space and of our own mistakes
            raise Damaged(number) from error
        raise


def _number(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None


def _set_aside(path: Path, number: int | None) -> str | None:
    """Renames a damaged database and what lies beside it; None where another process has already done so."""
    if _number(path) != number:
        return None
    name = f"{path.name}.damaged-{date.today().isoformat()}"
    again = 1
    while path.with_name(name).exists():
        again += 1
        name = f"{path.name}.damaged-{date.today().isoformat()}-{again}"
    try:
        path.rename(path.with_name(name))
    except FileNotFoundError:
        return None
    for ending in _COMPANIONS:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(path.with_name(name + ending))
    return name


class _Writer:
    """Rows of one run; what is there already is referred to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], int] = {}

    def write(self, run: Execution, records: Sequence[Record], method: Callable[[str], str]) -> None:
        self._begin()
        program = self._program(run.program)
        self._methods(program, {kind for record in records for kind in record.kinds}, method)
        whole = self._whole(sorted({self._finding(record) for record in records}))
        self._insert(
            "runs", ("command", "started", "began", "finished", "program", "selection", "paths", "complete", "whole"),
            (run.command, run.started, run.began, run.finished, program, run.selection, _json(run.paths), run.whole,
             whole),
        )  # fmt: skip

    def _begin(self) -> None:
        """Signs a history that is empty, so that its user can tell it from one that came with a stranger's project."""
        if not self._connection.execute("SELECT 1 FROM runs LIMIT 1").fetchall():
            name = secrets.token_hex(16)
            signed = signature(OWNED + name.encode())
            if signed is not None:
                self._connection.execute("INSERT INTO owners VALUES (?, ?)", (name, signed))

    def _program(self, program: Program) -> int:
        return self._once(
            "programs", "sha256", program.sha256, ("version", "code", "libraries"),
            lambda: (program.version, program.code, _json(program.libraries)),
        )  # fmt: skip

    def _methods(self, program: int, kinds: set[str], method: Callable[[str], str]) -> None:
        known = {kind for (kind,) in self._rows("SELECT kind FROM methods WHERE program = ?", program)}
        for kind in sorted(kinds - known):
            self._insert("methods", ("program", "kind", "method"), (program, kind, method(kind)))

    def _finding(self, record: Record) -> int:
        spec = self._once(
            "specs", "sha256", record.claim, ("spec", "rules"), lambda: (_json(record.spec), _json(record.rules))
        )
        evidence = self._once("evidence", "prints", _json(record.data), (), lambda: ())
        figures = record.figures
        values = (
            record.id, record.file, spec, evidence, _json(record.kinds), *(figures[key] for key in _PLAIN),
            *(None if figures[key] is None else _json(figures[key]) for key in _JSON), record.found,
        )  # fmt: skip
        return self._once("findings", "digest", _digest(values), _COLUMNS[1:], lambda: values)

    def _whole(self, findings: Sequence[int]) -> int:
        digest = _digest(findings)
        rows = self._rows("SELECT id FROM wholes WHERE digest = ?", digest)
        if rows:
            return int(rows[0][0])
        whole = self._insert("wholes", ("digest",), (digest,))
        self._connection.executemany("INSERT INTO parts VALUES (?, ?)", [(finding, whole) for finding in findings])
        return whole

    def _once(
        self, table: str, key: str, value: str | bytes, columns: Sequence[str], rest: Callable[[], Sequence[Any]]
    ) -> int:
        """The number of the row with this key, which is made where there is none."""
        place = (table, value.hex() if isinstance(value, bytes) else value)
        if place not in self._known:
            rows = self._rows(f"SELECT id FROM {table} WHERE {key} = ?", value)
            self._known[place] = rows[0][0] if rows else self._insert(table, (key, *columns), (value, *rest()))
        return self._known[place]

    def _insert(self, table: str, columns: Sequence[str], values: Sequence[Any]) -> int:
        marks = ", ".join("?" * len(columns))
        cursor = self._connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
        return int(cursor.lastrowid or 0)

    def _rows(self, query: str, value: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, (value,)).fetchall()


def _digest(value: Sequence[str | int | None]) -> bytes:
    return hashlib.sha256(json.dumps(value).encode()).digest()[:16]


def _json(value: Mapping[str, Any] | Sequence[Any] | float | str) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
