"""Workbooks before they are opened: what kind they are, whether they may be opened, and what is wrong in their cells.

A few bytes of a workbook can unfold into more than any memory holds, and the library that reads it tells neither an
error (`#N/A`) nor a formula that was never computed from an empty cell. Both are found out here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import files
from factcheck.evidence.formats.markings import ods_flaws, relations, sheet_targets, xlsx_flaws

Kind = Literal["xlsx", "xlsb", "ods", "xls"]
MOST_BYTES = 1 << 30  # unpacked
MOST_CELLS = 30_000_000  # in the rectangle that the cells of a sheet span, a gigabyte of memory
_RATIO = 200
_SMALL = 50 << 20  # bytes that no ratio makes suspicious
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .xls files begin, and locked files of any kind
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WIDE = MOST_CELLS // 100_000


@dataclass
class Flaws:
    """What a sheet's cells hold that is no value, by row and column from 0, and the rectangle that they span."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)

    @property
    def is_wide(self) -> bool:
        """Whether a cell below the hundred thousandth row that no row's own number tells could make it too large."""
        return self.columns > _WIDE or (self.rows > 0 and self.columns == 0)

    def check(self, shown: str, sheet: str) -> None:
        """EvidenceError where the sheet is too large to be read."""
        if self.rows * self.columns > MOST_CELLS:
            raise EvidenceError(
                f"{shown}, sheet '{sheet}': its cells span {self.rows:,} rows and {self.columns:,} columns, more than "
                f"{MOST_CELLS:,} cells. Delete what stands far from the table, or save the sheet as CSV"
            )


@dataclass(frozen=True)
class Workbook:
    """A workbook that may be opened. `stream` is its file, or what a compressed file unpacks to."""

    stream: IO[bytes]
    kind: Kind
    shown: str

    def flaws(self, sheet: str) -> Flaws:
        """What is wrong in a sheet; in .xls and .xlsb files nobody can tell, and nothing is found."""
        found = Flaws()
        if self.kind == "xlsx":
            with zipfile.ZipFile(self.stream) as archive:
                self._scan(archive, sheet, found)
        elif self.kind == "ods":
            with zipfile.ZipFile(self.stream) as archive, archive.open("content.xml") as stream:
                ods_flaws(stream, found, sheet, MOST_CELLS, self.shown)
        found.check(self.shown, sheet)
        return found

    def _scan(self, archive: zipfile.ZipFile, sheet: str, found: Flaws) -> None:
        book = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
        folder, _, name = book.rpartition("/")
        links = relations(archive.read(f"{folder}/_rels/{name}.rels".lstrip("/")), self.shown)
        target = links.get(sheet_targets(archive.read(book), self.shown).get(sheet, ""), "")
        place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if place not in archive.namelist():
            raise EvidenceError(f"{self.shown}: its sheet '{sheet}' is not in the file")
        with archive.open(place) as stream:
            xlsx_flaws(stream, found)
        if found.is_wide:
            with archive.open(place) as stream:
                xlsx_flaws(stream, found, exact=True)


@contextmanager
def workbook(path: Path, shown: str) -> Iterator[Workbook]:
    """The workbook, once nothing speaks against opening it; EvidenceError with the reason where something does."""
    with _stream(path, shown) as stream:
        yield _checked(stream, shown)


def _checked(stream: IO[bytes], shown: str) -> Workbook:
    start = stream.read(len(_COMPOUND))
    stream.seek(0)
    if start == _COMPOUND:
        if _LOCKED in stream.read():
            raise locked(shown)
        return Workbook(stream, "xls", shown)
    if not start.startswith(b"PK"):
        raise EvidenceError(_no_workbook(shown, start))
    try:
        with zipfile.ZipFile(stream) as archive:
            _unpack(archive, shown)
            return Workbook(stream, _kind(archive, shown), shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError) as error:
        raise EvidenceError(f"{shown} is damaged or cut off: it is no whole workbook ({error})") from error


def locked(shown: str) -> EvidenceError:
    return EvidenceError(f"{shown} is protected by a password: open it and save a copy without one")


def _stream(path: Path, shown: str) -> IO[bytes]:
    if path.suffix.lower() not in files.COMPRESSIONS:
        return path.open("rb")
    held = io.BytesIO()
    for chunk in files.chunks(path):
        held.write(chunk)
        if held.tell() > MOST_BYTES:
            raise EvidenceError(f"{shown} unpacks to more than a gigabyte, which no workbook should")
    held.seek(0)
    return held


def _no_workbook(shown: str, start: bytes) -> str:
    if not start:
        return f"{shown} is empty"
    if start.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<"):
        return f"{shown} is a web page or other XML, whatever its name says: open it in a spreadsheet and save it anew"
    return f"{shown} is no workbook, whatever its name says; if it is text, write format: csv"


def _unpack(archive: zipfile.ZipFile, shown: str) -> None:
    """Unpacks everything once, so that what a member says of its size and digest is known to be true."""
    entries = archive.infolist()
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > _RATIO * packed):
        raise EvidenceError(
            f"{shown} unpacks from {packed:,} to {unpacked:,} bytes, more than a workbook may: save the sheet as CSV"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked(shown)
    if (bad := archive.testzip()) is not None:
        raise EvidenceError(f"{shown} is damaged: its part {bad} does not have the checksum that it should")


def _kind(archive: zipfile.ZipFile, shown: str) -> Kind:
    names = archive.namelist()
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "content.xml" in names and re.search(rb"opendocument.spreadsheet", archive.read("mimetype")):
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise locked(shown)
        with archive.open("content.xml") as stream:
            ods_flaws(stream, Flaws(), None, MOST_CELLS, shown)
        return "ods"
    raise EvidenceError(f"{shown} is a zip file without a workbook in it")
