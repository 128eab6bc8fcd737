"""A picture of a verdict: what it shows in words, the same in text, and its Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Picture:
    """One picture.

    name: unique within its claim and fit for a file name ("scale", "series-1").
    title: a few words above it. alt: what it shows, in one or two whole sentences with the figures that matter, for
    those who do not see it. text: the same drawn in text, where there is such a form.
    draw: makes the Altair chart, called only where a specification is wanted, so that text reports import no library.
    """

    name: str
    title: str
    alt: str
    text: str | None
    draw: Callable[[], Any] = field(compare=False, repr=False)

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, data included; it holds texts as they are, so that whoever shows it escapes."""
        from factcheck.reports.pictures.theme import specification

        return specification(self.draw())
