"""The manual as a site: it builds without a warning, loads nothing from elsewhere, and can be searched from a disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import manual
import pytest
import yaml

pytestmark = pytest.mark.xdist_group("site")
LOADING = {"action", "data", "href", "poster", "src", "srcset", "xlink:href"}
ELSEWHERE = re.compile(r"(https?:)?//", re.IGNORECASE)
STYLE = re.compile(r"""(?:@import\s+["']?|url\(\s*["']?)((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """The command of CONTRIBUTING.md, in a folder with mkdocs.yml and docs/."""
    pytest.importorskip("zensical", reason="the site needs the extra 'docs'")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    plain = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=root, env=plain, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    shutil.copy(manual.ROOT / "mkdocs.yml", root)
    shutil.copytree(manual.DOCS, root / "docs", ignore=shutil.ignore_patterns(".factcheck", "__pycache__"))
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "build" / "site"


def page(site: Path, name: str) -> str:
    return (site / name).with_suffix(".html").read_text(encoding="utf-8")


class Loads(HTMLParser):
    """What a page makes a browser fetch from another place; links that a reader follows are none."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in LOADING and tag != "a" and ELSEWHERE.match(value.strip()):
                self.found.append(f"<{tag} {name}={value}>")
            if value and name == "style":
                self.found += STYLE.findall(value)


def test_every_page_is_there_and_whole(site: Path) -> None:
    for name in manual.PAGES:
        text = page(site, name)
        assert text.count("<pre") >= len(manual.fences(name)), f"{name}: a block that was read as text"
        assert "```" not in text, name
        assert not re.search(r"<p>\| ", text), f"{name}: a table that was read as text"


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(manual.PAGES)
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert Loads(text).found == [], path.name
        assert 'class="mermaid"' not in text, "its script would come from elsewhere"
    for path in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        assert STYLE.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_what_is_loaded_from_elsewhere_would_be_found() -> None:
    found = Loads(
        '<a href="https://a.example">x</a><link rel="preconnect" href="https://fonts.example"><img src="//b.example/x.png">'
        '<p style="background: url(https://c.example/y.png)">'
    ).found
    assert [re.findall(r"\w+\.example", text)[0] for text in found] == ["fonts.example", "b.example", "c.example"]
    assert STYLE.findall("@import 'https://d.example/z.css'; a { b: url(data:x) }") == ["https://d.example/z.css"]


def test_nothing_but_the_manual_is_on_the_site(site: Path) -> None:
    assert not [path for path in site.rglob("*") if path.suffix == ".py" or path.name.startswith((".", "__"))]


def named(entry: Any) -> Iterator[str]:
    """The files in a part of the navigation."""
    if isinstance(entry, str):
        yield entry
    for part in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else []:
        yield from named(part)


def test_the_navigation_leads_to_every_page_once() -> None:
    config = yaml.safe_load((manual.ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(named(config["nav"])) == manual.PAGES


def test_a_broken_link_and_a_broken_place_fail_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A\n\n[b](b.md) and [c](#nowhere) and [a](#a)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [search]\n", encoding="utf-8")
    done = build(tmp_path)
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert "page does not exist" in told
    assert "anchor does not exist" in told
    assert "2 issues" in told


def test_it_is_searched_from_a_disk_without_a_request(site: Path, browser: Any) -> None:
    context = browser.new_context(offline=True)
    asked: list[str] = []
    context.set_default_timeout(10_000)
    context.on("request", lambda request: asked.append(request.url))
    try:
        shown = context.new_page()
        shown.goto((site / "index.html").as_uri())
        shown.get_by_role("button", name="Search").first.click()
        shown.get_by_role("combobox").fill("gephi")
        shown.get_by_text("Check claims about a network from Gephi").first.click()
        shown.wait_for_url("**/howto/gephi-network.html*")
    finally:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
