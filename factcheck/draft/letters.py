"""What a sentence says of how texts are written or where links lead: Cyrillic names, posts that link to a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.draft.conditions import column as quoted
from factcheck.draft.known import Known
from factcheck.draft.match import Match
from factcheck.draft.sentence import Sentence
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.names import literal

_SCRIPTS = {
    "cyrillic": "Cyrillic", "latin": "Latin", "arabic": "Arabic", "greek": "Greek", "hebrew": "Hebrew", "han": "Han",
    "devanagari": "Devanagari", "hangul": "Hangul", "thai": "Thai",
}  # fmt: skip
_LETTERS = frozenset({"letter", "charact", "script", "alphabet", "write"})
_NAMES = frozenset({"name", "username", "handle"})
_FILES = frozenset({"csv", "tsv", "json", "jsonl", "xls", "xlsx", "txt", "pdf", "parquet", "zip", "html", "py", "md"})
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")


def written(sentence: Sentence, dataset: str, columns: Sequence[Known], found: Sequence[Match]) -> Iterator[Match]:
    """Conditions on the script of texts and the site of links. `found` are the columns that the sentence names."""
    texts = [one.column.name for one in columns if one.column.family is Family.TEXT and not one.is_address]
    named = [match for match in found if match.what == "column" and match.column in texts]
    for at, word in enumerate(sentence.words):
        script = _SCRIPTS.get(word.folded)
        after = sentence.words[at + 1].stem if at + 1 < len(sentence.words) else ""
        if script is None or not (after in _NAMES | _LETTERS or word.folded in ("cyrillic", "latin", "hebrew")):
            continue
        beside = [match for match in named if at + 1 in match.covered] or named
        for match in beside[:3]:
            how = f"'{word.text}' is a script, which the letters of {match.column} may be of"
            yield Match.at(
                sorted({at, *(match.covered & {at + 1})}), dataset, "value", match.column,
                value=script, condition=f"script({quoted(str(match.column))}) = {literal(script)}", score=0.85, how=how,
            )  # fmt: skip


def sites(sentence: Sentence, dataset: str, columns: Sequence[Known]) -> Iterator[Match]:
    """Of a column of addresses the site that the sentence names."""
    for one in columns:
        for at, word in enumerate(sentence.words) if one.is_address else ():
            site = word.folded.removeprefix("www.").split("/")[0]
            if _SITE.fullmatch(site) and site.rpartition(".")[2] not in _FILES:
                how = f"'{word.text}' is a site, which {one.column.name} may lead to"
                condition = f"domain({quoted(one.column.name)}) = {literal(site)}"
                yield Match.at(
                    (at,), dataset, "value", one.column.name, value=site, condition=condition, score=0.85, how=how
                )
