"""Questions whose bases begin alike get passes of their own, and the answers that each gets by itself."""

from __future__ import annotations

import random
from typing import Any

import pytest

from depth import draws
from factcheck.evidence.asks import Ask, UnitAsk
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.sharing import LEAST, conditions, shared
from factcheck.evidence.cells.together import Limits
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import DuckDB

from .conftest import bound
from .questions import AGGREGATES, condition
from .test_together import differences, directly

UNIT = bound("author", Family.TEXT)
BEGINNINGS = (
    "ts >= '2018-04-05' AND ts < '2018-04-20'", "NOT b", "i > 0 OR b", "country = 'Russia'", "x < 3 AND NULL",
    "COALESCE(i > 2, FALSE)",
)  # fmt: skip


def test_parts_are_those_between_the_ands_and_no_more() -> None:
    assert conditions(bound("(a = 1 AND (b OR c)) AND NOT (d OR e)")) == ("a = 1", "b OR c", "NOT (d OR e)")
    assert conditions(bound("COALESCE(a AND b, FALSE)")) == ("COALESCE(a AND b, FALSE)",)
    assert conditions(None) == ()


def test_the_longest_beginning_that_enough_questions_share() -> None:
    april = [Ask("t", bound(f"i > 0 AND d = 1 AND n = {k}")) for k in range(LEAST)]
    rest = [Ask("t", bound(f"i > 0 AND n = {k}")) for k in range(LEAST - 1)]
    alone = [Ask("t"), Ask("t", bound("n = 5 AND i > 0"))]
    found = {group.where: group.rest for group in shared([*april, *rest, *alone])}
    assert found == {
        ("i > 0", "d = 1"): {ask: f"(n = {k})" for k, ask in enumerate(april)},
        ("i > 0",): {ask: f"(n = {k})" for k, ask in enumerate(rest)},
        (): {alone[0]: "TRUE", alone[1]: "(n = 5) AND (i > 0)"},
    }


def test_a_thousand_parts_come_to_an_end() -> None:
    long = " AND ".join(f"i > {k}" for k in range(990))
    (group,) = shared([Ask("t", bound(long), (bound(f"n = {k}"),)) for k in range(LEAST)])
    assert len(group.where) == 990
    assert set(group.rest.values()) == {"TRUE"}


def asked(rng: random.Random) -> Any:
    base = f"({rng.choice(BEGINNINGS)})"
    base = bound(f"{base} AND {condition(rng)}" if rng.random() < 0.8 else base)
    if rng.random() < 0.5:
        return UnitAsk("traps", UNIT, base, bound(condition(rng)), rng.choice(("any", "all")))
    by = (bound(condition(rng)),) if rng.random() < 0.7 else ()
    return Ask("traps", base, by, tuple(rng.sample(AGGREGATES[-5:], 2)))


@pytest.mark.parametrize("seed", draws(2, 3))
def test_answers_are_those_of_the_plain_queries(bare: DuckDB, seed: int) -> None:
    rng = random.Random(seed)
    questions = [asked(rng) for _ in range(80)]
    expected = directly(bare, questions, "traps")
    ran: list[str] = []
    real = Session.run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "run", lambda self, sql, *more: ran.append(sql) or real(self, sql, *more))
        assert differences(bare, questions, expected, Limits(), "traps") == []
    assert sum("BIT_OR" in sql and "WHERE (ts >= " in sql for sql in ran) >= 1
    assert sum("QUANTILE_DISC" in sql and "WHERE (" in sql for sql in ran) >= 3
