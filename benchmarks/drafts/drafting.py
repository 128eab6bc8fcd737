"""How drafting is asked: in this process, over evidence that is opened once for all sentences of a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.drafts.scoring import MANY, Drafted
from benchmarks.drafts.sentences import Sentence
from factcheck.draft.drafting import Draft
from factcheck.draft.opening import drafting
from factcheck.project import open_evidence


def drafts(sentences: Sequence[Sentence], root: Path, no_table: bool = False) -> list[tuple[Sentence, Drafted]]:
    """What is drafted from each sentence, with the table that its user names or with all."""
    project = open_evidence(root)
    named = {sentence.id: None if no_table else sentence.dataset for sentence in sentences}
    found: dict[str, Draft] = {}
    for dataset in dict.fromkeys(named.values()):
        asked = [sentence for sentence in sentences if named[sentence.id] == dataset]
        with drafting(project, None if dataset is None else [dataset]) as drafter:
            made = drafter.drafts([sentence.text for sentence in asked], MANY)
        found |= {sentence.id: draft for sentence, draft in zip(asked, made, strict=True)}
    return [(sentence, _drafted(found[sentence.id])) for sentence in sentences]


def _drafted(draft: Draft) -> Drafted:
    claims: tuple[Mapping[str, Any], ...] = tuple(choice.claim for choice in draft.choices)
    if draft.checkable:
        return Drafted(claims, bool(draft.close))
    unverifiable = any("unverifiable" in claim for claim in claims)
    return Drafted((), False, "unverifiable" if unverifiable else "not checkable", draft.reason)
