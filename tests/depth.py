"""How far tests go that draw at random: a few draws each time, many with FACTCHECK_ALL_CASES set."""

from __future__ import annotations

import os

ALL = bool(os.environ.get("FACTCHECK_ALL_CASES"))


def draws(few: int, many: int) -> range:
    """Seeds: `few`, or `many` where everything is asked for."""
    return range(many if ALL else few)
