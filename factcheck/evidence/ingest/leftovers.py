"""Rows that are perhaps no records: sums of other rows, and rows without a value. They are told, never dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Column, Family, Notice
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.ingest.notices import notice

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_WORDS = (
    "total", "totals", "grand total", "grand totals", "total general", "totale", "sum", "sums", "summe", "gesamt",
    "insgesamt", "итого", "всего", "toplam", "razem", "ogółem",
)  # fmt: skip
_MOST_ROWS = 100_000  # tables with sums in them were made by people for people
_MOST_SUMS = 200
_MOST_TEXTS = 50
_FEWEST = 2  # rows that a sum has
_NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)
_CLOSE = 1e-9  # to which sums of doubles must agree, relative


@dataclass(frozen=True)
class Leftovers:
    """The table as it is once rows were dropped; `rule` is the manifest's `drop`, which a better one would extend."""

    engine: DuckDB
    table: str
    columns: Mapping[str, Column]
    rule: str | None

    def notices(self) -> list[Notice]:
        """What is to be told; reads the table a few times where it is small, else only for empty rows."""
        (rows,) = self.engine.run(f"SELECT count(*) FROM {self.table}").one()
        found = self._empty() if rows else []
        if not rows or rows > _MOST_ROWS:
            return found
        texts = [name for name, column in self.columns.items() if column.family is Family.TEXT and not column.uses]
        numbers = [name for name, column in self.columns.items() if column.family in _NUMBERS]
        for name in texts:
            found += self._totals(name, [*numbers, *(other for other in texts[:_MOST_TEXTS] if other != name)])
        return found

    def _empty(self) -> list[Notice]:
        names = [name for name, column in self.columns.items() if not column.uses]
        if not names:
            return []
        nulls = " AND ".join(f"{identifier(name)} IS NULL" for name in names)
        (count,) = self.engine.run(f"SELECT count(*) FROM {self.table} WHERE {nulls}").one()
        if not count:
            return []
        (alone,) = self.engine.run(f"SELECT count(*) FROM {self.table} WHERE {identifier(names[0])} IS NULL").one()
        tests = [f"{_written(name)} is null" for name in names]
        rule = tests[0] if alone == count else " and ".join(tests[:5] + (["…"] if len(tests) > 5 else []))
        return [notice("empty-rows", None, count=count, rule=self._extended(rule))]

    def _totals(self, name: str, numbers: Sequence[str]) -> list[Notice]:
        quoted = identifier(name)
        words = ", ".join(map(literal, _WORDS))
        hits = self.engine.run(
            f"SELECT rowid, {quoted} FROM {self.table} WHERE strlen({quoted}) < 20 "
            f"AND lower(trim(rtrim(trim({quoted}), ':'))) IN ({words}) ORDER BY rowid LIMIT {_MOST_SUMS + 1}"
        ).rows()
        if not hits or len(hits) > _MOST_SUMS:
            return []
        figures = self._summed([row for row, _ in hits], numbers)
        if figures is None:
            return []
        said = list(dict.fromkeys(literal(str(word)) for _, word in hits))
        test = f"= {said[0]}" if len(said) == 1 else f"in ({', '.join(said)})"
        rule = self._extended(f"{_written(name)} {test}")
        return [notice("totals", name, words=" and ".join(said), figures=figures, rule=rule)]

    def _summed(self, hits: Sequence[int], numbers: Sequence[str]) -> str | None:
        """The first column in which one of the rows is the sum of those up to the one before or after it."""
        ends = [-1, *hits, 1 << 62]
        for at, row in enumerate(hits, start=1):
            here = self._figures(numbers, f"rowid = {row}")
            for low, high in ((ends[at - 1], row), (row, ends[at + 1])):
                count, *sums = self._figures(numbers, f"rowid > {low} AND rowid < {high}")
                if count < _FEWEST:
                    continue
                for name, value, total in zip(numbers, here[1:], sums, strict=True):
                    if value and total is not None and abs(float(value) - float(total)) <= _CLOSE * abs(float(value)):
                        return name
        return None

    def _figures(self, numbers: Sequence[str], where: str) -> tuple[int, ...]:
        sums = ", ".join(f"sum({self._figure(name)})" for name in numbers)
        return tuple(self.engine.run(f"SELECT count(*), {sums} FROM {self.table} WHERE {where}").one())

    def _figure(self, name: str) -> str:
        """A number; of text what it would be without commas, since one odd word makes a column of numbers text."""
        if self.columns[name].family is Family.TEXT:
            return f"TRY_CAST(replace(trim({identifier(name)}), ',', '') AS DOUBLE)"
        return identifier(name)

    def _extended(self, rule: str) -> str:
        return f"({self.rule}) or {rule}" if self.rule else rule


def _written(name: str) -> str:
    """A column's name as an expression names it."""
    return name if name.isidentifier() and name.isascii() else identifier(name)
