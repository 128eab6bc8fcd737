"""A case: one combination of dataset, conditions and measure that gets a verdict of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

from factcheck.claims.models import Claim
from factcheck.claims.reading import ClaimSource
from factcheck.errors import Place, Problem
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.choices import FIELDS, at, policy, same_choice, value_words

POLICIES = ("bounds", "ignore", "false")
MOST_VARIANTS = 1000

Path = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A claim (or check) with the choices of one variant; `params` names them, empty for the claim as it stands.

    `written` says where a field that `vary` replaced was written.
    """

    source: ClaimSource
    claim: Claim
    params: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, Path] = field(default_factory=dict)

    def place(self, *path: str | int, offset: int = 0, length: int | None = None) -> Place:
        if path and path[0] in self.written:
            path = (*self.written[str(path[0])], *path[1:])
        return self.source.place(*path, offset=offset, length=length)

    @property
    def where_is_default(self) -> bool:
        """Whether `where` comes from the head of the file or from factcheck.yaml."""
        if "where" in self.written:
            return False
        node = self.source.node_at("where")
        own = self.source.node
        if node is None:
            return False
        return not (node.source is own.source and own.start <= node.start <= own.end)


def blamed(case: Case, wrong: list[Problem], told: Collection[Problem]) -> list[Problem]:
    """The problems of a case; one that a choice of `vary` brings about elsewhere names it."""
    claim = case.source.claim
    own = {name: claim.params.get(name) if name not in FIELDS else getattr(claim, name) for name in case.params}
    chosen = [at(name, value) for name, value in case.params.items() if not same_choice(name, value, own[name])]
    if not chosen:
        return wrong
    places = [case.source.place(*path) for path in case.written.values()]
    choices = ", ".join(chosen).replace("`", "'")

    def stands_there(place: Place | None) -> bool:
        return place is not None and any(place.line == one.line and place.column >= one.column for one in places)

    return [
        problem if problem in told or stands_there(problem.place) else replace(
            problem, message=f"{problem.message} (a choice of 'vary': {choices})"
        )
        for problem in wrong
    ]  # fmt: skip


def variants(source: ClaimSource) -> tuple[list[Case], list[Problem]]:
    """A case for every combination of the choices of `vary`; a choice that is listed twice is one."""
    claim = source.claim
    problems = [problem for name in claim.vary for problem in _wrong(source, name)]
    choices = {name: _unlike(name, claim.vary[name]) for name in claim.vary}
    total = prod(map(len, choices.values()))
    if total > MOST_VARIANTS:
        message = f"'vary' makes {total:,} combinations; at most {MOST_VARIANTS:,} can be shown"
        problems.append(Problem(message, source.place("vary")))
    if any(problem.severity == "error" for problem in problems) or not claim.vary:
        return [], problems
    numbered = product(*(list(listed.items()) for listed in choices.values()))
    found = [_variant(source, dict(zip(choices, combination, strict=True))) for combination in numbered]
    return found, [*problems, *_never_alone(source, choices)]


def _unlike(name: str, listed: list[Any]) -> dict[int, Any]:
    """The choices by their place in the list, each once."""
    kept: dict[int, Any] = {}
    for index, value in enumerate(listed):
        if not any(same_choice(name, value, other) for other in kept.values()):
            kept[index] = value
    return kept


def _wrong(source: ClaimSource, name: str) -> list[Problem]:
    """What is wrong with one entry of `vary`."""
    claim, listed = source.claim, source.claim.vary[name]
    if name not in FIELDS and name not in claim.params:
        fields = "vary a name of `params`, or where, dataset, missing, measure"
        hint = did_you_mean(name, [*FIELDS, *claim.params]) or fields
        return [Problem(f"'vary' names '{name}', which is no parameter", source.place("vary", name), hint)]
    if not listed:
        return [Problem(f"'vary' lists no choice for '{name}'", source.place("vary", name), "list one or more")]
    problems = [
        Problem(message, source.place("vary", name, index), hint)
        for index, value in enumerate(listed)
        for message, hint in _refused(name, value)
    ]
    twice = sorted(set(range(len(listed))) - _unlike(name, listed).keys())
    return problems + [
        Problem(f"'vary' lists '{value_words(listed[index])}' twice for '{name}'", source.place("vary", name, index),
                "it counts once", "warning")
        for index in twice if not isinstance(listed[index], dict)
    ]  # fmt: skip


def _refused(name: str, value: Any) -> list[tuple[str, str]]:
    """What a field of a claim cannot be."""
    if name == "measure" and (not isinstance(value, dict) or not value):
        return [("a choice of 'measure' must be a mapping such as {count: rows}", "")]
    if name == "missing" and policy(value) not in POLICIES:
        hint = did_you_mean(str(value), POLICIES) or f"one of {', '.join(POLICIES)}"
        return [(f"'{value_words(value)}' is no way to treat missing values", hint)]
    if name == "where" and not (value is None or isinstance(value, str)):
        return [("a choice of 'where' must be a condition, or null for none", "")]
    if name == "dataset" and not isinstance(value, str):
        return [("a choice of 'dataset' must be the name of a dataset", "")]
    return []


def _never_alone(source: ClaimSource, choices: Mapping[str, Mapping[int, Any]]) -> list[Problem]:
    """Where several entries leave out the claim's own choice, all of them change at once in every combination."""
    claim = source.claim
    left_out = []
    for name, listed in choices.items():
        own = getattr(claim, name) if name in FIELDS else claim.params[name]
        if not any(same_choice(name, value, own) for value in listed.values()):
            left_out.append(name)
    if len(left_out) < 2:
        return []
    message = f"'vary' changes {' and '.join(left_out)} together in every combination, never one of them alone"
    hint = "list the claim's own choice of each as well, to see which of them matters"
    return [Problem(message, source.place("vary"), hint, "warning")]


def _variant(source: ClaimSource, chosen: Mapping[str, tuple[int, Any]]) -> Case:
    claim = source.claim
    update: dict[str, Any] = {"vary": {}}
    params = dict(claim.params)
    written: dict[str, Path] = {}
    for name, (index, value) in chosen.items():
        if name in FIELDS:
            update[name] = policy(value) if name == "missing" else value
            written[name] = ("vary", name, index)
        else:
            params[name] = value
    update["params"] = params
    shown = {name: value for name, (_, value) in chosen.items()}
    return Case(source, claim.model_copy(update=update), shown, written)
