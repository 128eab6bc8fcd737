"""Whatever the planner does, an answer is the one that the question's own query gives."""

from __future__ import annotations

import dataclasses
import math
import random
from typing import Any

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.cells.run import Totals, run_direct
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.together import Limits
from factcheck.evidence.engines.duckdb import DuckDB

from .conftest import dataset
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


@pytest.mark.parametrize("seed", range(8))
def test_answers_are_those_of_the_plain_queries(bare: DuckDB, seed: int) -> None:
    rng = random.Random(seed)
    questions = [question(rng) for _ in range(250)]
    expected = directly(bare, questions, "traps")
    for name, limits in LIMITS.items():
        assert differences(bare, questions, expected, limits, "traps") == [], name


def test_an_empty_table_has_answers_too(bare: DuckDB) -> None:
    rng = random.Random(99)
    questions = [question(rng, "nothing") for _ in range(200)]
    assert differences(bare, questions, directly(bare, questions, "nothing"), Limits(), "nothing") == []
