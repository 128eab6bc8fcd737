"""Every kind's claim in the manual can be told in full, whatever becomes of missing values: by a report and by `explain`."""

from __future__ import annotations

from pathlib import Path

import manual
import pytest
import yaml
from generated.measures import FILE, claims

from factcheck.measures import KINDS

NOT_FALSE = {"sum", "mean", "median", "min", "max", "quantile", "value", "values", "ratio", "difference"}
NOT_FALSE |= {"gap", "delay", "correlation"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = manual.scratch(tmp_path_factory.mktemp("told"), "measures.md")
    told = []
    for kind, text in claims().items():
        (claim,) = yaml.load(text, yaml.BaseLoader)
        for missing in ("bounds", "ignore") if kind in NOT_FALSE else ("bounds", "ignore", "false"):
            told.append({**claim, "id": f"{kind}-{missing}", "missing": missing})
    root.joinpath(FILE).write_text(yaml.safe_dump({"claims": told}, allow_unicode=True), encoding="utf-8")
    return root


def test_a_report_tells_every_kind(project: Path) -> None:
    with manual.within(project):
        printed, code = manual.run(f"factcheck report {FILE} --output told.md")
    assert code == 0, printed
    page = project.joinpath("told.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"{kind}-ignore" not in page] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_of_every_kind_is_explained(kind: str, project: Path) -> None:
    with manual.within(project):
        printed, code = manual.run(f"factcheck explain {kind}-bounds")
    assert code == 0, printed
