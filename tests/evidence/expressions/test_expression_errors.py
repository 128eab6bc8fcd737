"""Every mistake a person makes in an expression has a code, a place and, where one can be told, what is right."""

from __future__ import annotations

import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import ExpressionError, Scope, bind, bind_column, params_used


@pytest.mark.parametrize(
    ("text", "code", "spot", "hint"),
    [
        ("contry = 'x'", "unknown-column", "contry", "'country'"),
        ("created_at > 2016-11-08", "type", "created_at > 2016-11-08", "single quotes: '2016-11-08'"),
        ("country = Russia", "unknown-column", "Russia", "single quotes: 'Russia'"),
        ('country = "Russia"', "unknown-column", '"Russia"', "single quotes: 'Russia'"),
        ("rowid = 1", "unknown-column", "rowid", "it has 'n'"),
        ("Page Name = 'x'", "syntax", "Name", '"Page Name"'),
        ("lenght(text) > 5", "unknown-function", "lenght", "'length'"),
        ("count(*) > 1", "unknown-function", "count", "measure"),
        ("country in :nmaes", "unknown-param", ":nmaes", "'names'"),
        ("country = 5", "type", "country = 5", "'5'"),
        ("followers = '5'", "type", "followers = '5'", "5"),
        ("followers = '1.4'", "type", "followers = '1.4'", "1.4"),
        ("verified = 1", "type", "verified = 1", "= true"),
        ("verified = 'true'", "type", "verified = 'true'", "= true"),
        ("verified > false", "type", "verified", "= true"),
        ("created_at = 2018", "type", "created_at = 2018", "year(created_at) = 2018"),
        ("created_at > '2018-13-01'", "time", "'2018-13-01'", ""),
        ("created_at > '2018-02-30'", "time", "'2018-02-30'", ""),
        ("created_at > '03/04/2018'", "time", "'03/04/2018'", "'2018-04-10'"),
        ("created_at between '2018-01-01' and '2018-1-5'", "time", "'2018-1-5'", "'2018-04-10'"),
        ("day = '2018-04-10 12:00'", "time", "'2018-04-10 12:00'", "'2018-04-10'"),
        ("date '2018-02-30' = day", "time", "'2018-02-30'", ""),
        ("country = null", "null", "country", "is null"),
        ("country in ('a', null)", "null", None, "is null"),
        ("country is 5", "is", "country is 5", "="),
        ("followers = 1 = verified", "chain", "followers = 1", "parentheses"),
        ("1=1=1", "chain", "1=1", "parentheses"),
        ("'a' 'b' = country", "adjacent", "'b'", "||"),
        ("followers <=> 5", "operator", "<=>", "is not distinct from"),
        ("country ~ 'R.*'", "operator", "~", "matches"),
        ("followers and verified", "condition", "followers", "followers = 1"),
        ("not country", "condition", "country", "country = 'yes'"),
        ("verified + 1 > 0", "type", "verified + 1", "case when"),
        ("country + 'x' = 'y'", "type", "country + 'x'", "||"),
        ("followers like '1%'", "type", "followers", "="),
        ("followers / 0 > 1", "zero", "followers / 0", ""),
        ("followers > 1e300", "number", None, "38"),
        ("followers = 1e999999999", "number", "1e999999999", ""),
        ("12abc = n", "number", "12abc", ""),
        ("country = 'a' or", "syntax", "or", ""),
        ("(country = 'a'", "parenthesis", "(", ""),
        ("country = 'a')", "parenthesis", ")", ""),
        ("country = 'a", "quote", "'", "twice"),
        ("country = ’a’", "quote", "’", "straight"),
        ("", "empty", "", ""),
        ("   ", "empty", " ", ""),
        ("tags = 'a'", "type", None, "list_contains"),
        ("list_contains(country, 'a')", "type", "country", "contains"),
        ("has_script(text, 'Cyrilic')", "script", None, "'Cyrillic'"),
        ("local_hour(created_at, 'Asia/Shangai') = 1", "timezone", None, "'Asia/Shanghai'"),
        ("local_hour(day, 'Asia/Shanghai') = 1", "type", None, ""),
        ("hour(day) = 1", "type", "day", ""),
        ("date_trunc('dya', created_at) = '2018-01-01'", "unit", None, "'day'"),
        ("date_trunc('fortnight', created_at) = '2018-01-01'", "unit", None, "one of"),
        ("script(followers) = 'Latin'", "type", "followers", ""),
        ("script(text, 'Latin') = 'Latin'", "arguments", None, "script(text)"),
        ("matches(text, country)", "literal", "country", ""),
        ("matches(text, '(a')", "regex", None, ""),
        ("country::blob = 'a'", "cast", None, "varchar"),
        ("created_at::int > 1", "cast", None, ""),
        ("'x'::int = followers", "number", None, ""),
        ("case when verified then 1 else 'x' end = 1", "type", None, "cast"),
        ("text like 'a!' escape '!'", "escape", None, "%"),
    ],
)
def test_mistake(scope: Scope, text: str, code: str, spot: str | None, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind(text, scope, expect="condition")
    error = caught.value
    assert error.code == code
    assert hint in error.hint
    assert error.offset is not None
    if spot is not None:
        assert text[error.offset : error.offset + error.length] == spot


@pytest.mark.parametrize(
    ("text", "expect", "hint"),
    [
        ("followers", "condition", "followers = 1"),
        ("country", "number", "cast(x as double)"),
        ("verified", "number", "share:"),
        ("country", "time", "type:"),
        ("followers", "text", ""),
        ("followers + 1", "column", ""),
        ("contry", "column", "'country'"),
    ],
)
def test_not_what_is_needed_here(scope: Scope, text: str, expect: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind(text, scope, expect=expect)  # type: ignore[arg-type]  # the parameter is one of the literals
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text", ["from > 1", "1 < from", "when = 1", "if > 1", "case = 1", "current_date = 1", "any = 1"]
)
def test_a_column_called_like_a_word_of_sql(text: str) -> None:
    name = next(word for word in text.split() if word.isidentifier())
    scope = Scope({name: Column(name, "BIGINT", Family.INTEGER)})
    with pytest.raises(ExpressionError) as caught:
        bind(text, scope)
    assert f'double quotes: "{name}"' in caught.value.hint
    assert bind(text.replace(name, f'"{name}"'), scope).columns == {name}


def test_bind_column_names_near_columns(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind_column("Page Nmae", scope)
    assert "'Page Name'" in caught.value.hint


def test_empty_list(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind("country in :x", Scope(scope.columns, {"x": []}))
    assert caught.value.code == "list"


def test_a_list_only_after_in(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        bind("country = :names", scope)
    assert caught.value.code == "param"


def test_params_used_in_order_and_once() -> None:
    assert params_used("a > :x and b::int = :y or c = ':z' and d < :x") == ("x", "y")
    assert params_used("a > 'unfinished") == ()


def test_columns_made_from_others_are_listed_first() -> None:
    """The canonical columns of an export come after dozens of its own."""
    own = {f"Heading {n}": Column(f"Heading {n}", "VARCHAR", Family.TEXT) for n in range(9)}
    author = Column("author", "VARCHAR", Family.TEXT, uses=("Heading 3",))
    for asked in (lambda scope: bind("language = 'en'", scope), lambda scope: bind_column("language", scope)):
        with pytest.raises(ExpressionError) as caught:
            asked(Scope({**own, "author": author}))
        assert caught.value.hint == "it has 'author', " + ", ".join(f"'Heading {n}'" for n in range(7)) + ", …"
