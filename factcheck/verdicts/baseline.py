"""Baselines: the verdicts that a desk has accepted, recorded for review beside the claims.

The claims of claims/sub/x.yaml are recorded in baselines/sub/x.json, schema 1:

    {
      "baseline": 1,
      "claims": {
        "beach": {
          "statement": …, "outcome": …, "direction": …, "confidence": …, "rating": …,
          "claimed": {"text": "9%", "reading": "what rounds to 9%"},
          "estimate": …, "low": …, "high": …, "unit": …, "n": …, "missing": …,
          "accepted": "2026-11-21",
          "claim": {"sha256": …, "spec": {…}, "rules": {…}},
          "data": {"bob-ross": {"sha256": …, "described": …, "columns": …}},
          "engine": {"factcheck": "0.1.0", "method": "share-79ce5efde76e"}
        }
      },
      "datasets": {
        "bob-ross": [{"sha256": …, "described": …, "rows": 403, "columns": {"BEACH": {"sha256": …, "values": {…}}}}]
      }
    }

The figures are those of `check --format json`. `claim` is what the claim means (`claims.meaning`), `rules` the
project's own for ratings and confidence, where it has any. `data` names the datasets that the verdict rests on:
the `sha256` of their content (null where they lie in no file), that of what their manifests say (`evidence.prints`),
and one of the columns that were used (`used_digest`). `datasets` describes those columns, a state for each content that
a claim was accepted on: there are several only where some claims were accepted later than others. `accepted` is the day
on which the block last changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any

from factcheck.text.canonical import digest
from factcheck.verdicts.earlier import Earlier
from factcheck.verdicts.verdict import Outcome

SCHEMA = 1
FOLDER = "baselines"  # in the project
FIGURES = (
    "statement", "outcome", "direction", "confidence", "rating", "claimed", "estimate", "low", "high", "unit", "n",
    "missing",
)  # fmt: skip
CLAIMED = ("text", "reading")
_CLAIMS = "claims/"


@dataclass(frozen=True)
class Rested:
    """What a verdict rested on of one dataset: its content, what its manifest says, and the columns used."""

    sha256: str | None
    described: str
    columns: str | None


@dataclass(frozen=True)
class Column:
    """A column of a dataset. values: how many rows have which value, of few values that name nobody."""

    sha256: str
    values: Mapping[str, int] | None = None


@dataclass(frozen=True)
class State:
    """A dataset as it was when a verdict on it was accepted, as far as claims used it."""

    sha256: str | None
    described: str
    rows: int
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class Block:
    """A claim with its accepted verdict. figures: those of `FIGURES`, as results in JSON have them."""

    figures: Mapping[str, Any]
    accepted: date
    fingerprint: str
    spec: Mapping[str, Any]
    data: Mapping[str, Rested]
    version: str
    method: str | None  # None where nothing was measured
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.figures["outcome"])


@dataclass(frozen=True)
class Recorded:
    """What one file of a baseline holds."""

    claims: Mapping[str, Block] = field(default_factory=dict)
    datasets: Mapping[str, tuple[State, ...]] = field(default_factory=dict)

    def states(self, name: str, rested: Rested) -> tuple[State, ...]:
        """What is recorded of a dataset as a verdict rested on it; several where it lies in no file."""
        return tuple(state for state in self.datasets.get(name, ()) if same(state, rested))


@dataclass(frozen=True)
class Baseline:
    """Accepted verdicts, by the file in which they are recorded: its name below the folder of baselines."""

    files: Mapping[str, Recorded]
    name: str = FOLDER  # as people know the folder, or the one file

    def __iter__(self) -> Iterator[tuple[str, str, Block]]:
        """Each block with its file and the claim's id, in their order."""
        for home, recorded in sorted(self.files.items()):
            for id, block in recorded.claims.items():
                yield home, id, block

    @property
    def empty(self) -> bool:
        return not any(recorded.claims for recorded in self.files.values())

    def home(self, id: str) -> str | None:
        """The file in which a claim is recorded, wherever that is; None where it is not."""
        return next((home for home, recorded in self.files.items() if id in recorded.claims), None)

    def block(self, id: str) -> Block | None:
        home = self.home(id)
        return None if home is None else self.files[home].claims[id]

    @property
    def earlier(self) -> Earlier:
        """The accepted verdicts as earlier results, each with the day of its own."""
        days = {id: datetime.combine(block.accepted, datetime.min.time(), UTC) for _, id, block in self}
        versions = {block.version for _, _, block in self}
        return Earlier(
            max(days.values(), default=datetime.min.replace(tzinfo=UTC)),
            versions.pop() if len(versions) == 1 else "",
            {id: {"id": id, **block.figures, "datasets": [*block.data]} for _, id, block in self},
            days,
        )


def same(one: State | Rested, other: State | Rested) -> bool:
    """Whether two tell of a dataset of the same content under the same manifest."""
    return (one.sha256, one.described) == (other.sha256, other.described)


def used_digest(rows: int, columns: Mapping[str, str], used: Collection[str]) -> str | None:
    """One sha256 of the columns that a verdict used and of how many rows there are.

    columns: the sha256 of each that is known by its name; None where one that was used is not among them.
    """
    if not columns.keys() >= {*used}:
        return None
    return digest({"rows": rows, "columns": {name: columns[name] for name in used}})


def place(file: str) -> str:
    """Where the claims of a claim file are recorded, below the folder of baselines.

    Files that differ in their ending alone share a place.

    >>> place("claims/2018/mexico.yaml")
    '2018/mexico.json'
    """
    return PurePosixPath(file.removeprefix(_CLAIMS)).with_suffix(".json").as_posix()
