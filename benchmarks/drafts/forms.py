"""What a claim asks, taken apart: its kind and companions, and the conditions that say which rows are meant.

Two claims ask the same if their skeletons are equal, their conditions hold for the same rows, and their expressions
have the same values there. `missing: ignore` is the base `… is not null`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.drafts.sentences import Claim

NUMBERS = ("sum", "mean", "median", "min", "max", "quantile", "value")
SIDES = {"ratio": "to", "difference": "minus"}
GROUPED = ("rank", "top")
OF_GROUPS = ("rank", "top", "per", "trend")  # a measure of each group, the number of rows where none is named
ABOUT_COLUMN = ("composition", "trend", "first", "last", "gap", "peaks", "hours", "values")
ALL = "1 = 1"


@dataclass(frozen=True)
class Part:
    """An expression of a dataset: a condition on its rows, or a value on the rows of `base`."""

    dataset: str
    text: str
    base: str | None = None  # None: a condition


@dataclass
class Form:
    """`skeleton` holds what must be equal as written; `parts` are compared on the rows, in order."""

    skeleton: list[object] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def key(self) -> str:
        return json.dumps([self.skeleton, [part.base is None for part in self.parts]], sort_keys=True, default=str)


def form(claim: Claim) -> Form:
    """The form of a complete claim; KeyError where it has no measure or no dataset."""
    made = Form()
    _measure(made, claim["measure"], str(claim["dataset"]), claim.get("where"), claim.get("missing"))
    return made


def both(*conditions: Any) -> str:
    """Conditions joined by "and"; absent ones are left out."""
    said = [f"({_text(condition)})" for condition in conditions if condition is not None]
    return " and ".join(said) or ALL


def _text(condition: object) -> str:
    return " ".join(str(condition).split())


def _measure(made: Form, measure: Mapping[str, Any], dataset: str, where: object, missing: object) -> None:
    told = dict(measure)
    dataset = str(told.pop("dataset", dataset))
    where = told.pop("where", where)
    kind = next(iter(told))
    main = told.pop(kind)
    base = both(where, told.pop("among", None), told.pop("that", None))
    made.skeleton += [dataset, kind]
    if kind in SIDES:
        for side in (main, told.pop(SIDES[kind])):
            _measure(made, side, dataset, None if base == ALL else base, missing)
    elif kind == "share":
        _share(made, dataset, base, main, missing)
    elif kind in NUMBERS:
        made.parts += [Part(dataset, base), Part(dataset, _text(main), base)]
    elif kind == "count":
        _count(made, dataset, base, _text(main))
    else:
        _other(made, dataset, base, kind, main, told)
    made.skeleton.append(_rest(kind, told))


def _share(made: Form, dataset: str, base: str, condition: object, missing: object) -> None:
    if missing == "ignore":
        base = both(base, f"({_text(condition)}) is not null")
    made.parts += [Part(dataset, base), Part(dataset, both(base, condition))]


def _count(made: Form, dataset: str, base: str, what: str) -> None:
    head, _, column = what.partition(" ")
    made.skeleton.append(head)
    made.parts.append(Part(dataset, base))
    if column:
        made.parts.append(Part(dataset, column, base))


def _other(made: Form, dataset: str, base: str, kind: str, main: object, told: dict[str, Any]) -> None:
    """Kinds with groups or times: what is grouped is a value, the inner measure is taken apart like any other."""
    made.parts.append(Part(dataset, base))
    if kind in GROUPED:
        made.parts.append(Part(dataset, _text(told.pop("by")), base))
    if kind in ABOUT_COLUMN:
        made.parts.append(Part(dataset, _text(main), base))
    else:
        made.skeleton.append(main if isinstance(main, (dict, list)) else _text(main))
        if kind == "network" and main in _LISTED:
            told.pop("nodes", None)
    if kind in OF_GROUPS:
        inner = told.pop("of", {"count": "rows"})
        _measure(made, inner, dataset, None if base == ALL else base, None)


_IMPLIED: dict[str, dict[str, object]] = {
    "share": {"of": "rows", "counts_when": "any"},
    "rank": {"ascending": "false"},
    "composition": {"as": "share", "whole": "false"},
    "peaks": {"per": "day"},
    "delay": {"take": "median"},
    "coordination": {"within": "60 seconds", "at_least": "1", "counting": "targets"},
    "network": {
        "link": {"from": "source", "to": "target"}, "repeats": "merge", "loops": "drop", "by": "total",
    },
}  # fmt: skip
_LISTED = ("reciprocity", "edges", "max_degree")  # of these a list of the nodes changes nothing


def _rest(kind: str, told: Mapping[str, Any]) -> dict[str, object]:
    """Companions that are compared as they are written, without those that say what is so anyway."""
    implied: Mapping[str, object] = _IMPLIED.get(kind, {})
    said = {name: value if isinstance(value, (dict, list)) else _plain(value) for name, value in told.items()}
    return {name: value for name, value in said.items() if implied.get(name) != value}


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(value)
