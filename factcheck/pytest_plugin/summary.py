"""The end of a run of pytest: how the claims stand, what was recorded, what a person should be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factcheck.reports.tested import ACCEPTED, NONE, overview, unrecorded


def lines(
    claims: Sequence[Mapping[str, Any]], checked: Iterable[Mapping[str, Any]], *, warnings: bool
) -> Iterator[str]:
    """claims: the facts of each claim that ran; checked: what was found of each project."""
    projects = list(checked)
    yield overview(claim["outcome"] for claim in claims if "outcome" in claim)
    for key in ("gone", "recorded"):
        for project in projects:
            yield from project[key]
    count = sum(claim.get(ACCEPTED) == NONE and claim.get("outcome") != "error" for claim in claims)
    if count:
        yield unrecorded(count)
    if warnings:
        for text in dict.fromkeys(line for project in projects for line in project["warnings"]):
            yield from text.splitlines()
