"""The rules of a rating scale: which verdicts a label is for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import NumberClaim
from factcheck.claims.regions import Interval
from factcheck.errors import Problem
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.places import Placer
from factcheck.verdicts.verdict import Outcome, Verdict

RATED = tuple(outcome for outcome in Outcome if outcome is not Outcome.ERROR)
FIGURES = ("claimed", "found")  # what a label may hold between braces
_CHOICES = {"direction": ("overstated", "understated"), "confidence": ("high", "moderate", "low")}
_KEYS = ("label", "value", "times", "below", *_CHOICES)
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


@dataclass(frozen=True)
class Rule:
    """A label and what it asks of a verdict; None asks for nothing."""

    label: str
    value: float | None = None
    direction: str | None = None
    confidence: str | None = None
    times: float | None = None  # the claim is off by so many times at least
    below: float | None = None  # or by fewer

    @property
    def figures(self) -> bool:
        """Whether the label tells the figures, so that a verdict must have them."""
        return any(f"{{{name}}}" in self.label for name in FIGURES)

    @property
    def conditional(self) -> bool:
        return self.figures or any(one is not None for one in (self.direction, self.confidence, self.times, self.below))

    def fits(self, verdict: Verdict) -> bool:
        found = verdict.finding
        if self.direction is not None and found.direction != self.direction:
            return False
        if self.confidence is not None and verdict.confidence != self.confidence:
            return False
        factor = _factor(verdict)
        if self.times is not None and (factor is None or factor < self.times):
            return False
        if self.below is not None and (factor is None or factor >= self.below):
            return False
        return not self.figures or (verdict.claimed is not None and verdict.estimate is not None)


def _factor(verdict: Verdict) -> Fraction | float | None:
    """How many times the claim is off; nothing where there was to be something is off without bound."""
    found = verdict.measurement
    if verdict.finding.factor is not None or found is None:
        return verdict.finding.factor
    if not isinstance(verdict.claimed, NumberClaim) or not isinstance(found.region, Interval):
        return None
    claimed, measured = verdict.claimed.region, found.region
    for one, other in ((claimed, measured), (measured, claimed)):
        if one.low is not None and one.low > 0 and other.low == other.high == 0:
            return math.inf
    return None


def rules_of(
    outcome: str, entry: object, ends: tuple[float, float] | None, place: Placer, path: tuple[str, ...]
) -> tuple[tuple[Rule, ...], list[Problem]]:
    """The rules for one outcome as they are written: a label, a rule, or a list of them."""
    entries = entry if isinstance(entry, (list, tuple)) else [entry]
    rules: list[Rule] = []
    problems: list[Problem] = []
    for one in entries:
        rule, wrong = _rule(outcome, one, ends)
        problems += [Problem(message, place(*path), hint) for message, hint in wrong]
        if rule is None:
            continue
        if rules and not rules[-1].conditional:
            message = f"the label '{rule.label}' for '{outcome}' is never used: the one before it is for every verdict"
            problems.append(Problem(message, place(*path)))
        rules.append(rule)
    if not problems and (not rules or rules[-1].conditional):
        message = f"the rating scale has no label for some verdicts that are '{outcome}'"
        problems.append(Problem(message, place(*path), "end the list with a label that asks for nothing"))
    return tuple(rules), problems


Wrong = list[tuple[str, str]]


def _rule(outcome: str, entry: object, ends: tuple[float, float] | None) -> tuple[Rule | None, Wrong]:
    written = entry if isinstance(entry, Mapping) else {"label": entry}
    wrong: Wrong = [
        (f"a rule of a rating scale has no '{key}'", did_you_mean(str(key), _KEYS) or f"keys: {', '.join(_KEYS)}")
        for key in written
        if key not in _KEYS
    ]
    label = written.get("label")
    text = "true" if label is True else "false" if label is False else label
    if not isinstance(text, (str, int, float)) or not str(text).strip():
        return None, [*wrong, (f"the rating scale has no label for '{outcome}'", "write a text")]
    wrong += _braces(str(text))
    for key, known in _CHOICES.items():
        if key in written and written[key] not in known:
            hint = did_you_mean(str(written[key]), known) or f"one of {', '.join(known)}"
            wrong.append((f"'{written[key]}' is no {key}", hint))
    value, told = _number(written, "value")
    wrong += told
    times, told = _number(written, "times")
    below, more = _number(written, "below")
    wrong += told + more + _fitting(outcome, value, ends)
    wrong += [
        (f"'{key}' must be above 1: a claim is never off by less", "")
        for key, factor in (("times", times), ("below", below))
        if factor is not None and factor <= 1
    ]
    if wrong:
        return None, wrong
    direction, confidence = (str(written[key]) if key in written else None for key in _CHOICES)
    return Rule(str(text), value, direction, confidence, times, below), []


def _braces(label: str) -> Wrong:
    unknown = [found.group() for found in _BRACES.finditer(label) if found[1] not in FIGURES]
    return [(f"a label cannot hold '{one}'", "only {claimed} and {found}") for one in unknown]


def _number(written: Mapping[str, object], key: str) -> tuple[float | None, Wrong]:
    value = written.get(key)
    if value is None:
        return None, []
    found = number_of(value)
    return found, [] if found is not None else [(f"'{key}' in a rating scale must be a number, found '{value}'", "")]


def number_of(value: object) -> float | None:
    """A number as it was written, be it as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None


def _fitting(outcome: str, value: float | None, ends: tuple[float, float] | None) -> Wrong:
    if value is None:
        return []
    if not Outcome(outcome).conclusive:
        return [(f"a claim that is {outcome} cannot have a number: it has no place on the scale", "leave out 'value'")]
    if ends is None:
        return [("a rating scale with values needs 'best' and 'worst'", "for example best: 5, worst: 1")]
    if not ends[0] <= value <= ends[1]:
        return [(f"the value {value:g} lies outside of the scale, {ends[0]:g} to {ends[1]:g}", "")]
    return []
