"""Conditions on texts, asked together, against the same conditions asked as they are: row by row, in every alphabet."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import duckdb
import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.evidence.asks import Answer, Ask
from factcheck.evidence.cells import answer
from factcheck.evidence.cells.cores import FORMS, Case, Core, any_of, like_core, regex_core
from factcheck.evidence.cells.cut import atom
from factcheck.evidence.cells.texts import TextTest, laid_out, text_test
from factcheck.evidence.engines.duckdb import DuckDB
from factcheck.evidence.expressions.regex_write import portable
from factcheck.evidence.expressions.scope import ExpressionError

from .conftest import bound, dataset

# Letters with several small forms, with none, that grow when folded, that combine; wildcards, quotes, signs of regexes.
NASTY = [*"aAsSſkKiIİıßẞσΣςμΜвВᲀoоОᲂеЕéÉåÅǅdDżŻ", *"\u00b5\u212a\u212b\u1fbeι", "e\u0301", "i\u0307", *"👍🏽🇺🇦日本ال"]
SIGNS = list("%_\\'\"{}()[]|.*+?^$-#@ \n\t0")
texts = st.lists(st.sampled_from([*NASTY, *SIGNS, "\0"]), max_size=9).map("".join)
words = st.lists(st.sampled_from(NASTY + SIGNS), min_size=1, max_size=3).map("".join)
letters = st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map("".join)


@st.composite
def regexes(draw: st.DrawFn) -> str:
    """A pattern in RE2's form as claims give it: folded or not, with words, classes, repeats, groups, alternatives."""
    word = draw(letters)
    forms = (
        "{w}", r"\b{w}\b", "{w}+", "({w})+{v}", "(?:{w}|{v})x?", "{w}|{v}", "{w}?{v}", "^{w}", "{w}$", "[{w}]{v}", "({w}|)",
        "{w}.{{0,2}}{v}", r"#{w}\s*{v}", "({w}({v})?)", r"{w}\.", r"{w}\{{", "{w}{{2}}", "(?:{w}){{0,3}}{v}", "[^{w}]", r"\w+{v}",
    )  # fmt: skip
    source = draw(st.sampled_from(forms)).format(w=word, v=draw(letters))
    try:
        return portable(source, ignore_case=draw(st.booleans())).text
    except ExpressionError:
        return portable(word, ignore_case=draw(st.booleans())).text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@st.composite
def conditions(draw: st.DrawFn) -> str:
    subject = draw(st.sampled_from(("s", "s", "LOWER(s)")))
    kind = draw(st.sampled_from(("CONTAINS", "STARTS_WITH", "ENDS_WITH", "LIKE", "ILIKE", "ILIKE", "REGEX", "FULL")))
    if kind in ("REGEX", "FULL"):
        name = "REGEXP_MATCHES" if kind == "REGEX" else "REGEXP_FULL_MATCH"
        return f"{name}({subject}, {_quoted(draw(regexes()))})"
    word = draw(words)
    if kind in ("LIKE", "ILIKE"):
        pattern = draw(st.sampled_from(("%{}%", "%{}%", "{}%", "%{}", "{}", "%{}%a%"))).format(word)
        return f"{subject} {draw(st.sampled_from(('', '', 'NOT ')))}{kind} {_quoted(pattern)}"
    return f"{kind}({subject}, {_quoted(word)})"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("CREATE TABLE t (s VARCHAR)")
    yield connection
    connection.close()


def _tests(conditions: list[str]) -> list[TextTest]:
    found = [text_test(atom(bound(one).tree)) for one in dict.fromkeys(conditions)]
    assert all(one is not None for one in found)
    return [one[1] for one in found if one is not None]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(conditions(), min_size=1, max_size=9), st.lists(texts, max_size=12), st.data())
def test_every_row_is_told_as_by_the_condition_itself(
    connection: duckdb.DuckDBPyConnection, conditions: list[str], texts: list[str], data: st.DataObject
) -> None:
    tests = _tests(conditions)
    # Texts that some condition is about, as well as such that none is.
    rows: list[str | None] = [None, *texts]
    for test in tests:
        for part in test.core.parts if test.core is not None else ():
            rows += [part, part.upper(), part.lower(), f"x{part.swapcase()} {part}", part.replace("s", "ſ").replace("σ", "ς")]
    connection.execute("DELETE FROM t")
    connection.executemany("INSERT INTO t VALUES (?)", [[row] for row in rows])
    with_core = [test.key for test in tests if test.core is not None]
    rare = set(data.draw(st.sampled_from((with_core, with_core[:1], [])))) if with_core else set()
    plan = laid_out("s", tests, rare, "new: ")
    relation = "t"
    for layer in plan.layers:
        sqlglot.parse_one(f"SELECT *, {layer} FROM t", read="duckdb")
        relation = f"(SELECT *, {layer} FROM {relation}) AS prepared"
    for axis, keys in plan.axes:
        wanted = ", ".join(f"CASE WHEN {key} THEN 2 WHEN NOT ({key}) THEN 0 ELSE 1 END" for key in keys)
        for row in connection.execute(f"SELECT s, {axis.sql}, {wanted} FROM {relation}").fetchall():
            assert [int(axis.truths[key][row[1]]) for key in keys] == list(row[2:]), (row[0], axis.sql)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(regexes(), texts)
