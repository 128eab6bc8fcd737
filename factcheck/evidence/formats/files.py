"""Files as bytes: compression, encodings, line numbers. Everything streams; nothing is held whole."""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.packed import gunzipped, unzstd

_CHUNK = 1 << 20
COMPRESSIONS = (".gz", ".zst")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def chunks(path: Path, limit: int | None = None) -> Iterator[bytes]:
    """The file's bytes, those of a .gz unpacked; EvidenceError where it is cut off, damaged or unpacks without end."""
    read = 0
    try:
        for chunk in gunzipped(path, str(path)) if path.suffix == ".gz" else _parts(path):
            read += len(chunk)
            yield chunk
            if limit is not None and read >= limit:
                return
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def head(path: Path, size: int = _CHUNK) -> bytes:
    """The first `size` bytes, decompressed; of a compressed file that is cut off, what it holds of them."""
    return _zst_head(path, size) if path.suffix == ".zst" else b"".join(chunks(path, size))[:size]


def _zst_head(path: Path, size: int) -> bytes:
    import zstandard

    try:
        with path.open("rb") as raw:
            return zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True).read(size)
    except zstandard.ZstdError as error:
        raise EvidenceError(f"{path} cannot be read: its compressed data are damaged ({error})") from error
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {_reason(error)}") from error


def bom_encoding(start: bytes) -> str | None:
    """The encoding that a byte order mark at the start of a file names."""
    return next((name for bom, name in _BOMS if start.startswith(bom)), None)


def is_utf8(encoding: str | None) -> bool:
    return encoding is None or codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def decode_to(path: Path, encoding: str, target: Path, shown: str) -> Path:
    """A copy in UTF-8; EvidenceError with the line where a byte does not belong to the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, end = 1, ""
    with target.open("w", encoding="utf-8", newline="") as out:
        for chunk in [*_with_end(chunks(path))]:
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                at = lines + before.count(end.encode() or (b"\n" if b"\n" in before else b"\r"))
                raise EvidenceError(
                    f"{shown}, line {at}: {error.object[error.start]:#04x} is no {encoding} text"
                ) from error
            lines += text.count(end := end or ("\n" if "\n" in text else "\r"))
            out.write(text)
    return target


def _with_end(parts: Iterator[bytes]) -> Iterator[bytes]:
    yield from parts
    yield b""


@dataclass(frozen=True)
class Ends:
    """How the lines of a file end: `lone` counts carriage returns that end none, `mixed` says that ends differ."""

    lone: int
    mixed: bool


def unix_lines(path: Path, target: Path) -> tuple[Path, Ends]:
    """The file, or a copy in which every line ends with LF where its ways of ending lines differ.

    Where carriage returns end lines, to judge by the beginning of the file, they do so everywhere; else those that
    stand alone become spaces.
    """
    lone, feeds, both = (0, 0, 0)
    for data in _unsplit(path):
        pairs = data.count(b"\r\n")
        both += pairs
        lone += data.count(b"\r") - pairs
        feeds += data.count(b"\n") - pairs
    if sum(count > 0 for count in (lone, feeds, both)) < 2:
        return path, Ends(0, mixed=False)
    ends_lines = _returns_end_lines(re.sub(rb'"[^"]*"', b"", head(path)))
    with target.open("wb") as out:
        for data in _unsplit(path):
            out.write(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n" if ends_lines else b" "))
    return target, Ends(0 if ends_lines else lone, mixed=True)


def _returns_end_lines(bare: bytes) -> bool:
    """Whether the first line ends with a carriage return, or most do; `bare` is text without what is quoted."""
    first = re.search(rb"\r\n|\r|\n", bare)
    alone = bare.count(b"\r") - bare.count(b"\r\n")
    return (first is not None and first[0] == b"\r") or alone > bare.count(b"\n")


def _unsplit(path: Path) -> Iterator[bytes]:
    """The file's bytes in parts, none of which cuts a CR LF."""
    held = b""
    for chunk in _with_end(chunks(path)):
        data = held + chunk
        held = b"\r" if chunk and data.endswith(b"\r") else b""
        yield data[:-1] if held else data


def decompress_zst(path: Path, target: Path, shown: str) -> Path:
    """A plain copy of a .zst file: DuckDB takes one that is cut off for a whole one, and says nothing."""
    try:
        with target.open("wb") as out:
            for part in unzstd(path, shown):
                out.write(part)
    except OSError as error:
        raise EvidenceError(f"{shown} cannot be read: {_reason(error)}") from error
    return target


