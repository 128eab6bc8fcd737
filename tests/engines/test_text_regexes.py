"""Regular expressions read, proved and written anew, without a server."""

from __future__ import annotations

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.evidence.engines.dialects import Dialect, Refused, regexes, texts, translated
from factcheck.evidence.engines.dialects.common import PLAIN
from factcheck.evidence.engines.dialects.letters import LAST, folds, intersection, lowered, matching, of_points, union
from factcheck.evidence.engines.dialects.regexes_depth import shallow
from factcheck.evidence.engines.dialects.regexes_proof import Unlike, same_everywhere
from factcheck.evidence.engines.dialects.regexes_written import for_java, for_postgres
from factcheck.evidence.expressions import helpers
from factcheck.evidence.expressions.regex import WORD_SET

CHARACTERS = ((1, 0xD7FF), (0xE000, LAST))  # 0 is none in the table that DuckDB is asked about
# One character each; what stands in a class is folded before it is turned round, a category after.
SINGLE = [
    "k", "(?i)k", "(?i)ß", "(?i)[s-t]", "(?i)[^k]", "(?i)[^a-zſ]", ".", r"\s", r"\S", r"\d", r"\D", r"\w", r"\W",
    r"[\s\d]", r"[^\s]", r"\p{L}", r"\P{L}", r"[^\P{L}A-Z]", r"(?i)[^\P{Lu}x]", r"(?i)\p{Lu}", r"(?i)\p{Mn}",
    f"[{WORD_SET}]", f"[^{WORD_SET}&#＃]", r"\p{Han}", r"[\]\-\\^]", r"[a\-z]", r"\x{1F600}", r"[\x{AD}\x{200B}-\x{200F}]",
    r"\.", r"[+.-]", "[-a]", "(?i)İ", "(?i)ς", r"\n", r"[^\n\t]",
]  # fmt: skip


@pytest.mark.parametrize("pattern", SINGLE)
def test_a_set_of_characters_is_the_one_that_duckdb_takes(pattern: str) -> None:
    node = regexes.read(pattern)
    assert isinstance(node, regexes.Chars)
    assert intersection(node.among, CHARACTERS) == matching(pattern)


def test_no_character_is_taken_for_another_but_those_that_are_known() -> None:
    """With one letter of each family in a class, (?i) finds the families and nothing else."""
    families = {frozenset({point, *same}) for point, same in folds().items()}
    assert sum(map(len, families)) == len(folds())  # each in one family
    first = "".join(f"\\x{{{min(family):X}}}" for family in families)
    assert matching(f"(?i)[{first}]") == of_points(folds())
    others = "".join(f"\\x{{{point:X}}}" for point in folds())
    assert matching(f"(?i)[^{others}]") == matching(f"[^{others}]")


@pytest.mark.parametrize(
    "pattern", [r"\bx", "(?=a)", "(?i:a)", "a**", "*a", "(a", "a)", "[a", r"\1", r"\Qa\E", "[[:alpha:]]", r"\z", r"a\C"]
)
def test_what_is_not_written_here_is_not_read(pattern: str) -> None:
    with pytest.raises(regexes.Unread):
        regexes.read(pattern)


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("[0-9]+$", set()),
        ("[^a-z]+", set()),
        (helpers._HOST, {1}),
        (rf"{helpers._BEFORE_TAG}(#[{WORD_SET}]*[\p{{L}}\p{{M}}][{WORD_SET}]*)", {1}),
        (rf"(?:^|[^{WORD_SET}@/.])(@[a-z0-9_]+)", {1}),
        ("id=([^;]+);", {1}),
        ("^([^@]+)@(.+)$", {1, 2}),
        ("(a|b)c", {1}),
        ("^a+?b$", set()),
        (r"(\w+?)@", {1}),
    ],
)
def test_proved_to_take_out_the_same(pattern: str, groups: set[int]) -> None:
    same_everywhere(regexes.read(pattern), groups, longest=True)


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("a|ab", set()),
        ("a+?", set()),
        ("id=(.+?);", {1}),
        ("a?(ab)?", {1}),
        ("a?(?:ab)?", set()),
        ("(a|ab)(c|bcd)(d*)", {1}),
        ("(a*?)(a*)", {1}),
        ("(x)?b", {1}),
        ("(?:(a)|b)c", {1}),
        (r"^(?:\s*rt\s+@[a-z0-9_]+\s*:?)+", set()),
    ],
)
def test_not_proved_to_take_out_the_same(pattern: str, groups: set[int]) -> None:
    tree = regexes.read(pattern)
    with pytest.raises(Unlike):
        same_everywhere(tree, groups, longest=True)


def test_what_every_engine_may_take_differently() -> None:
    for pattern, groups in (("(?:a*)*b", set()), ("(?:(a)|b)+c", {1}), ("(?:a|b?)*c", set())):
        with pytest.raises(Unlike):
            same_everywhere(regexes.read(pattern), groups, longest=False)
    same_everywhere(regexes.read("(a|ab)(c|bcd)(d*?)"), {1, 2, 3}, longest=False)


