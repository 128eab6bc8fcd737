"""Whatever the planner does, an answer is the one that the question's own query gives."""

from __future__ import annotations

import dataclasses
import math
import random
import time
from itertools import pairwise
from typing import Any

import pytest

from depth import draws
from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Answer, Ask, Sum
from factcheck.evidence.cells import answer
from factcheck.evidence.cells.run import Totals, run_direct
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.together import Limits
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import DuckDB

from .conftest import COLUMNS, bound, dataset
from .questions import question


def same(a: Any, b: Any) -> bool:
    """Equal, NaN to NaN, doubles to a few units in the last place (their order of summation differs)."""
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-13, abs_tol=1e-13)
    if dataclasses.is_dataclass(a) and type(a) is type(b):
        return all(same(getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(a))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b) and type(a) is type(b)


def directly(engine: DuckDB, questions: list[Any], table: str) -> list[Any]:
    totals = Totals(Session(engine), dataset(table))
    found: list[Any] = []
    for one in questions:
        try:
            found.append(run_direct(totals.session, totals, one))
        except EvidenceError as error:
            found.append(error)
    return found


def differences(engine: DuckDB, questions: list[Any], expected: list[Any], limits: Limits, table: str) -> list[str]:
    found = answer(engine, {table: dataset(table)}, questions, limits=limits)
    wrong = []
    for one, right in zip(questions, expected, strict=True):
        got = found[one]
        both_failed = isinstance(got, EvidenceError) and isinstance(right, EvidenceError)
        if not both_failed and not same(got, right):
            wrong.append(f"{one}\n   got {got}\n   not {right}")
    return wrong


SMALL = Limits(cells=60, summed=30, inline=0)
LIMITS = {"one pass": Limits(inline=0), "no copy": Limits(inline=100), "small groups": SMALL}


@pytest.mark.parametrize("seed", draws(4, 9))
def test_answers_are_those_of_the_plain_queries(bare: DuckDB, seed: int) -> None:
    rng = random.Random(seed)
    questions = [question(rng) for _ in range(250)]
    expected = directly(bare, questions, "traps")
    name = list(LIMITS)[seed % len(LIMITS)]
    assert differences(bare, questions, expected, LIMITS[name], "traps") == [], name


def test_an_empty_table_has_answers_too(bare: DuckDB) -> None:
    rng = random.Random(99)
    questions = [question(rng, "nothing") for _ in range(200)]
    assert differences(bare, questions, directly(bare, questions, "nothing"), Limits(), "nothing") == []


def test_a_question_that_fails_for_some_row_leaves_the_others_in_the_cells(bare: DuckDB) -> None:
    rng = random.Random(5)
    good = [Ask("traps", None, (bound(f"i > {n}"), bound(f"country = '{rng.choice('abc')}'"))) for n in range(20)]
    bad = Ask("traps", bound("i > 1"), (bound("CAST(s AS INTEGER) > 3"),))
    found = answer(bare, {"traps": dataset()}, [*good, bad], limits=Limits(inline=0))
    error = found[bad]
    assert isinstance(error, EvidenceError)
    assert "`CAST(s AS INTEGER) > 3`" in error.message
    assert all(isinstance(found[one], Answer) for one in good)
    # Not one query per question: the others still share a grouping.
    assert len(found.statements) < 20


def test_a_guard_that_the_plain_query_honours_is_honoured(bare: DuckDB) -> None:
    guarded = Ask("traps", bound("CASE WHEN s LIKE 'post %' THEN CAST(SUBSTRING(s, 6) AS INTEGER) > 9 ELSE FALSE END"))
    plain = [Ask("traps", bound(f"i > {n}")) for n in range(5)]
    found = answer(bare, {"traps": dataset()}, [guarded, *plain])
    expected = run_direct(*(lambda s: (s, Totals(s, dataset())))(Session(bare)), guarded)
    assert found[guarded] == expected


def test_repeated_runs_give_identical_doubles(bare: DuckDB) -> None:
    questions = [
        Ask("traps", bound(f"i > {n}"), (bound("country", Family.TEXT),), (Sum(bound("x / 3", Family.DOUBLE)),))
        for n in range(6)
    ]
    runs = {repr(list(answer(bare, {"traps": dataset()}, questions).items())) for _ in range(5)}
    assert len(runs) == 1


def test_values_of_a_column_that_was_seen_whole_are_kept(bare: DuckDB) -> None:
    questions = [Ask("traps", bound(f"i > {n}"), (bound("country", Family.TEXT),)) for n in range(5)]
    found = answer(bare, {"traps": dataset()}, questions)
    assert sorted(found.present("traps", "country") or []) == ["", "México", "Russia", "US", "Ukraine"]
    assert found.present("traps", "author") is None


