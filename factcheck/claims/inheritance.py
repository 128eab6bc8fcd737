"""What a claim takes from the head of its file and from factcheck.yaml.

A value in the claim replaces the default whole; `null` removes it; a default `where` holds only for the default
`dataset`, because a condition belongs to the columns that it names; and a claim that says how it is checked (or that
it cannot be) takes no other way from its defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from factcheck.errors import Problem
from factcheck.text.nodes import Mapping, Node, Scalar, is_null

Entries: TypeAlias = dict[str, tuple[Scalar, Node]]
_OTHER_WAYS = {"unverifiable": ("measure", "checks"), "measure": ("unverifiable",), "checks": ("unverifiable",)}


@dataclass(frozen=True)
class Inherited:
    """The defaults of one file, those of factcheck.yaml included."""

    entries: Entries = field(default_factory=dict)
    where_dataset: str | None = None  # the dataset that the default `where` belongs to

    @classmethod
    def of(cls, config: Mapping | None, file: Mapping | None) -> tuple[Inherited, Problem | None]:
        """The defaults of both layers; a `where` without any default dataset is a problem, not silently dropped."""
        outer: Entries = config.entries if config else {}
        inner: Entries = file.entries if file else {}
        entries = layered(inner, outer)
        where = entries.get("where")
        if where is None or is_null(where[1]):
            return cls(entries), None
        dataset = text_of(entries if "where" in inner else outer, "dataset")
        problem = None
        if dataset is None:
            hint = "add the dataset that it belongs to"
            problem = Problem("the defaults have a 'where' but no 'dataset'", where[0].place(), hint)
        return cls(entries, dataset), problem

    def fill(self, *layers: Entries) -> Entries:
        """The entries of a claim (and of one of its checks, given after it) with the defaults filled in."""
        stated: Entries = {}
        for layer in layers:
            stated = layered(layer, stated)
        if len(layers) > 1:  # a check is a piece of evidence of its own
            stated = {key: entry for key, entry in stated.items() if key not in ("checks", "combine")}
        result = layered(stated, self.entries)
        if "where" not in stated and text_of(result, "dataset") != self.where_dataset:
            result.pop("where", None)
        return result


def layered(own: Entries, below: Entries) -> Entries:
    """`own` over `below`."""
    hidden = {other for key, entry in own.items() if not is_null(entry[1]) for other in _OTHER_WAYS.get(key, ())}
    kept = {key: entry for key, entry in below.items() if key not in hidden and key not in own}
    return {**own, **kept}


def text_of(entries: Entries, key: str) -> str | None:
    """The text of a value, None where it is absent, null or no text."""
    node = entries[key][1] if key in entries else None
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None