def without_start(path: Path, size: int, target: Path) -> Path:
    """A copy without the first `size` bytes."""
    with path.open("rb") as source, target.open("wb") as out:
        source.seek(size)
        shutil.copyfileobj(source, out, _CHUNK)
    return target


def without_lines(path: Path, lines: int, target: Path) -> Path:
    """A plain copy without the first lines."""
    left, line_end = lines, b""
    with target.open("wb") as out:
        for chunk in chunks(path):
            line_end = line_end or (b"\n" if b"\n" in chunk else b"\r")
            at = 0
            while left and at < len(chunk):
                found = chunk.find(line_end, at)
                at, left = (found + 1, left - 1) if found >= 0 else (len(chunk), left)
            out.write(chunk[at:])
    return target


def plain(path: Path, target: Path, shown: str) -> Path:
    """A plain copy of a compressed file, whose checksum is held against it; else the file itself."""
    if path.suffix == ".zst":
        return decompress_zst(path, target, shown)
    return copy(path, target) if path.suffix == ".gz" else path


def copy(path: Path, target: Path) -> Path:
    """A plain copy of a .gz file: DuckDB looks at no checksum, and takes what a damaged one gives for data."""
    with target.open("wb") as out:
        for chunk in chunks(path):
            out.write(chunk)
    return target


def line_numbers(path: Path, offsets: Sequence[int], line_end: str = "\n") -> list[int]:
    """The line, from 1, of the first character at or after each offset that ends no line. Offsets ascend.

    Where a carriage return ends lines, line feeds within quotes do so too, as they do in an editor.
    """
    lines: list[int] = []
    ends = (b"\r", b"\n") if line_end == "\r" else (b"\n",)
    seen, line = 0, 1
    for chunk in chunks(path):
        done = 0
        while len(lines) < len(offsets):
            cut = max(done, offsets[len(lines)] - seen)
            while cut < len(chunk) and chunk[cut] in b"\r\n":
                cut += 1
            if cut >= len(chunk):
                break
            line += sum(chunk.count(end, done, cut) for end in ends)
            done = cut
            lines.append(line)
        line += sum(chunk.count(end, done) for end in ends)
        seen += len(chunk)
        if len(lines) == len(offsets):
            break
    return lines + [line] * (len(offsets) - len(lines))


def first_nul(path: Path) -> int | None:
    """The line of the first NUL character, from 1; None where there is none."""
    before = 0
    for chunk in chunks(path):
        if (at := chunk.find(b"\0")) >= 0:
            return line_numbers(path, [before + at])[0]
        before += len(chunk)
    return None


def first_bad_byte(path: Path) -> tuple[int, int, int] | None:
    """Line, column in bytes (both from 1) and value of the first byte that is no UTF-8; None where all is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, column, end = 1, 1, b""
    for chunk in _with_end(chunks(path)):
        end = end or (b"\n" if b"\n" in chunk else b"\r")
        pending = decoder.getstate()[0]
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            line += before.count(end)
            column = error.start - before.rfind(end) if end in before else column - len(pending) + error.start
            return line, column, error.object[error.start]
        line += chunk.count(end)
        column = len(chunk) - chunk.rfind(end) if end in chunk else column + len(chunk)
    return None


def likely_encoding(sample: bytes) -> str:
    """A guess at the encoding of bytes that are no UTF-8, for an error message."""
    if named := bom_encoding(sample):
        return named
    if sample.count(b"\0") * 4 > len(sample):
        return "utf-16"
    high = [byte for byte in sample if byte >= 0x80]
    # In Windows-1251 every Cyrillic letter is a high byte, so they come in runs; Western accents stand alone.
    runs = sum(a >= 0xC0 and b >= 0xC0 for a, b in pairwise(sample))
    likely = "windows-1251" if high and runs > len(high) / 2 else "windows-1252"
    try:
        sample.decode(likely)
    except UnicodeDecodeError:
        return "mac-roman"  # which has a character for every byte
    return likely


def ending(path: PurePath) -> str:
    """What a file's name ends with, compression aside: `csv` of `posts.csv.gz`."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    while suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    last = suffixes[-1].removeprefix(".") if suffixes else ""
    return {"pq": "parquet", "db": "sqlite", "sqlite3": "sqlite"}.get(last, last)
