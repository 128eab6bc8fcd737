"""A case: one combination of dataset, conditions and measure that gets a verdict of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from factcheck.claims.models import Claim
from factcheck.claims.reading import ClaimSource
from factcheck.errors import Place, Problem
from factcheck.text.suggest import did_you_mean

FIELDS = ("where", "dataset", "missing", "measure")
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


def variants(source: ClaimSource) -> tuple[list[Case], list[Problem]]:
    """A case for every combination of the choices of `vary`."""
    claim = source.claim
    problems: list[Problem] = []
    total = 1
    for name, choices in claim.vary.items():
        total *= max(1, len(choices))
        if name not in FIELDS and name not in claim.params:
            hint = (
                did_you_mean(name, [*FIELDS, *claim.params])
                or "vary a name of `params`, or where, dataset, missing, measure"
            )
            problems.append(Problem(f"'vary' names '{name}', which is no parameter", source.place("vary", name), hint))
    if total > MOST_VARIANTS:
        problems.append(
            Problem(
                f"'vary' makes {total:,} combinations; at most {MOST_VARIANTS:,} can be shown", source.place("vary")
            )
        )
    if problems or not claim.vary:
        return [], problems
    names = list(claim.vary)
    numbered = [list(enumerate(claim.vary[name])) for name in names]
    return [_variant(source, dict(zip(names, combination, strict=True))) for combination in product(*numbered)], []


def _variant(source: ClaimSource, chosen: Mapping[str, tuple[int, Any]]) -> Case:
    claim = source.claim
    update: dict[str, Any] = {"vary": {}}
    params = dict(claim.params)
    written: dict[str, Path] = {}
    for name, (index, value) in chosen.items():
        if name in FIELDS:
            update[name] = "false" if name == "missing" and value is False else value
            written[name] = ("vary", name, index)
        else:
            params[name] = value
    update["params"] = params
    shown = {name: value for name, (_, value) in chosen.items()}
    return Case(source, claim.model_copy(update=update), shown, written)
