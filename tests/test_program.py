import ast

import pytest

from factcheck import program
from factcheck.measures import KINDS


def test_every_kind_has_a_method() -> None:
    methods = {kind: program.method(kind) for kind in KINDS}
    assert all(len(found) == 12 for found in methods.values())
    assert len(set(methods.values())) > len(methods) / 2  # kinds of one module share theirs


def test_comments_docstrings_and_layout_are_no_method(monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(text: str) -> str:
        monkeypatch.setattr(program, "_tree", lambda _: ast.parse(text))
        program._bare.cache_clear()
        try:
            return program._bare("any")
        finally:
            program._bare.cache_clear()

    first = bare('"""One."""\ndef f(x):\n    """Two."""\n    return x + 1  # three\n')
    assert bare('"""Another."""\n\n\ndef f(x):\n    """Two and more."""\n    return (x + 1)\n') == first
    assert bare('"""One."""\ndef f(x):\n    """Two."""\n    return x + 2\n') != first


def test_a_method_reaches_the_statistics_that_it_uses() -> None:
    reached = program._reached(KINDS["share"].__module__)
    assert any(name.startswith("factcheck.stats.") for name in reached)
    assert not any(name.startswith("factcheck.reports") for name in reached)


def test_the_libraries_that_compute_are_named() -> None:
    assert {"duckdb", "numpy", "scipy"} <= program.libraries().keys()
