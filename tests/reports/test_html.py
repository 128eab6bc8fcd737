"""The HTML report: whole pages as they were read, the same content as Markdown's, nothing that could run or load.

FACTCHECK_WRITE_EXPECTED=1 writes the expected pages anew, to be looked at in a browser. `tests/browser` drives them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from factcheck.errors import SpecError
from factcheck.reports import escape_html, html, markdown
from factcheck.reports.dossier import Dossier, Options
from factcheck.reports.pictures import Picture
from factcheck.reports.view import ClaimView, PageView, page

from . import gallery
from .build import FakeRun
from .hostile import HOSTILE, hostile
from .test_markdown import EXPECTED, PAGES

KEPT = {"number", "anchor", "outcome", "code", "language", "address", "alone", "synthetic", "url", "symbol"}
VOID = {"meta", "link", "br", "input", "rect", "path", "line", "circle"}


def dossier(run: Any) -> Dossier:
    return Dossier(run, run.verdicts, run.title, PurePosixPath("report"))


def rendered(run: Any) -> str:
    return html.text(dossier(run), Options())


class Tree(HTMLParser):
    """Elements in their order with how deep they lie, the attributes of each, and the visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[int, str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((len(self.open), tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.elements.append((len(self.open), tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open, tag
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    def close(self) -> None:
        super().close()
        assert self.open == []


@pytest.mark.parametrize("name", ["outcomes", "hostile", "empty"])
def test_pages_are_as_they_were_seen(name: str) -> None:
    found = rendered(PAGES[name])
    path = EXPECTED / f"{name}.html"
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
    assert found == rendered(PAGES[name])


def numbered(count: int) -> str:
    return f"sentinel{count}x"


def marked(value: Any, found: list[str], name: str = "", said: Callable[[int], str] = numbered) -> Any:
    """The same view with a text of its own in the place of every text."""
    if name in KEPT:
        return value
    if isinstance(value, str):
        found.append(said(len(found)))
        return found[-1]
    if isinstance(value, tuple):
        return tuple(marked(item, found, said=said) for item in value)
    if isinstance(value, Picture):
        return replace(value, text=None)
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: marked(getattr(value, field.name), found, field.name, said) for field in fields(value)}
        return replace(value, **told)
    return value


@pytest.mark.parametrize("name", ["outcomes", "kinds", "circumstances", "hostile"])
def test_what_markdown_tells_html_tells_too(name: str) -> None:
    told: list[str] = []
    view: PageView = marked(page(dossier(PAGES[name]), Options()), told)
    assert len(told) > 40
    in_markdown, in_html = (set(re.findall(r"sentinel\d+x", form.laid_out(view))) for form in (markdown, html))
    assert in_markdown <= in_html
    assert in_markdown


def test_every_field_of_a_claim_is_shown_somewhere() -> None:
    """A field that no template names would be computed for nobody."""
    templates = Path(html.__file__).parent / "templates"
    text = "".join(path.read_text(encoding="utf-8") for path in templates.glob("*.html.j2"))
    python = Path(html.__file__).read_text(encoding="utf-8")
    for field in fields(ClaimView):
        assert f"claim.{field.name}" in text + python, field.name


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_names_the_digests_of_what_is_in_the_page(name: str) -> None:
    text = rendered(PAGES[name])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    for kind in ("style", "script"):
        (inner,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in allowed
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_elsewhere_and_no_element_has_a_style_or_handler(name: str) -> None:
    for _, tag, attributes in Tree(rendered(PAGES[name])).elements:
        assert not {key for key in attributes if key.startswith("on") or key in ("style", "src", "srcset", "action")}
        assert tag not in {"iframe", "object", "embed", "img", "base", "audio", "video", "foreignobject", "use", "image"}
        if "href" in attributes and tag == "a":
            assert re.match(r"#|https?://", attributes["href"] or "")


@pytest.mark.parametrize("name", ["outcomes", "kinds", "circumstances", "hostile"])
def test_hostile_text_changes_nothing_but_its_own_place(name: str) -> None:
    """Every text of a page replaced by a hostile one: the same elements and attributes as with harmless ones."""
    view = page(dossier(PAGES[name]), Options())
    harmless, bad = (
        Tree(html.laid_out(marked(view, [], said=said))) for said in (numbered, lambda n: f"{n} {HOSTILE}")
    )
    assert _shape(harmless) == _shape(bad)
    assert "".join(bad.texts).count("<script>alert(1)</script>") > 40


def _shape(tree: Tree) -> list[tuple[int, str, frozenset[str], str | None]]:
    """Without code spans, which backticks in a sentence open; they hold text only."""
    return [
        (depth, tag, frozenset(attributes), attributes.get("href"))
        for depth, tag, attributes in tree.elements
        if tag != "code"
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://user@example.org/", "//x.example/"])
def test_an_address_that_is_none_of_the_web_becomes_no_link(url: str) -> None:
    assert "<a" not in escape_html.link("text", url)
    assert 'href="https://example.org/?a=1&amp;b=%22"' in escape_html.link("text", 'https://example.org/?a=1&b="')


def test_a_page_knows_where_it_will_be_published() -> None:
    run = FakeRun((gallery.beach(),))
    (file,) = html.files([dossier(run)], Options(base_url="https://example.org/checks/"))
    links = [attributes for _, tag, attributes in Tree(str(file.content)).elements if tag == "link"]
    assert links == [{"rel": "canonical", "href": "https://example.org/checks/report.html"}]
    assert "canonical" not in rendered(run)


@pytest.mark.parametrize("name", ["outcomes", "kinds", "circumstances"])
def test_a_claim_takes_no_more_than_20_kilobytes(name: str) -> None:
    run = PAGES[name]
    without = len(rendered(PAGES["empty"]).encode())
    assert (len(rendered(run).encode()) - without) / len(run.verdicts) < 20_000


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(tag[1]) for _, tag, _ in Tree(rendered(PAGES["outcomes"])).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_of_a_claim_alone_has_no_overview() -> None:
    run = FakeRun((gallery.beach(),))
    alone = html.text(Dossier(run, run.verdicts, None, PurePosixPath("beach"), alone=True), Options())
    assert "overview-title" not in alone
    assert "1. " not in re.search(r"<h2[^>]*>(.*?)</h2>", alone)[1]  # type: ignore[index]


def test_a_project_may_change_the_look_and_the_policy_follows(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "page.css").write_text("body { font-family: serif } </style><script>alert(1)</script>", encoding="utf-8")
    text = rendered(FakeRun((gallery.beach(),), root=tmp_path))
    assert "font-family: serif" in text
    assert Counter(tag for _, tag, _ in Tree(text).elements)["script"] == 1
    (inner,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() in text


def test_a_project_may_replace_a_template_and_cannot_forget_to_escape(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "claim.html.j2").write_text("<article>{{ claim.statement }}</article>", encoding="utf-8")
    text = rendered(FakeRun((hostile(),), root=tmp_path))
    assert "<article>](" in text
    assert "<script>alert" not in text
    (own / "claim.html.j2").write_text("<p>\n{{ claim.nothing }}</p>", encoding="utf-8")
    with pytest.raises(SpecError) as fault:
        rendered(FakeRun((gallery.beach(),), root=tmp_path))
    (problem,) = fault.value.problems
    assert problem.place is not None
    assert (Path(problem.place.file).name, problem.place.line) == ("claim.html.j2", 2)
