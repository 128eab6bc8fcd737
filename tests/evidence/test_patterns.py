"""Questions that bring their own query: asked beside the others, failing alone, NULL rows counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Ask, Asking, Pattern, PatternAnswer
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import Scope, bind
from factcheck.evidence.patterns.vectors import Vectors


@dataclass(frozen=True)
class _Broken(Pattern[PatternAnswer]):
    def found(self, asking: Asking) -> PatternAnswer:
        asking.rows("SELECT no_such_function()")
        return PatternAnswer(())


def test_vectors_leave_out_rows_without_a_value_and_say_how_many() -> None:
    engine = open_engine()
    try:
        engine.execute(
            "CREATE TABLE t AS FROM (VALUES (1, 2.5, true), (2, NULL, true), (3, 4.0, NULL), (4, 1.0, false)) v(a, b, c)"
        )
        dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
        scope = Scope(dataset.columns, {}, None, "t")
        vectors = Vectors("t", (bind("a", scope), bind("b", scope)), bind("c", scope, expect="condition"))
        count, broken = Ask("t"), _Broken("t")
        found = answer(engine, {"t": dataset}, [vectors, count, broken])
    finally:
        engine.close()
    got = found[vectors]
    assert not isinstance(got, EvidenceError)
    assert [column.tolist() for column in got.columns] == [[1.0], [2.5]]
    assert all(column.dtype == np.float64 for column in got.columns)
    assert (got.n, got.incomplete, got.aside, got.rows) == (2, 1, 1, 4)
    plain = found[count]
    assert not isinstance(plain, EvidenceError)
    assert plain.n == [4]
    error = found[broken]
    assert isinstance(error, EvidenceError)
    assert error.dataset == "t"


@dataclass(frozen=True)
class _Faulty(Pattern[PatternAnswer]):
    def found(self, asking: Asking) -> PatternAnswer:
        return PatternAnswer((str(asking.rows("SELECT 1")[0][7]),))


def test_a_fault_of_ours_costs_one_question() -> None:
    engine = open_engine()
    try:
        engine.execute("CREATE TABLE t AS SELECT 1 AS a")
        dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
        found = answer(engine, {"t": dataset}, [_Faulty("t"), Ask("t")])
    finally:
        engine.close()
    error = found[_Faulty("t")]
    assert isinstance(error, EvidenceError)
    assert "please report: IndexError" in error.message
    assert not isinstance(found[Ask("t")], EvidenceError)
