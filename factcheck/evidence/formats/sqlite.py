"""SQLite: tables and views of .db, .sqlite and .sqlite3 files, read through ADBC.

SQLite types its values one by one, whatever the column was declared to be, and the driver takes a column's type from
its first rows. So what each column holds is asked of every row first, and the rows are read behind one of our own
that has a value of the right kind in every column; nothing is left to the driver to find out or to convert.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.databases import (
    Session,
    chosen,
    driver,
    named,
    refuse_reading,
    same_count,
    sampled,
    source,
)
from factcheck.evidence.formats.source import Job, Source, SourceColumn
from factcheck.evidence.formats.storage import Held, Read, damage, reading

_MAGIC = b"SQLite format 3\0"
_DUCKDB_AT = slice(8, 12)
_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # how a journal begins that has something to undo
_SAMPLE = 5000


@dataclass(frozen=True)
class _Table:
    """A table of an open file."""

    session: Session
    path: Path
    shown: str  # the file
    name: str
    kind: str  # table, view or virtual
    columns: tuple[str, ...]

    @property
    def where(self) -> str:
        return f"{self.shown}, table '{self.name}'"

    @property
    def rows(self) -> str:
        """Its rows for SQL: those of the table itself, where an index may hold the same values otherwise."""
        return identifier(self.name) + (" NOT INDEXED" if self.kind == "table" else "")


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns by name; what they hold is only known once every row has been asked."""
    refuse_reading(job)
    with ExitStack() as stack:
        tables = _same_columns([stack.enter_context(_table(job, i)) for i in range(len(job.files))])
        names, _ = named(tables[0].columns, tables[0].where)
    return {name: SourceColumn(name, identifier(name)) for name in names}


def open(job: Job) -> Source:
    """The table of all files as one relation."""
    refuse_reading(job)
    with ExitStack() as stack:
        tables = _same_columns([stack.enter_context(_table(job, i)) for i in range(len(job.files))])
        held = [_survey(table) for table in tables]
        columns = tables[0].columns
        reads = [reading([counts[column] for _, counts in held]) for column in columns]
        parts = [f"{job.label}_{i}" for i in range(len(tables))]
        for table, (rows, _), part in zip(tables, held, parts, strict=True):
            _fill(job, table, dict(zip(columns, reads, strict=True)), part, rows)
    names, notes = named(columns, tables[0].where)
    relation = f"({' UNION ALL '.join(f'FROM {identifier(part)}' for part in parts)})"
    made = {
        name: SourceColumn(name, f"c{i}", r.type, r.within)
        for i, (name, r) in enumerate(zip(names, reads, strict=True))
    }
    for name, values in sampled(job.engine, relation, made, _SAMPLE).items():
        made[name] = replace(made[name], sample=tuple(values))
    notes += [replace(note, column=name) for name, r in zip(names, reads, strict=True) for note in r.notes]
    return source(job, relation, made, notes, parts)


@contextmanager
def _table(job: Job, number: int) -> Iterator[_Table]:
    """The table in one of the files; EvidenceError where the file has changed by the end."""
    original = job.files[number]
    shown = job.show(original)
    path = files.plain(original, job.scratch / f"{job.label}-{number}.db", shown)
    _check_file(path, original, shown)
    before = path.stat()
    sqlite = driver("sqlite", f"{shown} is a SQLite file; it")
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"  # immutable: no lock, no log beside the file
    label = f"{job.label}_{number}"
    with Session(job.engine, sqlite.connect(address), label, lambda said: _said(shown, said)) as session:
        session.execute("PRAGMA trusted_schema=OFF")
        kinds = dict(session.rows(_TABLES))
        name = chosen(sorted(kinds), job.table, shown)
        # 1 marks the hidden columns of a virtual table; generated ones are columns like others.
        info = session.rows(f"SELECT name FROM pragma_table_xinfo({literal(name)}) WHERE hidden <> 1 ORDER BY cid")
        yield _Table(session, path, shown, name, kinds[name], tuple(column for (column,) in info))
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise EvidenceError(f"{shown} changed while it was read; read it again when nothing writes to it")


_TABLES = (
    "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') "
    r"AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
)


def _check_file(path: Path, original: Path, shown: str) -> None:
    start = files.head(path, len(_MAGIC))
    if not start:
        raise EvidenceError(f"{shown} is empty")
    if start[_DUCKDB_AT] == b"DUCK":
        raise EvidenceError(f"{shown} is a DuckDB file, not one of SQLite: write format: duckdb")
    if start != _MAGIC:
        raise EvidenceError(f"{shown} is no SQLite database, or an encrypted one")
    _check_logs(original, shown)


