"""Both parts of a network of one reading: rows in files of text, which the engine types like those of a CSV."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.networks.sheet import Part, Sheet
from factcheck.evidence.formats.source import Job, Note, Reading, Rejected, Source, SourceColumn, Stated

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

NODE = ("id", "label")
EDGE = ("source", "target", "id", "label", "type", "weight")
_OPTIONAL = frozenset({"label", "type", "weight"})
_ENDS = ("id", "source", "target")
_SAMPLE = 2000
_LONGEST_LINE = 1 << 26
_HEAD = 128 << 20  # files up to this size are read whole for their columns, which may turn up late


@dataclass(frozen=True)
class File:
    """A file to read: `limit` bytes of it, or all."""

    path: Path
    shown: str
    reading: Reading
    limit: int | None = None


@dataclass
class Network:
    """Where a format's reader puts what it finds."""

    nodes: Sheet
    edges: Sheet

    def flush(self) -> None:
        """Writes what is held."""
        self.nodes.flush()
        self.edges.flush()


Reader = Callable[[File, Network], None]
_Pair = dict[str, Part]
_DONE: WeakKeyDictionary[DuckDB, dict[Hashable, list[_Pair]]] = WeakKeyDictionary()


def head(job: Job, read: Reader) -> dict[str, SourceColumn]:
    """The columns of one part, from the beginning of the files (from all of them where they are not large)."""
    part = part_of(job)
    found = [_beginning(read, _unpacked(job, path, n), _stamp(path), part) for n, path in enumerate(job.files)]
    _same_columns(found)
    return {name: SourceColumn(name, identifier(name)) for name in found[0].columns if name not in found[0].absent}


def open(job: Job, read: Reader) -> Source:
    """One part of the network as a relation of text columns; the other is kept for when it is asked for."""
    part = part_of(job)
    done = _DONE.setdefault(job.engine, {})
    key = (read, job.reading, *((path, _stamp(path)) for path in job.files))
    if key not in done:
        done[key] = [_staged(job, read, path, number) for number, path in enumerate(job.files)]
    return _source(job, done[key], part)


def part_of(job: Job) -> str:
    """Which of the two datasets is asked for."""
    if job.part is None:
        raise EvidenceError("a network is two datasets: write the name with '.nodes' or '.edges' behind it")
    return job.part


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror}") from error
    return found.st_mtime_ns, found.st_size


def _unpacked(job: Job, path: Path, number: int) -> File:
    shown = job.show(path)
    if path.suffix == ".zst":
        path = files.plain(path, job.scratch / f"{job.label}-{number}.plain", shown)
    return File(path, shown, job.reading)


@lru_cache(maxsize=16)
def _beginning(read: Reader, file: File, _: Hashable, part: str) -> Part:
    return _beginnings(read, file, _)[part]


@lru_cache(maxsize=8)
def _beginnings(read: Reader, file: File, _: Hashable) -> _Pair:
    cut = sum(map(len, files.chunks(file.path, _HEAD + 1))) > _HEAD
    network = Network(Sheet(file.shown, NODE, _OPTIONAL), Sheet(file.shown, EDGE, _OPTIONAL | {"id"}))
    read(File(file.path, file.shown, file.reading, _HEAD if cut else None), network)
    return {"nodes": network.nodes.finish(whole=not cut), "edges": network.edges.finish(whole=not cut)}


def _staged(job: Job, read: Reader, path: Path, number: int) -> _Pair:
    file = _unpacked(job, path, number)
    targets = [job.scratch / f"{job.label}-{number}.{part}.csv" for part in ("nodes", "edges")]
    nodes = Sheet(file.shown, NODE, _OPTIONAL, targets[0], job=job)
    edges = Sheet(file.shown, EDGE, _OPTIONAL | {"id"}, targets[1], job=job)
    try:
        read(file, Network(nodes, edges))
        return {"nodes": nodes.finish(), "edges": edges.finish()}
    except EvidenceError:
        for target in targets:
            target.unlink(missing_ok=True)
        raise
    finally:
        nodes.close()
        edges.close()


def _source(job: Job, pairs: Sequence[_Pair], part: str) -> Source:
    parts = [pair[part] for pair in pairs]
    _same_columns(parts)
    _all_there(job, parts)
    source = Source(_relation(parts), _columns(job, parts), lambda: _rejected(job, parts))
    source.texts = tuple(found.path for found in parts if found.path is not None)
    source.notes = [note for found in parts for note in found.notes]
    if part == "edges":
        source.notes += _loose_ends(job, [pair["nodes"] for pair in pairs], parts)
    return source


def _all_there(job: Job, parts: Sequence[Part]) -> None:
    """The engine must find as many rows as were written: whatever a value holds, none may be taken for two, or lost."""
    (found,) = job.engine.run(f"SELECT count(*) FROM {_relation(parts)}").one()
    if found != (written := sum(part.rows for part in parts)):
        shown = ", ".join(part.shown for part in parts)
        raise EvidenceError(f"{shown}: of {written:,} records {found:,} arrived; this is a fault of factcheck")


