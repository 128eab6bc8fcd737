"""Files of a network as text, piece by piece."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import files
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.networks.staged import File, Network


def decoded(file: File) -> Iterator[str]:
    """The text of a file, in UTF-8 unless it or its manifest says otherwise; EvidenceError at a byte that is none."""
    encoding = encoding_of(file.path, file.reading, file.shown, whole=file.limit is None) or "utf-8"
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 1
    for chunk in chain(files.chunks(file.path, file.limit), (b"",)):
        try:
            text = decoder.decode(chunk, final=not chunk and file.limit is None)
        except UnicodeDecodeError as error:
            raise _no_text(file, error, encoding, lines) from error
        lines += text.count("\n")
        if text:
            yield text


def pieces(file: File, network: Network) -> Iterator[str]:
    """The same, the rows made of one piece being written before the next is read."""
    for text in decoded(file):
        yield text
        network.flush()


def _no_text(file: File, error: UnicodeDecodeError, encoding: str, lines: int) -> EvidenceError:
    line = lines + error.object.count(b"\n", 0, error.start)
    likely = files.likely_encoding(error.object)
    return EvidenceError(
        f"{file.shown}, line {line}: {error.object[error.start]:#04x} is no {encoding} text; "
        f"perhaps the file is in {likely}: say so with 'read: {{encoding: {likely}}}'"
    )
