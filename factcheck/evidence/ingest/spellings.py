"""Labels that differ only in capitals or blanks: to a person one answer, to a comparison several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Notice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.notices import counted, notice

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

Counted = tuple[str, int]  # a label, and how many rows have it

_MOST = 5_000  # different values; a column with more holds texts or identifiers, which may differ in a capital
_LABELS = 200  # different values in a sample, or a quarter of it: more are no labels that rows share
_SHARE = 4
_LONGEST = 80  # letters of a label; a column with longer values holds texts
_RARE = 0.01  # of the rows; fewer with another spelling than the commonest hardly move a figure
_SHOWN = 4


def spelled_alike(engine: DuckDB, table: str, name: str, said: Sequence[str]) -> list[Notice]:
    """What is told of a column of labels, `said` being a sample of them; reads the column once."""
    if len(set(said)) > max(_LABELS, len(said) // _SHARE):
        return []
    quoted = identifier(name)
    frame = engine.run(
        f"SELECT {quoted}, count(*) AS n FROM {table} WHERE {quoted} IS NOT NULL GROUP BY 1 LIMIT {_MOST + 1}"
    )
    labels = [(str(value), int(n)) for value, n in frame.rows()]
    if len(labels) > _MOST or any(len(value) > _LONGEST or "://" in value for value, _ in labels):
        return []
    groups: dict[str, list[Counted]] = {}
    for value, n in sorted(labels, key=lambda one: (-one[1], one[0])):
        groups.setdefault(" ".join(value.casefold().split()), []).append((value, n))
    several = [group for group in groups.values() if len(group) > 1]
    return [_told(name, several, sum(n for _, n in labels))] if several else []


def _told(name: str, several: Sequence[Sequence[Counted]], rows: int) -> Notice:
    """The notice on groups of labels, each with the commonest first; `rows` have a label."""
    most = max(several, key=lambda group: (sum(n for _, n in group), group[0][0]))
    more = f", and so do others: {len(several) - 1}" if len(several) > 1 else ""
    aside = sum(n for group in several for _, n in group[1:])
    code = "spelled-alike" if aside >= _RARE * rows else "spelled-alike-rarely"
    words = tuple(sorted(value for group in several for value, _ in group))
    expression = f"lower(trim({_written(name)}))"
    return notice(code, name, of=words, said=counted(most[:_SHOWN]), more=more, expression=expression)


def _written(name: str) -> str:
    """A column's name as an expression names it."""
    return name if name.isidentifier() and name.isascii() else identifier(name)
