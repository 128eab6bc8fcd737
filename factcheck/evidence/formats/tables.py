"""Files of a folder that are probably tables, by the ends of their names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from factcheck.evidence.formats import FORMATS, NETWORKS
from factcheck.evidence.formats.files import ending

_LOOKED_AT = 10_000  # files; a folder of more is an archive of pages rather than of tables
_NOTES = ("txt",)  # more often a licence or a note than a table


def tables_in(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    """The files of kinds that can be read, in their order; with `deep` those of the folders below, too."""
    kinds = {*FORMATS, *NETWORKS} - {"reported", *_NOTES}
    found = islice(folder.rglob("*") if deep else folder.glob("*"), _LOOKED_AT)
    for path in sorted(found):
        if path.is_file() and not path.name.startswith(".") and ending(path) in kinds:
            yield path
