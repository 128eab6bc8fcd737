"""The order of keys in the language, and which mappings lie where in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from factcheck.claims.config import Limits, ProjectConfig, Publisher
from factcheck.claims.models import ClaimFile, Review
from factcheck.evidence.manifest_models import CollectedSpec, ColumnSpec, DatasetManifest, Origin, ReadOptions
from factcheck.measures.kinds import KINDS, named_kind

# As a reader meets them: what was said, how it is checked, what an editor adds.
CLAIM = (
    "id", "statement", "quote", "claimant", "appearance", "period", "platforms", "tags", "quantity", "n",
    "dataset", "where", "measure", "claimed", "tolerance", "near", "about", "params", "vary", "checks", "combine",
    "missing", "weight", "cluster", "timezone", "level", "min_n", "unverifiable",
    "alternatives", "notes", "response", "review",
)  # fmt: skip
APPEARANCE = ("publisher", "date", "title", "url", "archived")


@dataclass(frozen=True)
class Shape:
    """A mapping: the order of its keys, and the shapes below some of them; below `*` below all others.

    A list has the shape of its items.
    """

    order: Callable[[Sequence[str]], Sequence[str]]
    below: Mapping[str, Shape] = field(default_factory=dict)

    def under(self, key: str) -> Shape | None:
        return self.below.get(key, self.below.get("*"))


def _fixed(*keys: str) -> Callable[[Sequence[str]], Sequence[str]]:
    return lambda _: keys


def _fields(model: type[BaseModel], **below: Shape) -> Shape:
    return Shape(_fixed(*(spec.alias or name for name, spec in model.model_fields.items())), below)


def _companions(keys: Sequence[str]) -> Sequence[str]:
    """The kind first, then its companions as the manual lists them."""
    kind = named_kind(dict.fromkeys(keys))
    fields = KINDS[kind].model_fields if kind in KINDS else {}
    return (kind, *(spec.alias or name for name, spec in fields.items()))


def _shapes() -> dict[str, Shape]:
    inner: dict[str, Shape] = {}
    measure = Shape(_companions, inner)
    inner |= dict.fromkeys(("of", "ratio", "to", "difference", "minus", "rate"), measure)
    shared = {"measure": measure, "appearance": Shape(_fixed(*APPEARANCE)), "review": _fields(Review)}
    check = Shape(_fixed(*CLAIM), shared)
    claim = Shape(_fixed(*CLAIM), {**shared, "checks": check})
    columns = Shape(lambda keys: keys, {"*": _fields(ColumnSpec)})
    parts = {"columns": columns, "collected": _fields(CollectedSpec), "source": _fields(Origin)}
    parts["read"] = _fields(ReadOptions)
    datasets = Shape(lambda keys: keys, {"*": _fields(DatasetManifest, **parts)})
    config = {"defaults": claim, "limits": _fields(Limits), "publisher": _fields(Publisher)}
    return {
        "claims": _fields(ClaimFile, defaults=claim, claims=claim),
        "evidence": Shape(_fixed("datasets"), {"datasets": datasets}),
        "config": _fields(ProjectConfig, **config),
    }


SHAPES = _shapes()
