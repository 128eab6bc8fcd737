"""Which encoding a text file is in: what its first bytes say, else what the manifest states or lets be tried.

A byte order mark decides. Else one stated encoding is taken at its word. Several are tried in order on every file
that is no UTF-8: the first under which all bytes are text, with no control characters among them, is taken.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import files
from factcheck.evidence.formats.source import Reading

_CONTROLS = re.compile("[\x80-\x9f]")  # C1: in no text, but in many a text that is read in the wrong encoding
_HEAD = 1 << 20
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_WIDE = 4  # one byte in so many is NUL: no text in single bytes


def encoding_of(path: Path, reading: Reading, shown: str, *, whole: bool) -> str | None:
    """The encoding of a plain file, None for UTF-8 that nothing names; without `whole` its first megabyte decides.

    EvidenceError where several may be tried and none fits, or the file looks like UTF-16 and does not say so.
    """
    start = files.head(path, _HEAD)
    if named := files.bom_encoding(start):
        return named
    if reading.encoding is not None:
        return reading.encoding
    if start.startswith(_BINARY):
        raise EvidenceError(f"{shown} is no text but a workbook or another packed file, whatever its name says")
    if start.count(b"\0") * _WIDE > len(start):
        raise EvidenceError(f"{shown} looks like UTF-16 without a mark: say so with 'read: {{encoding: utf-16-le}}'")
    if not reading.encodings:
        return None
    tried = reading.encodings if any(map(files.is_utf8, reading.encodings)) else ("utf-8", *reading.encodings)
    for encoding in tried:
        if _fits(files.chunks(path) if whole else [start], encoding, cut=not whole):
            return encoding
    raise EvidenceError(f"{shown} is text in none of {', '.join(tried)}: add its encoding to 'read: {{encoding: …}}'")


def _fits(parts: Iterable[bytes], encoding: str, *, cut: bool) -> bool:
    """Whether the bytes are text in an encoding; where they are `cut` the last character may be."""
    decoder = codecs.getincrementaldecoder(encoding)()
    strict = not files.is_utf8(encoding)
    try:
        for part in parts:
            if strict and _CONTROLS.search(decoder.decode(part)):
                return False
            if not strict:
                decoder.decode(part)
        decoder.decode(b"", final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def no_utf8(path: Path, shown: str, before: int) -> EvidenceError:
    """What is said of a file with bytes that are no UTF-8: where, and what it may be. `before` lines were cut off."""
    line, column, value = files.first_bad_byte(path) or (1, 1, 0)
    sample = files.head(path, 1 << 22)
    place = f"{shown}, line {line + before}, byte {column}: {value:#04x} is no UTF-8; "
    if _is_mixed(sample):
        return EvidenceError(
            f"{place}other letters of the file are, so it mixes encodings: mend it, or read it as it is with "
            f"'read: {{encoding: {files.likely_encoding(sample)}}}', which misreads those"
        )
    likely = files.likely_encoding(sample)
    return EvidenceError(f"{place}perhaps the file is in {likely}: say so with 'read: {{encoding: {likely}}}'")


def _is_mixed(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII stand in letters of UTF-8: by chance few do."""
    high = sum(byte >= 0x80 for byte in sample)
    return 2 * sum(map(len, _UTF8_PAIR.findall(sample))) > high
