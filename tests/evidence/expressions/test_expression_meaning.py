"""What expressions mean: checked on the rows of a table, worked out by hand."""

from __future__ import annotations

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import ExpressionError, Scope, bind, bind_column


class Plain(str):
    """Unquoted YAML text, as the reader of claims marks it."""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("country = 'Russia'", [1]),
        ("COUNTRY = 'Russia'", [1]),
        ("country <> 'Russia'", [2, 4, 5, 6]),
        ("country = 'it''s'", [4]),
        ("country = :quote", [4]),
        ("country in :names", [1, 2]),
        ("country in (:names)", [1, 2]),
        ("country not in :names", [4, 5, 6]),
        ("country in ('Russia', :quote)", [1, 4]),
        ("followers <= :max", [2, 5]),
        ("followers = 9007199254740992e0", []),  # through floating point it would be 9007199254740993 too
        ("followers = 9007199254740993", [4]),
        ("followers > 1e2", [4, 6]),
        ("followers > 9.5", [1, 4, 6]),
        ("score = 0.1", [2]),
        ("price = 0.1", [2]),
        ("price >= 1.495", [1, 5]),
        ("score / followers > 0", [1, 4]),  # 0.1 / 0 is unknown, not infinite; NaN is above every number
        ("followers // followers = 1", [1, 4, 5, 6]),
        ("followers % 3 = 1", [1, 6]),
        ("-followers > 5", [5]),
        ("followers - -5 = 5", [2]),
        ("1e3 = followers", [6]),
        ("verified", [1, 4]),
        ("not verified", [2, 6]),
        ("verified = false", [2, 6]),
        ("verified is not true", [2, 3, 5, 6]),
        ("verified is null", [3, 5]),
        ("country = 'Russia' and followers = 10 or not verified", [1, 2, 6]),
        ("country = 'Russia' and (followers = 11 or not verified)", []),
        ("not (country = 'Russia' or verified)", [2, 6]),
        ("country is distinct from 'Russia'", [2, 3, 4, 5, 6]),
        ("country is not distinct from 'Russia'", [1]),
        ("followers between 0 and 10", [1, 2]),
        ("followers not between 0 and 10", [4, 5, 6]),
        ("text like '%text'", [2]),
        ("text not like '%text'", [1, 4, 5, 6]),
        ("text like '100!%' escape '!'", [5]),
        ("country ilike 'RUSS%'", [1, 5]),
        ("\"Page Name\" = 'BBC News'", [1]),
        ("geo.country = 'RU'", [1, 5]),
        ("\"geo.country\" = 'RU'", [1, 5]),
        ("страна = 'Россия'", [1]),
        ("страна = 'e\u0301'", [5]),  # e and a combining accent, composed before it is compared
        ("created_at >= '2018-04-10' and created_at < '2018-04-11'", [2, 4]),
        ("created_at::date = '2018-04-10'", [2, 4]),
        ("created_at = '2018-04-10T00:00'", [2]),
        ("created_at > '2018-04-10 14:00+02:00'", [5, 6]),
        ("created_at >= '2018-04-10 14:00+02'", [4, 5, 6]),
        ("day = '2018-04-10'", [2, 4]),
        ("day between '2018-04-10' and '2018-12-31'", [2, 4, 5]),
        ("day >= timestamp '2018-04-10'", [2, 4, 5, 6]),
        ("created_at between day and created_at", [1, 2, 4, 5, 6]),
        ("created_at > day", [1, 4, 5, 6]),
        ("created_at - interval '1 day' < '2018-04-09'", [1]),
        ("created_at - day > interval '20 hours'", [1, 5]),
        ("year(created_at) = 2018 and month(created_at) = 4", [1, 2, 4]),
        ("extract(hour from created_at) = 23", [1, 5]),
        ("date_trunc('month', created_at) = '2018-04-01'", [1, 2, 4]),
        ("date_diff('day', '2018-04-09 23:59', created_at) = 1", [2, 4]),
        ("strftime(created_at, '%Y-%m') = '2018-04'", [1, 2, 4]),
        ("day - day = 0", [1, 2, 4, 5, 6]),
        ("day + 1 = '2018-04-11'", [2, 4]),
        ("raw::int = 7", [5]),
        ("try_cast(raw as date) = '2018-01-01'", [6]),
        ("cast(text as double) = 1.5", [4]),
        ("cast(price as integer) = 2", [1]),  # 1.50 rounds half away from zero
        ("price::double::int = 2", [1]),  # and so it does by way of a double
        ("case when verified then 1 else 2.5 end = 2.5", [2, 3, 5, 6]),
        ("case country when 'Russia' then true when 'Ukraine' then false end", [1]),
        ("if(verified, followers, 0) > 5", [1, 4]),
        ("coalesce(country, 'none') = 'none'", [3]),
        ("nullif(country, 'Russia') is null", [1, 3]),
        ("greatest(followers, 5) = 5", [2, 3, 5]),
        ("length(text) = 4", [5]),
        ("contains(text, 'text')", [2]),
        ("list_contains(tags, 'a')", [1, 5]),
        ("contains(tags, 'a')", [1, 5]),
        ("length(tags) = 0", [2]),
        ("upper(substring(country, 1, 2)) = 'RU'", [1, 5]),
        ("split_part(text, ' ', 2) = 'text'", [2]),
        ("country || '!' = 'Russia!'", [1]),
        ("concat(country, '!') = '!'", [3]),
        ("isnan(score)", [4]),
        ("round(score, 0) = 2", [1]),
        ("regexp_extract(text, '([0-9]+)', 1) = '2018'", [1]),
        ("regexp_full_match(country, 'Russ.*')", [1]),
        ("regexp_matches(country, '^russ', 'i')", [1, 5]),
    ],
)
def test_condition_is_true_on(true_rows, text: str, rows: list[int]) -> None:
    assert true_rows(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # bio is NULL in rows 1 and 5, age in rows 2 and 5: there is none, so nothing said of it holds.
        ("bio = 'bio'", [4]),
        ("bio <> 'bio'", [1, 2, 3, 5, 6]),
        ("not bio = 'bio'", [1, 2, 3, 5, 6]),
        ("bio not in ('bio', 'x')", [1, 2, 3, 5]),
        ("bio not like '%b%'", [1, 3, 5, 6]),
        ("not contains(bio, 'b')", [1, 3, 5, 6]),
        ("length(bio) < 2", [3, 6]),
        ("bio is null", [1, 5]),
        ("bio is not null", [2, 3, 4, 6]),
        ("coalesce(bio, '') = ''", [1, 3, 5]),
        ("not (age > 10 and bio = 'bio')", [1, 2, 3, 5, 6]),
        ("not age / age = 1", [2, 5]),  # 0 / 0 stays unknown: that is not for want of an age
        ("not age > followers", [4, 6]),  # with a column whose NULL is unknown, NULL stays unknown
    ],
)
def test_missing_none_is_false_not_unknown(true_rows, text: str, rows: list[int]) -> None:
    assert true_rows(text) == rows


