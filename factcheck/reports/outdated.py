"""What an archive held before it was written anew, and holds no more: left there, it would be passed on unseen."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote


def listed(metadata: Path) -> frozenset[PurePosixPath]:
    """The files that an archive's metadata lists as its parts; none where there is no archive, or it is not ours."""
    try:
        graph = json.loads(metadata.read_text(encoding="utf-8"))["@graph"]
        root = next(node for node in graph if node.get("@id") == "./")
        parts = [part["@id"] for part in root["hasPart"]]
    except (OSError, ValueError, LookupError, TypeError, StopIteration, AttributeError):
        return frozenset()
    return frozenset(path for part in parts if (path := _inside(part)) is not None)


def _inside(part: Any) -> PurePosixPath | None:
    """A part as a path in the archive; an address, or one that leads out of it, is none."""
    if not isinstance(part, str) or "://" in part or part.startswith(("#", "/")) or part.endswith("/"):
        return None
    path = PurePosixPath(unquote(part))
    return None if ".." in path.parts or not path.parts else path


def remove(crate: Path, before: Collection[PurePosixPath], kept: Collection[PurePosixPath]) -> list[Path]:
    """Deletes what the archive listed before and does not hold now; what it never listed stays."""
    removed = []
    for part in sorted(set(before) - set(kept)):
        path = crate / part
        if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(crate.resolve()):
            path.unlink()
            removed.append(path)
    return removed
