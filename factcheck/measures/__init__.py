"""What can be measured. The kinds are listed in `kinds`, which is imported when one of them is wanted.

What a measure found is told by `measurement`, and who only reads that need not wait for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.measures.kinds import KINDS, kinds_in, named_kind

__all__ = ["KINDS", "kinds_in", "named_kind"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'factcheck.measures' has no attribute '{name}'")
    from factcheck.measures import kinds

    return getattr(kinds, name)
