"""Workbooks: XLSX, XLSB, XLS and ODS, a sheet of each, read by calamine and handed on as text.

Types, losses and notices are then those of any text table. A number is written with fifteen digits, as a spreadsheet
shows it; dates are ISO 8601. What is no value (`#N/A`, a formula that was never computed) is missing and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.csv import source_of
from factcheck.evidence.formats.csv_rejects import TextFile
from factcheck.evidence.formats.dialect import Dialect, headed, unsaid_header
from factcheck.evidence.formats.headings import agreed, headings, joined
from factcheck.evidence.formats.sheet_cells import range_of, spread, text_of
from factcheck.evidence.formats.source import Job, Note, Source, SourceColumn
from factcheck.evidence.formats.workbook import Flaws, Workbook, locked, workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_SAMPLE = 5000
_LOOKED = 50  # rows for finding the header
_LONGEST = 2_000_000  # bytes of a record that the engine reads
_SHOWN_RANGES = 3
_LINE_END = "\r\n"  # with it a carriage return within a cell is quoted too


@dataclass
class Table:
    """A sheet on its way: its headings, and what its rows held."""

    shown: str  # the file and the sheet
    headings: list[str]
    names: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    headless: bool
    left: int  # the column that the first cell of a row is, from 0
    rows: Iterator[tuple[int, list[str]]]
    flaws: Flaws
    merged: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # columns with a heading or a value
    passed: int = 0  # empty rows between others
    lost: dict[str, int] = field(default_factory=dict)
    uncomputed: int = 0
    renamed: str = ""  # the first row, where the manifest's names replace it unsaid

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns that are any: a heading or a value stands in them."""
        return tuple(name for at, name in enumerate(self.names) if at in self.used or self.headings[at])


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns, with a sample of their values."""
    return _read(job, [_table(job, path) for path in job.files], None)[1]


def open(job: Job) -> Source:
    """The sheets of all files as one relation of text columns."""
    source, columns = _read(job, [_table(job, path) for path in job.files], job.scratch)
    assert source is not None
    source.columns = columns
    return source


def _read(job: Job, tables: list[Table], folder: Path | None) -> tuple[Source | None, dict[str, SourceColumn]]:
    found: list[TextFile] = []
    for number, table in enumerate(tables):
        target = folder / f"{job.label}-{number}.csv" if folder is not None else None
        rows = _stage(table, target, _SAMPLE // len(tables) + 1)
        dialect = Dialect(",", '"', '"', 1, table.names, rows, table.headless, table.replaced)
        dialect = replace(dialect, renamed=table.renamed)
        found.append(TextFile(target or job.files[number], table.shown, dialect, before=-1))
    named = agreed([(table.shown, table.kept) for table in tables], job.reading.alike)
    renamed = [dict(zip(table.kept, names, strict=True)) for table, names in zip(tables, named, strict=True)]
    found = [
        replace(f, dialect=replace(f.dialect, names=tuple(new.get(n, n) for n in f.dialect.names)))
        for f, new in zip(found, renamed, strict=True)
    ]
    source = source_of(job, found)
    columns = {name: source.columns[name] for name in named[0]}
    source.notes = [note for note in source.notes if note.column is None or note.column in columns]
    for table, new in zip(tables, renamed, strict=True):
        source.notes.extend(_notes(table))
        for name, count in table.lost.items():
            source.lost[new[name]] = source.lost.get(new[name], 0) + count
    return source, columns


def _table(job: Job, path: Path) -> Table:
    """The sheet that is meant, up to its header."""
    _check(job, path)
    with workbook(path, job.show(path)) as book, _calamine(book.stream, book.shown) as opened:
        name = _which(opened, job.reading.sheet, book)
        flaws = book.flaws(name)
        sheet = _sheet(opened, name, book.shown)
    decimal = job.reading.decimal
    rows = ((at, [text_of(value, decimal) for value in row]) for at, row in enumerate(sheet.iter_rows()))
    return _headed(job, f"{book.shown}, sheet '{name}'", sheet, rows, flaws)


def _check(job: Job, path: Path) -> None:
    reading = job.reading
    given = {"delimiter": reading.delimiter, "quote": reading.quote, "encoding": reading.encoding or reading.encodings}
    for option, value in given.items():
        if value:
            raise EvidenceError(f"{job.show(path)} is a workbook, which has no {option}: remove it from 'read'")


def _calamine(stream: Any, shown: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, PasswordError, load_workbook

    stream.seek(0)
    try:
        return load_workbook(stream)
    except PasswordError as error:
        raise locked(shown) from error
    except CalamineError as error:
        raise EvidenceError(f"{shown} is no workbook that can be read: {error}") from error


def _sheet(book: CalamineWorkbook, name: str, shown: str) -> CalamineSheet:
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise EvidenceError(f"{shown}, sheet '{name}', cannot be read: {error}") from error


def _which(opened: CalamineWorkbook, wanted: str | None, book: Workbook) -> str:
    """The name of the sheet that is meant: the one that is named, or the only one with cells in it."""
    from python_calamine import SheetTypeEnum

    names = [m.name for m in opened.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        if wanted in names:
            return wanted
        raise EvidenceError(f"{book.shown} has no sheet '{wanted}'; it has {_listed(names)}")
    if len(names) > 1:
        filled = [name for name in names if book.flaws(name) and _sheet(opened, name, book.shown).start is not None]
        names = filled or names[:1]
    if len(names) != 1:
        which = f"more than one sheet: {_listed(names)}. Say which with 'read: {{sheet: {names[0]}}}'" if names else ""
        raise EvidenceError(f"{book.shown} has {which or 'no sheet with cells'}")
    return names[0]


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _headed(job: Job, shown: str, sheet: CalamineSheet, rows: Iterator[tuple[int, list[str]]], flaws: Flaws) -> Table:
    """The table with its headings; the rows that were looked at for that come again."""
    merged = [(a, b) for a, b in sheet.merged_cell_ranges or ()]
    left = sheet.start[1] if sheet.start else 0
    looked: list[tuple[int, list[str]]] = []  # from the first row that holds anything
    for at, row in rows:
        if at >= job.reading.skip and (looked or any(row)):
            looked.append((at, row))
        if len(looked) >= _LOOKED:
            break
    if not looked:
        raise EvidenceError(f"{shown} is empty")
    filled = [(at, row) for at, row in looked if any(row)]
    count, headless = headed([row for _, row in filled], job.reading)
    _check_title(shown, filled, job)
    heads = [spread(at, row, merged, left) for at, row in filled[:count]]
    width = sheet.width
    written = list(job.reading.names) or joined(heads, width)
    written += [""] * (width - len(written))
    names, replaced = headings(written)
    first = filled[count][0] if len(filled) > count else looked[-1][0] + 1
    rest = chain((line for line in looked if line[0] >= first), rows)
    ranges = [range_of(a, b) for a, b in merged if a[0] >= first]
    renamed = unsaid_header(heads, job.reading)
    return Table(shown, written, names, replaced, headless, left, rest, flaws, ranges, renamed=renamed)


def _check_title(shown: str, looked: list[tuple[int, list[str]]], job: Job) -> None:
    """EvidenceError where a title stands alone above the headings, which would then be taken for data."""
    filled = [sum(map(bool, row)) for _, row in looked]
    if job.reading.header is not None or job.reading.names or filled[0] > 1 or max(filled) < 3:
        return
    title = next(value for value in looked[0][1] if value)
    start = next(at for (at, _), cells in zip(looked, filled, strict=True) if cells > 1)
    raise EvidenceError(
        f"{shown}: row {looked[0][0] + 1} holds only '{title[:60]}'. If the headings stand in row {start + 1}, write "
        f"'read: {{skip: {start}}}'; if it is the header, 'read: {{header: 1}}'"
    )


def _stage(table: Table, target: Path | None, sample: int) -> tuple[tuple[str, ...], ...]:
    """Writes the rows as CSV (or, without a target, reads only the first); a sample of them."""
    some: list[tuple[str, ...]] = []
    bad = table.flaws.errors.keys() | table.flaws.uncomputed
    wrong = {at for at, _ in bad}
    empty = 0
    out = target.open("w", encoding="utf-8", newline="") if target is not None else None
    try:
        writer = csv.writer(out, lineterminator=_LINE_END) if out is not None else None
        if writer is not None:
            writer.writerow(["-"])  # tells the engine how lines end, before a cell can
        for at, row in table.rows:
            if at in wrong:
                row = _without(table, at, row)
            elif not any(row):
                empty += 1
                continue
            table.passed, empty = table.passed + empty, 0
            if len(some) < sample:
                some.append(tuple(row))
            elif writer is None:
                break
            if len(table.used) < len(row):
                table.used.update(i for i, value in enumerate(row) if value)
            if sum(map(len, row)) * 4 > _LONGEST and len(",".join(row).encode()) > _LONGEST - 4 * len(row):
                raise EvidenceError(f"{table.shown}, row {at + 1} holds more than 2 MB of text, too much for a record")
            if writer is not None:
                writer.writerow(row)
    finally:
        if out is not None:
            out.close()
    return tuple(some)


def _without(table: Table, at: int, row: list[str]) -> list[str]:
    """The row without what is no value, which is counted."""
    row = list(row)
    for column, name in enumerate(table.names):
        place = (at, column + table.left)
        if place not in table.flaws.errors and place not in table.flaws.uncomputed:
            continue
        table.used.add(column)
        table.uncomputed += place in table.flaws.uncomputed
        table.lost[name] = table.lost.get(name, 0) + 1
        row[column] = ""
    return row


def _notes(table: Table) -> list[Note]:
    notes: list[Note] = []
    if table.passed:
        notes.append(Note("rows-passed-over", {"file": table.shown, "count": table.passed}))
    if table.uncomputed:
        notes.append(Note("uncomputed", {"file": table.shown, "count": table.uncomputed}))
    if table.merged:
        ranges = ", ".join([*table.merged[:_SHOWN_RANGES], *(["…"] if len(table.merged) > _SHOWN_RANGES else [])])
        notes.append(Note("merged-cells", {"file": table.shown, "ranges": ranges}))
    return notes
