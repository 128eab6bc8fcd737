"""Functions of texts on PostgreSQL and Spark against DuckDB, with the worst of Unicode."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.engines.names import literal
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.server import Server
from factcheck.evidence.expressions import helpers
from factcheck.evidence.expressions.regex_write import portable
from factcheck.evidence.expressions.typed import Typed
from postgres_cluster import Cluster

from .compare import Pair

ENGINES = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("postgresql", "spark")]
AT_ONCE = 25  # expressions in one statement


@pytest.fixture(scope="module", params=ENGINES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    if request.param == "spark":
        there: Remote = request.getfixturevalue("spark")  # a process has one session
    else:
        there = Remote(_postgresql(request.getfixturevalue("postgres_server")))
    both = Pair(open_engine(memory_limit="1GB", threads=1), there, tmp_path_factory.mktemp("texts"))
    listed = ", ".join(
        f"({n}, {_said(text)}, {_said(part)}, {'NULL' if n % 7 == 0 else f'[{_said(text)}, NULL, {_said(part)}]'})"
        for n, (text, part) in enumerate(_rows())
    )
    both.table("texts", f"SELECT * FROM (VALUES {listed}) AS texts(n, s, p, l)")
    yield both
    if request.param != "spark":
        there.close()
    both.here.close()


def _postgresql(cluster: Cluster) -> Server:
    from factcheck.evidence.engines.postgresql import open_server

    return open_server(cluster.database("desk"))


def _said(text: str | None) -> str:
    return "NULL" if text is None else literal(text)


NASTY = [
    "", None, " ", "a", "A", "hello", "HELLO World", "İstanbul", "ΟΔΟΣ", "ΣΑΣ", "straße", "STRASSE", "ẞ", "\u212a", "ſ",
    "ǅ", "ﬁ", "é", "e\u0301", "É", "😀", "👨‍👩‍👧", "a\nb", "a\r\nb", "\x0bx", "x\x85", "\xa0x\u3000", "\tx\n", "a\\b",
    "a%b", "a_b", "a\\%b", "100%", "$1", "\\1", "x'y", "aaa", "aaaa", "a,b,c", ",a,,b,", "b\n", "\\", "\\\\u0041",
    "#Tag", "#tag#two ＃Три and &#39; #1 a#b #_x", "@me and x@y.z ＠You https://t.co/@no .@dot", "#İ #ΣΑΣ",
    "http://www.Example.COM/x?y", "www.com", "www..com", "www.a.b", "x.y://z.w/", "//u:p@host.org:80", "a.b.", "a.b, c",
    "user@host.com", "  ftp://a.b.c  ", "Привет, МИР", "日本語のテキスト", "Mixed Привет hello", "abc123", "a1b2XYZxyzq9kd",
    "@Abcdefgh1234xx", "AbCdEfGh1jklmn", "\u1e9e\u0130\u212a", "a/b?c#d", "x" * 300, "ab" * 200, "\U0001e900\U0001e922",
    "Ა ა", "\u2126 \u212b", "ǆǅǄ", "\ue000", "\U0010ffff", "\u200d", "כתב عربي",
]  # fmt: skip
PARTS = ["", "a", "%", "_", "a%", "%b", "\\", "\\%", "A_B", "x", "é", "aa", ",", None, "É", "i", "a\\b"]


def _rows() -> list[tuple[str | None, str | None]]:
    chance = random.Random(20)
    signs = "aAbB.:/@#?, _www-\n\té#İσΣςſ%\\\u212a١५中😀\u0301\u00a0"
    made = ["".join(chance.choices(signs, k=chance.randint(1, 14))) for _ in range(1_500)]
    return [(text, PARTS[n % len(PARTS)]) for n, text in enumerate([*NASTY * 3, *made])]


PLAIN = [
    "lower(s)", "upper(s)", "length(s)", "length(l)", "len(l)", "contains(s, p)", "starts_with(s, p)", "ends_with(s, p)",
    "strpos(s, p)", "contains(s, 'a\\')", "starts_with(s, 'a\\')", "ends_with(s, '\\b')", "contains(p, s)", "trim(s)",
    "ltrim(s)", "rtrim(s)", "trim(s, 'ab')", "ltrim(s, 'xé😀')", "rtrim(s, p)", "trim(s, '')", "replace(s, p, 'Z')",
    "replace(s, 'a', p)", "replace(s, '\\', '/')", "replace(s, '', 'x')", "split_part(s, ',', 1)", "split_part(s, 'a', 2)",
    "split_part(s, 'aa', -1)", "split_part(s, 'aa', 2)", "split_part(s, 'aa', -2)", "split_part(s, '.', -3)",
    "split_part(s, '|', 1)", "concat(s, p)", "concat(s, NULL, p)", "s || p", "s || '\\n'", "concat(s, '\\', p)",
    "list_contains(l, 'a')", "list_contains(l, s)", "list_contains(l, p)", "s = 'a\\b'",
    "s = 'x''y'", "s = 'a\nb'", "s = '\\\\u0041'", "lower(trim(s))", "upper(lower(s))", "length(upper(s)) > 3",
    "contains(lower(s), 'a') = true", "contains(lower(s), 'σ')", "contains(lower(s), 'A')", "contains(lower(s), '')",
    "starts_with(lower(s), 'i')", "ends_with(lower(s), 'k')", "ends_with(lower(s), '\n')", "starts_with(lower(p), s)",
]  # fmt: skip
LIKES = [
    "s LIKE p", "s ILIKE p", "s NOT ILIKE 'É%'", "NOT s LIKE p", "s LIKE '%\\%'", "s LIKE 'a\\\\b'", "s LIKE 'a\\%b'",
    "s LIKE '%a!%%' ESCAPE '!'", "s ILIKE '%A!_%' ESCAPE '!'", "s NOT LIKE '%a!%%' ESCAPE '!'", "s LIKE '_'",
    "s LIKE '%\n%'", "s LIKE '__'", "s LIKE '%''%'", "s LIKE ''", "s LIKE '%!\\%' ESCAPE '!'",
    "s LIKE '\\\\%' ESCAPE '\\'", "s ILIKE '%İ%'", "s ILIKE 'ß%'", "s ILIKE '%ς'", "s ILIKE '%\\A%'",
    "s ILIKE '%aX_%' ESCAPE 'X'", "s ILIKE ''", "s ILIKE '%'", "s ILIKE '_'", "s ILIKE '%%'", "s ILIKE 'a'",
    "lower(s) LIKE '%k%'", "lower(s) NOT LIKE 'a_%'", "lower(s) LIKE '%A%'", "upper(s) LIKE '%A%'", "s NOT ILIKE '_%b'", "(s LIKE 'a%') = (s ILIKE 'A%')", "s LIKE '%%' AND NOT p LIKE '\\'",
]  # fmt: skip
CUT = [
    *(f"substring(s, {a}, {b})" for a in (-9, -5, -2, -1, 0, 1, 3, 6, 9, 400) for b in (0, 1, 3, 9, 500)),
    *(f"substring(s, {a})" for a in (-9, -5, -1, 0, 1, 3, 9)),
]
PATTERNS = [
    "regexp_matches(s, '(?i)\u212a')", "regexp_matches(s, '(?i)straße')", "regexp_matches(s, '(?i)σ')",
    "regexp_matches(s, '(?i)[^k]')", "regexp_matches(s, 'a.b')", "regexp_matches(s, 'a$')", "regexp_matches(s, 'b$')",
    r"regexp_matches(s, '^\s*$')", "regexp_full_match(s, '.*')", "regexp_full_match(s, 'a|b')", "regexp_matches(s, '')",
    r"regexp_matches(s, '\p{L}{3,}')", "regexp_matches(s, '^(?:a|b)*?$')", "regexp_matches(s, 'a{2,300}')",
    "regexp_matches(s, 'x{300}')", "regexp_matches(s, 'x{280,}')", "regexp_full_match(s, 'x{10,299}')",
    r"regexp_matches(s, '\.\?|\\|\$')", "regexp_matches(s, '(|a)b')", "regexp_matches(s, '^(?:ab?|c)*$')", "regexp_matches(s, '^(?:[a-z]+[.@])+')",
    "regexp_extract(s, '[0-9]+$')", "regexp_extract(s, '([a-z]+)[,.]', 1)", "regexp_extract(s, 'a*')",
    "regexp_extract(s, '^([^@]+)@(.+)$', 2)", "regexp_extract(s, 'a.?b')", "regexp_extract(s, '(a|b)c', 1)",
    "regexp_extract_all(s, '[a-z]+', 0)", "regexp_extract_all(s, '(a)(b)', 2)", "regexp_extract_all(s, '^a', 0)",
    "regexp_replace(s, '[^a-z]+', '', 'g')", r"regexp_replace(s, '(^|[^a-z])b', '\1$\\<', 'g')",
    r"regexp_replace(s, '(a)(b)', '\2\1', 'g')", "regexp_replace(s, 'https?://[!-~]+', ' ', 'g')",
    "length(regexp_replace(s, '[^a]+', '', 'g'))", "list_contains(regexp_extract_all(s, '[a-z]+', 0), 'a')",
]  # fmt: skip
_VALUE = Typed(helpers.exp.column("s"), Family.TEXT)
HELPERS = [
    helpers.domain(_VALUE),
    helpers.hashtags(_VALUE),
    helpers.mentions(_VALUE),
    helpers.script(_VALUE),
    helpers.digits_at_end(_VALUE),
    helpers.is_random_handle(_VALUE),
    helpers.has_script(_VALUE, "Cyrillic"),
    helpers.has_script(_VALUE, "Kana"),
    helpers.has_hashtag(_VALUE, "tag"),
    helpers.has_hashtag(_VALUE, "#Три"),
    helpers.matches(_VALUE, r"(?i)\bпривет\b|\w+@\d"),
    helpers.matches(_VALUE, r"\bA\b"),
]


def _check(pair: Pair, expressions: list[str]) -> None:
    """Many in one statement, since each costs a round trip; one by one where they differ, to name the guilty."""
    found = []
    for at in range(0, len(expressions), AT_ONCE):
        some = expressions[at : at + AT_ONCE]
        asked = ", ".join(f"{expression} AS x{i}" for i, expression in enumerate(some))
        if pair.difference(f'SELECT n, {asked} FROM "texts"', may_fail=False) is not None:
            alone = {one: pair.difference(f'SELECT n, s, p, {one} AS x FROM "texts"', may_fail=False) for one in some}
            found += [f"{one}: {differs}" for one, differs in alone.items() if differs]
    assert not found, "\n".join(found)


def test_functions(pair: Pair) -> None:
    _check(pair, PLAIN)


def test_like(pair: Pair) -> None:
    _check(pair, LIKES)


def test_substring(pair: Pair) -> None:
    _check(pair, CUT)


def test_regular_expressions(pair: Pair) -> None:
    _check(pair, PATTERNS)


def test_the_helpers_of_the_claim_language(pair: Pair) -> None:
    _check(pair, [made.tree.sql(dialect="duckdb") for made in HELPERS])


SETS = [
    "(?i)k", "(?i)[^k]", "(?i)[s-t]", "(?i)\u0345", ".", r"\s", r"\S", r"\d", r"\w", r"\p{L}", r"[^\P{L}A-Za-zа-я]",
    r"[\p{L}\p{M}\p{N}_]", r"[^\p{L}\p{M}\p{N}_&#＃]", "(?i)[a-zß-ÿα-ω]", r"(?i)\p{Lu}", "[^a]",
]  # fmt: skip


def test_every_character(pair: Pair) -> None:
    """All code points in one table, with what DuckDB makes of them: no row may be made differently there.

    Spark takes a minute for them: only the first two planes there, in which all scripts with small and capital letters
    lie, unless FACTCHECK_ALL_CASES is set.
    """
    some = pair.there.shown == "Spark" and not os.environ.get("FACTCHECK_ALL_CASES")
    end = 0x20000 if some else 0x110000
    tests = [f"regexp_matches(c, {literal(pattern)})" for pattern in SETS]
    values = ["lower(c)", "upper(c)", "'<' || trim(c) || '>'", "lower(upper(c))", *tests]
    listed = ", ".join(f"{value} AS x{i}" for i, value in enumerate(values))
    points = f"(FROM range(1, 55296) UNION ALL FROM range(57344, {end})) AS points(i)"
    pair.table("points", f"SELECT i, c, {listed} FROM (SELECT i, chr(i::INTEGER) AS c FROM {points}) AS points")
    for start in range(0, len(values), AT_ONCE):
        held = [f"count(CASE WHEN {values[at]} = x{at} THEN 1 END)" for at in range(len(values))[start : start + AT_ONCE]]
        (counts,) = pair.there.run(f'SELECT {", ".join(held)} FROM "points"').rows()
        wrong = {values[start + i]: n for i, n in enumerate(counts) if n != end - 2_049}
        assert not wrong
    pair.there.execute('DROP TABLE "points"')


_ATOMS = st.sampled_from(
    ["a", "b", "é", "É", "k", "1", "_", "😀", "σ", ".", r"\w", r"\d", r"\s", r"\S", "[^a]", "[a-c_]", r"[\w#]", r"\."]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?", "+?", "??"])
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda part: f"({part})"),
    )


_REGEX = st.tuples(
    st.sampled_from(["", "(?i)"]), st.sampled_from(["", "^"]), st.recursive(_ATOMS, _grown, max_leaves=6),
    st.sampled_from(["", "$"]),
).map("".join)  # fmt: skip


@settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(patterns=st.lists(_REGEX, min_size=20, max_size=20, unique=True))
def test_any_regular_expression(pair: Pair, patterns: list[str]) -> None:
    """The same or refused; PostgreSQL refuses no test of whether it matches."""
    read = [portable(pattern) for pattern in patterns]
    held = [f"regexp_matches(s, {literal(pattern.text)})" for pattern in read]
    held += [f"regexp_full_match(s, {literal(pattern.text)})" for pattern in read[:5]]
    if pair.there.shown == "PostgreSQL":
        _check(pair, held)
    taken = [f"regexp_extract(s, {literal(p.text)}, {group})" for p in read for group in range(p.groups + 1)]
    every = [f"regexp_extract_all(s, {literal(p.text)}, {min(p.groups, 1)})" for p in read]
    swapped = [f"regexp_replace(s, {literal(p.text)}, '<>', 'g')" for p in read]
    able = [one for one in [*held, *taken, *every, *swapped] if pair.there.refusal(f'SELECT {one} AS x FROM "texts"') is None]
    _check(pair, able)