def test_what_matches_holds_the_core(connection: duckdb.DuckDBPyConnection, pattern: str, text: str) -> None:
    core = regex_core(pattern)
    if core is None:
        return
    for tried in (text, *(f"{text}{part}" for part in core.parts)):
        if connection.execute("SELECT REGEXP_MATCHES(?, ?)", [tried, pattern]).fetchone() == (True,):
            assert connection.execute("SELECT REGEXP_MATCHES(?, ?)", [tried, any_of([core])]).fetchone() == (True,)


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"\bvote\b", ("vote",)),
        ("votes?", ("vote",)),
        ("vot(e|es)", ("vot",)),
        ("(vote|election)s?", ("vote", "election")),
        ("a|election", ("a", "election")),
        ("(vote|)", None),
        ("(vote)?", None),
        ("(vote)*x", ("x",)),
        ("(vote)+", ("vote",)),
        ("[vV]ote.*now", ("ote",)),
        ("a{0,3}", None),
        (r"https?://t\.co/", ("://t.co/",)),
        (r"\d+", None),
        (r"no\nway", ("no\nway",)),
    ],
)
def test_cores_of_regular_expressions(pattern: str, parts: tuple[str, ...] | None) -> None:
    found = regex_core(portable(pattern).text)
    assert (None if found is None else found.parts) == parts
    assert regex_core(portable(pattern, ignore_case=True).text) == (None if parts is None else Core(parts, Case.FOLDED))


@pytest.mark.parametrize(
    "pattern", ["(?:a", "a)", "a**", "(?=vote)", r"\Qa+b\E", "(?i:vote)", "vote{,3}", "[[:alpha:]]x", r"x\x{41}", "(?s)a.b", "Zx|[zZ]"]
)
def test_what_is_not_understood_has_no_core(pattern: str) -> None:
    assert regex_core(pattern) is None


def test_cores_of_like_patterns() -> None:
    assert like_core("%ab_cde%", Case.EXACT) == Core(("cde",), Case.EXACT)
    assert like_core("%", Case.EXACT) is None
    assert like_core("__%", Case.LOWER) is None


def test_small_letters_and_forms_are_those_of_the_engine(connection: duckdb.DuckDBPyConnection) -> None:
    """lower() goes letter by letter, twice is once, and ILIKE and (?i) differ from it by what cores.py says alone."""
    codes = [i for i in range(1, sys.maxunicode + 1) if not 0xD800 <= i <= 0xDFFF]
    connection.execute("CREATE OR REPLACE TABLE letters AS SELECT i, CHR(i::INTEGER) AS c FROM range(1, 1114112) AS r(i) "
                       "WHERE i NOT BETWEEN 55296 AND 57343")  # fmt: skip
    odd = connection.execute(
        "SELECT COUNT(*) FROM letters WHERE LENGTH(LOWER(c)) <> 1 OR LOWER(LOWER(c)) <> LOWER(c) "
        "OR LOWER('Σ' || c || 'A' || c) <> LOWER('Σ') || LOWER(c) || 'a' || LOWER(c) OR NOT ('x' || c) ILIKE ('%' || LOWER(c))"
    )
    assert odd.fetchone() == (0,)
    small = {chr(i): low for i, low in connection.execute("SELECT i, LOWER(c) FROM letters WHERE LOWER(c) <> c").fetchall()}
    cased = {c for c in map(chr, codes) if c in small or len({c, c.lower(), c.upper(), c.casefold(), c.title()}) > 1}
    cased |= set(small.values())
    every = "".join(sorted(cased))
    others = "".join(c for c in map(chr, codes) if c not in cased)
    none = connection.execute("SELECT regexp_matches(?, ?)", [others, f"(?i)[{every}]"]).fetchone()
    assert none == (False,)
    alike: dict[str, set[str]] = {}
    for c in every:
        found = connection.execute("SELECT regexp_extract_all(?, ?)", [every, f"(?i){c}"]).fetchone()
        alike[c] = set(found[0]) if found is not None else set()
    assert [c for c, low in small.items() if low not in alike[c]] == ["İ"]
    several = {
        frozenset(lows) for same in alike.values() if len(lows := {small.get(c, c) for c in same}) > 1
    }
    assert several == {frozenset({letter, *forms}) for letter, forms in FORMS.items()}


def test_the_planner_asks_them_together(bare: DuckDB) -> None:
    conditions = ["s ILIKE '%ABC%'", "CONTAINS(s, 'post 7')", "REGEXP_MATCHES(s, '(?i)привет')", "s LIKE '%it''s%'",
                  "s NOT LIKE '%st%'", "REGEXP_MATCHES(s, '[0-9]{2}')", "s ILIKE 'É'", "s LIKE 'a!_%' ESCAPE '!'"]  # fmt: skip
    bare.execute("CREATE OR REPLACE TABLE texts AS SELECT s || ' ' || id::VARCHAR || ' ' || hash(rowid) AS s, i FROM traps")
    columns = {"s": ("VARCHAR", dataset().columns["s"].family), "i": ("INTEGER", dataset().columns["i"].family)}
    asks = [Ask("texts", bound("i > 0"), (bound(one),)) for one in conditions]
    asks.append(Ask("texts", bound(" OR ".join(conditions)), (bound(conditions[0]),)))
    answers = answer(bare, {"texts": dataset("texts", columns)}, asks)
    assert any("texts of s, part 1" in line for line in answers.plan)
    for ask in asks:
        found = answers[ask]
        assert isinstance(found, Answer)
        where = ask.base.sql if ask.base is not None else "TRUE"
        wanted = bare.run(f"SELECT ({ask.by[0].sql}) AS v, COUNT(*) FROM texts WHERE {where} GROUP BY 1").rows()
        assert dict(zip(found.by, found.n, strict=True)) == {(value,): n for value, n in wanted}
