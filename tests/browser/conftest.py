"""A page in a real browser, cut off from the network. Skipped, with the reason, where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import html
from factcheck.reports.dossier import Dossier, Options
from tests.reports import circumstances, gallery, kinds
from tests.reports.build import FakeRun


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every outcome, kind and circumstance that the tests of reports know."""
    made = (*gallery.OUTCOMES, *kinds.KINDS, *circumstances.CIRCUMSTANCES)
    verdicts = tuple({verdict.id: verdict for verdict in (make() for make in made)}.values())
    run = FakeRun(verdicts, "Were the figures right?", started=datetime(2026, 11, 21))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html.text(Dossier(run, verdicts, run.title, Path("report")), Options()), encoding="utf-8")  # type: ignore[arg-type]
    return path


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, report: Path) -> Iterator[Opened]:
    """Opens the page at a width and in a colour scheme; every request that leaves it is an error of the test."""
    contexts: list[Any] = []
    left: list[str] = []

    def show(width: int = 1280, scheme: str = "light", script: bool = True, path: Path = report) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, offline=True,
            permissions=["clipboard-read", "clipboard-write"],
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: left.append(request.url) if request.url != path.as_uri() else None)
        page.on("console", lambda message: left.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: left.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert left == []


@contextmanager
def printed(page: Any) -> Iterator[None]:
    page.emulate_media(media="print")
    yield
    page.emulate_media(media="screen")
