"""No text from a claim or from data can be anything but text in a report."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.reports.escape import address, anchor, block, code, link, md, plain, prose

from .hostile import HOSTILE

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
INERT = {"text", "text_special", "code_inline"}
FRAGMENTS = ("<!--", "</details>", "http://a.b", "www.a.b")
# Everything that Markdown, HTML or a terminal gives a meaning to, and some letters in between.
NASTY = st.text(
    st.sampled_from(list("ab1 \\`*_{}[]()<>#+-.!|~$&;:/@='\"\n\t\r\x00\x1b\u202e\u2066\u200b\ufeff\u2028éж中🙂"))
    | st.characters(exclude_categories=()),
    max_size=60,
) | st.sampled_from(
    [HOSTILE, "&amp;", "&#60;", "---", "===", "***", "1. a", "- a", "> a", "# a", "| a |", "[a]: b", "```", *FRAGMENTS]
)


def inline(source: str) -> list[Token]:
    """The pieces of a source that must be one paragraph."""
    tokens = PARSER.parse(source)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], source
    return tokens[1].children or []


def shown(pieces: list[Token]) -> str:
    return "".join(piece.content for piece in pieces)


@given(NASTY)
def test_text_is_shown_as_it_is(text: str) -> None:
    pieces = inline(f"x{md(text)}y")
    assert {piece.type for piece in pieces} <= INERT
    assert shown(pieces) == f"x{plain(text)}y"


@given(NASTY)
def test_text_opens_no_block_at_the_start_of_a_line(text: str) -> None:
    if plain(text):
        assert shown(inline(md(text))) == plain(text)


@given(NASTY)
def test_text_stays_in_its_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n|---|---|\n| {md(text)} | {prose(text)} |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert shown(cells[2].children or []) == plain(text)
    assert {piece.type for piece in cells[2].children or []} <= INERT


@given(NASTY)
def test_prose_is_text_and_code_only(text: str) -> None:
    """Backticks in pairs become code; a bar in code is told by an entity, in tags of our own."""
    pieces = inline(f"x {prose(text)} y")
    tags = {piece.content for piece in pieces if piece.type == "html_inline"}
    assert tags <= {"<code>", "</code>"}
    assert {piece.type for piece in pieces} <= INERT | {"html_inline"}
    letters = "".join(shown([piece for piece in pieces if piece.type != "html_inline"]).split())
    assert letters.replace("`", "") == "".join(f"x {plain(text)} y".split()).replace("`", "")


@given(NASTY)
def test_code_shows_what_it_holds(text: str) -> None:
    if plain(text):
        pieces = inline(f"x {code(text)} y")
        inside = shown([piece for piece in pieces if piece.type != "html_inline"])
        assert inside == f"x {plain(text)} y"
        assert {piece.type for piece in pieces} <= {"text", "code_inline", "html_inline", "text_special"}


@given(NASTY)
def test_a_block_cannot_be_left(text: str) -> None:
    tokens = PARSER.parse(f"{block(text)}\n\nafter\n")
    assert [token.type for token in tokens][:2] == ["fence", "paragraph_open"]


@given(NASTY, NASTY)
def test_a_link_leads_to_the_web_or_is_none(text: str, url: str) -> None:
    for piece in inline(f"x{link(text, url)}y"):
        assert piece.type in INERT | {"link_open", "link_close"}
        if piece.type == "link_open":
            assert str(piece.attrs["href"]).startswith(("http://", "https://"))


@given(NASTY)
def test_nothing_invisible_is_left(text: str) -> None:
    for one in (plain(text), md(text), code(text)):
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in one)
        assert not any(unicodedata.category(c) == "Cf" for c in one if c not in "\u200c\u200d")


def test_ordinary_text_stays_readable() -> None:
    text = 'The tag "ocean" stands at 8.9% (0.9 points below), he said: don\'t use snake_case; a-b/c.'
    assert md(text) == text


def test_joiners_of_scripts_and_emoji_stay() -> None:
    assert plain("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a_b?c=1&d=2#e", "https://example.org/a_b?c=1&d=2#e"),
        ("https://example.org/a (b)", None),
        ("https://example.org/a(b)*c", "https://example.org/a%28b%29%2Ac"),
        ("https://example.org/%D1%8B", "https://example.org/%D1%8B"),
        ("HTTP://Example.org:8080/", "http://example.org:8080/"),
        ("https://пример.рф/ы", "https://xn--e1afmkfd.xn--p1ai/%D1%8B"),
        ("https://news.example@evil.example/", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://", None),
        ("https://exa\u202emple.org", None),
        ("https://[::1", None),
        ("https://a.b:99999999/", None),
    ],
)
def test_addresses(url: str, expected: str | None) -> None:
    assert address(url) == expected


def test_an_anchor_is_a_name() -> None:
    assert anchor('a"><b id="x') == "a---b-id--x"
    assert anchor("россия-2") == "россия-2"
