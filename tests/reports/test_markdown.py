"""The Markdown report, compared whole with committed pages. FACTCHECK_WRITE_EXPECTED=1 writes them anew, to be read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from factcheck import reports
from factcheck.errors import Place, Problem, SpecError
from factcheck.reports import markdown
from factcheck.verdicts.verdict import Outcome

from . import circumstances, gallery, kinds
from .build import FakeRun, claim, count, note, posts, share, verdict
from .circumstances import CIRCUMSTANCES
from .gallery import OUTCOMES
from .hostile import HOSTILE, hostile
from .kinds import KINDS

EXPECTED = Path(__file__).parent / "expected"
PLACE = Place("claims/examples.yaml", 9, 3)
WARNING = Problem("no row has country = 'Rusia'", PLACE, "did you mean 'Russia'?", "warning")
PAGES = {
    "outcomes": FakeRun(tuple(make() for make in OUTCOMES), "Were the figures right?", (WARNING,)),
    "kinds": FakeRun(tuple(make() for make in KINDS)),
    "circumstances": FakeRun(tuple(make() for make in CIRCUMSTANCES), "Bots in the election"),
    "hostile": FakeRun((hostile(), replace(gallery.beach(), rating=HOSTILE)), HOSTILE),
    "empty": FakeRun(()),
}
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_they_were_read(name: str) -> None:
    found = markdown.render(PAGES[name])
    path = EXPECTED / f"{name}.md"
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_a_newsrooms_label_is_kept_for_what_was_found_in_the_world() -> None:
    made_up = circumstances.synthetic()
    assert made_up.synthetic
    assert "Rating: **False**" in markdown.render(FakeRun((gallery.beach(),)))
    assert "Rating:" not in markdown.render(FakeRun((replace(made_up, rating="False"),)))


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_same_each_time(name: str) -> None:
    assert markdown.render(PAGES[name]) == markdown.render(PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_page_holds_what_only_programs_write(name: str) -> None:
    page = markdown.render(PAGES[name])
    for trace in ("nan", "None", "Fraction(", "Outcome.", "inf ", "{claim", "[]", "()", "<factcheck"):
        assert trace not in page


def test_hostile_text_changes_nothing_but_its_own_place() -> None:
    """The same blocks, in the same order, as with harmless text; no script, picture or foreign link."""
    tokens = PARSER.parse(markdown.render(FakeRun((hostile(),), HOSTILE)))
    html = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert html == ["<details><summary>For those who want to repeat it</summary>", "</details>"]
    inline = [piece for token in tokens for piece in token.children or []]
    assert {piece.type for piece in inline} <= {
        "text", "code_inline", "html_inline", "link_open", "link_close", "strong_open", "strong_close",
        "em_open", "em_close", "softbreak",
    }  # fmt: skip
    tags = {piece.content for piece in inline if piece.type == "html_inline"}
    assert tags <= {'<a id="hostile">', "</a>", "<code>", "</code>"}
    links = {str(piece.attrs["href"]) for piece in inline if piece.type == "link_open"}
    assert links == {"#hostile"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert [len(row) for row in _tables(tokens)] == [6, 6, 3, 3]


def _tables(tokens: list) -> list[list[str]]:
    """The cells of every table row."""
    rows: list[list[str]] = []
    for token, before in zip(tokens[1:], tokens, strict=False):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("td_open", "th_open"):
            rows[-1].append(token.content)
    return rows


def test_every_claim_can_be_reached_from_the_overview() -> None:
    page = markdown.render(PAGES["outcomes"])
    for one in PAGES["outcomes"].verdicts:
        assert f"](#{one.id})" in page
        assert f'<a id="{one.id}"></a>' in page


def test_a_figure_is_never_printed_on_the_wrong_side_of_the_claim() -> None:
    """89.4999% lies below what rounds to 90%, and 89.5% would not."""
    spec = claim("edge", "90% are.", measure={"share": "a"}, claimed="90%")
    made = verdict(spec, Outcome.CLOSE, share(894_999, 1_000_000), datasets=(posts(),), confidence="high")
    page = markdown.render(FakeRun((made,)))
    assert "89.4999%" in page
    assert "89.5% of" not in page


def test_a_claim_of_the_rows_collected_begins_with_them() -> None:
    spec = claim("rows", "The scan gave 4 posts.", measure={"count": "rows"}, claimed="4", about="rows")
    made = verdict(spec, Outcome.SUPPORTED, count(4, "post"), datasets=(posts(completeness="partial"),))
    page = markdown.render(FakeRun((made,)))
    assert "> **Supported.** Of the rows collected: there are 4 posts. The claim is 4." in page


def test_a_name_keeps_its_capital_behind_the_rows_collected() -> None:
    base = kinds.rank()
    rows = replace(base, claim=base.claim.model_copy(update={"about": "rows"}), datasets=(posts(),))
    assert "Of the rows collected: Russia stands 3rd of 9 groups" in markdown.render(FakeRun((rows,)))
    base = kinds.shares()
    rows = replace(base, claim=base.claim.model_copy(update={"about": "rows"}), datasets=(posts(),))
    assert "Of the rows collected: labour 39.7%, snp 24%." in markdown.render(FakeRun((rows,)))


def test_one_row_is_told_in_the_singular() -> None:
    spec = claim("one", "One of them.", measure={"share": "a"}, claimed="about 10%")
    page = markdown.render(FakeRun((verdict(spec, Outcome.SUPPORTED, share(1, 10), datasets=(posts(),)),)))
    assert "Of 10 posts, 1 satisfies `a`: 10%." in page


def test_a_project_may_override_a_template(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "claim.md.j2").write_text("### {{ claim.statement }}\n", encoding="utf-8")
    run = FakeRun((gallery.beach(),), "*Mine*")
    page = markdown.render(run, root=tmp_path)
    assert "### 9 percent of Bob Ross's paintings contain a beach." in page
    assert page.startswith("# \\*Mine\\*\n")
    assert "details" not in page


def test_a_template_that_forgets_to_escape_is_still_safe(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    careless = "{{ page.claims[0].statement ~ page.title }}"
    (tmp_path / "templates" / "report.md.j2").write_text(careless, encoding="utf-8")
    page = markdown.render(FakeRun((hostile(),), "<b>"), root=tmp_path)
    assert "<script>" not in page
    assert page.endswith("&lt;b&gt;\n")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a\n{% if %}", 2, "templates/report.md.j2"),
        ("\n\n{{ page.nothing }}", 3, "nothing"),
        ("{{ page.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ page.claims.append(1) }}", 1, "append"),
        ("{% include 'absent.j2' %}", 1, "absent.j2"),
    ],
)
def test_a_faulty_template_is_told_with_its_place(tmp_path: Path, text: str, line: int, part: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "report.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        markdown.render(FakeRun((gallery.beach(),)), root=tmp_path)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.line == line
    assert part in problem.render()


def test_a_report_is_written_for_each_claim_file(tmp_path: Path) -> None:
    one = gallery.beach()
    other = replace(gallery.failed(), file="claims/uk/bots-2017.yaml")
    run = FakeRun((one, other), "Checked", root=tmp_path, titles={one.file: "What was painted"})
    paths = reports.write(run, tmp_path / "reports")
    names = [path.relative_to(tmp_path / "reports").as_posix() for path in paths]
    assert names == ["examples.md", "examples/beach-scale.svg", "uk/bots-2017.md"]
    assert paths[0].read_text(encoding="utf-8").startswith("# What was painted\n")
    assert paths[2].read_text(encoding="utf-8").startswith("# Checked\n")
    assert "Not checked" not in paths[0].read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="pdf"):
        reports.write(run, tmp_path, "pdf")


def test_a_claim_file_from_elsewhere_stays_in_the_folder(tmp_path: Path) -> None:
    run = FakeRun((replace(gallery.beach(), file="../other/../claims.yaml"),), root=tmp_path)
    path, _ = reports.write(run, tmp_path / "reports")
    assert path.resolve().is_relative_to(tmp_path / "reports")


def test_concerns_stand_with_their_weight_and_other_notes_apart() -> None:
    spec = claim("x", "Half of it.", measure={"share": "a"}, claimed="half")
    notes = (note("small-n", "imprecision", -2, n=2), note("unpinned", "collection", dataset="posts"))
    page = markdown.render(FakeRun((verdict(spec, Outcome.SUPPORTED, share(1, 2), notes=notes, confidence="low"),)))
    assert "- *Imprecision (−2):*" in page
    assert "**Worth knowing.** The manifest holds no fingerprint of the data of “posts”, by which" in page
