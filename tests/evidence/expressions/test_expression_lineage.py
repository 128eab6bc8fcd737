"""Which columns of which datasets each column of a SELECT is made from, and what it keeps of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import Select, bind_select

POSTS = {
    column.name: column
    for column in (
        Column("author", "VARCHAR", Family.TEXT),
        Column("country", "VARCHAR", Family.TEXT, missing_none=True, caveat="Self-declared."),
        Column("views", "BIGINT", Family.INTEGER, unit="views", low=Fraction(0)),
        Column("shares", "BIGINT", Family.INTEGER, unit="shares", low=Fraction(0)),
        Column("text", "VARCHAR", Family.TEXT),
        Column("created_at", "TIMESTAMP", Family.TIMESTAMP, timezone="America/Mexico_City"),
    )
}
PEOPLE = {
    column.name: column
    for column in (
        Column("author", "VARCHAR", Family.TEXT),
        Column("followers", "BIGINT", Family.INTEGER, unit="followers"),
        Column("bio", "VARCHAR", Family.TEXT, missing_none=True),
    )
}


def bound(text: str) -> Select:
    return bind_select(text, {"posts": POSTS, "people": PEOPLE})


def origins(text: str) -> dict[str, str]:
    """Each output with the columns that it reads."""
    outputs = bound(text).outputs
    assert outputs is not None
    return {column.name: " ".join(f"{o.dataset}.{o.column}" for o in column.origins) for column in outputs}


def chosen(text: str) -> str:
    return " ".join(sorted(f"{o.dataset}.{o.column}" for o in bound(text).chosen_by))


def outputs(text: str) -> dict[str, Column]:
    found = bound(text).outputs
    assert found is not None
    return {column.name: column for column in found}


@pytest.mark.parametrize(
    ("select", "wanted"),
    [
        ("select country as land from posts", {"land": "posts.country"}),
        ("select lower(country) as land from posts", {"land": "posts.country"}),
        ("select p.country || p.author as x from posts p", {"x": "posts.author posts.country"}),
        ("select case when views > 9 then country end as x from posts", {"x": "posts.country posts.views"}),
        ("select hashtags(text) as x from posts", {"x": "posts.text"}),
        ("select views / shares as x from posts", {"x": "posts.shares posts.views"}),
        ("select count(*) as n from posts", {"n": ""}),
        ("select count(distinct country) as n from posts", {"n": "posts.country"}),
        ("select sum(views) filter (where country = 'x') as n from posts", {"n": "posts.country posts.views"}),
        (
            "select row_number() over (partition by author order by created_at) as n from posts",
            {"n": "posts.author posts.created_at"},
        ),
        ("select upper(country) as a, a || '!' as b from posts", {"a": "posts.country", "b": "posts.country"}),
        ("with w as (select country as c from posts) select c as d from w", {"d": "posts.country"}),
        ("with w(c) as (select lower(country) from posts) select upper(c) as d from w", {"d": "posts.country"}),
        ("select x.y as z from (select country as y from posts) as x", {"z": "posts.country"}),
        (
            "select (select max(followers) from people where people.author = posts.author) as f from posts",
            {"f": "people.author people.followers posts.author"},
        ),
        ("select country as c from posts union all select bio from people", {"c": "people.bio posts.country"}),
        ("select tag from posts, unnest(hashtags(text)) as t(tag)", {"tag": "posts.text"}),
        (
            "select what, n from posts unpivot (n for what in (views, shares))",
            {"what": "", "n": "posts.shares posts.views"},
        ),
        ("select * exclude (text, views, shares, created_at, author) from posts", {"country": "posts.country"}),
        ("select followers from posts join people using (author)", {"followers": "people.followers"}),
    ],
)
def test_an_output_tells_the_columns_that_it_reads(select: str, wanted: dict[str, str]) -> None:
    assert origins(select) == wanted


@pytest.mark.parametrize(
    ("select", "wanted"),
    [
        ("select author from posts", ""),
        ("select author from posts where country = 'x'", "posts.country"),
        ("select p.author from posts p join people q on p.author = q.author", "people.author posts.author"),
        ("select followers from posts join people using (author)", "people.author posts.author"),
        ("select author, count(*) as n from posts group by author having sum(views) > 3", "posts.author posts.views"),
        ("select country as c, count(*) as n from posts group by all", "posts.country"),
        ("select distinct country from posts", "posts.country"),
        ("select country from posts union select bio from people", "people.bio posts.country"),
        ("select author from posts order by views", ""),
        ("select author from posts order by views limit 5", "posts.views"),
        (
            "select author from posts where author in (select author from people where bio = 'x')",
            "people.author people.bio posts.author",
        ),
        ("select (select max(followers) from people where bio = 'x') as f from posts", ""),
        ("with w as (select author from posts where views > 1) select author from w", "posts.views"),
    ],
)
def test_the_columns_that_decide_on_rows(select: str, wanted: str) -> None:
    assert chosen(select) == wanted


def test_what_is_passed_on_keeps_what_is_known_of_it_under_any_name() -> None:
    found = outputs("select views as reach, country as land, created_at as day from posts")
    assert (found["reach"].unit, found["reach"].low) == ("views", 0)
    assert found["land"].missing_none
    assert found["day"].timezone == "America/Mexico_City"
    assert all(column.caveat is None for column in found.values())  # it stays with the column that it was said of


def test_what_is_computed_keeps_no_unit_and_no_range() -> None:
    found = outputs("select views + 1 as views, max(shares) as shares from posts group by views")
    assert [(c.unit, c.low, c.high) for c in found.values()] == [(None, None, None)] * 2


def test_none_stays_none_where_null_comes_of_nothing_else() -> None:
    found = outputs(
        "select lower(country) as a, country || author as b, nullif(country, 'x') as c, max(country) over () as d,"
        " cast(country as integer) as e from posts"
    )
    assert {name for name, column in found.items() if column.missing_none} == {"a"}


def test_the_empty_side_of_an_outer_join_is_not_known_to_have_none() -> None:
    inner = outputs("select country, bio from posts p join people q on p.author = q.author")
    assert (inner["country"].missing_none, inner["bio"].missing_none) == (True, True)
    left = outputs("select country, bio, lower(bio) as b from posts p left join people q on p.author = q.author")
    assert (left["country"].missing_none, left["bio"].missing_none, left["b"].missing_none) == (True, False, False)
    right = outputs("select country, bio from posts p right join people q on p.author = q.author")
    assert (right["country"].missing_none, right["bio"].missing_none) == (False, True)
    full = outputs("select country, bio from posts p full join people q on p.author = q.author")
    assert (full["country"].missing_none, full["bio"].missing_none) == (False, False)


def test_a_union_keeps_what_holds_for_both() -> None:
    same = outputs("select views as n from posts union all select views from posts")["n"]
    assert (same.unit, same.low) == ("views", 0)
    mixed = outputs("select views as n, country as c from posts union all select followers, author from people")
    assert (mixed["n"].unit, mixed["n"].low, mixed["c"].missing_none) == (None, None, False)
