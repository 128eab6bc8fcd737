"""Hostile text in every field, in every form: the form stays what it is with harmless text, and the text stays seen."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from factcheck import reports
from factcheck.reports import terminal
from factcheck.reports.dossier import Options, dossiers
from factcheck.reports.writing import PICTURE

from . import said
from .build import FakeRun

PIECES = (
    "]( javascript:alert(1) )", "<script>alert(1)</script>", "</script>", "]]>", "<!-- ", "-->", "<![CDATA[", "|", "\n\n# head\n",
    "\n- list\n", "\n1. one\n", "\n```\n", "````", "`", "``", "**", "_", "~~", "$x$", "&lt;", "&#60;b&#62;", "%0A", "%3Cb%3E",
    "\u202e", "\u2066", "\u2069", "\x1b[31m", "\x1b]8;;http://x.example\x07", "\x00", "\x08", "\x7f", "\x85", "\u2028", "\ufeff",
    "\u200b", "\u200d", "👩‍👩‍👧‍👦", "🇲🇽", "e\u0301\u0301\u0301", "http://example.org/", "www.example.org", "mailto:a@example.org",
    "{{7*7}}", "{% raw %}", "{0}", "{x!r}", "%s", "%(x)s", "${x}", "=1+1", "+1", "-1", "@x", "=HYPERLINK(\"x\")", "\t", "\r\n",
    "::error::x", "\n::error file=a::x", "\n##vso[task]", ",", ";", "\"", "'", "\" onload=\"alert(1)", "\\", "\\u0000", "</svg>",
    "</details>", "</td></tr></table>", "![x](http://example.org/x.png)", "<img src=x onerror=alert(1)>", "<b>", "[^1]", "<a id=x>",
    "javascript:alert(1)", "data:text/html,x", "https://a@example.org/", "1e999", "nan", "\n---\n", "\n===\n", "    x", "> ", "w" * 10_000,
    "\ufffe", "\U000e0041", "ﷺ", "İ", "\x1c", ":smile:",
)  # fmt: skip
# A lone surrogate comes with the name of a file or with data, not with a claim file, which is UTF-8.
RAW = {"error", "file", "claim-file", "warning", "hint", "label", "label-2", "x-name", "query", "dataset-title", "caveat"}
TEXT = st.tuples(st.lists(st.sampled_from(PIECES), max_size=5), st.lists(st.sampled_from(PIECES), max_size=5))
FIGURES = ("claimed-label", "member", "part")  # are read as figures are: at most 500 characters, blanks do not count
DRAWN = {"label-2", "label-3"}  # stand in drawings only, where long names end in an ellipsis
OPTIONS = Options(base_url="https://example.org/checks/")
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
MARK = re.compile("zq[a-z]*?qz")


def marker(field: str) -> str:
    """A word by which a field's text is found again: zqpublisherb for publisher-2."""
    name, _, number = field.rpartition("-")
    stem = f"{name}{'abcd'[int(number) - 1]}" if number.isdigit() else field
    return "zq" + "".join(filter(str.isalpha, stem)) + "qz"


def hostile(before: list[str], after: list[str]) -> Callable[[str], str]:
    """Each field's marker between the pieces."""

    def say(field: str) -> str:
        text = f"{''.join(before)}{marker(field)}{''.join(after)}"
        if field.startswith(FIGURES):
            text = " ".join(f"{''.join(before)[-200:]}{marker(field)}{''.join(after)[:200]}".split())
        if field in ("url", "archived", "source-url") and text.lstrip().startswith("http"):
            text = f"x{text}"  # an address that is one becomes a link, as it should
        if field.endswith("file"):
            text = "".join(c for c in text if c not in "/\x00")
            text = text[max(0, text.index(marker(field)) - 50) :][:200]
        return f"{text}\udcff" if field in RAW else text

    return say


# What a reader of each form takes apart: (structure, visible text); each refuses what is active.

def markdown(text: str) -> tuple[Any, str]:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inline = [piece for token in tokens for piece in token.children or []]
    assert "image" not in {piece.type for piece in inline}
    hrefs = {str(piece.attrs["href"]) for piece in inline if piece.type == "link_open"}
    assert all(href.startswith(("#", "https://example.org/a%20b")) for href in hrefs), hrefs
    html = [piece.content for piece in inline if piece.type == "html_inline"]
    assert all(re.fullmatch(r'<a id="[\w-]+">|</a>|</?code>', tag) for tag in html), html
    blocks = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r"<details><summary>[\w ]+</summary>|</details>", one) for one in blocks), blocks
    visible = [piece.content for piece in inline if piece.type in ("text", "code_inline")]
    visible += [token.content for token in tokens if token.type in ("fence", "code_block")]
    return [(token.type, token.tag, token.level) for token in tokens], " ".join(visible)


