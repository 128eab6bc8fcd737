"""The sentences and the claims that a person accepts as what each says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SETS = {
    "developing": "developing.yaml",
    "set-aside": "set_aside.yaml",
    "second": "second.yaml",
    "third-developing": "third_developing.yaml",
    "third": "third.yaml",
    "fourth": "fourth.yaml",
    "published": "published.yaml",
}
REFUSALS = ("not checkable", "unverifiable")

Claim = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """`right` are claims of the language, any of them good; `refusals` the ways of saying that there is none."""

    id: str
    kind: str
    text: str
    dataset: str | None
    traits: tuple[str, ...]
    right: tuple[Claim, ...]
    refusals: tuple[str, ...]

    @property
    def checkable(self) -> bool:
        return bool(self.right)


def read(path: Path) -> list[Sentence]:
    """The sentences of a file; ValueError where one has no answer or an id occurs twice."""
    found = [_sentence(entry) for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)["sentences"]]
    ids = [sentence.id for sentence in found]
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"{path}: {', '.join(repeated)} occur more than once")
    return found


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    answers = entry["right"] if isinstance(entry["right"], list) else [entry["right"]]
    refusals = tuple(answer for answer in answers if isinstance(answer, str))
    claims = tuple(answer for answer in answers if not isinstance(answer, str))
    if not answers or any(refusal not in REFUSALS for refusal in refusals):
        raise ValueError(f"{entry['id']}: {answers} is neither claims nor one of {', '.join(REFUSALS)}")
    traits = tuple(entry.get("traits", ()))
    return Sentence(entry["id"], entry["kind"], entry["sentence"], entry.get("dataset"), traits, claims, refusals)
