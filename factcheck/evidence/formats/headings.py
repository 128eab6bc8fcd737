"""The headings of tables: joined from several rows, each there once, and the same in all files of a dataset."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.errors import EvidenceError

_PAGE = re.compile(r"<(!doctype html|html|head|body)\b", re.IGNORECASE)
_LONG = 10_000
MOST_COLUMNS = 16_384  # as many as a spreadsheet has


def joined(heads: Sequence[Sequence[str]], width: int) -> list[str]:
    """Header rows joined by a space, column by column; blanks around and runs of blanks within do not count."""
    width = max([width, *(len(row) for row in heads)])
    cells = [[" ".join(row[at].split()) for row in heads if at < len(row) and row[at].strip()] for at in range(width)]
    return [" ".join(parts) for parts in cells]


def headings(written: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Column names that are there once and not empty, and which of them had to be changed.

    Without a heading the third column is `column_3`; the second `id` is `id_2`. SQL does not tell `ID` from `id`.
    """
    names: list[str] = []
    replaced: list[tuple[str, str]] = []
    taken = {name.casefold() for name in written}
    seen: set[str] = set()
    for position, heading in enumerate(written, start=1):
        name = heading or f"column_{position}"
        number = 2
        while name.casefold() in seen or (name != heading and name.casefold() in taken):
            name = f"{heading or f'column_{position}'}_{number}"
            number += 1
        if name != heading:
            replaced.append((heading, name))
        seen.add(name.casefold())
        names.append(name)
    return tuple(names), tuple(replaced)


def agreed(tables: Sequence[tuple[str, tuple[str, ...]]], alike: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The headings of each table (how it is shown, its headings) where one that means the same has one name.

    `alike` are groups of headings that the manifest says mean the same; the name is that of the first table.
    EvidenceError where a table lacks a column that another has.
    """
    named = [names for _, names in tables]
    for group in alike:
        wanted = [" ".join(name.split()) for name in group]
        name = next((name for name in wanted if name in named[0]), None)
        if name is not None:
            named = [_renamed(names, wanted, name) for names in named]
    shown = [table for table, _ in tables]
    for at in range(1, len(named)):
        _compare(shown[0], named[0], shown[at], named[at])
    return named


def _renamed(names: tuple[str, ...], group: Sequence[str], name: str) -> tuple[str, ...]:
    other = next((heading for heading in group if heading in names), None)
    if other is None or name in names:
        return names
    return tuple(name if heading == other else heading for heading in names)


def _compare(one: str, ours: Sequence[str], two: str, theirs: Sequence[str]) -> None:
    """EvidenceError that names the first column that only one of the two has, and what to write if it is renamed."""
    have, others = set(ours), set(theirs)
    if have == others:
        return
    extra, missing = [n for n in theirs if n not in have], [n for n in ours if n not in others]
    lacking, having, name = (two, one, missing[0]) if missing else (one, two, extra[0])
    message = f"{lacking} has no column '{name}', which {having} has"
    instead = (extra if missing else missing)[:3]
    if instead:
        message += (
            f", and has {' and '.join(repr(n) for n in instead)} instead: if that is the same column, name both, "
            f'as in columns: {{{_key(name)}: {{from: ["{name}", "{instead[0]}"]}}}}'
        )
    raise EvidenceError(message)


def _key(name: str) -> str:
    return name if name.isidentifier() else "its_name"


def other_kind(text: str) -> str:
    """What a text is that is no table, though it could be read as one: a web page saved in a table's place, or JSON."""
    start = text.lstrip()
    if _PAGE.match(start):
        return "a web page, perhaps that of a login or an error"
    line = start.partition("\n")[0].strip()
    if line.startswith(('{"', '[{"')) and (line.endswith(("}", "]", ",")) or len(line) > _LONG):
        return "JSON: if every line is an object, name the file .jsonl or write format: jsonl"
    return ""
