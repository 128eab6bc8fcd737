"""Links between the pages lead somewhere."""

from __future__ import annotations

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


def anchors(page: str) -> set[str]:
    """The ids that headings get where Markdown is shown: small letters, hyphens for spaces, no other marks."""
    tokens = MarkdownIt().parse(manual.text_of(page))
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", manual.PAGES)
def test_links_resolve(page: str) -> None:
    for link in links(page):
        if re.match(r"https?:", link):
            continue
        target, _, anchor = link.partition("#")
        assert (manual.DOCS / (target or page)).is_file(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target or page), f"{page}: {link}"


def test_the_index_leads_to_every_page() -> None:
    assert {link.partition("#")[0] for link in links("index.md")} >= set(manual.PAGES) - {"index.md"}


def test_a_dead_link_would_be_found() -> None:
    assert "how-a-figure-is-read" in anchors("claims.md")
    assert "rows-conditions-null" in anchors("claims.md")
    assert "nothing" not in anchors("claims.md")