class Page(HTMLParser):
    """The elements of a page outside of its pictures, and its texts; code spans come and go with backticks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[object] = []
        self.texts: list[str] = []
        self.scripts: list[tuple[str | None, str]] = []
        self.svg = 0
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on")], attrs
        for name, value in attrs:
            if name in ("href", "src", "xlink:href"):
                assert (value or "").startswith(("#", "https://example.org/", "https://schema.org")), value
        self.svg += tag == "svg"
        if not self.svg and tag != "code":
            self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        if tag in ("script", "style"):
            self.inside = tag
            self.scripts.append((dict(attrs).get("type"), ""))

    def handle_endtag(self, tag: str) -> None:
        if not self.svg and tag != "code":
            self.tags.append(tag)
        self.svg -= tag == "svg"
        self.inside = ""

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_data(self, data: str) -> None:
        if self.inside:
            kind, code = self.scripts[-1]
            self.scripts[-1] = (kind, code + data)
        else:
            self.texts.append(data)


def html(text: str) -> tuple[Any, str]:
    page = Page()
    page.feed(text)
    page.close()
    running = [code for kind, code in page.scripts if kind != "application/ld+json"]
    linked = [shape(json.loads(code)) for kind, code in page.scripts if kind == "application/ld+json"]
    return (page.tags, running, linked), " ".join(page.texts)


def shape(value: Any) -> Any:
    """Keys, lengths and types; a picture's specification is what is drawn, and keys may be names out of the data."""
    if isinstance(value, dict):
        if "$schema" in value:
            return "specification"
        return [(MARK.search(key).group() if MARK.search(key) else key, shape(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def json_(text: str) -> tuple[Any, str]:
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    return shape(found), " ".join(strings(found))


def xml(text: str) -> tuple[Any, str]:
    root = ElementTree.fromstring(text.encode())
    return [(one.tag, sorted(one.keys())) for one in root.iter()], " ".join(
        part for one in root.iter() for part in (one.text or "", *one.attrib.values())
    )


def svg(text: str) -> tuple[Any, str]:
    """What stands in a picture may be drawn in more or fewer lines; what it may do is nothing."""
    root = ElementTree.fromstring(text.encode())
    for one in root.iter():
        assert one.tag.rpartition("}")[2] in {"svg", "title", "desc", "style", "g", "path", "rect", "line", "text", "tspan"}
        assert not [key for key in one.attrib if key.startswith("on") or key.endswith("href") or key == "style"]
    styles = [one.text for one in root.iter() if one.tag.endswith("style")]
    parts = sum(one.tag.rpartition("}")[2] in ("title", "desc", "style") for one in root.iter())
    return (styles, parts), " ".join(one.text or "" for one in root.iter())


def rows(text: str) -> tuple[Any, str]:
    table = list(csv.reader(io.StringIO(text, newline="")))
    for row in table:
        assert len(row) == len(table[0])
        for cell in row:
            assert not re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell), cell
    return (table[0], len(table)), " ".join(cell for row in table for cell in row)


def annotations(text: str) -> tuple[Any, str]:
    """The lines of a workflow's log; whatever begins with :: there is a command."""
    lines = text.split("\n")
    assert "\r" not in text
    kinds = [found.group() if (found := re.match(r"::\w+ file=|::\w+", line)) else "" for line in lines]
    assert not any(line.startswith("##") for line in lines)
    return kinds, text


def screen(text: str) -> tuple[Any, str]:
    """A terminal, which obeys control characters; how many lines a text takes is free."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    return re.findall(r"\n\d+ claims: .*", text), re.sub(r"\s", "", text)


READERS: dict[str, Callable[[str], tuple[Any, str]]] = {
    "markdown": markdown, "html": html, "json": json_, "claimreview": json_, "sarif": json_, "junit": xml, "csv": rows,
    "github": annotations, "terminal": screen, "rocrate": json_,
}  # fmt: skip


def told(run: FakeRun, form: str) -> str:
    """The run in a form; of a form that `report` and `check` share, that of `check`."""
    if form == "terminal":
        return terminal.render(run, width=100, ascii_only=False)
    if form in reports.RESULTS:
        return reports.results_as(run, form)
    with pytest.MonkeyPatch.context() as patch:
        if form == "rocrate":  # tells of pictures their sizes and digests alone: what they show is held below
            patch.setattr("factcheck.reports.pictures.svg._drawn", lambda _: EMPTY)
        return reports.render(run, form, OPTIONS)


FORMS = sorted({*reports.FORMS, *reports.RESULTS, "terminal"})


def hidden(text: str) -> set[str]:
    """What a report leaves out where it is long, and says so: conditions stand in the details, queries are cut."""
    return {marker("condition"), marker("query")} if len(text) > 100 else set()


@cache
def harmless(form: str) -> tuple[Any, frozenset[str]]:
    """The structure with nothing but markers, and the markers that can be seen."""
    structure, visible = READERS[form](told(said.run(marker), form))
    return structure, frozenset(MARK.findall(visible.casefold())) - {marker(field) for field in DRAWN}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXT)
@example(([], []))
@example((list(PIECES[:40]), list(PIECES[40:])))
@example((list(PIECES[40:]), list(PIECES[:40])))
def test_no_text_changes_a_form(form: str, text: tuple[list[str], list[str]]) -> None:
    expected, seen = harmless(form)
    assert marker("statement") in seen
    structure, visible = READERS[form](told(said.run(hostile(*text)), form))
    assert structure == expected
    assert seen - set(MARK.findall(visible.casefold())) <= hidden("".join([*text[0], *text[1]]))


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
def test_no_piece_alone_changes_a_form(form: str, piece: str) -> None:
    expected, seen = harmless(form)
    structure, visible = READERS[form](told(said.run(hostile([piece], [piece])), form))
    assert structure == expected
    assert seen - set(MARK.findall(visible.casefold())) <= hidden(piece)


@cache
def drawn(say: Callable[[str], str]) -> list[tuple[Any, str]]:
    """What a reader takes of every picture of the run."""
    run = said.run(say)
    files = reports._form("markdown").files(dossiers(run, OPTIONS), OPTIONS)
    return [svg(str(file.content)) for file in files if file.path.suffix == PICTURE]


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXT)
@example((list(PIECES[:40]), list(PIECES[40:])))
def test_no_text_breaks_a_picture(text: tuple[list[str], list[str]]) -> None:
    plain, found = drawn(marker), drawn(hostile(*text))
    assert [structure for structure, _ in plain] == [structure for structure, _ in found]
    assert len(found) >= 5


def test_every_form_has_a_reader_here() -> None:
    assert set(FORMS) <= set(READERS)
