"""The regular expressions that engines share, held against Python's own engine."""

from __future__ import annotations

import itertools
import random
import re

import duckdb
import pytest

from factcheck.evidence.expressions import ExpressionError, Scope, bind
from factcheck.evidence.expressions.regex_write import portable


def found(table: duckdb.DuckDBPyConnection, pattern: str, text: str) -> bool:
    rows = table.execute("SELECT regexp_matches(?, ?)", [text, portable(pattern).text]).fetchall()
    return bool(rows[0][0])


TEXTS = [
    "",
    "кот",
    "кот и пёс",
    "скот",
    "котик",
    "a-кот-b",
    "кот_1",
    "#vote",
    "re#vote!",
    "foo bar",
    "foobar",
    "a.b",
    "x1 22",
    "\n",
]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bкот\b", r"\bкот", r"кот\b", r"(кот|пёс)\b", r"\b(кот|пёс)\b", r"\bfoo\b|\bкот\b", r"(?i)\bКОТ\b",
        r"\b#vote", r"#vote\b",
        r"foo\b bar", r"foo\b", r"^\bfoo", r"bar\b$", r"^кот$", r"a\.b", r"[.]b", r"[а-яё]+\s", r"\w+-\w+", r"^\w+$",
        r"\d{2}",
        r"x\d+ \d{1,3}$", r"[^a-z]кот", r"fo{2}", r"fo{2,}b?", r"(?:fo+|b)a", r".кот", r"\W", r"^\W*$", r"\S\s\S",
        r"[\w-]+", r"[\d.]",
        r"\(", r"a|", r"-", r"[\]x]", r"[a\-z]b", r"foo|bar|", r"o*?b", r"\n",
    ],
)  # fmt: skip
def test_same_as_python(table: duckdb.DuckDBPyConnection, pattern: str) -> None:
    # Python's $ also matches before a last line break, and its \d is every digit; \Z and [0-9] are what is meant here.
    python = re.compile(pattern.replace("$", r"\Z").replace(r"\d", "0-9" if pattern == r"[\d.]" else "[0-9]"))
    for text in TEXTS:
        assert found(table, pattern, text) == bool(python.search(text)), text


def test_random_patterns_with_word_borders(table: duckdb.DuckDBPyConnection) -> None:
    """Each either means what Python means by it or is refused; a good part is not refused."""
    rng, settled = random.Random(7), 0
    pieces = [r"\b", "a", "é", "-", " ", "a+", "[a-]", "(a|b)", "(?:-|a)", "(?:\\ba)", "^", "$", "b?", r"\w", "_", "1"]
    texts = [*("".join(t) for n in range(5) for t in itertools.product("aé- ", repeat=n)), "ab-1_", "b a", "1", "_"]
    for _ in range(400):
        pattern = "".join(rng.choice(pieces) for _ in range(rng.randint(1, 5)))
        try:
            made = portable(pattern).text
        except ExpressionError:
            continue
        settled += 1
        rows = table.execute("SELECT regexp_matches(x, ?) FROM (SELECT unnest(?) AS x)", [made, texts]).fetchall()
        expected = [bool(re.search(pattern.replace("$", r"\Z"), text)) for text in texts]
        assert [row[0] for row in rows] == expected, (pattern, made)
    assert settled > 150


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?P<x>a)", "(?<x>a)", r"(a)\1", r"\p{L}", r"\P{L}", r"\Aa", r"a\z",
        r"a\Z", r"\Ba", "a(?i)b",
        "(?s)a", "(?i:a)", "[[:alpha:]]", "[a", "a]b[", "a)", "(a", "*a", "+", "a**", "a++", "a{2}{3}", "a{", "a{,3}",
        "a{3,2}", "a{2000}",
        "a{0}", "\\", r"\x41", r"\u0041", r"\Qa\E", "[z-a]", "[]", r"[\W]", r"[\b]", r"a\bb", r"a\b+", r"\b.", r"\b",
        r"\ba?", "a?+",
        "((a{30}){30}){2}", r"\w{200}", "^*",
    ],
)  # fmt: skip
def test_refused(pattern: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        portable(pattern)
    assert caught.value.code == "regex"


def test_the_largest_allowed_patterns_compile(table: duckdb.DuckDBPyConnection) -> None:
    for pattern in (
        r"\w{125}",
        "a{1000}",
        "(a{10}){100}",
        "(?i)(" + "|".join(["привет"] * 140) + ")",
        r"(?:\w{1,5}\s?){1,20}",
    ):
        assert found(table, pattern, "-") is False


def test_extraction_does_not_take_in_the_neighbour(table: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    def extract(text: str, call: str) -> object:
        sql = bind(call, scope).sql.replace('"text"', f"'{text}'")
        return table.execute(f"SELECT {sql}").fetchall()[0][0]

    assert extract("the кот sat", r"regexp_extract(text, '\b(кот)\b', 1)") == "кот"
    assert extract("the скот sat", r"regexp_extract(text, '\b(кот)\b', 1)") == ""
    for refused in (
        r"regexp_extract(text, '\bкот\b')",
        r"regexp_extract(text, '(\bкот\b)', 1)",
        "regexp_extract(text, 'a', 1)",
    ):
        with pytest.raises(ExpressionError):
            bind(refused, scope)
