"""Every character of a value knows where it stands in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.text.nodes import Mapping, Scalar, Source, descend, node_at, place_at, reached
from factcheck.text.yaml import parse


def scalar(text: str, *path: str | int) -> Scalar:
    root, problems = parse(text, "f.yaml")
    assert problems == []
    assert root is not None
    node = node_at(root, path)
    assert isinstance(node, Scalar)
    return node


def marked(node: Scalar, word: str) -> str:
    """The characters that a mark on `word` in the value covers in the file."""
    assert isinstance(node.value, str)
    place = node.place(node.value.index(word), len(word))
    return place.excerpt[place.column - 1 : place.column - 1 + place.length]


FORMS = {
    "plain": "where: country = 'Rusia' and x > 1\n",
    "single quotes": "where: 'country = ''Rusia'' and x > 1'\n",
    "double quotes": 'where: "country = \\"x\\" or Rusia \\u0041"\n',
    "plain over lines": "where: country =\n    'Rusia' and\n    x > 1\n",
    "double quotes over lines": 'where: "country = \\\n    Rusia and\n    x > 1"\n',
    "literal block": "where: |\n  country is not null and\n    country = 'Rusia'\n  and x\n",
    "folded block": "where: >-\n  country is not null and\n  country = 'Rusia'\n  and x\n",
    "literal with comment": "where: | # why\n\n  country = 'Rusia'\n",
    "emoji before": "where: '😀👩‍👩‍👧' = a and country = 'Rusia'\n".replace("where: '", "where: x = '"),
    "Cyrillic column": "where: '\"Страна\" = Rusia'\n",
    "Windows lines": "a: 1\r\nwhere: >\r\n  country is\r\n  Rusia\r\n",
    "in braces": "where: {a: 1, b: x = Rusia}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_word_in_a_value_is_marked_in_the_file(form: str) -> None:
    text = FORMS[form]
    node = scalar(text, "where", "b") if form == "in braces" else scalar(text, "where")
    assert marked(node, "Rusia") == "Rusia"
    place = node.place(str(node.value).index("Rusia"), 5)
    assert place.line == text[: text.index("Rusia")].count("\n") + 1


def test_an_escape_is_marked_whole() -> None:
    node = scalar('a: "x\\u0041y\\\\z"\n', "a")
    assert node.value == "xAy\\z"
    assert (node.place(1, 1).column, node.place(2, 1).column) == (6, 12)
    assert node.place(4, 1).column == 15


def test_the_whole_value_and_what_lies_behind_it() -> None:
    node = scalar("a: 'Rusia'\n", "a")
    assert (node.place().column, node.place().length) == (4, 7)
    assert node.place(5).column == 10  # behind the last letter: the closing quote
    assert scalar("a: |\n  one\n  two\n", "a").place().line == 2


def test_an_empty_value_has_a_place() -> None:
    assert scalar("a: ''\n", "a").place(0, 3).column == 4


def test_places_count_characters_not_bytes() -> None:
    root, problems = parse("имя: 😀😀 x\nимя: 2\n", "f.yaml")
    assert root is not None
    assert [(p.place.line, p.place.column, p.place.length) for p in problems if p.place] == [(2, 1, 3)]
    node = scalar("имя: 😀😀 x\n", "имя")
    assert node.place(3, 1).column == 9


def test_an_excerpt_cannot_move_the_cursor_or_turn_the_text() -> None:
    place = Source("f", "a: \x1b[31mred \u202etxt").place(3)
    assert place.excerpt == "a: ·[31mred ·txt"


def test_a_very_long_line_is_not_shown() -> None:
    place = Source("f", "a: " + "x" * 5000).place(4000)
    assert (place.excerpt, place.column) == ("", 4001)


def test_paths_reach_as_far_as_they_can() -> None:
    root, _ = parse("a: {b: [x, {c: 1}]}\nd: 1\n", "f.yaml")
    assert isinstance(root, Mapping)
    assert reached(root, ("a", "b", 1, "c")) == ("a", "b", 1, "c")
    assert reached(root, ("a", "b", 7, "c")) == ("a", "b")
    assert reached(root, ("d", 0)) == ("d",)  # a lone value is its own list
    assert node_at(root, ("a", "x")) is None
    assert place_at(root, ("a", "x"), 3).column == 4
    node, key = descend(root, ("a", "b"))
    assert key is not None
    assert (key.value, node.place().column) == ("b", 8)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(alphabet="abcxyzéЖ😀'\"\\(=", min_size=1, max_size=8), min_size=1, max_size=6),
    st.sampled_from(["single", "double", "literal", "folded"]),
    st.data(),
)
def test_every_letter_is_found_whatever_the_form(words: list[str], form: str, data: st.DataObject) -> None:
    """Written out in each form by hand, then read; the mark must lie on the same letter in the file."""
    if form == "single":
        text = "a: '" + "\n   ".join(word.replace("'", "''") for word in words) + "'\n"
    elif form == "double":
        text = 'a: "' + "\n   ".join(word.replace("\\", "\\\\").replace('"', '\\"') for word in words) + '"\n'
    else:
        text = f"a: {'|' if form == 'literal' else '>'}\n" + "".join(f"  {word}\n" for word in words)
    node = scalar(text, "a")
    value = str(node.value)
    offset = data.draw(st.integers(0, len(value) - 1))
    if value[offset].isspace():
        return
    place = node.place(offset, 1)
    assert place.excerpt[place.column - 1] in (value[offset], "\\")
    assert place.line == value[:offset].count("\n") + (2 if form in ("literal", "folded") else 1) or form != "literal"
