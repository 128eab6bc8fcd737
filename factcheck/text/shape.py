"""What JSON must look like, told as nested tables: everything that is wrong in a value, each with where it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factcheck.text.suggest import did_you_mean

_LONGEST = 40  # characters of a value that an error shows


@dataclass(frozen=True)
class Is:
    """A value that passes a test; `expected` says of which kind that is."""

    expected: str
    test: Callable[[Any], bool]

    def or_null(self) -> Is:
        return Is(f"{self.expected}, or null", lambda value: value is None or self.test(value))


@dataclass(frozen=True)
class Keys:
    """An object with these keys and no others; those in `maybe` may be left out."""

    keys: Mapping[str, Shape]
    maybe: Mapping[str, Shape] | None = None
    null: bool = False  # whether null does as well


@dataclass(frozen=True)
class Each:
    """An object whose values, whatever their keys, have a shape; called by `what` in errors."""

    shape: Shape
    what: str


@dataclass(frozen=True)
class Some:
    """A list whose members have a shape."""

    shape: Shape


Shape = Is | Keys | Each | Some


def wrong(value: Any, shape: Shape, where: tuple[str, ...] = ()) -> Iterator[str]:
    """What is wrong: `the claim 'beach': 'low': expected a number, or null, found "7%"`."""
    if isinstance(shape, Is):
        if not shape.test(value):
            yield _said(where, f"expected {shape.expected}, found {told(value)}")
    elif isinstance(shape, Some):
        if isinstance(value, list):
            for item in value:
                yield from wrong(item, shape.shape, where)
        else:
            yield _said(where, f"expected a list in [], found {told(value)}")
    elif isinstance(shape, Keys) and shape.null and value is None:
        return
    elif not isinstance(value, dict):
        yield _said(where, f"expected an object in {{}}, found {told(value)}")
    elif isinstance(shape, Each):
        for key, item in value.items():
            yield from wrong(item, shape.shape, (*where, f"{shape.what} '{key}'"))
    else:
        yield from _keys(value, shape, where)


def _keys(value: Mapping[str, Any], shape: Keys, where: tuple[str, ...]) -> Iterator[str]:
    known = {**shape.keys, **(shape.maybe or {})}
    for key in value:
        if key not in known:
            hint = did_you_mean(key, known)
            yield _said(where, f"unknown key '{key}'{'; ' if hint else ''}{hint}")
    for key, inner in known.items():
        if key in value:
            yield from wrong(value[key], inner, (*where, f"'{key}'"))
        elif key in shape.keys:
            yield _said(where, f"it has no '{key}'")


def told(value: Any) -> str:
    """A value as an error shows it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _said(where: tuple[str, ...], what: str) -> str:
    return ": ".join((*where, what))
