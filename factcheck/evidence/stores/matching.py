"""Which keys a pattern with wildcards means: `*` and `?` stop at a slash, `**` does not, as with files."""

from __future__ import annotations

import re
from fnmatch import translate


def matches(pattern: str, key: str) -> bool:
    """Whether the whole key is one that the pattern means."""
    return _parts(pattern.split("/"), key.split("/"))


def _parts(patterns: list[str], parts: list[str]) -> bool:
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_parts(patterns[1:], parts[i:]) for i in range(len(parts) + (len(patterns) > 1)))
    return bool(parts) and re.match(translate(patterns[0]), parts[0]) is not None and _parts(patterns[1:], parts[1:])
