"""The Python of the manual runs and prints what the page says."""

from __future__ import annotations

import doctest
from pathlib import Path

import manual
import pytest

PAGES = [page for page in manual.FOLLOWED if any(fence.language == "python" for fence in manual.fences(page))]


@pytest.mark.parametrize("page", PAGES)
def test_python(page: str, tmp_path: Path) -> None:
    root = manual.scratch(tmp_path, page)
    found = manual.fences(page)
    for fence in found:
        if fence.option("title") and fence.option("wrong") is None:
            manual.save(fence, root)
    runner = doctest.DocTestRunner()
    for fence in found:
        if fence.language == "python":
            test = doctest.DocTestParser().get_doctest(fence.text, {}, fence.place, fence.page, fence.line)
            assert test.examples
            with manual.within(root):
                assert runner.run(test).failed == 0, fence.place


def test_there_is_python() -> None:
    assert PAGES
