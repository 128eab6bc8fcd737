"""Names and texts as SQL writes them. Apart from the engine, so that nothing waits for it that only quotes a name."""

from __future__ import annotations


def identifier(name: str) -> str:
    """A name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text literal for SQL."""
    return "'" + text.replace("'", "''") + "'"
