"""Formatting one file, and making sure that nothing but its layout has changed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import Any

from factcheck.errors import Problem, SpecError
from factcheck.formatting.layout import laid_out
from factcheck.formatting.order import ordered
from factcheck.formatting.shapes import SHAPES
from factcheck.formatting.skeleton import Skeleton, Unformattable
from factcheck.formatting.spacing import aligned, separated
from factcheck.text.files import CONFIG
from factcheck.text.nodes import Mapping, Node, Scalar, Sequence
from factcheck.text.yaml import parse

_ROUNDS = 10
_COMMENT = re.compile(r"(?:^|[ \t])(#.*?)[ \t]*$", re.MULTILINE)


def formatted(data: bytes, name: str) -> str:
    """The text of a claim file, a manifest or factcheck.yaml in the usual layout; UTF-8, with line feeds.

    Raises SpecError with what the reader refuses, and where the text would not mean what it meant, or lose a comment.
    """
    node, problems = parse(data, name)
    if problems:
        raise SpecError(problems)
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8-sig"))
    if node is None:
        return text
    try:
        skeleton = Skeleton(text)
        laid = _laid_out(skeleton, kind_of(node, name))
    except Unformattable as why:
        raise SpecError(Problem(f"{name} cannot be formatted: {why}")) from why
    new = skeleton.filled(laid)
    _unchanged(node, new, name)
    if lost := Counter(_COMMENT.findall(skeleton.text)) - Counter(_COMMENT.findall(laid)):
        raise SpecError(Problem(f"{name} cannot be formatted: the comment '{min(lost)}' would be lost"))
    return new


def _laid_out(skeleton: Skeleton, kind: str | None) -> str:
    def written(mark: str) -> str:
        return skeleton.value(mark)

    before, laid = skeleton.text, laid_out(skeleton.text)
    for _ in range(_ROUNDS):  # a comment that has moved has other neighbours
        text = aligned(laid, before)
        if kind is not None:
            text = ordered(text, SHAPES[kind], written)
        text = separated(text, written)
        if text == laid:
            break
        before = laid = text
    return laid


def kind_of(node: Node, name: str) -> str | None:
    """Which of the three files it is; None for another, of which no order of keys is known."""
    if PurePath(name).name == CONFIG:
        return "config"
    if not isinstance(node, Mapping):
        return None
    return "claims" if "claims" in node else "evidence" if "datasets" in node else None


def _unchanged(old: Node, text: str, name: str) -> None:
    """Raises SpecError unless a text says what the old one said; only mappings may be in another order."""
    new, problems = parse(text, name)
    if problems or new is None or _said(new) != _said(old):
        message = f"{name} cannot be formatted: it would not say the same"
        hint = "a text that keeps the blank lines below it (|+) does that; if there is none, please report it"
        raise SpecError(Problem(message, hint=hint))


def _said(node: Node) -> Any:
    """What a node says, with the kinds of its values: a number in quotes is another than one without."""
    if isinstance(node, Scalar):
        return type(node.value).__name__, node.value
    if isinstance(node, Sequence):
        return [_said(item) for item in node.items]
    return {key: _said(value) for key, (_, value) in node.entries.items()}
