"""PostgreSQL gives DuckDB's answers: each expression of claims and each kind of statement over values that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.engines.postgresql import open_server
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.types import family
from factcheck.evidence.expressions import Scope, bind
from postgres_cluster import Cluster

from .compare import Pair
from .nasty import expressions, select, statements

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def pair(postgres_server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    here, there = open_engine(threads=1), Remote(open_server(postgres_server.database("desk")))
    made = Pair(here, there, tmp_path_factory.mktemp("sent"))
    made.table("nasty", select())
    yield made
    there.close()
    here.close()


def test_every_expression_of_claims(pair: Pair) -> None:
    columns = {name: Column(name, c.type, family(c.type)) for name, c in pair.here.schema("nasty").items()}
    bound = [(text, bind(text, Scope(columns)).sql) for text in expressions()]
    differing = [line for at in range(0, len(bound), 20) for line in _differing(pair, bound[at : at + 20])]
    assert not differing, "\n".join(differing)


def _differing(pair: Pair, bound: Sequence[tuple[str, str]]) -> list[str]:
    """Many in one statement; where that fails or differs, the half that does is looked for."""
    listed = ", ".join(f"({sql}) AS c{i}" for i, (_, sql) in enumerate(bound))
    found = pair.difference(f'SELECT row, {listed} FROM "nasty"', may_fail=len(bound) == 1)
    if found is None:
        return []
    if len(bound) == 1:
        return [f"{bound[0][0]}: {found}"]
    half = len(bound) // 2
    return _differing(pair, bound[:half]) + _differing(pair, bound[half:])


@pytest.mark.parametrize("statement", statements())
def test_statement(pair: Pair, statement: str) -> None:
    assert pair.difference(statement) is None


def test_a_clock_that_is_not_ours_is_refused(pair: Pair) -> None:
    """As if the two knew different laws of it, which depends on the server's own files."""
    clocks = pair.there._server._clocks
    shown = 'SELECT EXTRACT(HOUR FROM ts AT TIME ZONE \'UTC\' AT TIME ZONE \'Asia/Kathmandu\') AS h FROM "nasty"'
    assert pair.difference(shown) is None
    assert clocks._seen["Asia/Kathmandu"] is None
    clocks._seen["Asia/Kathmandu"] = "1986-01"
    found = pair.difference(shown)
    assert found is not None
    assert "clock of Asia/Kathmandu is not DuckDB's in 1986-01" in found
