"""Draws the picture of the report in the tutorial: `python docs/pictures.py`, with Chromium (on the path or $CHROMIUM).

The report is that of the page itself: its files are saved and its commands run, as the tests do.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent), str(DOCS.parent / "tests" / "docs")]
PAGE, REPORT, PICTURE = "tutorial.md", "reports/ross.html", DOCS / "tutorial" / "report.png"
SIZE = {"width": 860, "height": 1060}


def written(folder: Path) -> Path:
    """The report that the page's commands write."""
    import manual

    root = manual.scratch(folder, PAGE)
    for fence in manual.fences(PAGE):
        if fence.option("title"):
            manual.save(fence, root)
        for command in manual.commands(fence) if fence.language == "console" else ():
            with manual.within(root):
                manual.run(command.line)
    return root / REPORT


def draw(report: Path, picture: Path) -> None:
    """The first screen of a report, in light colours."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_context(viewport=SIZE, color_scheme="light", offline=True).new_page()
        shown.goto(report.as_uri())
        shown.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        draw(written(Path(folder)), PICTURE)