def test_a_condition_on_a_column_with_missing_none_is_never_null(values, scope: Scope) -> None:
    for text in (
        "bio = 'x'",
        "bio <> 'x'",
        "not bio like 'x'",
        "bio in ('x')",
        "age between 1 and 3",
        "matches(bio, 'b')",
    ):
        assert None not in values(bind(text, scope)), text


def test_plain_yaml_numbers_are_numbers_and_quoted_text_is_text(scope: Scope) -> None:
    def sql(value: object, text: str) -> str:
        return bind(text, Scope(scope.columns, {"x": value})).sql

    assert sql(Plain("0.30"), "price = :x") == '"price" = 0.30'
    assert sql(Plain("-5"), "followers = :x") == '"followers" = -5'
    assert sql("5", "country = :x") == "\"country\" = '5'"
    assert sql(Plain("Russia"), "country = :x") == "\"country\" = 'Russia'"
    assert sql(True, "verified = :x") == '"verified" = TRUE'
    assert sql("2018-04-10", "day = :x") == "\"day\" = CAST('2018-04-10' AS DATE)"
    assert sql([Plain("1"), Plain("2")], "followers in :x") == '"followers" IN (1, 2)'
    with pytest.raises(ExpressionError):
        sql("5", "followers = :x")


@pytest.mark.parametrize("name", ["Page Name", "geo.country", "страна", "page name", ' "Page Name" '])
def test_a_value_that_is_a_columns_name_is_that_column(scope: Scope, name: str) -> None:
    assert bind_column(name, scope).columns == bind(name.strip(' "'), scope).columns
    assert len(bind(name.strip(' "'), scope, expect="column").columns) == 1


def test_names_that_look_like_expressions_are_columns_first() -> None:
    odd = Scope({name: Column(name, "BIGINT", Family.INTEGER) for name in ("a - b", "a", "b", "count(*)", 'say "x"')})
    assert bind("a - b", odd).columns == {"a - b"}
    assert bind("a-b", odd).columns == {"a", "b"}
    assert bind("count(*)", odd, expect="number").columns == {"count(*)"}
    assert bind('say "x"', odd, expect="column").sql == '"say ""x"""'
    assert bind('"say ""x""" > 1', odd).columns == {'say "x"'}


def test_two_columns_that_differ_in_capitals_need_them() -> None:
    both = Scope({name: Column(name, "BIGINT", Family.INTEGER) for name in ("ID", "id")})
    assert bind("ID", both).columns == {"ID"}
    with pytest.raises(ExpressionError) as caught:
        bind("Id = 1", both)
    assert caught.value.code == "unknown-column"


def test_what_is_unknown_before_ingest_is_not_held_against_anyone(scope: Scope) -> None:
    for text in (
        "raw > 5",
        "raw = 'x'",
        "raw",
        "raw and raw = '5'",
        "lower(raw) = 'x'",
        "year(raw) = 2018",
        "raw + 1 > 2",
    ):
        assert bind(text, scope, expect="condition").columns == {"raw"}


def test_equal_questions_have_equal_sql(scope: Scope) -> None:
    for one, other in [
        ("created_at > '2018-04-10'", "created_at  >  ('2018-04-10 00:00:00')"),
        ("followers=1000", "FOLLOWERS = 1e3"),
        ("(country = 'a') and verified", "country='a' AND (verified)"),
        ("created_at > '2018-04-10'", "created_at > timestamp '2018-04-10'"),
    ]:
        assert bind(one, scope) == bind(other, scope)
