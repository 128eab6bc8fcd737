"""Names that must not be given twice."""

from __future__ import annotations

from collections.abc import Container
from itertools import count


def unique(name: str, taken: Container[str]) -> str:
    """The name, with a number behind it where it is taken: posts, posts-2, posts-3."""
    return name if name not in taken else next(one for n in count(2) if (one := f"{name}-{n}") not in taken)
