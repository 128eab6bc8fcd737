"""What is said of weights: what they cost, and nothing where they cost nothing."""

from __future__ import annotations

from pathlib import Path

import factcheck
from factcheck.verdicts.notes import sentence


def told(root: Path, weights: list[str]) -> str:
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    rows = "".join(f"{weight},{i % 2}\n" for i, weight in enumerate(weights))
    (root / "evidence" / "p.csv").write_text(f"w,yes\n{rows}", encoding="utf-8")
    (root / "evidence" / "p.yaml").write_text("datasets:\n  p: {files: p.csv, completeness: random sample}\n")
    claim = "{id: one, statement: s, dataset: p, weight: w, measure: {share: yes = 1}, claimed: half}"
    (root / "claims" / "one.yaml").write_text(f"claims:\n  - {claim}\n")
    (verdict,) = factcheck.check(project=root)
    return " ".join(sentence(note) for note in verdict.notes if note.code == "weighted")


def test_weights_that_differ_tell_what_they_cost(tmp_path: Path) -> None:
    """(100 · 0.5 + 50 · 2)²/(100 · 0.25 + 50 · 4) = 22,500/225 (Kish 1965)."""
    assert told(tmp_path, ["0.5"] * 100 + ["2"] * 50).endswith("the 150 rows tell as much as 100 of equal weight would.")


def test_equal_weights_cost_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, ["2"] * 100) == "Each row counts as much as its `w` says."
