"""The layout of a skeleton: two columns a level, brackets as they are unless they are too wide."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq

from factcheck.formatting.parts import opens_document, root_of

WIDTH = 120
_MOST = 50  # levels of brackets inside one another that are opened


def laid_out(text: str) -> str:
    """A skeleton anew: indentation, spaces around colons and commas; what is in brackets and too wide is opened."""
    yaml = _yaml(text)
    laid = _dumped(yaml, yaml.load(text))
    for _ in range(_MOST):
        wide = _too_wide(laid)
        if not wide:
            break
        tree = yaml.load(laid)
        _open(tree, wide)
        laid = _dumped(yaml, tree)
    return laid


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 1_000_000  # a mark cannot be folded
    yaml.explicit_start = opens_document(text) or None
    return yaml


def _dumped(yaml: YAML, tree: Any) -> str:
    _keep_anchors(tree)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _keep_anchors(tree: Any) -> None:
    """Keeps every anchor: the aliases that refer to them are set aside as values."""
    if isinstance(tree, CommentedBase) and tree.anchor.value is not None:
        tree.anchor.always_dump = True
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        _keep_anchors(inner)


def _too_wide(text: str) -> set[tuple[int, int]]:
    """Where the outermost brackets begin in lines that are too wide, as line and column from 0."""
    root = root_of(text)
    found: set[tuple[int, int]] = set()
    waiting = [root] if root is not None else []
    while waiting:
        part = waiting.pop()
        if part.flow:
            first = text.rfind("\n", 0, part.start) + 1
            end = text.find("\n", part.end)
            code = text[first : part.end].rstrip()
            if len(code) > WIDTH and end != -1 and part.items:
                found.add((text.count("\n", 0, part.start), part.anchored - first))
        else:
            waiting += part.items
    return found


def _open(tree: Any, places: set[tuple[int, int]]) -> None:
    if isinstance(tree, CommentedMap | CommentedSeq) and (tree.lc.line, tree.lc.col) in places:
        tree.fa.set_block_style()
        return
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        _open(inner, places)