def _check_logs(path: Path, shown: str) -> None:
    """What a program has not yet written into the database would be left out of what is read."""
    for ending, begins in (("-wal", b""), ("-journal", _JOURNAL)):
        log = path.with_name(path.name + ending)
        start = files.head(log, len(_JOURNAL)) if log.is_file() else b""
        if start and start.startswith(begins):
            raise EvidenceError(
                f"beside {shown} lies {log.name} with changes that are not yet in the database; let the program that "
                f"made it close it, or open a copy of both with sqlite3 and write PRAGMA journal_mode=DELETE;"
            )


def _said(shown: str, message: str) -> str:
    text = " ".join(message.partition("\nquery:")[0].split())
    for lead in ("INTERNAL: ", "INVALID_ARGUMENT: ", "IO: ", "UNKNOWN: ", "[SQLite] "):
        text = text.removeprefix(lead)
    return f"{shown} cannot be read: {text}"


def _same_columns(tables: list[_Table]) -> list[_Table]:
    first = tables[0]
    for other in tables[1:]:
        for one, two in ((first, other), (other, first)):
            for name in one.columns:
                if name not in two.columns:
                    raise EvidenceError(f"{two.where} has no column '{name}', which {one.where} has")
    return tables


def _survey(table: _Table) -> tuple[int, dict[str, Held]]:
    """The number of rows, and what kinds of values each column holds; EvidenceError where the file is damaged."""
    scope = f"({literal(table.name)})" if table.kind == "table" else ""
    if wrong := damage(str(line) for (line,) in table.session.rows(f"PRAGMA quick_check{scope}")):
        raise EvidenceError(f"{table.shown} is damaged: {wrong}")
    kinds = ", ".join(f"coalesce(group_concat(DISTINCT typeof({identifier(c)})), '')" for c in table.columns)
    (found,) = table.session.rows(f"SELECT {kinds} FROM {table.rows}")
    ((rows,),) = table.session.rows(f"SELECT count(*) FROM {identifier(table.name)}")  # of an index, if there is one
    held = {c: frozenset(k.split(",")) - {"null", ""} for c, k in zip(table.columns, found, strict=True)}
    return rows, {c: _counted(table, c, k) if len(k) > 1 or "blob" in k else Held(k) for c, k in held.items()}


def _counted(table: _Table, column: str, kinds: frozenset[str]) -> Held:
    """How many values of each kind a mixed column holds, and what decides how it can be read."""
    c = identifier(column)
    counts = [f"count(CASE WHEN typeof({c}) = '{kind}' THEN 1 END)" for kind in sorted(kinds)]
    large = f"count(CASE WHEN typeof({c}) = 'integer' AND {c} NOT BETWEEN -{1 << 53} AND {1 << 53} THEN 1 END)"
    words = f"count(CASE WHEN typeof({c}) = 'text' AND trim({c}) <> '' THEN 1 END)"
    ((found_large, found_words, *found),) = table.session.rows(
        f"SELECT {large}, {words}, {', '.join(counts)} FROM {table.rows}"
    )
    return Held(kinds, dict(zip(sorted(kinds), found, strict=True)), found_words, found_large)


def _fill(job: Job, table: _Table, reads: dict[str, Read], part: str, rows: int) -> None:
    """The rows as a temporary table of the engine, the columns by their position among `reads`."""
    values = ", ".join(r.asked(identifier(c), i) for i, (c, r) in enumerate(reads.items()))
    seeds = ", ".join(r.seeded(i) for i, r in enumerate(reads.values()))
    taken = ", ".join(r.taken(i) for i, r in enumerate(reads.values()))
    sql = f"SELECT 1 AS seed, {seeds} UNION ALL SELECT 0, {values} FROM {table.rows}"
    try:
        table.session.fill(part, sql, f"SELECT {taken} FROM {{}} WHERE seed = 0")
    except EvidenceError as error:
        if "invalid UTF8" not in error.message and "Invalid unicode" not in error.message:
            raise
        raise EvidenceError(_bad_text(job, table, [c for c, r in reads.items() if r.is_text])) from error
    (arrived,) = job.engine.run(f"SELECT count(*) FROM {identifier(part)}").one()
    same_count(table.where, rows, arrived)


def _bad_text(job: Job, table: _Table, columns: Sequence[str]) -> str:
    """Where the first text stands that is no UTF-8."""
    part = f"{job.label}_bytes"
    for column in columns:
        c = identifier(column)
        sql = f"SELECT x'00' AS b UNION ALL SELECT CAST({c} AS BLOB) FROM {table.rows}"
        table.session.fill(part, sql)
        bad = job.engine.run(
            f"SELECT rowid, left(hex(b), 32) FROM {identifier(part)} WHERE b IS NOT NULL AND TRY(decode(b)) IS NULL "
            "ORDER BY rowid LIMIT 1"
        ).rows()
        job.engine.execute(f"DROP TABLE {identifier(part)}")
        for row, digits in bad:
            return (
                f"{table.where}, row {row}: '{column}' holds text that is no UTF-8 (bytes {digits.lower()}); "
                f"mend it where the file was made, or export the table as CSV and state its encoding"
            )
    return f"{table.where} holds text that is no UTF-8"
