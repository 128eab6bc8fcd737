"""Rating scales: how a newsroom names the engine's verdicts. A scale is a YAML file in scales/, no Python.

For each outcome a scale has a label, or rules that are tried in order: a rule may ask for a direction, a confidence, or
that the claim is off by so many times at least (`times`) or by fewer (`below`), and the last asks for nothing, so that
every verdict has a label. A label may hold `{claimed}` and `{found}`; such a rule is for verdicts that have both. A
scale whose labels are sentences is a written conclusion. `value`, from `worst` to `best`, is what ClaimReview calls
ratingValue; what the evidence leaves open has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from factcheck.errors import Problem
from factcheck.text.packaged import packaged
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.places import Placer, no_place
from factcheck.verdicts.rules import RATED, Rule, number_of, rules_of
from factcheck.verdicts.verdict import Outcome, Score, Verdict

LABELLED = tuple(outcome.value for outcome in RATED)
_KEYS = ("labels", "best", "worst", "title")


@dataclass(frozen=True)
class RatingScale:
    """Rules by outcome, the first that fits a verdict counts. An error is no verdict and has no rating."""

    name: str
    rules: Mapping[str, tuple[Rule, ...]]
    best: float | None = None
    worst: float | None = None
    title: str = ""

    def rule(self, verdict: Verdict) -> Rule | None:
        return next((rule for rule in self.rules.get(verdict.outcome.value, ()) if rule.fits(verdict)), None)

    def label(self, verdict: Verdict) -> str | None:
        """The label as the scale has it; its places for figures are filled where it is told."""
        rule = self.rule(verdict)
        return None if rule is None else rule.label

    def score(self, verdict: Verdict) -> Score | None:
        """The label as a number; None where it has none."""
        rule = self.rule(verdict)
        if rule is None or rule.value is None or self.best is None or self.worst is None:
            return None
        return Score(rule.value, self.best, self.worst)


@cache
def shipped() -> dict[str, RatingScale]:
    """The scales that come with factcheck, by name."""
    folder = files("factcheck.verdicts").joinpath("scales")
    scales = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            name = file.name.removesuffix(".yaml")
            scale, problems = _scale(name, packaged(file), no_place, ())
            if problems:
                raise ValueError(f"the scale {name} is faulty: {problems[0].message}")
            scales[name] = scale
    return scales


def scale_of(rating: str | Mapping[str, object] | None, place: Placer = no_place) -> tuple[RatingScale, list[Problem]]:
    """The scale that factcheck.yaml asks for: by name, or one of its own, as a mapping of outcomes or with `labels`.

    `place` tells where the key at a path of the configuration stands. A faulty scale is given back with its problems.
    """
    plain = shipped()["plain"]
    if rating is None:
        return plain, []
    if isinstance(rating, str):
        if rating in shipped():
            return shipped()[rating], []
        hint = did_you_mean(rating, shipped()) or f"scales: {', '.join(shipped())}; one of your own stands here itself"
        return plain, [Problem(f"unknown rating scale '{rating}' in factcheck.yaml", place("rating"), hint)]
    return _scale("own", rating, place, ("rating",))


def _scale(
    name: str, written: Mapping[str, object], place: Placer, path: tuple[str, ...]
) -> tuple[RatingScale, list[Problem]]:
    bare = "labels" not in written
    labels = written if bare else written["labels"]
    inner = path if bare else (*path, "labels")
    if not isinstance(labels, Mapping):
        message = "the rating scale in factcheck.yaml needs `labels`: an outcome and its label a line"
        return RatingScale(name, {}), [Problem(message, place(*path))]
    problems = [] if bare else _unknown(written, place, path)
    ends, wrong = _ends({} if bare else written, place, path)
    problems += wrong
    problems += [
        Problem(f"the rating scale in factcheck.yaml has no label for '{outcome}'", place(*inner))
        for outcome in LABELLED
        if outcome not in labels
    ]
    rules: dict[str, tuple[Rule, ...]] = {}
    for outcome, entry in labels.items():
        if outcome not in LABELLED:
            message = f"'{outcome}' in the rating scale is no outcome"
            problems.append(Problem(message, place(*inner, str(outcome)), did_you_mean(str(outcome), [*LABELLED])))
            continue
        rules[outcome], wrong = rules_of(outcome, entry, ends, place, (*inner, outcome))
        problems += wrong
    worst, best = ends or (None, None)
    if not problems:
        problems += [Problem(message, place(*inner, outcome)) for outcome, message in _uneven(rules)]
    return RatingScale(name, rules, best, worst, str(written.get("title", ""))), problems


def _uneven(rules: Mapping[str, tuple[Rule, ...]]) -> list[tuple[str, str]]:
    """Where some labels of what is concluded have a number, all must: programs compare them."""
    labels = [(name, rule) for name, listed in rules.items() if Outcome(name).conclusive for rule in listed]
    bare = [(name, rule.label) for name, rule in labels if rule.value is None]
    if not bare or len(bare) == len(labels):
        return []
    return [(name, f"the label '{label}' has no 'value', and others of the scale have") for name, label in bare]


def _unknown(written: Mapping[str, object], place: Placer, path: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(f"a rating scale has no '{key}'", place(*path, str(key)), did_you_mean(str(key), _KEYS))
        for key in written
        if key not in _KEYS
    ]


def _ends(
    written: Mapping[str, object], place: Placer, path: tuple[str, ...]
) -> tuple[tuple[float, float] | None, list[Problem]]:
    """(worst, best) of a scale with numbers. Google's ClaimReview asks for worst ≥ 1 and best above it."""
    if "best" not in written and "worst" not in written:
        return None, []
    found = {key: number_of(written.get(key)) for key in ("worst", "best")}
    worst, best = found["worst"], found["best"]
    if worst is None or best is None:
        lacking = next(key for key, end in found.items() if end is None)
        return None, [Problem(f"a rating scale with numbers needs '{lacking}', a number", place(*path, lacking))]
    if worst < 1:
        return None, [Problem("the worst rating must be 1 or more", place(*path, "worst"))]
    if best <= worst:
        return None, [Problem("the best rating must be above the worst", place(*path, "best"))]
    return (worst, best), []
