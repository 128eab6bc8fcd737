"""The functions that an expression may call."""

from __future__ import annotations

from factcheck.evidence.expressions import functions
from factcheck.evidence.expressions.aggregates import NAMES
from generated.markdown import code, table


def _table(*, helper: bool) -> str:
    rows = [[code(doc.form), doc.gives, _escaped(doc.text)] for doc in functions().values() if doc.helper is helper]
    return table(["function", "gives", "what it means"], rows)


def _escaped(text: str) -> str:
    """Definitions are plain text: what Markdown would take for a mark is escaped."""
    for mark in "\\*_#<>[]":
        text = text.replace(mark, f"\\{mark}")
    return text


def helpers() -> str:
    """factcheck's own."""
    return _table(helper=True)


def rest() -> str:
    """SQL's own."""
    return _table(helper=False)


def aggregates() -> str:
    """What only a SELECT may use."""
    return ", ".join(map(code, NAMES))
