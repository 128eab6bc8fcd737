"""Text from claims and data, made harmless for the form it lands in: no broken table, script or forged link.

The dialect is CommonMark with GitHub's tables, strikethrough, autolinks and formulas; `<`, `>`, `&` and `|` become
entities, which also holds in dialects that know fewer backslash escapes.
"""

from __future__ import annotations

import os
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

# Format characters that letters of some scripts and emoji need; all others can only hide or reorder text.
_JOINERS = "\u200c\u200d"
_BLANKS = re.compile(" +")
_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_SPECIAL = re.compile(r"([\\`*\[\]{}#~$@])")
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_OPENING = re.compile(r"^([-+=:])|^(\d{1,9})([.)])(?=\s|$)")
_AUTOLINK = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(?<=mailto)(:)|(?<=xmpp)(:)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_SAFE_IN_URL = "/:@!$,;=-._+?%"  # `&`, quotes, brackets and stars are percent-encoded or made entities


class Markdown(str):
    """Text that is Markdown already; whatever is joined to it by + or ~ is plain text again."""

    __slots__ = ()


def plain(text: object) -> str:
    """One line without control characters, invisible format characters or reordering marks."""
    spaced = _SPACES.sub(" ", str(text))
    # What Python calls printable has no category that `_visible` looks for; most texts are.
    visible = spaced if spaced.isprintable() else "".join(map(_visible, spaced))
    return _BLANKS.sub(" ", visible).strip()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Co", "Cn"):
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cf" and character not in _JOINERS else character


def md(value: object) -> Markdown:
    """Any text as Markdown that shows exactly this text, on one line, wherever in a line or table cell it stands."""
    if isinstance(value, Markdown):
        return value
    text = _OPENING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", _inline(value))
    return Markdown(text[:-1] + "\\!" if text.endswith("!") else text)  # `!` before a link would make it a picture


def _inline(value: object) -> str:
    """The same for text inside a line, where nothing can open a block."""
    text = _SPECIAL.sub(r"\\\1", plain(value))
    text = _EDGE_UNDERSCORE.sub(r"\\_", text)
    text = _AUTOLINK.sub(lambda found: "\\" + found.group(), text)
    return re.sub("[&<>|]", lambda found: _ENTITIES[found.group()], text)


def code(value: object) -> Markdown:
    """A code span; in it nothing has a meaning but the backticks at its ends and, in tables, the bar."""
    text = plain(value)
    if not text:
        return Markdown("")
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{pad}{text}{pad}{fence}") if "|" not in text else _entity_code(text)


def _entity_code(text: str) -> Markdown:
    """A bar inside backticks would still part the cells of a table, and an entity would be shown as it is written."""
    inner = re.sub(r"[^\w \-.,'\u0080-\U0010ffff]", lambda found: f"&#{ord(found.group())};", text)
    return Markdown(f"<code>{inner.replace('_', '&#95;')}</code>")


def prose(value: object) -> Markdown:
    """A sentence of factcheck's own; what stands between two backticks becomes a code span, which is inert."""
    if isinstance(value, Markdown):
        return value
    text = plain(value)
    parts = text.split("`")
    if len(parts) % 2 == 0 or len(parts) == 1 or "``" in text:
        return md(text)
    spans = (code(part) if i % 2 else _inner(part, i == 0, i == len(parts) - 1) for i, part in enumerate(parts))
    return Markdown("".join(spans))


def _inner(part: str, first: bool, last: bool) -> str:
    """Text around code spans keeps the spaces that set it off."""
    lead = "" if first or not part.startswith(" ") else " "
    trail = "" if last or not part.endswith(" ") or not part.strip() else " "
    return f"{lead}{md(part) if first else _inline(part)}{trail}"


def block(text: str, language: str = "") -> Markdown:
    """A fenced block that its own text cannot close; line breaks stay."""
    lines = lines_of(text)
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown("\n".join([f"{fence}{language}", *lines, fence]))


def lines_of(text: str) -> list[str]:
    """The lines of a text without invisible characters; indentation stays."""
    return [_line(line) for line in text.splitlines()]


def _line(line: str) -> str:
    return "".join(filter(None, map(_visible, line.expandtabs(4).rstrip())))


def address(url: str) -> str | None:
    """A web address that can stand in a link, else None: only http and https, no user name, nothing invisible."""
    text = url.strip()
    if plain(text) != text or " " in text:
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one: a host that is no name
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host):  # as a browser shows it: no look-alike letters
        return None
    path, query, fragment = (quote(part, safe=_SAFE_IN_URL + "&") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), host + port, path, query, fragment))


def link(text: object, url: str | None) -> Markdown:
    """A link where the address is one, else the text alone (with the refused address behind it)."""
    if not url:
        return md(text)
    target = address(url)
    if target is None:
        return Markdown(f"{md(text)} ({md(url)})" if plain(text) != plain(url) else md(text))
    return Markdown(f"[{md(text)}]({target.replace('&', '&amp;').replace('$', '%24')})")


def anchor(name: str) -> str:
    """A claim's id as the name of a place in the page."""
    return re.sub(r"[^\w-]", "-", plain(name))


def image(alt: object, path: str) -> Markdown:
    """A picture that lies beside the report, with its text alternative."""
    return Markdown(f"![{md(alt)}]({quote(os.fsencode(path), safe='/-._')})")
