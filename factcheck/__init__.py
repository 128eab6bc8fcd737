"""factcheck: verify claims about collected data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.api import Run, check
    from factcheck.errors import EvidenceError, FactcheckError, Place, Problem, SpecError, StatisticsError
    from factcheck.verdicts.verdict import Outcome, Verdict

__version__ = "0.1.0"

_HOMES = {
    "Run": "factcheck.api",
    "check": "factcheck.api",
    "EvidenceError": "factcheck.errors",
    "FactcheckError": "factcheck.errors",
    "Place": "factcheck.errors",
    "Problem": "factcheck.errors",
    "SpecError": "factcheck.errors",
    "StatisticsError": "factcheck.errors",
    "Outcome": "factcheck.verdicts.verdict",
    "Verdict": "factcheck.verdicts.verdict",
}

__all__ = [
    "EvidenceError",
    "FactcheckError",
    "Outcome",
    "Place",
    "Problem",
    "Run",
    "SpecError",
    "StatisticsError",
    "Verdict",
    "__version__",
    "check",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when they are used: `factcheck --help` must not wait for an engine."""
    if name not in _HOMES:
        raise AttributeError(f"module 'factcheck' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
