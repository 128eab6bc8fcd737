"""Axes over the values of an expression that has few of them, and the truth of every atom on each value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.errors import EvidenceError
from factcheck.evidence.cells.axes import Axis, Truths
from factcheck.evidence.cells.cut import Atom
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.session import Session
from factcheck.evidence.dataset import Dataset, Family

MOST_VALUES = 4096
_MOST_HASHED = 150
_TRIES = 4000
_ROOMS = 500


@dataclass(frozen=True)
class Few:
    """An expression that seems to have few values: its SQL, the column it is (if it is one) and its family."""

    sql: str
    column: str | None
    family: Family


def values_axis(session: Session, dataset: Dataset, few: Few, atoms: list[Atom]) -> Axis | None:
    """None where the expression has too many values after all, or values that have no cheap code."""
    if few.column is not None and few.family is Family.BOOLEAN:
        return _boolean(session, few, atoms)
    inner = f"SELECT DISTINCT {few.sql} AS value FROM {source(dataset)} LIMIT {MOST_VALUES + 1}"
    items = ["value", "HASH(value)", *_truth_items(atoms)]
    with session.at_hand(inner) as seen:
        named = f'SELECT value AS "{_escaped(few.column)}", value FROM {seen}' if few.column is not None else None
        relation = f"({named})" if named is not None else seen
        frame = session.run(f"SELECT {', '.join(items)} FROM {relation} AS dictionary")
    values = frame.values(0)
    if len(values) > MOST_VALUES:
        return None
    hashes = np.asarray(frame.columns[1]).astype(np.uint64)
    coded = _looked_up(few, values) if session.far else _coding(few, values, hashes)
    if coded is None:
        return None
    sql, size, codes = coded
    truths = {atom.key: _spread(frame.columns[2 + i], codes, size) for i, atom in enumerate(atoms)}
    labels: list[Any] = [None] * size
    for code, value in zip(codes.tolist(), values, strict=True):
        labels[code] = value
    return Axis(few.sql, sql, size, truths, labels)


def _escaped(name: str) -> str:
    return name.replace('"', '""')


def _truth_items(atoms: list[Atom]) -> list[str]:
    return [f"CAST(CASE ({atom.sql}) WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END AS TINYINT)" for atom in atoms]


def _spread(column: npt.NDArray[Any], codes: npt.NDArray[np.int64], size: int) -> Truths:
    truths = np.zeros(size, np.int8)
    truths[codes] = column.astype(np.int8)
    return truths


def _boolean(session: Session, few: Few, atoms: list[Atom]) -> Axis:
    truths: dict[str, Truths] = {}
    if atoms:
        domain = f'(VALUES (0, FALSE), (1, TRUE), (2, NULL)) AS domain(code, "{_escaped(few.column or "")}")'
        frame = session.run(f"SELECT {', '.join(['code', *_truth_items(atoms)])} FROM {domain}")
        codes = np.asarray(frame.columns[0]).astype(np.int64)
        truths = {atom.key: _spread(frame.columns[1 + i], codes, 3) for i, atom in enumerate(atoms)}
    return Axis(few.sql, f"COALESCE(CAST({few.sql} AS UTINYINT), 2)", 3, truths, [False, True, None])


Coding = tuple[str, int, npt.NDArray[np.int64]]
"""SQL of the code, number of codes, and the code of each value."""


def _coding(few: Few, values: list[Any], hashes: npt.NDArray[np.uint64]) -> Coding | None:
    if (counted := _counted(few, values)) is not None:
        return counted
    if few.family in (Family.TEXT, Family.DATE, Family.TIMESTAMP, Family.INTEGER) and len(values) <= _MOST_HASHED:
        found = _hashed(few, hashes)
        if found is not None:
            return found
    return _enumerated(few, values) if few.family is Family.TEXT else None


def _counted(few: Few, values: list[Any]) -> Coding | None:
    """Codes by counting, where all values are whole numbers, days or moments that lie close together."""
    given = [value for value in values if value is not None]
    numbers = [number for value in given if (number := _whole(few, value)) is not None]
    return _arithmetic(few, values, numbers) if numbers and len(numbers) == len(given) else None


def _looked_up(few: Few, values: list[Any]) -> Coding | None:
    """Codes without DuckDB's own functions: by the place of a value among all of them."""
    if (counted := _counted(few, values)) is not None:
        return counted
    if few.family not in (Family.TEXT, Family.DATE, Family.TIMESTAMP, Family.INTEGER):
        return None
    given = sorted(value for value in values if value is not None)
    if not given or any(isinstance(value, str) and "\0" in value for value in given):
        return None
    places = {value: i for i, value in enumerate(given)}
    codes = np.array([len(given) if value is None else places[value] for value in values], np.int64)
    listed = [_literal(value) for value in given]
    if few.column is None:  # an expression is evaluated once
        sql = f"COALESCE(LIST_POSITION([{', '.join(listed)}], {few.sql}) - 1, {len(given)})"
    else:
        sql = f"CASE WHEN {few.sql} IS NULL THEN {len(given)} ELSE {_halved(few.sql, listed, 0, len(given) - 1)} END"
    return sql, len(given) + 1, codes


