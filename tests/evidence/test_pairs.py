"""Two columns in step: exact places, what is missing, and the queries that reports quote."""

from __future__ import annotations

import numpy as np
import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import Scope, bind
from factcheck.evidence.patterns import pairs
from factcheck.evidence.patterns.pairs import Pairs, PairsAnswer
from factcheck.stats import correlation


def asked(rows: str, x: str = "a", y: str = "b") -> tuple[PairsAnswer, dict[str, float]]:
    """The pattern's answer over these VALUES, and what the quoted queries give."""
    engine = open_engine()
    try:
        engine.execute(f"CREATE TABLE t AS FROM (VALUES {rows}) v(a, b)")
        dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
        scope = Scope(dataset.columns, {}, None, "t")
        question = Pairs("t", bind(x, scope), bind(y, scope))
        got = answer(engine, {"t": dataset}, [question])[question]
        if isinstance(got, EvidenceError):
            raise got
        assert isinstance(got, PairsAnswer)
        return got, {name: engine.run(sql).rows()[0][0] for name, sql in got.plain.items()}
    finally:
        engine.close()


def test_quoted_queries_give_the_figures() -> None:
    """Ties in both columns, and gaps; the coefficients are those that tests/stats holds against R and SciPy."""
    rows = "(1, 2.5), (2, 2.5), (2, 4.0), (3, 1.0), (7, 9.5), (7, 9.5), (NULL, 1.0), (4, NULL), (NULL, NULL)"
    got, quoted = asked(rows)
    both = (got.codes[0] >= 0) & (got.codes[1] >= 0)
    x, y = (column[both] for column in got.numbers)
    assert (len(both), int(both.sum()), got.neither, got.n) == (8, 6, 1, 9)
    for name, coefficient in (
        ("pearson", correlation.pearson), ("spearman", correlation.spearman), ("kendall", correlation.kendall),
    ):  # fmt: skip
        assert quoted[name] == pytest.approx(coefficient(x, y), abs=1e-12)


def test_places_are_exact_where_doubles_are_not() -> None:
    got, _ = asked(
        "(9007199254740993, 0.1::DECIMAL(38, 30)), (9007199254740992, 0.1::DECIMAL(38, 30) + 1e-29::DECIMAL(38, 30))"
    )
    order = np.argsort(got.codes[0])
    assert got.codes[0][order].tolist() == [0, 1]
    assert got.codes[1][order].tolist() == [1, 0]
    assert sorted(got.numbers[0].tolist()) == [0.0, 1.0]


def test_times_and_conditions() -> None:
    rows = "(TIMESTAMP '2020-01-01 00:00:01', DATE '2020-01-01'), (TIMESTAMP '2020-01-01 00:00:03', DATE '2020-01-02')"
    got, _ = asked(rows)
    assert sorted(got.numbers[0].tolist()) == [0.0, 2e6]
    assert sorted(got.numbers[1].tolist()) == [0.0, 86_400e6]
    truth, _ = asked("(1, true), (2, NULL), (3, false)", "a", "b")
    assert sorted(truth.codes[1].tolist()) == [-1, 0, 1]


@pytest.mark.parametrize("value", ["'nan'::DOUBLE", "'inf'::DOUBLE", "'-inf'::DOUBLE"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(EvidenceError, match="NaN or an infinity"):
        asked(f"(1, 2.0::DOUBLE), (2, {value})")


def test_more_rows_than_can_be_held_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST", 2)
    with pytest.raises(EvidenceError, match="3 rows are more"):
        asked("(1, 2), (2, 3), (3, 4)")


def test_rows_that_come_in_parts_are_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ", ".join(f"({i % 7}, {'NULL' if i % 5 == 0 else i * i % 11})" for i in range(50))
    whole, _ = asked(rows)
    monkeypatch.setattr(pairs, "AT_ONCE", 8)
    parts, _ = asked(rows)
    listed = [sorted(zip(*map(list, (*found.codes, *found.numbers)), strict=True)) for found in (whole, parts)]
    assert listed[0] == listed[1]
    assert len(listed[0]) == 50
    assert (whole.n, whole.neither) == (parts.n, parts.neither)
    assert [column.dtype for column in (*parts.codes, *parts.numbers)] == [np.int64, np.int64, np.float64, np.float64]
