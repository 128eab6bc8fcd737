"""What a run tells the harness: one line of JSON on standard output. Needs nothing but Python, in any environment."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Found = dict[str, Any]


def tell(work: Callable[[], Found], packages: Iterable[str]) -> None:
    """Does the work and tells what it found, how long it took once everything was imported, and whose versions.

    `work` gives at least `figures`: a number for each question, None where there is none. An exception is told as a
    user sees it, by its last line; the exit code is then 1.
    """
    start = time.perf_counter()
    try:
        found = work()
    except Exception as error:  # noqa: BLE001  # whatever a tool raises is its answer
        found = {"error": f"{type(error).__name__}: {error}"}
    found.setdefault("seconds", time.perf_counter() - start)
    found["figures"] = {name: number(value) for name, value in found.get("figures", {}).items()}
    found["versions"] = {name: which for name in packages if (which := _version(name))}
    print("\n" + json.dumps(found))
    sys.exit(1 if "error" in found else 0)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def number(value: Any) -> float | int | None:
    """A plain number; None for what is none."""
    if value is None:
        return None
    plain = value.item() if hasattr(value, "item") else value
    plain = float(plain) if not isinstance(plain, int | float) else plain
    return None if isinstance(plain, float) and not math.isfinite(plain) else plain
