"""The thresholds of confidence in words, and those that a project has changed."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.reports.words import say
from factcheck.verdicts.confidence import Override, exactly
from factcheck.verdicts.thresholds import kind


def concern(domain: str, key: str, limit: float | None) -> str:
    """What a step is taken for: "more than 5% of the rows were ignored, …"."""
    code = f"threshold-{domain}-{key}".replace("_", "-")
    return say(code, limit="" if limit is None else limit_text(domain, key, limit))


def limit_text(domain: str, key: str, limit: float) -> str:
    """A threshold as it was meant, not rounded: 5%, 130%, 30 points, 100."""
    if kind(domain, key).of == "count":
        return f"{limit:g}"
    return f"{float(100 * exactly(limit)):g}{' points' if key == 'share_width' else '%'}"


def override_words(overrides: Sequence[Override]) -> tuple[str, ...]:
    """This project's own thresholds, each with the usual one."""
    return tuple(map(_told, overrides))


def _told(one: Override) -> str:
    steps = say(f"threshold-{one.step}")
    if one.own is None:
        return say("threshold-never", steps=steps, concern=concern(one.domain, one.key, one.usual))
    told = concern(one.domain, one.key, one.own)
    if one.usual is None:
        return say("threshold-new", steps=steps, concern=told)
    usual = limit_text(one.domain, one.key, one.usual)
    return say("threshold-own", steps=steps, concern=told, usual=usual)
