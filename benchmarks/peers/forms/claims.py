"""factcheck: a claim file, and the manifest of the data."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.forms.sql import all_of
from benchmarks.peers.questions import Question

MANIFEST = """datasets:
  posts:
    files: posts.parquet
    unit: post
    represents: every public post of the spring
    completeness: complete
"""


def project(questions: Sequence[Question]) -> dict[str, str]:
    head = "defaults: {dataset: posts}\nclaims:\n"
    return {"claims/claims.yaml": head + "\n".join(map(claim, questions)), "evidence/posts.yaml": MANIFEST}


def claim(one: Question) -> str:
    """The claim as its author would write it."""
    return (
        f"  - id: {one.id}\n    statement: {statement(one)}\n    measure:\n{_measure(one)}    claimed: {one.claimed}\n"
    )


def statement(one: Question) -> str:
    """A sentence that says what is claimed; quoted, since conditions hold what YAML would read."""
    among = f" among those where {all_of(one.base)}" if one.base else ""
    said = {
        "share": f"{one.claimed} of the posts{among} satisfy {all_of(one.that)}.",
        "count": f"There were {one.claimed} posts where {all_of(one.that)}.",
        "mean": f"The mean of {one.column} was {one.claimed} of the posts{among}.",
        "distinct": f"The posts{among} came from {one.claimed} authors.",
    }[one.kind]
    return f'"{said[0].upper()}{said[1:]}"'


def _measure(one: Question) -> str:
    if one.kind == "count":
        return f'      count: rows\n      that: "{all_of(one.that)}"\n'
    first = {
        "share": f'share: "{all_of(one.that)}"',
        "mean": f"mean: {one.column}",
        "distinct": f"count: distinct {one.column}",
    }[one.kind]
    among = f'      among: "{all_of(one.base)}"\n' if one.base else ""
    return f"      {first}\n{among}"
