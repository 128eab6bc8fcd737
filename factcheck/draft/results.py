"""Drafts as JSON, in the form that `factcheck draft --format json` promises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from factcheck.draft.drafting import Choice, Draft
from factcheck.reports.results import plain


def as_json(drafts: Sequence[Draft], most: int, *, whole: bool) -> str:
    """One object for a sentence; for a `whole` article one with the list of them under `sentences`."""
    told = [_draft(draft, most) for draft in drafts]
    return json.dumps({"sentences": told} if whole else told[0], ensure_ascii=False, indent=2) + "\n"


def _draft(draft: Draft, most: int) -> dict[str, Any]:
    return {
        "sentence": draft.sentence,
        "checkable": draft.checkable,
        "reason": draft.reason,
        "candidates": [_choice(choice) for choice in draft.choices[:most]],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    verdict = choice.verdict
    return {
        "claim": dict(choice.claim),
        "words": choice.words,
        "plausibility": choice.plausibility,
        "estimate": None if verdict is None else plain(verdict.estimate),
        "outcome": "unverifiable" if verdict is None else verdict.outcome.value,
    }