def test_a_handful_of_questions_costs_no_looking_round(bare: DuckDB) -> None:
    found = answer(bare, {"traps": dataset()}, [Ask("traps", None, (bound("b"),))])
    assert len(found.statements) <= 2


def test_thresholds_of_a_column_share_one_axis_however_the_time_is_written(bare: DuckDB) -> None:
    times = ("'2018-04-10'", "CAST('2018-04-12' AS TIMESTAMP)", "CAST('2018-04-14' AS DATE)", "TIMESTAMP '2018-04-15'")
    questions = [Ask("traps", bound(f"ts {op} {time}")) for op in ("<", ">=") for time in times]
    found = answer(bare, {"traps": dataset()}, questions)
    assert found.plan == ["traps: 8 questions over steps of ts"]


@pytest.mark.parametrize("seed", draws(2, 4))
def test_questions_that_share_a_base_are_answered_as_each_by_itself(bare: DuckDB, seed: int) -> None:
    rng = random.Random(1_000 + seed)
    table = "nothing" if seed == 3 else "traps"
    questions = [question(rng, table) for _ in range(150)]
    asks = [one for one in questions if isinstance(one, Ask)]
    # Every base with the condition of another question, so that bases have company.
    questions += [Ask(table, a.base, b.by[:1]) for a, b in pairwise(asks)]
    questions += [Ask(table, a.base, (), b.aggregates) for a, b in pairwise(asks)]
    expected = directly(bare, questions, table)
    assert differences(bare, questions, expected, Limits(alone=10_000), table) == []


def test_a_claim_by_itself_reads_the_rows_once(bare: DuckDB) -> None:
    """Two columns with NULLs and one without: the rows set aside are counted in the same statement."""
    asked = [
        Ask("traps", bound("i > 1 AND country = 'Russia' AND rowless >= 0"), (bound("b"),)),
        Ask("traps", bound("i > 1 AND country = 'Russia' AND rowless >= 0"), (bound("x > 0"),)),
    ]
    bare.execute("CREATE OR REPLACE VIEW whole AS SELECT *, COALESCE(i, 0) AS rowless FROM traps")
    columns = {**COLUMNS, "rowless": ("INTEGER", Family.INTEGER)}
    known = dataclasses.replace(dataset("whole", columns), name="traps")
    found = answer(bare, {"traps": known}, asked)
    assert sum("NOT FALSE" in statement for statement in found.statements) == 1
    assert len(found.statements) == 3, "statistics, all rows, and the counts of both questions"
    session = Session(bare)
    assert [found[one] for one in asked] == [run_direct(session, Totals(session, known), one) for one in asked]


def test_what_only_the_plain_query_leaves_out_does_not_fail_a_question(bare: DuckDB) -> None:
    """Where i is NULL the text is no number; the plain query never looks at it there."""
    bare.execute("CREATE OR REPLACE TABLE guarded AS FROM (VALUES (1, '10'), (2, '20'), (NULL, 'x')) AS t(i, s)")
    columns = {"i": ("INTEGER", Family.INTEGER), "s": ("VARCHAR", Family.TEXT)}
    one = Ask("guarded", bound("i > 0"), (bound("CAST(s AS INTEGER) > 15"),))
    found = answer(bare, {"guarded": dataset("guarded", columns)}, [one])[one]
    assert isinstance(found, Answer)
    assert (found.by, found.n, found.unknown, found.rows) == ([(False,), (True,)], [1, 1], 1, 3)


class Sleepy:
    """An engine that spends all the time it is given on every statement that reads the table."""

    def __init__(self, inner: DuckDB) -> None:
        self.inner = inner
        self.asked = 0.0

    def run(self, sql: str, *, timeout: float | None = None) -> Any:
        if timeout is None or "COUNT" not in sql or sql == 'SELECT COUNT(*) FROM "traps"':
            return self.inner.run(sql)
        self.asked += timeout
        time.sleep(timeout)
        raise EvidenceError(f"the query took longer than {timeout:g} s")

    def schema(self, relation: str) -> Any:
        return self.inner.schema(relation)

    def close(self) -> None: ...


def test_a_pass_that_runs_out_of_time_leaves_as_much_again_for_all_questions_together(bare: DuckDB) -> None:
    engine = Sleepy(bare)
    questions = [Ask("traps", bound(f"i > {n}"), (bound(f"country = '{n}'"),)) for n in range(60)]
    found = answer(engine, {"traps": dataset()}, questions, timeout=0.1)
    errors = [found[one] for one in questions]
    assert all(isinstance(error, EvidenceError) and "took longer than" in error.message for error in errors)
    assert engine.asked <= 0.21
    assert bare.run("SELECT COUNT(*) FROM duckdb_tables() WHERE table_name LIKE 'scratch:%'").one() == (0,)
