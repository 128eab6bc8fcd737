"""Reads the history of a project; nothing is written but a newer schema."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from factcheck.store import folder
from factcheck.store.database import opened, read_only
from factcheck.store.secret import signature
from factcheck.verdicts.history import NAME, OWNED, Damaged, Entry, Execution, Overview, Program, Record, steps
from factcheck.verdicts.history_schema import MIGRATIONS

_ENTRIES = """
SELECT runs.id, findings.id
FROM findings
JOIN parts ON parts.finding = findings.id
JOIN runs ON runs.whole = parts.whole
"""
_RUNS = """
SELECT id, program, command, started, began, finished, selection, paths, complete FROM runs
"""
_IN_ORDER = " ORDER BY runs.id, findings.claim"
_FINDINGS = """
SELECT findings.id, claim, file, specs.sha256, specs.spec, specs.rules, evidence.prints, kinds, outcome, direction,
    confidence, rating, unit, n, missing, error, claimed, estimate, low, high, found
FROM findings
JOIN specs ON specs.id = findings.spec
JOIN evidence ON evidence.id = findings.evidence
"""
_PLAIN = ("outcome", "direction", "confidence", "rating", "unit", "n", "missing", "error")
_JSON = ("claimed", "estimate", "low", "high")


@contextmanager
def history(root: Path) -> Iterator[History | None]:
    """The history of a project; None where it has none.

    Raises Damaged where the file is no whole database, Newer where a later version of factcheck wrote it, sqlite3.Error
    where it cannot be read.
    """
    path = root / folder.NAME / NAME
    if not path.is_file():
        yield None
        return
    try:
        with closing(_opened(path)) as connection:
            connection.execute("BEGIN")  # all that is read is of one moment, whoever writes meanwhile
            yield History(connection)
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:
            raise Damaged(f"{folder.NAME}/{NAME}") from error
        raise


def _opened(path: Path) -> sqlite3.Connection:
    """Only to read; a database of an older schema is brought to this one first."""
    try:
        return read_only(path, MIGRATIONS)
    except sqlite3.OperationalError:
        return opened(path, MIGRATIONS)


class History:
    """An open history."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        programs = {
            id: Program(sha256, version, code, json.loads(libraries))
            for id, sha256, version, code, libraries in connection.execute(
                "SELECT id, sha256, version, code, libraries FROM programs"
            )
        }
        self._runs: dict[int, Execution] = {}
        self._programs: dict[int, int] = {}  # of the runs
        for id, program, *texts, paths, complete in connection.execute(_RUNS):
            command, started, began, finished, selection = texts
            self._runs[id] = Execution(
                command, started, began, finished, programs[program], selection, tuple(json.loads(paths)),
                bool(complete),
            )  # fmt: skip
            self._programs[id] = program
        self._named: dict[tuple[int, tuple[str, ...]], tuple[str, ...]] = {}  # methods of a program and kinds
        self._methods = {
            (program, kind): method
            for program, kind, method in connection.execute("SELECT program, kind, method FROM methods")
        }

    def ids(self) -> list[str]:
        """The ids of all claims that were ever checked."""
        return [id for (id,) in self._connection.execute("SELECT DISTINCT claim FROM findings ORDER BY claim")]

    def of(self, claim: str) -> list[Entry]:
        """The entries of a claim, the oldest first."""
        rows = self._connection.execute(f"{_ENTRIES} WHERE findings.claim = ? {_IN_ORDER}", (claim,))
        found = self._records(" WHERE claim = ?", (claim,))
        return [self._entry(row, found) for row in rows]

    def all(self) -> Iterator[Entry]:
        """Every entry: by run, the oldest first, and in it by claim."""
        found = self._records("", ())
        for row in self._connection.execute(_ENTRIES + _IN_ORDER):
            yield self._entry(row, found)

    def overviews(self, since: str = "") -> list[Overview]:
        """Each claim that was checked since a day, with its number of checks and its last change, by id."""
        return [found for id in self.ids() if (found := self._overview(id, since)) is not None]

    def own(self) -> bool:
        """Whether this user began the history; what another put there may be made up."""
        for name, signed in self._connection.execute("SELECT database, signature FROM owners"):
            expected = signature(OWNED + str(name).encode())
            if expected is not None and isinstance(signed, bytes) and hmac.compare_digest(expected, signed):
                return True
        return False

    def runs(self) -> int:
        return len(self._runs)

    def gone(self, last: Entry) -> str | None:
        """When the first run of the whole project after a claim's last entry began; None where there is none."""
        query = "SELECT started FROM runs WHERE complete AND id > ? ORDER BY id LIMIT 1"
        row = self._connection.execute(query, (last.number,)).fetchone()
        return None if row is None else str(row[0])

    def former(self, first: Entry) -> str | None:
        """The id under which the same claim was checked before its first entry under this one; None where none is."""
        of_spec = "JOIN specs ON specs.id = findings.spec WHERE specs.sha256 = ? AND runs.id < ?"
        row = self._connection.execute(
            f"{_ENTRIES} {of_spec} ORDER BY runs.id DESC LIMIT 1", (first.record.claim, first.number)
        ).fetchone()
        if row is None:
            return None
        (id,) = self._connection.execute("SELECT claim FROM findings WHERE id = ?", (row[-1],)).fetchone()
        return str(id) if self.of(id)[-1].number < first.number else None

    def _overview(self, id: str, since: str) -> Overview | None:
        entries = self.of(id)
        found = [step for step in steps(entries) if step.entry.run.started[:10] >= since]
        if not found:
            return None
        changed = next((one.entry for one in reversed(found) if one.before is None or one.differing), None)
        return Overview(entries[-1], len(found), changed, self.gone(entries[-1]))

    def _records(self, where: str, values: tuple[str, ...]) -> dict[int, Record]:
        return {row[0]: _record(row) for row in self._connection.execute(_FINDINGS + where, values)}

    def _entry(self, row: tuple[int, int], found: dict[int, Record]) -> Entry:
        number, finding = row
        record, place = found[finding], (self._programs[number], found[finding].kinds)
        if place not in self._named:
            known = ((kind, self._methods.get((place[0], kind))) for kind in record.kinds)
            self._named[place] = tuple(f"{kind}-{method}" for kind, method in known if method is not None)
        return Entry(number, self._runs[number], record, self._named[place])


def _record(row: tuple[Any, ...]) -> Record:
    _, id, file, claim, spec, rules, prints, kinds, *values, found = row
    figures = dict(zip(_PLAIN, values, strict=False))
    texts = values[len(_PLAIN) :]
    figures |= {key: None if text is None else json.loads(text) for key, text in zip(_JSON, texts, strict=True)}
    data = {name: (content, described) for name, (content, described) in json.loads(prints).items()}
    return Record(id, file, figures, found, claim, json.loads(spec), json.loads(rules), data, tuple(json.loads(kinds)))
