"""A verdict's rating in words."""

from __future__ import annotations

import re

from factcheck.reports.amounts import claimed_text, found_text
from factcheck.reports.escape import plain
from factcheck.verdicts.verdict import Verdict

_ENDS = (".", "!", "?")


def rating_text(verdict: Verdict) -> str | None:
    """The newsroom's label, with the figures that it speaks of."""
    if verdict.rating is None:
        return None
    figures = {"{claimed}": claimed_text(verdict.claimed), "{found}": found_text(verdict)}
    parts = re.split(f"({'|'.join(map(re.escape, figures))})", verdict.rating)
    return plain("".join(figures.get(part, part) for part in parts))


def is_conclusion(rating: str) -> bool:
    """Whether a rating is a written sentence and no label."""
    return rating.endswith(_ENDS)
