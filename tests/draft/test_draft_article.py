"""Which sentences an article has."""

from __future__ import annotations

from factcheck.draft.article import sentences

ARTICLE = """---
title: Bots
---
# Half of it is a heading

Mr. Smith of the U.S. counted **64%**. It was [2.5 million](https://example.org/5) posts!
A line break does
not end one.

> “Nine in ten,” he said. "Is it?"

- First item
- Second item, e.g. this one

| a | b |
| - | - |
| 1 | 2 |

    x = 5
"""


def test_running_text_is_parted_into_sentences() -> None:
    assert sentences(ARTICLE) == [
        "Mr. Smith of the U.S. counted 64%.",
        "It was 2.5 million posts!",
        "A line break does not end one.",
        "“Nine in ten,” he said.",
        '"Is it?"',
        "First item",
        "Second item, e.g. this one",
    ]


def test_an_empty_article_has_none() -> None:
    assert sentences("# Only a heading\n") == []
