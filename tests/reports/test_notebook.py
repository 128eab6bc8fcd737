"""What a notebook shows of a verdict and a run: whole in itself, harmless, and the same as the reports say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import html, notebook
from factcheck.reports.escape import plain
from factcheck.reports.headline import headline
from factcheck.reports.view import claim_view
from factcheck.verdicts.verdict import Verdict

from . import gallery, kinds
from .build import FakeRun
from .hostile import HOSTILE, hostile
from .test_html import Tree, marked, numbered

VERDICTS = [make() for make in (*gallery.OUTCOMES, *kinds.KINDS, hostile)]
TEMPLATES = Path(html.__file__).parent / "templates"


def shown(verdict: Verdict) -> str:
    return notebook.of_verdict(verdict)["text/html"]


def of(*verdicts: Verdict) -> dict[str, str]:
    return notebook.of_run(FakeRun(verdicts, "Were the figures right?"))


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.id)
def test_a_card_is_whole_and_harmless(verdict: Verdict) -> None:
    for _, tag, attributes in Tree(shown(verdict)).elements:
        assert not {key for key in attributes if key.startswith("on") or key in ("style", "src", "srcset", "action")}
        assert tag not in {"script", "iframe", "object", "embed", "img", "link", "meta", "form", "use", "image"}
        if "href" in attributes:
            assert re.match(r"https?://", attributes["href"] or "")


def test_hostile_text_changes_nothing_but_its_own_place() -> None:
    view = claim_view(1, hostile())
    harmless, bad = (
        Tree(notebook._rendered("verdict.notebook.j2", claim=marked(view, [], said=said), drawn=[]))
        for said in (numbered, lambda n: f"{n} {HOSTILE}")
    )
    shapes = [
        [(depth, tag, frozenset(names)) for depth, tag, names in tree.elements if tag != "code"] for tree in (harmless, bad)
    ]
    assert shapes[0] == shapes[1]
    assert "".join(bad.texts).count("<script>alert(1)</script>") > 20


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.id)
def test_a_card_says_what_was_claimed_and_found_how_sure_that_is_and_why(verdict: Verdict) -> None:
    view = claim_view(1, verdict)
    said = " ".join("".join(Tree(shown(verdict)).texts).split())
    wanted = [view.statement, view.headline, view.claimed_cell, view.found_cell, view.confidence or ""]
    wanted += [concern.domain for concern in view.concerns]
    assert [text for text in wanted if " ".join(plain(text).split()) not in said] == []


def test_the_styles_hold_within_the_output_alone() -> None:
    (style,) = re.findall("<style>(.*?)</style>", shown(gallery.beach()), re.DOTALL)
    rules = re.sub(r"@media[^{]*\{", "", style)
    selectors = [one for rule in re.findall(r"([^{}]+)\{[^{}]*\}", rules) for one in re.split(r",(?![^(]*\))", rule)]
    assert len(selectors) > 40
    assert [one for one in selectors if ".factcheck" not in one] == []
    assert "url(" not in style
    assert "@import" not in style


def test_outcomes_have_the_colours_of_the_report() -> None:
    page = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w+);", part)) for part in page.split("@media", 2)[:2])
    assert {name: (light[name], dark[name]) for name in notebook._OUTCOMES} == notebook._OUTCOMES


def test_a_run_has_a_row_for_each_claim_and_its_card_behind_it() -> None:
    tree = Tree(of(*VERDICTS[:6])["text/html"])
    tags = Counter(tag for _, tag, _ in tree.elements)
    assert tags["article"] == 6
    assert tags["style"] == 1
    rows = [attributes for _, tag, attributes in tree.elements if tag == "th" and attributes.get("scope") == "row"]
    assert len(rows) == 6
    ids = [attributes["id"] for _, _, attributes in tree.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) > 0


def test_a_long_run_is_a_table_that_says_how_to_see_more() -> None:
    verdict = gallery.beach()
    many = [replace(verdict, claim=verdict.claim.model_copy(update={"id": f"c-{n}"})) for n in range(notebook.MOST + 1)]
    tree = Tree(of(*many)["text/html"])
    assert not [tag for _, tag, _ in tree.elements if tag == "article"]
    assert 'run["…"]' in "".join(tree.texts)
    assert [tag for _, tag, _ in Tree(of(*many[:-1])["text/html"]).elements].count("article") == notebook.MOST


def test_a_run_without_claims_says_so() -> None:
    assert "no claim" in "".join(Tree(of()["text/html"]).texts).lower()


def test_synthetic_evidence_is_marked_on_the_card_and_above_the_table() -> None:
    made_up = next(verdict for verdict in VERDICTS if verdict.synthetic)
    for text in (shown(made_up), of(made_up)["text/html"]):
        assert "⚠" in "".join(Tree(text).texts)


def test_plain_text_is_a_line_of_the_verdict_and_not_its_fields() -> None:
    verdict = gallery.beach()
    text = notebook.of_verdict(verdict)["text/plain"]
    assert text.startswith(f"{verdict.id}: ✗ {headline(verdict)}. Of 381 paintings")
    assert "Measurement(" not in text + of(verdict)["text/plain"]
    assert verdict.id in of(verdict)["text/plain"]


def test_jupyter_takes_both_forms_and_asks_for_no_others() -> None:
    formatters = pytest.importorskip("IPython.core.formatters", reason="IPython comes with the development extras")
    data: dict[str, Any] = formatters.DisplayFormatter().format(gallery.beach())[0]
    assert data == notebook.of_verdict(gallery.beach())
