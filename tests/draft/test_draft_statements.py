"""What the engine is asked for the words of a dataset: statements that every engine takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from factcheck.cases.evidence import Evidence
from factcheck.draft.index import Index
from factcheck.draft.words import words
from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.engines.dialects import Dialect, Statement, postgresql, spark
from factcheck.project import Project

COLUMNS = {
    "country": Column("country", "VARCHAR", Family.TEXT),
    "Page Name": Column("Page Name", "VARCHAR", Family.TEXT),
    "shares": Column("shares", "BIGINT", Family.INTEGER),
    "rate": Column("rate", "DOUBLE", Family.DOUBLE),
    "cost": Column("cost", "DECIMAL(18,3)", Family.DECIMAL),
    "seen": Column("seen", "BOOLEAN", Family.BOOLEAN),
}


class Noted:
    """Evidence that knows nothing of its columns but that they hold very many values, and keeps what it was asked."""

    known: Mapping[str, Dataset] = {"posts": Dataset("posts", COLUMNS, "posts")}

    def __init__(self) -> None:
        self.asked: list[str] = []

    def looked(self, dataset: Dataset, sql: str) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return [] if "UNION ALL" in sql else [(0,) * (4 if "DISTINCT" in sql or "min(" in sql else 6)]

    def commonest(self, dataset: Dataset, column: str, most: int) -> list[str]:
        return [f"value {n}" for n in range(most)]


@pytest.mark.parametrize("dialect", [postgresql.dialect(), spark.dialect()], ids=["postgresql", "spark"])
def test_every_engine_takes_them(dialect: Dialect) -> None:
    evidence = Noted()
    index = Index.of(cast(Project, SimpleNamespace(manifests={})), cast(Evidence, evidence), ["posts"])
    index.matches(words("Posts of 'O'Neill' in Russia"), "posts")
    assert len(evidence.asked) == 4  # what columns hold, which are flags, first and last ids, values among very many
    tables = {"posts": {name: column.type for name, column in COLUMNS.items()}}
    for sql in evidence.asked:
        assert Statement(sql).translated(dialect, tables)
