"""Every sentence about a verdict is data: each code that is used has one, and each one renders."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import factcheck
from factcheck.measures.measurement import Note
from factcheck.measures.tallies import NOTES
from factcheck.verdicts.notes import sentence, sentences

PACKAGE = Path(factcheck.__file__).parent
ROOMS = ("measures", "verdicts", "cases")  # formats and statistics have notes of their own kind
# Codes that are put together from parts, as the code that does so says.
COMPOSED = {
    "aside-{by}": ("aside-where", "aside-among"),
    "cascade-{code}": ("cascade-loops", "cascade-torn", "cascade-both", "cascade-circles"),
}
SHARES = {"share", "bound", "limit", "width"}
NUMBERS = {
    "rows",
    "n",
    "records",
    "rejected",
    "duplicates",
    "lost",
    "least",
    "values",
    "days",
    "degrees",
    "factor",
    "outside",
    "whole",
}
COUNTS = {"same", "variants"}


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sample(name: str, figure: int) -> Any:
    if name in SHARES:
        return Fraction(1, 8)
    if name in NUMBERS | COUNTS:
        return figure
    if name in ("covered", "absent", "near", "column"):
        return ("first name", "second name")
    return f"«{name}»"


def codes_used() -> Iterator[tuple[str, str]]:
    """(file, code) of every code that the package gives a note, literal or composed."""
    for path in sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                at = {"Note": 0, "unmeasurable": 1, "_charge": 1}.get(node.func.id)
                if at is not None and len(node.args) > at:
                    for code in _texts(node.args[at]):
                        yield path.relative_to(PACKAGE).as_posix(), code


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"  # type: ignore[attr-defined]  # the other kind is FormattedValue
            for part in node.values
        )


def used() -> set[str]:
    literal = {code for _, code in codes_used()}
    composed = {whole for pattern in literal & set(COMPOSED) for whole in COMPOSED[pattern]}
    # Codes that reach Note through a variable stand in a table or beside the condition that chooses them.
    chosen = {"small-n", "small-effective-n", "missing-ignored", "missing-false", *NOTES.values(), *network_codes()}
    return (literal - set(COMPOSED)) | composed | chosen


def network_codes() -> set[str]:
    """What figures of networks hand on by its code before it becomes a note."""
    paths = (PACKAGE / "measures" / "networks").rglob("*.py")
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if re.fullmatch("network(-[a-z]+)+", text)}


def test_the_search_finds_the_notes() -> None:
    """A test that looks for codes and finds none would always pass."""
    found = used()
    assert {"unknown-rows", "empty-base", "checks-contradict", "aside-where", "absent-label"} <= found
    assert len(found) > 40


@pytest.mark.parametrize("code", sorted(used()))
def test_every_code_has_its_sentence(code: str) -> None:
    assert code in sentences()


def test_every_sentence_is_used() -> None:
    known = used()
    unused = {code for code in sentences() if code.split("/")[0] not in known}
    assert not unused


@pytest.mark.parametrize("figure", [1, 2504])
@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_sentence_renders(code: str, figure: int) -> None:
    base, _, variant = code.partition("/")
    facts = {name: sample(name, figure) for name in facts_of(sentences()[code])}
    assert not variant or variant in facts
    text = sentence(Note(base, facts))
    assert "{" not in text
    assert "}" not in text
    assert text == text.strip()
    # Where the words are the project's own, the end is theirs.
    assert text.endswith((".", "»")), text


def test_a_number_and_its_noun_agree() -> None:
    one = sentence(Note("few-rows", {"n": 1}))
    many = sentence(Note("few-rows", {"n": 2504}))
    assert "1 row " in one
    assert "2,504 rows " in many


def test_a_variant_is_told_only_where_its_fact_is_there() -> None:
    near = sentence(Note("absent-label", {"label": "Rusia", "by": "country", "near": ("Russia",)}))
    far = sentence(Note("absent-label", {"label": "Rusia", "by": "country", "near": ()}))
    assert "Russia" in near
    assert far == "Rusia does not occur in country."


def test_a_share_is_told_in_percent() -> None:
    assert "12.5%" in sentence(Note("wide-number", {"share": Fraction(1, 8)})).replace(" ", "").replace("\u202f", "")


def test_rows_of_a_table_are_called_what_they_stand_for() -> None:
    facts = {"rows": 96_900, "share": Fraction(1)}
    assert sentence(Note("unknown-rows", {**facts, "noun": "mention"})).startswith("For 96,900 mentions (100%)")
    assert sentence(Note("unknown-rows", facts)).startswith("For 96,900 rows (100%)")