def _same_columns(parts: Sequence[Part]) -> None:
    first = parts[0]
    for other in parts[1:]:
        for one, two in ((first, other), (other, first)):
            for name in one.columns:
                if name not in one.absent and name not in two.columns.keys() - two.absent:
                    raise EvidenceError(f"{two.shown} has no attribute '{name}', which {one.shown} has")


def _relation(parts: Sequence[Part]) -> str:
    return "(" + " UNION ALL BY NAME ".join(f"SELECT {_selected(part)} FROM {_scan(part)}" for part in parts) + ")"


def _selected(part: Part) -> str:
    """All columns, with what this very file says of them: what its values stand for, and what holds without one."""
    names, made = list(part.columns), []
    for name, heading in part.columns.items():
        if heading.fallback is not None and name not in part.absent:
            made.append(f"coalesce({identifier(name)}, {literal(heading.fallback)}) AS {identifier(name)}")
        if heading.of is not None and heading.values:
            told = ", ".join(f"{literal(key)}: {literal(text)}" for key, text in heading.values.items())
            made.append(f"MAP {{{told}}}[{identifier(names[heading.of])}] AS {identifier(name)}")
    return f"* REPLACE ({', '.join(made)})" if made else "*"


def _scan(part: Part) -> str:
    options = {
        "columns": "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in part.columns) + "}",
        "auto_detect": "false",
        "header": "false",
        "delim": "','",
        "quote": "'\"'",
        "escape": "'\"'",
        "nullstr": "['']",
        "new_line": r"'\r\n'",
        "strict_mode": "false",
        "null_padding": "false",
        "parallel": "false",
        "max_line_size": str(_LONGEST_LINE),
    }
    return f"read_csv({literal(str(part.path))}, " + ", ".join(f"{key}={value}" for key, value in options.items()) + ")"


def _columns(job: Job, parts: Sequence[Part]) -> dict[str, SourceColumn]:
    samples: dict[str, list[str | None]] = {name: [] for name in parts[0].columns}
    for part in parts:
        rows = part.sample(_SAMPLE // len(parts) + 1)
        for name, values in zip(part.columns, zip_longest(*rows), strict=False):
            samples[name] += [None if not value or value in job.reading.nulls else value for value in values]
    return {
        name: _column(job, name, parts, tuple(samples[name]))
        for name in parts[0].columns
        if name not in parts[0].absent
    }


def _column(job: Job, name: str, parts: Sequence[Part], sample: tuple[str | None, ...]) -> SourceColumn:
    """A column; a type that the files do not agree upon is none."""
    headings = [part.columns[name] for part in parts]
    sql, nulls = identifier(name), job.reading.nulls
    if headings[0].of is not None:
        return SourceColumn(name, sql, within="text")
    if nulls and not (headings[0].fixed and name in _ENDS):
        sql = f"CASE WHEN {sql} NOT IN ({', '.join(map(literal, nulls))}) THEN {sql} END"
    fallbacks = {heading.fallback for heading in headings}
    if nulls and len(fallbacks) == 1 and (fallback := fallbacks.pop()) is not None:
        sql = f"coalesce({sql}, {literal(fallback)})"
    types = {heading.type for heading in headings}
    kind = types.pop() if len(types) == 1 else None
    if kind == "list":
        return SourceColumn(name, f"""json_transform({sql}, '["VARCHAR"]')""", "VARCHAR[]")
    if kind == "times":
        return SourceColumn(name, sql, within="times", sample=sample)
    within = {heading.within for heading in headings}
    return SourceColumn(
        name,
        sql,
        within=within.pop() if len(within) == 1 else "text",
        sample=sample,
        stated=Stated(kind) if kind is not None else None,
    )


def _rejected(job: Job, parts: Sequence[Part]) -> Rejected:
    first = [reject for part in parts for reject in part.rejected.first]
    return Rejected(sum(part.rejected.count for part in parts), tuple(first[: job.most_rejects]))


def _loose_ends(job: Job, nodes: Sequence[Part], edges: Sequence[Part]) -> list[Note]:
    """How many edges lead to a node, or from one, that is not among the nodes."""
    if not any(part.rows for part in edges):
        return []
    return loose_ends(job, _relation(nodes), _relation(edges), ", ".join(part.shown for part in edges))


def loose_ends(job: Job, nodes: str, edges: str, shown: str) -> list[Note]:
    """The same of two relations."""
    known = f"(SELECT id FROM {nodes} WHERE id IS NOT NULL)"
    (count,) = job.engine.run(
        f"SELECT count(*) FROM {edges} WHERE source NOT IN {known} OR target NOT IN {known}"
    ).one()
    return [Note("loose-ends", {"file": shown, "count": count})] if count else []
