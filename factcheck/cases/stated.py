"""What claims state, bound or not, for the checks of consistency."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from factcheck.cases.build import BoundCase
from factcheck.cases.case import Case
from factcheck.cases.docket import Docket, lay_out
from factcheck.claims.reading import ClaimSource
from factcheck.errors import EvidenceError
from factcheck.measures import named_kind
from factcheck.verdicts.consistency import Stated
from factcheck.verdicts.consistency.stated import folded

MOST_BESIDE = 500


def stated(
    dockets: Iterable[Docket], bound: Mapping[Case, BoundCase | EvidenceError], *, chosen: bool = True
) -> Iterator[Stated]:
    """What each claim, or each of its checks, states; also the figure of a claim that all of its checks replace."""
    for docket in dockets:
        source = docket.source
        replaced = docket.has_checks and all(part.claim.claimed != source.claim.claimed for part in source.parts)
        if replaced and source.claim.claimed is not None:
            yield Stated(source, chosen=chosen)
        for entry in docket.entries:
            part = entry.case.source
            own = part.index is not None and part.claim.claimed != source.claim.claimed
            built = bound.get(entry.case)
            if isinstance(built, BoundCase):
                yield Stated(part, built.claimed, built.measure, built.datasets, own, chosen)
            else:
                yield Stated(part, own=own, chosen=chosen)


def related(
    claims: Collection[ClaimSource], everything: Iterable[ClaimSource], datasets: Collection[str]
) -> list[Docket]:
    """The claims beside the chosen ones that may contradict them: of the same quantity, or counts of the same datasets.

    What is said of a claim must not depend on which others a run selects; but of more than MOST_BESIDE counts none is
    bound, since that takes longer than the claim that was asked for.
    """
    ids = {claim.id for claim in claims}
    names = {folded(name) for claim in claims for name in _quantities(claim)}
    dockets, _ = lay_out((claim for claim in everything if claim.id not in ids), datasets)
    alike = {docket: None for docket in dockets if names & set(map(folded, _quantities(docket.source)))}
    counts = [docket for docket in dockets if docket not in alike and _counts(docket, datasets)]
    return [
        replace(docket, entries=tuple(replace(entry, variants=()) for entry in docket.entries))
        for docket in (*alike, *(counts if len(counts) <= MOST_BESIDE else ()))
    ]


def _counts(docket: Docket, datasets: Collection[str]) -> bool:
    """Whether a part or a whole of what others count may be among what is asked."""
    kinds = {named_kind(entry.case.claim.measure or {}) for entry in docket.entries}
    return bool(docket.needs) and docket.needs <= set(datasets) and not kinds.isdisjoint(("count", "share"))


def _quantities(claim: ClaimSource) -> set[str]:
    return {part.claim.quantity for part in (claim, *claim.parts) if part.claim.quantity is not None}
