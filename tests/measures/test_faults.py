"""A fault in one measure is an error on its claim; the verdicts on the others stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.measures.count import CountRows
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement


def test_one_measure_that_fails_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "evidence" / "t.csv").write_text("x\n1\n2\n3\n")
    (tmp_path / "evidence" / "t.yaml").write_text("datasets:\n  t: {files: t.csv, completeness: complete}\n")
    (tmp_path / "claims" / "a.yaml").write_text(
        "defaults: {dataset: t}\nclaims:\n"
        "  - {id: broken, statement: a, measure: {count: rows}, claimed: 3}\n"
        "  - {id: sound, statement: b, measure: {share: x > 1}, claimed: two thirds}\n"
    )

    def fail(self: CountRows, context: Context) -> Measurement:
        raise KeyError("label")

    monkeypatch.setattr(CountRows, "measure", fail)
    run = factcheck.check(project=tmp_path)
    assert run["sound"].outcome == "supported"
    assert run["broken"].outcome == "error"
    assert run["broken"].error is not None
    assert "fault of factcheck, which please report: KeyError: 'label'" in run["broken"].error
