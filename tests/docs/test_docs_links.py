"""Links between the pages lead somewhere."""

from __future__ import annotations

import posixpath
import re

import manual
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token


def inline(page: str) -> list[Token]:
    tokens = MarkdownIt().enable("table").parse(manual.text_of(page))
    return [child for token in tokens for child in token.children or []]


def links(page: str) -> list[str]:
    return [str(token.attrGet("href")) for token in inline(page) if token.type == "link_open"]


def pictures(page: str) -> list[str]:
    return [str(token.attrGet("src")) for token in inline(page) if token.type == "image"]


def target(page: str, link: str) -> tuple[str, str]:
    """The file that a link of a page leads to, as seen from docs/, and the place in it."""
    path, _, anchor = link.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, anchor


def anchors(page: str) -> set[str]:
    """The ids that headings get where Markdown is shown: small letters, hyphens for spaces, no other marks."""
    tokens = MarkdownIt().parse(manual.text_of(page))
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", manual.PAGES)
def test_links_resolve(page: str) -> None:
    for link in [*links(page), *pictures(page)]:
        if re.match(r"https?:", link):
            continue
        path, anchor = target(page, link)
        assert (manual.DOCS / path).is_file(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(path), f"{page}: {link}"


@pytest.mark.parametrize("page", manual.PAGES)
def test_pictures_are_told_in_words_and_come_from_here(page: str) -> None:
    for token in inline(page):
        if token.type == "image":
            assert token.content.strip(), f"{page}: a picture without a text for those who do not see it"
            assert not re.match(r"https?:", str(token.attrGet("src"))), page


def test_the_index_leads_to_every_page() -> None:
    assert {link.partition("#")[0] for link in links("index.md")} >= set(manual.PAGES) - {"index.md"}


def test_a_dead_link_would_be_found() -> None:
    assert "how-a-figure-is-read" in anchors("claims.md")
    assert "rows-conditions-null" in anchors("claims.md")
    assert "nothing" not in anchors("claims.md")
