"""Plain lists of edges: a line each, its ends first, separated by blanks, tabs, commas or semicolons.

Comment lines (# or %) at the top are passed over. The nodes are the ends of the edges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats import files
from factcheck.evidence.formats.dialect import sniff
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.networks.staged import File, part_of
from factcheck.evidence.formats.networks.tables import ENDS, ends_of, of_edges, source_of, table
from factcheck.evidence.formats.networks.text import decoded
from factcheck.evidence.formats.source import Job, Note, Reading, Source, SourceColumn

_SOURCES = ("source", "from", "src", "source_id", "from_id", "fromnodeid", "node1", "start")
_TARGETS = ("target", "to", "dst", "dest", "target_id", "to_id", "tonodeid", "node2", "end")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_SEPARATORS = ("\t", ",", ";")
_FIELD = re.compile(rb'(?:"[^"]*"|\S)+')
_SOME = 200  # lines that are looked at


@dataclass(frozen=True)
class _Form:
    """How a list is written. `reading` is how its copy, in which blanks are tabs, is to be read."""

    reading: Reading
    blanks: bool
    names: tuple[str, ...]
    guessed: bool  # which columns are the ends is told by nothing but their place


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the edges; the nodes have their id alone."""
    if part_of(job) == "nodes":
        return {"id": SourceColumn("id", "id")}
    form = _form(job, job.files[0])
    return {name: SourceColumn(name, identifier(name)) for name in _renamed(form.names).values()}


def open(job: Job) -> Source:
    """The edges, or the nodes that they name."""
    part, form = part_of(job), _form(job, job.files[0])
    paths = {_prepared(job, path, number, form): path for number, path in enumerate(job.files)}
    shown = {copy: job.show(path) for copy, path in paths.items()}
    found = table(replace(job, files=tuple(paths), shown=shown, reading=form.reading), ENDS, _renamed)
    source = ends_of(found) if part == "nodes" else source_of(found)
    if form.guessed:
        first, second = form.names[:2]
        source.notes.append(Note("ends-by-place", {"file": found.shown, "first": first, "second": second}))
    return source


def _renamed(names: Sequence[str]) -> dict[str, str]:
    """The two ends by their headings, else by their place; no other column is called like one of them."""
    places = _named_ends(names) or (0, 1)
    renamed = of_edges(names)
    for place, name in enumerate(names):
        if place in places:
            renamed[name] = ENDS[places.index(place)]
        elif renamed[name] in ENDS:
            renamed[name] = f"{name}_2"
    return renamed


def _form(job: Job, path: Path) -> _Form:
    """How the list is written, by its beginning."""
    reading, start = job.reading, files.head(path)
    encoding = encoding_of(path, reading, job.show(path), whole=False) or "utf-8"
    lines = start.decode(encoding, errors="replace").removeprefix("\ufeff").splitlines()
    skip = reading.skip
    while skip < len(lines) and (not lines[skip].strip() or lines[skip].lstrip()[0] in "#%"):
        skip += 1
    lines = [line for line in lines[skip : skip + _SOME] if line.strip()]
    if not lines:
        raise EvidenceError(f"{job.show(path)} lists no edges")
    separator = reading.delimiter or _separator(lines)
    blanks = separator == " "
    text = "\n".join(_tabbed(line.encode()).decode() for line in lines) if blanks else "\n".join(lines)
    reading = replace(reading, delimiter="\t" if blanks else separator, skip=0, header=0, names=())
    rows = sniff(text, reading, whole=True).rows
    width = _usual([len(row) for row in rows])
    if width < len(ENDS):
        raise EvidenceError(
            f"{job.show(path)}: its lines hold one field, and an edge has two ends; say what separates them with "
            "'read: {delimiter: …}'"
        )
    header = job.reading.header if job.reading.header is not None else int(_has_header(rows))
    given = job.reading.names or (() if header else (*ENDS, *[""] * (width - len(ENDS))))
    reading = replace(reading, header=header, names=given)
    names = sniff(text, reading, whole=True).names
    guessed = bool(header) and _named_ends(names) is None
    if blanks:  # the copy is UTF-8
        reading = replace(reading, encoding=None, encodings=())
    return _Form(replace(reading, skip=skip), blanks, names, guessed)


def _tabbed(line: bytes) -> bytes:
    """The line with a tab for the blanks between fields; those within quotes are part of a value."""
    return b"\t".join(_FIELD.findall(line))


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """True where the first line names the ends, or holds a word above a column of numbers."""
    if _named_ends(rows[0]) is not None:
        return True
    for place, cell in enumerate(rows[0]):
        below = [row[place] for row in rows[1:] if place < len(row)]
        if below and not _NUMBER.fullmatch(cell.strip()) and all(_NUMBER.fullmatch(value.strip()) for value in below):
            return True
    return False


def _named_ends(names: Sequence[str]) -> tuple[int, int] | None:
    """The places of the two ends, where headings tell."""
    lower = [name.strip().casefold() for name in names]
    sources = [place for place, name in enumerate(lower) if name in _SOURCES]
    targets = [place for place, name in enumerate(lower) if name in _TARGETS]
    return (sources[0], targets[0]) if sources and targets else None


def _separator(lines: Sequence[str]) -> str:
    """What most lines hold; blanks where they hold no other."""
    return next((mark for mark in _SEPARATORS if sum(mark in line for line in lines) * 5 >= len(lines) * 4), " ")


def _usual(widths: Sequence[int]) -> int:
    return max(sorted(set(widths)), key=widths.count)


def _prepared(job: Job, path: Path, number: int, form: _Form) -> Path:
    """The file, or where blanks separate its fields a copy in which a tab does; its lines stay where they are."""
    if not form.blanks:
        return path
    shown, target = job.show(path), job.scratch / f"{job.label}-{number}.tabs.tsv"
    if path.suffix == ".zst":
        path = files.plain(path, target.with_suffix(".plain"), shown)
    rest = b""
    with target.open("wb") as out:
        for text in decoded(File(path, shown, job.reading)):
            *lines, rest = (rest + text.encode()).split(b"\n")
            out.writelines(_tabbed(line) + b"\n" for line in lines)
        out.write(_tabbed(rest))
    return target
