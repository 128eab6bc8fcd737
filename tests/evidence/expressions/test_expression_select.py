"""SELECTs over datasets: what they may name, and that they still say what was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from factcheck.evidence.expressions import ExpressionError, bind_select

Datasets = dict[str, dict[str, Any]]


@pytest.fixture
def rows(table: duckdb.DuckDBPyConnection, datasets: Datasets) -> Callable[[str], list[Any]]:
    def run(text: str) -> list[Any]:
        select = bind_select(text, datasets, relations={"my-posts": "posts"}, params={"least": 1})
        result = table.execute(select.sql)
        names = [column[0] for column in result.description or []]
        assert select.columns is None or list(select.columns) == names
        return sorted(result.fetchall(), key=repr) if "order by" not in text else result.fetchall()

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select count(*) as n from accounts", [(3,)]),
        ("select author from Accounts where followers > :least", [("Russia",), ("Ukraine",)]),
        ('select p.n, a.followers from "my-posts" p join accounts a on a.author = p.country', [(1, 10), (2, 20)]),
        ("select m.n, a.* from \"my-posts\" m join accounts as a on m.country = a.author where m.n = 1",
         [(1, "Russia", 10, 1.5, 2.5)]),
        ("select sum(followers) / count(*) as x from accounts where author = 'nobody'", [(None,)]),
        ("select followers / q2 as x from accounts order by author", [(4.0,), (20.0,), (None,)]),
        ("with a as (select author, followers from accounts), b(who) as (select author from a where followers "
         "> 10) select who from b",
         [("Ukraine",)]),
        ("select x from (select followers + 1 as x from accounts) s where x > 15", [(21,)]),
        ("select author, rank() over (order by q2 desc) as place from accounts order by place",
         [("Russia", 1), ("Ukraine", 2), ("x", 3)]),
        ("select author, sum(q2) over (order by author rows between 1 preceding and current row) as s from "
         "accounts order by author",
         [("Russia", 2.5), ("Ukraine", 3.5), ("x", 1.0)]),
        ("select author from accounts qualify row_number() over (order by followers desc nulls last) = 1", [("Ukraine",
        )]),
        ("select t.tag, count(*) as k from \"my-posts\" p, unnest(p.tags) as t(tag) where t.tag = 'a' group by t.tag",
        [("a", 2)]),
        ('select unnest(hashtags(text)) as tag from "my-posts" where n = 1', [("#vote2018",)]),
        ("select author, quarter, v from accounts unpivot (v for quarter in (q1, q2 as 'second')) where "
         "author = 'Ukraine'",
         [("Ukraine", "second", 1.0)]),
        ("select count(*) as n from accounts unpivot include nulls (v for quarter in (q1, q2))", [(6,)]),
        ("select n, v from (unpivot accounts on q1, q2 into name n value v) where v > 2", [("q1", 3.0), ("q2", 2.5)]),
        ("select * exclude (q1, q2) from accounts where author = 'x'", [("x", None)]),
        ("select author from accounts where q1 > 1 union all select author from accounts where q2 > 1 order by author",
         [("Russia",), ("Russia",), ("x",)]),
        ("select author from accounts except select author from accounts where followers = 10", [("Ukraine",), ("x",)]),
        ('select n from "my-posts" where country in (select author from accounts)', [(1,), (2,)]),
        ('select author from accounts a where exists (select 1 from "my-posts" p where p.country = a.author '
         'and p.verified)',
         [("Russia",)]),
        ("select author from accounts where followers = (select max(followers) from accounts)", [("Ukraine",)]),
        ("select author from accounts order by followers desc nulls last limit 1 offset 1", [("Russia",)]),
        ("select date_trunc('month', created_at) as m, count(*) as n from \"my-posts\" where created_at < '2018-05-01' "
         "group by m having n > 1 order by m", None),
        ("select case when followers > 10 then 'many' else 'few' end as size, count(*) as n from accounts group by all",
         [("few", 2), ("many", 1)]),
        ("select count(distinct author) as a, count(q1) as b, median(q2) as c, quantile_cont(q2, 0.5) as d, "
         "count_if(q2 > 1) as e, "
         "bool_or(q1 > 1) as f, arg_max(author, q2) as g, count(*) filter (where q2 > 1) as h from accounts",
         [(3, 2, 1.0, 1.0, 1, True, "Russia", 1)]),
        ('select author from accounts left join "my-posts" on country = author where n is null', [("x",)]),
        ("select author, a.q1 from accounts a join accounts b using (author) where b.q2 = 0", [("x", 3.0)]),
        ("select script(country) as s, count(*) as n from \"my-posts\" where country is not null group by s",
        [("Cyrillic", 1), ("Latin", 4)]),
        ("select count(*) + 1, max(followers) from accounts", [(4, 20)]),
    ],
)  # fmt: skip
def test_rows(rows: Callable[[str], list[Any]], text: str, expected: list[Any] | None) -> None:
    found = rows(text)
    if expected is None:
        assert [count for _, count in found] == [3]
    else:
        assert found == expected


def test_what_a_select_tells(datasets: Datasets) -> None:
    text = (
        'select a.author, p."Page Name" as page, count(*) as n from "my-posts" p join accounts a on '
        "p.country = a.author group by all"
    )
    select = bind_select(text, datasets, relations={"my-posts": "data 7", "accounts": "data 8"})
    assert select.datasets == ("my-posts", "accounts")
    assert select.columns == ("author", "page", "n")
    assert 'FROM "data 7" AS "p" JOIN "data 8" AS "a"' in select.sql
    assert select.text == text


def test_a_star_gives_the_known_columns_only(table: duckdb.DuckDBPyConnection, datasets: Datasets) -> None:
    fewer = {"accounts": {"author": datasets["accounts"]["author"]}}
    result = table.execute(bind_select("select * from accounts", fewer).sql)
    assert [column[0] for column in result.description or []] == ["author"]


def test_literals_are_read_on_the_claims_clock(datasets: Datasets) -> None:
    sql = bind_select(
        "select n from \"my-posts\" where created_at >= '2018-04-10'", datasets, timezone="Europe/Moscow"
    ).sql
    assert "CAST('2018-04-09 21:00:00' AS TIMESTAMP)" in sql


@pytest.mark.parametrize(
    ("text", "code", "spot", "hint"),
    [
        ("select author from acounts", "unknown-dataset", "acounts", "'accounts'"),
        ("select author from my-posts", "syntax", "-", '"my-posts"'),
        ("select country from my where n = 1", "unknown-dataset", "my", '"my-posts"'),
        ("select auther from accounts", "unknown-column", "auther", "'author'"),
        ("select b.author from accounts a", "unknown-dataset", "b.author", "a"),
        ("select a.auther from accounts a", "unknown-column", "a.auther", "'author'"),
        (
            "select followers from accounts a join accounts b on a.author = b.author",
            "ambiguous",
            "followers",
            "a.followers or b.followers",
        ),
        ("select author from accounts, accounts", "alias", "accounts", "AS other"),
        ("select author from accounts where followers > '5'", "type", "followers > '5'", "5"),
        ("select author from accounts where followers", "condition", "followers", "followers = 1"),
        ("select lenght(author) from accounts", "unknown-function", "lenght", "'length'"),
        ("select avg(author) from accounts", "type", "author", "cast"),
        ("select author from accounts union select author, q1 from accounts", "union", None, "same"),
        ("select author from accounts limit 1.5", "limit", None, "limit 10"),
        ("delete from accounts", "syntax", "delete", "SELECT"),
    ],
)
def test_mistake(datasets: Datasets, text: str, code: str, spot: str | None, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind_select(text, datasets)
    error = caught.value
    assert (error.code, hint in error.hint) == (code, True), error
    if spot is not None:
        assert error.offset is not None
        assert text[error.offset : error.offset + error.length] == spot
