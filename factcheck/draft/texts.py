"""What a sentence says of texts themselves: a tag in them, words that stand in quotation marks, what they mention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.draft.conditions import column, contains
from factcheck.draft.known import TEXTS, Known
from factcheck.draft.match import Match
from factcheck.draft.sentence import Sentence
from factcheck.evidence.engines.names import literal

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{2,80})[”\"“»]|(?<!\w)['‘]([^'‘’]{2,80})['’](?!\w)")
_QUOTED_WORDS = 6  # of more in quotation marks somebody speaks, and no text is quoted
# What a text does to a word: it mentions it, contains it, talks about it.
_SPEAKS = frozenset({"mention", "contain", "includ", "say", "use", "word", "name", "phrase", "hashtag"})


def texts(text: str, sentence: Sentence, dataset: str, columns: list[Known]) -> list[Match]:
    """Conditions on the texts of a dataset: tags, quoted words, and names that posts are said to mention."""
    read = [known for known in columns if known.is_read]
    read.sort(key=lambda known: known.column.name.lower() not in TEXTS)
    if not read:
        return []
    name = read[0].column.name
    return [
        Match.at(
            range(first, last), dataset, "value", name,
            value=meant, condition=_condition(name, meant), score=score, how=f"'{meant}' is looked for in {name}",
        )
        for first, last, meant, score in _sought(text, sentence)
    ]  # fmt: skip


def _condition(name: str, meant: str) -> str:
    if meant.startswith("#"):
        return f"has_hashtag({column(name)}, {literal(meant)})"
    return contains(name, meant)


def _sought(text: str, sentence: Sentence) -> Iterator[tuple[int, int, str, float]]:
    for position, word in enumerate(sentence.words):
        if word.text[0] == "#":
            yield position, position + 1, word.text, 0.9
        elif word.text[0] == "@":
            yield position, position + 1, word.text, 0.7
    for hit in _QUOTED.finditer(text):
        start, end = hit.span(1) if hit.group(1) else hit.span(2)
        inside = [at for at, word in enumerate(sentence.words) if start <= word.start and word.end <= end]
        if inside and not hit.group().startswith("#") and len(inside) <= _QUOTED_WORDS:
            yield inside[0], inside[-1] + 1, text[start:end].strip(" .,;:"), 0.75
    yield from _mentioned(sentence)


def _mentioned(sentence: Sentence) -> Iterator[tuple[int, int, str, float]]:
    """'posts that mention Trump': a name that follows."""
    for position, word in enumerate(sentence.words[:-1]):
        if word.stem not in _SPEAKS:
            continue
        first = position + 1
        while first < len(sentence.words) and (sentence.words[first].stop or sentence.words[first].stem in _SPEAKS):
            first += 1
        last = first
        while last < len(sentence.words) and sentence.words[last].text[0].isupper():
            last += 1
        if last > first:
            names = (word.text.removesuffix("'s").removesuffix("’s") for word in sentence.words[first:last])
            yield first, last, " ".join(names), 0.6
