"""The sentences of an article in plain text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.draft.grammar import listed

_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]?[^\W_a-z])|[.!?…]+[\"”’»)\]]*$")


def sentences(text: str) -> list[str]:
    """The sentences of an article, in order: paragraphs, list items and quotations; no headings, tables or code."""
    return [sentence for paragraph in _paragraphs(text) for sentence in _parted(paragraph)]


def _paragraphs(text: str) -> Iterator[str]:
    """The running text, with the marks of Markdown taken out."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT.sub("", text.replace("\r\n", "\n"), count=1))
    outside = 0
    for token in tokens:
        if token.type in ("heading_open", "table_open"):
            outside += 1
        elif token.type in ("heading_close", "table_close"):
            outside -= 1
        elif token.type == "inline" and not outside:
            parts = [
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak")
            ]
            yield " ".join("".join(parts).split())


def _parted(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(paragraph):
        if _is_short(paragraph[start : end.start()]):
            continue
        yield from filter(None, [paragraph[start : end.end()].strip()])
        start = end.end()
    yield from filter(None, [paragraph[start:].strip()])


def _is_short(before: str) -> bool:
    """Whether the dot belongs to an abbreviation or to the first letter of a name."""
    word = before.rsplit(None, 1)[-1].lower().lstrip("(\"“‘") if before.strip() else ""
    return word in listed("abbreviations") or (len(word) == 1 and word.isalpha())
