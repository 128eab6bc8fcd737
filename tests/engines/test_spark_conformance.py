"""Spark gives DuckDB's answers, on two workers: each expression of claims and each kind of statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.types import family
from factcheck.evidence.expressions import Scope, bind

from .compare import Pair
from .nasty import expressions, select, statements

pytestmark = pytest.mark.xdist_group("spark")

# What is refused by name; whoever makes one of them exact takes it off the list.
REFUSED_EXPRESSIONS = ("x::varchar",)
REFUSED_STATEMENTS = ("ARG_MAX",)
# Times without end, which Spark does not have.
ENDLESS = "CASE WHEN isfinite({0}) THEN {0} END AS {0}"


@pytest.fixture(scope="module")
def pair(spark: Remote, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    here = open_engine(threads=1)
    made = Pair(here, spark, tmp_path_factory.mktemp("sent"))
    replaced = ", ".join(ENDLESS.format(name) for name in ("late", "far"))
    made.table("nasty", f"SELECT * REPLACE ({replaced}) FROM ({select()})")
    yield made
    here.close()


def test_every_expression_of_claims(pair: Pair) -> None:
    columns = {name: Column(name, c.type, family(c.type)) for name, c in pair.here.schema("nasty").items()}
    bound = [(text, bind(text, Scope(columns)).sql) for text in expressions()]
    refused = [text for text, sql in bound if pair.there.refusal(f'SELECT {sql} FROM "nasty"') is not None]
    assert refused == list(REFUSED_EXPRESSIONS)
    asked = [(text, sql) for text, sql in bound if text not in refused and not _fails(pair, sql)]
    differing = [line for at in range(0, len(asked), 60) for line in _differing(pair, asked[at : at + 60])]
    assert not differing, "\n".join(differing)


def _fails(pair: Pair, sql: str) -> bool:
    try:
        pair.here.run(f'SELECT {sql} FROM "nasty"')
    except EvidenceError:
        return True
    return False


def _differing(pair: Pair, bound: Sequence[tuple[str, str]]) -> list[str]:
    """Many in one statement; where that fails or differs, the half that does is looked for."""
    listed = ", ".join(f"({sql}) AS c{i}" for i, (_, sql) in enumerate(bound))
    found = pair.difference(f'SELECT row, {listed} FROM "nasty"', may_fail=False)
    if found is None:
        return []
    if len(bound) == 1:
        return [f"{bound[0][0]}: {found}"]
    half = len(bound) // 2
    return _differing(pair, bound[:half]) + _differing(pair, bound[half:])


@pytest.mark.parametrize("expression", ["i + 2147483647", "id * id", "h * 9223372036854775807", "abs(id - 1)"])
def test_an_overflow_is_an_error_and_never_another_number(pair: Pair, expression: str) -> None:
    with pytest.raises(EvidenceError, match=r"(?i)overflow|cannot be represented"):
        pair.there.run(f'SELECT {expression} AS n FROM "nasty"')


def test_statements(pair: Pair) -> None:
    asked = [one for one in statements() if not any(word in one for word in REFUSED_STATEMENTS)]
    found = {one: pair.difference(one) for one in asked}
    assert not (wrong := {one: what for one, what in found.items() if what is not None}), wrong


def test_sums_of_doubles_do_not_hang_on_the_order_of_rows(pair: Pair) -> None:
    values = "SELECT CASE r % 3 WHEN 0 THEN 1e15 + r WHEN 1 THEN -1e15 ELSE r * 0.1 END::DOUBLE AS x FROM range(3000) AS t(r)"
    pair.table("forth", f"{values} ORDER BY r")
    pair.table("back", f"{values} ORDER BY r DESC")
    sums = {pair.there.run(f'SELECT FSUM(x), SUM(x), AVG(x) FROM "{name}"').one() for name in ("forth", "back")}
    assert len(sums) == 1
    assert pair.difference('SELECT FSUM(x) FROM "forth"') is None


def test_a_list_that_is_written_out_may_be_long(pair: Pair) -> None:
    listed = ",".join(str(i * 7 % 65_536) for i in range(65_536))
    sql = f"SELECT row, LIST_EXTRACT('[{listed}]'::INTEGER[], row * 600 + 1) AS c FROM \"nasty\""
    assert pair.difference(sql) is None


def test_deep_conditions_and_long_lists(pair: Pair) -> None:
    tree = "0"
    for i in range(30):  # claims may nest 25 deep, and the planner's trees are halved at each step
        tree = f"CASE WHEN {'i <' if i % 2 else 'd >='} {i * 3 - 45} THEN {i} ELSE {tree} END"
    members = ", ".join(str(i) for i in range(0, 10_000, 2))
    every = " AND ".join(f"i <> {i + 1000}" for i in range(300))
    assert pair.difference(f'SELECT row, {tree} AS a, id IN ({members}) AS b, {every} AS c FROM "nasty"') is None
