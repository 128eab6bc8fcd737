"""PostgreSQL: a table or view, read through ADBC in one read-only transaction, so that all that is read agrees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from factcheck.errors import EvidenceError
from factcheck.evidence.connections.address import Address, address_of
from factcheck.evidence.connections.catalogue import Field, Table, as_text, fields_of, find_table
from factcheck.evidence.connections.sessions import ABOUT, READ_ONLY, SETTINGS, TIMEOUT, said
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.databases import Session, driver, named, refuse_reading, same_count, source
from factcheck.evidence.formats.source import Job, Note, Source, SourceColumn


@dataclass(frozen=True)
class _Open:
    """The table in an open transaction."""

    session: Session
    address: Address
    table: Table
    fields: list[Field]
    where: str


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns from the catalogue; no row is read."""
    with _opened(job) as found:
        names, _ = named([field.name for field in found.fields], found.where)
    return {
        name: SourceColumn(name, identifier(name), field.type, "numbers" if field.is_numeric else "all")
        for name, field in zip(names, found.fields, strict=True)
    }


def open(job: Job) -> Source:
    """The rows of the table as they were when the transaction began."""
    with _opened(job) as found:
        counts = [f"count(CASE WHEN {f.odd} THEN 1 END)" if f.odd else "0" for f in found.fields]
        asked = ", ".join(f"{count} AS c{i}" for i, count in enumerate(["count(*)", *counts]))
        ((rows, *odd),) = found.session.rows(f"SELECT {asked} FROM {found.table.sql}")
        database, version, encoding, when = found.session.rows(ABOUT)[0]
        fields = as_text(found.fields, odd)
        select = ", ".join(f"{field.sql} AS c{i}" for i, field in enumerate(fields))
        # Only where the server does not know the encoding of its texts can they be no UTF-8.
        checked = [_checked(i, field) if encoding == "SQL_ASCII" else f"c{i}" for i, field in enumerate(fields)]
        found.session.fill(
            job.label, f"SELECT {select} FROM {found.table.sql}", f"SELECT {', '.join(checked)} FROM {{}}"
        )
    (arrived,) = job.engine.run(f"SELECT count(*) FROM {identifier(job.label)}").one()
    same_count(found.where, rows, arrived)
    names, notes = named([field.name for field in fields], found.where)
    columns: dict[str, SourceColumn] = {}
    for i, (name, field) in enumerate(zip(names, fields, strict=True)):
        columns[name], note = _column(job, name, i, field)
        notes += [note] if note is not None else []
    told = [(name, f, n) for name, f, n in zip(names, fields, odd, strict=True) if n]
    notes += [Note(field.note, {"count": f"{n:,}"}, name) for name, field, n in told]
    origin = {"table": found.table.shown, "database": database, "host": found.address.host}
    notes.append(Note("read-from", {**origin, "server": f"PostgreSQL {version.split()[0]}", "when": when}))
    return source(job, identifier(job.label), columns, notes, [job.label])


@contextmanager
def _opened(job: Job) -> Iterator[_Open]:
    refuse_reading(job)
    postgresql = driver("postgresql", "reading from PostgreSQL")
    address = address_of(job.connection or "", os.environ)
    try:
        database = postgresql.connect(address.uri)
    except postgresql.adbc_driver_manager.Error as error:
        raise EvidenceError(said(address, str(error))) from None
    with Session(job.engine, database, job.label, lambda message: said(address, message)) as session:
        session.connection.set_autocommit(False)
        for setting in (READ_ONLY, TIMEOUT, *SETTINGS):
            session.execute(setting)
        where = f"the database on {address.host}"
        table = find_table(session, job.table or "", where)
        fields = fields_of(session, table)
        if not fields:
            raise EvidenceError(f"table {table.shown} has no columns")
        yield _Open(session, address, table, fields, f"table {table.shown}")
        session.connection.rollback()


def _checked(position: int, field: Field) -> str:
    return f"decode(encode(c{position})) AS c{position}" if field.type == "VARCHAR" else f"c{position}"


def _column(job: Job, name: str, position: int, field: Field) -> tuple[SourceColumn, Note | None]:
    c = f"c{position}"
    if field.is_numeric:
        return _number(job, name, c, field)
    if field.is_utc:
        return SourceColumn(name, f"CAST({c} AS TIMESTAMP)", "TIMESTAMP", utc=True), None
    return SourceColumn(name, c, field.type), None


def _number(job: Job, name: str, c: str, field: Field) -> tuple[SourceColumn, Note | None]:
    """A numeric as a decimal that holds each of its values, else as the text of every digit."""
    odd, values, whole, scale = job.engine.run(
        f"SELECT count(CASE WHEN NOT regexp_full_match({c}, '-?\\d+(\\.\\d+)?') THEN 1 END), count({c}), "
        f"max(length(regexp_extract({c}, '^-?0*(\\d*)', 1))), max(length(regexp_extract({c}, '\\.(\\d+)$', 1))) "
        f"FROM {identifier(job.label)}"
    ).one()
    if not values and field.type is None:
        return SourceColumn(name, c, None, "numbers"), None
    kind = field.type or _width(whole, scale)
    if odd or kind is None:
        return SourceColumn(name, c, "VARCHAR"), Note("no-exact-number", {"count": f"{odd or values:,}"}, name)
    return SourceColumn(name, f"CAST({c} AS {kind})", kind), None


def _width(whole: int, scale: int) -> str | None:
    digits = max(1, whole + scale)
    return f"DECIMAL({18 if digits <= 18 else 38},{scale})" if digits <= 38 else None
