"""Blank lines and the indentation of comments in a skeleton."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from factcheck.formatting.parts import Part, root_of


def aligned(text: str) -> str:
    """Each comment that has a line of its own begins where a line above or below begins, else with the one below."""
    lines = text.split("\n")
    below = 0
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if not line.strip(" "):
            continue
        if not line.lstrip(" ").startswith("#"):
            below = _leading(line)
            continue
        if _leading(line) not in (below, *_code_above(lines, place)):
            lines[place] = " " * below + line.lstrip(" ")
    return "\n".join(lines)


def _code_above(lines: list[str], place: int) -> tuple[int, ...]:
    """Where the nearest line above that is no comment begins, and its text behind a dash."""
    for line in reversed(lines[:place]):
        if line.strip(" ") and not line.lstrip(" ").startswith("#"):
            dash = re.match(r" *(?:- +)*", line)
            return _leading(line), dash.end() if dash else 0
    return ()


def separated(text: str, written: Callable[[str], str]) -> str:
    """One blank line at most, one between claims of several lines, none at either end."""
    text = re.sub(r"\n(?: *\n)+", "\n\n", text).strip("\n") + "\n"
    root = root_of(text)
    pieces, at = [], 0
    for start in _starts(root, text, written) if root is not None else ():
        pieces += [text[at:start], "" if text.endswith("\n\n", 0, start) else "\n"]
        at = start
    return "".join([*pieces, text[at:]])


def _starts(root: Part, text: str, written: Callable[[str], str]) -> list[int]:
    """Where claims begin that are to have a blank line above them, with the comments above them."""
    if root.what != "mapping" or root.flow:
        return []
    claims = [value for key, value in root.entries if written(text[key.start : key.end]) == "claims"]
    if not claims or claims[0].what != "sequence" or claims[0].flow:
        return []
    items = claims[0].items
    return [_lead(text, two) for one, two in pairwise(items) if any("\n" in text[part.start : part.end] for part in (one, two))]


def _lead(text: str, part: Part) -> int:
    start = text.rfind("\n", 0, part.start) + 1
    column = _leading(text[start : part.start])
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above : start - 1]
        if not line.lstrip(" ").startswith("#") or _leading(line) > column:
            break
        start = above
    return start


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
