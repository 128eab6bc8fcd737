"""Random legal expressions: what is rendered gives on every row what DuckDB makes of the text itself.

Left out are the places where factcheck means something else on purpose, or refuses: a division by a column (NULL for
0), exponents (exact, not floating), casts (they round and never fail), missing: none, comparisons of different kinds.
"""

from __future__ import annotations

import math
import random
from typing import Any

import duckdb
import pytest

from factcheck.evidence.expressions import Scope, bind


class Writer:
    """Writes random expressions of a kind, with redundant and missing parentheses as people do."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def number(self, depth: int) -> str:
        if depth <= 0:
            return self.pick("followers", "score", "price", "3", "0.5", "10", "-2", "n", "length(text)")
        a, b = self.number(depth - 1), self.number(depth - 1)
        return self.pick(
            f"{a} + {b}", f"{a} - {b}", f"({a}) * ({b})", f"({a}) / 4", f"-({a})", f"abs({a})", f"coalesce({a}, {b})",
            f"greatest({a}, {b})", f"least({a}, {b})", f"nullif({a}, {b})", f"({a} - {b})", "n % 3", "n // 2",
            f"case when {self.condition(depth - 1)} then {a} else {b} end", "year(created_at)", "length(country)",
            "extract(hour from created_at)", "date_diff('hour', day, created_at)", f"round({a}, 1)",
        )  # fmt: skip

    def text(self, depth: int) -> str:
        if depth <= 0:
            return self.pick("country", "text", '"Page Name"', "страна", "'Russia'", "''", "'it''s'", "geo_country")
        a, b = self.text(depth - 1), self.text(depth - 1)
        return self.pick(
            f"lower({a})", f"upper({a})", f"({a}) || ({b})", f"concat({a}, {b})", f"substring({a}, 2, 3)", f"trim({a})",
            f"replace({a}, 'a', 'b')", f"split_part({a}, ' ', 1)", f"coalesce({a}, {b})",
            "strftime(created_at, '%Y-%m')",
            f"case when {self.condition(depth - 1)} then {a} end", f"nullif({a}, {b})",
        )  # fmt: skip

    def time(self) -> str:
        return self.pick("created_at", "created_at - interval '3 days'", "date_trunc('month', created_at)")

    def moment(self) -> str:
        return self.pick("'2018-04-10'", "'2018-04-10 12:00:00'", "timestamp '2018-12-31 23:59:59'", "'2020-01-01'")

    def comparison(self, depth: int) -> str:
        sign = self.pick("=", "<>", "!=", "<", "<=", ">", ">=", "is distinct from", "is not distinct from")
        return self.pick(
            f"{self.number(depth)} {sign} {self.number(depth)}", f"{self.text(depth)} {sign} {self.text(depth)}",
            f"{self.time()} {sign} {self.moment()}", f"day {sign} '2018-04-10'",
        )  # fmt: skip

    def atom(self, depth: int) -> str:
        no = self.pick("", "not ")
        return self.pick(
            self.comparison(depth), self.comparison(depth), "verified", "not verified", f"verified is {no}true",
            f"{self.text(depth)} is {no}null",
            f"{self.number(depth)} {no}between {self.number(0)} and {self.number(0)}",
            f"{self.text(0)} {no}in ('Russia', 'Ukraine', '')", f"followers {no}in (10, 0, 1000)",
            f"{self.text(0)} {no}like '%a%'", f"{self.text(0)} {no}ilike 'R%'", f"contains({self.text(0)}, 'a')",
            f"starts_with({self.text(0)}, 'R')", "list_contains(tags, 'a')", "isnan(score)",
            f"created_at {no}between '2018-04-10' and '2018-12-31'", f"day {no}between '2018-04-10' and '2018-12-31'",
        )  # fmt: skip

    def condition(self, depth: int) -> str:
        if depth <= 0:
            return self.atom(0)
        a, b, c = (self.condition(depth - 1) for _ in range(3))
        return self.pick(
            f"{a} and {b}", f"{a} or {b}", f"not ({a})", f"({a}) and not ({b} or {c})", f"{a} or {b} and {c}",
            f"({a} or {b}) and {c}", f"not {self.atom(depth - 1)}", self.atom(depth), f"({a}) = ({b})",
            f"case when {a} then {b} else {c} end", f"coalesce({a}, {b})",
        )  # fmt: skip


def same(a: Any, b: Any) -> bool:
    return a == b or (isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b))


def written(text: str) -> str:
    """The text as DuckDB needs it: a column whose name holds a dot is quoted."""
    return text.replace("geo_country", '"geo.country"')


@pytest.mark.parametrize("seed", range(34))
def test_random_expressions(table: duckdb.DuckDBPyConnection, scope: Scope, seed: int) -> None:
    writer, tried, both = Writer(seed), 0, 0
    while tried < 12:
        kind = writer.pick("condition", "condition", "number", "text")
        text = written(getattr(writer, kind)(writer.random.choice((0, 1, 1, 2, 2, 3))))
        tried += 1
        try:
            expected = table.execute(f"SELECT {text} FROM posts ORDER BY n").fetchall()
        except duckdb.Error:
            continue  # an overflow, say: then there is nothing to agree with
        bound = bind(text, scope)
        found = table.execute(f"SELECT {bound.sql} FROM posts ORDER BY n").fetchall()
        assert all(same(a[0], b[0]) for a, b in zip(expected, found, strict=True)), (text, bound.sql)
        again = bind(bound.sql, scope)
        assert again.sql == bound.sql, text
        both += 1
    assert both >= 8


@pytest.mark.parametrize(
    "text",
    [
        "1 + 2 * 3 - 4 = 3", "2 - 3 - 4 = -5", "10 // 3 * 3 = 9", "7 % 4 * 2 = 6", "-2 * -3 = 6", "not 1 = 2",
        "not 1 = 1 or 1 = 1",
        "1 = 2 or 1 = 1 and 1 = 2", "not 1 > 2 and 1 = 1", "'a' || 'b' = 'ab'", "1 - -1 = 2", "- 1 - 1 = -2",
        "5 between 1 and 6 and true",
        "not 5 in (1, 2)", "'a' like 'a' || '%'", "case when 1 = 1 then 2 end + 1 = 3", "-2 + 3 between 0 and 1 + 1",
        "2 + 3 in (5, 6)", "1 + 1 is not null and true", "'1' || '2' in ('12')", "not true is null",
    ],
)  # fmt: skip
def test_precedence(table: duckdb.DuckDBPyConnection, scope: Scope, text: str) -> None:
    expected = table.execute(f"SELECT {text}").fetchall()
    assert table.execute(f"SELECT {bind(text, scope).sql}").fetchall() == expected
