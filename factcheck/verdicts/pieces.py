"""Pieces of evidence in a sentence: what each is called, what sets it apart, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factcheck.verdicts.choices import at, measure_text, phrase, value_words
from factcheck.verdicts.figures import figure
from factcheck.verdicts.verdict import Verdict

_MOST = 8  # pieces that a sentence names


def told(checks: Sequence[Verdict]) -> str:
    """29.3% by “Mentions found by Sysomos” (close); 59.7% by “second” (refuted)."""
    shown = [_told(check, name) for check, name in zip(checks, names(checks), strict=True)]
    more = [phrase("and-more", n=len(shown) - _MOST)] if len(shown) > _MOST else []
    return "; ".join([*shown[:_MOST], *more])


def _told(check: Verdict, name: str) -> str:
    outcome = phrase(f"is-{check.outcome.value}")
    found = figure(check)
    return phrase("piece" if found else "piece-nothing", figure=found, name=name, outcome=outcome)


def names(checks: Sequence[Verdict], *, quoted: bool = True) -> list[str]:
    """Each piece by its data, and by what is special to it where others use the same data.

    `quoted` is for a sentence; in a cell of a table titles stand by themselves.
    """
    data = [_data(check, checks, quoted) for check in checks]
    return [
        (", " if quoted else "; ").join(
            [name, *_special(check, [one for one, same in zip(checks, data, strict=True) if same == name], quoted)]
        )
        for check, name in zip(checks, data, strict=True)
    ]


def _data(check: Verdict, checks: Sequence[Verdict], quoted: bool) -> str:
    """The datasets by their titles; by their names where two share a title."""
    titles = {dataset.name: dataset.title for one in checks for dataset in one.datasets}
    shared = {title for title in titles.values() if list(titles.values()).count(title) > 1}
    called = [one.title if one.title and one.title not in shared else one.name for one in check.datasets]
    called = called or [str(check.claim.dataset or "–")]
    return " and ".join(f"“{name}”" if quoted else name for name in called)


def _special(check: Verdict, alike: Sequence[Verdict], quoted: bool) -> list[str]:
    """The conditions, measure, choices and figure by which it differs from others on the same data."""
    claim, others = check.claim, [other.claim for other in alike]
    parts: list[str] = []
    for name in ("measure", "where", "missing"):
        if len({str(getattr(other, name)) for other in others}) > 1:
            value: Any = getattr(claim, name)
            measured = phrase("piece-measure" if quoted else "piece-code", value=measure_text(claim.measure))
            parts.append(measured if name == "measure" else at(name, value))
    for name in ("weight", "cluster"):
        if len({getattr(other, name) for other in others}) > 1:
            drawn = getattr(claim, name)
            parts.append(phrase(f"piece-no-{name}") if drawn is None else phrase(f"piece-{name}", value=drawn))
    if len({other.about for other in others}) > 1:
        parts.append(phrase(f"piece-about-{claim.about}"))
    for name in sorted({name for other in others for name in other.params}):
        if len({str(other.params.get(name)) for other in others}) > 1 and name in claim.params:
            parts.append(at(name, claim.params[name]))
    if len({str(other.claimed) for other in others}) > 1:
        text = check.claimed.text if check.claimed is not None else value_words(claim.claimed)
        parts.append(phrase("piece-claimed", value=text))
    return parts
