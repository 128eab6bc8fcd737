"""Networks that are written as tables: the CSV format reads them, once for both parts, and the ends are looked at."""

from __future__ import annotations

import csv as stdlib_csv
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats import csv, files
from factcheck.evidence.formats.dialect import sniff
from factcheck.evidence.formats.source import Job, Note, Rejected, Source, SourceColumn, Stated

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

ENDS = ("source", "target")
NODE = ("id", "label")
EDGE = ("source", "target", "id", "label", "type", "weight")
_TEXTS = ("id", "source", "target", "label", "type")  # even where they are all digits
Renamer = Callable[[Sequence[str]], dict[str, str]]


@dataclass(frozen=True)
class Table:
    """Rows of text in the engine, those without what they need left out of `relation` and counted as rejected."""

    relation: str
    columns: dict[str, SourceColumn]
    rejected: Rejected
    notes: tuple[Note, ...]
    texts: tuple[Path, ...]
    shown: str


_DONE: WeakKeyDictionary[DuckDB, dict[Hashable, Table]] = WeakKeyDictionary()


def of_nodes(names: Sequence[str]) -> dict[str, str]:
    """The columns that every table of nodes has in lower case, others as they are."""
    return {name: name.casefold() if name.casefold() in NODE else name for name in names}


def of_edges(names: Sequence[str]) -> dict[str, str]:
    """The same of edges."""
    return {name: name.casefold() if name.casefold() in EDGE else name for name in names}


def table(job: Job, needed: tuple[str, ...], rename: Renamer) -> Table:
    """The files of the job as one table whose rows all have the columns `needed`."""
    done = _DONE.setdefault(job.engine, {})
    stamps = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in job.files)
    key = (job.reading, needed, stamps)
    if key not in done:
        done[key] = _made(job, needed, rename)
    return done[key]


def _made(job: Job, needed: tuple[str, ...], rename: Renamer) -> Table:
    source, name = csv.open(job), f"{job.label}_{needed[0]}"
    try:
        _create(job, source, name, rename)
    except EvidenceError as error:
        if "invalid state" not in error.message or source.mended is None:
            raise
        source = source.mended()
        _create(job, source, name, rename)
    rejected = source.rejected()
    given = " AND ".join(f"{identifier(column)} IS NOT NULL" for column in needed)
    (lacking,) = job.engine.run(f"SELECT count(*) FROM {name} WHERE NOT ({given})").one()
    if lacking:
        rejected = _with(job, rejected, int(lacking), source, needed, rename)
    names = rename(list(source.columns))
    known = _TEXTS if needed == ENDS else NODE
    columns = {names[old]: _column(names[old], column, known) for old, column in source.columns.items()}
    shown = ", ".join(map(job.show, job.files))
    return Table(f"(SELECT * FROM {name} WHERE {given})", columns, rejected, tuple(source.notes), source.texts, shown)


def _create(job: Job, source: Source, name: str, rename: Renamer) -> None:
    names = rename(list(source.columns))
    edges = "source" in names.values() and "target" in names.values()
    values = ", ".join(
        f"{_value(names[old], column, edges)} AS {identifier(names[old])}" for old, column in source.columns.items()
    )
    job.engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {values} FROM {source.relation}")


def _value(name: str, column: SourceColumn, edges: bool) -> str:
    """Blanks around an id tell no other node. Gephi writes `Directed`: a direction has one spelling everywhere."""
    if name == "id" or (edges and name in ENDS):
        return f"nullif(trim({column.sql}, E' \\t'), '')"
    if name != "type" or not edges:
        return column.sql
    word = f"lower(trim({column.sql}))"
    return f"CASE WHEN {word} IN ('directed', 'undirected', 'mutual') THEN {word} ELSE {column.sql} END"


def _column(name: str, column: SourceColumn, known: Sequence[str]) -> SourceColumn:
    column = replace(column, name=name, sql=identifier(name))
    if name not in known:
        return column
    return replace(column, stated=Stated("text"), identifies=name in ("id", *ENDS))


def _with(
    job: Job, rejected: Rejected, lacking: int, source: Source, needed: tuple[str, ...], rename: Renamer
) -> Rejected:
    """The rejects with those rows among them that lack an end, or an id."""
    first = list(rejected.first)
    for original, path in zip(job.files, source.texts, strict=False):
        if len(first) < 2 * job.most_rejects:
            first += _lacking(job, path, job.show(original), needed, rename)
    ordered = sorted(first, key=lambda r: (r.file, r.line or 0))
    return Rejected(rejected.count + lacking, tuple(ordered[: job.most_rejects]))


def _lacking(job: Job, path: Path, shown: str, needed: tuple[str, ...], rename: Renamer) -> list[Reject]:
    """The first such rows of one file, which the engine has read already, with their lines."""
    reading = replace(job.reading, skip=0, encoding=None)
    dialect = sniff(files.head(path).decode(errors="replace"), reading, whole=False)
    names = rename(dialect.names)
    places = {names[name]: place for place, name in enumerate(dialect.names) if names[name] in needed}
    found: list[Reject] = []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        doubled = dialect.escape == dialect.quote
        escape = None if doubled else dialect.escape
        rows = stdlib_csv.reader(
            stream, delimiter=dialect.delimiter, quotechar=dialect.quote, doublequote=doubled, escapechar=escape
        )
        line = 1
        for number, row in enumerate(rows):
            begins, line = line, rows.line_num + 1
            if number < dialect.skip or len(row) != len(dialect.names):
                continue
            missing = [name for name, at in places.items() if not row[at].strip(" \t") or row[at] in job.reading.nulls]
            if missing and len(found) < job.most_rejects:
                reason = "a node without an id" if missing[0] == "id" else f"an edge without a {missing[0]}"
                text = job.record(dialect.delimiter.join(row))
                found.append(Reject(shown, begins + job.reading.skip, reason, text))
    return found


def source_of(found: Table) -> Source:
    """A table as it is."""
    source = Source(found.relation, dict(found.columns), lambda: found.rejected)
    source.texts, source.notes = found.texts, list(found.notes)
    return source


def ends_of(edges: Table) -> Source:
    """The nodes that a list of edges names, in the order of their ids.

    A line that cannot be read is a reject of the nodes too: it may have named one that no other line does.
    """
    relation = f"(SELECT DISTINCT id FROM (SELECT unnest([source, target]) AS id FROM {edges.relation}) ORDER BY id)"
    column = SourceColumn("id", "id", within="text", stated=Stated("text"), identifies=True)
    source = Source(relation, {"id": column}, lambda: edges.rejected)
    source.texts, source.notes = edges.texts, [*edges.notes, Note("nodes-from-ends", {"file": edges.shown})]
    return source
