"""Queries on a page: helpers folded into their calls, and the rest cut at a screen."""

from __future__ import annotations

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import Scope, bind
from factcheck.reports.queries import MOST, printed

COLUMNS = {name: Column(name, "VARCHAR", Family.TEXT) for name in ("name", "bio", 'Full "Name"')}


def sql(text: str) -> str:
    return bind(text, Scope(COLUMNS)).sql


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("script(name) = 'Cyrillic'", "script(\"name\") = 'Cyrillic'"),
        ("script(lower(name)) = script(bio)", 'script(LOWER("name")) = script("bio")'),
        ('script("Full ""Name""")', 'script("Full ""Name""")'),
        ("case when script(name) = 'Han' then 1 end", "CASE WHEN script(\"name\") = 'Han' THEN 1 END"),
        ("is_random_handle(name)", 'is_random_handle("name")'),
    ],
)
def test_a_helper_is_printed_as_it_was_called(text: str, folded: str) -> None:
    query = f'SELECT COUNT(*) FROM "posts" WHERE {sql(text)} AND 1 = 1'
    remark, shown = printed(query).split("\n")
    assert shown == f'SELECT COUNT(*) FROM "posts" WHERE {folded} AND 1 = 1'
    assert remark.startswith("-- ")
    assert "explain" in remark


def test_a_query_without_such_a_helper_stays_as_it_is() -> None:
    query = f'SELECT CASE WHEN "a" IS NULL THEN NULL END, {sql("lower(name)")} FROM "posts"'
    assert printed(query) == query


def test_a_long_query_is_cut_and_says_so() -> None:
    remark, shown = printed("SELECT " + "1 + " * MOST + "1").split("\n")
    assert f"{MOST:,}" in remark
    assert len(shown) <= MOST + 2
    assert shown.endswith(" …")
