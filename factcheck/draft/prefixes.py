"""Values that begin with what they are: ids such as tw_123 and fb_456, which a sentence calls Twitter and Facebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from factcheck.draft.conditions import column as quoted
from factcheck.draft.known import Asked, Known
from factcheck.draft.match import Match
from factcheck.draft.sentence import Sentence
from factcheck.draft.words import words
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.engines.names import identifier, literal

_PREFIX = re.compile(r"[A-Za-z]{2,12}[_:]")
_SURE = 0.85


def coded(sentence: Sentence, dataset: str, prefixes: Mapping[str, tuple[str, str]]) -> Iterator[Match]:
    """Conditions on how the values of a column begin, where the sentence has the words for it."""
    for name, both in prefixes.items():
        for prefix in both:
            for at, surely in sentence.at(words(prefix)[0]):
                how = f"'{sentence.words[at].text}' is said of the values of {name} that begin with '{prefix}'"
                condition = f"starts_with({quoted(name)}, {literal(prefix)})"
                yield Match.at(
                    (at,), dataset, "value", name, value=prefix, condition=condition, score=_SURE * surely, how=how
                )


def prefixes(evidence: Asked, dataset: Dataset, columns: Sequence[Known]) -> dict[str, tuple[str, str]]:
    """By columns of very many ids: the two words with which all of them begin, signs included.

    The first and the last value in order show which; that all others begin with one of these is asked, too.
    """
    many = [one.column.name for one in columns if one.values is None and one.column.family is Family.TEXT]
    if not many:
        return {}
    relation = identifier(dataset.relation)
    ends = ", ".join(f"min({identifier(name)}), max({identifier(name)})" for name in many)
    (row,) = evidence.looked(dataset, f"SELECT {ends} FROM {relation}")
    found = {}
    for name, low, high in zip(many, row[::2], row[1::2], strict=True):
        begins = [_PREFIX.match(str(end)) for end in (low, high)]
        if begins[0] is not None and begins[1] is not None and begins[0].group() != begins[1].group():
            found[name] = (begins[0].group(), begins[1].group())
    if not found:
        return {}
    others = ", ".join(
        f"count(CASE WHEN NOT ({identifier(name)} LIKE {literal(low + '%')} OR {identifier(name)} LIKE "
        f"{literal(high + '%')}) THEN 1 END)"
        for name, (low, high) in found.items()
    )
    (counts,) = evidence.looked(dataset, f"SELECT {others} FROM {relation}")
    return {name: both for (name, both), n in zip(found.items(), counts, strict=True) if int(str(n)) == 0}
