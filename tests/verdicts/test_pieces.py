"""What sets pieces of evidence on the same data apart is told with each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import factcheck
from factcheck.verdicts.pieces import names

CLAIM = """
claims:
  - id: a
    statement: Half say yes.
    dataset: t
    measure: {share: said = 'yes'}
    claimed: half
    checks:
      - {weight: w, about: rows}
      - {weight: null}
      - {weight: w, cluster: who}
"""


def test_weight_cluster_and_what_it_is_about(tmp_path: Path) -> None:
    for folder, name, text in (
        ("claims", "a.yaml", CLAIM),
        ("evidence", "t.yaml", "datasets: {t: {completeness: random sample}}"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    frame = pd.DataFrame({"said": ["yes", "no"] * 20, "w": [1, 2, 3, 4] * 10, "who": list(range(20)) * 2})
    verdict = factcheck.check(project=tmp_path, data={"t": frame})["a"]
    assert names(verdict.checks, quoted=False) == [
        "t; weighted by `w`; drawn row by row; of the rows themselves",
        "t; unweighted; drawn row by row; of the population",
        "t; weighted by `w`; drawn by `who`; of the population",
    ]
