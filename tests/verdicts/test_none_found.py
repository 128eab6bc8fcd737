"""Samples in which nothing was found: every figure is told, and none is taken for all that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.reports import results
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.verdict import Outcome

COUNT, SHARE = "{count: rows, that: kind = 'bot'}", "{share: kind = 'bot'}"
FRACTION, WHOLE = "completeness: random sample, sample_fraction: 5%", "completeness: random sample, population: 20000"


@pytest.mark.parametrize(
    ("measure", "manifest", "design"),
    [
        (COUNT, FRACTION, ""),
        (COUNT, WHOLE, ""),
        (COUNT, FRACTION, "cluster: who, "),
        (COUNT, WHOLE, "cluster: who, "),
        (COUNT, WHOLE, "weight: w, "),
        (COUNT, "completeness: complete", "about: process, "),
        (SHARE, FRACTION, ""),
        (SHARE, FRACTION, "cluster: who, "),
        (SHARE, FRACTION, "weight: w, "),
        ("{sum: likes}", FRACTION, ""),
        ("{sum: likes}", FRACTION, "cluster: who, "),
        ("{sum: likes}", WHOLE, ""),
    ],
)
def test_none_in_a_sample_is_not_none_at_all(tmp_path: Path, measure: str, manifest: str, design: str) -> None:
    """Of what has a share of 0.3 % not one of 400 rows is found in three samples of ten (0.997^400 = 0.30)."""
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    rows = "".join(f"{i % 40},{1 + i % 2},human,0\n" for i in range(400))
    (tmp_path / "evidence" / "p.csv").write_text(f"who,w,kind,likes\n{rows}", encoding="utf-8")
    (tmp_path / "evidence" / "p.yaml").write_text(f"datasets:\n  p: {{files: p.csv, {manifest}}}\n")
    zero = "0" if "sum" in measure else "none"
    claim = f"{{id: one, statement: s, dataset: p, {design}measure: {measure}, claimed: {zero}}}"
    (tmp_path / "claims" / "one.yaml").write_text(f"claims:\n  - {claim}\n")
    run = factcheck.check(project=tmp_path)
    (verdict,) = run
    assert all(sentence(note) for note in verdict.notes)
    assert results.render(run)
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert verdict.measurement is not None
    assert verdict.measurement.estimate == 0
