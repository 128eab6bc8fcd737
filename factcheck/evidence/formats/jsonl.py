"""JSON Lines: .jsonl and .ndjson, each plain, .gz or .zst.

The structure is taken from every line, not from a sample, so a key that first appears late is found. Numbers
arrive as their text and are typed like those of a CSV: an id longer than 64 bits keeps its digits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats import jsonl_fast as fast
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.headings import MOST_COLUMNS, headings
from factcheck.evidence.formats.source import SHOWN_OF_REJECT, Job, Note, Rejected, Source, SourceColumn

_LONGEST_LINE = 1 << 25
_SAMPLE = 2000
_WHOLE = 1 << 25  # heads up to this size are read to the end, so that late keys are known to `validate`
_GOOD = "json_valid(line) AND starts_with(ltrim(line, E' \\t'), '{')"
# Which of two values of one key is meant, nobody knows. Asking takes as long as reading, so only where such lines are.
_SINGLE = f"{_GOOD} AND len(list_distinct(json_keys(line))) = len(json_keys(line))"
_NUMBERS = ("UBIGINT", "BIGINT", "HUGEINT", "UHUGEINT", "DOUBLE")


def head(job: Job) -> dict[str, SourceColumn]:
    """The keys at the beginning of the files (of the whole file where it is not large)."""
    structure: dict[str, Any] = {}
    for path in job.files:
        for record in first_values(path, _WHOLE):
            if isinstance(record, dict):
                _grow(structure, record)
    _check_width(structure, job.show(job.files[0]))
    names, _ = headings(list(structure))
    columns = {name: SourceColumn(name, identifier(name)) for name in names}
    for name, parts in zip(names, structure.values(), strict=True):
        columns |= {path: SourceColumn(path, identifier(path), inner=True) for path in _paths(name, parts)}
    return columns


def first_values(path: Path, size: int) -> Iterator[Any]:
    """The values of the lines in the first `size` bytes; what is none is a reject, counted when the file is read."""
    for line in files.head(path, size).splitlines():
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _check_width(structure: dict[str, Any], shown: str) -> None:
    """More keys than a table has columns are no columns: a map written as an object, most likely."""
    waiting, keys = [structure], 0
    while waiting:
        parts = waiting.pop()
        keys += len(parts)
        waiting += [part for part in parts.values() if isinstance(part, dict)]
    if keys > MOST_COLUMNS:
        raise EvidenceError(f"{shown}: its objects have more than {MOST_COLUMNS:,} keys in all, too many for columns")


def _grow(structure: dict[str, Any], record: dict[str, Any]) -> None:
    """Add the keys of one object, those of the objects in it below them; values that are none have no parts."""
    for key, value in record.items():
        parts = structure.setdefault(key, {})
        if isinstance(value, dict):
            _grow(parts, value)


def _paths(name: str, parts: dict[str, Any]) -> Iterator[str]:
    for key, inner in parts.items():
        yield f"{name}.{key}"
        yield from _paths(f"{name}.{key}", inner)


def open(job: Job) -> Source:
    """All lines that hold an object, as columns."""
    paths = {path: job.show(original) for original, path in _prepared(job).items()}

    def exact() -> Source:
        return _exact(job, paths)

    return fast.attempt(job, list(paths), exact, _sampled) or exact()


def open_exact(job: Job) -> Source:
    """The same; the relation has each `line` too, and the transformed `record` that the columns are parts of."""
    return _exact(job, {path: job.show(original) for original, path in _prepared(job).items()})


def _exact(job: Job, paths: dict[Path, str]) -> Source:
    lines = f"{job.label}_lines"
    job.engine.execute(f"CREATE OR REPLACE TEMP VIEW {lines} AS {_lines(list(paths))}")
    structure, bad, good = _structure(job, lines, next(iter(paths)))
    if not structure:
        raise EvidenceError(f"{', '.join(paths.values())}: no line holds a JSON object")
    _check_width(structure, ", ".join(paths.values()))
    relation = _relation(lines, good, structure)
    return _source(job, relation, structure, paths, lambda: _rejected(job, lines, paths, bad, good))


def _prepared(job: Job) -> dict[Path, Path]:
    prepared: dict[Path, Path] = {}
    for number, path in enumerate(job.files):
        target = job.scratch / f"{job.label}-{number}.jsonl"
        plain = files.plain(path, target.with_suffix(".plain.jsonl"), job.show(path))
        encoding = encoding_of(plain, job.reading, job.show(path), whole=True)
        prepared[path] = (
            plain if files.is_utf8(encoding) else files.decode_to(plain, str(encoding), target, job.show(path))
        )
    if all(files.head(path, 1) == b"" for path in prepared.values()):
        raise EvidenceError(f"{', '.join(map(job.show, prepared))} is empty")
    return prepared


def _lines(paths: list[Path], *, numbered: bool = False) -> str:
    """Every line as one value: a CSV whose delimiter cannot stand in JSON. Blank lines come as NULL.

    Told to expect CR LF, the relaxed reader takes LF as well, and counts lines right where a file mixes them.
    """
    listed = "[" + ", ".join(literal(str(path)) for path in paths) + "]"
    number = ", row_number() OVER () AS number" if numbered else ""
    return (
        f"SELECT line{number} FROM read_csv({listed}, columns={{line: 'VARCHAR'}}, delim='\x01', quote='', escape='', "
        f"auto_detect=false, header=false, null_padding=true, strict_mode=false, new_line='\\r\\n', "
        f"max_line_size={_LONGEST_LINE}, buffer_size={4 * _LONGEST_LINE})"
    )


def _structure(job: Job, lines: str, first: Path) -> tuple[dict[str, Any], int, str]:
    """The structure of all objects together, in the order of the first file's first keys; how many lines hold none,
    and the condition that tells the others.

    (`json_group_structure` would hold every one of them in memory.)
    """
    frame = job.engine.run(
        f"SELECT CASE WHEN {_GOOD} THEN json_structure(line)::VARCHAR END AS s, "
        f"CASE WHEN {_GOOD} THEN json_keys(line) END AS k, count(*) AS n FROM {lines} "
        "WHERE trim(line) <> '' GROUP BY s, k ORDER BY n DESC, s, k"
    )
    merged: dict[str, Any] = {}
    bad, good = 0, _GOOD
    for structure, keys, count in frame.rows():
        if structure is None:
            bad += count
        elif len(set(keys)) < len(keys):
            bad, good = bad + count, _SINGLE
        elif isinstance(found := _parsed(structure), dict):  # the structure of {} is called "JSON"
            merged = _merged(merged, _opened(found))
    order = [key for key in fast.first_keys(first) if key in merged]
    return {key: merged[key] for key in dict.fromkeys([*order, *merged])}, bad, good


def _parsed(structure: str) -> Any:
    try:
        return json.loads(structure)
    except RecursionError as error:
        raise EvidenceError("a line holds objects that lie too deep in one another to become columns") from error


def _opened(structure: Any) -> Any:
    """An object without keys, which the engine calls JSON, as one that others may have keys for."""
    if isinstance(structure, dict):
        return {key: _opened(inner) for key, inner in structure.items()}
    return {} if structure == "JSON" else structure


def _merged(one: Any, two: Any) -> Any:
    """What holds the values of both structures: a number of any kind, else JSON text where they differ."""
    if one == two or two == "NULL":
        return one
    if one == "NULL":
        return two
    if isinstance(one, dict) and isinstance(two, dict):
        return {key: _merged(one.get(key, "NULL"), two.get(key, "NULL")) for key in {**one, **two}}
    if isinstance(one, list) and isinstance(two, list):
        return [_merged(one[0], two[0])]
    numbers = isinstance(one, str) and isinstance(two, str) and one in _NUMBERS and two in _NUMBERS
    return "DOUBLE" if numbers else "JSON"


def _relation(lines: str, good: str, structure: dict[str, Any]) -> str:
    names, _ = headings(list(structure))
    regular = {key: _target(kind) for key, kind in structure.items() if key in names}
    shape = json.dumps(regular, ensure_ascii=False)
    return f"(SELECT line, json_transform(line, {literal(shape)}) AS record FROM {lines} WHERE {good})"


def _source(
    job: Job, relation: str, structure: dict[str, Any], paths: dict[Path, str], rejected: Callable[[], Rejected]
) -> Source:
    names, replaced = headings(list(structure))
    columns: dict[str, SourceColumn] = {}
    for (key, kind), name in zip(structure.items(), names, strict=True):
        # A key that differs from another only in case cannot be a field of a struct; it is read as text.
        sql = f"record.{identifier(key)}" if key == name else f"(line ->> {literal(_pointer(key))})"
        columns |= _columns(name, sql, kind if key == name else "JSON")
    columns = _sampled(job, relation, columns)
    source = Source(relation, columns, rejected)
    source.notes = [Note("repeated-heading", {"file": ", ".join(paths.values()), "heading": a}, b) for a, b in replaced]
    return source


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _target(kind: Any) -> Any:
    """The structure to transform to: numbers as their text."""
    if isinstance(kind, dict):
        return {key: _target(inner) for key, inner in kind.items()} or "VARCHAR"
    if isinstance(kind, list):
        return [_element(kind[0])]
    return "BOOLEAN" if kind == "BOOLEAN" else "VARCHAR"


def _element(kind: Any) -> Any:
    if isinstance(kind, str) and kind in ("UBIGINT", "BIGINT", "DOUBLE"):
        return kind
    return _target(kind)


def _columns(name: str, sql: str, kind: Any) -> dict[str, SourceColumn]:
    """The column of a key and, for an object, those of its parts under dotted names."""
    if isinstance(kind, dict) and kind:
        inner: dict[str, SourceColumn] = {}
        for key, part in kind.items():
            found = _columns(f"{name}.{key}", f"{sql}.{identifier(key)}", part)
            inner |= {label: SourceColumn(label, c.sql, c.type, c.within, inner=True) for label, c in found.items()}
        return {name: SourceColumn(name, sql, "STRUCT"), **inner}
    if isinstance(kind, list):
        return {name: SourceColumn(name, sql, "LIST")}
    if kind == "BOOLEAN":
        return {name: SourceColumn(name, sql, "BOOLEAN")}
    if kind in _NUMBERS:
        return {name: SourceColumn(name, sql, within="numbers")}
    return {name: SourceColumn(name, sql, within="times" if kind == "VARCHAR" else "text")}


def _sampled(job: Job, relation: str, columns: dict[str, SourceColumn]) -> dict[str, SourceColumn]:
    texts = [column for column in columns.values() if column.type is None]
    if not texts:
        return columns
    select = ", ".join(f"{column.sql} AS c{i}" for i, column in enumerate(texts))
    frame = job.engine.run(f"SELECT {select} FROM {relation} LIMIT {_SAMPLE}")
    samples = {column.name: tuple(frame.values(i)) for i, column in enumerate(texts)}
    return {
        name: SourceColumn(name, c.sql, c.type, c.within, samples.get(name, ()), inner=c.inner)
        for name, c in columns.items()
    }


def _rejected(job: Job, lines: str, paths: dict[Path, str], count: int, good: str) -> Rejected:
    rejects: list[Reject] = []
    record = "line" if job.whole_rejects else f"left(line, {SHOWN_OF_REJECT})"
    for path, shown in paths.items():
        if not count or len(rejects) >= job.most_rejects:
            break
        frame = job.engine.run(
            f"SELECT number, CASE WHEN {_GOOD} THEN 'a key is there twice' WHEN json_valid(line) "
            f"THEN 'not a JSON object' ELSE 'not valid JSON' END, {record} FROM ({_lines([path], numbered=True)}) "
            f"WHERE trim(line) <> '' AND NOT ({good}) ORDER BY number LIMIT {job.most_rejects - len(rejects)}"
        )
        rejects += [Reject(shown, number, reason, text) for number, reason, text in frame.rows()]
    job.engine.execute(f"DROP VIEW {lines}")
    return Rejected(count, tuple(sorted(rejects, key=lambda r: (r.file, r.line or 0))))
