"""Files that no manifest names: what to do about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from factcheck.reports.locale import integer
from factcheck.text.unique import unique

FOLDER = "evidence"
_SHOWN = 5


def advice(files: Sequence[str], taken: Collection[str] = ()) -> str:
    """What to do about them, as text for a terminal; `taken` are the names of datasets that there are."""
    if not files:
        return ""
    first = PurePosixPath(files[0])
    name = _name(first, taken)
    one = len(files) == 1
    more = f" and {integer(len(files) - _SHOWN)} more" if len(files) > _SHOWN else ""
    manifest = f"{FOLDER}/{name}.yaml"
    inside = first.relative_to(FOLDER).as_posix()
    spelled = inside if re.fullmatch(r"[\w./-]+", inside) else "'" + inside.replace("'", "''") + "'"
    return (
        f"{', '.join(files[:_SHOWN])}{more} {'belongs' if one else 'belong'} to no dataset. "
        f"To describe {'it' if one else 'the first'}, save this as {manifest}:\n\n"
        f"datasets:\n  {name}:\n    files: {spelled}\n"
        "    unit: row               # what one row is: post, account, respondent\n"
        "    completeness: partial   # or: complete, random sample\n\n"
        f"Then `factcheck data {name}` tells what it holds.\n"
    )


def _name(path: PurePosixPath, taken: Collection[str]) -> str:
    """A name for the dataset in the style of names, from that of the file."""
    stem = re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-") or "rows"
    stem = f"rows-{stem}" if stem[0].isdigit() else stem
    return unique(stem, taken)
