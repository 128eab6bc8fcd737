"""The smallest .xls file: a compound file with one stream of BIFF8 records, written by hand since no library does."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512
_ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}


def xls(rows: list[list[str | float | None]], sheet: str = "Data") -> bytes:
    """A workbook of texts, numbers and errors."""
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    width = max(map(len, rows))
    content = _begin(0x10) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + _record(0x0A)
    start = _begin(0x05) + _record(0x42, struct.pack("<H", 1200))
    bound = struct.pack("<BBBB", 0, 0, len(sheet), 0) + sheet.encode("ascii")
    place = len(start) + 4 + 4 + len(bound) + 4
    return _compound(start + _record(0x85, struct.pack("<I", place) + bound) + _record(0x0A) + content)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _cell(row: int, column: int, value: str | float | None) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if value is None:
        return b""
    if value in _ERRORS:
        return _record(0x0205, place + bytes([_ERRORS[str(value)], 1]))
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


def _compound(stream: bytes) -> bytes:
    sectors = max(4096 // _SECTOR, -(-len(stream) // _SECTOR))
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0) + struct.pack("<I", _FREE) * 108
    fat = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    folder = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, 2, sectors * _SECTOR, _FREE) + bytes(256)
    return head + fat + folder + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    raw = f"{name}\0".encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
