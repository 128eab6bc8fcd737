"""One text for one value, whatever order it was written in: what fingerprints are taken of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any


def digest(value: Any) -> str:
    """The sha256 of a value's canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Any) -> str:
    """Mappings by key, sets by member, numbers exact; TypeError for what has no such text."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float | Decimal | Fraction):
        return _number(value)
    if isinstance(value, date):  # a datetime too
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    raise TypeError(f"a {type(value).__name__} has no canonical text")


def _number(value: float | Decimal | Fraction) -> Any:
    """Numbers that are equal have one text: 1, 1.0 and Fraction(1) are the same."""
    if isinstance(value, float | Decimal) and (value != value or value in (float("inf"), float("-inf"))):
        return {"number": str(value).lower()}
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else {"number": f"{exact.numerator}/{exact.denominator}"}
