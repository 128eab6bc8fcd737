"""Blank lines and the indentation of comments in a skeleton."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from factcheck.formatting.parts import Part, root_of


def aligned(text: str, before: str) -> str:
    """A text whose comments on lines of their own belong to the same lines as in the text before it was laid out."""
    lines, old = text.split("\n"), before.split("\n")
    ours, theirs = ([place for place, line in enumerate(some) if _is_comment(line)] for some in (lines, old))
    if len(ours) == len(theirs):
        for place, was in reversed([*zip(ours, theirs, strict=True)]):
            lines[place] = " " * _beside(lines, place)[_neighbour(old, was)] + lines[place].lstrip(" ")
    return "\n".join(lines)


def _neighbour(lines: list[str], place: int) -> int:
    """With which neighbour a comment begins, as `_beside` counts them; the line below, if with none."""
    columns = _beside(lines, place)
    return columns.index(_leading(lines[place])) if _leading(lines[place]) in columns else 0


def _beside(lines: list[str], place: int) -> tuple[int, int, int]:
    """Where the nearest line below begins, that above, and the text behind its dash."""
    below = next((line for line in lines[place + 1 :] if line.strip(" ") and not _is_comment(line)), "")
    above = next((line for line in reversed(lines[:place]) if line.strip(" ") and not _is_comment(line)), "")
    dash = re.match(r" *(?:- +)*", above)
    return _leading(below), _leading(above), dash.end() if dash else 0


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#")


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
    spread = {id(item) for item in items if "\n" in text[item.start : item.end]}
    return [_lead(text, two) for one, two in pairwise(items) if {id(one), id(two)} & spread]


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
