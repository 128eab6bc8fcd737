"""Text from claims and data, made harmless for HTML: what hides or reorders is gone, what has a meaning is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

from factcheck.reports.escape import address, lines_of, plain


def visible(value: object) -> Markup:
    """Any text as HTML that shows exactly this text, as one line."""
    if isinstance(value, Markup):
        return value
    return Markup("") if value is None else escape(plain(value))


def prose(value: object) -> Markup:
    """A sentence of factcheck's own; what stands between two backticks becomes code."""
    if isinstance(value, Markup):
        return value
    parts = plain(value).split("`")
    if len(parts) % 2 == 0:
        return visible(value)
    told = (Markup("<code>{}</code>").format(part) if i % 2 else escape(part) for i, part in enumerate(parts))
    return Markup("").join(told)


def block(text: str) -> Markup:
    """Text whose lines and blanks stay."""
    return Markup("<pre><code>{}</code></pre>").format("\n".join(lines_of(text)))


def link(text: object, url: str | None) -> Markup:
    """A link where the address is one, else the text alone (with the refused address behind it)."""
    if not url:
        return visible(text)
    target = address(url)
    if target is None:
        return visible(text) if plain(text) == plain(url) else visible(f"{plain(text)} ({plain(url)})")
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(target, visible(text))
