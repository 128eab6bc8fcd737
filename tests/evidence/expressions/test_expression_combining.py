"""Bound expressions made from bound expressions, and what can be read off one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import (
    Scope,
    bind,
    casts,
    conjunction,
    constant,
    equals,
    is_null,
    literals,
    negation,
)  # fmt: skip


def test_conjunction(values, scope: Scope) -> None:
    a, b = bind("verified or followers = 0", scope), bind("country = 'Russia' or followers = 0", scope)
    both = conjunction(a, None, b)
    assert both is not None
    assert both.columns == {"verified", "followers", "country"}
    assert values(both) == values("(verified OR followers = 0) AND (country = 'Russia' OR followers = 0)")
    assert both.sql == bind(f"({a.text}) and ({b.text})", scope).sql
    assert both.text == "(verified or followers = 0) and (country = 'Russia' or followers = 0)"


def test_conjunction_of_less_than_two(scope: Scope) -> None:
    a = bind("verified", scope)
    assert conjunction() is None
    assert conjunction(None, None) is None
    assert conjunction(None, a) is a
    assert conjunction(a, a) == a


@pytest.mark.parametrize(
    "text", ["verified", "verified or followers = 0", "country in ('a')", "country is null", "not verified"]
)
def test_negation_and_is_null(values, scope: Scope, text: str) -> None:
    found = values(bind(text, scope))
    assert values(negation(bind(text, scope))) == [None if value is None else not value for value in found]
    assert values(is_null(bind(text, scope))) == [value is None for value in found]


def test_the_parts_are_not_changed_by_combining(scope: Scope) -> None:
    a, b = bind("verified or followers = 0", scope), bind("country = 'x'", scope)
    before = a.tree.sql("duckdb"), b.tree.sql("duckdb")
    negation(a), is_null(a), conjunction(a, b), conjunction(b, a), casts(a)
    assert (a.tree.sql("duckdb"), b.tree.sql("duckdb")) == before
    assert a.tree.parent is None


def test_the_tree_and_the_text_say_the_same(scope: Scope) -> None:
    for text in (
        "not bio in ('a')",
        "script(text) = 'Latin'",
        "day between '2018-01-01' and created_at",
        "age / age > 1",
    ):
        bound = bind(text, scope)
        assert bound.tree.sql("duckdb") == bound.sql
        assert bound.text == text


def test_casts_tell_the_rows_that_they_lose(values, scope: Scope) -> None:
    lost = casts(bind("text::double > 1 and raw::int = 5 and text::double < 3 and price::varchar = '1'", scope))
    assert [sum(map(bool, values(loss))) for loss in lost] == [4, 2]  # '1.5' is a number; '5', '1e3' and ' 7 ' are
    assert [loss.columns for loss in lost] == [{"text"}, {"raw"}]
    assert casts(bind("created_at::date = '2018-01-01' and verified::int = 1", scope)) == []


def test_literals_per_column(scope: Scope) -> None:
    bound = bind("country = 'Rusia' and text <> 'x' and (bio in ('a', 'b') or 'y' = country) and followers = 5", scope)
    assert set(literals(bound)) == {("country", "Rusia"), ("text", "x"), ("bio", "a"), ("bio", "b"), ("country", "y")}
    assert literals(bind("contains(country, 'x') and day = '2018-01-01'", scope)) == []


def test_constant_and_equals(values, scope: Scope) -> None:
    assert constant("it's").sql == "'it''s'"
    assert constant(2).family is Family.INTEGER
    assert values(equals(bind("country", scope), "it's")) == [False, False, None, True, False, False]
    assert values(equals(bind("bio", scope), "x", scope)) == [False, False, False, False, False, True]


def test_an_expression_that_is_long_but_flat(scope: Scope) -> None:
    bound = bind(" or ".join(f"followers = {n}" for n in range(480)), scope)
    assert len(bound.tree.sql("duckdb")) > 9_000
    assert negation(bound).columns == {"followers"}


def test_sqlglot_is_not_imported_before_something_is_bound() -> None:
    code = (
        "import sys; from factcheck.evidence.expressions import bind, bind_select, truncate, Scope, Bound; "
        "import factcheck.evidence.asks; print('sqlglot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
