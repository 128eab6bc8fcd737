"""Evidence that repeats the claimant's own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.errors import Place
from factcheck.evidence.lineage import foundations
from factcheck.verdicts.consistency.stated import Concern, Stated, warning
from factcheck.verdicts.sources import address, own_source, plain

NAMED = 3  # claims named in a warning


def own_figures(stated: Iterable[Stated]) -> Iterator[Concern]:
    """A warning for each source from which claims and their evidence come; the note is one on the evidence."""
    by_source: dict[str, dict[str, Stated]] = {}
    for one in stated:
        if not one.chosen:
            continue
        for dataset in (below for used in one.datasets for below in foundations(used)):
            if own_source(one.claim, dataset):
                source = address(dataset.source_url) if dataset.source_url else plain(dataset.source_title or "")
                by_source.setdefault(source, {}).setdefault(one.source.id, one)
    for claims in by_source.values():
        first = next(iter(claims.values()))
        yield Concern("evidence from the claims' own source", warning(_message(list(claims)), _place(first), _HINT))


_HINT = "what repeats the claimant's figures cannot confirm them; is there evidence from elsewhere?"


def _place(one: Stated) -> Place:
    return one.source.place("dataset")


def _message(ids: list[str]) -> str:
    named = ", ".join(f"'{name}'" for name in ids[:NAMED])
    if len(ids) == 1:
        return f"the evidence for {named} comes from where the claim was made"
    more = f" and {len(ids) - NAMED:,} more claims" if len(ids) > NAMED else ""
    return f"the evidence for {named}{more} comes from where they were made"
