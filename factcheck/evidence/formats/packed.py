"""Compressed files, unpacked part by part: whole and sound, or an error. None can fill the disk by surprise."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from factcheck.errors import EvidenceError

_CHUNK = 1 << 20
_SLICE = 1 << 11  # bytes of zstd data, which may unpack to 64 MB
_GZIP = 31  # tells zlib to expect the header and the checksum of gzip
MOST_UNPACKED = 1 << 30  # bytes; what unpacks to more
MOST_TIMES = 200  # and to more than so many times its size is taken for a trap


def gunzipped(path: Path, shown: str) -> Iterator[bytes]:
    """The data of a .gz file, which may consist of several; checksums are held against them. OSError as it comes."""
    with path.open("rb") as stream:
        yield from _watched(_members(stream, shown), path, shown)


def _members(stream: IO[bytes], shown: str) -> Iterator[bytes]:
    decoder, begun = zlib.decompressobj(_GZIP), False
    first = True
    data = b""
    while data or (data := stream.read(_CHUNK)):
        if not begun and not first:
            data = data.lstrip(b"\0")  # padding after the last one
            if not data:
                continue
        if not begun and not b"\x1f\x8b".startswith(data[:2]):
            raise EvidenceError(
                f"{shown} cannot be read: its name ends with .gz, and it is no gzip file"
                if first
                else f"{shown} cannot be read: something else follows its compressed data"
            )
        begun, first = True, False
        try:
            part = decoder.decompress(data, _CHUNK)
        except zlib.error as error:
            raise EvidenceError(f"{shown} cannot be read: its compressed data are damaged") from error
        data = decoder.unconsumed_tail
        if part:
            yield part
        if decoder.eof:
            data, decoder, begun = decoder.unused_data, zlib.decompressobj(_GZIP), False
    yield from _rest(decoder, begun, shown)


def _rest(decoder: zlib._Decompress, begun: bool, shown: str) -> Iterator[bytes]:
    """What the decoder still holds when its input is at an end, and then its own end, or the data were cut off."""
    while begun and (part := decoder.decompress(b"", _CHUNK)):
        yield part
    if begun and not decoder.eof:
        raise EvidenceError(f"{shown} is cut off: its compressed data end too early")


def unzstd(path: Path, shown: str) -> Iterator[bytes]:
    """The data of a .zst file, which may consist of several frames. OSError as it comes."""
    with path.open("rb") as stream:
        yield from _watched(_frames(stream, shown), path, shown)


def _frames(stream: IO[bytes], shown: str) -> Iterator[bytes]:
    import zstandard

    decoder, idle = zstandard.ZstdDecompressor().decompressobj(), True
    try:
        while chunk := stream.read(_CHUNK):
            for at in range(0, len(chunk), _SLICE):
                data = chunk[at : at + _SLICE]
                while data:
                    yield decoder.decompress(data)
                    idle, data = decoder.eof, decoder.unused_data if decoder.eof else b""
                    if idle:
                        decoder = zstandard.ZstdDecompressor().decompressobj()
    except zstandard.ZstdError as error:
        raise EvidenceError(f"{shown} cannot be read: its compressed data are damaged ({error})") from error
    if not idle:
        raise EvidenceError(f"{shown} is cut off: its compressed data end too early")


def _watched(parts: Iterator[bytes], path: Path, shown: str) -> Iterator[bytes]:
    """The same parts, up to what no honest file unpacks to."""
    most, unpacked = max(MOST_UNPACKED, MOST_TIMES * path.stat().st_size), 0
    for part in parts:
        unpacked += len(part)
        if unpacked > most:
            raise EvidenceError(
                f"{shown} unpacks to more than {most:,} bytes, {MOST_TIMES} times its size and more, as files do that "
                "are made to fill a disk; if it is genuine, unpack it yourself and name the unpacked file"
            )
        yield part
