"""What a question or a claim consists of, as a text of its own: what keys of the cache are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from factcheck.evidence.expressions import Bound
from factcheck.text.nodes import Plain


def digest_text(value: Any) -> str:
    """The text of anything that a question or a claim consists of; TypeError for what has none."""
    return repr(walked(value))


def texts_in(found: Any) -> Iterator[str]:
    """Every text in what `walked` gave."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list | tuple):
        for one in found:
            yield from texts_in(one)


def walked(value: Any) -> Any:
    """The same in lists, texts and numbers; a question's SQL tells it, not its tree."""
    if value is None or isinstance(value, bool | int | float | Fraction):
        return value
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, Plain):
        return ("plain", str(value))
    if isinstance(value, str | bytes):
        return value
    if isinstance(value, Bound):
        return (value.sql, str(value.family), sorted(value.columns), value.zone)
    if isinstance(value, Mapping):
        return [(str(key), walked(item)) for key, item in sorted(value.items(), key=lambda pair: str(pair[0]))]
    if isinstance(value, list | tuple):
        return [walked(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(walked(item)) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        return (kind.__module__, kind.__qualname__, [walked(getattr(value, one.name)) for one in fields(value)])
    if hasattr(value, "isoformat"):
        return (type(value).__name__, value.isoformat())
    raise TypeError(f"a {type(value).__name__} has no text of its own")
