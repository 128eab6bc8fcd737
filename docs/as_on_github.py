"""What the site needs to read the pages as GitHub does: a Markdown extension that mkdocs.yml names.

The words behind the language of a fenced block (`part="claim"`, `exit=2`) are for the tests; Python-Markdown would take
such a block for no block. And it takes whatever follows a comment without an empty line for a part of the comment.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_FENCE = re.compile(r'^(?P<start>`{3,}[\w-]*)(?P<words>[ \t]+\S.*)$')
_TITLE = re.compile(r'(?<!\S)title="[^"]*"')


class _AsOnGitHub(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        read = []
        for line in lines:
            fence = _FENCE.match(line)
            if fence:
                title = _TITLE.search(fence["words"])
                line = fence["start"] + (f" {title[0]}" if title else "")
            if line == "<!-- end -->":
                read.append("")
            read.append(line)
            if line.startswith("<!-- generated: "):
                read.append("")
        return read


class AsOnGitHub(Extension):
    """Reads fences and generated parts as GitHub does."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_AsOnGitHub(md), "as_on_github", 29)  # before fences, 25


def makeExtension(**settings: object) -> Extension:
    return AsOnGitHub(**settings)
