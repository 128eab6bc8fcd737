"""A project's own templates for HTML: careless, mistaken or malicious, they break nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck import reports
from factcheck.errors import TemplateError

from . import gallery
from .build import FakeRun
from .hostile import hostile


def page(folder: Path, text: str, template: str = "report.html.j2") -> str:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / template).write_text(text, encoding="utf-8")
    return reports.render(FakeRun((gallery.beach(), hostile()), "<b>Title</b>", root=folder), "html")


def test_a_project_may_lay_out_one_part_of_the_page(tmp_path: Path) -> None:
    found = page(tmp_path, "<p class='mine'>{{ claim.statement }}</p>", "claim.html.j2")
    assert "<p class='mine'>9 percent of Bob Ross&#39;s paintings contain a beach.</p>" in found
    assert "<h1>&lt;b&gt;Title&lt;/b&gt;</h1>" in found


def test_a_template_that_forgets_to_escape_is_still_safe(tmp_path: Path) -> None:
    careless = "{{ page.title }}{{ page.title ~ '!' }}{{ page.claims[1].statement }}{{ '<i>' ~ page.title }}"
    found = page(tmp_path, careless)
    assert "<script" not in found
    assert found.count("&lt;b&gt;Title&lt;/b&gt;") == 3
    assert "\u202e" not in found


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("<p>\n  {{ page.titel }}", "2:11", "'titel'"),
        ("{{ nothing }}", "1:4", "'nothing' is undefined"),
        ("<p>\n{% if %}", "2:1", "Expected an expression"),
        ("{{ page.__class__.__mro__[1].__subclasses__() }}", "1:9", "unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "1:7", "unsafe"),
        ("{{ words.__globals__ }}", "1:10", "unsafe"),
        ("{{ page.claims.append(1) }}", "1:16", "append"),
        ("{{ '%s' | format(page) | attr('__class__') }}", "1:32", "unsafe"),
        ("{% include '../factcheck.yaml' %}", "1:1", "../factcheck.yaml"),
        ("{{ 1 / 0 }}", "1:1", "ZeroDivisionError"),
        ("{{ page.title + 1 }}", "1:1", "TypeError"),
        ("{% for i in range(999999999) %}{% endfor %}", "1:13", "'range' is undefined"),
        ("{{ words('no-such-sentence') }}", "1:1", "no-such-sentence"),
        ("{% include 'report.html.j2' %}", "1:1", "RecursionError"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(tmp_path: Path, text: str, place: str, part: str) -> None:
    with pytest.raises(TemplateError) as caught:
        page(tmp_path, text)
    (problem,) = caught.value.problems
    assert str(problem.place) == f"templates/report.html.j2:{place}", problem.message
    assert part in problem.message


@pytest.mark.parametrize("name", ["report.html.j2", "page.css", "page.js"])
def test_a_template_that_is_not_utf_8_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_bytes(b"\xff\xfe<")
    with pytest.raises(TemplateError, match=name):
        reports.render(FakeRun((gallery.beach(),), root=tmp_path), "html")


@pytest.mark.parametrize("wish", ["{{ 'a' * 10 ** 10 }}", "{{ 'a' * 9999999999 }}", "{{ 9 ** 999999999 }}", "{{ [1] * 9 }}"])
def test_a_template_cannot_fill_the_memory(tmp_path: Path, wish: str) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "claim.html.j2").write_text(wish, encoding="utf-8")
    run = FakeRun((gallery.beach(),), root=tmp_path)
    with pytest.raises(TemplateError, match="cannot use"):
        reports.render(run, "html")  # type: ignore[arg-type]
    (own / "claim.html.j2").write_text("{{ 6 * 7 }}", encoding="utf-8")
    assert "42" in reports.render(run, "html")  # type: ignore[arg-type]
