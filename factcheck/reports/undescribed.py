"""Files that no manifest names: what to do about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from factcheck.reports.locale import integer
from factcheck.text.unique import unique

FOLDER = "evidence"
_SHOWN = 5
_SEVERAL = "What is one table in several files is one dataset: files: [a.csv, b.csv], or files: a-*.csv"
_DESCRIBED = 5  # in one manifest


def advice(files: Sequence[str], taken: Collection[str] = ()) -> str:
    """What to do about them, as text for a terminal; `taken` are the names of datasets that there are."""
    if not files:
        return ""
    names: dict[str, str] = {}
    for file in files[:_DESCRIBED]:
        names[file] = _name(PurePosixPath(file), {*taken, *names.values()})
    first = next(iter(names.values()))
    one = len(files) == 1
    more = f" and {integer(len(files) - _SHOWN)} more" if len(files) > _SHOWN else ""
    what = "it" if one else "them" if len(files) <= _DESCRIBED else f"the first {_DESCRIBED}"
    return (
        f"{', '.join(files[:_SHOWN])}{more} {'belongs' if one else 'belong'} to no dataset. "
        f"To describe {what}, save this as {FOLDER}/{first}.yaml:\n\ndatasets:\n"
        + "".join(_described(name, file, brief=name != first) for file, name in names.items())
        + ("" if one else f"\n{_SEVERAL}\n")
        + f"\nThen `factcheck data {first}` tells what it holds.\n"
    )


def _described(name: str, file: str, *, brief: bool) -> str:
    """The lines of a manifest on a file; the first in it says what may stand there."""
    inside = PurePosixPath(file).relative_to(FOLDER).as_posix()
    spelled = inside if re.fullmatch(r"[\w./-]+", inside) else "'" + inside.replace("'", "''") + "'"
    unit, completeness = ("", "") if brief else (
        "               # what one row is: post, account, respondent", "   # or: complete, random sample"
    )
    return f"  {name}:\n    files: {spelled}\n    unit: row{unit}\n    completeness: partial{completeness}\n"


def _name(path: PurePosixPath, taken: Collection[str]) -> str:
    """A name for the dataset in the style of names, from that of the file."""
    stem = re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-") or "rows"
    stem = f"rows-{stem}" if stem[0].isdigit() else stem
    return unique(stem, taken)