_ATOMS = st.sampled_from(["a", "b", "c", "[ab]", "[^a]", "."])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??"])
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(_ATOMS, _grown, max_leaves=6), st.sampled_from(["", "^"]), st.sampled_from(["", "$"]))
def test_where_it_is_proved_the_first_match_is_the_longest(pattern: str, opening: str, closing: str) -> None:
    pattern = f"{opening}(?:{pattern}){closing}"
    try:
        same_everywhere(regexes.read(pattern), set(), longest=True)
    except Unlike:
        return
    python = re.compile(pattern.replace("$", r"\Z"))
    for text in _WORDS:
        found = python.search(text)
        longest = [end for end in range(len(text) + 1) if found and _spans(pattern, text, found.start(), end)]
        assert not found or found.end() == max(longest), (pattern, text)


_WORDS = ["", "a", "b", "ab", "ba", "aab", "abab", "cab", "abcabc", "bbaac", "aaaa", "cba", "acbb"]


def _spans(pattern: str, text: str, start: int, end: int) -> bool:
    """Whether the pattern can match exactly from start to end; $ is where the text ends."""
    ended = r"(?!)" if end < len(text) else ""
    return re.compile(f"(?:{pattern.replace('$', ended)})\\Z").match(text[:end], start) is not None


def test_written_for_postgresql() -> None:
    assert for_postgres(regexes.read(r"^a.b\s*?$")) == r"^a[^\u000A]b[\u0009-\u000A\u000C-\u000D\u0020]*$"
    assert for_postgres(regexes.read("x{300}")) == "x{255}x{45}"
    assert for_postgres(regexes.read("x{250,600}")) == "x{250}x{0,255}x{0,95}"
    assert for_postgres(regexes.read("x{300,}")) == "x{255}x{45,}"
    assert for_postgres(regexes.read("(a)(b)|😀"), {2}) == r"a(b)|\U0001F600"
    assert for_postgres(regexes.read("(?i)k")) == r"[Kk\u212A]"


def test_written_for_java() -> None:
    assert for_java(regexes.read(r"^a.b\s*?$")) == r"^a[^\x{A}]b[\x{9}-\x{A}\x{C}-\x{D}\x{20}]*?\z"
    assert for_java(regexes.read(r"^(?:\s|\S)")) == r"^[\x{0}-\x{10FFFF}]"
    assert for_java(regexes.read("(a)(b)|😀"), {2}) == r"a(b)|\x{1F600}"
    many = for_java(regexes.read(r"\p{L}"))
    assert many.count("&&") == -(-len(matching(r"\p{L}")) // 24)


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("^(?:ab|c)*$", r"^(?:ab|c)*+\z"),
        ("(?:[a-z]+@)+x{3}", None),
        ("(?:[a-z]+@)+#", r"(?:[a-z]+\x{40})++\x{23}"),
        ("(?:ab)*a", "(?:ab)*a"),
        ("(?:ab?){2,9}b", "(?:ab?){2,9}b"),
        ("(?:ab|c)*a", None),
        ("(?:a+)+$", None),
        ("(?:ab?|b)*", None),
        ("(?:ab|c)*?d", None),
    ],
)
def test_java_follows_no_repeat_too_deep(pattern: str, written: str | None) -> None:
    tree = regexes.read(pattern)
    if written is not None:
        assert for_java(shallow(tree)) == written
        return
    with pytest.raises(Unlike):
        shallow(tree)


def test_sets_join_what_touches() -> None:
    assert union(((1, 2), (9, 9)), ((3, 4),)) == ((1, 4), (9, 9))



@pytest.mark.parametrize("name", ["postgres", "spark"])
@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("regexp_matches(s, t)", "not written out"),
        ("regexp_extract(s, '(?:a*)*', 0)", "may be empty"),
        ("regexp_extract_all(s, 'a*', 0)", "may be empty"),
        ("regexp_extract_all(s, '(x)?b', 1)", "may take no part"),
        ("regexp_replace(s, 'a', 'b')", "without 'g'"),
        ("regexp_replace(s, 'a', '\\0', 'g')", "new text"),
        ("regexp_matches(s, 'a\\bc')", "'\\b'"),
        ("reverse(s)", "REVERSE"),
        ("nfc_normalize(s)", "nfc_normalize"),
        ("strip_accents(s)", "strip_accents"),
        ("split_part(s, '', 1)", "empty"),
        ("split_part(s, ',', 0)", "0"),
        ("substring(s, 1, -2)", "negative"),
        ("s LIKE t ESCAPE '!'", "not written out"),
        ("concat(s, 1)", "no text"),
    ],
)
def test_refused_by_name(name: str, asked: str, named: str) -> None:
    from sqlglot import exp

    plain = PLAIN | {exp.Literal, exp.Neg}
    shown = {"postgres": "PostgreSQL", "spark": "Spark"}[name]
    dialect = Dialect(name, shown, texts.rules(name), plain, str)  # type: ignore[arg-type]  # one of the two
    with pytest.raises(Refused) as refused:
        translated(f"SELECT {asked} AS x FROM posts", dialect, {"posts": {"s": "VARCHAR", "t": "VARCHAR"}})
    assert named in str(refused.value)
    assert str(refused.value).startswith(shown)


def test_duckdb_still_maps_character_by_character() -> None:
    """What the translation of lower() rests on: no letter changes with what stands beside it."""
    with duckdb.connect() as engine:
        (found,) = engine.execute("SELECT lower('ΟΔΟΣ ΣΑΣ İI ǅ') = 'οδοσ σασ ii ǆ'").fetchall()
    assert found == (True,)
    assert not set(lowered().values()) & set(lowered())  # small letters are left as they are
