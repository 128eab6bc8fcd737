"""The rules of `rules.yaml`, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.text.packaged import packaged


@cache
def rules() -> dict[str, Any]:
    found: dict[str, Any] = packaged(files("factcheck.evidence.examples") / "rules.yaml")
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    return re.compile(rules()[name], re.IGNORECASE | re.DOTALL)


@cache
def listed(*path: str) -> frozenset[str]:
    """The words of a list that is written in one line."""
    found: Any = rules()
    for step in path:
        found = found[step]
    return frozenset(str(found).split())


def spelt(name: str) -> str:
    """A column's name in small letters, with _ between the words: authorId and "Author ID" are author_id."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"\W+", "_", parted).strip("_").lower()
