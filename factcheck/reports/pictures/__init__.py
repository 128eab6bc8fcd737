"""The pictures of a verdict: a module per form, listed here in the order in which a report shows them.

Each looks whether the verdict has what it draws, and gives none, one or several pictures.
"""

from __future__ import annotations

from collections.abc import Callable

from factcheck.reports.pictures import choices, composition, missing, network, ranking, scale, series
from factcheck.reports.pictures.picture import Picture
from factcheck.verdicts.verdict import Verdict

FORMS: dict[str, Callable[[Verdict], tuple[Picture, ...]]] = {
    "scale": scale.pictures,
    "missing": missing.pictures,
    "composition": composition.pictures,
    "ranking": ranking.pictures,
    "series": series.pictures,
    "network": network.pictures,
    "choices": choices.pictures,
}


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """Every picture of a verdict."""
    return tuple(picture for form in FORMS.values() for picture in form(verdict))


__all__ = ["FORMS", "Picture", "pictures"]
