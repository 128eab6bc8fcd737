"""The table and cards of a notebook in a real browser: as light or dark as the notebook is, and readable by everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.reports import notebook
from tests.reports import gallery
from tests.reports.build import FakeRun

from .conftest import Opened

# Around the output: what the notebook says of itself, what the reader's system prefers, and how the card must look.
AROUND = [
    ('data-jp-theme-light="true"', "dark", "light"),
    ('data-jp-theme-light="false"', "light", "dark"),
    ('class="vscode-light"', "dark", "light"),
    ('class="vscode-dark"', "light", "dark"),
    ("", "dark", "dark"),
    ("", "light", "light"),
]


@pytest.fixture(scope="module")
def output() -> str:
    verdicts = tuple(make() for make in gallery.OUTCOMES)
    return notebook.of_run(FakeRun(verdicts, "Were the figures right?"))["text/html"]


@pytest.mark.parametrize(("said", "scheme", "look"), AROUND)
def test_it_is_as_light_or_dark_as_the_notebook(
    opened: Opened, tmp_path: Path, output: str, said: str, scheme: str, look: str
) -> None:
    ground = "#fff" if look == "light" else "#111"
    path = tmp_path / "output.html"
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Output</title>'
        f'<body {said} style="background:{ground}"><main>{output}</main></body></html>',
        encoding="utf-8",
    )
    page = opened(800, scheme, path=path)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    paper, letters = page.evaluate(
        """() => ['backgroundColor', 'color'].map(key =>
            getComputedStyle(document.querySelector('.factcheck'))[key].match(/\\d+/g).map(Number))"""
    )
    assert (sum(paper) > sum(letters)) is (look == "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    if not said:
        from axe_playwright_python.sync_playwright import Axe

        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}})
        assert results.response["violations"] == [], results.generate_report()
