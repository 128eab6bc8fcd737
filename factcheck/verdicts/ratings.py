"""Rating scales: how a newsroom names the engine's outcomes. A scale is a YAML file in scales/, no Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.errors import Problem
from factcheck.text.packaged import packaged
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.places import Placer, no_place
from factcheck.verdicts.verdict import Outcome, Verdict

RATED = tuple(outcome for outcome in Outcome if outcome is not Outcome.ERROR)
LABELLED = tuple(outcome.value for outcome in RATED)


@dataclass(frozen=True)
class RatingScale:
    """`labels` by outcome. An error is no verdict and has no rating."""

    name: str
    labels: Mapping[str, str]

    def label(self, verdict: Verdict) -> str | None:
        return self.labels.get(verdict.outcome.value)


@cache
def shipped() -> dict[str, RatingScale]:
    """The scales that come with factcheck, by name."""
    folder = files("factcheck.verdicts").joinpath("scales")
    scales = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            name = file.name.removesuffix(".yaml")
            scales[name] = RatingScale(name, packaged(file)["labels"])
    return scales


def scale_of(rating: str | Mapping[str, Any] | None, place: Placer = no_place) -> tuple[RatingScale, list[Problem]]:
    """The scale that factcheck.yaml asks for: by name, or a mapping `{labels: {outcome: label}}` of its own.

    `place` tells where the key at a path of the configuration stands.
    """
    plain = shipped()["plain"]
    if rating is None:
        return plain, []
    if isinstance(rating, str):
        if rating in shipped():
            return shipped()[rating], []
        hint = did_you_mean(rating, shipped()) or f"scales: {', '.join(shipped())}"
        return plain, [Problem(f"unknown rating scale '{rating}' in factcheck.yaml", place("rating"), hint)]
    labels = rating.get("labels", rating)
    if not isinstance(labels, dict):
        message = "the rating scale in factcheck.yaml needs `labels`: an outcome and its label a line"
        return plain, [Problem(message, place("rating"))]
    absent = [outcome.value for outcome in RATED if outcome.value not in labels]
    unknown = [name for name in labels if name not in {outcome.value for outcome in RATED}]
    path = ("rating", "labels") if "labels" in rating else ("rating",)
    problems = [
        Problem(f"the rating scale in factcheck.yaml has no label for '{name}'", place(*path)) for name in absent
    ]
    problems += [
        Problem(f"'{name}' in the rating scale is no outcome", place(*path, name), did_you_mean(name, [*LABELLED]))
        for name in unknown
    ]
    return RatingScale("own", {name: str(text) for name, text in labels.items()}), problems
