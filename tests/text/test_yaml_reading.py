"""YAML, read as people mean it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import Problem
from factcheck.text import yaml
from factcheck.text.nodes import Plain, to_python
from factcheck.text.yaml import parse, read_yaml


def value_of(text: str) -> object:
    node, problems = parse(text, "f.yaml")
    assert problems == []
    assert node is not None
    return to_python(node)


def problems_of(text: str | bytes) -> list[Problem]:
    return parse(text, "f.yaml")[1]


def only(text: str | bytes) -> Problem:
    problems = problems_of(text)
    assert len(problems) == 1, [problem.render() for problem in problems]
    return problems[0]


def at(problem: Problem) -> tuple[int, int]:
    assert problem.place is not None
    return problem.place.line, problem.place.column


@pytest.mark.parametrize(
    "written",
    ["NO", "on", "yes", "12:30", "010", "1e3", "2,504", "2018-05-10", "1_000", "0x1F", ".inf", "True", "NULL", "Null",
     "64%", "-0.3", "=", "2018-05-10 00:05", "False", "TRUE", "1:30:00", "+1"],
)  # fmt: skip
def test_a_plain_value_keeps_its_text(written: str) -> None:
    value = value_of(f"a: {written}")
    assert value == {"a": written}
    assert isinstance(value["a"], Plain)


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None)],
)
def test_the_only_constants(written: str, value: object) -> None:
    read = value_of(f"a: {written}")
    assert read == {"a": value}
    assert read["a"] is value


@pytest.mark.parametrize("written", ["'1'", '"1"', "'true'", '"null"', "''", "|\n  1\n", ">\n  true\n"])
def test_quoted_text_is_text_and_not_plain(written: str) -> None:
    value = value_of(f"a: {written}")["a"]
    assert type(value) is str


def test_a_constant_as_key_is_its_text() -> None:
    assert value_of("true: 60%\nnull: 1\n'~': 2") == {"true": "60%", "null": "1", "~": "2"}


def test_windows_line_ends_and_byte_order_mark() -> None:
    assert value_of("\ufeffa: 1\r\nb:\r\n  - x\r\n") == {"a": "1", "b": ["x"]}
    node, problems = parse("\ufeffa: 1\r\nb: 2\r\na: 3\r\n".encode(), "f.yaml")
    assert node is not None
    assert [at(problem) for problem in problems] == [(3, 1)]
    assert problems[0].place is not None
    assert problems[0].place.excerpt == "a: 3"


def test_simple_aliases_are_read() -> None:
    assert value_of("a: &x {b: 1}\nc: [*x, *x]") == {"a": {"b": "1"}, "c": [{"b": "1"}, {"b": "1"}]}


def test_an_empty_file_has_no_value_and_no_problem() -> None:
    for text in ("", "# only a comment\n", "---\n", "~\n"):
        assert parse(text, "f.yaml") == (None, [])


# Each mistake: the text, line and column of the mark, a word of the message, a word of the hint.
MISTAKES = {
    "repeated key": ("a: 1\nb: 2\n'a': 3", (3, 1), "occurs twice", "line 1"),
    "repeated key deep": ("x:\n  - {a: 1, a: 2}", (2, 12), "occurs twice", "line 2"),
    "key in a value": ("a: share: x = 'y'", (1, 9), "': '", "write braces around them: {share: x = 'y'}"),
    "comma in a figure": ("{claimed: 2,504}", (1, 13), "comma", "quote this: '2,504'"),
    "comma in a condition": ("{share: c in ('a', 'b')}", (1, 20), "comma", "quote this: \"c in ('a', 'b')\""),
    "set for a list": ("a: {Kazakhstan, Russia}", (1, 5), "comma", "[ ]"),
    "swallowed hashtag": ("s: The tag #VivaMORENA rose", (1, 12), "#", "quote this: 'The tag #VivaMORENA rose'"),
    "swallowed number": ("s: He was #1 in polls", (1, 11), "#", "quote this: 'He was #1 in polls'"),
    "hashtag alone": ("s: #VivaMORENA", (1, 4), "#", "quote this: '#VivaMORENA'"),
    "hashtag in a list": ("tags:\n  - #foo\n", (2, 5), "#", "quote this: '#foo'"),
    "hashtag, then a line": ("s: The tag #Viva\n  was used\nb: 1", (1, 12), "#", "quote this"),
    "hashtag in Cyrillic": ("s: тег #Крым", (1, 8), "#", "quote this: 'тег #Крым'"),
    "colon in a value": ("where: a = 'x' and b: 1", (1, 21), "': '", "quote this: \"a = 'x' and b: 1\""),
    "key deeper than value": ("a: 1\n  b: 2", (2, 1), "key", "indentation"),
    "no space after colon": ("a: 1\nid:foo\nb: 2", (2, 1), "space", "'id: '"),
    "no space in first line": ("id:foo\nb: 2", (1, 1), "space", "'id: '"),
    "no colon": ("a: 1\nfoo\nb: 2", (2, 1), "key: value", ""),
    "at sign": ("by: @realDonaldTrump", (1, 5), "@", "quote this: '@realDonaldTrump'"),
    "per cent first": ("a: %64", (1, 4), "%", "quote this: '%64'"),
    "backtick": ("a: `x`", (1, 4), "`", "quote this"),
    "comma first": ("a: ,\n", (1, 4), ",", "quote this: ','"),
    "star": ("a: *very* large", (1, 4), "*", "quote this: '*very* large'"),
    "unknown alias": ("a: *very", (1, 4), "nothing", "quote this: '*very'"),
    "alias in itself": ("a: &x [*x]", (1, 8), "itself", ""),
    "tag": ("a: !!int 5", (1, 4), "tags", "quote this: '!!int 5'"),
    "python tag": ("a: !!python/object/apply:os.system [ls]", (1, 4), "tags", ""),
    "own tag": ("a: !important thing", (1, 4), "tags", "quote this"),
    "tag with handle": ("a: !x!y z", (1, 4), "!", "quote this"),
    "exclamation": ("a: ! 5", (1, 4), "tags", "quote this"),
    "merge key": ("a: &x {b: 1}\nc:\n  <<: *x\n", (3, 3), "merge", "defaults"),
    "tab": ("a:\n\tb: 1", (2, 1), "tab", "spaces"),
    "quoted column": ('where: "Post URL" = 1\nb: 1', (1, 19), "closing quote", "quote this: '\"Post URL\" = 1'"),
    "quoted, then text": ("{a: 'x' y}", (1, 9), "closing quote", "quote this"),
    "open quote": ("a: 'x\nb: 2", (1, 4), "not closed", ""),
    "open brace": ("a: {b: 1\nc: 2", (1, 4), "not closed", ""),
    "open bracket": ("a: [1, 2", (1, 4), "not closed", ""),
    "stray bracket": ("a: 1\n]", (2, 1), "closes nothing", ""),
    "second colon": ("{a: b: c}", (1, 6), "second ':'", "quote"),
    "greater than": ("claimed: > 5", (1, 10), ">", "quote this: '> 5'"),
    "greater or equal": ("claimed: >= 5%", (1, 10), ">", "quote this: '>= 5%'"),
    "greater, no space": ("claimed: >5\nb: 1", (1, 10), ">", "quote this: '>5'"),
    "list beside key": ("a: - b", (1, 4), "'- '", "next line"),
    "list and mapping": ("a: 1\n- b", (2, 1), "list item", "indentation"),
    "indentation": ("a:\n    b: 1\n  c: 1", (3, 3), "indented", "same column"),
    "backslash": ('a: "\\q"', (1, 5), "backslash", "single quotes"),
    "two documents": ("a: 1\n---\nb: 2", (2, 1), "second document", "---"),
    "list as key": ("? [a, b]\n: c", (1, 3), "key", ""),
    "key missing": ("a: 1\n'': 5", (2, 1), "key is missing", ""),
    "too deep": ("[" * 80 + "]" * 80, (1, 51), "levels", ""),
    "control character": ("a: x\x00y", (1, 5), "U+0000", "remove"),
    "line separator": ("a: x\u2028y", (1, 5), "U+2028", "space"),
    "byte order mark inside": ("a: x\ufeffy", (1, 5), "U+FEFF", "remove"),
    "Latin-1": ("a: 1\nb: café\n".encode("cp1252"), (2, 7), "0xE9", "'é'"),
    "UTF-16": ("a: 1".encode("utf-16"), (1, 1), "UTF-16", "UTF-8"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_where_it_stands(mistake: str) -> None:
    text, place, message, hint = MISTAKES[mistake]
    problem = only(text)
    assert at(problem) == place
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    ["a: b # a comment", "a: b#c", "a: 'x' #comment", "# c\na: 1 # c\n", "a: # c\n  b: 1", "a: b ## c", "a: '#x'"],
)
def test_comments_that_swallow_nothing_are_comments(text: str) -> None:
    assert problems_of(text) == []


def test_every_problem_of_a_file_is_told() -> None:
    text = "a: 1\na: 2\nb: x #y\nc: {d: 1,5}\ne: !t 1\nf: 'x' y\n"
    assert [at(problem)[0] for problem in problems_of(text)] == [2, 3, 4, 5, 6]


def test_problems_of_a_hopeless_file_end_somewhere() -> None:
    problems = problems_of("a: 1\n" * 10_000)
    assert len(problems) == yaml.MAX_PROBLEMS + 1
    assert "more problems" in problems[-1].message


def alias_bomb(levels: int = 9) -> str:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels + 1)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_at_once() -> None:
    started = time.perf_counter()
    node, problems = parse(alias_bomb(), "f.yaml")
    assert time.perf_counter() - started < 0.5
    assert node is None
    assert "aliases repeat" in problems[0].message


def test_a_file_of_10_mb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"claims: 1\n" * 1_000_000)
    started = time.perf_counter()
    node, problems = read_yaml(path, "big.yaml")
    assert time.perf_counter() - started < 0.5
    assert node is None
    assert "10.0 MB" in problems[0].message
    assert "4 MB" in problems[0].message


@pytest.mark.parametrize(
    "text",
    ["[" * 3_000_000, "- " * 1_500_000, "{" + "a: 1," * 600_000 + "}", "[" + "{a}," * 700_000 + "]", "'" * 3_000_001,
     "? " * 1_500_000, "[" + "x," * 1_900_000 + "]", "&a " * 1_000_000, "\n" * 3_000_000, "- !t a\n" * 500_000],
    ids=["[", "- ", "repeated keys in a line", "cut keys in a line", "'", "? ", "many values", "&", "lines", "tags"],
)  # fmt: skip
def test_hostile_files_end_early(text: str) -> None:
    started = time.perf_counter()
    parse(text, "f.yaml")
    assert time.perf_counter() - started < 5  # about one second at most; the machine may be busy


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    node, problems = read_yaml(tmp_path / "absent.yaml", "absent.yaml")
    assert node is None
    assert "absent.yaml cannot be read" in problems[0].message


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:{}[]-#'\"|>&*!%@`,? \n\t\\é😀1"), max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    node, problems = parse(text, "f.yaml")
    assert node is None or problems is not None
    for problem in problems:
        assert problem.place is not None
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert problem.render()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30))
def test_the_quoting_that_a_hint_offers_can_be_read(text: str) -> None:
    from factcheck.text.complaints import quoted

    expected = " ".join(text.split())
    assert value_of(f"a: {quoted(text)}") == {"a": expected}
