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
    spec: makes the Vega-Lite specification, data included. It is called only where one is wanted, so that text reports
    import no library. Texts stand in it as they are; whoever shows it escapes.
    """

    name: str
    title: str
    alt: str
    text: str | None
    spec: Callable[[], dict[str, Any]] = field(compare=False, repr=False)
