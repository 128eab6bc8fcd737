"""Drafts as they stand in a claim file, and adding one to a file whose every other character stays."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from factcheck.claims.reading import read_text
from factcheck.editor import modeline
from factcheck.errors import Problem, SpecError
from factcheck.text.files import shown, write_atomic
from factcheck.text.nodes import Mapping as MappingNode
from factcheck.text.nodes import Node, Sequence
from factcheck.text.unique import unique
from factcheck.text.yaml import parse

_WIDTH = 100
_KEPT = frozenset({"statement", "claimant", "appearance", "platforms", "tags", "notes", "review", "quote", "title"})
_BLOCK = ("checks", "review")


def as_yaml(claim: Mapping[str, Any], indent: int = 2) -> str:
    """A claim as an item of the list `claims`, its dash `indent` characters to the right."""
    lines: list[str] = []
    for key, value in claim.items():
        lines += _entry(str(key), value)
    first, *rest = lines
    pad = " " * indent
    return "\n".join([f"{pad}- {first}", *(f"{pad}  {line}" if line else "" for line in rest)]) + "\n"


def _entry(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) > _WIDTH and "\n" not in value and "  " not in value:
        yield f"{key}: >-"
        lines = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (f"  {line}" for line in lines)
        return
    yield f"{key}: {_value(value, within=False)}"


def _value(value: Any, *, within: bool = True) -> str:
    """A value in one line; `within` braces more characters have a meaning."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(k), True)}: {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return _scalar(value if isinstance(value, str) else str(value), within)


def _scalar(text: str, within: bool) -> str:
    """Text without quotes where the reader of claim files takes it for the same text, else in the quotes that do."""
    for said in (text, '"' + text + '"', "'" + text.replace("'", "''") + "'"):
        if _reads(said, text, within):
            return said
    return json.dumps(text, ensure_ascii=False)


def _reads(said: str, text: str, within: bool) -> bool:
    node, problems = parse(f"a: {{k: {said}}}" if within else f"a: {said}", "draft")
    value = node.get("a") if isinstance(node, MappingNode) else None
    if within and isinstance(value, MappingNode):
        value = value.get("k") if len(value.entries) == 1 else None
    return not problems and value is not None and getattr(value, "value", None) == text


def append(
    claim: Mapping[str, Any],
    path: Path,
    root: Path,
    taken: Collection[str],
    defaults: Collection[str],
    missed: Collection[str] = (),
) -> str:
    """Adds a claim to the end of a claim file, or makes the file; the id that it got.

    `missed` are words of the sentence that the claim says nothing of: its review names them.
    `taken` are the ids of the project, `defaults` the fields that factcheck.yaml fills in: what a draft does not say
    must not be filled in behind its back. Raises SpecError where the file cannot be added to, OSError where it cannot
    be written.
    """
    raw = path.read_bytes().decode("utf-8") if path.exists() else ""
    windows = raw.count("\r\n") == raw.count("\n") > 0  # line ends stay what they are
    text = raw.replace("\r\n", "\n") if windows else raw
    name = shown(path, root)
    node, problems = parse(text, name) if text.strip() else (None, [])
    if any(problem.severity == "error" for problem in problems):
        raise SpecError(problems)
    review = {"status": "draft"} | ({"note": f"Not in the claim: {', '.join(missed)}."} if missed else {})
    told = {**claim, "id": unique(str(claim["id"]), {*taken, *_ids(node)})}
    told = {**told, **dict.fromkeys(_inherited(node, told, defaults)), "review": review}
    made = _with(text, node, told, path, root, name)
    _check(made, name, told, len(_ids(node)))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, made.replace("\n", "\r\n") if windows else made)
    return str(told["id"])


def _ids(node: Node | None) -> list[str]:
    claims = node.get("claims") if isinstance(node, MappingNode) else None
    items = claims.items if isinstance(claims, Sequence) else ()
    found = [item.get("id") for item in items if isinstance(item, MappingNode)]
    return [str(getattr(one, "value", "")) for one in found if one is not None]


def _inherited(node: Node | None, claim: Mapping[str, Any], defaults: Collection[str]) -> list[str]:
    """The fields that the head of the file or factcheck.yaml would fill in and that change what is measured."""
    own = node.get("defaults") if isinstance(node, MappingNode) else None
    keys = [*defaults, *(own.entries if isinstance(own, MappingNode) else ())]
    return [key for key in dict.fromkeys(keys) if key not in claim and key not in _KEPT]


def _with(text: str, node: Node | None, claim: Mapping[str, Any], path: Path, root: Path, name: str) -> str:
    """The text of the file with the claim at the end of its list."""
    if node is None:
        lead = text if text.strip() else f"{modeline(path, root)}\n"
        return f"{lead.rstrip()}\nclaims:\n{as_yaml(claim)}"
    claims = node.get("claims") if isinstance(node, MappingNode) else None
    if isinstance(claims, Sequence) and text[claims.start : claims.end] == "[]":
        line = _end(text, claims.end)
        rest = text[claims.end : line].strip()
        return f"{text[: claims.start].rstrip()}{f'  {rest}' if rest else ''}\n{as_yaml(claim)}{text[line:]}"
    if not isinstance(claims, Sequence) or not claims.items:
        raise SpecError(Problem(f"{name} has no list of claims to add to", node.place(), "add 'claims:' and a claim"))
    source, last = claims.source, claims.items[-1]
    first = source.line_start(last.start)
    dash = re.match(r"( *)- ", source.text[first : last.start + 2])
    if dash is None:
        raise SpecError(Problem(f"the claims of {name} do not stand one below the other", claims.place()))
    end = _end(source.text, _deepest(last).end)
    head, tail = source.text[:end].rstrip("\n"), source.text[end:]
    return f"{head}\n\n{as_yaml(claim, len(dash.group(1)))}{tail}"


def _deepest(node: Node) -> Node:
    """The last value within a node: the node itself may run on over comments that belong to what follows."""
    if isinstance(node, MappingNode) and node.entries:
        return _deepest(list(node.entries.values())[-1][1])
    return _deepest(node.items[-1]) if isinstance(node, Sequence) and node.items else node


def _end(text: str, at: int) -> int:
    """The end of the line on which the last claim ends, blank ends of a block left to what follows."""
    before = len(text[:at].rstrip())
    found = text.find("\n", before)
    return len(text) if found < 0 else found + 1


def _check(made: str, name: str, claim: Mapping[str, Any], before: int) -> None:
    """The file must read as it did, and one claim more, before it is written."""
    node, problems = parse(made, name)
    ids = _ids(node)
    claims, wrong = read_text(made, name)
    found = any(one.id == claim["id"] for one in claims)
    if any(p.severity == "error" for p in [*problems, *wrong]) or len(ids) != before + 1 or not found:
        raise SpecError([*problems, *wrong, Problem(f"the draft cannot be added to {name}", None, "paste it by hand")])
