"""JSON Lines of plain objects, read in one pass: DuckDB's own reader, and proof that it missed nothing.

Told the columns, `read_json` stops at every line that is no object and at a key that is there twice, but passes over
keys it was not told of and turns values of another kind. So each value is read as its own text, a hidden column counts
how many each row has and marks values of another kind, and beside that all keys are counted in the bytes of the files
(`jsonl_keys`). Only if both agree does the table stand; else the files are read in the exact way, with the same result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.jsonl_keys import Counter, Tally, TooOdd, whole_lines
from factcheck.evidence.formats.source import Job, Proof, Source, SourceColumn

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

Kind = Literal["null", "text", "number", "boolean"]
Columns = dict[str, SourceColumn]
_WITHIN: dict[Kind, Literal["numbers", "times", "text"]] = {"number": "numbers", "text": "times", "null": "text"}

HIDDEN = "_factcheck_present"
_HEAD = 1 << 18  # bytes from the beginning of a file whose keys give the order of the columns
_PLACES = 24  # elsewhere in the files
_PLACE = 1 << 14
_MOST_KEYS = 500
_SMALL = 1 << 16  # below this the exact way costs nothing


class Stray(Exception):
    """A line of the sample that only the exact way can read."""


def _holds(paths: Sequence[Path], keys: Sequence[str], engine: DuckDB, table: str, load: Callable[[], None]) -> bool:
    """Makes the table while the keys are counted in the files, and compares; the hidden column goes."""
    stop: list[bool] = []
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(_counted, paths, keys, stop)
        try:
            load()
        except BaseException:
            stop.append(True)
            raise
        found = counting.result()
    if found is None:
        return False
    tally, normal = found
    total, least, rows = engine.run(f"SELECT sum({HIDDEN}), min({HIDDEN}), count(*) FROM {table}").one()
    if not rows or least <= 0 or rows != tally.lines or total + tally.nulls != tally.keys:
        return False
    engine.execute(f"ALTER TABLE {table} DROP COLUMN {HIDDEN}")
    if not (normal and tally.literal):
        _normalise(engine, table)
    return True


def _counted(paths: Sequence[Path], keys: Sequence[str], stop: list[bool]) -> tuple[Tally, bool] | None:
    """What the files hold, and whether all of their characters are NFC."""
    from factcheck.evidence.ingest.normal import surely_nfc

    found, normal = Tally(), True
    try:
        for path in paths:
            counter = Counter(keys)
            for block in whole_lines(files.chunks(path)):
                if stop:
                    return None
                found += counter.count(block)
                normal = normal and surely_nfc((block,))
    except TooOdd:
        return None
    return found, normal


def _normalise(engine: DuckDB, table: str) -> None:
    """Texts in NFC, where the sample promised that they are and the files hold others."""
    from factcheck.evidence.ingest.normal import is_doubtful, nfc

    for column in engine.describe(f"FROM {table}").values():
        if column.type == "VARCHAR":
            name = identifier(column.name)
            engine.execute(f"UPDATE {table} SET {name} = {nfc(name)} WHERE {is_doubtful(name)}")


def attempt(
    job: Job, paths: Sequence[Path], exact: Callable[[], Source], sampled: Callable[..., Columns]
) -> Source | None:
    """The files as one relation of typed text; None where their beginnings tell that this cannot work."""
    if sum(path.stat().st_size for path in paths) < _SMALL:
        return None
    try:
        kinds = _kinds(paths)
    except Stray:
        return None
    names = {key.casefold() for key in kinds}
    if not 0 < len(kinds) <= _MOST_KEYS or len(names) < len(kinds) or HIDDEN in names or any(map(_unfit, kinds)):
        return None
    relation = _relation(paths, kinds)
    try:
        columns = sampled(job, relation, {key: _column(key, kind) for key, kind in kinds.items()})
    except EvidenceError:
        return None
    if all(map(_is_plain, paths)):
        columns = {name: replace(column, normal=True) for name, column in columns.items()}
    source = Source(relation, columns)
    source.proof = Proof(HIDDEN, exact, partial(_holds, tuple(paths), tuple(kinds)))
    return source


def _is_plain(path: Path) -> bool:
    """Whether a sample of a file tells that its texts are NFC; that is then held against all of it."""
    from factcheck.evidence.ingest.normal import surely_nfc

    sample = list(_some(path, _PLACE, _PLACES))
    return surely_nfc(sample) and not any(b"\\u" in line for line in sample)


def _unfit(key: str) -> bool:
    return not key.strip() or any(c < " " for c in key)


def _kinds(paths: Sequence[Path]) -> dict[str, Kind]:
    """The keys of some lines from all over the files, in order, and the one kind of value that each holds."""
    kinds: dict[str, Kind] = dict.fromkeys(first_keys(paths[0]), "null")
    known = len(kinds)
    for path in paths:
        for line in _some(path, _PLACE, max(2, _PLACES // len(paths))):
            _note(line, kinds)
    if len(kinds) > known + 1:
        raise Stray  # the order of several late keys follows from all the lines
    return kinds


def first_keys(path: Path) -> list[str]:
    """The keys of the objects at the beginning of a plain file, in the order in which they appear."""
    keys: dict[str, None] = {}
    for line in _some(path, _HEAD, 1):
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            keys |= dict.fromkeys(record)
    return list(keys)


def _some(path: Path, size: int, places: int) -> Iterator[bytes]:
    """Whole lines from evenly spaced places of a plain file."""
    whole = path.stat().st_size
    with path.open("rb") as stream:
        for number in range(places):
            stream.seek(whole * number // places)
            data = stream.read(size)
            lines = data.split(b"\n")
            yield from lines[bool(number) : len(lines) if len(data) < size else -1]


def _note(line: bytes, kinds: dict[str, Kind]) -> None:
    if not line.strip():
        return
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Stray from error
    if not isinstance(record, dict):
        raise Stray
    for key, value in record.items():
        kind, known = _kind(value), kinds.get(key, "null")
        if "null" not in (kind, known) and kind != known:
            raise Stray
        kinds[key] = known if kind == "null" else kind


def _kind(value: object) -> Kind:
    if value is None:
        return "null"
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    raise Stray


def _relation(paths: Sequence[Path], kinds: dict[str, Kind]) -> str:
    """Every value as JSON writes it, texts as they read."""
    listed = "[" + ", ".join(literal(str(path)) for path in paths) + "]"
    shape = ", ".join(f"{literal(key)}: '{'VARCHAR' if kind == 'text' else 'JSON'}'" for key, kind in kinds.items())
    reader = (
        f"read_json({listed}, columns={{{shape}}}, format='newline_delimited', auto_detect=false, "
        "records=true, hive_partitioning=false)"
    )
    values = ", ".join(f"CAST({identifier(key)} AS VARCHAR) AS {identifier(key)}" for key in kinds)
    return f"(SELECT *, {_present(kinds)} AS {HIDDEN} FROM (SELECT {values} FROM {reader}))"


def _present(kinds: dict[str, Kind]) -> str:
    """How many values the row has; below zero where one is of another kind than its column."""
    names = list(map(identifier, kinds))
    count = " + ".join(f"CAST({name} IS NOT NULL AS SMALLINT)" for name in names)
    full = " AND ".join(f"{name} IS NOT NULL" for name in names)
    tests = [test for key, kind in kinds.items() if (test := _of_its_kind(identifier(key), kind)) is not None]
    fits = " AND ".join(tests or ["true"])
    return f"CAST(CASE WHEN NOT ({fits}) THEN -1 WHEN {full} THEN {len(names)} ELSE {count} END AS SMALLINT)"


def _of_its_kind(sql: str, kind: Kind) -> str | None:
    """A number begins with a digit or a minus sign; a quote, a bracket and the letters of true and NaN lie beyond."""
    if kind == "text":
        return None  # a number among texts makes no difference: it is no time, and reads as its text
    test = {
        "number": f"({sql} >= '-' AND {sql} < ':')",
        "boolean": f"{sql} IN ('true', 'false')",
        "null": "false",
    }[kind]
    return f"({sql} IS NULL OR {test})"


def _column(key: str, kind: Kind) -> SourceColumn:
    sql = identifier(key)
    if kind == "boolean":
        return SourceColumn(key, f"TRY_CAST({sql} AS BOOLEAN)", "BOOLEAN")
    return SourceColumn(key, sql, within=_WITHIN[kind])
