"""Every choice of `vary` is answered in the same pass, and told in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.reports import explain, markdown, terminal

ROWS = "".join(f"{i % 7},{i % 3},{'yes' if i % 4 else 'no'}\n" for i in range(500))
CLAIM = """claims:
  - id: x
    statement: Most say yes.
    dataset: posts
    measure: {{share: said = 'yes', among: "score <= :most"}}
    params: {{most: 3}}
    where: guest >= 0
    claimed: most
    vary: {vary}
"""


def run(root: Path, vary: str) -> factcheck.Run:
    for name in ("claims", "evidence"):
        (root / name).mkdir(exist_ok=True)
    (root / "evidence" / "posts.csv").write_text(f"score,guest,said\n{ROWS}", encoding="utf-8")
    manifest = "datasets:\n  posts: {files: posts.csv, completeness: complete}\n"
    (root / "evidence" / "posts.yaml").write_text(manifest, encoding="utf-8")
    (root / "claims" / "x.yaml").write_text(CLAIM.format(vary=vary), encoding="utf-8")
    return factcheck.check(project=root)


@pytest.mark.parametrize("choices", [20, 200])
def test_the_number_of_statements_does_not_grow_with_the_choices(tmp_path: Path, choices: int) -> None:
    few = run(tmp_path, "{most: [0, 1, 2], where: [guest >= 0, null]}")
    many = run(tmp_path, f"{{most: {list(range(choices))}, where: [guest >= 0, null]}}")
    assert len(many["x"].variants) == 2 * choices
    assert many.statements == few.statements


def test_every_form_has_every_choice_with_its_figure_and_verdict(tmp_path: Path) -> None:
    found = run(tmp_path, "{most: [0, 3], where: [guest >= 0, guest = 1]}")
    (told,) = found.to_dict()["claims"]
    assert [(one["params"], one["outcome"]) for one in told["variants"]] == [
        ({"most": most, "where": where}, "supported") for most in ("0", "3") for where in ("guest >= 0", "guest = 1")
    ]
    assert all(0.7 < one["estimate"] == one["low"] == one["high"] < 0.8 for one in told["variants"])
    page, steps, screen = markdown.render(found), explain.render(found), terminal.render(found, width=80)
    for one in found["x"].variants:
        assert isinstance(one.params["where"], str)
        figure = f"{float(one.estimate):.0%}"[:1]
        for form in (page, steps, screen):
            lines = [line for line in form.split("\n") if one.params["where"] in line and figure in line]
            assert any("supported" in line.lower() for line in lines)