def _halved(name: str, listed: list[str], low: int, high: int) -> str:
    """The place of a value that is among the `listed`, which are in order; NULL for any other."""
    if low == high:
        return f"CASE WHEN {name} = {listed[low]} THEN {low} END"
    middle = (low + high + 1) // 2
    below, above = _halved(name, listed, low, middle - 1), _halved(name, listed, middle, high)
    return f"CASE WHEN {name} < {listed[middle]} THEN {below} ELSE {above} END"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, datetime):
        return f"CAST('{value.isoformat(sep=' ')}' AS TIMESTAMP)"
    return f"CAST('{value.isoformat()}' AS DATE)" if isinstance(value, date) else str(value)


def _whole(few: Few, value: Any) -> int | None:
    """The value as a number of days, microseconds or units."""
    if few.family is Family.INTEGER and isinstance(value, int):
        return value if abs(value) < 2**60 else None
    if few.family is Family.TIMESTAMP and isinstance(value, datetime) and value.year < 9999:
        return (value - datetime(1970, 1, 1)) // timedelta(microseconds=1)
    if few.family is Family.DATE and isinstance(value, date) and value.year < 9999:
        return (value - date(1970, 1, 1)).days
    return None


def _arithmetic(few: Few, values: list[Any], numbers: list[int]) -> Coding | None:
    first = min(numbers)
    step = math.gcd(*(number - first for number in numbers)) or 1
    span = (max(numbers) - first) // step + 1
    if span > 2 * len(numbers) + 16:
        return None
    unit = {
        Family.INTEGER: f"CAST({few.sql} AS BIGINT)",
        Family.TIMESTAMP: f"EPOCH_US({few.sql})",
        Family.DATE: f"(CAST({few.sql} AS DATE) - DATE '1970-01-01')",
    }[few.family]
    codes = iter((number - first) // step for number in numbers)
    all_codes = np.array([span if value is None else next(codes) for value in values], np.int64)
    return f"COALESCE(({unit} - {first}) // {step}, {span})", span + 1, all_codes


def _hashed(few: Few, hashes: npt.NDArray[np.uint64]) -> Coding | None:
    """A remainder of the hash in which no two values agree, found by trial; a list turns it into a code without gaps.

    Dividing costs more than all else here, so that one division is tried before two.
    """
    count = len(hashes)
    rooms = np.arange(max(8, count), max(8, count) + _ROOMS, dtype=np.uint64)
    tried = hashes[None, :] % rooms[:, None]
    row = _apart(tried)
    if row is not None:
        return _listed(few, f"% {rooms[row]}", int(rooms[row]), tried[row].astype(np.int64))
    primes = np.arange(1_000_003, 1_000_003 + 2 * _TRIES, 2, dtype=np.uint64)
    room = 1 << max(3, (2 * count - 1).bit_length())
    while room <= 4096:
        for start in range(0, _TRIES, 250):
            tried = hashes[None, :] % primes[start : start + 250, None] % np.uint64(room)
            row = _apart(tried)
            if row is not None:
                return _listed(few, f"% {primes[start + row]} % {room}", room, tried[row].astype(np.int64))
        room *= 2
    return None


def _apart(tried: npt.NDArray[np.uint64]) -> int | None:
    """The first row without two equal values."""
    ordered = np.sort(tried, axis=1)
    apart = np.flatnonzero((ordered[:, 1:] != ordered[:, :-1]).all(axis=1))
    return int(apart[0]) if len(apart) else None


def _listed(few: Few, remainder: str, room: int, slots: npt.NDArray[np.int64]) -> Coding:
    codes = np.zeros(room, np.int64)
    codes[slots] = np.arange(len(slots))
    listed = ", ".join(map(str, codes.tolist()))
    place = f"CAST(HASH({few.sql}) {remainder} AS BIGINT) + 1"
    return f"LIST_EXTRACT([{listed}]::UTINYINT[], {place})", max(1, len(slots)), np.arange(len(slots))


def _enumerated(few: Few, values: list[Any]) -> Coding | None:
    texts = [value for value in values if value is not None]
    if not texts or any(not isinstance(value, str) or "\0" in value for value in texts):
        return None
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in texts)
    codes = iter(range(len(texts)))
    all_codes = np.array([len(texts) if value is None else next(codes) for value in values], np.int64)
    sql = f"COALESCE(ENUM_CODE(CAST({few.sql} AS ENUM({listed}))), {len(texts)})"
    return sql, len(texts) + 1, all_codes


def few_valued(session: Session, sample: str, candidates: list[Few]) -> list[Few]:
    """Those of the candidates that have few values among the rows of the relation `sample`."""
    if not candidates:
        return []
    items = ", ".join(f"COUNT(DISTINCT {few.sql})" for few in candidates)
    try:
        counts = session.rows(f"SELECT COUNT(*), {items} FROM ({sample}) AS sample")[0]
    except EvidenceError:
        # One expression fails on some row: ask them one by one and leave that one out.
        if len(candidates) == 1:
            return []
        return [few for one in candidates for few in few_valued(session, sample, [one])]
    limit = max(64, int(counts[0]) // 8)
    return [few for few, count in zip(candidates, counts[1:], strict=True) if int(count) <= min(limit, 1000)]
